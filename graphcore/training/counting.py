"""Losses that are a mean over the targets that count, not over samples.

Torch's losses for classes leave out `ignore_index` and weigh classes: the mean of such means is not
the mean of the whole. A target that comes from the data is counted before the first batch of a step
is computed, so that each batch gets the part of the step that its targets are; an epoch's mean
weighs steps and batches by the same counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from graphcore.analysis.parts import argument_name
from graphcore.analysis.result import Analysis, Term, Value
from graphcore.project.plan import Plan
from graphcore.project.project import Project
from graphcore.training.company import ALONE, Company
from graphcore.training.feeding import Batch
from graphcore.training.launching import is_in_company
from graphcore.training.measuring.kinds import wide
from graphcore.types import Tensor as TensorType

_OF_CLASSES = ("loss.CrossEntropyLoss", "loss.NLLLoss", "loss.LinearCrossEntropyLoss")
_AS_THEY_ARE = frozenset(
    f"ops.{name}" for name in ("flatten", "unflatten", "reshape", "transpose", "permute", "movedim",
                               "squeeze", "unsqueeze", "to", "clone", "detach")
) | {"nn.Flatten", "nn.Unflatten"}  # fmt: skip
"""What moves targets and leaves out none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A batch of a step: which part of the step it is, by its samples.

    `counted` is the part that it is by its targets, for terms that are a mean over these.
    """

    batch: Batch
    share: float = 1.0
    counted: Mapping[str, Tensor] = field(default_factory=dict)

    def part(self, term: str, value: Tensor, *, is_sum: bool) -> Tensor:
        """What a term of this batch adds to the term of the step."""
        if term in self.counted:
            # A mean over nothing is no number.
            part = self.counted[term].to(value.dtype)
            return torch.where(part > 0, value, 0.0) * part
        return value * (float(self.share > 0) if is_sum else self.share)


class Counts:
    """Counts the targets of batches; `targets` is what `counted_targets` found."""

    def __init__(
        self, objective: nn.Module, targets: Mapping[str, str | None], company: Company = ALONE
    ) -> None:
        self._company = company
        self._losses = {
            term: (getattr(objective, term), key) for term, key in targets.items() if key
        }

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms whose targets are counted."""
        return tuple(self._losses)

    def of(self, batch: Batch) -> list[Tensor]:
        """What the targets of a batch weigh, for each of the terms."""
        return [_weight(loss, batch[key]) for loss, key in self._losses.values()]

    def pieces(
        self, batches: Sequence[Batch], shares: Sequence[float]
    ) -> tuple[list[Piece], list[Tensor]]:
        """The batches of a step with their parts of it, and what the targets of the step weigh.

        The step is that of all processes together.
        """
        given = list(zip(batches, shares, strict=True))
        if not self._losses or (len(given) == 1 and self._company.size == 1):
            return [Piece(batch, share) for batch, share in given], self.of(batches[0])
        counts = torch.stack([torch.stack(self.of(batch)) * (share > 0) for batch, share in given])
        whole = self._company.summed(counts.sum(0))
        found = [
            Piece(batch, share, dict(zip(self._losses, row.unbind(), strict=True)))
            for (batch, share), row in zip(given, counts / whole, strict=True)
        ]
        return found, list(whole.unbind())


def _weight(loss: nn.Module, target: Tensor) -> Tensor:
    """What torch divides by where it takes the mean over these targets."""
    ignored = loss.ignore_index
    counts = torch.ones_like(target, dtype=torch.bool) if ignored is None else target != ignored
    if loss.weight is None:
        return counts.sum(dtype=wide(target))
    weights: Tensor = loss.weight  # type: ignore[assignment]
    classes = target.long().clamp(0, len(weights) - 1)
    return (weights[classes] * counts).sum(dtype=wide(target))


def counted_targets(project: Project, analysis: Analysis) -> dict[str, str | None]:
    """For each term that is a mean over the targets that count: the argument that holds them.

    None where they are computed, and not known before the model has answered.
    """
    return {
        term.name: _argument(project, analysis, term.target)
        for term in analysis.parts.terms
        if term.target is not None and _may_leave_out(project, analysis, term, term.target)
    }


def uncounted(plan: Plan, targets: Mapping[str, str | None]) -> tuple[str, ...]:
    """What to say of the terms whose steps of several batches are not quite one large batch."""
    names = " and ".join(f"“{term}”" for term, argument in targets.items() if argument is None)
    if not names or not (plan.accumulate > 1 or is_in_company()):
        return ()
    return (
        f"The targets of {names} are computed, so that nobody knows before how many of them count: "
        "the batches of a step weigh as much as they have samples, and the loss is not quite that "
        "of one large batch.",
    )


def _may_leave_out(project: Project, analysis: Analysis, term: Term, target: Value) -> bool:
    facts = analysis.of(term.node)
    kind = analysis.of(target.node)
    wanted = kind.outputs.get(target.port) if kind else None
    if term.kind not in _OF_CLASSES or facts is None or not isinstance(wanted, TensorType):
        return False
    params = facts.params
    if params.get("reduction", "mean") != "mean" or "int" not in wanted.dtype:
        return False
    return params.get("weight") is not None or _may_hold(
        project, target, params.get("ignore_index", -100)
    )


def _may_hold(project: Project, target: Value, ignored: object) -> bool:
    """Whether some target may be the one that is left out, as far as the data's facts tell."""
    node = project.graph.nodes[target.node]
    known = {item.name: item for item in project.data.fields}
    if project.kind(node.kind).role != "dataset" or target.port not in known:
        return ignored != -100
    item = known[target.port]
    low, high = (0, item.classes - 1) if item.classes else (item.low, item.high)
    return low is None or high is None or (isinstance(ignored, int) and low <= ignored <= high)


def _argument(project: Project, analysis: Analysis, value: Value) -> str | None:
    """The objective's argument that holds the very numbers of this value."""
    parts, node = analysis.parts, project.graph.nodes[value.node]
    for name, known in parts.inputs.items():
        if known == value:
            return name
    role = project.kind(node.kind).role
    if role == "dataset":
        return argument_name(project, value.port) if value.port in parts.fields else None
    ports = [port.name for port in project.ports(node)[0]]
    wire = project.graph.wire_into(node.id, ports[0]) if ports else None
    if wire is None or not (role == "input" or (node.kind in _AS_THEY_ARE and len(ports) == 1)):
        return None
    return _argument(project, analysis, Value(wire.source, wire.output))
