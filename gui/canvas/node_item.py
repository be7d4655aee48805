"""One item per node: the card with everything on it, painted in three levels of detail."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from graphcore.project.graph import NodeId
from gui.canvas.face import Face, Form
from gui.canvas.geometry import (
    CARD_WIDTH,
    HEADER_HEIGHT,
    PORT_RADIUS,
    STRIP_HEIGHT,
    card_height,
    port_heights,
    row_heights,
)
from gui.canvas.mark_painting import (
    paint_far_marks,
    paint_hatching,
    paint_marks,
    paint_stack,
    paint_way_through,
)
from gui.canvas.style import (
    LINE_FONT_SIZE,
    NO_PEN,
    SHADOW_MARGIN,
    TITLE_FONT_SIZE,
    FamilyStyle,
    Style,
    card_path,
    fitted_text,
    shadow,
)

FULL_DETAIL, SOME_DETAIL = 0.55, 0.3
FAR_MARKS = 1.6
_MARGIN = float(SHADOW_MARGIN)
_PAD = 12.0
_SMOOTH_FROM = 1.6
_TEXT_LEFT = 48.0
_BADGE = QRectF(CARD_WIDTH - 15, -7, 20, 20)
_DIAMOND = QPolygonF([QPointF(0, -5.6), QPointF(5.6, 0), QPointF(0, 5.6), QPointF(-5.6, 0)])
_TRIANGLE = QPolygonF([QPointF(-4.8, -5.4), QPointF(5.8, 0), QPointF(-4.8, 5.4)])
_SQUARE = QPolygonF(
    [QPointF(-4.5, -4.5), QPointF(4.5, -4.5), QPointF(4.5, 4.5), QPointF(-4.5, 4.5)]
)
_FORMS: dict[Form, QPolygonF] = {"diamond": _DIAMOND, "triangle": _TRIANGLE, "square": _SQUARE}


class NodeItem(QGraphicsItem):
    """The card of a node.

    Its face is asked for when it is first painted, so nodes that nobody looks at cost nothing.
    `inputs` and `outputs` are the port names; `fitting` are those that take the wire being
    drawn, None while none is.
    """

    def __init__(
        self, node: NodeId, style: Style, make_face: Callable[[NodeId], Face], has_rows: bool
    ) -> None:
        super().__init__()
        self.node, self.style = node, style
        self.inputs: tuple[str, ...] = ()
        self.outputs: tuple[str, ...] = ()
        self.height = card_height(1, 1)
        self._size = QSizeF(CARD_WIDTH, self.height)
        self.is_selected = self.is_hovered = False
        self.hot_port: tuple[str, bool] | None = None
        self.fitting: frozenset[tuple[str, bool]] | None = None
        self.live = ""
        self.thumbnails: tuple[QImage, ...] = ()
        self.has_rows = has_rows
        self._make_face = make_face
        self._face: Face | None = None
        self._bounds = QRectF()
        self._heights: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def face(self) -> Face:
        """What the card says."""
        if self._face is None:
            self._face = self._make_face(self.node)
        return self._face

    @property
    def rect(self) -> QRectF:
        """The card in the scene."""
        return QRectF(self.pos(), self._size)

    def set_ports(self, inputs: Sequence[str], outputs: Sequence[str]) -> bool:
        """Takes the names of the ports; whether that moved any."""
        before = (self.inputs, self.outputs, self.height)
        self.inputs, self.outputs = tuple(inputs), tuple(outputs)
        self.prepareGeometryChange()
        self.height = card_height(len(inputs), len(outputs), strip=bool(self.thumbnails))
        self._size = QSizeF(CARD_WIDTH, self.height)
        rows = row_heights(len(outputs)) if self.has_rows else port_heights(len(outputs))
        self._heights = (port_heights(len(inputs)), rows)
        self._bounds = QRectF(-_MARGIN, -_MARGIN, CARD_WIDTH + 2 * _MARGIN,
                              self.height + 2 * _MARGIN)  # fmt: skip
        return before != (self.inputs, self.outputs, self.height)

    def refresh(self, *, only_if_seen: bool = False) -> bool:
        """Looks again at what to say; repaints, and is True, where it is something else.

        A card that was never painted has nothing to compare with: `only_if_seen` leaves it so.
        """
        if self._face is None and only_if_seen:
            return False
        before, self._face = self._face, self._make_face(self.node)
        if before != self._face:
            self.update()
        return before != self._face

    def port_point(self, name: str, *, is_output: bool) -> QPointF:
        """Where a port sits, in the scene; the card's edge for a port that is not there."""
        names = self.outputs if is_output else self.inputs
        heights = self._heights[1 if is_output else 0]
        height = heights[names.index(name)] if name in names else self.height / 2
        return self.pos() + QPointF(CARD_WIDTH if is_output else 0.0, height)

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(QRectF(0, 0, CARD_WIDTH, self.height))
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = painter.worldTransform().m11()
        face = self.face
        dimmed = self.fitting is not None and not self.fitting
        painter.setOpacity(0.35 if dimmed else 0.55 if face.state else 1.0)
        family = self.style.family(face.family)
        if scale < SOME_DETAIL:
            _paint_block(painter, self, family, scale)
            return
        if any(not mark.icon for mark in face.marks):
            paint_stack(painter, self.style, self.height)
        _paint_body(painter, self, scale)
        _paint_header(painter, self, face, family, scale)
        if scale >= FULL_DETAIL:
            _paint_details(painter, self, face)
        if face.state == "mute":
            paint_hatching(painter, self.style, self.height)
        _paint_ports(painter, self, face, family)
        if face.state == "bypass":
            _paint_way_through(painter, self, face)
        if face.marks:
            grow = 1.0 if scale >= FULL_DETAIL else FAR_MARKS
            paint_marks(painter, self.style, face.marks, scale, grow=grow)
        if face.severity:
            _paint_badge(painter, self.style, face.severity, scale)


