"""The writer of a run's folder: what is told is at once on disk for whoever follows it."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from graphcore.errors import UserError
from graphcore.project.whole import write_whole
from graphcore.training.events import Event, Probed, Sampled, Spread, StepsDone, Warned, to_line
from graphcore.training.last_look import LastLook
from graphcore.training.lock import Lock
from graphcore.training.patience import Patience
from graphcore.training.runs import Run
from graphcore.training.tail import Tail


class Recorder:
    """Appends events and series to a run's folder; a run is live while one is open.

    What the disk refuses later on is kept and tried again: it ends no run. Raises UserError where
    the folder can't be written from the start, or another program is at the run.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._tails: dict[Path, Tail] = {}
        self._patience = Patience()
        self._last_look = LastLook(run.probes_path)
        try:
            self._lock = Lock(run.lock_path)
        except BlockingIOError as error:
            raise UserError(
                f"The run “{run.id}” is under way in another program or window.",
                "Stop it there first, or let it go on.",
            ) from error
        except OSError as error:
            raise UserError(
                f"The run “{run.id}” can't be written: {error.strerror}.",
                "Free some space or train in another folder.",
            ) from error

    def record(self, event: Event) -> list[Warned]:
        """Write an event, the values of steps to the series; what to say of the disk meanwhile."""
        if isinstance(event, Probed | Spread):
            self._last_look.take(event)
            return []
        self._last_look.write()
        if isinstance(event, StepsDone):
            for name, values in event.values.items():
                self._add(self._run.series_path(name), np.asarray(values, dtype="<f4").tobytes())
        else:
            is_sample = isinstance(event, Sampled)
            path = self._run.samples_path if is_sample else self._run.events_path
            self._add(path, f"{to_line(event)}\n".encode())
        return [] if self._patience.seconds_left > 0 else self._write()

    def describe(self, environment: Mapping[str, Any]) -> list[Warned]:
        """Write down what the run runs on."""
        text = json.dumps(environment, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        try:
            write_whole(self._run.environment_path, lambda path: path.write_text(text, "utf-8"))
        except OSError as error:
            return [Warned(f"environment.json could not be saved: {error.strerror}.")]
        return []

    @property
    def unsaved(self) -> dict[str, bytes]:
        """What the disk refused to the end, by file name in the folder; ask after `close`."""
        return {
            path.relative_to(self._run.folder).as_posix(): bytes(tail.waiting)
            for path, tail in self._tails.items()
            if tail.waiting
        }

    def close(self) -> None:
        """Write what waits, as far as the disk takes it; the run is live no longer."""
        self._last_look.write()
        if self._write():
            self._write()  # what it just said
        for tail in self._tails.values():
            tail.close()
        self._lock.release()

    def __enter__(self) -> Recorder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self.close()

    def _add(self, path: Path, data: bytes) -> None:
        if path not in self._tails:
            self._tails[path] = Tail(path)
        self._tails[path].waiting += data

    def _write(self) -> list[Warned]:
        try:
            for tail in self._tails.values():
                if tail.waiting:
                    tail.write()
        except OSError as error:
            if not self._patience.lose():
                return []
            found = Warned(
                f"What the run tells could not be written: {error.strerror}. It is kept in memory, "
                "and the run goes on and tries again."
            )
        else:
            if not self._patience.regain():
                return []
            found = Warned("What the run tells can be written again, and is.")
        self._add(self._run.events_path, f"{to_line(found)}\n".encode())
        return [found]
