"""The catalog: every kind that ships, by name."""

from __future__ import annotations

from types import MappingProxyType

from graphcore.kinds.kind import Kind
from graphcore.kinds.layers import LAYERS
from graphcore.kinds.losses import LOSSES
from graphcore.kinds.ops import NODES, OPS

CATALOG = MappingProxyType({kind.name: kind for kind in (*NODES, *LAYERS, *OPS, *LOSSES)})

FAMILIES = (
    "data", "input", "output", "constant", "convolution", "normalization", "activation", "pooling",
    "linear", "embedding", "recurrent", "attention", "dropout", "shape", "merge", "math", "loss",
    "block",
)  # fmt: skip


def unknown_kind(name: str) -> Kind:
    """A placeholder for a kind that this version does not have; it keeps the node's data."""
    return Kind(name, "merge", "help", "This version of Netwright does not know this kind.",
                inputs=(), outputs=(), role="unknown")  # fmt: skip
