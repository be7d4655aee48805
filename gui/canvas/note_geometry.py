"""Where a frame or a note can be taken hold of: pure functions, in scene units."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt

from graphcore.project.notes import SMALLEST
from gui.canvas.geometry import GRID

HEADER = 36.0
_EDGE_PIXELS, _TITLE_PIXELS = 6.0, 18.0


def edge_at(box: QRectF, point: QPointF, scale: float) -> str:
    """The side or corner that lies there (`left`, `bottom right`, …); empty where none does."""
    reach = max(_EDGE_PIXELS, _EDGE_PIXELS / scale)
    if not box.adjusted(-reach, -reach, reach, reach).contains(point):
        return ""
    down = _side(point.y(), box.top(), box.bottom(), reach, ("top", "bottom"))
    across = _side(point.x(), box.left(), box.right(), reach, ("left", "right"))
    return f"{down} {across}".strip()


def _side(at: float, low: float, high: float, reach: float, names: tuple[str, str]) -> str:
    if abs(high - at) <= reach:
        return names[1]
    return names[0] if abs(low - at) <= reach else ""


def is_on_title(box: QRectF, point: QPointF, scale: float) -> bool:
    """Whether a point lies in the strip by which a frame is taken."""
    depth = min(box.height(), max(HEADER, _TITLE_PIXELS / scale))
    return QRectF(box.topLeft(), QPointF(box.right(), box.top() + depth)).contains(point)


def stretched(box: QRectF, edge: str, by: QPointF) -> QRectF:
    """The box with one side or corner elsewhere, on the grid, and never too small to hold."""
    new = QRectF(box)
    if "left" in edge:
        new.setLeft(min(_snap(box.left() + by.x()), box.right() - SMALLEST))
    if "right" in edge:
        new.setRight(max(_snap(box.right() + by.x()), box.left() + SMALLEST))
    if "top" in edge:
        new.setTop(min(_snap(box.top() + by.y()), box.bottom() - SMALLEST))
    if "bottom" in edge:
        new.setBottom(max(_snap(box.bottom() + by.y()), box.top() + SMALLEST))
    return new


def _snap(value: float) -> float:
    return float(math.floor(value / GRID + 0.5) * GRID)


def point_of_edge(box: QRectF, edge: str) -> QPointF:
    """The middle of a side, or a corner."""
    x = box.left() if "left" in edge else box.right() if "right" in edge else box.center().x()
    y = box.top() if "top" in edge else box.bottom() if "bottom" in edge else box.center().y()
    return QPointF(x, y)


def cursor_for(edge: str) -> Qt.CursorShape:
    """The cursor that says which way an edge goes."""
    match edge:
        case "left" | "right":
            return Qt.CursorShape.SizeHorCursor
        case "top" | "bottom":
            return Qt.CursorShape.SizeVerCursor
        case "top left" | "bottom right":
            return Qt.CursorShape.SizeFDiagCursor
    return Qt.CursorShape.SizeBDiagCursor
