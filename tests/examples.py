"""Every kind of the catalog in a drawing that works, and data to run it on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

import torch

from graphcore.analysis.result import Analysis
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.kind import Kind
from graphcore.types import Tensor, Type, value_at
from tests.drawing import Drawing

COMPUTED = [kind for kind in CATALOG.values() if kind.role in ("layer", "op")]
LOSSES = [kind for kind in CATALOG.values() if kind.role == "loss"]

NOTHING: Mapping[str, str] = MappingProxyType({})
_SIZES = {"1d": "float32[4, 12]", "2d": "float32[4, 12, 12]", "3d": "float32[4, 8, 8, 8]"}
_SEQUENCE, _VECTOR, _MAP = "float32[8, 12]", "float32[12]", "float32[4, 12, 12]"
_STATE = {"hx": "float32[32]", "h_0": "float32[32]", "c_0": "float32[32]"}
_STATES = {"hx": "float32[1, 32]", "h_0": "float32[1, 32]", "c_0": "float32[1, 32]"}
_PADDING = {f"{of}key_padding_mask": "bool[8]" for of in ("", "src_", "tgt_", "memory_")}

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
    **{f"nn.{name}": {"": _SEQUENCE, **_STATES} for name in ("RNN", "GRU", "LSTM")},
    **{kind.name: {"": _SEQUENCE, **_PADDING} for kind in COMPUTED if kind.family == "attention"},
    "ops.scaled_dot_product_attention": {"": _SEQUENCE, "attn_mask": "bool[8, 8]"},
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
    **{
        (f"nn.{name}", port): ("ops.transpose", {"dim0": 0, "dim1": 1})
        for name in ("RNN", "GRU", "LSTM")
        for port in _STATES
    },
    **{
        (kind.name, f"{of}mask"): ("ops.causal_mask", {})
        for kind in COMPUTED
        if kind.name.startswith(("nn.Multihead", "nn.Transformer"))
        for of in ("", "attn_", "src_", "tgt_", "memory_")
    },
    ("nn.EmbeddingBag", "offsets"): ("ops.arange", {"end": 1}),
    ("ops.linear", "weight"): ("nn.Parameter", {"shape": (5, 12)}),
    ("ops.linear", "bias"): ("nn.Parameter", {"shape": (5,)}),
    ("ops.index_select", "index"): ("ops.arange", {"end": 3}),
    ("loss.CTCLoss", "log_probs"): ("ops.transpose", {"dim0": 0, "dim1": 1}),
}


# A stack of as many layers as a paper has would take most of the time of these tests.
_SHALLOW: Mapping[str, Mapping[str, int]] = {
    "nn.TransformerEncoder": {"num_layers": 1},
    "nn.TransformerDecoder": {"num_layers": 1},
    "nn.Transformer": {"num_encoder_layers": 1, "num_decoder_layers": 1},
}


def type_for(kind: Kind, port: str) -> str:
    """A type per sample that the kind takes at that port."""
    types = _TYPES.get(kind.name, {})
    if port in types or "" in types:
        return types.get(port) or types[""]
    if kind.role == "loss":
        return _VECTOR
    return _SIZES.get(kind.name[-2:], _SEQUENCE)


def drawing_of(
    kind: Kind,
    params: Mapping[str, object] = MappingProxyType({}),
    *,
    wired: Collection[str] = (),
    slots: int = 2,
    types: Mapping[str, str] = NOTHING,
) -> Drawing:
    """The kind as node “subject”: an Input a port, an Output a port.

    Params are the starting ones and these, and stacks are shallow; `wired` are the optional ports
    that get an Input too, `slots` is how many a port that grows gets, `types` are those of ports
    that need another one.
    """
    drawing = Drawing()
    params = {**_SHALLOW.get(kind.name, {}), **params}
    inputs, outputs = kind.ports({**kind.starting_params(), **params})
    sources: list[object] = []
    for port in inputs:
        for turn in range(slots if port.variadic else 1):
            is_free = port.optional and port.name not in wired
            text = types.get(port.name) or type_for(kind, port.name)
            sources.append(None if is_free else _source(drawing, kind, port.name, turn, text))
    subject = drawing.add(kind.name, *sources, name="subject", **params)  # type: ignore[arg-type]
    if kind.role != "loss":
        for port in outputs:
            drawing.add("io.Output", (subject, port.name), name=f"out_{port.name}")
    return drawing


def _source(drawing: Drawing, kind: Kind, port: str, turn: int, text: str) -> object:
    if kind.name.startswith("nn.MaxUnpool"):
        return _pooled(drawing, kind, port)
    made = _MADE.get((kind.name, port))
    if made is not None:
        inputs = [drawing.input(text) for _ in CATALOG[made[0]].inputs]
        return drawing.add(made[0], *inputs, name=f"made_{port}", **made[1])
    return drawing.input(text, f"in_{port}{turn or ''}")


def _pooled(drawing: Drawing, kind: Kind, port: str) -> object:
    """What a MaxPool gives, which a MaxUnpool takes back."""
    graph = drawing.project.graph
    if port == "input":
        source = drawing.input(type_for(kind, port), "in_input")
        pool = kind.name.replace("Unpool", "Pool")
        return drawing.add(pool, source, name="pooled", return_indices=True)
    return graph.by_name("pooled").id, "indices"


def example(
    drawing: Drawing, batch: int, analysis: Analysis | None = None
) -> list[torch.Tensor]:  # fmt: skip
    """A batch for every input of the model."""
    known = analysis or drawing.analysis()
    values = known.parts.inputs.values()
    return [_random(known.by_node[value.node].outputs[value.port], batch) for value in values]


def _random(kind: Type, batch: int) -> torch.Tensor:
    assert isinstance(kind, Tensor)
    shape = [value_at(dim, {"B": batch}) for dim in kind.dims]
    if kind.is_float:
        return torch.rand(shape)
    return torch.randint(0, 2, shape).to(getattr(torch, kind.dtype))
