"""The ways of wires around nodes: rows with lanes between them, and the corners of each wire."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphcore.project.layers import Link, Sheet, Value, is_wrapped, snapped_up, ways

Point = tuple[int, int]

MARGIN = 36
LANE = 12
FIRST_TRACK = 20
TRACK = 8
NEAR = 14


@dataclass(slots=True)
class Frame:
    """Where columns begin, and the lanes that wrapped wires take.

    A value that leaves its row runs down the right of it (`right`), back below it (`below`) and
    along the left edge of the drawing (`left`).
    """

    widths: list[int]
    pitches: list[int]
    top: int
    x: list[int] = field(default_factory=list)
    right: dict[Value, int] = field(default_factory=dict)
    below: dict[Value, int] = field(default_factory=dict)
    left: dict[Value, int] = field(default_factory=dict)
    tracks: dict[int, dict[Value, int]] = field(default_factory=dict)

    def track(self, layer: int, value: Value) -> int:
        """Where a value turns in the gap behind a layer; few values share a line."""
        taken = self.tracks.setdefault(layer, {})
        number = taken.setdefault(value, len(taken))
        gap = self.pitches[layer] - self.widths[layer]
        room = max(1, (gap - 2 * FIRST_TRACK) // TRACK + 1)
        return self.x[layer] + self.widths[layer] + FIRST_TRACK + TRACK * (number % room)


def stacked(sheet: Sheet, frame: Frame) -> float:
    """Move each row below the one before, leave room for lanes; the lowest height comes back."""
    frame.x = [0] * len(frame.widths)
    wrapped = _wrapped_values(sheet)
    top: float = frame.top
    for row, (first, end) in enumerate(sheet.rows):
        x = 0
        for layer in range(first, end):
            frame.x[layer] = x
            x += frame.pitches[layer]
        bottom = _move_row(sheet, row, top)
        lanes = wrapped.get(row, [])
        lanes.sort(key=lambda item: -_height_at_end(sheet, item, end - 1))
        edge = frame.x[end - 1] + frame.widths[end - 1]
        for i, link in enumerate(lanes):
            value = (link.source, link.output)
            frame.right[value] = edge + MARGIN + LANE * i
            frame.below[value] = round(bottom) + MARGIN + LANE * i
        room = 2 * MARGIN + LANE * max(0, len(lanes) - 1)
        is_last = row == len(sheet.rows) - 1
        top = snapped_up(bottom + room) if lanes or not is_last else bottom
    _give_left_lanes(sheet, frame)
    return top


def _wrapped_values(sheet: Sheet) -> dict[int, list[Link]]:
    """One wire of each value that leaves its row, by row."""
    found: dict[Value, Link] = {}
    for link in sheet.links:
        if is_wrapped(sheet, link):
            found.setdefault((link.source, link.output), link)
    by_row: dict[int, list[Link]] = {}
    for link in found.values():
        by_row.setdefault(sheet.row_of[link.source], []).append(link)
    return by_row


def _move_row(sheet: Sheet, row: int, top: float) -> float:
    items = [item for column in sheet.columns[row] for item in column]
    highest = min(sheet.y[item] for item in items)
    shift = snapped_up(top - highest)
    bottom = top
    for item in items:
        sheet.y[item] += shift
        height = sheet.sizes[item][1] if sheet.is_node(item) else 0
        bottom = max(bottom, sheet.y[item] + height)
    return bottom


def _height_at_end(sheet: Sheet, link: Link, layer: int) -> float:
    item = sheet.dummies.get((link.source, link.output, layer))
    return sheet.y[link.source] + link.leave if item is None else sheet.y[item]


def _give_left_lanes(sheet: Sheet, frame: Frame) -> None:
    """Lanes at the left, as near as those that run beside each other allow."""
    reach: dict[Value, tuple[float, float]] = {}
    for link in sheet.links:
        if is_wrapped(sheet, link):
            value = (link.source, link.output)
            low, high = reach.get(value, (frame.below[value], frame.below[value]))
            ends = (low, high, _height_at_start(sheet, link))
            reach[value] = (min(ends), max(ends))
    lanes: list[list[tuple[float, float]]] = []
    for value in sorted(reach, key=lambda value: -frame.below[value]):
        low, high = reach[value]
        free = (i for i, lane in enumerate(lanes) if all(high < a or b < low for a, b in lane))
        index = next(free, len(lanes))
        if index == len(lanes):
            lanes.append([])
        lanes[index].append((low - LANE, high + LANE))
        frame.left[value] = -MARGIN - LANE * index


def _height_at_start(sheet: Sheet, link: Link) -> float:
    first = sheet.rows[sheet.row_of[link.target]][0]
    item = sheet.dummies.get((link.source, link.output, first))
    is_there = item is not None and sheet.rank[link.target] != first
    return sheet.y[item] if is_there and item is not None else sheet.y[link.target] + link.enter


def routes(sheet: Sheet, frame: Frame) -> list[tuple[Point, ...]]:
    """The corners of every wire in the order of the links; none where it runs to a neighbour."""
    uses: dict[int, int] = {}
    for link in sheet.links:
        for _, layers, _ in ways(sheet, link):
            for layer in layers:
                item = sheet.dummies.get((link.source, link.output, layer), -1)
                uses[item] = uses.get(item, 0) + 1
    return [_route(sheet, frame, link, uses) for link in sheet.links]


def _route(sheet: Sheet, frame: Frame, link: Link, uses: dict[int, int]) -> tuple[Point, ...]:
    value = (link.source, link.output)
    start, end = sheet.y[link.source] + link.leave, sheet.y[link.target] + link.enter
    chains = [
        [(layer, sheet.dummies.get((*value, layer), -1)) for layer in layers]
        for _, layers, _ in ways(sheet, link)
    ]
    if any(item < 0 for chain in chains for _, item in chain):
        return ()  # beyond the budget of dummies
    points: list[Point] = []
    y, at = start, sheet.rank[link.source]
    for number, chain in enumerate(chains):
        if number == 1:
            y = _around(frame, value, points, y, chain, sheet, end)
            at = sheet.rows[sheet.row_of[link.target]][0]
        for layer, item in chain:
            following = _near(sheet.y[item], y, end if uses[item] == 1 else y)
            if layer > at or number == 0:
                _turn(frame, points, value, layer - 1, y, following)
            y = following
    is_soft = link.source not in sheet.stiff and link.target not in sheet.stiff
    is_next = not any(chains) and not points and is_soft
    if not is_next or frame.widths[sheet.rank[link.source]] > sheet.sizes[link.source][0]:
        _turn(frame, points, value, sheet.rank[link.target] - 1, y, end)
    return tuple(points)


def _near(line: float, before: float, target: float) -> float:
    """The line's height, or that of the port where it comes from or goes to, if nearly level."""
    if abs(line - before) <= NEAR:
        return before
    return target if abs(line - target) <= NEAR else line


def _turn(
    frame: Frame, points: list[Point], value: Value, layer: int, y: float, following: float
) -> None:
    if round(y) != round(following):
        x = frame.track(layer, value)
        points += [(x, round(y)), (x, round(following))]


def _around(
    frame: Frame,
    value: Value,
    points: list[Point],
    y: float,
    chain: list[tuple[int, int]],
    sheet: Sheet,
    end: float,
) -> float:
    """Down the right of the row, back below it and along the left edge."""
    following = sheet.y[chain[0][1]] if chain else end
    right, below, left = frame.right[value], frame.below[value], frame.left[value]
    points += [(right, round(y)), (right, below), (left, below), (left, round(following))]
    return following
