"""Where things are on the canvas: pure functions of sizes and points, in scene units."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

GRID = 24
CARD_WIDTH = 190.0
CARD_HEIGHT = 84.0
PORT_STEP = 18.0
PORT_RADIUS = 4.5
STRIP_HEIGHT = 44.0
HEADER_HEIGHT = 46.0
COLUMN_STEP = 264
ROW_STEP = 144
_LOOP_RADIUS = 22.0
_STUB = 30.0
STUB_LENGTH = 11.0
"""How far the drawn end of a wire reaches that is not drawn in between."""


def card_height(inputs: int, outputs: int, *, strip: bool = False) -> float:
    """The height of a card: 18 more a port beyond two on a side, and room for thumbnails."""
    extra = PORT_STEP * max(0, max(inputs, outputs) - 2)
    return CARD_HEIGHT + extra + (STRIP_HEIGHT if strip else 0.0)


def port_heights(count: int) -> tuple[float, ...]:
    """How far below the card's top the ports of one side sit."""
    if count == 1:
        return (CARD_HEIGHT / 2,)
    if count == 2:
        return (30.0, 56.0)
    step = (card_height(count, 0) - 58.0) / max(1, count - 1)
    return tuple(30.0 + step * index for index in range(count))


def row_heights(count: int) -> tuple[float, ...]:
    """The same where each port has a row of its own below the header (a Dataset's fields)."""
    return tuple(HEADER_HEIGHT + 9.0 + PORT_STEP * index for index in range(count))


def snapped(point: QPointF) -> QPointF:
    """The nearest point of the grid."""
    return QPointF(_snap(point.x()), _snap(point.y()))


def _snap(value: float) -> float:
    return float(math.floor(value / GRID + 0.5) * GRID)


def wire_points(
    start: QPointF, end: QPointF, above: QRectF, below: QRectF, bends: Sequence[QPointF] = ()
) -> list[QPointF]:
    """The corners of a wire; two points where one smooth curve does.

    A wire that runs back leaves the card `above` to the right, passes between the two cards (or
    beneath both, where they overlap) and enters the card `below` from the left.
    """
    if bends:
        return [start, *bends, end]
    if runs_forward(start, end):
        return [start, end]
    lane = _lane(above, below)
    right, left = start.x() + _STUB, end.x() - _STUB
    return [
        start, QPointF(right, start.y()), QPointF(right, lane),
        QPointF(left, lane), QPointF(left, end.y()), end,
    ]  # fmt: skip


def runs_forward(start: QPointF, end: QPointF) -> bool:
    """Whether one smooth curve leads there; otherwise the wire runs back."""
    return end.x() - start.x() > _STUB / 2


def _lane(first: QRectF, second: QRectF) -> float:
    if second.top() > first.bottom():
        return (first.bottom() + second.top()) / 2
    if first.top() > second.bottom():
        return (second.bottom() + first.top()) / 2
    return max(first.bottom(), second.bottom()) + _STUB


def wire_path(points: Sequence[QPointF]) -> QPainterPath:
    """A smooth curve between two points, a line with rounded corners through more."""
    path = QPainterPath(points[0])
    if len(points) == 2:
        (x1, y1), (x2, y2) = points[0].toTuple(), points[1].toTuple()
        reach = _reach(x1, x2)
        path.cubicTo(x1 + reach, y1, x2 - reach, y2, x2, y2)
        return path
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        back, ahead = before - corner, after - corner
        length_back = math.hypot(back.x(), back.y()) or 1.0
        length_ahead = math.hypot(ahead.x(), ahead.y()) or 1.0
        radius = min(_LOOP_RADIUS, length_back / 2, length_ahead / 2)
        path.lineTo(corner + back * (radius / length_back))
        path.quadTo(corner, corner + ahead * (radius / length_ahead))
    path.lineTo(points[-1])
    return path


def _reach(left: float, right: float) -> float:
    """How far a wire that is one curve runs straight out of a port, about."""
    return max(24.0, min(abs(right - left) * 0.5, 180.0))


def box_around(corners: Sequence[tuple[float, float]], rim: float) -> QRectF:
    """A rectangle around the wire with these corners and this rim, known without its path."""
    across, down = zip(*corners, strict=True)
    left, right, top, bottom = min(across), max(across), min(down), max(down)
    if len(corners) == 2:
        reach = _reach(left, right)
        left, right = min(left, across[1] - reach), max(right, across[0] + reach)
    return QRectF(left - rim, top - rim, right - left + 2 * rim, bottom - top + 2 * rim)


