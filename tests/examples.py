"""Every kind of the catalog in a drawing that works, and data to run it on."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.kind import Kind
from graphcore.types import Tensor, value_at
from tests.drawing import Drawing

COMPUTED = [kind for kind in CATALOG.values() if kind.role in ("layer", "op")]
LOSSES = [kind for kind in CATALOG.values() if kind.role == "loss"]

_SIZES = {"1d": "float32[4, 12]", "2d": "float32[4, 12, 12]", "3d": "float32[4, 8, 8, 8]"}
_SEQUENCE, _VECTOR, _MAP = "float32[8, 12]", "float32[12]", "float32[4, 12, 12]"
_STATE = {"hx": "float32[32]", "h_0": "float32[32]", "c_0": "float32[32]"}

# Types per sample by port, where they are not what the name of the kind tells; "" is every port.
_TYPES: Mapping[str, Mapping[str, str]] = {
    "nn.Embedding": {"": "int64[7]"},
    "nn.EmbeddingBag": {"": "int64[7]"},
    "nn.AdaptiveLogSoftmaxWithLoss": {"": "float32[32]", "target": "int64[]"},
    "nn.Upsample": {"": _MAP},
    "nn.ChannelShuffle": {"": _MAP},
    "nn.PixelShuffle": {"": _MAP},
    "nn.PixelUnshuffle": {"": _MAP},
    "nn.CrossMapLRN2d": {"": _MAP},
    "nn.Unfold": {"": _MAP},
    "nn.Fold": {"": "float32[12, 9]"},
    "nn.Unflatten": {"": "float32[6]"},
    "nn.CosineSimilarity": {"": _VECTOR},
    "nn.PairwiseDistance": {"": _VECTOR},
    "nn.RNNCell": {"": _VECTOR, **_STATE},
    "nn.GRUCell": {"": _VECTOR, **_STATE},
    "nn.LSTMCell": {"": _VECTOR, **_STATE},
    "ops.matmul": {"": "float32[5, 5]"},
    "ops.linear": {"": _SEQUENCE, "weight": "float32[]"},
    "ops.permute": {"": _MAP},
    "ops.squeeze": {"": "float32[3, 1]"},
    "ops.interpolate": {"": _MAP},
    "ops.grid_sample": {"": _MAP, "grid": "float32[5, 6, 2]"},
    "ops.one_hot": {"": "int64[7]"},
    "ops.where": {"": _SEQUENCE, "condition": "bool[8, 12]"},
    "ops.masked_fill": {"": _SEQUENCE, "mask": "bool[8, 12]"},
    "ops.logical_not": {"": "bool[8]"},
    "ops.logical_and": {"": "bool[8]"},
    "ops.logical_or": {"": "bool[8]"},
    "ops.any": {"": "bool[8]"},
    "ops.all": {"": "bool[8]"},
    "ops.unbind": {"": "float32[2, 5]"},
    "ops.index": {"": _VECTOR, "index": "int64[3]"},
    "ops.gather": {"": _SEQUENCE, "index": "int64[3, 12]"},
    "ops.scatter_add": {"": _SEQUENCE, "index": "int64[8, 12]"},
    "ops.expand": {"": "float32[]"},
    "ops.repeat": {"": _VECTOR},
    "ops.einsum": {"": _VECTOR},
    "ops.cross": {"": "float32[3]"},
    "loss.CrossEntropyLoss": {"": _VECTOR, "target": "int64[]"},
    "loss.NLLLoss": {"": _VECTOR, "target": "int64[]"},
    "loss.LinearCrossEntropyLoss": {"": _VECTOR, "target": "int64[]"},
    "loss.MultiMarginLoss": {"": _VECTOR, "target": "int64[]"},
    "loss.MultiLabelMarginLoss": {"": _VECTOR, "target": "int64[12]"},
    "loss.CosineEmbeddingLoss": {"": _VECTOR, "target": "float32[]"},
    "loss.CTCLoss": {"": "float32[9, 12]", "targets": "int64[4]", "input_lengths": "int64[]",
                     "target_lengths": "int64[]"},
}  # fmt: skip

# What stands between an input and the kind, by port: kinds that make what it needs.
_MADE: Mapping[tuple[str, str], tuple[str, Mapping[str, object]]] = {
    ("ops.linear", "weight"): ("nn.Parameter", {"shape": (5, 12)}),
    ("ops.index_select", "index"): ("ops.arange", {"end": 3}),
    ("loss.CTCLoss", "log_probs"): ("ops.transpose", {"dim0": 0, "dim1": 1}),
}


def type_for(kind: Kind, port: str) -> str:
    """A type per sample that the kind takes at that port."""
    types = _TYPES.get(kind.name, {})
    if port in types or "" in types:
        return types.get(port) or types[""]
    if kind.role == "loss":
        return _VECTOR
    return _SIZES.get(kind.name[-2:], _SEQUENCE)


def drawing_of(kind: Kind) -> Drawing:
    """The kind at its starting params as node “subject”: an Input a port, an Output a port."""
    drawing = Drawing()
    sources: list[object] = []
    for port in kind.ports(kind.starting_params())[0]:
        for turn in range(2 if port.variadic else 1):
            if port.optional:
                sources.append(None)
                continue
            sources.append(_source(drawing, kind, port.name, turn))
    subject = drawing.add(kind.name, *sources, name="subject")  # type: ignore[arg-type]
    if kind.role != "loss":
        for port in kind.ports(kind.starting_params())[1]:
            drawing.add("io.Output", (subject, port.name), name=f"out_{port.name}")
    return drawing


def _source(drawing: Drawing, kind: Kind, port: str, turn: int) -> object:
    if kind.name.startswith("nn.MaxUnpool"):
        return _pooled(drawing, kind, port)
    made = _MADE.get((kind.name, port))
    if made is not None:
        inputs = [drawing.input(type_for(kind, port)) for _ in CATALOG[made[0]].inputs]
        return drawing.add(made[0], *inputs, name=f"made_{port}", **made[1])
    return drawing.input(type_for(kind, port), f"in_{port}{turn or ''}")


def _pooled(drawing: Drawing, kind: Kind, port: str) -> object:
    """What a MaxPool gives, which a MaxUnpool takes back."""
    graph = drawing.project.graph
    if port == "input":
        source = drawing.input(type_for(kind, port), "in_input")
        pool = kind.name.replace("Unpool", "Pool")
        return drawing.add(pool, source, name="pooled", return_indices=True)
    return graph.by_name("pooled").id, "indices"


def example(drawing: Drawing, batch: int) -> list[torch.Tensor]:
    """A batch for every input of the model (or of the objective)."""
    analysis = drawing.analysis()
    found = []
    for value in analysis.parts.inputs.values():
        kind = analysis.by_node[value.node].outputs[value.port]
        assert isinstance(kind, Tensor)
        shape = [value_at(dim, {"B": batch}) for dim in kind.dims]
        if kind.is_float:
            found.append(torch.rand(shape))
        else:
            found.append(torch.randint(0, 2, shape).to(getattr(torch, kind.dtype)))
    return found
