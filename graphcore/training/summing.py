"""A run at a glance, summed up from its events as they come. Torch-free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from graphcore.training.events import Changed, EpochDone, Event, Failed, Finished, Started
from graphcore.training.lines import Lines

if TYPE_CHECKING:
    from graphcore.training.runs import Run

State = Literal["running", "done", "stopped", "interrupted", "failed", "damaged"]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """A run at a glance.

    `epochs` of `planned` are over; `in_vain` are those that ended it early. `best` are the
    validation means of the best epoch (training's where nothing is held back). `started` is in
    UTC; `problem` says what went wrong or is damaged.
    """

    id: str
    title: str
    state: State
    epochs: int = 0
    planned: int = 0
    in_vain: int = 0
    step: int = 0
    best: Mapping[str, float] = field(default_factory=dict)
    best_epoch: int = 0
    parameters: int = 0
    device: str = ""
    started: datetime | None = None
    seconds: float = 0.0
    problem: str = ""


class Glance:
    """A run's summary, kept up as the run grows: each look reads what is new."""

    def __init__(self, run: Run) -> None:
        self._run, self._lines = run, Lines(run.events_path)
        self._sum = _Sum()

    def look(self) -> RunSummary:
        """The run as it stands now; a damaged one says so instead of raising."""
        if self._lines.is_cut:  # it went on from an earlier step
            self._lines.start_anew()
            self._sum = _Sum()
        for event in self._lines.news():
            self._sum.take(event)
        run, found = self._run, self._sum
        started, latest, best = found.started, found.latest, found.best
        state, sentence = self._state()
        return RunSummary(
            id=run.id,
            title=str(run.environment().get("title", "")),
            state=state,
            epochs=found.epochs,
            planned=found.planned,
            in_vain=found.last.in_vain if isinstance(found.last, Finished) else 0,
            step=found.step,
            best=(best.val or best.train) if best else {},
            best_epoch=best.epoch if best else 0,
            parameters=started.parameters if started else 0,
            device=latest.device if latest else "",
            started=_time(started.at) if started else None,
            seconds=found.seconds,
            problem=sentence or self._damage(),
        )

    def _state(self) -> tuple[State, str]:
        match self._sum.last:
            case Finished(reason=reason):
                return reason, ""
            case Failed(message=message, hint=hint):
                return "failed", f"{message} {hint}".strip()
        run = self._run
        if run.is_live:
            return "running", ""
        if not run.project_path.is_file():
            return "damaged", f"The run “{run.id}” has lost its project; its folder is damaged."
        return "interrupted", "It ended without a word: its process is gone."

    def _damage(self) -> str:
        if self._lines.refusal:
            return f"The events of “{self._run.id}” can't be read: {self._lines.refusal}."
        bad = self._lines.bad
        plural = "lines" if bad > 1 else "line"
        return f"{bad} {plural} of events.jsonl can't be read." if bad else ""


class _Sum:
    """What of the events so far a summary needs."""

    def __init__(self) -> None:
        self.started: Started | None = None
        self.latest: Started | None = None  # it may have gone on
        self.best: EpochDone | None = None
        self.last: Event | None = None
        self.epochs = self.planned = self.step = 0
        self.seconds = 0.0

    def take(self, event: Event) -> None:
        self.last = event
        match event:
            case Started():
                self.started, self.latest = self.started or event, event
                self.planned = event.epochs
            case Changed(what="epochs", value=int(value)):
                self.planned = value
            case EpochDone():
                self.epochs = event.epoch
                self.step = max(self.step, event.step)
                self.seconds += event.seconds
                self.best = event if event.best else self.best
            case Finished():
                self.step = max(self.step, event.step)


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
