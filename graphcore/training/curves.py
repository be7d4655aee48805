"""What a run measured, gathered from its events or its folder, ready to be drawn or written.

Torch-free. What was told live and what is read from the folder later give the same curves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from graphcore.training.events import (
    Changed,
    EpochDone,
    Evaluated,
    Event,
    Failed,
    Finished,
    Sampled,
    Started,
    StepsDone,
)
from graphcore.training.lines import Lines
from graphcore.training.pyramid import Doubles, Floats, Growing, Pyramid
from graphcore.training.runs import Run

Unit = Literal["step", "epoch", "time"]
CLOCK = "seconds"


@dataclass(slots=True)
class Points:
    """Values that belong to single steps: `steps[i]` were over when `values[i]` was measured."""

    steps: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, step: int, value: float) -> None:
        """Append a value; one for a step before the last is not taken, it was told already."""
        if not self.steps or step > self.steps[-1]:
            self.steps.append(step)
            self.values.append(value)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened to the run after `step` steps: it was paused, its rate changed …"""

    step: int
    what: str
    value: Any


@dataclass(frozen=True, slots=True)
class News:
    """What a folder holds beyond what was read of it before."""

    events: list[Event]
    series: Mapping[str, npt.NDArray[np.float32]]


class Curves:
    """Every series of one run: per step, per epoch, and what was looked at now and then."""

    def __init__(self) -> None:
        self.steps: dict[str, Pyramid] = {}
        self.train: dict[str, Points] = {}
        self.val: dict[str, Points] = {}
        self.samples: dict[str, Points] = {}
        self.marks: list[Mark] = []
        self.epoch_steps = self.planned = 0
        self.started_at = ""
        self.has_ended = False
        self._seconds, self._lock = Growing(np.float64), Lock()
        self._lines: tuple[Lines, Lines] | None = None

    @staticmethod
    def read(run: Run) -> Curves:
        """All that a run's folder holds."""
        found = Curves()
        found.take(found.news(run))
        for series in found.steps.values():
            series.settle()
        return found

    def news(self, run: Run) -> News:
        """What the run's folder holds beyond this; may be asked in a thread, for `take`."""
        if self._lines is None:
            self._lines = Lines(run.events_path), Lines(run.samples_path)
        events = [event for lines in self._lines for event in lines.news()]
        series = {name: run.series(name, self._known(name)) for name in run.series_names()}
        return News(events, series)

    @property
    def is_cut(self) -> bool:
        """Whether the run went on from an earlier step than was read: it is to be read anew."""
        return self._lines is not None and any(lines.is_cut for lines in self._lines)

    def take(self, news: News) -> None:
        """Take in what a folder told."""
        for event in news.events:
            self.feed(event)
        for name, values in news.series.items():
            self._append(name, self._known(name), values)

    def feed(self, event: Event) -> None:
        """Take in what an event says."""
        match event:
            case Started():
                self.epoch_steps, self.planned = event.steps_per_epoch, event.steps
                self.started_at = self.started_at or event.at
                self.has_ended = False
                again = Mark(event.step, "resumed", True)
                if event.step and again not in self.marks:  # a window hears what the folder told
                    self.marks.append(again)
            case StepsDone():
                for name, values in event.values.items():
                    self._append(name, event.first_step, values)
            case EpochDone():
                _note(self.train, event.step, event.train)
                _note(self.val, event.step, event.val)
            case Evaluated():
                _note(self.val, event.step, event.val)
            case Sampled():
                _note(self.samples, event.step, event.values)
            case Changed():
                self.marks.append(Mark(event.step, event.what, event.value))
            case Finished() | Failed():
                self.has_ended = True

    # -- along the bottom --------------------------------------------------------------------

    @property
    def length(self) -> int:
        """How many steps there are."""
        whole = [len(series) for series in self.steps.values()]
        ends = [points.steps[-1] for points in self.val.values() if points.steps]
        return max([*whole, *ends], default=0)

    @property
    def has_clock(self) -> bool:
        """Whether the run noted when its steps were done; those of before did not."""
        return self._known(CLOCK) > 0

    def at(self, steps: npt.ArrayLike, unit: Unit) -> Doubles:
        """Where steps stand along the bottom: as steps, epochs, or seconds at work.

        Without epochs, or a clock, they stand where they are counted.
        """
        places = np.asarray(steps, np.float64)
        if unit == "epoch" and self.epoch_steps:
            return places / self.epoch_steps
        if unit == "time" and self.has_clock:
            # A step is over when its time was noted: before the first one no time had passed.
            known = self._clock()
            whole = np.clip(places.astype(np.int64), 0, len(known))
            return np.asarray(np.where(whole > 0, known[whole - 1], 0.0))
        return places

    def step_at(self, x: float, unit: Unit) -> float:
        """The step that stands there: what `at` does, backwards."""
        if unit == "epoch" and self.epoch_steps:
            return x * self.epoch_steps
        if unit == "time" and self.has_clock:
            return float(np.searchsorted(self._clock(), x))
        return x

    # -- what there is -----------------------------------------------------------------------

    def quantities(self) -> dict[str, tuple[str, ...]]:
        """What goes into each plot: `loss` with its terms, each metric, what was looked at.

        The first name of each is the whole (`loss`, `gradient_norm`), others are parts of it
        (`loss.aux`, `gradient_norm.conv1`); where there is no whole, all are parts.
        """
        names = [*dict.fromkeys([*self.steps, *self.train, *self.val, *self.samples])]
        found: dict[str, tuple[str, ...]] = {}
        for name in sorted(names, key=_place):
            if name != CLOCK:
                stem = quantity_of(name)
                found[stem] = (*found.get(stem, ()), name)
        return found

    def _known(self, name: str) -> int:
        return len(self.steps[name]) if name in self.steps else 0

    def _append(self, name: str, first: int, values: Sequence[float] | Floats) -> None:
        if name not in self.steps:
            self.steps[name] = Pyramid()
        series = self.steps[name]
        gap = first - len(series)
        if gap > 0:
            series.extend(np.full(gap, np.nan, np.float32))
        series.extend(values[-gap:] if gap < 0 else values)

    def _clock(self) -> Doubles:
        """When each step was over, in seconds: it never goes back, and stands still at a hole."""
        with self._lock:
            noted, known = self.steps[CLOCK].values, self._seconds
            if len(noted) > known.size:
                last, new = known.seen[-1] if known.size else 0.0, noted[known.size :]
                filled = np.where(np.isfinite(new), new, last).astype(np.float64)
                known.extend(np.maximum.accumulate(np.maximum(filled, last)))
            return known.seen


def quantity_of(name: str) -> str:
    """The plot that a series goes into."""
    return name.partition(".")[0].replace("objective", "loss")


_LAST = ("learning_rate", "gradient_norm", "update_ratio", "samples_per_second", "memory",
         "utilization", "process_memory", "processor")  # fmt: skip


def _place(name: str) -> tuple[bool, int, bool]:
    """The loss first, then metrics, then the others in their order; the whole before its parts."""
    stem = quantity_of(name)
    rank = _LAST.index(stem) + 1 if stem in _LAST else 0
    return stem != "loss", rank, "." in name


def _note(points: dict[str, Points], step: int, values: Mapping[str, float]) -> None:
    for name, value in values.items():
        points.setdefault(name, Points()).add(step, value)
