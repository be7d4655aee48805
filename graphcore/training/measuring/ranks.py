"""The area under the ROC curve: how surely a true one is ranked above a false one."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from graphcore.training.measuring.classes import true_classes
from graphcore.training.measuring.kinds import Whole


def area(scores: Tensor, is_true: Tensor) -> float:
    """The area under the ROC curve of one class, ties counted half; NaN where all are alike.

    `scores` [N] of any size, `is_true` [N].
    """
    positives = int(is_true.sum())
    negatives = len(is_true) - positives
    if not positives or not negatives:
        return math.nan
    _, place, size = torch.unique(scores, return_inverse=True, return_counts=True)
    # Equal scores share the middle of the ranks that they take up together.
    ranks = size.cumsum(0).double() - (size.double() - 1) / 2
    above = ranks[place][is_true].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


def area_of_classes(ignored: int, *, are_logs: bool) -> Whole:
    """The mean over classes of each against the rest; scores [N, C], of which shares are made."""

    def value(scores: Tensor, target: Tensor) -> Tensor:
        true = true_classes(scores, target)
        counted = true != ignored
        # Logarithms of shares have their order; other scores are no ranking between samples.
        shares = scores[counted] if are_logs else scores[counted].softmax(1)
        true = true[counted]
        return _mean([area(column, true == at) for at, column in enumerate(shares.T)])

    return Whole(value)


def area_of_labels(scores: Tensor, target: Tensor) -> Tensor:
    """The mean over labels [N, K], or of the one [N]."""
    columns = zip(scores.flatten(1).T if scores.ndim > 1 else [scores],
                  target.reshape(len(scores), -1).T, strict=True)  # fmt: skip
    return _mean([area(values, true > 0.5) for values, true in columns])


def _mean(areas: list[float]) -> Tensor:
    """Over the classes that have an area: one that never or always occurs has none."""
    known = [one for one in areas if not math.isnan(one)]
    return torch.tensor(sum(known) / len(known) if known else math.nan, dtype=torch.float64)
