"""What is measured beside the loss, on tensors.

A metric reads its prediction and target from what the objective returned (taps) or from the
batch. What a step measures stays on the device; `totals.py` makes an epoch's values of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from torch import Tensor

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training.measuring.kinds import Measure, Whole


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of a run: the keys of its prediction and target, and how they are compared."""

    name: str
    prediction: str
    target: str
    measure: Measure

    @property
    def each_step(self) -> bool:
        """Whether it has a value for each batch, not for a whole epoch alone."""
        return not isinstance(self.measure, Whole) and getattr(self.measure, "each_step", True)

    def compared(
        self, results: Mapping[str, Tensor], batch: Mapping[str, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Prediction and target of a batch, without history."""
        return _value(self.prediction, results, batch), _value(self.target, results, batch)


def _value(key: str, results: Mapping[str, Tensor], batch: Mapping[str, Tensor]) -> Tensor:
    return (results[key] if key in results else batch[key]).detach()


@dataclass(frozen=True, slots=True)
class Measures:
    """Every value of a step: losses of the objectives, each term where there are several, metrics.

    `objectives` are the terms of each objective of the plan, which come weighted; `terms` those
    that are told beside the losses (none where there is one alone). `names` are the series of the
    values: the first objective's loss is `loss`. `counted` are the terms that are means over the
    targets that count.
    """

    objectives: Mapping[str, tuple[str, ...]]
    metrics: tuple[Metric, ...] = ()
    counted: tuple[str, ...] = ()

    terms: tuple[str, ...] = field(init=False)
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        found = tuple(term for terms in self.objectives.values() for term in terms)
        terms = found if len(found) > 1 else ()
        others = tuple(f"objective.{name}" for name in list(self.objectives)[1:])
        metrics = tuple(metric.name for metric in self.metrics if metric.each_step)
        names = ("loss", *others, *(f"loss.{term}" for term in terms), *metrics)
        # Once, and not in each step.
        object.__setattr__(self, "terms", terms)
        object.__setattr__(self, "names", names)

    @property
    def of_epoch(self) -> tuple[str, ...]:
        """Every value that an epoch has: those of the steps, and what only a whole epoch has."""
        whole = (metric.name for metric in self.metrics if not metric.each_step)
        return (*self.names, *whole)

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
        self, losses: Sequence[Tensor], results: Mapping[str, Tensor], measured: Sequence[Tensor]
    ) -> list[Tensor]:
        """The values that `names` names, without history; `measured` are those of the metrics."""
        found = [loss.detach() for loss in losses]
        if self.terms:
            found += [results[term].detach() for term in self.terms]
        found.extend(measured)
        return found


def make_measures(
    plan: Plan, terms: Mapping[str, str], metrics: Sequence[Metric] = (),
    counted: tuple[str, ...] = (),
) -> Measures:  # fmt: skip
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
    return Measures(objectives, tuple(metrics), counted)
