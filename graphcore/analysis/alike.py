"""Which nodes of an analysed drawing take the same: what it takes to fold turns into one."""

from __future__ import annotations

from collections.abc import Iterable

from graphcore.analysis.result import NodeFacts
from graphcore.project.folding import Alike
from graphcore.project.graph import NodeId


def alike_by(facts: Iterable[NodeFacts]) -> Alike:
    """Whether two nodes get the same types and have the same params, wherever they are used.

    A node of which nothing is known is like none.
    """
    known: dict[NodeId, list[tuple[object, object]]] = {}
    for each in facts:
        known.setdefault(each.node, []).append((each.inputs, each.params))
    return lambda one, other: one in known and known[one] == known.get(other)
