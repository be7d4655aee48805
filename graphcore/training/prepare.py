"""From a project to all that the loop takes: data, code with taps, modules, metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from graphcore.analysis.analyse import analyse
from graphcore.analysis.parts import argument_name, field_of_input
from graphcore.analysis.result import Analysis, Value
from graphcore.code.build import Built, build
from graphcore.code.code import Code, Tap
from graphcore.code.write import write_code
from graphcore.data.loaders import tensors
from graphcore.data.samples import Samples
from graphcore.data.sources import read
from graphcore.data.splits import Indices, split
from graphcore.data.stream import Stream, workers_for
from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.training.company import own_device
from graphcore.training.counting import counted_targets, uncounted
from graphcore.training.devices import choose
from graphcore.training.feeding import Fields, Streamed, is_streamed
from graphcore.training.initial import load_sources
from graphcore.training.measuring.measures import measure_for, reads_loss
from graphcore.training.metric_choice import chosen_metrics
from graphcore.training.metrics import Metric
from graphcore.training.setup import TrainingData

PREPROCESSED_TOGETHER = 256


@dataclass(frozen=True, slots=True)
class Prepared:
    """A project made ready: fresh modules on the device, and the data by the code's fields."""

    analysis: Analysis
    code: Code
    built: Built
    objective: torch.nn.Module
    data: TrainingData
    device: torch.device
    metrics: tuple[Metric, ...]
    warnings: tuple[str, ...]
    fingerprint: str
    counted: Mapping[str, str | None]


def prepare(project: Project, folder: Path | None, device: str = "") -> Prepared:
    """All that training takes; initial weights are the project's sources', or by the plan's seed.

    `folder` is where the project's file lies. Raises UserError where problems stand in the way,
    the data can't be read, or the device is not there.
    """
    analysis = analyse(project)
    refuse_problems(analysis)
    place = own_device(choose(device or project.plan.device))
    samples = read(project.data, folder)
    taps, metrics = metrics_of(project, analysis)
    code = write_code(project, analysis, taps)
    torch.manual_seed(project.plan.seed)
    built = build(code)
    if built.objective is None:
        raise UserError("There is no loss to train on.", "Add one, such as CrossEntropyLoss.")
    load_sources(built.model, project, folder)
    counted = counted_targets(project, analysis)
    return Prepared(
        analysis, code, built, built.objective.to(place),
        _data(project, analysis, code, built, samples, place), place, metrics,
        (*_warnings(samples), *uncounted(project.plan, counted)), samples.fingerprint, counted,
    )  # fmt: skip


def refuse_problems(analysis: Analysis) -> None:
    """Raise a UserError that names every problem which stands in the way of training."""
    found = analysis.blocking("train")
    if found:
        count = f"{len(found)} problems stand" if len(found) > 1 else "A problem stands"
        sentences = " ".join(problem.message for problem in found[:5])
        raise UserError(
            f"{count} in the way of training. {sentences}{' …' if len(found) > 5 else ''}",
            "Mend them first; Problems offers repairs.",
        )
    if not analysis.parts.terms:
        raise UserError("There is no loss to train on.", "Add one, such as CrossEntropyLoss.")


def metrics_of(project: Project, analysis: Analysis) -> tuple[tuple[Tap, ...], tuple[Metric, ...]]:
    """What a run measures beside the losses, and the taps through which it reads."""
    taps: dict[Tap, None] = {}
    found: list[Metric] = []
    for choice in chosen_metrics(project, analysis):
        name, term = choice.part.name, choice.of.term
        assert term.target is not None
        target, said = _tap(project, term.target), term.name
        taps[target] = None
        if not reads_loss(name, choice.of):
            tap = _tap(project, term.prediction)
            taps[tap] = None
            said = tap.key
        found.append(Metric(choice.name, said, target.key, measure_for(name, choice.of)))
    return tuple(taps), tuple(found)


def _tap(project: Project, value: Value) -> Tap:
    return Tap(project.graph.nodes[value.node].name, value.port)


def _warnings(samples: Samples) -> tuple[str, ...]:
    if not samples.changed:
        return samples.warnings
    changed = "The data is not what it was when the project was made; its facts may be wrong."
    return (*samples.warnings, f"{changed} Read it again in the data panel.")


def _data(
    project: Project, analysis: Analysis, code: Code, built: Built, samples: Samples,
    device: torch.device,
) -> TrainingData:  # fmt: skip
    parts = split(project.data, samples)

    def arguments(known: Mapping[str, Tensor]) -> dict[str, Tensor]:
        return by_argument(project, analysis, code, built, known)

    if is_streamed(project, samples, device):
        if built.preprocessing is not None:
            built.preprocessing.to(device)
        workers = workers_for(samples, project.plan.workers)
        train, held_back = (
            Streamed(Stream(project.data, samples, rows, device, workers), arguments)
            for rows in (parts.train, parts.validation)
        )
        return TrainingData(train, held_back)
    fields = arguments(tensors(project.data, samples))

    def chosen(indices: Indices) -> Fields:
        index = torch.from_numpy(indices)
        return {name: values.index_select(0, index).to(device) for name, values in fields.items()}

    return TrainingData(chosen(parts.train), chosen(parts.validation))


def by_argument(
    project: Project, analysis: Analysis, code: Code, built: Built, known: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """Dataset fields (as the model sees them) by the arguments of the objective."""
    parts = analysis.parts
    found = inputs_by_name(project, analysis, built, known)
    others = zip(code.fields[len(parts.inputs) :], parts.fields, strict=True)
    return {**found, **{argument: known[field] for argument, field in others}}


def inputs_by_name(
    project: Project, analysis: Analysis, built: Built, known: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    """The model's inputs from Dataset fields, through preprocessing where there is some."""
    names = analysis.parts.inputs
    # An input that no field feeds may be given under its own name.
    sources = {name: field_of_input(project, analysis.parts, name) or name for name in names}
    found = {name: known[field] for name, field in sources.items() if field in known}
    missing = [name for name, field in sources.items() if field not in known]
    if missing and built.preprocessing is not None:
        computed = _preprocessed(project, built.preprocessing, known)
        found |= {name: computed[name] for name in missing if name in computed}
    for name in sources:
        if name not in found:
            raise UserError(
                f"Nothing is known to put into the input “{name}”.",
                "Wire it to a field of the Dataset.",
            )
    return {name: found[name] for name in sources}


@torch.no_grad()
def _preprocessed(
    project: Project, preprocessing: torch.nn.Module, known: Mapping[str, Tensor]
) -> dict[str, Tensor]:
    arguments = {argument_name(project, name): values for name, values in known.items()}
    wanted = preprocessing.forward.__annotations__.keys() - {"return"}
    columns = {name: torch.split(arguments[name], PREPROCESSED_TOGETHER) for name in wanted}
    preprocessing.eval()
    pieces = [
        preprocessing(**dict(zip(columns, values, strict=True)))
        for values in zip(*columns.values(), strict=True)
    ]
    return {name: torch.cat([piece[name] for piece in pieces]) for name in pieces[0]}
