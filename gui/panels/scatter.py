"""Prediction over truth, or what is left between them, with a point for each sample."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.theme import Appearance
from gui.voice import announce

MOST_POINTS = 4000
LEFT, BOTTOM, EDGE = 52, 34, 10
NEAR = 12.0
TICKS = 4


class Scatter(QWidget):
    """Truth along, prediction upwards; the closer to the line, the better.

    A click, or left and right, choose a sample: `chosen` carries its place.
    """

    chosen = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._true = self._said = np.zeros(0)
        self._shows_rest = False
        self._place: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 140)
        self.setAccessibleName(self.tr("Prediction over truth"))
        appearance.changed.connect(self.update)

    def show_values(self, true: np.ndarray, said: np.ndarray, *, rest: bool) -> None:
        """Show values [N] beside each other; with `rest` prediction minus truth over truth."""
        self._true, self._said = np.asarray(true, float), np.asarray(said, float)
        self._shows_rest = rest
        if self._place is not None and self._place >= len(self._true):
            self._place = None
        self.setAccessibleName(
            self.tr("Prediction minus truth, over truth") if rest else
            self.tr("Prediction over truth")
        )  # fmt: skip
        self._describe()
        self.update()

    @property
    def place(self) -> int | None:
        """The sample that is chosen."""
        return self._place

    def choose(self, place: int | None) -> None:
        """Mark a sample, or none, without telling."""
        self._place = place
        self._describe()
        self.update()

    def point(self, place: int) -> QPointF:
        """Where a sample is painted."""
        box, (low, high), (bottom, top) = self._box(), *self._ranges()
        x = box.left() + (self._true[place] - low) / (high - low) * box.width()
        y = box.bottom() - (self._heights()[place] - bottom) / (top - bottom) * box.height()
        return QPointF(x, y)

    # -- hand and keys -----------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._nearest(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._take(place)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not len(self._true):
            super().keyPressEvent(event)
            return
        order = np.argsort(self._true, kind="stable")
        at = -1 if self._place is None else int(np.flatnonzero(order == self._place)[0])
        self._take(int(order[min(max(at + step, 0), len(order) - 1)]))

    def _take(self, place: int) -> None:
        self.choose(place)
        announce(self, self.accessibleDescription())
        self.chosen.emit(place)

    def _describe(self) -> None:
        if self._place is None:
            self.setAccessibleDescription("")
            return
        true, said = self._true[self._place], self._said[self._place]
        self.setAccessibleDescription(
            self.tr("Truth {0}, prediction {1}").format(f"{true:.4g}", f"{said:.4g}")
        )

    def _nearest(self, at: QPointF) -> int | None:
        if not len(self._true):
            return None
        box, (low, high), (bottom, top) = self._box(), *self._ranges()
        x = box.left() + (self._true - low) / (high - low) * box.width()
        y = box.bottom() - (self._heights() - bottom) / (top - bottom) * box.height()
        away = np.hypot(x - at.x(), y - at.y())
        nearest = int(away.argmin())
        return nearest if away[nearest] <= NEAR else None

    # -- where things are --------------------------------------------------------------------

    def _heights(self) -> np.ndarray:
        return self._said - self._true if self._shows_rest else self._said

    def _box(self) -> QRectF:
        return QRectF(LEFT, EDGE, max(1, self.width() - LEFT - EDGE),
                      max(1, self.height() - BOTTOM - EDGE))  # fmt: skip

    def _ranges(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Of both axes; one for both where the ideal line shall be the diagonal."""
        if self._shows_rest:
            most = float(np.abs(self._heights()).max(initial=0.0)) * 1.05 or 1.0
            return _padded(self._true), (-most, most)
        both = _padded(np.concatenate([self._true, self._said]))
        return both, both

    # -- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not len(self._true):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.figure_font(11))
        self._paint_axes(painter)
        self._paint_points(painter)

    def _paint_points(self, painter: QPainter) -> None:
        color = QColor(self._appearance.theme.accent)
        color.setAlphaF(0.85 if len(self._true) < 300 else 0.5)
        painter.setPen(QPen(color, 5.0, c=Qt.PenCapStyle.RoundCap))
        step = max(1, -(-len(self._true) // MOST_POINTS))
        painter.drawPoints(QPolygonF([self.point(n) for n in range(0, len(self._true), step)]))
        if self._place is not None:
            painter.setPen(QPen(theme.color(self._appearance.theme.text), 2))
            painter.drawEllipse(self.point(self._place), 6, 6)

    def _paint_axes(self, painter: QPainter) -> None:
        look, box, (along, up) = self._appearance.theme, self._box(), self._ranges()
        flag = Qt.AlignmentFlag
        for value in _ticks(up):
            y = box.bottom() - (value - up[0]) / (up[1] - up[0]) * box.height()
            painter.setPen(QPen(theme.color(look.line), 1))
            painter.drawLine(QLineF(box.left(), y, box.right(), y))
            painter.setPen(theme.color(look.tertiary))
            painter.drawText(QRectF(0, y - 8, LEFT - 6, 16), flag.AlignRight | flag.AlignVCenter,
                             f"{value:.6g}")  # fmt: skip
        for value in _ticks(along):
            x = box.left() + (value - along[0]) / (along[1] - along[0]) * box.width()
            painter.setPen(QPen(theme.color(look.line), 1))
            painter.drawLine(QLineF(x, box.top(), x, box.bottom()))
            painter.setPen(theme.color(look.tertiary))
            left = min(x - 30, self.width() - 60)
            painter.drawText(QRectF(left, box.bottom() + 2, 60, 14), flag.AlignHCenter,
                             f"{value:.6g}")  # fmt: skip
        painter.drawText(QRectF(box.left(), box.bottom() + 17, box.width(), 15),
                         flag.AlignHCenter, self.tr("Truth"))  # fmt: skip
        painter.setPen(QPen(theme.color(look.secondary), 1.5, Qt.PenStyle.DashLine))
        ideal = QLineF(box.bottomLeft(), box.topRight())
        if self._shows_rest:
            ideal = QLineF(box.left(), box.center().y(), box.right(), box.center().y())
        painter.drawLine(ideal)


def _padded(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = 0.04 * (high - low) or 0.5
    return low - room, high + room


def _ticks(span: tuple[float, float]) -> list[float]:
    """Round values within the span, a handful of them."""
    rough = (span[1] - span[0]) / TICKS
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next((scale * part for part in (1, 2, 5) if scale * part >= rough), 10 * scale)
    first = math.ceil(span[0] / step)
    # A multiple of the step has no digits that the step hasn't.
    return [round(n * step, 12) for n in range(first, math.floor(span[1] / step) + 1)]
