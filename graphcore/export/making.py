"""What the export's processes do: make the file in one, load and compare it in another."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from graphcore.analysis.analyse import analyse
from graphcore.analysis.result import Analysis
from graphcore.code.build import Built, build
from graphcore.code.code import Code
from graphcore.code.write import write_code
from graphcore.data.loaders import tensors
from graphcore.data.sources import read
from graphcore.data.splits import split
from graphcore.errors import UserError
from graphcore.export.certificate import Weights
from graphcore.export.contract import Contract, contract_of
from graphcore.export.format import Format, Load, Material
from graphcore.export.refusing import refuse_kinds
from graphcore.project import file
from graphcore.project.admission import admit
from graphcore.project.project import Project
from graphcore.project.user_files import UserFiles
from graphcore.training.checkpoint import load_weights
from graphcore.training.prepare import inputs_by_name
from graphcore.training.runs import Run
from graphcore.types import ListOf, Record, Tensor, Type, symbols, value_at

MOST_SAMPLES = 256
BATCH_SIZE = 64
TOLERANCE = 1e-5
"""Allowed difference, as a share of the largest number that comes out, of 1 at least."""
_SYMBOL_SIZE = 5


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported; `folder` is the project file's, `files` are its own Python files."""

    project: Project
    run: Run | None
    weights: Weights
    folder: Path | None
    format: Format
    files: UserFiles | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What is known of a file that was made: its contract, and the samples it can be tried on."""

    contract: Contract
    samples: int
    samples_from: str
    batch_sizes: tuple[int, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How far a file is from the model it was made of."""

    difference: float
    tolerance: float
    is_untouched: bool
    bytes: int
    sha256: str
    pid: int
    torch: str

    @property
    def passed(self) -> bool:
        """Whether it gives what the model gives and is byte for byte what was written."""
        return self.difference <= self.tolerance and self.is_untouched


@dataclass(frozen=True, slots=True)
class _Examples:
    """Inputs of the model by name, each [samples, …]."""

    inputs: Mapping[str, torch.Tensor]
    origin: str
    note: str = ""


def make_from(order: Mapping[str, Any], target: Path, expected: Path) -> Made:
    """`make`, asked by a process that does not import this module."""
    wanted = Order(**order)
    if wanted.files is not None:
        os.dup2(2, 1)  # what a person's own code prints must not mix with what the command says
        admit(wanted.files)  # this process is there for one export
    return make(wanted, target, expected)


def make(order: Order, target: Path, expected: Path) -> Made:
    """Write the exported file to `target`, and what it must give to `expected`.

    Raises UserError where the project, its weights or the format say no.
    """
    project = order.project
    analysis = _complete_analysis(project)
    refuse_kinds(project, analysis, order.format)
    code = write_code(project, analysis)
    torch.manual_seed(project.plan.seed)  # untrained weights are those that a run begins with
    built = build(code)
    if order.run is not None and order.weights != "initial":
        _load_weights(order, built, code, analysis)
    built.model.eval()
    examples = _examples(project, analysis, built, order.folder)
    batches = _batches(built.model, examples.inputs)
    order.format.write(Material(built.model, code, file.to_text(project)), target)
    torch.save({"batches": batches, "sha256": _digest(target.read_bytes())}, expected)
    samples = _length(examples.inputs.values())
    sizes = tuple(_length(inputs) for inputs, _ in (batches[0], batches[-1]))
    contract = contract_of(project, analysis)
    return Made(contract, samples, examples.origin, sizes, examples.note)


def check(target: Path, expected: Path, load: Load) -> Compared:
    """Load the file and compare what it gives with what it must give."""
    data = target.read_bytes()
    known = torch.load(expected, weights_only=True)
    function = load(data)
    difference, largest = 0.0, 1.0
    for inputs, outputs in known["batches"]:
        with torch.no_grad():
            found = _drawn(function, inputs)
        difference = max(difference, distance(found, outputs))
        largest = max(largest, *(_largest(output) for output in outputs))
    digest = _digest(data)
    return Compared(
        difference, TOLERANCE * largest, digest == known["sha256"], len(data), digest,
        os.getpid(), torch.__version__,
    )  # fmt: skip


def flat(result: Any) -> list[torch.Tensor]:
    """The tensors of a result, whatever tuples and lists they are in."""
    if isinstance(result, torch.Tensor):
        return [result]
    return [tensor for item in result for tensor in flat(item)]


def distance(found: list[torch.Tensor], known: list[torch.Tensor]) -> float:
    """The largest absolute difference; infinite where shapes, dtypes or NaNs differ."""
    if len(found) != len(known):
        return math.inf
    largest = 0.0
    for ours, theirs in zip(found, known, strict=True):
        if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
            return math.inf
        apart = (ours != theirs) & ~((ours != ours) & (theirs != theirs))
        if apart.any():
            wide = torch.complex128 if ours.is_complex() else torch.float64
            gap = (ours.to(wide) - theirs.to(wide))[apart].abs().max().item()
            largest = max(largest, gap if math.isfinite(gap) else math.inf)
    return largest


