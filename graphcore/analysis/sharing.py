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
    return sum(sizes.get(n, 0) for n, path in node.ties.items() if tied_to(graph, n, path))


def _count(shape: tuple[int, ...]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total


def tied_to(graph: Graph, name: str, path: str) -> tuple[Node, str] | None:
    """The node and the weight that a tie names (`embedding.weight`, or `embedding` alone)."""
    other, _, weight = path.rpartition(".")
    found = graph.by_name(other) if other else None
    if found is None:
        found, weight = graph.by_name(path), name
    return (found, weight) if found is not None else None


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
