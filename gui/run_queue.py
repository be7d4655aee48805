"""Runs that wait for the one that is under way: each a snapshot of the project as it was put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.training.spread import spread
from gui.preferences import data_folder
from gui.runner import Runner
from gui.tasks import InOrder

if TYPE_CHECKING:
    from graphcore.training.runs import Run
    from graphcore.training.waiting import KeptQueue, Waiting


class RunQueue(QObject):
    """Starts one run after the other, and keeps those that wait on disk.

    `changed` says that others wait, `spread_found` tells what the seeds of a group came to, as a
    sentence, `refused` carries the UserError of a disk that doesn't keep it. A run that a person
    stopped doesn't start the next: `held` says so, and `go_on` does.
    """

    changed = Signal()
    spread_found = Signal(str)
    refused = Signal(object)
    held = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._waiting: list[Waiting] = []
        self._now: Waiting | None = None
        self._groups = 0
        self._done: list[Run] = []
        self._kept: KeptQueue | None = None
        self._writing = InOrder()
        runner.changed.connect(self._on_changed)

    @property
    def waiting(self) -> Sequence[Waiting]:
        """The runs that wait, the next first."""
        return tuple(self._waiting)

    @property
    def is_held(self) -> bool:
        """Whether runs wait although none is under way."""
        return bool(self._waiting) and not self._runner.is_busy

    def add(
        self, project: Project, path: Path | None, title: str = "", first: Run | None = None
    ) -> None:
        """Train the project as it is now when all others are over; at once where none is."""
        from graphcore.training.waiting import Waiting  # numpy comes with it: never at start

        self._put([Waiting(title or project.title, project.copy(), path, first=first)])

    def add_seeds(self, project: Project, path: Path | None, count: int) -> None:
        """As many runs that differ in their seed."""
        from graphcore.training.waiting import Waiting

        self._groups += 1
        found = []
        for seed in range(project.plan.seed, project.plan.seed + count):
            copy = project.copy()
            copy.plan = replace(copy.plan, seed=seed)
            title = self.tr("{0}, seed {1}").format(project.title, seed)
            found.append(Waiting(title, copy, path, self._groups))
        self._put(found)

    def remove(self, place: int) -> None:
        """Take a run out again."""
        del self._waiting[place]
        self._tell()

    def move(self, place: int, by: int) -> None:
        """Let a run that waits change places with its neighbour."""
        other = place + by
        if 0 <= place < len(self._waiting) and 0 <= other < len(self._waiting):
            waiting = self._waiting
            waiting[place], waiting[other] = waiting[other], waiting[place]
            self._tell()

    def take_over(self, waiting: Sequence[Waiting]) -> None:
        """Let runs that waited in another program wait here, and begin."""
        self._put(list(waiting))

    def go_on(self) -> None:
        """Start the next one after a stop."""
        self._start_next()

    def stop(self) -> None:
        """Leave what waits on disk; for closing."""
        self._writing.wait()
        if self._kept is not None:
            self._kept.close(self._waiting)
            self._kept = None

    def _tell(self) -> None:
        """Say that others wait now, and write it down."""
        from graphcore.training.waiting import KeptQueue

        self.changed.emit()
        kept = self._kept = self._kept or KeptQueue(queue_folder())
        waiting = tuple(self._waiting)

        def keep() -> None:
            try:
                kept.keep(waiting)
            except UserError as error:
                self.refused.emit(error)

        self._writing.request(keep)

    def _put(self, found: list[Waiting]) -> None:
        self._waiting += found
        self._tell()
        self._start_next()

    def _start_next(self) -> None:
        if self._runner.is_busy or not self._waiting:
            return
        self._now = self._waiting.pop(0)
        self._tell()
        self._runner.start(self._now.project, self._now.path, first=self._now.first)

    def _on_changed(self) -> None:
        if self._runner.state not in ("ended", "failed"):
            return
        self._note_end()
        if self._runner.was_stopped:
            if self._waiting:
                self.held.emit()
            return
        # When everybody has heard that this one is over.
        QTimer.singleShot(0, self, self._start_next)

    def _note_end(self) -> None:
        """Remember what a seed came to; tell the spread after the last of its group."""
        now, self._now, run = self._now, None, self._runner.run
        if now is None or not now.group or run is None:
            return
        self._done.append(run)
        if any(item.group == now.group for item in self._waiting):
            return
        found = spread([run.summary.best for run in self._done])
        values = ", ".join(f"{name} {value}" for name, value in found.items())
        count, self._done = len(self._done), []
        self.spread_found.emit(self.tr("{0} seeds: {1}.").format(count, values))


def queue_folder() -> Path:
    """Where queues are kept over the end of the program."""
    return data_folder() / "queues"
