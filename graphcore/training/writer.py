"""States of a run on their way to the disk, in a thread of its own.

What a disk refuses is kept and tried again: a run goes on without it, and loses nothing that fits
into memory.
"""

from __future__ import annotations

import errno
import threading
from dataclasses import dataclass
from pathlib import Path
from time import thread_time

from safetensors.torch import save_file

from graphcore.project.whole import sync, sync_folder, write_whole
from graphcore.training.checkpoint import Tensors
from graphcore.training.events import Saved, Warned
from graphcore.training.patience import Patience
from graphcore.training.refusals import REFUSALS, reason


@dataclass(slots=True)
class _Job:
    name: str
    step: int
    tensors: Tensors

    @property
    def key(self) -> str:
        """Of one key only the newest state matters."""
        return self.name.partition("/")[0]

    @property
    def rank(self) -> int:
        """`best` is never older on disk than a checkpoint that knows of it."""
        return {"best.safetensors": 0, "checkpoints": 1}.get(self.key, 2)


class Writer:
    """Writes states in a thread of its own; of one file only the newest state that waits.

    `told` says what was saved since it was last asked; `close` writes all that waits and joins.
    `seconds` is the processor time that it took for what it wrote last, while it is not `is_busy`.
    """

    def __init__(self, folder: Path, keep: int = 2) -> None:
        folder.mkdir(exist_ok=True)  # a run's is there; later on none is made where one is gone
        self._folder, self._keep = folder, keep
        self._jobs: dict[str, _Job] = {}
        self._told: list[Saved | Warned] = []
        self._patience = Patience()
        self._condition = threading.Condition()
        self._is_open = True
        self.is_busy, self.seconds = False, 0.0
        self._thread = threading.Thread(target=self._work, name="checkpoint writer")
        self._thread.start()

    def put(self, name: str, tensors: Tensors, step: int) -> None:
        """Have `tensors` written soon to the file `name` in the folder."""
        job = _Job(name, step, tensors)
        with self._condition:
            self._jobs[job.key] = job
            self._condition.notify()

    def told(self) -> list[Saved | Warned]:
        """What was saved, or could not be, since this was last asked."""
        with self._condition:
            told, self._told = self._told, []
        return told

    @property
    def unsaved(self) -> dict[str, Tensors]:
        """What the disk refused to the end, by file name; ask after `close`."""
        return {job.name: job.tensors for job in self._jobs.values()}

    def close(self) -> None:
        """Write all that waits, as far as the disk takes it, and end the thread; twice is once."""
        with self._condition:
            self._is_open = False
            self._condition.notify()
        self._thread.join()

    def _work(self) -> None:
        while self._is_open:
            self._write(self._next())
        self._write(self._next())  # what came last, and once more what was refused

    def _next(self) -> list[_Job]:
        """All that waits, once there is something and its time has come, or at the end."""
        with self._condition:
            while self._is_open and not self._is_due:
                self._condition.wait(self._patience.seconds_left if self._jobs else None)
            jobs, self._jobs = self._jobs, {}
            self.is_busy = bool(jobs)
        return sorted(jobs.values(), key=lambda job: job.rank)

    def _write(self, jobs: list[_Job]) -> None:
        """Write these in order; what the disk refuses waits again."""
        told, refused, why, began = list[Saved | Warned](), list[_Job](), "", thread_time()
        for job in jobs:
            try:
                _save(self._folder, job, self._keep)
                told.append(Saved(job.step, job.name))
            except REFUSALS as error:
                refused, why = [*refused, job], why or reason(error)
        if refused and self._patience.lose():
            names = " and ".join(job.name for job in refused)
            told.append(
                Warned(f"{names} could not be saved: {why}. The run goes on and tries again.")
            )
        if jobs and not refused and self._patience.regain():
            told.append(Warned("The run's state can be saved again, and is."))
        with self._condition:
            self._jobs = {job.key: job for job in refused} | self._jobs  # what came since is newer
            self._told += told
            self.is_busy, self.seconds = False, thread_time() - began

    @property
    def _is_due(self) -> bool:
        return bool(self._jobs) and self._patience.seconds_left <= 0


def _save(folder: Path, job: _Job, keep: int) -> None:
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, "its folder is gone")
    checkpoints = folder / "checkpoints"
    checkpoints.mkdir(exist_ok=True)
    if job.name.startswith("checkpoints/"):
        _settle(folder)
    write_whole(folder / job.name, lambda path: save_file(job.tensors, path))
    _prune(checkpoints, keep)


def _settle(folder: Path) -> None:
    """Wait until the disk has what the run told: nothing is saved that was not told before."""
    series = folder / "series"
    for path in (folder / "events.jsonl", *series.glob("*.f32")):
        if path.is_file():
            sync(path)
    sync_folder(series)


def _prune(folder: Path, keep: int) -> None:
    """Keep the newest checkpoints only."""
    found = [path for path in folder.glob("*.safetensors") if path.stem.isdecimal()]
    for path in sorted(found, key=lambda path: int(path.stem))[:-keep]:
        path.unlink(missing_ok=True)
