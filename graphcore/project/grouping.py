"""Layout that keeps groups of nodes together, each in a box that nothing else enters.

A group is laid out by itself, with a gate in its left or right edge for each value that comes in
or goes out; around it, it is one large card whose ports are the gates.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphcore.project.edits import bend_key
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.layers import COLUMN_GAP, GRID, ONE_PORT, snapped_up
from graphcore.project.layout import (
    NO_EDGES,
    NODE_HEIGHT,
    NODE_WIDTH,
    Box,
    Edges,
    Layout,
    arrange,
    usual_sizes,
)

Sizes = Mapping[NodeId, tuple[int, int]]
Groups = Mapping[str, Collection[NodeId]]
"""Nodes by the name of what keeps them together; one group may lie inside another."""
Value = tuple[NodeId, str]
"""What comes out of a port of a node."""

GATE = (0, 2 * ONE_PORT)
_CARD = (NODE_WIDTH, NODE_HEIGHT)
_WORTH_A_ROW = 1.1
_MANY = 2000
_STEP = NODE_WIDTH + COLUMN_GAP
# Ids of things that are no nodes: no file can hold a slash in an id.
_GROUP, _IN, _OUT = "/group/", "/in/", "/out/"


@dataclass(slots=True)
class _Nest:
    """The drawing or a group: the nodes that are in no smaller group, and the groups inside."""

    name: str
    nodes: set[NodeId]
    inner: list[_Nest] = field(default_factory=list)

    @property
    def id(self) -> NodeId:
        """What it is called where it stands as one card."""
        return NodeId(_GROUP + self.name)

    def every(self) -> set[NodeId]:
        """All nodes in it, however deep."""
        return self.nodes.union(*(nest.every() for nest in self.inner))


def arrange_groups(
    graph: Graph,
    groups: Groups,
    sizes: Sizes | None = None,
    wrap_width: int | None = None,
    edges: Edges = NO_EDGES,
) -> Layout:
    """A layout of the whole drawing in which each group has a box of its own.

    Of two groups that overlap only in part, the smaller keeps what is in both.
    """
    nest = _nested(graph, groups)
    if not nest.inner:
        return arrange(graph, sizes, wrap_width, edges)
    known = usual_sizes(graph) | dict(sizes or {})
    return _laid(graph, nest, known, wrap_width, edges).layout


def arrange_to_fit(
    graph: Graph,
    view: tuple[int, int],
    groups: Groups,
    sizes: Sizes | None = None,
    edges: Edges = NO_EDGES,
) -> Layout:
    """The layout that a window of this size shows largest, in the fewest rows of nearly equal ones.

    Nothing is shown larger than it is.
    """
    known = usual_sizes(graph) | dict(sizes or {})
    found = arrange_groups(graph, groups, known, None, edges)
    if not graph.nodes:
        return found
    _, _, width, height = extent(found, known)
    best = _zoom(found, known, view)
    wish = math.sqrt(width * view[1] / (height * view[0]))
    tries = (wish,) if len(graph.nodes) > _MANY else (wish / 1.4, wish, wish * 1.4)
    widths = {width // rows for rows in {round(count) for count in tries} - {0, 1}}
    if len(graph.nodes) <= _MANY:  # a row that breaks just before its last card is one too many
        widths |= {across + _STEP for across in widths}
    for across in sorted(widths, reverse=True):
        wrapped = arrange_groups(graph, groups, known, across, edges)
        zoom = _zoom(wrapped, known, view)
        if zoom > best * _WORTH_A_ROW:
            found, best = wrapped, zoom
    return found


def _zoom(layout: Layout, sizes: Sizes, view: tuple[int, int]) -> float:
    _, _, width, height = extent(layout, sizes)
    return min(1.0, view[0] / width, view[1] / height)


def extent(layout: Layout, sizes: Sizes) -> Box:
    """The smallest box on the grid around cards, corners and frames."""
    boxes = [(*at, *sizes.get(node, _CARD)) for node, at in layout.positions.items()]
    boxes += [(x, y, 0, 0) for points in layout.bends.values() for x, y in points]
    return _around([*boxes, *layout.frames.values()])


def _nested(graph: Graph, groups: Groups) -> _Nest:
    whole = _Nest("", set(graph.nodes))
    for name in sorted(groups, key=lambda name: (-len(groups[name]), name)):
        holder, wanted = whole, set(groups[name]) & graph.nodes.keys()
        while inside := [nest for nest in holder.inner if wanted <= nest.every()]:
            holder = inside[0]
        for nest in _every(whole):
            nest.nodes -= wanted
        holder.inner.append(_Nest(name, wanted))
    for nest in _every(whole):
        nest.inner = [inner for inner in nest.inner if inner.every()]
    return whole


def _every(nest: _Nest) -> list[_Nest]:
    return [nest, *(deeper for inner in nest.inner for deeper in _every(inner))]


@dataclass(slots=True)
class _Level:
    """One level as a drawing: groups are cards, gates are nodes without width.

    `ends` is what each wire of the whole drawing is here. Gates are those of the level itself,
    by the value that passes.
    """

    graph: Graph
    sizes: dict[NodeId, tuple[int, int]]
    ends: dict[Wire, Wire]
    gates_in: dict[Value, NodeId]
    gates_out: dict[Value, NodeId]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A level with all inside it: its layout, the box that it fills, and its gates' heights."""

    layout: Layout
    box: Box
    gates: Mapping[tuple[bool, Value], int]


