"""What the axes of a plot say, and how they look."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg

from graphcore.training.curves import Unit
from gui import theme
from gui.panels import quantities
from gui.theme import Theme


class ValueAxis(pg.AxisItem):
    """Says values as the legend does: bytes, shares, powers of ten."""

    def __init__(self, say: Callable[[float], str]) -> None:
        super().__init__("left")
        self._say = say

    def tickStrings(self, values, scale, spacing):
        if self.logMode or self._say is quantities.figure:
            return super().tickStrings(values, scale, spacing)
        return [self._say(value) for value in values]

    def logTickValues(self, minVal, maxVal, size, stdTicks):
        """Whole powers of ten where there are some, else numbers between them."""
        places = ticks_between(minVal, maxVal, max(2, int(size / 34)))
        return [(1.0, places)]

    def logTickStrings(self, values, scale, spacing):
        return [self._say(10**value) if self._say is not quantities.figure else f"{10**value:.3g}"
                for value in values]  # fmt: skip


class RunAxis(pg.AxisItem):
    """Says steps and epochs as numbers, and time as spans."""

    def __init__(self, unit: Callable[[], Unit]) -> None:
        super().__init__("bottom")
        self._unit = unit

    def tickStrings(self, values, scale, spacing):
        if self._unit() == "time":
            return [quantities.span(value) for value in values]
        return super().tickStrings(values, scale, spacing)


def ticks_between(low: float, high: float, most: int) -> list[float]:
    """Where to put ticks on a scale of powers of ten, as exponents; at most about that many."""
    if high - low > 40 or not math.isfinite(high - low):
        return []
    for digits in ((1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 5), (1, 3), (1,)):
        found = [exponent + math.log10(digit)
                 for exponent in range(math.floor(low), math.ceil(high) + 1)
                 for digit in digits]  # fmt: skip
        found = [place for place in found if low <= place <= high]
        if len(found) <= most:
            break
    if len(found) < 2:  # less than from one digit to the next
        values = np.linspace(10**low, 10**high, min(most, 4) + 2)[1:-1]
        return [math.log10(float(f"{value:.3g}")) for value in values if value > 0]
    return found[:: max(1, math.ceil(len(found) / most))]


def paint_axis(axis: pg.AxisItem, look: Theme, grow: float) -> None:
    """Give an axis the colours of the theme, and letters so many times as large as at a desk."""
    axis.setPen(pg.mkPen(look.line))
    axis.setTextPen(pg.mkPen(look.tertiary))
    axis.setTickPen(pg.mkPen(theme.color(look.line, 0.6)))
    axis.setTickFont(theme.figure_font(round(10 * grow)))
    axis.setStyle(tickLength=-3, tickTextOffset=5, autoExpandTextSpace=False,
                  tickTextWidth=round(40 * grow), tickTextHeight=round(14 * grow),
                  autoReduceTextSpace=False, hideOverlappingLabels=True)  # fmt: skip
    axis.enableAutoSIPrefix(False)
