"""Where a run stands, by what it has told so far."""

from __future__ import annotations

from time import monotonic

from graphcore.training.changes import is_of_plan
from graphcore.training.events import (
    Changed,
    EpochDone,
    Event,
    Failed,
    Finished,
    Started,
    StepsDone,
)


class Standing:
    """Takes every event of a run in order, and says how far it is and at what pace.

    `has_past`: what it did before anybody heard it comes at once, and tells no pace.
    """

    def __init__(self, *, has_past: bool = False) -> None:
        self.started: Started | None = None
        self.step = self.epoch = 0
        """How many are done."""
        self.failed, self.reason = Failed(""), ""
        self.changes: list[Changed] = []
        """What was changed of its plan."""
        self.is_paused = False
        self._has_past = has_past
        self._first_step: int | None = None
        self._speed = self._began = 0.0
        self._held: float | None = None

    def take(self, event: Event) -> None:
        """What it tells next."""
        match event:
            case Started():
                self.started, self._began = event, monotonic()
                self._first_step = None
            case StepsDone():
                self._take_steps(event)
            case EpochDone():
                self.epoch, self._speed = event.epoch, event.samples_per_second
            case Changed(what="paused", value=value):
                self._set_paused(bool(value))
            case Changed() if is_of_plan(event):
                self.changes.append(event)
            case Failed():
                self.failed = event
            case Finished():
                self.step, self.epoch, self.reason = event.step, event.epoch, event.reason

    @property
    def epochs(self) -> int:
        """How many epochs the run has, with those that were added while it went on."""
        more = [change.value for change in self.changes if change.what == "epochs"]
        return int(more[-1]) if more else self.started.epochs if self.started else 0

    @property
    def steps(self) -> int:
        """How many steps the run has."""
        return self.epochs * self.started.steps_per_epoch if self.started else 0

    @property
    def samples_per_second(self) -> float:
        """Throughput of training in the last epoch, or so far in the first one."""
        if self._speed or self.started is None:
            return self._speed
        seconds = self._seconds_training()
        return self._steps_heard() * self.started.batch_size / seconds if seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at the pace so far; None where that is not known yet."""
        heard = self._steps_heard()
        if not heard:
            return None
        return self._seconds_training() / heard * max(0, self.steps - self.step)

    def _take_steps(self, event: StepsDone) -> None:
        self.step = event.first_step + event.count
        if self._first_step is not None:
            return
        self._first_step = event.first_step
        if self._has_past:
            self._first_step, self._began = self.step, monotonic()

    def _steps_heard(self) -> int:
        return self.step - self._first_step if self._first_step is not None else 0

    def _set_paused(self, paused: bool) -> None:
        self.is_paused = paused
        if paused:
            self._held = monotonic()
        elif self._held is not None:
            self._began += monotonic() - self._held
            self._held = None

    def _seconds_training(self) -> float:
        return (self._held or monotonic()) - self._began
