"""Metrics of numbers: how far prediction and target [B, …] are apart."""

from __future__ import annotations

import torch
from torch import Tensor

from graphcore.training.measuring.kinds import Sums, count_of, wide


def mean_absolute_error(prediction: Tensor, target: Tensor) -> Tensor:
    """How far prediction and target are apart on average."""
    return (prediction - target).abs().mean(dtype=torch.float32)


def squared_error(prediction: Tensor, target: Tensor) -> Tensor:
    """The sum of squared errors, and how many there are."""
    error = (prediction - target).square().sum(dtype=wide(prediction))
    return torch.stack([error, count_of(prediction)])


RMSE = Sums(squared_error, lambda sums: (sums[0] / sums[1].clamp(min=1)).sqrt(), each_step=True)


def psnr(span: float) -> Sums:
    """Decibels of the span of the values over the error."""

    def value(sums: Tensor) -> Tensor:
        return 10 * (span**2 * sums[1] / sums[0]).log10()

    return Sums(squared_error, value, each_step=True)


def spreads(prediction: Tensor, target: Tensor) -> Tensor:
    """Of each column: how many, sum and sum of squares of the target, sum of squared errors [4, K].

    What has more dims than a table is one column.
    """
    target = target.reshape(prediction.shape).to(wide(target))
    if prediction.ndim != 2:
        prediction, target = prediction.reshape(-1, 1), target.reshape(-1, 1)
    count = torch.full_like(target[0], len(target)) if len(target) else target.sum(0)
    errors = (prediction - target).square()
    return torch.stack([count, target.sum(0), target.square().sum(0), errors.sum(0)])


def _explained(sums: Tensor) -> Tensor:
    """R²: one minus error over variance, the mean over columns.

    A column that never changes is explained where it is met exactly, else not at all.
    """
    count, total, squares, errors = sums.cpu().double()
    variance = squares - total.square() / count.clamp(min=1)
    varies = variance > 1e-14 * squares
    explained = 1 - errors / torch.where(varies, variance, 1)
    return torch.where(varies, explained, (errors == 0).double()).mean()


R2 = Sums(spreads, _explained)
