"""What happened to a run, marked on its curves: a thin upright line with a flag at its foot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt

from graphcore.training.curves import Mark, Unit
from gui import format, theme
from gui.panels.legend import figure
from gui.panels.strands import Shown
from gui.theme import Theme

MOST = 200


class Marks:
    """The marks of a plot; `near` answers what happened around a place."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        self._plot = plot
        self._lines, self.flags = pg.PlotCurveItem(), pg.ScatterPlotItem()
        for item in (self._lines, self.flags):
            item.setZValue(4)
            item.hide()
            plot.addItem(item, ignoreBounds=True)
        self._known: list[tuple[float, Mark]] = []

    def show_marks(self, shown: Sequence[Shown], unit: Unit, look: Theme) -> None:
        """Show the marks of the one run that is shown; of several they would say too much."""
        curves = shown[0].curves
        marks = curves.marks[-MOST:] if len(shown) == 1 else []
        at = curves.at([mark.step for mark in marks], unit) if marks else ()
        self._known = [(float(x), mark) for x, mark in zip(at, marks, strict=True)]
        for item in (self._lines, self.flags):
            item.setVisible(bool(marks))
        if marks:
            low, high = self._plot.viewRange()[1]
            pen = pg.mkPen(
                theme.mix(look.warn, look.panel, 0.7), width=1, style=Qt.PenStyle.DashLine
            )
            ends = np.tile([low, high], len(marks))
            self._lines.setData(np.repeat(at, 2), ends, connect="pairs", pen=pen)
            self.flags.setData(np.asarray(at), np.full(len(marks), low), symbol="t1", size=9,
                                brush=look.warn, pen=None)  # fmt: skip

    def near(self, x: float, reach: float) -> list[Mark]:
        """What happened within that reach."""
        return [mark for at, mark in self._known if abs(at - x) <= reach]


def words_of(mark: Mark) -> str:
    """What happened, as a person says it."""
    match mark.what, mark.value:
        case "paused", True:
            return _say("paused")
        case "paused" | "resumed", _:
            return _say("went on")
        case "freed", int() as size:
            return _say("{0} of the device freed").format(format.byte_count(size))
        case what, float() | int() as value if not isinstance(value, bool):
            number = figure(float(value)) if value % 1 else str(value)
            return f"{what.replace('_', ' ')} {number}"
        case what, str() as value:
            return f"{what.replace('_', ' ')} {value}"
    return mark.what.replace("_", " ")


def _say(text: str) -> str:
    return QCoreApplication.translate("marks", text)
