"""Metrics of yes or no: of a sample [B] or [B, 1], of its labels [B, K], of pixels [B, 1, H, W]."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import torch
from torch import Tensor

from graphcore.training.measuring.kinds import Mean


def accuracy(middle: float) -> Mean:
    """Share of places where a score above the middle stands for a target above one half."""

    def measure(scores: Tensor, target: Tensor) -> Tensor:
        return ((scores > middle) == (target > 0.5)).mean(dtype=torch.float32)

    return measure


@cache
def counts(middle: float, *, by_label: bool) -> Callable[[Tensor, Tensor], Tensor]:
    """How many yes were found, said and true: whole numbers [3, labels], one where all are one."""

    def gather(scores: Tensor, target: Tensor) -> Tensor:
        said, true = scores > middle, target.reshape(scores.shape) > 0.5
        rows = torch.stack([said & true, said, true])
        return rows.sum(1) if by_label else rows.flatten(1).sum(1, keepdim=True)

    return gather
