"""One path item per wire, and the small items that lie over the drawing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from graphcore.project.graph import Wire
from gui.canvas.geometry import CARD_WIDTH, distance_to, dotted_path, wire_path
from gui.canvas.style import PILL_FONT_SIZE, Style, card_path, static_text

_WIRE_Z, _HOT_WIRE_Z, _OVER_Z = -2.0, -1.0, 10.0


class WireItem(QGraphicsPathItem):
    """A wire; Qt paints it, no Python runs while panning."""

    def __init__(self, wire: Wire, style: Style) -> None:
        super().__init__()
        self.wire, self.points = wire, [QPointF()]
        self._polygon: QPolygonF | None = None
        self._has_dots = False
        self.setZValue(_WIRE_Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setPen(style.wire)

    def lay(self, points: Sequence[QPointF], *, has_dots: bool = False) -> None:
        """Runs through these corners now, or in a smooth curve through dots."""
        if self.points != points or self._has_dots != has_dots:
            self.points, self._has_dots, self._polygon = list(points), has_dots, None
            self.setPath(dotted_path(points) if has_dots else wire_path(points))

    def show_as(self, style: Style, *, is_hot: bool, is_hovered: bool) -> None:
        """Accented where it is selected or hangs on the selected node."""
        wanted = style.hot_wire if is_hot else style.hover_wire if is_hovered else style.wire
        if self.pen() != wanted:
            self.setPen(wanted)
            self.setZValue(_HOT_WIRE_Z if is_hot or is_hovered else _WIRE_Z)

    def distance(self, point: QPointF) -> float:
        """How far a point of the scene is from the wire."""
        if self._polygon is None:
            polygons = self.path().toSubpathPolygons()
            self._polygon = polygons[0] if polygons else QPolygonF()
        return distance_to(self._polygon, point)

    @property
    def middle(self) -> QPointF:
        """The point half way along it."""
        return self.path().pointAtPercent(0.5)


class DrawnWire(QGraphicsPathItem):
    """The wire that follows the mouse while it is drawn."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._solid, self._dashed = QPen(style.drawn_wire), QPen(style.drawn_wire)
        self._dashed.setDashPattern([3, 3])
        self.setPen(self._dashed)
        self.setZValue(_OVER_Z)

    def follow(self, start: QPointF, end: QPointF, *, has_target: bool) -> None:
        """Runs from the output to the mouse, or the port it has snapped to."""
        self.setPen(self._solid if has_target else self._dashed)
        self.setPath(wire_path([start, end]))


class Pill(QGraphicsItem):
    """A few characters in a capsule beside a port or on a wire."""

    def __init__(self, text: str, style: Style, tone: str = "", *, mark: str = "") -> None:
        super().__init__()
        self.text, self._style, self._tone, self._mark = text, style, tone, mark
        metrics = style.pill_metrics
        self._mark_width = metrics.horizontalAdvance(mark) + 4 if mark else 0.0
        width = metrics.horizontalAdvance(text) + self._mark_width + 14
        self.rect = QRectF(-width / 2, -9, width, 18)
        self.setZValue(_OVER_Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self.rect.adjusted(-1, -1, 1, 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        theme = self._style.theme
        painter.setPen(QPen(self._tone or theme.strong_line))
        painter.setBrush(self._style.node)
        painter.drawRoundedRect(self.rect, 9, 9)
        painter.setFont(self._style.pill_font)
        left, top = self.rect.left() + 7, self.rect.top() + 2
        if self._mark:
            painter.setPen(QPen(self._tone or theme.secondary))
            painter.drawStaticText(
                QPointF(left, top), static_text(self._mark, PILL_FONT_SIZE, True)
            )
        painter.setPen(self._style.text)
        text = static_text(self.text, PILL_FONT_SIZE, True)
        painter.drawStaticText(QPointF(left + self._mark_width, top), text)


class Ghost(QGraphicsItem):
    """Where the node that is being dragged from the palette will land."""

    def __init__(
        self, title: str, style: Style, family: str, height: float, width: float = CARD_WIDTH
    ) -> None:
        super().__init__()
        self._title, self._style, self._height, self._width = title, style, height, width
        self._family = style.family(family)
        self.setZValue(_OVER_Z)

    def boundingRect(self) -> QRectF:
        return QRectF(-6, -6, self._width + 12, self._height + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setOpacity(0.8)
        outline = QPen(self._family.color, 1.5)
        outline.setDashPattern([4, 3])
        painter.setPen(outline)
        painter.setBrush(self._style.node)
        painter.drawPath(card_path(self._width, self._height))
        painter.setFont(self._style.title_font)
        painter.setPen(self._style.text)
        box = QRectF(0, 0, self._width, self._height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._title)


class Band(QGraphicsItem):
    """The rubber band."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style, self._rect = style, QRectF()
        self.setZValue(_OVER_Z)

    def stretch(self, rect: QRectF) -> None:
        """Covers exactly this part of the scene."""
        self.prepareGeometryChange()
        self._rect = rect

    def boundingRect(self) -> QRectF:
        return self._rect.adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        line = QPen(self._style.hot_wire)
        line.setWidthF(0)
        painter.setPen(line)
        painter.fillRect(self._rect, self._style.band)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._rect)
