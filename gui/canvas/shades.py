"""What an overlay writes on cards and in its legend: pure values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from graphcore.analysis.overlays import ADDED_UP, Figure, Overlay
from graphcore.analysis.result import NodeFacts
from gui import format
from gui.canvas.face import shape_text

_say = partial(QCoreApplication.translate, "overlays")


@dataclass(frozen=True, slots=True)
class Shade:
    """A card under an overlay: its figure in words, in few letters, and its share of the whole.

    `level` is how long its bar is and how deep its colour, from 0 to 1.
    """

    text: str
    short: str
    share: str
    level: float


@dataclass(frozen=True, slots=True)
class LegendFace:
    """What the legend says: of what, the figures at both ends of the scale, and how to read it."""

    title: str
    low: str
    high: str
    note: str

    @property
    def words(self) -> str:
        """The legend for ears."""
        scale = _say("from {0} to {1}").format(self.low, self.high) if self.high else ""
        return ", ".join(part for part in (self.title, scale, self.note) if part)


def shade_of(overlay: Overlay, figure: Figure, facts: NodeFacts) -> Shade:
    """What stands on the card of a node."""
    short = figure_text(overlay, figure.value)
    share = format.share(figure.share) if figure.share is not None else ""
    match overlay:
        case "shape":
            shape = shape_text(next(iter(facts.outputs.values()), None))
            return Shade(shape, shape.replace(" ", ""), short, figure.level)
        case "parameters":
            return Shade(_say("{} parameters").format(short), short, share, figure.level)
        case "flops":
            unit = "FLOP" if format.THIN in short else f"{format.THIN}FLOP"
            return Shade(f"{short}{unit}", short, share, figure.level)
        case "gradient":
            return Shade(f"∂ {short}", short, "", figure.level)
    return Shade(short, short, share, figure.level)


def figure_text(overlay: Overlay, value: float) -> str:
    """A figure with its unit, in few letters."""
    match overlay:
        case "memory":
            return format.byte_count(round(value))
        case "time":
            return _seconds(value)
        case "gradient":
            return f"{value:.2g}" if value >= 0.001 or not value else _power(value)
    return format.count(round(value))


def _seconds(value: float) -> str:
    for size, unit in ((1.0, "s"), (1e-3, "ms")):
        if value >= size * 0.9995:
            return f"{value / size:.3g}{format.THIN}{unit}"
    return f"{value / 1e-6:.3g}{format.THIN}µs"


def _power(value: float) -> str:
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(exponent)}"


def title_of(overlay: Overlay) -> str:
    """What an overlay shows, in a few words."""
    match overlay:
        case "shape":
            return _say("Shape of what each node puts out")
        case "parameters":
            return _say("Parameters")
        case "flops":
            return _say("FLOPs of one sample, forward")
        case "memory":
            return _say("Memory of the outputs for one sample")
        case "time":
            return _say("Time of a forward pass")
    return _say("Gradient at each output (RMS)")


def legend(overlay: Overlay, found: Iterable[Figure], where: str = "") -> LegendFace:
    """The legend over these figures; `where` says on what they were measured, or why not."""
    values, is_log = [figure.value for figure in found], overlay == "gradient"
    if not values:
        return LegendFace(title_of(overlay), "", "", where)
    total = _say("{} in all").format(figure_text(overlay, sum(values)))
    scale = _say("bars by powers of ten") if is_log else ""
    notes = (where, total if overlay in ADDED_UP else "", scale)
    high = figure_text(overlay, max(values))
    return LegendFace(
        title_of(overlay),
        figure_text(overlay, min(values)) if is_log else "0",
        _say("{} numbers").format(high) if overlay == "shape" else high,
        " · ".join(note for note in notes if note),
    )
