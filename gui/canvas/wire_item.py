"""One path item per wire, and the small items that lie over the drawing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsPathItem,
    QStyleOptionGraphicsItem,
    QWidget,
)

from graphcore.project.graph import Wire
from gui.canvas.geometry import (
    CARD_WIDTH,
    distance_to,
    wire_path,
)
from gui.canvas.style import PILL_FONT_SIZE, Style, card_path, static_text
from gui.canvas.wire_form import WireForm, wire_form

_BENT_FROM = 1.25
"""From this zoom on, corners between straight pieces would be seen."""
_NO_FORM = wire_form(((0.0, 0.0),), has_dots=False, is_open=False)
_WIRE_Z, _HOT_WIRE_Z, _OVER_Z = -2.0, -1.0, 10.0


class WireItem(QGraphicsItem):
    """A wire, painted as straight pieces where that is not seen.

    Qt strokes a path as one shape, and shares the lines of pixels of a high one out among its
    threads: that takes several times as long as a score of short pieces.
    """

    def __init__(self, wire: Wire, style: Style) -> None:
        super().__init__()
        self.wire = wire
        self.points = [QPointF()]
        self._pen = style.wire
        self._form = _NO_FORM
        self._has_dots = self._is_stub = self._is_lit = False
        self.setZValue(_WIRE_Z)

    def lay(self, points: list[QPointF], *, has_dots: bool = False) -> None:
        """Runs through these corners now, or in a smooth curve through dots."""
        if self.points != points or self._has_dots != has_dots:
            self.points, self._has_dots = points, has_dots
            self.setPos(points[0])
            self._draw()

    def show_stub(self, *, is_stub: bool) -> None:
        """Only its ends are drawn; all of it while it is accented or under the mouse."""
        if is_stub != self._is_stub:
            self._is_stub = is_stub
            self._draw()

    @property
    def is_open(self) -> bool:
        """Whether only its ends are drawn now."""
        return self._is_stub and not self._is_lit

    def boundingRect(self) -> QRectF:
        return self._form.box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setPen(self._pen)
        if widget is None or painter.worldTransform().m11() > _BENT_FROM:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._form.path)
        else:
            painter.drawLines(self._form.pieces)

    @property
    def box(self) -> QRectF:
        """What it is drawn in, in the scene."""
        return self._form.box.translated(self.points[0])

    def path(self) -> QPainterPath:
        """What is drawn of it, in the scene."""
        return self._form.path.translated(self.points[0])

    def pen(self) -> QPen:
        """What it is drawn with."""
        return self._pen

    def _draw(self) -> None:
        form = self._form_as(is_open=self.is_open)
        if form is not self._form:
            self.prepareGeometryChange()
            self._form = form

    def _form_as(self, *, is_open: bool) -> WireForm:
        left, top = self.points[0].x(), self.points[0].y()
        corners = tuple([(point.x() - left, point.y() - top) for point in self.points])
        return wire_form(corners, has_dots=self._has_dots, is_open=is_open)

    def show_as(self, style: Style, *, is_hot: bool, is_hovered: bool) -> None:
        """Accented where it is selected or hangs on the selected node."""
        wanted = style.hot_wire if is_hot else style.hover_wire if is_hovered else style.wire
        if self._is_lit != (is_hot or is_hovered):
            self._is_lit = is_hot or is_hovered
            if self._is_stub:
                self._draw()
        if self._pen is not wanted:
            self._pen = wanted
            self.setZValue(_HOT_WIRE_Z if is_hot or is_hovered else _WIRE_Z)
            self.update()

    def distance(self, point: QPointF) -> float:
        """How far a point of the scene is from what is drawn of the wire."""
        at = point - self.points[0]
        return min(distance_to(polygon, at) for polygon in self._form.polygons)

    @property
    def middle(self) -> QPointF:
        """The point half way along it."""
        return self.points[0] + self._form_as(is_open=False).path.pointAtPercent(0.5)


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
