"""One plot of one quantity over a run or several.

pyqtgraph, which it is drawn with, is slow to load, and so this module comes late.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import theme
from gui.panels import quantities
from gui.panels.curve_axes import RunAxis, ValueAxis, paint_axis
from gui.panels.curve_lines import CurveLines
from gui.panels.legend import Legend
from gui.panels.marks import Marks, words_of
from gui.panels.readout import Readout
from gui.panels.strands import Shown, Strand, View, strands
from gui.theme import Appearance

MARGIN, ROOM_TO_GROW = 1.01, 1.05
"""So much of its length a run has at right, and one that grows: axes cost more than curves."""
SLACK = 0.15
"""So much higher than the curves of a run that grows a plot may be before it is fitted anew."""
KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ZOOMS = {Qt.Key.Key_Plus: 0.7, Qt.Key.Key_Equal: 0.7, Qt.Key.Key_Minus: 1 / 0.7}


class CurvePlot(QWidget):
    """Lines with their legend, marks of what happened, and values to be read along them."""

    zoomed = Signal(object)
    """The stretch that is looked at now, chosen by hand: (low, high), or None for all of it."""
    pointed = Signal(object)
    """Where along the bottom the pointer is, or None."""
    opened = Signal()

    def __init__(
        self, quantity: str, title: str, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.quantity = quantity
        self._appearance, self._view = appearance, View()
        self._shown: tuple[Shown, ...] = ()
        self._names: tuple[str, ...] = ()
        self._hover: float | None = None
        self._is_here = True
        self._follows, self._grow = True, 1.0
        self._strands: list[Strand] = []
        say = quantities.saying(quantity)
        self._legend = Legend(title, appearance, self, say)
        self._legend.opened.connect(self.opened)
        self._plot = self._make_plot(title, say)
        self._lines = CurveLines(self._plot, appearance.theme)
        self._readout = Readout(appearance, self._plot, say)
        self._marks = Marks(self._plot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._legend)
        layout.addWidget(self._plot, 1)
        self._paint()
        appearance.changed.connect(self._on_theme_changed)

    @property
    def drawn(self) -> dict[str, np.ndarray]:
        """What stands on the screen by name (`train loss`, `smooth loss`, `val loss`)."""
        return self._lines.drawn

    @property
    def viewport(self) -> QWidget:
        """Where the mouse acts."""
        return self._plot.viewport()

    @property
    def legend_text(self) -> str:
        """The values above the plot as text."""
        return self._legend.accessibleDescription()

    @property
    def note(self) -> str:
        """Where along the run these values are, and what happened there."""
        return self._legend.note

    @property
    def is_zoomed(self) -> bool:
        """Whether a part of the run is looked at, chosen by hand."""
        return not self._follows

    @property
    def stretch(self) -> tuple[float, float]:
        """What is seen along the bottom, in its unit."""
        low, high = self._plot.viewRange()[0]
        return low, high

    def grow(self, times: float) -> None:
        """Letters and lines that many times as large as at a desk, as a projector needs them."""
        if times != self._grow:
            self._grow = times
            self._legend.grow(times)
            self._on_theme_changed()

    def reset_zoom(self) -> None:
        """Show the whole run and follow it."""
        self._follows = True
        self.redraw()

    def look_at(self, low: float, high: float) -> None:
        """Show that stretch and stay there."""
        self._follows = False
        self._plot.setXRange(low, high, padding=0)
        self.redraw()

    def point_at(self, x: float | None, *, is_here: bool = True) -> None:
        """Read the values there; None reads the last ones. Where it is stands in one plot only."""
        self._hover, self._is_here = x, is_here
        self._cross.setVisible(x is not None)
        if x is not None:
            self._cross.setPos(x)
        self._show_legend()

    def draw(self, shown: Sequence[Shown], names: Sequence[str], view: View) -> None:
        """Draw these series of these runs."""
        if view.unit != self._view.unit:
            self._follows = True
        self._shown, self._names, self._view = tuple(shown), tuple(names), view
        self.redraw()

    def redraw(self) -> None:
        """Draw once more, for news or another look."""
        if not self._shown:
            return
        if self._follows:
            self._follow()
        by_epoch, look = self._view.unit == "epoch", self._appearance.theme
        self._strands = strands(self._shown, self._names, look, by_epoch=by_epoch)
        self._lines.draw(self._shown, self._strands, self._view, look,
                         is_log=self._is_log, grow=self._grow)  # fmt: skip
        self._fit_height()
        height = self._plot.getAxis("left")
        if height.logMode != self._is_log:  # a call throws its picture away
            height.setLogMode(self._is_log)
        self._marks.show_marks(self._shown, self._view.unit, look)
        self._show_legend()
        # Otherwise the curves learn of the new range while they are painted, and are painted twice.
        self._plot.scene().prepareForPaint()

    def draw_as_forms(self, as_forms: bool) -> None:
        """Draw markers as forms, not as pixels of a cache: a picture has any size."""
        self._lines.draw_as_forms(as_forms)
        self._marks.flags.opts["useCache"] = not as_forms

    # -- drawing -----------------------------------------------------------------------------

    @property
    def _is_log(self) -> bool:
        return self._view.is_log or self.quantity in quantities.LOGARITHMIC

    def _follow(self) -> None:
        """Show all of the runs; where one grows, with room at right that lasts for a while."""
        unit, runs = self._view.unit, [one.curves for one in self._shown]
        end = max(1e-3, *(float(own.at([own.length], unit)[0]) for own in runs))
        least, most = end * MARGIN, end * (ROOM_TO_GROW if self._is_growing else MARGIN)
        low, high = self.stretch
        if low != 0 or not least <= high <= most:
            self._plot.setXRange(0, most, padding=0)

    @property
    def _is_growing(self) -> bool:
        return any(not one.curves.has_ended for one in self._shown)

    def _fit_height(self) -> None:
        found = self._lines.heights(*self.stretch)
        if not found:
            return
        # A spike of the raw line shall not press the rest flat.
        low = min(float(np.percentile(part, 0.3)) for part in found)
        high = max(float(np.percentile(part, 99.7)) for part in found)
        room = (high - low) * 0.06 or abs(high) * 0.5 or 1.0
        bottom, top = self._plot.viewRange()[1]
        is_inside, wanted = bottom <= low and high <= top, high - low + 2 * room
        fits = is_inside and top - bottom <= wanted * (1 + SLACK)
        if not (fits and self._follows and self._is_growing):
            self._plot.setYRange(low - room, high + room, padding=0)

    # -- values ------------------------------------------------------------------------------

    def _show_legend(self) -> None:
        entries = [(strand.line, self._value_of(strand)) for strand in self._strands]
        known = [(line, value) for line, value in entries if value == value or len(entries) < 4]
        if self._hover is not None and len(known) > 3:
            known.sort(key=lambda entry: -entry[1] if entry[1] == entry[1] else math.inf)
        note = self._where() if self._hover is not None and self._is_here else ""
        self._legend.show_values(known, note or (self.tr("log") if self._is_log else ""))

    def _where(self) -> str:
        """Which step and epoch the pointer is at, and what happened there."""
        assert self._hover is not None
        curves, unit = self._shown[0].curves, self._view.unit
        step = int(np.clip(round(curves.step_at(self._hover, unit)), 0, curves.length))
        parts = [self.tr("step {0}").format(step)]
        if curves.epoch_steps:
            epoch = max(0, step - 1) // curves.epoch_steps + 1
            parts.append(self.tr("epoch {0}").format(epoch))
        if unit == "time":
            parts.append(quantities.span(self._hover))
        low, high = self.stretch
        near = self._marks.near(self._hover, (high - low) / 60)
        return " · ".join([*parts, *(words_of(mark) for mark in near)])

    def _value_of(self, strand: Strand) -> float:
        """The smoothed value of the steps at the pointer, or the last one measured before it."""
        curves, unit = self._shown[strand.place].curves, self._view.unit
        step = curves.length if self._hover is None else curves.step_at(self._hover, unit)
        if strand.points is not None:
            place = int(np.searchsorted(strand.points.steps, step, side="right")) - 1
            return strand.points.values[place] if place >= 0 else math.nan
        series = curves.steps[strand.name]
        if not len(series) or step > len(series) + 1:  # this run was shorter
            return math.nan
        at = int(np.clip(round(step) - 1, 0, len(series) - 1))
        return float(series.means([at], self._view.width(len(series)))[0])

    def _on_mouse_moved(self, position: QPointF) -> None:
        box = self._plot.getViewBox()
        if not self._shown or not box.sceneBoundingRect().contains(position):
            self._leave()
            return
        x = box.mapSceneToView(position).x()
        self.point_at(x)
        self._readout.show_at(position, [(s.line, self._value_of(s)) for s in self._strands])
        self.pointed.emit(x)

    def _leave(self) -> None:
        self._readout.hide()
        if self._hover is not None:
            self.point_at(None)
            self.pointed.emit(None)

    def eventFilter(self, watched, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Leave:
                self._leave()
            case QEvent.Type.MouseButtonDblClick:
                self.reset_zoom()
                self.zoomed.emit(None)
                return True
            case QEvent.Type.KeyPress if watched is self._plot and isinstance(event, QKeyEvent):
                return self._hear(event)
        return False

    def _hear(self, event: QKeyEvent) -> bool:
        """Arrows read along the curves (with Shift they pan), + and - zoom, Home shows all."""
        key, (low, high) = Qt.Key(event.key()), self.stretch
        if key in KEYS and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._zoom(low + KEYS[key] * (high - low) / 5, high + KEYS[key] * (high - low) / 5)
        elif key in KEYS:
            at = self._hover if self._hover is not None else high
            at = float(np.clip(at + KEYS[key] * (high - low) / 50, max(0.0, low), high))
            self.point_at(at)
            self.pointed.emit(at)
        elif key in ZOOMS:
            middle = self._hover if self._hover is not None else (low + high) / 2
            self._zoom(middle + (low - middle) * ZOOMS[key], middle + (high - middle) * ZOOMS[key])
        elif key == Qt.Key.Key_Home:
            self.reset_zoom()
            self.zoomed.emit(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Escape and self._hover is not None:
            self._leave()
        else:
            return False
        return True

    def _zoom(self, low: float, high: float) -> None:
        self.look_at(max(0.0, low), max(high, low + 1e-3))
        self.zoomed.emit(self.stretch)

    def _on_zoomed_by_hand(self) -> None:
        self._follows = False
        self.redraw()
        self.zoomed.emit(self.stretch)

    # -- look --------------------------------------------------------------------------------

    def _make_plot(self, title: str, say: Callable[[float], str]) -> pg.PlotWidget:
        axes = {"left": ValueAxis(say), "bottom": RunAxis(lambda: self._view.unit)}
        box = pg.ViewBox(enableMenu=False)  # a menu that nobody sees would take as long as the rest
        plot = pg.PlotWidget(self, background=None, axisItems=axes, viewBox=box)
        plot.setStyleSheet("background: transparent; border: 0;")
        # Opaque, so that a new value repaints neither panel nor dock beneath it. The ground is one
        # colour: to fill it is far quicker than to blend a picture of it.
        plot.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        plot.setCacheMode(pg.PlotWidget.CacheModeFlag.CacheNone)
        plot.setAccessibleName(title)
        plot.setAccessibleDescription(
            self.tr("Arrow keys read along the curves, + and - zoom, Home shows all of it.")
        )
        plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        # Height follows what is seen; only the stretch of the run is chosen by hand.
        plot.setMouseEnabled(x=True, y=False)
        box.disableAutoRange()
        box.setLimits(xMin=0, minXRange=1e-3)
        box.setDefaultPadding(0)
        box.sigRangeChangedManually.connect(self._on_zoomed_by_hand)
        plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        plot.viewport().installEventFilter(self)
        plot.installEventFilter(self)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._cross.setVisible(False)
        plot.addItem(self._cross, ignoreBounds=True)
        return plot

    def _paint(self) -> None:
        look = self._appearance.theme
        for side in ("left", "bottom"):
            paint_axis(self._plot.getAxis(side), look, self._grow)
        self._plot.getAxis("left").setWidth(46 * self._grow)
        self._plot.getAxis("bottom").setHeight(20 * self._grow)
        self._cross.setPen(pg.mkPen(theme.color(look.tertiary, 0.7), width=1))
        self._plot.setBackground(look.panel)

    def _on_theme_changed(self) -> None:
        self._paint()
        self.redraw()
