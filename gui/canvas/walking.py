"""Where the arrow keys lead: along wires to the left and right, between siblings up and down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from PySide6.QtCore import QPointF

from graphcore.project.graph import Graph, NodeId

Direction = Literal["left", "right", "up", "down"]


def neighbour(
    graph: Graph, places: Mapping[NodeId, QPointF], node: NodeId, direction: Direction
) -> NodeId | None:
    """The node that an arrow key leads to; None where there is nothing that way."""
    here = places[node]
    if direction in ("left", "right"):
        forward = direction == "right"
        found = _after(graph, node) if forward else _before(graph, node)
        return _nearest(places, here, found)
    up = direction == "up"
    ways = [n for n in places if n != node and (places[n].y() < here.y()) == up
            and places[n].y() != here.y()]  # fmt: skip
    siblings = _siblings(graph, node)
    return _nearest(places, here, [n for n in ways if n in siblings] or ways)


def _after(graph: Graph, node: NodeId) -> list[NodeId]:
    return [wire.target for wire in graph.wires.values() if wire.source == node]


def _before(graph: Graph, node: NodeId) -> list[NodeId]:
    return [wire.source for wire in graph.wires.values() if wire.target == node]


def _siblings(graph: Graph, node: NodeId) -> set[NodeId]:
    """Nodes that share a feeder or a follower with this one."""
    feeders, followers = set(_before(graph, node)), set(_after(graph, node))
    found = {wire.target for wire in graph.wires.values() if wire.source in feeders}
    found |= {wire.source for wire in graph.wires.values() if wire.target in followers}
    return found - {node}


def _nearest(
    places: Mapping[NodeId, QPointF], here: QPointF, nodes: Iterable[NodeId]
) -> NodeId | None:
    def away(node: NodeId) -> tuple[float, str]:
        delta = places[node] - here
        return abs(delta.y()) + abs(delta.x()) * 0.5, node

    return min((node for node in nodes if node in places), key=away, default=None)
