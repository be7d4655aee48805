"""A design made ready for a speed trial: numbers at random for its inputs, losses on its outputs.

All of it is one edit, for a copy that trains once or for a drawing that shall keep it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graphcore.analysis.analyse import analyse
from graphcore.analysis.outside import Outside
from graphcore.analysis.result import Analysis, Value
from graphcore.data.facts import field_name
from graphcore.data.random_numbers import LABEL, RANDOM, random_options
from graphcore.errors import UserError
from graphcore.project.data import DataChoice, Field
from graphcore.project.edits import AddNode, Connect, Edit, Set, Together
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.make import new_node
from graphcore.project.project import Project
from graphcore.training.vocabulary import vocabulary_of
from graphcore.types import Affine, Dim, Tensor, parse_type, symbols

LETTER = 32
"""The size of a dim that is a letter, where nobody says another."""
MOST_DATA = 256 * 2**20
_STEP = 264

Sizes = Mapping[str, tuple[int, ...]]
"""By an Input's or field's name its dims per sample; by a letter its one size."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The edit that makes a project train on numbers at random, and what it puts in, in words."""

    edit: Edit
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Loss:
    """A loss for an output: its kind, the field that it compares with, and how in words."""

    kind: str
    target: Field
    words: str
    moves_classes: bool = False


def make_trial(
    project: Project, samples: int, sizes: Sizes | None = None, seed: int = 0,
    outside: Outside | None = None,
) -> Trial:  # fmt: skip
    """What it takes to train the project on numbers at random.

    Each Input that no field feeds gets a field of its declared type, whole numbers stay within
    the embedding that they reach, and where no loss is drawn each output gets one. Data that was
    chosen gives way to random numbers of the same types. Raises UserError where that can't be.
    """
    return _Making(project.copy(), dict(sizes or {}), samples, seed, outside).trial()


def random_version(
    project: Project, samples: int, sizes: Sizes | None = None
) -> tuple[Project, tuple[str, ...]]:
    """A copy of the project that trains on numbers at random, and what was put in."""
    copy = project.copy()
    trial = make_trial(project, samples, sizes, project.plan.seed)
    trial.edit.apply(copy)
    copy.title = f"{project.title or 'Untitled'}, on numbers at random"
    return copy, trial.added


