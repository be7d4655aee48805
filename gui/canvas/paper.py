"""The paper under the drawing: a colour and a grid of dots."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF, QTransform

from gui.canvas.geometry import GRID
from gui.canvas.style import Style

_CLOSEST_DOTS = 17.0
_SMALLEST_ZOOM = 0.12


def paint_paper(painter: QPainter, area: QRectF, style: Style, zoom: float) -> None:
    """The part of the paper in that area of the scene; dots thin out as one steps back."""
    painter.fillRect(area, style.canvas)
    if zoom < _SMALLEST_ZOOM:
        return
    step = GRID
    while step * zoom < _CLOSEST_DOTS:
        step *= 2
    place, ratio = painter.worldTransform(), painter.device().devicePixelRatio()
    left, right = (place.map(corner).x() for corner in (area.topLeft(), area.topRight()))
    left = math.floor(left * ratio) / ratio  # a part that is painted anew fits what is there
    dots = [x * place.m11() + place.dx() - left for x in _steps(area.left(), area.right(), step)]
    row = _row(style, dots, right - left, place.m11(), ratio)
    half = row.deviceIndependentSize().height() / 2
    painter.setWorldTransform(QTransform())
    for y in _steps(area.top(), area.bottom(), step):
        middle = round((y * place.m22() + place.dy()) * ratio) / ratio
        painter.drawPixmap(QPointF(left, middle - half), row)
    painter.setWorldTransform(place)


def _row(style: Style, dots: list[float], width: float, zoom: float, ratio: float) -> QPixmap:
    """One row of dots: to put it there often takes no time."""
    wide = style.dots.widthF() * max(1.0, zoom)
    height = 2 * math.ceil(wide * ratio / 2)
    row = QPixmap(math.ceil(width * ratio), height)
    row.setDevicePixelRatio(ratio)
    row.fill(style.canvas.color())
    pen = QPen(style.dots)
    pen.setWidthF(wide)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    inner = QPainter(row)
    inner.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner.setPen(pen)
    inner.drawPoints(QPolygonF([QPointF(x, height / ratio / 2) for x in dots]))
    inner.end()
    return row


def _steps(low: float, high: float, step: int) -> range:
    """Where dots are that reach into a span."""
    return range(math.floor(low / step) * step, math.ceil(high) + step, step)
