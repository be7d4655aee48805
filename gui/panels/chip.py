"""The tinted square with a kind's icon, and the ghost of a node that a drag carries."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPixmap

from graphcore.kinds.kind import Kind
from gui import assets, theme
from gui.theme import Theme

CHIP = 26
CARD = QSize(190, 84)


def icon_of(kind: Kind) -> str:
    """The icon of a kind; the plain node where it names none that ships."""
    return kind.icon if kind.icon in assets.icon_names() else "block"


def chip(kind: Kind, look: Theme, ratio: float, size: int = CHIP) -> QPixmap:
    """The icon of a kind in its family's colour on a tint of that colour."""
    pixmap = _transparent(QSize(size, size), ratio)
    painter = QPainter(pixmap)
    paint_chip(painter, QRectF(0, 0, size, size), kind, look)
    painter.end()
    return pixmap


def paint_chip(painter: QPainter, place: QRectF, kind: Kind, look: Theme) -> None:
    """The chip, painted at a place."""
    color = look.family_color(kind.family)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(color, 0.18))
    painter.drawRoundedRect(place, 7, 7)
    edge = round(place.width() * 0.62)
    ratio = painter.device().devicePixelRatio()
    icon = assets.pixmap(icon_of(kind), color, edge, ratio)
    inset = (place.width() - edge) / 2
    painter.drawPixmap(place.topLeft() + QPointF(inset, inset), icon)


def card(kind: Kind, look: Theme, ratio: float) -> QPixmap:
    """A node of that kind as it will look on the canvas, seen through a little."""
    pixmap = _transparent(CARD, ratio)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.9)
    painter.setPen(QPen(theme.color(look.accent), 1.5))
    painter.setBrush(theme.color(look.node))
    painter.drawRoundedRect(QRectF(1, 1, CARD.width() - 2, CARD.height() - 2), 10, 10)
    paint_chip(painter, QRectF(12, 14, CHIP, CHIP), kind, look)
    painter.setPen(theme.color(look.text))
    painter.setFont(theme.font(13, QFont.Weight.Medium))
    painter.drawText(QRectF(48, 10, 130, 34), Qt.AlignmentFlag.AlignVCenter, kind.title)
    painter.setPen(QPen(theme.color(look.line), 1))
    painter.drawLine(12, 54, CARD.width() - 12, 54)
    painter.end()
    return pixmap


def _transparent(size: QSize, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size.width() * ratio), round(size.height() * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
