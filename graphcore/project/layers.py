"""Which column and row each node stands in, and how high: the inner half of the layout.

Nodes and the bends of long wires (dummies) are items with numbers; nodes come first. All in
scene units. An item's `y` is a node's top or a dummy's line.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GRID = 24
COLUMN_GAP = 56
NODE_GAP = 46
LINE_GAP = 24
ONE_PORT = 42
MOST_DUMMIES = 30_000

Value = tuple[int, str]
"""An output port of a node: wires of one value share their way."""


def snapped_up(length: float) -> int:
    """The smallest multiple of the grid that is not below."""
    return -int(-length // GRID) * GRID


@dataclass(frozen=True, slots=True)
class Link:
    """A wire between two nodes by number, with the heights of its ports below their tops."""

    source: int
    output: str
    target: int
    leave: int
    enter: int


@dataclass(slots=True)
class Sheet:
    """One connected part of a drawing, on its way to places.

    `columns[row][column]` lists items from top to bottom; `before` and `after` hold an item's
    neighbours as (item, own offset, their offset). Wires at a `stiff` node turn by corners
    even where they run to a neighbour.
    """

    sizes: list[tuple[int, int]]
    links: list[Link]
    rank: list[int]
    stiff: Collection[int] = ()
    rows: list[tuple[int, int]] = field(default_factory=list)
    columns: list[list[list[int]]] = field(default_factory=list)
    before: list[list[tuple[int, int, int]]] = field(default_factory=list)
    after: list[list[tuple[int, int, int]]] = field(default_factory=list)
    dummies: dict[tuple[int, str, int], int] = field(default_factory=dict)
    y: list[float] = field(default_factory=list)
    row_of: list[int] = field(default_factory=list)

    def is_node(self, item: int) -> bool:
        """Whether the item is a node rather than the bend of a wire."""
        return item < len(self.sizes)


def ranked(
    count: int,
    links: Sequence[Link],
    position: Sequence[int],
    first: Collection[int] = (),
    last: Collection[int] = (),
) -> list[int]:
    """The layer of each node: behind all that feed it; sources stand next to what they feed.

    Links that run back in `position` (a circle) don't count. What is `first` or `last` stands at
    that end.
    """
    feeds: list[list[int]] = [[] for _ in range(count)]
    fed: list[list[int]] = [[] for _ in range(count)]
    for link in links:
        if position[link.source] < position[link.target]:
            feeds[link.source].append(link.target)
            fed[link.target].append(link.source)
    layer = [0] * count
    for node in sorted(range(count), key=position.__getitem__):
        layer[node] = max((layer[source] + 1 for source in fed[node]), default=0)
    for node in range(count):
        if not fed[node] and feeds[node]:
            layer[node] = min(layer[target] for target in feeds[node]) - 1
    end = max(layer, default=0)
    ends = dict.fromkeys(first, 0) | dict.fromkeys(last, end)
    return [ends.get(node, at) for node, at in enumerate(layer)]


def broken_into_rows(widths: Sequence[int], crossing: Sequence[int], most: int | None) -> list[
    tuple[int, int]
]:  # fmt: skip
    """Rows of layers as (first, end), none wider than `most`, broken where few wires cross."""
    rows, first = [], 0
    while first < len(widths):
        end, width = first + 1, widths[first]
        while end < len(widths) and (most is None or width + widths[end] <= most):
            width += widths[end]
            end += 1
        if end < len(widths):
            fewest = first + max(1, (end - first) * 2 // 3)
            end = min(range(end, fewest - 1, -1), key=lambda at: crossing[at])
        rows.append((first, end))
        first = end
    return rows


def fill(sheet: Sheet) -> None:
    """Put nodes into columns and run a line of dummies along each long wire."""
    sheet.columns = [[[] for _ in range(end - first)] for first, end in sheet.rows]
    row_at = [row for row, (first, end) in enumerate(sheet.rows) for _ in range(first, end)]
    sheet.before = [[] for _ in sheet.sizes]
    sheet.after = [[] for _ in sheet.sizes]
    sheet.row_of = [row_at[layer] for layer in sheet.rank]
    for node, layer in enumerate(sheet.rank):
        row = row_at[layer]
        sheet.columns[row][layer - sheet.rows[row][0]].append(node)
    spans = sorted(range(len(sheet.links)), key=lambda i: _span(sheet, sheet.links[i]))
    for index in spans:  # short wires first: the budget is for them
        if len(sheet.dummies) > MOST_DUMMIES:
            break
        for chain in ways(sheet, sheet.links[index]):
            _thread(sheet, sheet.links[index], chain)


def _span(sheet: Sheet, link: Link) -> tuple[int, int]:
    return abs(sheet.rank[link.target] - sheet.rank[link.source]), link.source


def is_wrapped(sheet: Sheet, link: Link) -> bool:
    """Whether the wire leaves its row at the right and comes back from the left."""
    is_back = sheet.rank[link.target] <= sheet.rank[link.source]
    return is_back or sheet.row_of[link.source] != sheet.row_of[link.target]


def ways(sheet: Sheet, link: Link) -> list[tuple[bool, range, bool]]:
    """The layers that a wire passes: one way, or two where it is wrapped.

    Each as (begins at the source, layers between, ends at the target).
    """
    start, end = sheet.rank[link.source], sheet.rank[link.target]
    if not is_wrapped(sheet, link):
        return [(True, range(start + 1, end), True)]
    last = sheet.rows[sheet.row_of[link.source]][1]
    first = sheet.rows[sheet.row_of[link.target]][0]
    return [(True, range(start + 1, last), False), (False, range(first, end), True)]


def _thread(sheet: Sheet, link: Link, chain: tuple[bool, range, bool]) -> None:
    from_source, layers, to_target = chain
    previous = (link.source, link.leave) if from_source else None
    for layer in layers:
        key = (link.source, link.output, layer)
        is_new = key not in sheet.dummies
        if is_new:
            _new_dummy(sheet, key, sheet.row_of[link.source if from_source else link.target])
        item = sheet.dummies[key]
        if is_new and previous:
            _join(sheet, *previous, item, 0)
        previous = (item, 0)
    if to_target and previous:
        _join(sheet, *previous, link.target, link.enter)


def _new_dummy(sheet: Sheet, key: tuple[int, str, int], row: int) -> None:
    item = len(sheet.before)
    sheet.dummies[key] = item
    sheet.before.append([])
    sheet.after.append([])
    sheet.row_of.append(row)
    sheet.columns[row][key[2] - sheet.rows[row][0]].append(item)


def _join(sheet: Sheet, left: int, leave: int, right: int, enter: int) -> None:
    sheet.after[left].append((right, leave, enter))
    sheet.before[right].append((left, enter, leave))


def uncross(sheet: Sheet) -> None:
    """Order each column by the mean place of what it is wired to, a few times to and fro."""
    place = [0.0] * len(sheet.before)
    for row in sheet.columns:
        for column in row:
            for i, item in enumerate(column):
                place[item] = i
        if all(len(column) < 2 for column in row):
            continue
        for is_forward in (True, False, True, False):
            sides = sheet.before if is_forward else sheet.after
            for column in row if is_forward else reversed(row):
                if len(column) > 1:
                    _sort(column, sides, place)


def _sort(column: list[int], sides: list[list[tuple[int, int, int]]], place: list[float]) -> None:
    keys = {}
    for item in column:
        near = sides[item]
        total = sum(place[other] + offset / 1000 for other, _, offset in near)
        keys[item] = total / len(near) if near else place[item]
    column.sort(key=keys.__getitem__)
    for i, item in enumerate(column):
        place[item] = i


def lift(sheet: Sheet) -> None:
    """Give every item its height: level with what it is wired to, none too near another."""
    sheet.y = [0.0] * len(sheet.before)
    steps = {(row, i): _steps(sheet, column) for row, columns in enumerate(sheet.columns)
             for i, column in enumerate(columns)}  # fmt: skip
    for row, columns in enumerate(sheet.columns):
        for number in range(5):
            order = range(len(columns)) if number % 2 == 0 else range(len(columns) - 1, -1, -1)
            for i in order:
                if columns[i]:
                    _level(sheet, columns[i], steps[row, i], number)
        for i, column in enumerate(columns):
            _snap(sheet, column, steps[row, i])


def _steps(sheet: Sheet, column: list[int]) -> list[int]:
    """The least distances between the heights of neighbours in a column."""
    found = []
    for upper, lower in pairwise(column):
        height = sheet.sizes[upper][1] if sheet.is_node(upper) else 0
        both = sheet.is_node(upper) and sheet.is_node(lower)
        step = height + (NODE_GAP if both else LINE_GAP)
        found.append(snapped_up(step) if both else step)
    return found


def _level(sheet: Sheet, column: list[int], steps: list[int], number: int) -> None:
    wishes = []
    for item in column:
        if number == 4:
            near = sheet.before[item] + sheet.after[item]
        else:
            near = sheet.before[item] if number % 2 == 0 else sheet.after[item]
        wishes.append(_wish(sheet, item, near))
    if len(column) == 1:
        sheet.y[column[0]] = wishes[0]
        return
    for item, y in zip(column, _spread(wishes, steps), strict=True):
        sheet.y[item] = y


def _wish(sheet: Sheet, item: int, near: list[tuple[int, int, int]]) -> float:
    """The height at which wires run level, lines of dummies counting more."""
    if not near:
        return sheet.y[item]
    total = weights = 0.0
    nodes = len(sheet.sizes)
    for other, own, theirs in near:
        weight = 4.0 if item >= nodes and other >= nodes else 1.0
        total += weight * (sheet.y[other] + theirs - own)
        weights += weight
    return total / weights


def _spread(wishes: list[float], steps: list[int]) -> list[float]:
    """The heights nearest to the wishes (least squares) that keep the steps.

    Pool adjacent violators: neighbours that would be too near move as one block.
    """
    blocks: list[tuple[float, int]] = []
    offset, offsets = 0.0, [0.0]
    for step in steps:
        offset += step
        offsets.append(offset)
    for wish, before in zip(wishes, offsets, strict=True):
        mean, count = wish - before, 1
        while blocks and blocks[-1][0] > mean:
            upper, size = blocks.pop()
            mean, count = (upper * size + mean * count) / (size + count), size + count
        blocks.append((mean, count))
    flat = [mean for mean, count in blocks for _ in range(count)]
    return [mean + before for mean, before in zip(flat, offsets, strict=True)]


def _snap(sheet: Sheet, column: list[int], steps: list[int]) -> None:
    """Nodes onto the grid, lines level with the port of a node that has one."""
    lowest = float("-inf")
    for i, item in enumerate(column):
        shift = 0 if sheet.is_node(item) else ONE_PORT % GRID
        y = round((sheet.y[item] - shift) / GRID) * GRID + shift
        if y < lowest:
            y = snapped_up(lowest - shift) + shift
        sheet.y[item] = y
        lowest = y + steps[i] if i < len(steps) else y
