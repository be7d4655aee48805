"""How a probe looks: its capsule, and its card with histograms, numbers and pictures."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from graphcore.training.events import Probed
from gui import format
from gui.canvas.style import LINE_FONT_SIZE, NO_PEN, PILL_FONT_SIZE, Style, fitted_text, shadow
from gui.theme import color, mix

if TYPE_CHECKING:
    from gui.canvas.probe_item import ProbeItem

CARD = QSizeF(268, 236)
_PAD, _HEAD, _HALF = 10.0, 26.0, 104.0
_HISTOGRAM, _PICTURE = QSizeF(156, 40), 84.0
_SMALL = 0.3


def number(value: float, digits: int = 3) -> str:
    """So many digits, with a power of ten where it takes one."""
    if value == 0:
        return "0"
    if 0.001 <= abs(value) < 100_000:
        return f"{value:.{digits}g}".replace("-", "−")
    mantissa, _, exponent = f"{value:.{digits - 2}e}".partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def short_text(look: Probed | None) -> str:
    """What a capsule says: the mean, short enough to lie between two cards."""
    return "…" if look is None else number(look.mean, 2)


def words(look: Probed) -> str:
    """What was seen, for ears and for the card: mean, spread, zeros and what is dead."""
    say = QCoreApplication.translate
    text = say("probes", "mean {0}, spread {1}, {2} zeros, {3} dead")
    if look.nans:
        text = say("probes", "mean {0}, spread {1}, {2} zeros, {3} dead, {4} NaN")
    shares = (format.share(share) for share in (look.zeros, look.dead, look.nans))
    return text.format(number(look.mean), number(look.spread), *shares)


def paint_pill(painter: QPainter, style: Style, box: QRectF, text: str) -> None:
    """The capsule on a wire; from afar a mere dot."""
    scale = painter.worldTransform().m11()
    painter.setPen(QPen(QColor(style.theme.accent), 1.5))
    painter.setBrush(style.node)
    if scale < _SMALL:
        painter.drawEllipse(QPointF(), 14, 14)
        return
    painter.drawRoundedRect(box, 10, 10)
    painter.drawPixmap(
        QPointF(box.left() + 7, box.top() + 3), style.icon("probe", style.theme.accent, 14, scale)
    )
    painter.setFont(style.pill_font)
    painter.setPen(style.text)
    shown, _ = fitted_text(text, PILL_FONT_SIZE, True, int(box.width() - 30))
    painter.drawStaticText(QPointF(box.left() + 25, box.top() + 3), shown)


def paint_card(painter: QPainter, item: ProbeItem) -> None:
    """The open card, and a line to its wire."""
    style, box = item.style, QRectF(item.offset, CARD)
    near = QPointF(
        max(box.left() + 12, min(0.0, box.right() - 12)),
        box.top() if box.top() > 0 else box.bottom(),
    )
    painter.setPen(QPen(QColor(style.theme.accent), 1.5, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(), near)
    painter.setBrush(QColor(style.theme.accent))
    painter.drawEllipse(QPointF(), 4, 4)
    picture = shadow(int(CARD.width()), int(CARD.height()), style.theme.shadow)
    painter.drawPixmap(box.topLeft() - QPointF(18, 18), picture)
    painter.setPen(style.border)
    painter.setBrush(style.node)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
    if painter.worldTransform().m11() < _SMALL:
        return
    painter.save()
    painter.translate(box.topLeft())
    _paint_head(painter, item)
    say = QCoreApplication.translate
    _paint_half(painter, style, _HEAD, item.value, "", say("probes", "Waits for a run."))
    painter.setPen(style.divider)
    painter.drawLine(QPointF(_PAD, _HEAD + _HALF), QPointF(CARD.width() - _PAD, _HEAD + _HALF))
    none = say("probes", "No gradient comes here.") if item.value is not None else ""
    _paint_half(painter, style, _HEAD + _HALF + 1, item.gradient, "∂ ", none)
    painter.restore()


def _paint_head(painter: QPainter, item: ProbeItem) -> None:
    style, look = item.style, item.value
    path, port = item.key
    name = path if port in ("output", "") else f"{path}.{port}"
    shape = " × ".join(map(str, look.shape)) if look is not None else ""
    right, width = fitted_text(shape, LINE_FONT_SIZE, False, 120)
    painter.setFont(style.line_font)
    painter.setPen(style.tertiary)
    painter.drawStaticText(QPointF(CARD.width() - _PAD - width, 7), right)
    painter.drawPixmap(QPointF(_PAD, 7), style.icon("probe", style.theme.accent, 14,
                                                    painter.worldTransform().m11()))  # fmt: skip
    painter.setFont(style.pill_font)
    painter.setPen(style.text)
    room = CARD.width() - 2 * _PAD - 26 - width
    painter.drawStaticText(QPointF(_PAD + 19, 7),
                           fitted_text(name, PILL_FONT_SIZE, True, int(room))[0])  # fmt: skip


def _paint_half(
    painter: QPainter, style: Style, top: float, look: Probed | None, mark: str, why_none: str
) -> None:
    painter.setFont(style.line_font)
    if look is None:
        painter.setPen(style.tertiary)
        _text(painter, why_none, _PAD, top + _HALF / 2 - 8, CARD.width() - 2 * _PAD)
        return
    area = QRectF(QPointF(_PAD, top + 6), _HISTOGRAM)
    _paint_histogram(painter, style, area, look)
    painter.setPen(style.tertiary)
    _text(painter, number(look.low), _PAD, area.bottom() + 1, 70)
    high, width = fitted_text(number(look.high), LINE_FONT_SIZE, False, 70)
    painter.drawStaticText(QPointF(area.right() - width, area.bottom() + 1), high)
    say = QCoreApplication.translate
    lines = (
        f"{mark}{number(look.mean)} ± {number(look.spread)}",
        say("probes", "{0} zeros · {1} dead").format(
            format.share(look.zeros), format.share(look.dead)
        ),
    )
    painter.setPen(style.text)
    _text(painter, lines[0], _PAD, area.bottom() + 17, _HISTOGRAM.width())
    bad = f"{format.share(look.nans)} NaN" if look.nans else ""
    painter.setPen(style.state_text("error") if bad else style.secondary)
    _text(painter, bad or lines[1], _PAD, area.bottom() + 33, _HISTOGRAM.width())
    if look.form:
        _paint_picture(painter, style, QPointF(CARD.width() - _PAD - _PICTURE, top + 10), look)


def _paint_histogram(painter: QPainter, style: Style, area: QRectF, look: Probed) -> None:
    """Bars by the square root of their counts: a peak at 0 hides nothing then."""
    painter.setPen(NO_PEN)
    painter.setBrush(style.track)
    painter.drawRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1))
    most = max(look.counts, default=0)
    if not most:
        return
    wide = area.width() / len(look.counts)
    painter.setBrush(
        QColor(style.theme.accent if look.direction == "forward" else style.theme.warn)
    )
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for place, count in enumerate(look.counts):
        high = area.height() * (count / most) ** 0.5
        if count:
            left = area.left() + place * wide
            painter.drawRect(QRectF(left, area.bottom() - max(1.0, high), wide, max(1.0, high)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _paint_picture(painter: QPainter, style: Style, at: QPointF, look: Probed) -> None:
    theme = style.theme
    image = picture(look, theme.accent, theme.node, theme.warn)
    grow = _PICTURE / max(image.width(), image.height(), 1)
    box = QRectF(at, QSizeF(image.width() * grow, image.height() * grow))
    box.moveCenter(QRectF(at, QSizeF(_PICTURE, _PICTURE)).center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(box, image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.setPen(QPen(color(theme.strong_line), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


@lru_cache(maxsize=64)
def picture(look: Probed, below: str, zero: str, above: str) -> QImage:
    """The picture of a look; a map runs from one colour over that of 0 to the other."""
    height, width, planes = look.size
    points = base64.b64decode(look.picture)
    if planes == 3:
        size = height * width
        points = bytes(points[plane * size + place] for place in range(size) for plane in range(3))
        return QImage(points, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    if look.form == "image":
        return QImage(points, width, height, width, QImage.Format.Format_Grayscale8).copy()
    image = QImage(points, width, height, width, QImage.Format.Format_Indexed8).copy()
    image.setColorTable([_shade(point, below, zero, above) for point in range(256)])
    return image


def _shade(point: int, below: str, zero: str, above: str) -> int:
    far = abs(point - 128) / 128
    return QColor(mix(above if point > 128 else below, zero, min(1.0, far))).rgb()


def _text(painter: QPainter, text: str, left: float, top: float, room: float) -> None:
    painter.drawStaticText(
        QPointF(left, top), fitted_text(text, LINE_FONT_SIZE, False, int(room))[0]
    )
