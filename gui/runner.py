"""The one run of the window: trained in a thread, heard through a buffer that a timer drains."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.training.control import Control
from graphcore.training.events import (
    Changed,
    EpochDone,
    Event,
    Failed,
    Finished,
    Started,
    StepsDone,
)

if TYPE_CHECKING:
    from graphcore.training.runs import Run

State = Literal[
    "idle", "preparing", "training", "paused", "stopping", "ended", "failed"
]  # fmt: skip
Train = Callable[..., Iterator[Event]]

DRAINED_EVERY_MS = 100
BUSY = ("preparing", "training", "paused", "stopping")


def _train_project(
    project: Project, run: Run, control: Control, folder: Path | None, device: str
) -> Iterator[Event]:
    from graphcore.training.session import train_project  # torch comes with it: never at start

    # One core stays with the window, so that it moves while the model trains.
    return train_project(project, run, control, folder, device=device, free_cores=1)


class Runner(QObject):
    """Starts, pauses and stops a run, and tells what it says at most ten times a second.

    `changed` says that the state moved, `drained` carries a list of events. A mistake of ours in
    the thread is raised in the window's, where the excepthook finds it.
    """

    changed = Signal()
    drained = Signal(object)

    def __init__(self, train: Train = _train_project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._train = train
        self._state: State = "idle"
        self._thread: threading.Thread | None = None
        self._control = Control()
        self._events: deque[Event] = deque()
        self._raised: BaseException | None = None
        self._timer = QTimer(self, interval=DRAINED_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._run: Run | None = None
        self._error: UserError | None = None
        self._started: Started | None = None
        self._step = self._epoch = 0
        self._speed = self._began = 0.0
        self._held: float | None = None

    # -- what is known ------------------------------------------------------------------------

    @property
    def state(self) -> State:
        """Where the run stands."""
        return self._state

    @property
    def is_busy(self) -> bool:
        """Whether a run is on its way, paused ones included."""
        return self._state in BUSY

    @property
    def run(self) -> Run | None:
        """The run that is on its way, or the last one."""
        return self._run

    @property
    def error(self) -> UserError | None:
        """Why the last run failed."""
        return self._error

    @property
    def epoch(self) -> int:
        """How many epochs are over."""
        return self._epoch

    @property
    def epochs(self) -> int:
        """How many epochs the run has."""
        return self._started.epochs if self._started else 0

    @property
    def step(self) -> int:
        """How many steps are done."""
        return self._step

    @property
    def steps(self) -> int:
        """How many steps the run has."""
        return self._started.steps if self._started else 0

    @property
    def device(self) -> str:
        """The device that the run is on."""
        return self._started.device if self._started else ""

    @property
    def samples_per_second(self) -> float:
        """Throughput of training in the last epoch, or so far in the first one."""
        if self._speed or self._started is None:
            return self._speed
        seconds = self._seconds_training()
        return self._step * self._started.batch_size / seconds if seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at the pace so far; None where that is not known yet."""
        if not self._step or not self.is_busy:
            return None
        return self._seconds_training() / self._step * max(0, self.steps - self._step)

    # -- what can be done ---------------------------------------------------------------------

    def start(self, project: Project, path: Path | None, device: str | None = None) -> None:
        """Train a snapshot of the project, whose file is `path`, into a new run.

        Does nothing while a run is on its way. Where no run can be made, `error` says why.
        """
        from graphcore.training.runs import store_for  # numpy comes with it: never at start

        if self.is_busy:
            return
        self._forget()
        snapshot = project.copy()
        try:
            run = store_for(path).create(snapshot, path.stem if path else "")
        except UserError as error:
            self._error = error
            self._set_state("failed")
            return
        self._run = run
        self._control = control = Control()
        folder = path.resolve().parent if path else None
        # A daemon, so that a hung driver can't keep the program from ending; close() joins.
        self._thread = threading.Thread(
            target=lambda: self._work(
                lambda: self._train(snapshot, run, control, folder, device or "")
            ),
            name="training", daemon=True,
        )  # fmt: skip
        self._set_state("preparing")
        self._thread.start()
        self._timer.start()

    def pause(self) -> None:
        """Hold after the step that is on its way; `state` follows when it holds."""
        if self._state == "training":
            self._control.pause()

    def resume(self) -> None:
        """Go on after a pause."""
        self._control.resume()

    def stop(self) -> None:
        """End after the batch that is on its way and save; `state` follows when that is done."""
        if self.is_busy:
            self._control.stop()
            self._set_state("stopping")

    def close(self) -> None:
        """Stop as interrupted, wait until all is saved, and tell the rest."""
        self._control.stop("interrupted")
        if self._thread is not None:
            self._thread.join()
            self._on_timeout()

    # -- in the thread ------------------------------------------------------------------------

    def _work(self, events: Callable[[], Iterator[Event]]) -> None:
        try:
            for event in events():
                self._events.append(event)
        except BaseException as error:  # handed to the window's thread, whatever it is
            self._raised = error

    # -- in the window's thread ---------------------------------------------------------------

    def _on_timeout(self) -> None:
        is_over = self._thread is None or not self._thread.is_alive()
        found = [self._events.popleft() for _ in range(len(self._events))]
        state = self._state
        for event in found:
            self._take(event)
        if is_over:
            self._timer.stop()
            self._thread = None
            self._end()
        if found:
            self.drained.emit(found)
        if self._state != state:
            self.changed.emit()
        raised, self._raised = (self._raised, None) if is_over else (None, self._raised)
        if raised is not None and not isinstance(raised, UserError):
            raise raised

    def _end(self) -> None:
        """Settle the state of a run whose thread has ended."""
        if isinstance(self._raised, UserError):
            self._error = self._raised
        elif self._raised is not None:
            self._error = UserError(
                self.tr("Training ended by a mistake of Netwright's."),
                self.tr("What was saved before it is still good."),
            )
        if self.is_busy or self._error is not None:
            self._state = "failed" if self._error is not None else "ended"

    def _take(self, event: Event) -> None:
        match event:
            case Started():
                self._started, self._began = event, monotonic()
                if self._state == "preparing":
                    self._state = "training"
            case StepsDone():
                self._step = event.first_step + event.count
            case EpochDone():
                self._epoch, self._speed = event.epoch, event.samples_per_second
            case Changed(what="paused", value=value) if self._state != "stopping":
                self._set_paused(bool(value))
            case Failed(message=message, hint=hint):
                self._error = UserError(message, hint)
            case Finished(step=step, epoch=epoch):
                self._step, self._epoch = step, epoch

    def _set_paused(self, paused: bool) -> None:
        self._state = "paused" if paused else "training"
        if paused:
            self._held = monotonic()
        elif self._held is not None:
            self._began += monotonic() - self._held
            self._held = None

    def _seconds_training(self) -> float:
        return (self._held or monotonic()) - self._began

    def _set_state(self, state: State) -> None:
        self._state = state
        self.changed.emit()

    def _forget(self) -> None:
        self._run = self._error = self._started = self._held = None
        self._step = self._epoch = 0
        self._speed = self._began = 0.0
