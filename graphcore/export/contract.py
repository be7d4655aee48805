"""The input contract: what must be fed to an exported model, and what comes out. Torch-free.

The file that is shipped holds the model alone; whoever calls it scales the values and names the
classes, and finds here how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphcore.analysis.parts import field_of_input
from graphcore.analysis.result import Analysis, Term, Value
from graphcore.project.data import DataChoice, Field
from graphcore.project.project import Project
from graphcore.types import Dim, ListOf, Record, Tensor, Type

LAYOUTS: Mapping[int, str] = {3: "CHW", 4: "CDHW"}
_SAID_BY_LOSS: Mapping[str, tuple[str, str]] = {
    "loss.CrossEntropyLoss": ("scores", "Softmax over axis 1 gives probabilities."),
    "loss.NLLLoss": ("log-probabilities", "The exponential gives probabilities."),
    "loss.BCEWithLogitsLoss": ("scores", "The sigmoid gives probabilities."),
    "loss.BCELoss": ("probabilities", ""),
}


@dataclass(frozen=True, slots=True)
class Scaling:
    """From a raw value to what the model sees: `(raw - offset) / scale`.

    One number each, or one a channel or column.
    """

    method: str
    offset: tuple[float, ...]
    scale: tuple[float, ...]

    @property
    def formula(self) -> str:
        """The same as a person writes it, with the numbers where they are few."""
        if len(self.offset) > 1 or len(self.scale) > 1:
            return "(raw - offset) / scale, one offset and scale a channel or column"
        return f"(raw - {self.offset[0]:g}) / {self.scale[0]:g}"

    @property
    def inverse(self) -> str:
        """The way back, from what the model gives."""
        if len(self.offset) > 1 or len(self.scale) > 1:
            return "value * scale + offset, one scale and offset a channel or column,"
        return f"value * {self.scale[0]:g} + {self.offset[0]:g}"


@dataclass(frozen=True, slots=True)
class Input:
    """An argument of the exported model.

    `dims` has the batch `B` in front; `low` and `high` bound the raw values of `field`.
    `scaling` is None where raw values go in as they are. `computed_by` names the nodes of the
    drawing that make this input and are not in the exported file.
    """

    name: str
    dtype: str
    dims: tuple[Dim, ...]
    layout: str = ""
    field: str = ""
    low: float | None = None
    high: float | None = None
    classes: int | None = None
    vocabulary_size: int | None = None
    padding: int | None = None
    scaling: Scaling | None = None
    computed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """A result of the exported model.

    `meaning` is what its numbers are and `advice` what to do with them; `class_names[i]` is the
    class of index i along axis 1. Where the model learned to give a scaled field, `scaling` is
    that field's: `raw = value * scale + offset`.
    """

    name: str
    dtype: str
    dims: tuple[Dim, ...]
    meaning: str = "values"
    advice: str = ""
    field: str = ""
    class_names: tuple[str, ...] = ()
    scaling: Scaling | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """Inputs in the order of the arguments, outputs in the order of the results."""

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]


def contract_of(project: Project, analysis: Analysis) -> Contract:
    """The contract of a project's model. Every input and output must have a type by now."""
    parts = analysis.parts
    return Contract(
        tuple(_input(project, analysis, name) for name in parts.inputs),
        tuple(_output(project, analysis, name, v) for name, v in parts.outputs.items()),
    )


def scaling_of(field: Field, data: DataChoice) -> Scaling | None:
    """How a field's raw values are scaled; None where they go in as they are."""
    match data.normalize.get(field.name, "none"):
        case "unit" if field.low is not None and field.high is not None:
            return Scaling("unit", (field.low,), (_not_zero(field.high - field.low),))
        case "standard" if field.mean and field.std:
            return Scaling("standard", field.mean, tuple(map(_not_zero, field.std)))
    return None


def _not_zero(scale: float) -> float:
    """What is constant is left as it is rather than divided by nothing, as in training."""
    return scale if scale > 0 else 1.0


def _input(project: Project, analysis: Analysis, name: str) -> Input:
    value = analysis.parts.inputs[name]
    dtype, dims = _spelled(_type_of(analysis, value))
    source = field_of_input(project, analysis.parts, name)
    field = project.data.field(source) if source else None
    if field is None:
        return Input(name, dtype, dims, computed_by=_computed_by(project, analysis, value))
    return Input(
        name, dtype, dims, _layout(field, dims), field.name, field.low, field.high, field.classes,
        field.vocabulary_size, field.padding, scaling_of(field, project.data),
    )  # fmt: skip


def _computed_by(project: Project, analysis: Analysis, value: Value) -> tuple[str, ...]:
    before = project.graph.ancestors([value.node])
    kept = [node for node in analysis.parts.preprocessing if node in before]
    return tuple(project.graph.nodes[node].name for node in kept)


def _layout(field: Field, dims: tuple[Dim, ...]) -> str:
    """The letters of a picture's axes; a vector's columns and a sequence need none."""
    return LAYOUTS.get(len(dims) - 1, "") if field.vocabulary_size is None else ""


def _output(project: Project, analysis: Analysis, name: str, value: Value) -> Output:
    dtype, dims = _spelled(_type_of(analysis, value))
    term = next((t for t in analysis.parts.terms if t.prediction == value), None)
    if term is None:
        return Output(name, dtype, dims)
    meaning, advice = _SAID_BY_LOSS.get(term.kind, ("values", ""))
    field = target_field(project, term)
    if field is None:
        return Output(name, dtype, dims, meaning, advice)
    scaling = scaling_of(field, project.data)
    if scaling is not None and meaning == "values":
        advice = f"{scaling.inverse} gives raw values of “{field.name}”."
    return Output(
        name, dtype, dims, meaning, advice, field.name, field.class_names, scaling
    )  # fmt: skip


def target_field(project: Project, term: Term) -> Field | None:
    """The one Dataset field that a term compares with; None where it is none or several."""
    if term.target is None:
        return None
    graph, into = project.graph, project.graph.wires_by_target()
    if project.kind(graph.nodes[term.target.node].kind).role == "dataset":
        return project.data.field(term.target.port)
    before = graph.ancestors([term.target.node])
    wires = [wire for node in before for wire in into.get(node, ())]
    names = {w.output for w in wires if project.kind(graph.nodes[w.source].kind).role == "dataset"}
    return project.data.field(names.pop()) if len(names) == 1 else None


def _type_of(analysis: Analysis, value: Value) -> Type:
    facts = analysis.of(value.node)
    assert facts is not None
    return facts.outputs[value.port]


def _spelled(kind: Type) -> tuple[str, tuple[Dim, ...]]:
    match kind:
        case Tensor(dims, dtype):
            return dtype, dims
        case ListOf(item):
            dtype, dims = _spelled(item)
            return f"list of {dtype}", dims
        case Record():
            return str(kind), ()


def shown(dims: Iterable[Dim]) -> str:
    """Dims in a sentence: `[B, 1, 8, 8]`."""
    return f"[{', '.join(map(str, dims))}]"
