"""The lines of a plot: a raw one over its envelope and under its mean, and points of epochs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from gui import theme
from gui.panels.strands import MOST_SMOOTHED, Shown, Strand, View
from gui.theme import Theme

SMOOTH_POINTS = 300
ENVELOPE_COLUMNS = 120
LOG_FLOOR = 1e-12
MOST_RAW = 4
"""Of more runs than these only the smoothed lines are drawn: the raw ones would be a carpet."""


class CurveLines:
    """Draws strands of runs into a plot.

    `drawn` holds what stands on the screen by name (`train loss`, `smooth loss`, `val loss`).
    """

    def __init__(self, plot: pg.PlotWidget, look: Theme) -> None:
        self.drawn: dict[str, np.ndarray] = {}
        self._plot, self._look = plot, look
        self._shown: tuple[Shown, ...] = ()
        self._view, self._is_log, self._grow = View(), False, 1.0
        self._items: dict[str, pg.PlotDataItem | pg.PlotCurveItem] = {}
        self._envelopes: dict[str, QGraphicsPathItem] = {}

    def draw(
        self, shown: tuple[Shown, ...], strands: Sequence[Strand], view: View, look: Theme,
        *, is_log: bool, grow: float,
    ) -> None:  # fmt: skip
        """Draw these strands of the runs that are shown; those that were drawn before go."""
        self._shown, self._view, self._look = shown, view, look
        self._is_log, self._grow = is_log, grow
        self.drawn = {}
        bands = set[str]()
        for strand in strands:
            if strand.kind == "steps":
                self._draw_steps(strand, bands)
            else:
                self._draw_points(strand)
        self._sweep(bands)

    def heights(self, low: float, high: float) -> list[np.ndarray]:
        """The heights of each line that has some in that stretch, as they are on the screen."""
        return [part for key in self.drawn if (part := self._in_view(key, low, high)).size]

    def draw_as_forms(self, as_forms: bool) -> None:
        """Draw markers as forms, not as pixels of a cache: a picture has any size."""
        for item in self._items.values():
            if isinstance(item, pg.PlotDataItem):
                item.scatter.opts["useCache"] = not as_forms

    @property
    def _stretch(self) -> tuple[float, float]:
        low, high = self._plot.viewRange()[0]
        return low, high

    def _draw_steps(self, strand: Strand, bands: set[str]) -> None:
        curves, look = self._shown[strand.place].curves, self._look
        series, prefix = curves.steps[strand.name], strand.key.partition("train ")[0]
        if not len(series):
            return
        low, high = self._seen(strand)
        whole = "." not in strand.name
        if whole and len(self._shown) <= MOST_RAW:
            x, y = series.outline(low, high, max(200, self._plot.width()))
            self._put(strand.key, self._x(strand, x), y, _thin(strand.line.color, look))
            self._draw_band(strand, low, high, bands)
        at = np.unique(np.linspace(low, high - 1, SMOOTH_POINTS).astype(np.int64))
        smooth = series.means(at, self._view.width(len(series)))
        key = f"{prefix}smooth {strand.name}"
        self._put(key, self._x(strand, at), smooth, _thick(strand, self._grow), z=2)

    def _draw_points(self, strand: Strand) -> None:
        points, line = strand.points, strand.line
        if points is None or not points.values:
            return
        curves = self._shown[strand.place].curves
        x = curves.at(points.steps, self._view.unit)
        y = np.asarray(points.values, np.float64)
        if not line.symbol and not strand.is_thin and len(y) > 4 and self._view.smoothing:
            self._put(strand.key, x, y, _thin(line.color, self._look))
            width = max(1, round(self._view.smoothing**2 * MOST_SMOOTHED * len(y)))
            self._put(f"smooth {strand.key}", x, _means(y, width), _thick(strand, self._grow), z=2)
            return
        pen = _fine(strand) if strand.is_thin else _thick(strand, self._grow)
        self._put(strand.key, x, y, pen, z=3 if line.symbol else 2, symbol=line.symbol,
                  color=line.color)  # fmt: skip

    def _draw_band(self, strand: Strand, low: int, high: int, bands: set[str]) -> None:
        """The smallest and largest values of each stretch, as one surface behind the line."""
        curves = self._shown[strand.place].curves
        at, lows, highs = curves.steps[strand.name].envelope(low, high, ENVELOPE_COLUMNS)
        if len(at) < 2:
            return
        bands.add(strand.key)
        if strand.key not in self._envelopes:
            item = self._envelopes[strand.key] = QGraphicsPathItem()
            item.setZValue(0)
            item.setPen(QPen(Qt.PenStyle.NoPen))
            self._plot.addItem(item, ignoreBounds=True)
        path = _surface(self._x(strand, at), self._y(lows), self._y(highs))
        look = self._look
        self._envelopes[strand.key].setBrush(theme.color(theme.mix(strand.line.color, look.panel,
                                                                   0.16)))  # fmt: skip
        self._envelopes[strand.key].setPath(path)

    def _x(self, strand: Strand, steps: np.ndarray) -> np.ndarray:
        # The value of step i is known once i + 1 steps are over, as those of epochs are.
        return self._shown[strand.place].curves.at(np.asarray(steps) + 1, self._view.unit)

    def _y(self, values: np.ndarray) -> np.ndarray:
        y = np.asarray(values, np.float64)
        return np.log10(np.where(y > LOG_FLOOR, y, np.nan)) if self._is_log else y

    def _seen(self, strand: Strand) -> tuple[int, int]:
        """The steps within the view, one more at each side."""
        curves, (low, high) = self._shown[strand.place].curves, self._stretch
        length, unit = len(curves.steps[strand.name]), self._view.unit
        first = int(np.clip(math.floor(curves.step_at(low, unit)) - 2, 0, max(0, length - 1)))
        last = math.ceil(curves.step_at(high, unit)) + 2
        return first, int(np.clip(last, first + 1, length))

    def _put(
        self, key: str, x: np.ndarray, y: np.ndarray, pen: QPen, *, z: int = 1, symbol: str = "",
        color: str = "",
    ) -> None:  # fmt: skip
        self.drawn[key] = y
        if key in self._items and isinstance(self._items[key], pg.PlotDataItem) != bool(symbol):
            self._plot.removeItem(self._items.pop(key))
        if key not in self._items:
            self._items[key] = pg.PlotDataItem() if symbol else pg.PlotCurveItem()
            self._items[key].setZValue(z)
            self._plot.addItem(self._items[key])
        item = self._items[key]
        if not symbol:
            # Segments are fast to draw, but each would begin its dashes anew.
            is_solid = pen.style() == Qt.PenStyle.SolidLine
            item.setSegmentedLineMode("on" if is_solid else "off")
        marks = {"symbol": symbol, "symbolSize": 7, "symbolBrush": color, "symbolPen": None}
        item.setData(np.asarray(x, np.float64), self._y(y), pen=pen, antialias=z > 1,
                     connect="finite", **(marks if symbol else {}))  # fmt: skip

    def _sweep(self, bands: set[str]) -> None:
        for key in [key for key in self._items if key not in self.drawn]:
            self._plot.removeItem(self._items.pop(key))
        for key in [key for key in self._envelopes if key not in bands]:
            self._plot.removeItem(self._envelopes.pop(key))

    def _in_view(self, key: str, low: float, high: float) -> np.ndarray:
        x, y = self._items[key].getData()
        if x is None:
            return np.empty(0)
        return y[(x >= low) & (x <= high) & np.isfinite(y)]


def _thin(color: str, look: theme.Theme) -> QPen:
    # Mixed by hand: a pen that is seen through takes Qt many times as long.
    return pg.mkPen(theme.mix(color, look.panel, 0.42), width=1)


def _thick(strand: Strand, grow: float) -> QPen:
    pen = pg.mkPen(strand.line.color, width=2 * grow, style=strand.line.pen)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _fine(strand: Strand) -> QPen:
    return pg.mkPen(strand.line.color, width=1.2, style=strand.line.pen)


def _surface(x: np.ndarray, low: np.ndarray, high: np.ndarray) -> QPainterPath:
    known = np.isfinite(low) & np.isfinite(high)
    x, low, high = x[known], low[known], high[known]
    if len(x) < 2:
        return QPainterPath()
    return pg.arrayToQPath(np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]]))


def _means(values: np.ndarray, width: int) -> np.ndarray:
    """The mean of `width` values around each; fewer on both sides near the ends."""
    known = np.nan_to_num(values)
    sums = np.concatenate([[0.0], np.cumsum(known)])
    counts = np.concatenate([[0.0], np.cumsum(np.isfinite(values))])
    at = np.arange(len(values))
    half = np.minimum(width // 2, np.minimum(at, len(values) - 1 - at))
    low, high = at - half, at + half + 1
    count = counts[high] - counts[low]
    return np.divide(sums[high] - sums[low], count, out=np.full(len(at), np.nan), where=count > 0)
