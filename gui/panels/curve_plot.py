"""One plot of one quantity over a run; the only place with pyqtgraph, which loads late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.panels.legend import Legend, Line
from gui.panels.series import Curves
from gui.theme import Appearance

SMOOTH_POINTS = 300
MOST_SMOOTHED = 0.25
LOG_FLOOR = 1e-12
_TERM_PENS = (Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DashDotDotLine)
_TERM_FAMILIES = ("pooling", "linear", "normalization", "data")


@dataclass(frozen=True, slots=True)
class View:
    """How curves are looked at; `smoothing` goes from 0 to 1."""

    unit: Literal["step", "epoch"] = "step"
    smoothing: float = 0.4
    is_log: bool = False


class CurvePlot(QWidget):
    """Loss with its terms, or one metric: raw and smoothed line of training, dots of validation.

    `drawn` holds what stands on the screen by name (`train loss`, `smooth loss`, `val loss`).
    """

    zoomed = Signal()

    def __init__(
        self, quantity: str, title: str, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.quantity = quantity
        self.drawn: dict[str, np.ndarray] = {}
        self._appearance, self._curves, self._view = appearance, Curves(), View()
        self._names: tuple[str, ...] = ()
        self._hover: float | None = None
        self._follows = True
        self._lines: dict[str, Line] = {}
        self._items: dict[str, pg.PlotDataItem | pg.PlotCurveItem] = {}
        self._legend = Legend(title, appearance, self)
        self._plot = self._make_plot(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._legend)
        layout.addWidget(self._plot, 1)
        self._paint()
        appearance.changed.connect(self._on_theme_changed)

    @property
    def viewport(self) -> QWidget:
        """Where the mouse acts."""
        return self._plot.viewport()

    @property
    def legend_text(self) -> str:
        """The values above the plot as text."""
        return self._legend.accessibleDescription()

    @property
    def is_zoomed(self) -> bool:
        """Whether a part of the run is looked at, chosen by hand."""
        return not self._follows

    def reset_zoom(self) -> None:
        """Show the whole run and follow it."""
        self._follows = True
        self.draw(self._curves, self._names, self._view)

    def draw(self, curves: Curves, names: tuple[str, ...], view: View) -> None:
        """Draw these series of a run."""
        if view.unit != self._view.unit:
            self._follows = True
        self._curves, self._names, self._view = curves, names, view
        if self._follows:
            self._plot.setXRange(0, max(1, curves.length) * self._scale, padding=0.01)
        self._lines = {}
        self.drawn = {}
        for place, name in enumerate(names):
            self._draw_series(name, place)
        for key in [key for key in self._items if key not in self.drawn]:
            self._plot.removeItem(self._items.pop(key))
        self._fit_height()
        self._plot.getAxis("left").setLogMode(view.is_log)
        self._show_legend()
        # Otherwise the curves learn of the new range while they are painted, and are painted twice.
        self._plot.scene().prepareForPaint()

    # -- drawing -----------------------------------------------------------------------------

    @property
    def _scale(self) -> float:
        """What a step is on the x axis."""
        by_epoch = self._view.unit == "epoch" and self._curves.epoch_steps > 0
        return 1 / self._curves.epoch_steps if by_epoch else 1.0

    def _draw_series(self, name: str, place: int) -> None:
        look, label = self._appearance.theme, name.rpartition(".")[2]
        series, val = self._curves.steps.get(name), self._curves.val.get(name)
        if place:
            color = look.family_color(_TERM_FAMILIES[(place - 1) % len(_TERM_FAMILIES)])
            line = Line(label, color, _TERM_PENS[(place - 1) % len(_TERM_PENS)])
        else:
            line = Line("train", look.accent)
        if series is not None and len(series):
            low, high = self._seen(len(series))
            if not place:
                x, y = series.outline(low, high, max(200, self._plot.width()))
                self._put(f"train {name}", x, y, _thin(line.color, look))
            at = np.unique(np.linspace(low, high - 1, SMOOTH_POINTS).astype(np.int64))
            smooth = series.means(at, 1 + round(_width(self._view.smoothing) * len(series)))
            self._put(f"smooth {name}", at, smooth, _thick(line), is_smooth=True)
            self._lines[f"train {name}"] = line
        if val is not None and val.values and not place:
            dotted = Line("val", look.family_color("activation"), Qt.PenStyle.DotLine, True)
            x, y = np.asarray(val.steps, np.float64), np.asarray(val.values, np.float64)
            self._put(f"val {name}", x, y, _thick(dotted), is_smooth=True, color=dotted.color)
            self._lines[f"val {name}"] = dotted

    def _seen(self, length: int) -> tuple[int, int]:
        """The steps within the view, one more at each side."""
        low, high = self._plot.viewRange()[0]
        first = int(np.clip(np.floor(low / self._scale) - 1, 0, max(0, length - 1)))
        return first, int(np.clip(np.ceil(high / self._scale) + 2, first + 1, length))

    def _put(self, key, x, y, pen, is_smooth: bool = False, color: str = "") -> None:
        self.drawn[key] = y
        shown = np.asarray(y, np.float64)
        if self._view.is_log:
            shown = np.log10(np.where(shown > LOG_FLOOR, shown, np.nan))
        if key not in self._items:
            made = pg.PlotDataItem if color else pg.PlotCurveItem
            self._items[key] = made()
            self._items[key].setZValue(3 if color else 2 if is_smooth else 1)
            if not color:
                # Segments are fast to draw, but each would begin its dashes anew.
                is_solid = pen.style() == Qt.PenStyle.SolidLine
                self._items[key].setSegmentedLineMode("on" if is_solid else "off")
            self._plot.addItem(self._items[key])
        marks = {"symbol": "o", "symbolSize": 7, "symbolBrush": color, "symbolPen": None}
        self._items[key].setData(
            np.asarray(x, np.float64) * self._scale, shown, pen=pen, antialias=is_smooth,
            connect="finite", **(marks if color else {}),
        )  # fmt: skip

    def _fit_height(self) -> None:
        low_x, high_x = self._plot.viewRange()[0]
        found = [part for key in self.drawn if (part := self._in_view(key, low_x, high_x)).size]
        if not found:
            return
        # A spike of the raw line shall not press the rest flat.
        low = min(float(np.percentile(part, 0.3)) for part in found)
        high = max(float(np.percentile(part, 99.7)) for part in found)
        room = max((high - low) * 0.06, 1e-6 * max(1.0, abs(high)))
        self._plot.setYRange(low - room, high + room, padding=0)

    def _in_view(self, key: str, low: float, high: float) -> np.ndarray:
        x, y = self._items[key].getData()
        return y[(x >= low) & (x <= high) & np.isfinite(y)]

    # -- values ------------------------------------------------------------------------------

    def _show_legend(self) -> None:
        step = self._curves.length - 1
        note = ""
        if self._hover is not None:
            step = int(np.clip(round(self._hover / self._scale), 0, max(0, step)))
            note = self.tr("step {0}").format(step)
            if self._curves.epoch_steps:
                epoch = step // self._curves.epoch_steps + 1
                note = self.tr("step {0} · epoch {1}").format(step, epoch)
        entries = [(line, self._value_at(key, step)) for key, line in self._lines.items()]
        self._legend.show_values(entries, note)

    def _value_at(self, key: str, step: int) -> float:
        """The smoothed value of training there, or what validation last said before."""
        kind, _, name = key.partition(" ")
        if kind == "train":
            series = self._curves.steps[name]
            width = 1 + round(_width(self._view.smoothing) * len(series))
            return float(series.means([min(step, len(series) - 1)], width)[0])
        epochs = self._curves.val[name]
        before = np.searchsorted(epochs.steps, step + 1, side="right") - 1
        return epochs.values[before] if before >= 0 else float("nan")

    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self._plot.getViewBox()
        if not box.sceneBoundingRect().contains(position):
            self._leave()
            return
        self._hover = box.mapSceneToView(position).x()
        self._cross.setPos(self._hover)
        self._cross.setVisible(True)
        self._show_legend()

    def _leave(self) -> None:
        if self._hover is not None:
            self._hover = None
            self._cross.setVisible(False)
            self._show_legend()

    def eventFilter(self, watched, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Leave:
                self._leave()
            case QEvent.Type.MouseButtonDblClick:
                self.reset_zoom()
                return True
        return False

    def _on_zoomed_by_hand(self) -> None:
        self._follows = False
        self.draw(self._curves, self._names, self._view)
        self.zoomed.emit()

    # -- look --------------------------------------------------------------------------------

    def _make_plot(self, title: str) -> pg.PlotWidget:
        plot = pg.PlotWidget(self, background=None)
        plot.setStyleSheet("background: transparent; border: 0;")
        # Opaque, so that a new value repaints neither panel nor dock beneath it.
        plot.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        plot.setAccessibleName(title)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        # Height follows what is seen; only the stretch of the run is chosen by hand.
        plot.setMouseEnabled(x=True, y=False)
        box = plot.getViewBox()
        box.disableAutoRange()
        box.setLimits(xMin=0, minXRange=1e-3)
        box.setDefaultPadding(0)
        box.sigRangeChangedManually.connect(self._on_zoomed_by_hand)
        plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        plot.viewport().installEventFilter(self)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._cross.setVisible(False)
        plot.addItem(self._cross, ignoreBounds=True)
        return plot

    def _paint(self) -> None:
        look = self._appearance.theme
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(pg.mkPen(look.line))
            axis.setTextPen(pg.mkPen(look.tertiary))
            axis.setTickPen(pg.mkPen(theme.color(look.line, 0.6)))
            axis.setTickFont(theme.figure_font(10))
            axis.setStyle(tickLength=-3, tickTextOffset=5, autoExpandTextSpace=False,
                          tickTextWidth=34, tickTextHeight=14,
                          autoReduceTextSpace=False)  # fmt: skip
            axis.enableAutoSIPrefix(False)
        self._plot.getAxis("left").setWidth(40)
        self._plot.getAxis("bottom").setHeight(20)
        self._cross.setPen(pg.mkPen(theme.color(look.tertiary, 0.7), width=1))
        self._plot.setBackground(look.panel)

    def _on_theme_changed(self) -> None:
        self._paint()
        self.draw(self._curves, self._names, self._view)


def _width(smoothing: float) -> float:
    """The share of the run that one smoothed value is the mean of."""
    return MOST_SMOOTHED * smoothing**2


def _thin(color: str, look: theme.Theme) -> QPen:
    # Mixed by hand: a pen that is seen through takes Qt many times as long.
    return pg.mkPen(theme.mix(color, look.panel, 0.42), width=1)


def _thick(line: Line) -> QPen:
    pen = pg.mkPen(line.color, width=2, style=line.pen)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen
