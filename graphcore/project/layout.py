"""Places for every node, and the bends of every wire that doesn't run straight to its neighbour.

Layered from left to right, with rows where the drawing would be too wide. The same drawing
always gets the same layout. Pure numbers in scene units; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from graphcore.kinds.catalog import CATALOG
from graphcore.project.edits import bend_key
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.layers import (
    COLUMN_GAP,
    GRID,
    ONE_PORT,
    Link,
    Sheet,
    broken_into_rows,
    fill,
    lift,
    ranked,
    snapped_up,
    uncross,
)
from graphcore.project.project import Point
from graphcore.project.routes import Frame, routes, stacked

NODE_WIDTH = 190
NODE_HEIGHT = 84
PORT_STEP = 18
PART_GAP = 72
SINGLES_IN_A_ROW = 6

Box = tuple[int, int, int, int]
"""Left, top, width and height."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Top left corners by node and bend points by the slot that the wire ends in.

    `frames` are (left, top, width, height) of the groups that were kept together.
    """

    positions: dict[NodeId, Point] = field(default_factory=dict)
    bends: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    frames: dict[str, Box] = field(default_factory=dict)

    def moved(self, right: int, down: int) -> Layout:
        """The same elsewhere."""
        return Layout(
            {node: (x + right, y + down) for node, (x, y) in self.positions.items()},
            {key: tuple((x + right, y + down) for x, y in p) for key, p in self.bends.items()},
            {name: (x + right, y + down, w, h) for name, (x, y, w, h) in self.frames.items()},
        )


@dataclass(frozen=True, slots=True)
class Edges:
    """What a drawing inside a group has to do with what is around it.

    `heights` are those of ports that aren't a card's; `first` and `last` nodes stand at the left
    and right end; wires at `stiff` ones run in straight lines only. `title` is the room left of
    and above what lies in a frame.
    """

    heights: Mapping[tuple[NodeId, bool, str], int] = field(default_factory=dict)
    first: Collection[NodeId] = ()
    last: Collection[NodeId] = ()
    stiff: Collection[NodeId] = ()
    title: Point = (GRID, 2 * GRID)


NO_EDGES = Edges()


def arrange(
    graph: Graph,
    sizes: Mapping[NodeId, tuple[int, int]] | None = None,
    wrap_width: int | None = None,
    edges: Edges = NO_EDGES,
) -> Layout:
    """A layout of the whole drawing from (0, 0) on, rows no wider than `wrap_width`.

    `sizes` are (width, height) of nodes; those left out have a card's usual size for their
    ports. Wires of a drawing with a circle are routed too.
    """
    ports = ports_of(graph)
    all_sizes = usual_sizes(graph, ports) | dict(sizes or {})
    found, top = Layout(), 0
    parts = _parts(graph)
    order = _positions(graph)
    wires: dict[NodeId, list[Wire]] = {}
    leader = {node: part[0] for part in parts for node in part}
    for wire in graph.wires.values():
        wires.setdefault(leader[wire.source], []).append(wire)
    for part in parts:
        if len(part) > 1:
            sheet = _sheet(graph, part, wires[part[0]], all_sizes, ports, order, edges)
            top = _draw(sheet, part, wires[part[0]], wrap_width, top, found) + PART_GAP
    singles = [part[0] for part in parts if len(part) == 1]
    _line_up(singles, all_sizes, wrap_width, top, found)
    return found


Ports = dict[tuple[NodeId, bool], list[str]]
"""Names of the wired or declared ports of a node, in order; True for outputs."""


def ports_of(graph: Graph) -> Ports:
    """The ports of every node, as far as wires and the catalog tell."""
    found: Ports = {}
    for node in graph.nodes.values():
        kind = CATALOG.get(node.kind)
        inputs = [p.name for p in kind.inputs if not p.variadic] if kind else []
        outputs = [p.name for p in kind.outputs] if kind else []
        found[node.id, False], found[node.id, True] = inputs, outputs
    for wire in sorted(graph.wires.values(), key=lambda w: (_number(w.input), w.output)):
        for key, name in (((wire.target, False), wire.input), ((wire.source, True), wire.output)):
            if name not in found[key]:
                found[key].append(name)
    return found


def usual_sizes(graph: Graph, ports: Ports | None = None) -> dict[NodeId, tuple[int, int]]:
    """(width, height) of every card, as far as wires and the catalog tell."""
    known = ports if ports is not None else ports_of(graph)
    return {node: _size(known, node) for node in graph.nodes}


def _number(slot: str) -> tuple[str, int]:
    stem, _, number = slot.rpartition(".")
    return (stem, int(number)) if number.isdigit() else (slot, 0)


def _size(ports: Ports, node: NodeId) -> tuple[int, int]:
    most = max(len(ports[node, False]), len(ports[node, True]))
    return NODE_WIDTH, NODE_HEIGHT + PORT_STEP * max(0, most - 2)


def port_height(node: Node, names: list[str], name: str, height: int) -> int:
    """How far below the node's top a port sits; fields of a Dataset have a row each."""
    index, count = names.index(name), len(names)
    if node.kind == "data.Dataset":
        return min(55 + PORT_STEP * index, height - 1)
    if count < 3:
        return ((ONE_PORT,), (30, 56))[count - 1][index]
    return 30 + (26 + PORT_STEP * (count - 2)) * index // (count - 1)


def _parts(graph: Graph) -> list[list[NodeId]]:
    """Connected parts, each in creation order, the oldest first."""
    near: dict[NodeId, list[NodeId]] = {node: [] for node in graph.nodes}
    for wire in graph.wires.values():
        near[wire.source].append(wire.target)
        near[wire.target].append(wire.source)
    nodes = sorted(graph.nodes, key=lambda node: (graph.nodes[node].order, node))
    rank = {node: i for i, node in enumerate(nodes)}
    seen: set[NodeId] = set()
    parts = []
    for node in nodes:
        if node in seen:
            continue
        seen.add(node)
        part = [node]
        for at in part:  # grows while it is walked
            fresh = [other for other in dict.fromkeys(near[at]) if other not in seen]
            seen.update(fresh)
            part += fresh
        parts.append(sorted(part, key=rank.__getitem__))
    return parts


def _positions(graph: Graph) -> dict[NodeId, int]:
    """Nodes numbered so that wires run upwards; those on a circle come last."""
    ordered = [node.id for node in graph.ordered()]
    known = set(ordered)
    rest = [node for node in graph.nodes.values() if node.id not in known]
    ordered += [node.id for node in sorted(rest, key=lambda node: (node.order, node.id))]
    return {node: i for i, node in enumerate(ordered)}


def _sheet(
    graph: Graph,
    part: list[NodeId],
    wires: list[Wire],
    sizes: Mapping[NodeId, tuple[int, int]],
    ports: Ports,
    order: Mapping[NodeId, int],
    edges: Edges,
) -> Sheet:
    number = {node: i for i, node in enumerate(part)}
    links = []
    for wire in wires:
        source, target = graph.nodes[wire.source], graph.nodes[wire.target]
        outputs, inputs = ports[wire.source, True], ports[wire.target, False]
        leave = edges.heights.get((source.id, True, wire.output))
        if leave is None:
            leave = port_height(source, outputs, wire.output, sizes[wire.source][1])
        enter = edges.heights.get((target.id, False, wire.input))
        if enter is None:
            enter = port_height(target, inputs, wire.input, sizes[wire.target][1])
        links.append(Link(number[wire.source], wire.output, number[wire.target], leave, enter))
    first, last, stiff = (
        {number[node] for node in nodes if node in number}
        for nodes in (edges.first, edges.last, edges.stiff)
    )
    layers = ranked(len(part), links, [order[node] for node in part], first, last)
    return Sheet([sizes[node] for node in part], links, layers, stiff)


def _draw(
    sheet: Sheet, part: list[NodeId], wires: list[Wire], most: int | None, top: int, found: Layout
) -> int:
    """Place one part below `top`; the first free height below it comes back."""
    widths = [0] * (max(sheet.rank) + 1)
    for node, layer in enumerate(sheet.rank):
        widths[layer] = max(widths[layer], sheet.sizes[node][0])
    pitches = [snapped_up(width + COLUMN_GAP) for width in widths]
    limit = None if most is None else most + COLUMN_GAP
    sheet.rows = broken_into_rows(pitches, _crossing(sheet, len(pitches)), limit)
    fill(sheet)
    uncross(sheet)
    lift(sheet)
    frame = Frame(widths, pitches, top)
    bottom = stacked(sheet, frame)
    for item, name in enumerate(part):
        found.positions[name] = (frame.x[sheet.rank[item]], round(sheet.y[item]))
    for wire, points in zip(wires, routes(sheet, frame), strict=True):
        if points:
            found.bends[bend_key(wire)] = points
    return snapped_up(bottom)


def _crossing(sheet: Sheet, layers: int) -> list[int]:
    """How many values cross the left edge of each layer."""
    farthest: dict[tuple[int, str], int] = {}
    for link in sheet.links:
        key = (link.source, link.output)
        farthest[key] = max(farthest.get(key, 0), sheet.rank[link.target])
    change = [0] * (layers + 2)
    for (source, _), end in farthest.items():
        if end > sheet.rank[source]:
            change[sheet.rank[source] + 1] += 1
            change[end + 1] -= 1
    found, count = [], 0
    for step in change:
        count += step
        found.append(count)
    return found


def _line_up(
    nodes: list[NodeId],
    sizes: Mapping[NodeId, tuple[int, int]],
    most: int | None,
    top: int,
    found: Layout,
) -> None:
    """Nodes without wires side by side, below all else."""
    if not nodes:
        return
    pitch = snapped_up(max(sizes[node][0] for node in nodes) + COLUMN_GAP)
    step = snapped_up(max(sizes[node][1] for node in nodes) + 2 * GRID)
    in_a_row = max(1, (most + COLUMN_GAP) // pitch) if most else SINGLES_IN_A_ROW
    for i, node in enumerate(nodes):
        found.positions[node] = (i % in_a_row * pitch, top + i // in_a_row * step)
