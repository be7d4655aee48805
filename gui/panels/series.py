"""What a run measured, gathered from its events or its folder, ready to be drawn. No Qt here."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphcore.training.events import EpochDone, Event, Started, StepsDone
from graphcore.training.runs import Run
from gui.pyramid import Pyramid

HIDDEN = ("learning_rate",)


@dataclass(slots=True)
class Epochs:
    """One value an epoch: `steps[i]` steps were over when `values[i]` was measured."""

    steps: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)


class Curves:
    """Every series of one run, per step and per epoch."""

    def __init__(self) -> None:
        self.steps: dict[str, Pyramid] = {}
        self.train: dict[str, Epochs] = {}
        self.val: dict[str, Epochs] = {}
        self.epoch_steps = 0
        self.planned = 0

    @staticmethod
    def read(run: Run) -> Curves:
        """All that a run's folder holds."""
        found = Curves()
        for event in run.events():
            found.feed(event)
        for name in run.series_names():
            found.steps[name] = Pyramid()
            found.steps[name].extend(run.series(name))
        return found

    def feed(self, event: Event) -> None:
        """Take in what an event says."""
        match event:
            case Started():
                self.epoch_steps, self.planned = event.steps_per_epoch, event.steps
            case StepsDone():
                for name, values in event.values.items():
                    self._append(name, event.first_step, values)
            case EpochDone():
                _note(self.train, event.step, event.train)
                _note(self.val, event.step, event.val)

    @property
    def length(self) -> int:
        """How many steps there are."""
        whole = [len(series) for series in self.steps.values()]
        ends = [epochs.steps[-1] for epochs in self.val.values() if epochs.steps]
        return max([*whole, *ends], default=0)

    def quantities(self) -> dict[str, tuple[str, ...]]:
        """What goes into each plot: `loss` with its terms, then each metric with its variants.

        The first name of each is the whole (`loss`), others are parts (`loss.aux`).
        """
        names = [*dict.fromkeys([*self.steps, *self.train, *self.val])]
        found: dict[str, tuple[str, ...]] = {}
        whole_first = sorted(names, key=lambda name: (not name.startswith("loss"), "." in name))
        for name in whole_first:
            if name not in HIDDEN:
                stem = name.partition(".")[0].replace("objective", "loss")
                found[stem] = (*found.get(stem, ()), name)
        return found

    def rows(self) -> list[tuple[str, list[float]]]:
        """Columns of a table: every series with one value a step, NaN where there is none."""
        length = self.length
        found = [(f"train {name}", _padded(series.values.tolist(), length))
                 for name, series in self.steps.items()]  # fmt: skip
        for name, epochs in self.val.items():
            column = [math.nan] * length
            for step, value in zip(epochs.steps, epochs.values, strict=True):
                if 0 < step <= length:
                    column[step - 1] = value
            found.append((f"val {name}", column))
        return found

    def _append(self, name: str, first: int, values: tuple[float, ...]) -> None:
        series = self.steps.setdefault(name, Pyramid())
        gap = first - len(series)
        if gap > 0:
            series.extend([math.nan] * gap)
        series.extend(values[max(0, -gap) :])


def _note(epochs: dict[str, Epochs], step: int, values: Mapping[str, float]) -> None:
    for name, value in values.items():
        known = epochs.setdefault(name, Epochs())
        known.steps.append(step)
        known.values.append(value)


def _padded(values: list[float], length: int) -> list[float]:
    return values + [math.nan] * (length - len(values))
