"""Which metrics fit the losses of a drawing, and which of them a run measures. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graphcore.analysis.result import Analysis, Term, Value
from graphcore.project.data import Field
from graphcore.project.project import Project
from graphcore.training.metric_table import METRICS, MetricPart, Task
from graphcore.types import Dim, Tensor

_ONE_OF = ("loss.CrossEntropyLoss", "loss.NLLLoss", "loss.MultiMarginLoss")
_YES_NO = (
    "loss.BCEWithLogitsLoss", "loss.BCELoss", "loss.SoftMarginLoss", "loss.MultiLabelSoftMarginLoss"
)  # fmt: skip
_AMOUNTS = ("loss.MSELoss", "loss.L1Loss", "loss.SmoothL1Loss", "loss.HuberLoss")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A prediction beside its target, as a loss of the drawing compares them.

    `scores` says what the model gives: logarithms of shares, shares in 0 … 1, or scores of any
    size. `ignored` is the class that doesn't count (negative: none). `span` is the distance
    between the target's lowest and highest value, 0 where it isn't known. Where `plain_weight`
    is above 0, the term's value is so many times the mean surprise of the true class.
    """

    term: Term
    task: Task
    scores: Literal["any", "logs", "shares"] = "any"
    classes: int = 0
    ignored: int = -100
    span: float = 0.0
    plain_weight: float = 0.0
    output: str = ""

    @property
    def fitting(self) -> tuple[MetricPart, ...]:
        """The metrics that there are for it."""
        return tuple(part for part in METRICS.values() if self._takes(part))

    def _takes(self, part: MetricPart) -> bool:
        if self.task not in part.tasks or (part.name == "psnr" and not self.span):
            return False
        if part.name == "perplexity" and self.term.kind == "loss.MultiMarginLoss":
            return False
        return not self.classes or self.classes > part.more_classes_than


@dataclass(frozen=True, slots=True)
class Choice:
    """A metric of a run: the name of its series, what it is, and what it compares."""

    name: str
    part: MetricPart
    of: Comparison


def comparisons(project: Project, analysis: Analysis) -> tuple[Comparison, ...]:
    """What the losses compare that metrics know, in the order of the terms.

    The analysis may be older than the project: what is not drawn any more is passed over.
    """
    found = (_comparison(project, analysis, term) for term in analysis.parts.terms)
    return tuple(item for item in found if item is not None)


def fitting(project: Project, analysis: Analysis) -> tuple[MetricPart, ...]:
    """The metrics that fit at least one loss of the drawing, in the table's order."""
    names = {part.name for item in comparisons(project, analysis) for part in item.fitting}
    return tuple(part for part in METRICS.values() if part.name in names)


def chosen_metrics(project: Project, analysis: Analysis) -> tuple[Choice, ...]:
    """What a run measures: what the plan's `metrics` name, else what is measured by default.

    The first loss that a metric fits has it under its plain name, such as `accuracy`; others
    have the name of the output behind it, `accuracy.head2`.
    """
    return tuple(_named(project.plan.metrics, comparisons(project, analysis)))


def _named(wanted: tuple[str, ...], found: tuple[Comparison, ...]) -> Iterator[Choice]:
    taken: set[str] = set()
    for of in found:
        for part in of.fitting:
            if part.name not in wanted and (wanted or of.task not in part.by_default):
                continue
            spelled = (part.name, f"{part.name}.{of.output}", f"{part.name}.{of.term.name}")
            name = next(name for name in spelled if name not in taken)
            taken.add(name)
            yield Choice(name, part, of)


def _comparison(project: Project, analysis: Analysis, term: Term) -> Comparison | None:
    facts = analysis.of(term.node)
    kind = _type(analysis, term.prediction)
    task = _task(term.kind, kind.dims) if kind else None
    if kind is None or task is None or term.target is None:
        return None
    if not {term.prediction.node, term.target.node} <= project.graph.nodes.keys():
        return None
    outputs = {value: name for name, value in analysis.parts.outputs.items()}
    output = outputs.get(term.prediction) or project.graph.nodes[term.prediction.node].name
    params = facts.params if facts else {}
    if term.kind in _AMOUNTS:
        return Comparison(term, task, span=_span(project, term.target), output=output)
    ignored = params.get("ignore_index", -100)
    size = kind.dims[1] if len(kind.dims) > 1 else 0
    return Comparison(
        term, task, _SCORES.get(term.kind, "any"),
        size if isinstance(size, int) and term.kind in _ONE_OF else 0,
        ignored if isinstance(ignored, int) else -100,
        plain_weight=term.weight if _is_plain(term.kind, params) else 0.0, output=output,
    )  # fmt: skip


_SCORES: dict[str, Literal["logs", "shares"]] = {"loss.NLLLoss": "logs", "loss.BCELoss": "shares"}


def _is_plain(loss: str, params: Mapping[str, object]) -> bool:
    """Whether the loss is the mean surprise of the true class, and nothing else."""
    if loss not in ("loss.CrossEntropyLoss", "loss.NLLLoss"):
        return False
    others = params.get("reduction", "mean"), params.get("label_smoothing", 0.0)
    return others == ("mean", 0.0) and params.get("weight") is None


def _task(loss: str, dims: tuple[Dim, ...]) -> Task | None:
    """What a loss compares by the size of its prediction; None where no metric is known."""
    rank = len(dims)
    if loss in _ONE_OF and rank >= 2:
        # A batch whose positions were laid end to end is not counted by B alone.
        is_flat = rank == 2 and str(dims[0]) == "B"
        return "classes" if is_flat else "tokens" if rank < 4 else "pixels"
    if loss in _YES_NO and rank:
        return "binary" if dims[1:] in ((), (1,)) else "labels" if rank == 2 else "mask"
    if loss in _AMOUNTS:
        return "picture" if rank == 4 else "numbers"
    return None


def _type(analysis: Analysis, value: Value) -> Tensor | None:
    facts = analysis.of(value.node)
    found = facts.outputs.get(value.port) if facts else None
    return found if isinstance(found, Tensor) else None


def target_field(project: Project, target: Value) -> Field | None:
    """The field of the data that a value is, straight or through an Input."""
    node = project.graph.nodes[target.node]
    if project.kind(node.kind).role == "dataset":
        return project.data.field(target.port)
    wire = project.graph.wire_into(target.node, "field")
    return project.data.field(wire.output) if wire else None


def _span(project: Project, target: Value) -> float:
    """How far a target's lowest and highest value are apart as the model sees them."""
    field = target_field(project, target)
    if field is None or field.low is None or field.high is None:
        return 0.0
    match project.data.normalize.get(field.name, "none"):
        case "unit":
            return 1.0
        case "standard" if field.std:
            return (field.high - field.low) / field.std[0] if len(field.std) == 1 else 0.0
    return field.high - field.low
