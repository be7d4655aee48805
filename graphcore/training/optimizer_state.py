"""What an optimizer remembers of a param, as tensors by name: LBFGS keeps lists and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

_NUMBERS = {"float": float, "int": int}


def flattened(state: Mapping[str, object]) -> dict[str, Tensor]:
    """Every value as a tensor: `d` as it is, a number as `t#float`, items as `old_dirs[0]`."""
    return {name: tensor for key, value in state.items() for name, tensor in _flat(key, value)}


def _flat(key: str, value: object) -> Iterator[tuple[str, Tensor]]:
    match value:
        case Tensor():
            yield key, value
        case int() | float():
            kind = torch.int64 if isinstance(value, int) else torch.float64
            yield f"{key}#{type(value).__name__}", torch.tensor(value, dtype=kind)
        case list():
            yield f"{key}[]", torch.tensor(len(value))
            for place, item in enumerate(value):
                yield from _flat(f"{key}[{place}]", item)


def gathered(flat: Mapping[str, Tensor]) -> dict[str, Any]:
    """What `flattened` took apart."""
    found: dict[str, Any] = {}
    for name, length in flat.items():
        if name.endswith("[]"):
            found[name[:-2]] = [None] * int(length)
    for name, tensor in flat.items():
        if match := re.fullmatch(r"(.+)\[(\d+)\]", name.partition("#")[0]):
            found[match[1]][int(match[2])] = _value(name, tensor)
        elif not name.endswith("[]"):
            found[name.partition("#")[0]] = _value(name, tensor)
    return found


def _value(name: str, tensor: Tensor) -> object:
    kind = name.partition("#")[2]
    return _NUMBERS[kind](tensor.item()) if kind else tensor