def _complete_analysis(project: Project) -> Analysis:
    analysis = analyse(project)
    blocking = analysis.blocking("export")
    if blocking:
        raise UserError(blocking[0].message, "Mend it first; see Problems.")
    parts = analysis.parts
    if not parts.inputs or not parts.outputs or not parts.model:
        raise UserError(
            "There is no model to export: nothing leads from an input to an output.",
            "Draw layers from a Dataset or an Input to a loss or an Output.",
        )
    return analysis


def _load_weights(order: Order, built: Built, code: Code, analysis: Analysis) -> None:
    assert order.run is not None
    _refuse_other_drawing(order, code, analysis)
    load_weights(built.model, order.run.weights_path(order.weights))


def _refuse_other_drawing(order: Order, code: Code, analysis: Analysis) -> None:
    """Weights fit only the model that they were trained in, fed as it was fed."""
    assert order.run is not None
    trained = order.run.project()
    before = analyse(trained)
    same_code = _model_text(write_code(trained, before).text) == _model_text(code.text)
    if same_code and contract_of(trained, before) == contract_of(order.project, analysis):
        return
    what = "the data's scaling or classes" if same_code else "the drawing"
    raise UserError(
        f"Run “{order.run.id}” was trained before {what} changed, so its weights belong to another "
        "model.",
        f"Train again, or export the project as it was then: {order.run.project_path}.",
    )


def _model_text(text: str) -> str:
    """The class Model alone."""
    return text.partition("\nclass Model(")[2].partition("\nclass ")[0]


def _examples(
    project: Project, analysis: Analysis, built: Built, folder: Path | None
) -> _Examples:  # fmt: skip
    if not project.data.source:
        return _made_up(analysis, "The project has no data, so the samples are made up.")
    try:
        samples = read(project.data, folder)
        parts = split(project.data, samples)
        origin = "validation" if len(parts.validation) else "training"
        indices = parts.validation if len(parts.validation) else parts.train
        chosen = indices[
            np.linspace(0, len(indices) - 1, min(len(indices), MOST_SAMPLES), dtype=int)
        ]
        few = replace(samples, arrays={name: a[chosen] for name, a in samples.arrays.items()})
        fields = tensors(project.data, few)
    except UserError as error:
        return _made_up(analysis, f"The samples are made up: {error.message}")
    with torch.no_grad():
        try:
            return _Examples(inputs_by_name(project, analysis, built, fields), origin)
        except UserError as error:
            return _made_up(analysis, f"The samples are made up: {error.message}")


def _made_up(analysis: Analysis, note: str) -> _Examples:
    generator = torch.Generator().manual_seed(0)
    facts, inputs = analysis.by_node, analysis.parts.inputs
    types = {name: facts[value.node].outputs[value.port] for name, value in inputs.items()}
    found = {name: _random(kind, generator) for name, kind in types.items()}
    return _Examples(found, "random numbers", note)


def _random(kind: Type, generator: torch.Generator) -> torch.Tensor:
    match kind:
        case Tensor(dims, dtype):
            sizes = [
                value_at(dim, {s: 16 if s == "B" else _SYMBOL_SIZE for s in symbols(dim)})
                for dim in dims
            ]
            if kind.is_float:
                return torch.randn(sizes, generator=generator).to(getattr(torch, dtype))
            return torch.randint(0, 2, sizes, generator=generator).to(getattr(torch, dtype))
        case ListOf() | Record():
            raise UserError(f"An input of type {kind} can't be exported.", "Use tensors as inputs.")


Batch = tuple[list[torch.Tensor], list[torch.Tensor]]


def _batches(model: torch.nn.Module, inputs: Mapping[str, torch.Tensor]) -> list[Batch]:
    """What comes out for every sample, and once more at another batch size."""
    count = _length(inputs.values())
    size = min(BATCH_SIZE, count)
    other = torch.arange(3 if size != 3 else 2) % count
    chosen = [*torch.split(torch.arange(count), size), other]
    with torch.no_grad():
        fed = [[values[indices] for values in inputs.values()] for indices in chosen]
        return [(batch, [output.clone() for output in _drawn(model, batch)]) for batch in fed]


def _drawn(model: Callable[..., Any], inputs: list[torch.Tensor]) -> list[torch.Tensor]:
    """What comes out where a model that draws random numbers draws the same ones each time."""
    torch.manual_seed(0)
    return flat(model(*inputs))


def _length(values: Iterable[torch.Tensor]) -> int:
    return len(next(iter(values), ()))


def _largest(values: torch.Tensor) -> float:
    numbers = values if values.is_complex() else values.double()  # booleans have no abs
    finite = numbers.abs().double().nan_to_num(0.0, 0.0, 0.0)
    return float(finite.max()) if finite.numel() else 0.0


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
