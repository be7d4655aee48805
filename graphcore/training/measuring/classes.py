"""Metrics of one class out of several: of a sample, a token or a pixel.

Scores are [B, C, …], targets [B, …] of class numbers, or [B, C, …] where they hold probabilities.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

from graphcore.training.measuring.kinds import Mean, Measure, Sums, count_of, wide


def accuracy(scores: Tensor, target: Tensor) -> Tensor:
    """Share of places where the highest score is the true class."""
    return (scores.argmax(1) == true_classes(scores, target)).mean(dtype=torch.float32)


def top(count: int) -> Mean:
    """Share of places where the true class is among those with the highest scores."""

    def measure(scores: Tensor, target: Tensor) -> Tensor:
        return _among(scores, target, count).mean(dtype=torch.float32)

    return measure


def top_without(count: int, ignored: int) -> Sums:
    """`top` over the places whose target is not the ignored class."""

    def gather(scores: Tensor, target: Tensor) -> Tensor:
        if target.is_floating_point():
            hits = _among(scores, target, count)
            return torch.stack([hits.sum(dtype=wide(hits)), count_of(hits)])
        counted = target != ignored
        hits = _among(scores, target.clamp(0, scores.shape[1] - 1), count) & counted
        return torch.stack([hits.sum(), counted.sum()]).to(wide(hits))

    return Sums(gather, share, each_step=True)


def share(sums: Tensor) -> Tensor:
    """The first of two sums as a share of the second."""
    return sums[0] / sums[1].clamp(min=1)


@cache
def counts(ignored: int) -> Callable[[Tensor, Tensor], Tensor]:
    """Of each class how many were found, said and true: whole numbers [3, C].

    The same function each time, so that metrics which share it gather once.
    """

    def gather(scores: Tensor, target: Tensor) -> Tensor:
        classes = scores.shape[1]
        said, true = scores.argmax(1).flatten(), true_classes(scores, target).flatten()
        counted = torch.ones_like(true)
        if ignored >= 0:
            counted = (true != ignored).long()
            true = true.clamp(0, classes - 1)
        # Three rows in one, so that one kernel counts them.
        index = torch.cat([said, said + classes, true + 2 * classes])
        found = torch.zeros(3 * classes, dtype=torch.int64, device=scores.device)
        found.index_add_(0, index, torch.cat([(said == true) * counted, counted, counted]))
        return found.view(3, classes)

    return gather


def perplexity(ignored: int, *, are_logs: bool) -> Sums:
    """The exponential of the mean surprise of the true class."""

    def gather(scores: Tensor, target: Tensor) -> Tensor:
        logs = scores if are_logs else scores.float().log_softmax(1)
        if target.is_floating_point():
            places = count_of(logs) / scores.shape[1]
            return torch.stack([-(logs * target).sum(dtype=wide(logs)), places])
        surprise = functional.nll_loss(logs, target, ignore_index=ignored, reduction="sum")
        return torch.stack([surprise.to(wide(logs)), (target != ignored).sum().to(wide(logs))])

    return Sums(gather, exponential, each_step=True)


def perplexity_of_loss(weight: float, ignored: int) -> Sums:
    """`perplexity` where the loss is so many times the mean surprise and at hand already."""

    def gather(loss: Tensor, target: Tensor) -> Tensor:
        if ignored >= 0:
            places = (target != ignored).sum().to(wide(loss))
            loss = torch.where(places > 0, loss, 0)
        else:
            places = count_of(target)
        return torch.stack([loss.to(wide(loss)) / weight * places, places])

    return Sums(gather, exponential, each_step=True)


def exponential(sums: Tensor) -> Tensor:
    """e to the power of the first of two sums over the second."""
    return share(sums).exp()


def true_classes(scores: Tensor, target: Tensor) -> Tensor:
    """The number of the true class at each place."""
    is_shares = target.is_floating_point() and target.shape == scores.shape
    return target.argmax(1) if is_shares else target


def by_class(metric: str, gather: Callable[[Tensor, Tensor], Tensor]) -> Measure:
    """A metric of what was found, said and true of each class."""
    return Sums(gather, _FORMULAS[metric])


def _among(scores: Tensor, target: Tensor, count: int) -> Tensor:
    true = true_classes(scores, target)
    if count == 1:
        return scores.argmax(1) == true
    return (scores.topk(count, 1).indices == true.unsqueeze(1)).any(1)


def _macro(of: Callable[[Tensor, Tensor, Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """The mean over the classes that occur: one that neither is nor is said has no say."""

    def value(sums: Tensor) -> Tensor:
        found, said, true = sums.cpu().double().unbind()
        occurs = (said + true) > 0
        return (of(found, said, true) * occurs).sum() / occurs.sum().clamp(min=1)

    return value


def _micro(sums: Tensor) -> Tensor:
    found, said, true = sums.sum(1).cpu().double().unbind()
    return 2 * found / (said + true).clamp(min=1)


_FORMULAS: dict[str, Callable[[Tensor], Tensor]] = {
    "precision": _macro(lambda found, said, _: found / said.clamp(min=1)),
    "recall": _macro(lambda found, _, true: found / true.clamp(min=1)),
    "f1": _macro(lambda found, said, true: 2 * found / (said + true).clamp(min=1)),
    "f1_micro": _micro,
    "iou": _macro(lambda found, said, true: found / (said + true - found).clamp(min=1)),
    "dice": _macro(lambda found, said, true: 2 * found / (said + true).clamp(min=1)),
}
