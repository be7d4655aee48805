"""Where a box that is moved lines up with others: pure numbers, in scene units.

Boxes are (left, top, right, bottom). Axis 0 runs across, axis 1 down.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Box = tuple[float, float, float, float]
Span = tuple[float, float]
AXES = (0, 1)
# As near as this is the same: places are whole numbers, middles may lie half way.
_SAME = 0.51
_BAND = 256


@dataclass(frozen=True, slots=True)
class Line:
    """Boxes lie level at `at` on an axis, seen from `start` to `end` on the other one."""

    axis: int
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Gap:
    """One of several equal gaps: from `start` to `end` on an axis, at `at` on the other one."""

    axis: int
    start: float
    end: float
    at: float

    @property
    def length(self) -> int:
        """How wide it is."""
        return round(self.end - self.start)


@dataclass(frozen=True, slots=True)
class Marks:
    """The places of one side (or the middle) of all boxes, in order, and how far each reaches."""

    places: Sequence[float]
    reaches: dict[float, Span]

    def nearest(self, place: float) -> float | None:
        """The way from there to the next mark."""
        after = bisect_left(self.places, place)
        ways = [mark - place for mark in self.places[max(0, after - 1) : after + 1]]
        return min(ways, key=abs, default=None)


@dataclass(frozen=True, slots=True)
class Around:
    """Boxes sorted once, so that each later look is quick whatever their number."""

    marks: tuple[Sequence[Marks], Sequence[Marks]]
    bands: tuple[dict[int, list[Box]], dict[int, list[Box]]]


def sides(box: Box, axis: int) -> tuple[float, float, float]:
    """Where a box begins, has its middle and ends on an axis."""
    start, end = box[axis], box[axis + 2]
    return start, (start + end) / 2, end


def around(boxes: Iterable[Box], frames: Iterable[Box] = ()) -> Around:
    """What a moved box may line up with; between `frames` no gaps are looked for."""
    solid = list(boxes)
    known = [*solid, *frames]
    return Around((_marks(known, 0), _marks(known, 1)), (_bands(solid, 0), _bands(solid, 1)))


def _marks(boxes: Sequence[Box], axis: int) -> list[Marks]:
    found: list[dict[float, Span]] = [{}, {}, {}]
    for box in boxes:
        start, _, end = sides(box, 1 - axis)
        for reaches, place in zip(found, sides(box, axis), strict=True):
            low, high = reaches.get(place, (start, end))
            reaches[place] = min(low, start), max(high, end)
    return [Marks(sorted(reaches), reaches) for reaches in found]


def _bands(boxes: Sequence[Box], axis: int) -> dict[int, list[Box]]:
    """The boxes that meet each band along an axis, so that a row is found without all of them."""
    found: dict[int, list[Box]] = {}
    for box in boxes:
        for band in _bands_of(box, axis):
            found.setdefault(band, []).append(box)
    return found


def _bands_of(box: Box, axis: int) -> range:
    return range(int(box[1 - axis] // _BAND), int(box[3 - axis] // _BAND) + 1)


def way_to(known: Around, moving: Sequence[Box], reach: float) -> tuple[float | None, float | None]:
    """How far to move on each axis to line up; None where nothing is within reach.

    Sides and middles of all the `moving` boxes count; equal gaps only of the first one.
    """
    across, down = (_way(known, moving, axis, reach) for axis in AXES)
    return across, down


def _way(known: Around, moving: Sequence[Box], axis: int, reach: float) -> float | None:
    ways = [
        way
        for box in moving
        for marks, place in zip(known.marks[axis], sides(box, axis), strict=True)
        if (way := marks.nearest(place)) is not None
    ]
    ways += (start - moving[0][axis] for start in _evenly(known, moving[0], axis, reach))
    best = min(ways, key=abs, default=None)
    return best if best is not None and abs(best) <= reach else None


def _row(known: Around, box: Box, axis: int) -> list[Box]:
    """The boxes that a box would meet if it moved along an axis, in order."""
    low, high = box[1 - axis], box[3 - axis]
    met = {
        other
        for band in _bands_of(box, axis)
        for other in known.bands[axis].get(band, ())
        if other[1 - axis] < high and other[3 - axis] > low
    }
    return sorted(met, key=lambda other: (other[axis], other))


def _split(row: Sequence[Box], box: Box, axis: int, slack: float) -> tuple[list[Box], list[Box]]:
    """What of a row lies before a box and what behind; what it covers is neither."""
    before = [other for other in row if other[axis + 2] <= box[axis] + slack]
    behind = [other for other in row if other[axis] >= box[axis + 2] - slack]
    return before, behind


def _gaps(row: Sequence[Box], axis: int) -> Iterator[tuple[Box, Box, float]]:
    for one, other in pairwise(row):
        gap = other[axis] - one[axis + 2]
        if gap > 0:
            yield one, other, gap


def _evenly(known: Around, box: Box, axis: int, reach: float) -> Iterator[float]:
    """Where a box could begin so that the gaps of its row are equal."""
    before, behind = _split(_row(known, box, axis), box, axis, reach)
    gaps = {gap for part in (before, behind) for _, _, gap in _gaps(part, axis)}
    size = box[axis + 2] - box[axis]
    end = max((other[axis + 2] for other in before), default=None)
    start = min((other[axis] for other in behind), default=None)
    if end is not None:
        yield from (end + gap for gap in gaps)
    if start is not None:
        yield from (start - gap - size for gap in gaps)
    if end is not None and start is not None and start - end > size:
        yield (end + start - size) / 2


def lines(known: Around, moving: Sequence[Box]) -> list[Line]:
    """Every line in which one of these boxes lies now; the middle only where no two sides do."""
    found: dict[tuple[int, float], Span] = {}
    for axis in AXES:
        for box in moving:
            level = _level(known.marks[axis], box, axis)
            for place, (start, end) in level.items():
                low, high = found.get((axis, place), (start, end))
                found[axis, place] = min(low, start), max(high, end)
    return [Line(axis, place, *span) for (axis, place), span in found.items()]


def _level(marks: Sequence[Marks], box: Box, axis: int) -> dict[float, Span]:
    found: dict[float, Span] = {}
    low, _, high = sides(box, 1 - axis)
    for mark, place in zip((marks[0], marks[2], marks[1]), (box[axis], box[axis + 2],
                           sides(box, axis)[1]), strict=True):  # fmt: skip
        way = mark.nearest(place)
        if way is not None and abs(way) < _SAME and len(found) < 2:
            start, end = mark.reaches[place + way]
            found[place] = min(low, start), max(high, end)
    return found


def gaps(known: Around, box: Box) -> list[Gap]:
    """The gaps beside a box that equal another one in its row, and those that they equal."""
    return [gap for axis in AXES for gap in _equal_gaps(known, box, axis)]


def _equal_gaps(known: Around, box: Box, axis: int) -> list[Gap]:
    before, behind = _split(_row(known, box, axis), box, axis, 0.0)
    own = [(max(before, key=lambda other: other[axis + 2]), box)] if before else []
    own += [(box, min(behind, key=lambda other: other[axis]))] if behind else []
    rest = [pair for part in (before, behind) for pair in _gaps(part, axis)]
    all_of_them = [*_gaps_of(own, axis), *rest]
    mine = [gap for _, _, gap in _gaps_of(own, axis)
            if sum(abs(gap - other) < 2 * _SAME for _, _, other in all_of_them) > 1]  # fmt: skip
    return [
        Gap(axis, one[axis + 2], other[axis], _between(one, other, box, axis))
        for one, other, gap in all_of_them
        if any(abs(gap - each) < 2 * _SAME for each in mine)
    ]


def _gaps_of(pairs: Iterable[tuple[Box, Box]], axis: int) -> list[tuple[Box, Box, float]]:
    return [found for pair in pairs for found in _gaps(pair, axis)]


def _between(one: Box, other: Box, moved: Box, axis: int) -> float:
    """The middle of what two boxes have in common on the other axis, or of the moved one."""
    low, high = max(one[1 - axis], other[1 - axis]), min(one[3 - axis], other[3 - axis])
    return (low + high) / 2 if low < high else sides(moved, 1 - axis)[1]
