"""How a card is painted, with everything on it, in three levels of detail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from gui.canvas.face import Face, Form
from gui.canvas.geometry import (
    CARD_WIDTH,
    HEADER_HEIGHT,
    PORT_RADIUS,
    STRIP_HEIGHT,
    row_heights,
)
from gui.canvas.mark_painting import (
    paint_far_marks,
    paint_hatching,
    paint_marks,
    paint_stack,
    paint_way_through,
)
from gui.canvas.shade_painting import paint_bar, paint_far_shade, paint_footer, paint_from_further
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

if TYPE_CHECKING:
    from gui.canvas.node_item import NodeItem

FULL_DETAIL, SOME_DETAIL = 0.55, 0.3
FAR_MARKS = 1.6
_MARGIN = float(SHADOW_MARGIN)
_PAD = 12.0
_SMOOTH_FROM = 1.6
_TEXT_LEFT = 48.0
_CHIP = QRectF(12, 12, 26, 26)
BADGE = QRectF(CARD_WIDTH - 15, -7, 20, 20)
_DIAMOND = QPolygonF([QPointF(0, -5.6), QPointF(5.6, 0), QPointF(0, 5.6), QPointF(-5.6, 0)])
_TRIANGLE = QPolygonF([QPointF(-4.8, -5.4), QPointF(5.8, 0), QPointF(-4.8, 5.4)])
_SQUARE = QPolygonF(
    [QPointF(-4.5, -4.5), QPointF(4.5, -4.5), QPointF(4.5, 4.5), QPointF(-4.5, 4.5)]
)
_FORMS: dict[Form, QPolygonF] = {"diamond": _DIAMOND, "triangle": _TRIANGLE, "square": _SQUARE}


def paint_card(painter: QPainter, item: NodeItem) -> None:
    """All that is on a card, as much of it as can be read at the painter's scale."""
    scale, face = painter.worldTransform().m11(), item.face
    family = item.style.family(face.family)
    dimmed = item.fitting is not None and not item.fitting
    painter.setOpacity(0.35 if dimmed else 0.55 if face.state else 1.0)
    if scale < SOME_DETAIL:
        _paint_block(painter, item, family, scale)
        return
    if any(not mark.icon for mark in face.marks):
        paint_stack(painter, item.style, item.height)
    _paint_body(painter, item, scale)
    _paint_header(painter, item, face, family, scale)
    if scale >= FULL_DETAIL:
        _paint_details(painter, item, face)
    elif item.shade is not None:
        paint_from_further(painter, item.style, item.height, item.shade)
    if face.state == "mute":
        paint_hatching(painter, item.style, item.height)
    _paint_ports(painter, item, face, family)
    if face.state == "bypass":
        _paint_way_through(painter, item, face)
    _paint_signs(painter, item, face, scale)


def paint_plainly(painter: QPainter, item: NodeItem) -> None:
    """As much of a card as takes no time, for the blink of an eye."""
    painter.setOpacity(1.0)
    painter.setPen(item.style.selected_border if item.is_selected else item.style.border)
    painter.setBrush(item.fill or item.style.node)
    painter.drawRect(QRectF(0, 0, CARD_WIDTH, item.height))
    painter.fillRect(_CHIP, item.style.family(item.face.family).chip)


def _paint_signs(painter: QPainter, item: NodeItem, face: Face, scale: float) -> None:
    """What lies over the upper edge: the node's settings, and the badge of a problem."""
    if face.marks:
        grow = 1.0 if scale >= FULL_DETAIL else FAR_MARKS
        paint_marks(painter, item.style, face.marks, scale, grow=grow)
    if face.severity:
        _paint_badge(painter, item.style, face.severity, scale)


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
    painter.setBrush(item.fill or family.brush)
    card = QRectF(0, 0, CARD_WIDTH, item.height)
    painter.drawRect(card)
    if item.shade is not None:
        paint_far_shade(painter, item.style, card, item.shade)
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
    painter.setBrush(item.fill or style.node)
    painter.drawPath(card_path(CARD_WIDTH, item.height))
    if severity and item.is_selected:
        painter.setPen(border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(card_path(CARD_WIDTH, item.height, grow=-2.0))


def _paint_chip(
    painter: QPainter, style: Style, face: Face, family: FamilyStyle, scale: float
) -> None:
    painter.setPen(NO_PEN)
    painter.setBrush(family.chip)
    painter.drawRoundedRect(_CHIP, 7, 7)
    painter.drawPixmap(QPointF(17, 17), style.icon(face.icon, family.name, 16, scale))


def _paint_header(
    painter: QPainter, item: NodeItem, face: Face, family: FamilyStyle, scale: float
) -> None:
    style = item.style
    _paint_chip(painter, style, face, family, scale)
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
        painter.setPen(style.on_tint if item.is_under_overlay else style.tertiary)
        _text(painter, face.name, _TEXT_LEFT + used, top + 2, room - used)
    painter.setPen(style.on_tint if item.is_under_overlay else style.secondary)
    _text(painter, face.line, _TEXT_LEFT, 28.0, CARD_WIDTH - _TEXT_LEFT - _PAD)


def _paint_details(painter: QPainter, item: NodeItem, face: Face) -> None:
    style = item.style
    if face.rows:
        _paint_rows(painter, item, face)
        return
    line = item.height - 29.5
    if item.shade is not None:
        paint_footer(painter, style, line, item.shade)
        return
    if item.bar is not None:
        paint_bar(painter, style, line, item.bar, 3.0)
    else:
        painter.setPen(style.divider)
        painter.drawLine(QPointF(_PAD, line), QPointF(CARD_WIDTH - _PAD, line))
    painter.setFont(style.line_font)
    count_width = fitted_text(face.count, LINE_FONT_SIZE, False, 999)[1] if face.count else 0.0
    room = CARD_WIDTH - 2 * _PAD - (count_width + 10 if face.count else 0)
    painter.setPen(style.text if item.live else style.secondary)
    shown = item.live or face.shape
    if face.severity == "error" and not shown:
        painter.setPen(style.state_text("error"))
        shown = face.brief
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
            key = (port.name, is_output)
            at = item.points[key]
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
    painter.drawEllipse(BADGE)
    at = BADGE.topLeft() + QPointF(1, 1)
    painter.drawPixmap(at, style.icon(severity, style.states[severity], 18, scale))


def _text(painter: QPainter, text: str, left: float, top: float, room: float) -> None:
    shown, _ = fitted_text(text, LINE_FONT_SIZE, False, int(room))
    painter.drawStaticText(QPointF(left, top), shown)
