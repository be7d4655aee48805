"""What the numbers in one value are like, in a few numbers. Torch is not imported."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of one tensor; `zeros` and `nans` are shares of its numbers, the rest leaves NaN out."""

    shape: tuple[int, ...]
    dtype: str
    low: float
    high: float
    mean: float
    spread: float
    zeros: float
    nans: float


def statistics_of(tensor: Any) -> Statistics | None:
    """The statistics of a tensor; None for one without numbers."""
    count = tensor.numel()
    if not count or tensor.is_complex():
        return None
    every = tensor.detach().double()
    values = every[~every.isnan()]
    low, high, mean, spread = _of_numbers(values) if values.numel() else (math.nan,) * 4
    zeros, nans = int((values == 0).sum()) / count, 1 - values.numel() / count
    dtype = str(tensor.dtype).removeprefix("torch.")
    return Statistics(tuple(tensor.shape), dtype, low, high, mean, spread, zeros, nans)


def _of_numbers(values: Any) -> tuple[float, float, float, float]:
    spread = float(values.std(correction=0))
    return float(values.min()), float(values.max()), float(values.mean()), spread
