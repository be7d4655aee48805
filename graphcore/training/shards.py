"""Tensors of which each process holds a part: put together to be saved, divided to go on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor


def is_divided(value: Tensor) -> bool:
    """Whether each process holds but a part of it."""
    return hasattr(value, "full_tensor")


def whole(value: Tensor) -> Tensor:
    """All of a tensor; where it is divided, every process has to ask at the same time."""
    divided: Any = value
    return divided.full_tensor() if hasattr(value, "full_tensor") else value


def own_part(value: Tensor) -> Tensor:
    """The part of a tensor that this process holds: all of it, unless it is divided."""
    divided: Any = value
    return divided.to_local() if hasattr(value, "to_local") else value


def put(target: Tensor, values: Tensor) -> Tensor:
    """`target` with these values, of which each process takes its part where it is divided."""
    divided: Any = target
    if hasattr(target, "full_tensor"):
        from torch.distributed.tensor import distribute_tensor

        values = distribute_tensor(
            values.to(divided.device), divided.device_mesh, divided.placements
        )
    return target.copy_(values)


def divided_like(values: Mapping[str, Tensor], known: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The values, divided where those known by the same name are."""
    return {
        name: put(known[name].detach().clone(), value)
        if name in known and hasattr(known[name], "full_tensor")
        else value
        for name, value in values.items()
    }
