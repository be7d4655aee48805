"""Guides on the canvas: a line along which boxes lie level, and a gap that equals others.

Each is an item of its own, so that only the thin strip under it is painted anew. Their pens and
words keep their size on the screen at every zoom.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.alignment import Gap, Line
from gui.canvas.style import PILL_FONT_SIZE, Style, static_text

_GUIDE_Z = 11.0
_BEYOND, _TICK, _PAD = 12.0, 5.0, 5.0  # pixels
_LABEL_HEIGHT = 17.0


class _Guide(QGraphicsItem):
    """Between two points of the scene, with some pixels around them for what is painted there."""

    def __init__(self, start: QPointF, end: QPointF, style: Style, margin: float) -> None:
        super().__init__()
        self.start, self.end, self.style = start, end, style
        self._rect = QRectF(start, end).adjusted(-margin, -margin, margin, margin)
        self.setZValue(_GUIDE_Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self._rect


class LineItem(_Guide):
    """A thin line that reaches a little beyond the boxes."""

    def __init__(self, line: Line, style: Style, zoom: float) -> None:
        beyond = _BEYOND / zoom
        start = _point(1 - line.axis, line.start - beyond, line.at)
        end = _point(1 - line.axis, line.end + beyond, line.at)
        super().__init__(start, end, style, 3 / zoom)
        self.line = line

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(self.style.guide)
        painter.drawLine(self.start, self.end)


class GapItem(_Guide):
    """A bar with a tick at each end, and how long it is."""

    def __init__(self, gap: Gap, style: Style, zoom: float) -> None:
        self.gap = gap
        self.text = str(gap.length)
        self._width = style.pill_metrics.horizontalAdvance(self.text) + 2 * _PAD
        super().__init__(_point(gap.axis, gap.start, gap.at), _point(gap.axis, gap.end, gap.at),
                         style, (self._width / 2 + 2) / zoom)  # fmt: skip

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = painter.worldTransform().m11()
        tick = _point(self.gap.axis, 0.0, _TICK / scale)
        painter.setPen(self.style.guide)
        painter.drawLine(self.start, self.end)
        for end in (self.start, self.end):
            painter.drawLine(end - tick, end + tick)
        painter.save()
        painter.translate((self.start + self.end) / 2)
        painter.scale(1 / scale, 1 / scale)
        self._paint_label(painter)
        painter.restore()

    def _paint_label(self, painter: QPainter) -> None:
        box = QRectF(-self._width / 2, -_LABEL_HEIGHT / 2, self._width, _LABEL_HEIGHT)
        painter.setBrush(self.style.guide.brush())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self.style.pill_font)
        painter.setPen(self.style.on_guide)
        text = static_text(self.text, PILL_FONT_SIZE, True)
        painter.drawStaticText(QPointF(box.left() + _PAD, box.top() + 1.5), text)


def _point(axis: int, along: float, other: float) -> QPointF:
    """The point at `along` on an axis and at `other` on the other one."""
    return QPointF(along, other) if axis == 0 else QPointF(other, along)
