"""Layers used twice and weights tied: who owns them. Torch-free."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from graphcore.project.graph import Graph, Node, NodeId

if TYPE_CHECKING:
    from graphcore.analysis.result import NodeFacts
    from graphcore.analysis.shapes import Outcome


def owner_of(graph: Graph, node: Node) -> Node | None:
    """The node whose layer this one uses; None where it has its own.

    A chain of sharers ends at the one that shares nothing. An owner that is gone or of another
    kind is none.
    """
    seen, found = {node.id}, node
    while found.shares:
        other = graph.by_name(found.shares)
        if other is None or other.kind != node.kind or other.id in seen:
            return None
        seen.add(other.id)
        found = other
    return found if found is not node else None


def shared_numbers(graph: Graph, node: Node, found: Outcome) -> int:
    """How many of a node's parameters are somebody else's."""
    if owner_of(graph, node) is not None:
        return found.parameters
    sizes = {name: _count(shape) for name, shape in found.weights}
    return sum(sizes.get(name, 0) for name in node.ties if tied_to(graph, node, name))


def _count(shape: tuple[int, ...]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total


def tied_to(graph: Graph, node: Node, name: str) -> tuple[Node, str] | None:
    """The node and the weight that a tied weight is.

    A tie (`embedding.weight`, or `embedding` alone) that leads to a weight which is tied itself,
    or to a layer which is somebody else's, goes on there. None where nothing is there, or the ties
    run in a circle.
    """
    found, seen = (node, name), {(node.id, name)}
    while path := str(found[0].ties.get(found[1], "")):
        head, _, weight = path.partition(".")
        other = graph.by_name(head)
        if other is None:
            return None
        found = (owner_of(graph, other) or other, weight or found[1])
        if (found[0].id, found[1]) in seen:
            return None
        seen.add((found[0].id, found[1]))
    return found if len(seen) > 1 else None


def possible_ties(
    graph: Graph, facts: Mapping[NodeId, NodeFacts], node: Node, weight: str
) -> list[str]:
    """The weights of other layers that one of this layer could be: those of its very shape.

    A weight that is tied itself, of a layer that has its own from elsewhere, is not among them.
    """
    shape = _shape(facts, node.id, weight)
    if shape is None:
        return []
    return [
        f"{other.name}.{name}"
        for other in sorted(graph.nodes.values(), key=lambda other: other.order)
        if other.id != node.id and other.id in facts and not other.shares
        for name, known in facts[other.id].weights
        if known == shape and name not in other.ties
    ]


def _shape(facts: Mapping[NodeId, NodeFacts], node: NodeId, weight: str) -> tuple[int, ...] | None:
    found = facts.get(node)
    return next((s for name, s in found.weights if name == weight), None) if found else None
