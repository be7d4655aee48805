"""How nodes' own settings look on a card: capsules on its upper edge, hatching, a way through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.marks import Mark
from gui.canvas.style import LINE_FONT_SIZE, NO_PEN, Style, card_path, fitted_text
from gui.theme import font

_HEIGHT, _ICON, _LEFT, _GAP = 18.0, 12.0, 10.0, 4.0
_LONGEST = 84
_FAR_ICON = 44.0
_STACK = (8.0, 4.0)


def paint_marks(
    painter: QPainter, style: Style, marks: Sequence[Mark], scale: float, *, grow: float = 1.0
) -> None:
    """A capsule for each mark along the card's upper edge; larger where seen from further away."""
    painter.setOpacity(1.0)
    left = _LEFT
    for mark in marks:
        text = mark.text if mark.icon == "" or grow == 1.0 else ""
        left += _capsule(painter, style, mark.icon, text, left, scale, grow) + _GAP * grow


def _capsule(
    painter: QPainter, style: Style, icon: str, text: str, left: float, scale: float, grow: float
) -> float:  # fmt: skip
    shown, width = fitted_text(text, LINE_FONT_SIZE, True, _LONGEST) if text else (None, 0.0)
    inner = (_ICON if icon else 0.0) + (4.0 if icon and text else 0.0) + width
    whole = inner + (_HEIGHT - _ICON if icon and not text else 14.0)
    painter.save()
    painter.translate(left, -_HEIGHT * grow / 2)
    painter.scale(grow, grow)
    painter.setPen(style.border)
    painter.setBrush(style.node)
    painter.drawRoundedRect(QRectF(0, 0, whole, _HEIGHT), _HEIGHT / 2, _HEIGHT / 2)
    at = (whole - inner) / 2
    if icon:
        tone = style.theme.accent
        picture = style.icon(icon, tone, round(_ICON), scale * grow)
        painter.drawPixmap(QPointF(at, (_HEIGHT - _ICON) / 2), picture)
        at += _ICON + 4.0
    if shown is not None:
        painter.setFont(font(LINE_FONT_SIZE, QFont.Weight.Medium))
        painter.setPen(style.text)
        painter.drawStaticText(QPointF(at, 2), shown)
    painter.restore()
    return whole * grow


def paint_stack(painter: QPainter, style: Style, height: float) -> None:
    """The edges of more cards below, where a block is repeated."""
    painter.setPen(style.border)
    painter.setBrush(style.node)
    for away in _STACK:
        painter.drawPath(card_path(CARD_WIDTH, height).translated(away, away))


def paint_hatching(painter: QPainter, style: Style, height: float) -> None:
    """Slanted lines over a muted card."""
    painter.setPen(NO_PEN)
    painter.setBrush(QBrush(QColor(style.theme.strong_line), Qt.BrushStyle.BDiagPattern))
    painter.drawPath(card_path(CARD_WIDTH, height))


def paint_way_through(painter: QPainter, style: Style, start: QPointF, end: QPointF) -> None:
    """The wire that runs through a bypassed card as if it were not there."""
    painter.setOpacity(1.0)
    path = QPainterPath(start)
    reach = QPointF((end.x() - start.x()) / 2, 0)
    path.cubicTo(start + reach, end - reach, end)
    painter.setPen(style.wire)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def paint_far_marks(
    painter: QPainter, style: Style, card: QRectF, marks: Sequence[Mark], scale: float,
    *, beside: bool = False,
) -> None:  # fmt: skip
    """The marks of a card that is seen from afar: hollow where nothing of it runs, large icons.

    The card is painted in its family's colour, or with `beside` has that at its left.
    """
    icons = [mark.icon for mark in marks if mark.icon]
    is_hollow = "bypass" in icons or "mute" in icons
    if is_hollow:
        _hollow(painter, style, card, is_crossed="mute" in icons)
    tone = style.theme.text if is_hollow or beside else style.theme.node
    left = card.left() + (76 if beside and not is_hollow else 12)
    for mark in marks:
        if not mark.icon:
            left += _far_turns(painter, card, mark.text, tone, left)
    for icon in icons:
        picture = style.icon(icon, tone, round(_FAR_ICON), scale)
        painter.drawPixmap(QPointF(left, card.center().y() - _FAR_ICON / 2), picture)
        left += _FAR_ICON + 6


def _far_turns(painter: QPainter, card: QRectF, text: str, tone: str, left: float) -> float:
    """How often a block is repeated, in large figures; how wide they are."""
    painter.setFont(font(36, QFont.Weight.Medium))
    painter.setPen(QPen(QColor(tone)))
    box = QRectF(left, card.top(), card.width(), card.height())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    return painter.fontMetrics().horizontalAdvance(text) + 10.0


def _hollow(painter: QPainter, style: Style, card: QRectF, *, is_crossed: bool) -> None:
    painter.setPen(QPen(QColor(style.theme.tertiary), 8, Qt.PenStyle.DashLine))
    painter.setBrush(style.canvas)
    painter.drawRect(card.adjusted(4, 4, -4, -4))
    if is_crossed:
        painter.drawLine(card.topLeft(), card.bottomRight())
