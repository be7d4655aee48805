"""The gaps that cards leave behind are closed: rows move together, and what lies below moves up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import zip_longest

from graphcore.project.arranging import Box
from graphcore.project.graph import NodeId
from graphcore.project.project import Point

GAP = 74
"""Between two cards of a row."""
Span = tuple[int, int]


def closed_up(
    cards: Mapping[NodeId, Box], gone: Collection[Box], fixed: Collection[NodeId] = ()
) -> dict[NodeId, Point]:
    """The corners of the cards that move where others are `gone`.

    What lies right of a gap in a row moves left, rows below one that is empty move up. A row with
    a fixed card in what would move stays as it is, and so do all rows where one is below.
    """
    places = {node: (left, top) for node, (left, top, _, _) in cards.items()}
    rows = _spans([(box[1], box[1] + box[3]) for box in (*cards.values(), *gone)])
    up = 0
    for row, below in zip_longest(rows, rows[1:]):
        inside = {node: box for node, box in cards.items() if row[0] <= box[1] < row[1]}
        empty = [box for box in gone if row[0] <= box[1] < row[1]]
        for node, left in _moved_left(inside, empty, fixed).items():
            places[node] = left, cards[node][1] - up
        is_held = any(cards[node][1] >= row[1] for node in fixed if node in cards)
        if below is not None and not inside and not is_held:
            up += below[0] - row[0]
    return {node: at for node, at in places.items() if at != cards[node][:2]}


def _moved_left(
    row: Mapping[NodeId, Box], gone: Collection[Box], fixed: Collection[NodeId]
) -> dict[NodeId, int]:
    """New left sides in a row, column by column."""
    columns = _spans([(box[0], box[0] + box[2]) for box in row.values()])
    middles = [box[0] + box[2] // 2 for box in gone]
    places, by = dict[NodeId, int](), 0
    end = None
    for start, stop in columns:
        between = [middle for middle in middles if (end is None or middle > end) and middle < start]
        if between:
            wanted = min(box[0] for box in gone) if end is None else end + GAP
            by += max(0, start - wanted)
        inside = [node for node, box in row.items() if start <= box[0] < stop]
        if by and any(node in fixed for node in inside):
            return {node: box[0] for node, box in row.items()}
        places |= {node: row[node][0] - by for node in inside}
        end = stop
    return places


def _spans(found: Collection[Span]) -> list[Span]:
    """Spans that overlap, joined."""
    joined: list[Span] = []
    for start, stop in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], stop)
        else:
            joined.append((start, stop))
    return joined
