"""Kinds from the generated signatures of torch.nn and what is noted of them by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graphcore.kinds.kind import OLDEST_TORCH, REQUIRED, Param, Port
from graphcore.kinds.layer_notes import SINCE, axes_of, stem_of
from graphcore.kinds.param_notes import FLAGS, NEVER_EMPTY, infer_of, note_of, type_of
from graphcore.kinds.params import Size
from graphcore.kinds.signature import Signature
from graphcore.kinds.texts import Weights

DOCS = "https://docs.pytorch.org/docs/stable/generated/torch.nn."

# Ports are called by their own names in the code only where one before them is left out, so the
# first ones may be renamed to what others are called.
_RENAMED = {"x": "input", "input_": "input", "target_": "target", "log_input": "input"}
_PORTS: Mapping[str, Port] = {
    port.name: port
    for port in (
        Port("hx", "State at the start."),
        Port("key_padding_mask", "True where a step is only padding.", dtype="mask"),
        Port("attn_mask", "True where a step must not look.", dtype="mask"),
        Port("mask", "True where a step must not look.", dtype="mask"),
        Port("src_mask", "True where a step must not look.", dtype="mask"),
        Port("tgt_mask", "True where a step must not look, such as ahead.", dtype="mask"),
        Port("memory_mask", "True where a step must not look into the memory.", dtype="mask"),
        Port("src_key_padding_mask", "True where a step is only padding.", dtype="mask"),
        Port("tgt_key_padding_mask", "True where a step is only padding.", dtype="mask"),
        Port("memory_key_padding_mask", "True where the memory is only padding.", dtype="mask"),
        Port("src", "What is read."),
        Port("tgt", "What is written so far."),
        Port("memory", "What the encoder gave."),
        Port("query", "What looks."),
        Port("key", "What is looked at."),
        Port("value", "What is taken from there."),
        Port("indices", "Where MaxPool found each value.", dtype="integer"),
        Port("offsets", "Where each bag begins in a flat list of numbers.", dtype="integer"),
        Port("per_sample_weights", "How much each number counts.", dtype="float"),
    )
}


_SIDES = ("left", "right", "top", "bottom", "front", "back")


def port_of(name: str) -> Port:
    """An input port from its name in a signature."""
    plain = name.rstrip("?")
    plain = _RENAMED.get(plain, plain)
    known = _PORTS.get(plain) or Port(plain)
    return Port(known.name, known.help, name.endswith("?"), dtype=known.dtype)


def params_of(cls: str, signature: Signature) -> tuple[Param, ...]:
    """The params of a class: what torch says, with our help, ranges and starts."""
    made = [_param(cls, row) for row in signature.params if f"{cls}.{row[0]}" not in FLAGS]
    calls = [_param(cls, row, in_call=True) for row in signature.calls]
    return (*made, *calls)


def _param(cls: str, row: tuple[object, ...], in_call: bool = False) -> Param:
    name, word = str(row[0]), str(row[1])
    note, infer = note_of(cls, name), infer_of(cls, name)
    default = row[2] if len(row) > 2 else REQUIRED
    if infer is not None and not infer.unless:
        default = REQUIRED  # what the input has is right, whatever torch would take
    since = SINCE.get(f"{cls}.{name}") or SINCE.get(f"{stem_of(cls)}.{name}", "")
    kind = type_of(word, axes_of(cls), note)
    if isinstance(kind, Size) and stem_of(cls).endswith("Pad"):
        kind = replace(kind, sides=_SIDES[: kind.axes])
    return Param(
        name, kind, default, note.start, infer,
        word.endswith("?") and f"{cls}.{name}" not in NEVER_EMPTY,
        note.help, note.unit, in_call, since, note.title,
    )  # fmt: skip


def imports_of(params: tuple[Param, ...]) -> tuple[str, ...]:
    """The imports that a class needs with these params."""
    has_weights = any(isinstance(param.type, Weights) for param in params)
    return ("import torch", "from torch import nn") if has_weights else ("from torch import nn",)


def since_of(cls: str) -> str:
    """The version of torch that has the class."""
    return SINCE.get(cls, OLDEST_TORCH)
