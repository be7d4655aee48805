"""Below which number the whole numbers of an Input have to stay."""

from __future__ import annotations

from collections.abc import Iterator

from graphcore.analysis.result import Analysis, NodeFacts
from graphcore.project.definitions import MAIN
from graphcore.project.graph import Node, NodeId
from graphcore.project.project import Project
from graphcore.types import Tensor

_BOUNDS = {"nn.Embedding": "num_embeddings", "nn.EmbeddingBag": "num_embeddings",
           "ops.one_hot": "num_classes"}  # fmt: skip
FEWEST = 2


def vocabulary_of(project: Project, analysis: Analysis, name: str) -> int:
    """How many different whole numbers the Input of that name may hold.

    It is the least that any embedding takes which they reach, through blocks too; 2 where they
    reach none, since 0 and 1 are legal almost everywhere.
    """
    start = project.graph.by_name(name)
    assert start is not None
    return min(_bounds(project, analysis, MAIN, "", start.id), default=FEWEST)


def _bounds(
    project: Project, analysis: Analysis, definition: str, path: str, start: NodeId
) -> Iterator[int]:
    """The bounds of all that a value reaches while it is made of whole numbers."""
    for node, port in _reached(project, analysis, definition, path, start):
        facts = analysis.nodes.get(path + node.name)
        bound = facts.params.get(_BOUNDS.get(node.kind, "")) if facts else None
        if isinstance(bound, int) and bound > 0:
            yield bound
        inner = node.kind.removeprefix("block.")
        if inner != node.kind and inner in project.definitions:
            entry = project.definitions[inner].graph.by_name(port)
            below = f"{path}{node.name}." + ("0." if node.repeat else "")
            if entry is not None:
                yield from _bounds(project, analysis, inner, below, entry.id)


def _reached(
    project: Project, analysis: Analysis, definition: str, path: str, start: NodeId
) -> Iterator[tuple[Node, str]]:
    """Each node that takes the numbers in, with the port that they enter by."""
    graph = project.definitions[definition].graph
    waiting, seen = [start], {start}
    while waiting:
        source = waiting.pop()
        for wire in graph.wires.values():
            if wire.source != source:
                continue
            node = graph.nodes[wire.target]
            yield node, wire.input
            facts = analysis.nodes.get(path + node.name)
            is_new = project.kind(node.kind).family == "constant"  # such as the places' numbers
            if node.id not in seen and facts is not None and not is_new and _is_whole(facts):
                seen.add(node.id)
                waiting.append(node.id)


def _is_whole(facts: NodeFacts) -> bool:
    kinds = facts.outputs.values()
    return any(isinstance(kind, Tensor) and kind.dtype == "int64" for kind in kinds)