def pieces_of(path: QPainterPath) -> list[QLineF]:
    """The path in straight pieces, as good as a curve while a unit is about a pixel."""
    return [
        QLineF(start, end)
        for polygon in path.toSubpathPolygons()
        for start, end in itertools.pairwise(polygon.toList())
    ]


def is_far(points: Sequence[QPointF], far: float) -> bool:
    """Whether a wire with these corners runs farther than that."""
    return sum((b - a).manhattanLength() for a, b in itertools.pairwise(points)) > far


def stub_path(points: Sequence[QPointF]) -> QPainterPath:
    """The two ends of a wire, straight out of one port and into the other."""
    path, reach = QPainterPath(points[0]), QPointF(STUB_LENGTH, 0)
    path.lineTo(points[0] + reach)
    path.moveTo(points[-1] - reach)
    path.lineTo(points[-1])
    return path


def place_of_dot(points: Sequence[QPointF], at: QPointF) -> int:
    """How many dots of a wire with these corners come before a point on it."""
    spans = [distance_to(QPolygonF(span), at) for span in itertools.pairwise(points)]
    return spans.index(min(spans))


def dotted_path(points: Sequence[QPointF]) -> QPainterPath:
    """A smooth curve through all of these points, level where it begins and ends."""
    level = QPointF(1, 0)
    between = (_direction(b - a) for a, b in zip(points, points[2:], strict=False))
    ways = [level, *between, level]
    path = QPainterPath(points[0])
    for (start, end), (out, into) in zip(
        itertools.pairwise(points), itertools.pairwise(ways), strict=True
    ):
        away = end - start
        reach = min(math.hypot(away.x(), away.y()) * 0.4, 180.0)
        path.cubicTo(start + out * reach, end - into * reach, end)
    return path


def _direction(way: QPointF) -> QPointF:
    length = math.hypot(way.x(), way.y())
    return way / length if length else QPointF(1, 0)


def distance_to(polygon: QPolygonF, point: QPointF) -> float:
    """The distance of a point from a line of straight pieces."""
    px, py, nearest = point.x(), point.y(), math.inf
    corners = [(polygon.at(i).x(), polygon.at(i).y()) for i in range(polygon.count())]
    for (ax, ay), (bx, by) in itertools.pairwise(corners):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        share = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length)) if length else 0.0
        nearest = min(nearest, math.hypot(ax + share * dx - px, ay + share * dy - py))
    return nearest


def free_place(wish: QRectF, taken: Iterable[QRectF], gap: float = 20.0) -> QPointF:
    """The grid point nearest to the wished corner where the card touches no other one."""
    others = [rect.adjusted(-gap, -gap, gap, gap) for rect in taken]
    corner = snapped(wish.topLeft())
    for ring in range(200):
        for column, row in _ring(ring):
            place = corner + QPointF(column * GRID, row * GRID)
            card = QRectF(place, wish.size())
            if not any(card.intersects(other) for other in others):
                return place
    return corner


def _ring(ring: int) -> list[tuple[int, int]]:
    """Grid steps at that distance from the middle, nearest first; below and right win ties."""
    side = range(-ring, ring + 1)
    around = {(x, y) for x in side for y in (-ring, ring)} | {
        (x, y) for y in side for x in (-ring, ring)
    }
    return sorted(around, key=lambda p: (p[0] ** 2 + p[1] ** 2, -p[1], -p[0]))


def edges(rect: QRectF) -> tuple[float, float, float, float]:
    """Left, top, right and bottom."""
    return cast("tuple[float, float, float, float]", rect.getCoords())


def united(rects: Iterable[QRectF]) -> QRectF:
    """The smallest rectangle around all of them; empty for none."""
    left = top = math.inf
    right = bottom = -math.inf
    for rect in rects:  # no list of them: thousands of new things set off Python's collector
        if not rect.isNull():
            x1, y1, x2, y2 = edges(rect)
            left, top, right, bottom = min(left, x1), min(top, y1), max(right, x2), max(bottom, y2)
    return QRectF(QPointF(left, top), QPointF(right, bottom)) if left < math.inf else QRectF()