def _laid(
    graph: Graph, nest: _Nest, sizes: Sizes, wrap_width: int | None, edges: Edges
) -> _Laid:  # fmt: skip
    inner = {group.id: _laid(graph, group, sizes, wrap_width, edges) for group in nest.inner}
    level = _level(graph, nest, sizes)
    level.sizes.update((key, own.box[2:]) for key, own in inner.items())
    outer = arrange(level.graph, level.sizes, wrap_width, _edges(level, inner, edges))
    found = Layout({node: at for node, at in outer.positions.items() if node in nest.nodes})
    for key, own in inner.items():
        x, y = outer.positions[key]
        placed = own.layout.moved(x - own.box[0], y - own.box[1])
        for mine, its in zip(_maps(found), _maps(placed), strict=True):
            mine.update(its)
    _join(level, outer, found)
    if nest.name:
        found.frames[nest.name] = _frame(found, sizes, edges.title)
    gates = {
        (is_out, value): outer.positions[gate][1] + ONE_PORT
        for is_out, every in ((False, level.gates_in), (True, level.gates_out))
        for value, gate in every.items()
    }
    box = _around([extent(outer, level.sizes), *found.frames.values()])
    return _Laid(found, box, gates)


def _maps(layout: Layout) -> tuple[dict[Any, Any], ...]:
    return layout.positions, layout.bends, layout.frames


def _edges(level: _Level, inner: Mapping[NodeId, _Laid], given: Edges) -> Edges:
    heights = dict(given.heights) | {
        (key, is_out, f"{node}.{port}"): y - own.box[1]
        for key, own in inner.items() for (is_out, (node, port)), y in own.gates.items()
    }  # fmt: skip
    first, last = level.gates_in.values(), level.gates_out.values()
    heights |= {(gate, True, "output"): ONE_PORT for gate in first}
    heights |= {(gate, False, "input"): ONE_PORT for gate in last}
    stiff = {*first, *last, *inner, *given.stiff}
    return Edges(heights, [*first], [*last], stiff, given.title)


def _level(graph: Graph, nest: _Nest, sizes: Sizes) -> _Level:
    members = {inner.id: inner.every() for inner in nest.inner}
    place = {node: node for node in nest.nodes}
    place |= {node: key for key, every in members.items() for node in every}
    level = _Level(Graph(), {n: sizes[n] for n in nest.nodes if n in sizes}, {}, {}, {})
    for wire in graph.wires.values():
        source, target = place.get(wire.source), place.get(wire.target)
        if (source or target) and not (source == target and source in members):
            start = _start(level, source, wire, source in members)
            level.ends[wire] = Wire(*start, *_end(level, target, wire, target in members))
    cards = [graph.nodes[node] for node in nest.nodes]
    for key, every in members.items():
        cards.append(Node(key, "", key, order=min(graph.nodes[node].order for node in every)))
    for (node, _), gate in (*level.gates_in.items(), *level.gates_out.items()):
        cards.append(Node(gate, "", gate, order=graph.nodes[node].order))
        level.sizes[gate] = GATE
    level.graph = Graph(sorted(cards, key=_order), level.ends.values())
    return level


def _order(node: Node) -> tuple[int, str]:
    return node.order, node.id


def _start(level: _Level, place: NodeId | None, wire: Wire, is_group: bool) -> tuple[NodeId, str]:
    value = f"{wire.source}.{wire.output}"
    if place is None:
        gate = level.gates_in.setdefault((wire.source, wire.output), NodeId(_IN + value))
        return gate, "output"
    return place, value if is_group else wire.output


def _end(level: _Level, place: NodeId | None, wire: Wire, is_group: bool) -> tuple[NodeId, str]:
    # A value that comes into a group comes in once, whatever it feeds there.
    value = f"{wire.source}.{wire.output}"
    if place is None:
        gate = level.gates_out.setdefault((wire.source, wire.output), NodeId(_OUT + value))
        return gate, "input"
    return place, value if is_group else wire.input


def _join(level: _Level, outer: Layout, found: Layout) -> None:
    """The corners of each wire at this level, between those inside the groups that it joins."""
    inside = dict(found.bends)
    for key in [key for key in inside if key.startswith(_OUT)]:
        del found.bends[key]
    for wire, here in level.ends.items():
        passed = f"{_OUT}{wire.source}.{wire.output}"
        before = inside.get(passed, ()) if here.source.startswith(_GROUP) else ()
        after = inside.get(bend_key(wire), ()) if here.target.startswith(_GROUP) else ()
        points = (*before, *outer.bends.get(bend_key(here), ()), *after)
        key = passed if here.target.startswith(_OUT) else bend_key(wire)
        if points:
            found.bends[key] = points


def _frame(layout: Layout, sizes: Sizes, title: tuple[int, int]) -> Box:
    """Around the cards and the frames inside, with room for a title above."""
    boxes = [(*at, *sizes.get(node, _CARD)) for node, at in layout.positions.items()]
    x, y, width, height = _around([*boxes, *layout.frames.values()])
    left, above = title
    return x - left, y - above, width + left + GRID, height + above + GRID


def _around(boxes: Iterable[Box]) -> Box:
    """The smallest box on the grid around all of these."""
    every = list(boxes)
    left, top = (min(box[axis] for box in every) // GRID * GRID for axis in (0, 1))
    right, bottom = (max(box[axis] + box[2 + axis] for box in every) for axis in (0, 1))
    return left, top, snapped_up(right - left), snapped_up(bottom - top)
