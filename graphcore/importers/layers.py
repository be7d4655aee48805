"""Layers of torch.nn as code constructs them, and functions of torch that are layers here."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from graphcore.errors import UserError
from graphcore.importers.numbers import formula_of
from graphcore.importers.values import Dotted, Layer, Unknown, refused
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import REQUIRED, Kind, Param
from graphcore.kinds.torch_layers import LAYERS

STATELESS = frozenset({"activation", "pooling", "dropout", "shape"})
_STACKS = ("TransformerEncoder", "TransformerDecoder")

FUNCTIONAL: Mapping[str, str] = {
    "relu": "ReLU", "relu6": "ReLU6", "gelu": "GELU", "silu": "SiLU", "mish": "Mish",
    "elu": "ELU", "selu": "SELU", "celu": "CELU", "leaky_relu": "LeakyReLU", "glu": "GLU",
    "hardswish": "Hardswish", "hardsigmoid": "Hardsigmoid", "hardtanh": "Hardtanh",
    "softplus": "Softplus", "softsign": "Softsign", "logsigmoid": "LogSigmoid",
    "sigmoid": "Sigmoid", "tanh": "Tanh", "softmax": "Softmax", "log_softmax": "LogSoftmax",
    "softmin": "Softmin", "max_pool1d": "MaxPool1d", "max_pool2d": "MaxPool2d",
    "max_pool3d": "MaxPool3d", "avg_pool1d": "AvgPool1d", "avg_pool2d": "AvgPool2d",
    "avg_pool3d": "AvgPool3d", "adaptive_avg_pool1d": "AdaptiveAvgPool1d",
    "adaptive_avg_pool2d": "AdaptiveAvgPool2d", "adaptive_max_pool2d": "AdaptiveMaxPool2d",
    "adaptive_max_pool1d": "AdaptiveMaxPool1d", "pixel_shuffle": "PixelShuffle",
    "dropout": "Dropout", "dropout1d": "Dropout1d", "dropout2d": "Dropout2d",
    "dropout3d": "Dropout3d", "alpha_dropout": "AlphaDropout",
}  # fmt: skip
"""Functions of torch.nn.functional, by the layer that does the same."""

AS_LAYERS: Mapping[str, str] = {
    "torch.relu": "ReLU", "torch.sigmoid": "Sigmoid", "torch.tanh": "Tanh",
    "torch.softmax": "Softmax", "torch.log_softmax": "LogSoftmax", "torch.flatten": "Flatten",
}  # fmt: skip


def constructed(
    call: ast.AST, title: str, args: Sequence[object], words: Mapping[str, object]
) -> Layer:
    """The layer that `nn.TITLE(…)` is. Raises UserError with its line."""
    kind = CATALOG.get(f"nn.{title}")
    if kind is None or not kind.construct.startswith(f"nn.{title}(") or title not in LAYERS:
        raise refused(call, f"“{title[:40]}”", "Use layers of torch.nn and nn.Sequential.")
    if title in _STACKS:
        return _stack(call, kind, args, words)
    names = [str(row[0]) for row in LAYERS[title].params]
    if len(args) > len(names):
        raise refused(call, f"{title} with {len(args)} arguments", "Leave some out.")
    given = dict(zip(names, args, strict=False)) | dict(words)
    return Layer(kind, _params(call, kind, given), given=given)


def _stack(call: ast.AST, kind: Kind, args: Sequence[object], words: Mapping[str, object]) -> Layer:
    """nn.TransformerEncoder(layer, 6): the layer's params and how many."""
    given = dict(
        zip((f"{kind.title[11:].lower()}_layer", "num_layers", "norm"), args, strict=False)
    )
    given |= words
    layer, count = (
        given.pop(f"{kind.title[11:].lower()}_layer", None),
        given.pop("num_layers", None),
    )
    given.pop("enable_nested_tensor", None)
    if not isinstance(layer, Layer) or given.pop("norm", None) is not None or given:
        hint = f"Give nn.{kind.title}Layer(…) and a number; put a norm behind it."
        raise refused(call, kind.title, hint)
    param = kind.param("num_layers")
    assert param is not None
    return Layer(kind, {**layer.params, "num_layers": _value(call, kind, param, count)})


def _params(call: ast.AST, kind: Kind, given: Mapping[str, object]) -> dict[str, object]:
    found = dict[str, object]()
    for name, value in given.items():
        param = kind.param(name)
        if param is None and name == "recompute_scale_factor" and value is None:
            continue
        if param is None or param.in_call:
            raise refused(call, f"“{name}” of {kind.title}", "Leave it out.")
        if _is_inferred(param, value):
            continue
        found[name] = _value(call, kind, param, value)
    for param in kind.params:
        is_open = param.name not in found and param.infer is None and not param.in_call
        if is_open and param.start is not REQUIRED:
            if param.default is REQUIRED:
                raise refused(call, f"{kind.title} without {param.name}", "Write it out.")
            found[param.name] = param.default
    return found


def _is_inferred(param: Param, value: object) -> bool:
    """Whether the input says it again: not the sizes of several axes, nor `kdim=None`."""
    if param.infer is None:
        return False
    if isinstance(value, list | tuple):
        return len(value) == 1
    return not param.infer.unless or value is None or isinstance(value, Unknown)


def _value(call: ast.AST, kind: Kind, param: Param, value: object) -> object:
    if isinstance(value, Unknown):
        raise refused(call, f"“{value.name}”, which has no value,", "Give it a default.")
    found = formula_of(value)
    if isinstance(found, Formula):
        return found
    try:
        return param.check(found)
    except UserError as error:
        text = f"{param.name} of {kind.title}"
        raise refused(call, text, error.message or error.hint) from error


def is_layer(name: str) -> bool:
    """Whether a function of torch is a layer here."""
    return name in AS_LAYERS or (name.startswith("F.") and name.removeprefix("F.") in FUNCTIONAL)


def functional(name: str, args: Sequence[object], words: Mapping[str, object]) -> Layer | None:
    """The layer that a function called upon a value is; None where there is none."""
    title = FUNCTIONAL.get(name.removeprefix("F.")) if name.startswith("F.") else None
    title = title or AS_LAYERS.get(name)
    if title is None:
        return None
    given = dict(words)
    if "Dropout" in title and given.pop("training", None) != Dotted("self.training"):
        return None
    given.pop("_stacklevel", None)
    if title == "Flatten":  # the function begins with the batch, the layer behind it
        given = dict(zip(("start_dim", "end_dim"), args, strict=False)) | given
        return constructed(ast.Pass(), title, (), {"start_dim": 0, **given})
    try:
        return constructed(ast.Pass(), title, args, given)
    except UserError:
        return None
