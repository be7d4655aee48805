"""What may come in: a type for an Input, guessed from the layers that read it."""

from __future__ import annotations

from collections.abc import Mapping

from graphcore.importers.layers import STATELESS
from graphcore.importers.values import plain
from graphcore.kinds.catalog import CATALOG
from graphcore.project.graph import Graph, NodeId

_PLACES = 16
"""Steps of a sequence where the code doesn't say how many."""


def guessed(graph: Graph, written: Mapping[NodeId, Mapping[str, object]], head: NodeId) -> str:
    """The type that the first layer behind an Input says; empty where none does.

    `written` are the arguments of layers by node, for a block the types of its own Inputs.
    """
    seen, waiting = set[NodeId](), [head]
    while waiting:
        node = waiting.pop(0)
        for wire in sorted(graph.wires.values(), key=lambda w: graph.nodes[w.target].order):
            if wire.source != node or wire.target in seen:
                continue
            seen.add(wire.target)
            target = graph.nodes[wire.target]
            found = _said(target.kind, wire.input, written.get(target.id, {}))
            if found:
                return found
            if target.kind in CATALOG and CATALOG[target.kind].family in STATELESS:
                waiting.append(target.id)
    return ""


def _said(kind: str, slot: str, written: Mapping[str, object]) -> str:
    if kind.startswith("block."):
        return str(written.get(slot, ""))
    title = kind.rpartition(".")[2]
    sizes = {name: size for name, value in written.items() if isinstance(size := plain(value), int)}
    if title.startswith("Conv") and "in_channels" in sizes:
        side = 28 if sizes["in_channels"] == 1 else 32
        count = int(title[-2]) if title[-2].isdigit() else 2
        return f"float32[{', '.join(map(str, [sizes['in_channels'], *[side] * count]))}]"
    if title == "Linear" and "in_features" in sizes:
        return f"float32[{sizes['in_features']}]"
    if title == "Embedding":
        return f"int64[{_PLACES}]"
    for name in ("input_size", "d_model", "embed_dim"):
        if name in sizes:
            return f"float32[{_PLACES}, {sizes[name]}]"
    return ""
