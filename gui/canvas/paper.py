"""The paper under the drawing: a colour and a grid of dots."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

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
    left, top = math.floor(area.left() / step), math.floor(area.top() / step)
    right, bottom = math.ceil(area.right() / step), math.ceil(area.bottom() / step)
    columns = [column * step for column in range(left, right + 1)]
    pen = QPen(style.dots)
    pen.setWidthF(style.dots.widthF() / min(1.0, zoom))
    painter.setPen(pen)
    painter.drawPoints([QPointF(x, row * step) for row in range(top, bottom + 1) for x in columns])