def _paint_way_through(painter: QPainter, item: NodeItem, face: Face) -> None:
    """From the first wired input, which passes on, to the first output."""
    start = next((port.name for port in face.inputs if port.wired), None)
    if start is not None and face.outputs:
        ends = (item.port_point(start, is_output=False),
                item.port_point(face.outputs[0].name, is_output=True))  # fmt: skip
        paint_way_through(painter, item.style, *(end - item.pos() for end in ends))


def _paint_block(painter: QPainter, item: NodeItem, family: FamilyStyle, scale: float) -> None:
    """A card from afar: a plain block in the family's colour."""
    painter.setPen(item.style.halo if item.is_selected else NO_PEN)
    painter.setBrush(family.brush)
    card = QRectF(0, 0, CARD_WIDTH, item.height)
    painter.drawRect(card)
    if item.face.marks:
        paint_far_marks(painter, item.style, card, item.face.marks, scale)
    if item.face.severity:
        painter.fillRect(QRectF(CARD_WIDTH - 50, 0, 50, item.height),
                         item.style.states[item.face.severity])  # fmt: skip


def _paint_body(painter: QPainter, item: NodeItem, scale: float) -> None:
    style, severity = item.style, item.face.severity
    picture = shadow(int(CARD_WIDTH), int(item.height), style.theme.shadow)
    # A shadow has no edges that a plain enlargement would spoil.
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale > _SMOOTH_FROM)
    painter.drawPixmap(QPointF(-_MARGIN, -_MARGIN), picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    if item.is_selected:
        painter.setPen(style.halo)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(card_path(CARD_WIDTH, item.height, grow=1.0))
    border = style.hover_border if item.is_hovered else style.border
    if severity:
        border = style.state_border(severity)
    painter.setPen(style.selected_border if item.is_selected else border)
    painter.setBrush(style.node)
    painter.drawPath(card_path(CARD_WIDTH, item.height))
    if severity and item.is_selected:
        painter.setPen(border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(card_path(CARD_WIDTH, item.height, grow=-2.0))


def _paint_header(
    painter: QPainter, item: NodeItem, face: Face, family: FamilyStyle, scale: float
) -> None:
    style = item.style
    painter.setPen(NO_PEN)
    painter.setBrush(family.chip)
    painter.drawRoundedRect(QRectF(12, 12, 26, 26), 7, 7)
    painter.drawPixmap(QPointF(17, 17), style.icon(face.icon, family.name, 16, scale))
    room = CARD_WIDTH - _TEXT_LEFT - _PAD - (4 if face.severity else 0)
    top = 11.0 if face.line else 17.0
    title, width = fitted_text(face.title, TITLE_FONT_SIZE, True, int(room))
    painter.setFont(style.title_font)
    painter.setPen(style.text)
    painter.drawStaticText(QPointF(_TEXT_LEFT, top), title)
    if scale < FULL_DETAIL:
        return
    painter.setFont(style.line_font)
    used = width + 6
    if face.name and room - used > 24:
        painter.setPen(style.tertiary)
        _text(painter, face.name, _TEXT_LEFT + used, top + 2, room - used)
    painter.setPen(style.secondary)
    _text(painter, face.line, _TEXT_LEFT, 28.0, CARD_WIDTH - _TEXT_LEFT - _PAD)


def _paint_details(painter: QPainter, item: NodeItem, face: Face) -> None:
    style = item.style
    if face.rows:
        _paint_rows(painter, item, face)
        return
    line = item.height - 29.5
    painter.setPen(style.divider)
    painter.drawLine(QPointF(_PAD, line), QPointF(CARD_WIDTH - _PAD, line))
    painter.setFont(style.line_font)
    count_width = style.line_metrics.horizontalAdvance(face.count) if face.count else 0.0
    room = CARD_WIDTH - 2 * _PAD - (count_width + 10 if face.count else 0)
    painter.setPen(style.text if item.live else style.secondary)
    shown = item.live or face.shape
    if face.severity == "error" and not shown:
        painter.setPen(style.state_text("error"))
        shown = face.message.partition("\n")[0]
    _text(painter, shown or "–", _PAD, line + 8, room)
    if face.count:
        painter.setPen(style.tertiary)
        _text(painter, face.count, CARD_WIDTH - _PAD - count_width, line + 8, count_width + 4)


def _paint_rows(painter: QPainter, item: NodeItem, face: Face) -> None:
    """A Dataset's fields beside their ports, and a few samples below."""
    style = item.style
    painter.setPen(style.divider)
    painter.drawLine(
        QPointF(_PAD, HEADER_HEIGHT - 0.5), QPointF(CARD_WIDTH - _PAD, HEADER_HEIGHT - 0.5)
    )
    painter.setFont(style.line_font)
    for (shape, name), height in zip(face.rows, row_heights(len(face.rows)), strict=True):
        painter.setPen(style.tertiary)
        _text(painter, shape, _PAD, height - 7, 90)
        painter.setPen(style.secondary)
        width = min(style.line_metrics.horizontalAdvance(name), 80.0)
        _text(painter, name, CARD_WIDTH - _PAD - width, height - 7, 80.5)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    top, side, left = item.height - STRIP_HEIGHT, STRIP_HEIGHT - 14, _PAD
    for image in item.thumbnails:
        if left + side > CARD_WIDTH - _PAD + 1:
            break
        painter.drawImage(QRectF(left, top + 2, side, side), image)
        left += side + 4
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)


def _paint_ports(painter: QPainter, item: NodeItem, face: Face, family: FamilyStyle) -> None:
    opacity = painter.opacity()
    for is_output, ports in ((False, face.inputs), (True, face.outputs)):
        painter.setPen(family.ring)
        painter.setBrush(family.brush if is_output else item.style.canvas)
        for port in ports:
            at = item.port_point(port.name, is_output=is_output) - item.pos()
            key = (port.name, is_output)
            if item.fitting is not None:
                painter.setOpacity(opacity if key in item.fitting else 0.35 * opacity)
            if item.hot_port == key:
                painter.setPen(NO_PEN)
                painter.setBrush(item.style.target_halo)
                painter.drawEllipse(at, 10, 10)
                painter.setPen(family.ring)
                painter.setBrush(family.brush if is_output else item.style.canvas)
            if port.form == "circle":
                painter.drawEllipse(at, PORT_RADIUS, PORT_RADIUS)
            else:
                painter.drawPolygon(_FORMS[port.form].translated(at))
    painter.setOpacity(opacity)


def _paint_badge(painter: QPainter, style: Style, severity: str, scale: float) -> None:
    painter.setPen(NO_PEN)
    painter.setBrush(style.canvas)
    painter.drawEllipse(_BADGE)
    at = _BADGE.topLeft() + QPointF(1, 1)
    painter.drawPixmap(at, style.icon(severity, style.states[severity], 18, scale))


def _text(painter: QPainter, text: str, left: float, top: float, room: float) -> None:
    shown, _ = fitted_text(text, LINE_FONT_SIZE, False, int(room))
    painter.drawStaticText(QPointF(left, top), shown)
