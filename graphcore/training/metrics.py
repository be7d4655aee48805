"""What is measured beside the loss, on tensors.

A metric reads its prediction and target from what the objective returned (taps) or from the
batch, and gives their mean over the batch as one number that stays on the device.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from graphcore.errors import UserError
from graphcore.project.plan import Plan

Measure = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of a run: the keys of its prediction and target, and how they are compared."""

    name: str
    prediction: str
    target: str
    measure: Measure

    def of(self, results: Mapping[str, Tensor], batch: Mapping[str, Tensor]) -> Tensor:
        """The metric of one batch, a float32 scalar without history."""
        return self.measure(
            _value(self.prediction, results, batch), _value(self.target, results, batch)
        )


def _value(key: str, results: Mapping[str, Tensor], batch: Mapping[str, Tensor]) -> Tensor:
    return (results[key] if key in results else batch[key]).detach()


@dataclass(frozen=True, slots=True)
class Measures:
    """Every value of a step: losses of the objectives, each term where there are several, metrics.

    `objectives` are the terms of each objective of the plan, which come weighted; `terms` those
    that are told beside the losses (none where there is one alone). `names` are the series of the
    values: the first objective's loss is `loss`.
    """

    objectives: Mapping[str, tuple[str, ...]]
    metrics: tuple[Metric, ...] = ()

    terms: tuple[str, ...] = field(init=False)
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = tuple(term for terms in self.objectives.values() for term in terms)
        terms = found if len(found) > 1 else ()
        others = tuple(f"objective.{name}" for name in list(self.objectives)[1:])
        metrics = tuple(metric.name for metric in self.metrics)
        names = ("loss", *others, *(f"loss.{term}" for term in terms), *metrics)
        # Once, and not in each step.
        object.__setattr__(self, "terms", terms)
        object.__setattr__(self, "names", names)

    def losses(self, results: Mapping[str, Tensor]) -> list[Tensor]:
        """The sum of each objective's terms, with its history."""
        found = []
        for terms in self.objectives.values():
            total = results[terms[0]]
            for term in terms[1:]:
                total = total + results[term]
            found.append(total)
        return found

    def scalars(
        self, losses: Sequence[Tensor], results: Mapping[str, Tensor], batch: Mapping[str, Tensor]
    ) -> list[Tensor]:
        """The values that `names` names, on their device and without history."""
        found = [loss.detach() for loss in losses]
        if self.terms:
            found += [results[term].detach() for term in self.terms]
        for metric in self.metrics:
            found.append(metric.of(results, batch))
        return found


def make_measures(plan: Plan, terms: Mapping[str, str], metrics: Sequence[Metric] = ()) -> Measures:
    """What a run with these terms measures; `terms` says which objective each is of.

    Raises UserError where an objective has no term, or a term no objective.
    """
    objectives = {
        item.name: tuple(term for term, name in terms.items() if name == item.name)
        for item in plan.objectives
    }
    for term, name in terms.items():
        if name not in objectives:
            raise UserError(
                f"The loss “{term}” belongs to the objective “{name}”, which the plan hasn't.",
                "Add it to the plan or choose another.",
            )
    for name, own in objectives.items():
        if not own:
            raise UserError(
                f"No loss belongs to the objective “{name}”.",
                "Add a loss, or take the objective out of the plan.",
            )
    return Measures(objectives, tuple(metrics))


def accuracy(scores: Tensor, target: Tensor) -> Tensor:
    """Share of places where the highest score is the true class.

    `scores` [B, C, ...] and `target` [B, ...], or [B, C, ...] where it holds probabilities.
    """
    if target.shape == scores.shape:
        target = target.argmax(1)
    return _share(scores.argmax(1) == target)


def accuracy_without(ignored: int) -> Measure:
    """`accuracy` over the places whose target is not the ignored class."""

    def measure(scores: Tensor, target: Tensor) -> Tensor:
        if target.is_floating_point():
            return accuracy(scores, target)
        counted = target != ignored
        hits = (scores.argmax(1) == target) & counted
        return hits.sum(dtype=torch.float32) / counted.sum().clamp(min=1)

    return measure


def sign_accuracy(scores: Tensor, target: Tensor) -> Tensor:
    """Share of places where a positive score stands for a target of more than one half."""
    return _share((scores > 0) == (target > 0.5))


def half_accuracy(shares: Tensor, target: Tensor) -> Tensor:
    """Share of places where prediction and target lie on the same side of one half."""
    return _share((shares > 0.5) == (target > 0.5))


def mean_absolute_error(prediction: Tensor, target: Tensor) -> Tensor:
    """How far prediction and target are apart on average."""
    return (prediction - target).abs().mean(dtype=torch.float32)


def measure_for(metric: str, loss: str, ignored: int = -100) -> Measure | None:
    """How a metric of METRICS is measured on what a loss compares; None where it can't be."""
    match metric, loss:
        case "accuracy", "loss.CrossEntropyLoss" | "loss.NLLLoss":
            # -100 is torch's default and no class that data can have.
            return accuracy if ignored < 0 else accuracy_without(ignored)
        case "accuracy", "loss.BCEWithLogitsLoss":
            return sign_accuracy
        case "accuracy", "loss.BCELoss":
            return half_accuracy
        case "mae", "loss.MSELoss" | "loss.L1Loss" | "loss.SmoothL1Loss" | "loss.HuberLoss":
            return mean_absolute_error
    return None


def _share(hits: Tensor) -> Tensor:
    return hits.mean(dtype=torch.float32)
