"""Layout from top to bottom: that from left to right, of cards that were laid on their sides.

Ports stay at the left and right of cards. A wire leaves to the right, runs down beside the card,
and enters the next one from its left; so each card has room for wires on both sides.
"""

from __future__ import annotations

from collections.abc import Mapping

from graphcore.project.edits import bend_key
from graphcore.project.graph import Graph, NodeId, Wire
from graphcore.project.grouping import Groups, Sizes, arrange_to_fit
from graphcore.project.layers import COLUMN_GAP, GRID
from graphcore.project.layout import (
    Box,
    Edges,
    Layout,
    Ports,
    port_height,
    ports_of,
    usual_sizes,
)
from graphcore.project.project import Point
from graphcore.project.routes import FIRST_TRACK

SIDE = GRID
"""Room for wires at the left and right of a card."""
_FIRST, _STEP, _MOST = 12, 6, 2
_NEAR = COLUMN_GAP + GRID
"""Corners no further from a card than this are those beside it."""


def arrange_down(graph: Graph, view: tuple[int, int], groups: Groups, sizes: Sizes) -> Layout:
    """A layout from top to bottom in columns, as large as a window of this size shows it.

    Groups are kept together, as `arrange_to_fit` does.
    """
    ports = ports_of(graph)
    known = usual_sizes(graph, ports) | dict(sizes)
    lying = {node: (height, width + 2 * SIDE) for node, (width, height) in known.items()}
    middles = dict[tuple[NodeId, bool, str], int]()
    for wire in graph.wires.values():
        for key in ((wire.source, True, wire.output), (wire.target, False, wire.input)):
            middles[key] = lying[key[0]][1] // 2
    edges = Edges(middles, stiff=graph.nodes.keys(), title=(2 * GRID, GRID))
    return _upright(graph, arrange_to_fit(graph, view[::-1], groups, lying, edges), known, ports)


def _upright(graph: Graph, laid: Layout, sizes: Sizes, ports: Ports) -> Layout:
    found = Layout({node: (y + SIDE, x) for node, (x, y) in laid.positions.items()})
    for name, (x, y, width, height) in laid.frames.items():
        found.frames[name] = y, x, height, width
    boxes = {node: (*at, *sizes[node]) for node, at in found.positions.items()}
    for wire in graph.wires.values():
        between = [(y, x) for x, y in laid.bends.get(bend_key(wire), ())]
        found.bends[bend_key(wire)] = _corners(graph, wire, boxes, ports, between)
    return found


def _corners(
    graph: Graph, wire: Wire, boxes: Mapping[NodeId, Box], ports: Ports, between: list[Point]
) -> tuple[Point, ...]:
    """From the right of one card, by its side, on the way `between` and to the left of the other.

    That way leads from the middle of the lower edge of one card to the middle of the upper edge of
    the other.
    """
    left, top, width, height = boxes[wire.source]
    right, under, across, tall = boxes[wire.target]
    outputs, inputs = ports[wire.source, True], ports[wire.target, False]
    leave = _beside(len(outputs) - 1 - outputs.index(wire.output))
    enter = _beside(inputs.index(wire.input))
    start = top + port_height(graph.nodes[wire.source], outputs, wire.output, height)
    end = under + port_height(graph.nodes[wire.target], inputs, wire.input, tall)
    out, into, bottom = left + width + leave, right - enter, top + height
    if not between and under - bottom > 2 * _NEAR:
        between = [(left + width // 2, bottom + leave), (right + across // 2, under - enter)]
    elif not between:
        between = [(out, under - enter - FIRST_TRACK // 2)]
    first, last = between[0][1], between[-1][1]
    near_start, near_end = 0 <= first - bottom <= _NEAR, 0 <= under - last <= _NEAR
    down = (
        [(out, first)] if near_start else [(out, bottom + leave), (between[0][0], bottom + leave)]
    )
    up = [(into, last)] if near_end else [(between[-1][0], under - enter), (into, under - enter)]
    middle = between[1 if near_start else 0 : len(between) - (1 if near_end else 0)]
    return ((out, start), *down, *middle, *up, (into, end))


def _beside(place: int) -> int:
    """How far beside its card a wire runs down: that of another port must not lie on it."""
    return _FIRST + _STEP * min(_MOST, place)
