"""The three ways in which a metric comes together over an epoch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

Mean = Callable[[Tensor, Tensor], Tensor]
"""A metric that is a mean over samples: its value for a batch, float32, on the device."""


@dataclass(frozen=True, slots=True)
class Sums:
    """A metric that is a formula of sums, which are added up on the device.

    `gather` sums a batch up, `value` is the formula, of one batch or of all. `each_step` says
    whether the value of a batch alone means anything.
    """

    gather: Callable[[Tensor, Tensor], Tensor]
    value: Callable[[Tensor], Tensor]
    each_step: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A metric that needs every prediction [N, …] and target [N, …] of the epoch at once."""

    value: Callable[[Tensor, Tensor], Tensor]


Measure = Mean | Sums | Whole


def wide(values: Tensor) -> torch.dtype:
    """The float that sums of so many are kept in: double, except where there is none."""
    return torch.float32 if values.device.type == "mps" else torch.float64


def count_of(values: Tensor) -> Tensor:
    """How many numbers these are, as a double beside them."""
    return torch.full((), values.numel(), dtype=wide(values), device=values.device)
