"""Which lines a plot has, and how each is drawn: told apart by more than colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, Qt

from graphcore.training.curves import Curves, Points, Unit
from graphcore.training.runs import Run
from gui.panels.legend import Line
from gui.theme import Theme, mix

Kind = Literal["steps", "points"]
MOST_SMOOTHED = 0.25
PENS = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine,
        Qt.PenStyle.DashDotDotLine)  # fmt: skip
SYMBOLS = ("o", "s", "t", "d")
_RUN_FAMILIES = ("convolution", "activation", "pooling", "linear", "data", "normalization", "loss",
                 "merge")  # fmt: skip
_TERM_FAMILIES = ("pooling", "linear", "normalization", "data")


@dataclass(frozen=True, slots=True)
class View:
    """How curves are looked at; `smoothing` goes from 0 to 1."""

    unit: Unit = "step"
    smoothing: float = 0.4
    is_log: bool = False

    def width(self, length: int) -> int:
        """How many of so many steps one smoothed value is the mean of."""
        return 1 + round(MOST_SMOOTHED * self.smoothing**2 * length)


@dataclass(frozen=True, slots=True)
class Shown:
    """A run whose curves are looked at; `label` is what it is called."""

    run: Run | None
    curves: Curves
    label: str = ""


@dataclass(frozen=True, slots=True)
class Strand:
    """One line: a series of one of the runs, with a value a step or at single steps.

    `key` is `train loss`, `val loss`, `epoch loss` or `sampled memory`, with the run's id before
    it where it is not the first one's. A `thin` one is one of many.
    """

    key: str
    place: int
    name: str
    kind: Kind
    line: Line
    points: Points | None = None
    is_thin: bool = False


def short_id(run: Run) -> str:
    """A run's id without the moment that it begins with, which is the same for many."""
    return run.id[16:] or run.id


def run_line(place: int, look: Theme, label: str = "") -> Line:
    """How the run at that place among those that are compared is drawn."""
    color = look.family_color(_RUN_FAMILIES[place % len(_RUN_FAMILIES)])
    turn = (place + place // len(_RUN_FAMILIES)) % len(PENS)
    return Line(label, color, PENS[turn], symbol=SYMBOLS[place % len(SYMBOLS)])


def strands(
    shown: Sequence[Shown], names: Sequence[str], look: Theme, *, by_epoch: bool
) -> list[Strand]:
    """The lines of a plot of these series; of several runs the whole alone, without its parts."""
    if len(shown) == 1:
        return list(_of_one(shown[0].curves, names, look, by_epoch))
    whole = [name for name in names if "." not in name][:1] or list(names[:1])
    return [
        strand
        for place, one in enumerate(shown)
        for name in whole
        for strand in _of_many(place, one, name, look, by_epoch)
    ]


def _of_one(curves: Curves, names: Sequence[str], look: Theme, by_epoch: bool) -> Iterator[Strand]:
    whole = names[0] if "." not in names[0] else ""
    parts = [name for name in names if name != whole]
    if whole:
        line = Line(_say("train"), look.accent)
        yield from _trained(curves, whole, line, by_epoch)
        if whole in curves.val:
            dotted = Line(_say("val"), look.family_color("activation"), Qt.PenStyle.DotLine, "o")
            yield Strand(f"val {whole}", 0, whole, "points", dotted, curves.val[whole])
        if whole in curves.samples:
            label = _say("all") if parts else ""
            yield Strand(f"sampled {whole}", 0, whole, "points", Line(label, look.accent),
                         curves.samples[whole])  # fmt: skip
    for place, name in enumerate(parts):
        label = name.partition(".")[2]
        if name in curves.samples:
            # From the first layer to the last: the colour says where in the network it is.
            color = mix(look.families["linear"], look.families["data"],
                        place / max(1, len(parts) - 1))  # fmt: skip
            line = Line(label, color, PENS[place % 4 if len(parts) <= 8 else 0])
            yield Strand(f"sampled {name}", 0, name, "points", line, curves.samples[name], True)
        else:
            color = look.family_color(_TERM_FAMILIES[place % len(_TERM_FAMILIES)])
            line = Line(label, color, PENS[1 + place % 3])
            yield from _trained(curves, name, line, by_epoch)
            if name in curves.val:
                dotted = Line(f"{label} {_say('val')}", color, Qt.PenStyle.DotLine, "s")
                yield Strand(f"val {name}", 0, name, "points", dotted, curves.val[name])


def _trained(curves: Curves, name: str, line: Line, by_epoch: bool) -> Iterator[Strand]:
    """A value a step; the epoch's mean too where epochs are looked at, or there is nothing else."""
    if name in curves.steps:
        yield Strand(f"train {name}", 0, name, "steps", line)
    if name in curves.train and (by_epoch or name not in curves.steps):
        label = _say("epoch") if name in curves.steps else line.label
        marked = Line(label, line.color, line.pen, "s")
        yield Strand(f"epoch {name}", 0, name, "points", marked, curves.train[name])


def _of_many(place: int, one: Shown, name: str, look: Theme, by_epoch: bool) -> Iterator[Strand]:
    line, curves = run_line(place, look, one.label), one.curves
    prefix = f"{one.run.id} " if place and one.run is not None else ""
    plain = Line(line.label, line.color, line.pen)
    if name in curves.steps:
        yield Strand(f"{prefix}train {name}", place, name, "steps", plain)
    elif name in curves.train:
        yield Strand(f"{prefix}epoch {name}", place, name, "points", line, curves.train[name])
    if name in curves.samples:
        yield Strand(f"{prefix}sampled {name}", place, name, "points", plain, curves.samples[name])
    if name in curves.val:
        dotted = Line(f"{line.label} {_say('val')}", line.color, Qt.PenStyle.DotLine, line.symbol)
        yield Strand(f"{prefix}val {name}", place, name, "points", dotted, curves.val[name])


def _say(text: str) -> str:
    return QCoreApplication.translate("strands", text)
