"""The paper under the drawing: a colour and a grid of dots."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gui.canvas.geometry import GRID
from gui.canvas.style import Style

_CLOSEST_DOTS = 17.0
_SMALLEST_ZOOM = 0.12
_BLOCK = 16
_ROUND_FROM = 1.3


def paint_paper(painter: QPainter, area: QRectF, style: Style, zoom: float) -> None:
    """The part of the paper in that area of the scene; dots thin out as one steps back."""
    painter.fillRect(area, style.canvas)
    if zoom < _SMALLEST_ZOOM:
        return
    step = GRID
    while step * zoom < _CLOSEST_DOTS:
        step *= 2
    pen = QPen(style.dots)
    pen.setWidthF(style.dots.widthF() / min(1.0, zoom))
    # Small dots look alike as squares, which cost a tenth.
    is_round = zoom * painter.device().devicePixelRatio() > _ROUND_FROM
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if is_round else Qt.PenCapStyle.SquareCap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_round)
    painter.setPen(pen)
    for x in _starts(area.left(), area.right(), step):
        for y in _starts(area.top(), area.bottom(), step):
            painter.translate(x, y)
            painter.drawPoints(_block(step))
            painter.translate(-x, -y)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _starts(low: float, high: float, step: int) -> range:
    """Where the blocks of dots begin that cover a span."""
    side = step * _BLOCK
    return range(math.floor(low / side) * side, math.ceil(high) + 1, side)


@lru_cache(maxsize=16)
def _block(step: int) -> QPolygonF:
    """A square of dots, made once: a list of points takes longer to build than to paint."""
    side = [index * step for index in range(_BLOCK)]
    return QPolygonF([QPointF(x, y) for y in side for x in side])