def samples_for(project: Project, wanted: int, sizes: Sizes | None = None) -> int:
    """As many of the wanted samples as random numbers of a sane size make, one at least."""
    making = _Making(project.copy(), dict(sizes or {}), 1, 0, None)
    fields = [field for field in making.fields().values() if isinstance(field.type, Tensor)]
    each = sum(8 * _volume(field) for field in fields)
    return max(1, min(wanted, MOST_DATA // max(1, each)))


def _volume(field: Field) -> int:
    assert isinstance(field.type, Tensor)
    return math.prod(dim for dim in field.type.dims if isinstance(dim, int))


class _Making:
    """Works on a copy, edit by edit, since what comes later needs the types of what came before."""

    def __init__(
        self, project: Project, sizes: dict[str, tuple[int, ...]], samples: int, seed: int,
        outside: Outside | None,
    ) -> None:  # fmt: skip
        self.project, self.sizes, self.samples, self.seed = project, sizes, samples, seed
        self.outside = outside
        self.inputs = self._inputs()
        self.edits: list[Edit] = []
        self.added: list[str] = []

    def trial(self) -> Trial:
        if not self.project.graph.nodes:
            raise UserError("The drawing is empty.", "Draw something, or begin with a template.")
        fields = self.fields()
        self._refuse_unused_sizes()
        if not fields:
            raise UserError(
                "Nothing says what comes into this drawing.",
                "Put an Input where it begins, and let it declare a type.",
            )
        dataset = self._dataset()
        self._choose(fields)
        for name, node in self.inputs.items():
            self._do(Connect(Wire(dataset, name, node.id, "field")))
        analysis = analyse(self.project, self.outside)
        _refuse_problems(analysis)
        if not analysis.parts.terms:
            self._add_losses(dataset, analysis, fields)
        return Trial(Together(tuple(self.edits)), tuple(self.added))

    def _do(self, edit: Edit) -> None:
        edit.apply(self.project)
        self.edits.append(edit)

    # What comes in

    def fields(self) -> dict[str, Field]:
        """A field for everything that is to be drawn at random: those there are, and the Inputs."""
        known = {field.name: self._sized_field(field) for field in self.project.data.fields}
        if self.inputs:
            analysis = analyse(self.project, self.outside)
            for name, node in self.inputs.items():
                known[name] = self._input_field(name, node, analysis)
                self.added.append(f"random numbers {known[name].type} for “{node.name}”")
        return known

    def _inputs(self) -> dict[str, Node]:
        """The Inputs that no field feeds, by the name of the field that shall."""
        graph, found = self.project.graph, dict[str, Node]()
        taken = {field.name for field in self.project.data.fields}
        for node in graph.ordered():
            if node.kind == "io.Input" and graph.wire_into(node.id, "field") is None:
                name = field_name(f"{node.name}_random", taken)
                taken.add(name)
                found[name] = node
        return found

    def _input_field(self, name: str, node: Node, analysis: Analysis) -> Field:
        declared = parse_type(str(node.params.get("type", "float32[1, 8, 8]")))
        if not isinstance(declared, Tensor):
            raise UserError(f"The Input “{node.name}” takes {declared}, which can't be drawn.",
                            "Let it take one tensor.")  # fmt: skip
        field = Field(name, self._sized(node.name, declared))
        if declared.is_float:
            return field
        return replace(field, vocabulary_size=vocabulary_of(self.project, analysis, node.name))

    def _sized_field(self, field: Field) -> Field:
        if not isinstance(field.type, Tensor):
            raise UserError(f"The field “{field.name}” is {field.type}, which can't be drawn.",
                            "Use tensors of numbers.")  # fmt: skip
        return replace(field, type=self._sized(field.name, field.type))

    def _sized(self, name: str, kind: Tensor) -> Tensor:
        """The type with the dims that were asked for, and a number in place of each letter."""
        dims = self.sizes.get(name, kind.dims)
        if len(dims) != len(kind.dims):
            raise UserError(
                f"“{name}” has {len(kind.dims)} dims ({kind}), not {len(dims)}.",
                f"Give as many sizes as it has, such as {name}="
                f"{','.join(str(_number(d, {})) for d in kind.dims)}.",
            )
        return Tensor(tuple(_number(dim, self.sizes) for dim in dims), kind.dtype)

    def _refuse_unused_sizes(self) -> None:
        kinds = {field.name: field.type for field in self.project.data.fields}
        for node in self.inputs.values():
            kinds[node.name] = parse_type(str(node.params.get("type", "float32[1, 8, 8]")))
        letters = {
            letter for kind in kinds.values() if isinstance(kind, Tensor)
            for dim in kind.dims for letter in symbols(dim)
        }  # fmt: skip
        for name in self.sizes.keys() - kinds.keys() - letters:
            known = ", ".join([*kinds, *sorted(letters)]) or "none"
            raise UserError(f"There is no Input and no size “{name[:40]}”.", f"There are: {known}.")

    def _dataset(self) -> NodeId:
        graph = self.project.graph
        found = next((n.id for n in graph.nodes.values() if n.kind == "data.Dataset"), None)
        if found is not None:
            return found
        node = new_node(self.project, "data.Dataset")
        places = self.project.layout["main"].values()
        corner = (min((x for x, _ in places), default=0) - _STEP,
                  min((y for _, y in places), default=0))  # fmt: skip
        self._do(AddNode(node, corner))
        return node.id

    def _choose(self, fields: Mapping[str, Field]) -> None:
        """Random numbers of these fields as the data."""
        split = replace(self.project.data.split, stratify=False)
        options = random_options(fields, self.samples, self.seed)
        self._do(Set(("data",), DataChoice(
            RANDOM, options, tuple(fields.values()), self.samples, split=split,
        )))  # fmt: skip

    # What comes out

    def _add_losses(self, dataset: NodeId, analysis: Analysis, fields: dict[str, Field]) -> None:
        chosen: list[tuple[Value, _Loss]] = []
        for name, value in analysis.parts.outputs.items():
            loss = _loss_for(name, _type_of(analysis, value), [f.type for f in fields.values()])
            if loss is not None:
                chosen.append((value, loss))
        if not chosen:
            raise UserError(
                "No output is a tensor of float numbers with the batch in front, so there is"
                " nothing that a loss could be put on.",
                "Let one of the outputs be one.",
            )
        self._choose(fields | {loss.target.name: loss.target for _, loss in chosen})
        for value, loss in chosen:
            self._add_loss(dataset, value, loss)

    def _add_loss(self, dataset: NodeId, value: Value, loss: _Loss) -> None:
        graph, name = self.project.graph, self.project.graph.nodes[value.node].name
        x, y = self.project.layout["main"].get(value.node, (0, 0))
        if loss.moves_classes:
            move = replace(new_node(self.project, "ops.movedim"), params=dict(_LAST_TO_FIRST))
            self._do(AddNode(move, (x + _STEP, y + _STEP // 2)))
            self._do(Connect(Wire(value.node, value.port, move.id, "input")))
            value = Value(move.id, "output")
        node = new_node(self.project, loss.kind)
        self._do(AddNode(node, (x + 2 * _STEP, y + _STEP // 2)))
        slots = {port.role: port.name for port in self.project.ports(graph.nodes[node.id])[0]}
        self._do(Connect(Wire(value.node, value.port, node.id, slots["prediction"])))
        self._do(Connect(Wire(dataset, loss.target.name, node.id, slots["target"])))
        self.added.append(f"{loss.kind.removeprefix('loss.')} on “{name}”: {loss.words}")


_LAST_TO_FIRST = {"source": -1, "destination": 1}


def _number(dim: Dim, sizes: Sizes) -> int:
    if isinstance(dim, int):
        return dim
    total = dim.const
    for letter, factor in dim.terms:
        total += factor * (sizes.get(letter) or (LETTER,))[0]
    return total


def _refuse_problems(analysis: Analysis) -> None:
    found = analysis.blocking("build")
    if found:
        raise UserError(
            f"The drawing can't run like this: {found[0].message}",
            "Mend it, or try another size.",
        )


def _type_of(analysis: Analysis, value: Value) -> object:
    facts = analysis.of(value.node)
    return facts.outputs.get(value.port) if facts else None


def _loss_for(name: str, kind: object, inputs: list[object]) -> _Loss | None:
    """The loss that an output of such a type most likely has; None where it can have none."""
    if not isinstance(kind, Tensor) or not kind.is_float or not kind.dims:
        return None
    dims = tuple(dim for dim in kind.dims[1:] if isinstance(dim, int))
    is_batch = isinstance(kind.dims[0], Affine) and str(kind.dims[0]) == "B"
    if not is_batch or len(dims) < len(kind.dims) - 1:
        return None
    target = field_name(f"{name}_target")
    if classes := _classes_of(dims, inputs):
        place, count = classes
        rest = tuple(size for at, size in enumerate(dims) if at != place)
        words = {0: "a class" if len(dims) == 1 else "a class for each pixel"}.get(
            place, "a token for each place"
        )
        return _Loss(
            "loss.CrossEntropyLoss", Field(target, Tensor(rest, "int64"), classes=count),
            f"{words}, of {count:,}", moves_classes=place > 0,
        )  # fmt: skip
    shape = Tensor(dims)
    return _Loss("loss.MSELoss", Field(target, shape), f"numbers, {shape}")


def _classes_of(dims: tuple[int, ...], inputs: list[object]) -> tuple[int, int] | None:
    """The axis (without the batch) and number of classes that an output tells apart, if any."""
    known = [kind for kind in inputs if isinstance(kind, Tensor)]
    sequences = {kind.dims for kind in known if kind.dtype == "int64"}
    pictures = {kind.dims for kind in known if kind.is_float and len(kind.dims) == 3}
    match dims:
        case (count,) if count > 1:
            return 0, count
        case (length, count) if (length,) in sequences and count > 1:
            return 1, count
        case (count, *sides) if count > 1 and len(sides) == 2:
            same = [known for known in pictures if list(known[1:]) == sides]
            return (0, count) if same and dims not in pictures else None
    return None


def trial_text(added: tuple[str, ...]) -> Iterator[str]:
    """What a trial is, line by line."""
    yield LABEL
    for words in added:
        yield f"Added for the trial: {words}."
