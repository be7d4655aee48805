"""How a card looks under an overlay, near and from afar, and how the legend is drawn."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter

from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.shades import LegendFace, Shade
from gui.canvas.style import LINE_FONT_SIZE, NO_PEN, Style, fitted_text
from gui.theme import color, figure_font, mix

LEGEND = QSizeF(282, 74)
_PAD, _THICK = 12.0, 4.0
_MIDDLE_FONT = 23
_FAR_FONTS = ((46, 6), (38, 8), (30, 10_000))
"""Sizes of letters on a card that is seen from afar, and for how many letters each serves."""


def paint_bar(
    painter: QPainter, style: Style, top: float, level: float, thick: float = _THICK
) -> None:
    """A bar as long as the level, on a track across the card."""
    track = QRectF(_PAD, top - thick / 2, CARD_WIDTH - 2 * _PAD, thick)
    painter.setPen(NO_PEN)
    painter.setBrush(style.track)
    painter.drawRoundedRect(track, thick / 2, thick / 2)
    if level > 0:
        painter.setBrush(style.overlay)
        track.setWidth(max(thick, track.width() * level))
        painter.drawRoundedRect(track, thick / 2, thick / 2)


def paint_footer(painter: QPainter, style: Style, line: float, shade: Shade) -> None:
    """The lower part of a card: a bar, the figure, and its share of the whole."""
    paint_bar(painter, style, line, shade.level)
    share, width = fitted_text(shade.share, LINE_FONT_SIZE, False, 80)
    room = CARD_WIDTH - 2 * _PAD - (width + 10 if shade.share else 0)
    figure, _ = fitted_text(shade.text, LINE_FONT_SIZE, True, int(room))
    painter.setFont(style.pill_font)
    painter.setPen(style.text)
    painter.drawStaticText(QPointF(_PAD, line + 8), figure)
    painter.setFont(style.line_font)
    painter.setPen(style.on_tint)
    painter.drawStaticText(QPointF(CARD_WIDTH - _PAD - width, line + 8), share)


def paint_from_further(painter: QPainter, style: Style, height: float, shade: Shade) -> None:
    """The same where small letters can't be read: the figure alone, large."""
    paint_bar(painter, style, height - 37, shade.level, 6.0)
    figure, _ = fitted_text(shade.short, _MIDDLE_FONT, True, int(CARD_WIDTH - 2 * _PAD))
    painter.setFont(figure_font(_MIDDLE_FONT))
    painter.setPen(style.text)
    painter.drawStaticText(QPointF(_PAD, height - 32), figure)


def paint_far_shade(painter: QPainter, style: Style, card: QRectF, shade: Shade) -> None:
    """The figure and its bar on a card that is a plain box; the box is painted already."""
    paint_bar(painter, style, card.height() - 12, shade.level, 12.0)
    write_far_figure(painter, style, card, shade)


def write_far_figure(painter: QPainter, style: Style, card: QRectF, shade: Shade) -> None:
    """The figure alone, in letters that can be read from afar."""
    size = next(size for size, letters in _FAR_FONTS if len(shade.short) <= letters)
    figure, _ = fitted_text(shade.short, size, True, int(CARD_WIDTH - 16))
    painter.setFont(figure_font(size))
    painter.setPen(style.text)
    down = (card.height() - 16 - size * 1.2) / 2
    painter.drawStaticText(card.topLeft() + QPointF(10, down), figure)


def paint_legend(painter: QPainter, style: Style, face: LegendFace) -> None:
    """The legend in its box, whose upper left corner is the origin."""
    theme, box = style.theme, QRectF(QPointF(0.5, 0.5), LEGEND - QSizeF(1, 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(style.border)
    painter.setBrush(color(theme.panel, 0.96))
    painter.drawRoundedRect(box, 8, 8)
    room = int(box.width() - 2 * _PAD)
    _line(painter, style, face.title, 9, room - 22, "text", medium=True)
    if face.high:
        bar = QRectF(_PAD, 30, room, 6)
        ramp = QLinearGradient(bar.topLeft(), bar.topRight())
        ramp.setColorAt(0, QColor(mix(theme.overlay, theme.node, 0.10)))
        ramp.setColorAt(1, QColor(theme.overlay))
        painter.setPen(NO_PEN)
        painter.setBrush(QBrush(ramp))
        painter.drawRoundedRect(bar, 3, 3)
        _line(painter, style, face.low, 38, room // 2, "secondary")
        high, width = fitted_text(face.high, LINE_FONT_SIZE, False, room // 2)
        painter.setFont(style.line_font)
        painter.drawStaticText(QPointF(box.right() - _PAD - width, 38), high)
    _line(painter, style, face.note, 54 if face.high else 34, room, "tertiary")


def _line(
    painter: QPainter, style: Style, text: str, top: float, room: int, tone: str,
    *, medium: bool = False,
) -> None:  # fmt: skip
    shown, _ = fitted_text(text, 12 if medium else LINE_FONT_SIZE, medium, room)
    painter.setFont(figure_font(12 if medium else LINE_FONT_SIZE))
    painter.setPen(QColor(getattr(style.theme, tone)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawStaticText(QPointF(_PAD, top), shown)
