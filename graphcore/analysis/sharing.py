"""Layers used twice and weights tied: who owns them. Torch-free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphcore.project.graph import Graph, Node

if TYPE_CHECKING:
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
