"""Commands that use what a run learned: evaluate, predict, export."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphcore.cli.inputs import read_inputs
from graphcore.cli.results import result_text, told_results
from graphcore.cli.terminal import DONE, UsageError, say
from graphcore.cli.trusting import run_here, trust_if_asked
from graphcore.errors import UserError
from graphcore.export.certificate import Weights
from graphcore.project import file
from graphcore.project.project import Project
from graphcore.training.runs import Run, store_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graphcore.analysis.result import Analysis, Value
    from graphcore.training.predict import Predictor


def run_of(arguments: argparse.Namespace) -> Run:
    """The run that was named, else the newest that has such weights. Raises UserError."""
    store = store_for(arguments.project)
    if arguments.run is not None:
        return store.find(arguments.run)
    found = store.runs(arguments.project.stem)
    if not found:
        raise UserError(
            f"There is no run of {arguments.project} in {store.root}.",
            f"Train it first (netwright train {arguments.project}), or name one with --run.",
        )
    # One that failed before its first epoch must not hide what was trained before it.
    return next((run for run in found if run.has_weights(arguments.weights)), found[0])


def evaluate(arguments: argparse.Namespace) -> int:
    """Say loss and metrics on the validation samples; a design's values where nothing trains."""
    from graphcore.training import session

    project = file.load(arguments.project)
    if arguments.run is None and not _has_terms(project):
        run_here(arguments, project, arguments.project.parent)
        return _evaluate_design(project, arguments)
    run = run_of(arguments)
    run_here(arguments, run.project(), arguments.project.parent, run.folder)
    # What was trained, and on which samples, is written in the run; the drawing may have changed.
    found = session.evaluate(run.project(), run, arguments.weights, arguments.project.parent)
    more = told_results(arguments, run)
    if arguments.json:
        record = {"run": run.id, "weights": arguments.weights, "validation": found}
        say(json.dumps(record | ({"results": more} if more else {}), ensure_ascii=False))
        return DONE
    say(f"Run {run.id}, {arguments.weights} weights, validation samples:")
    for name, value in found.items():
        say(f"  {name} {value:.4f}")
    for result in more:
        say(result_text(result))
    return DONE


def _has_terms(project: Project) -> bool:
    return any(project.kind(node.kind).is_term for node in project.graph.nodes.values())


def _evaluate_design(project: Project, arguments: argparse.Namespace) -> int:
    """Every value of a drawing without losses, and what autograd says of the first output."""
    from graphcore.analysis.analyse import analyse

    analysis = analyse(project)
    end = next(iter(analysis.parts.outputs.values()), None)
    found = _values(project, analysis, end)
    if arguments.json:
        say(json.dumps({"values": found}))
        return DONE
    of = project.graph.nodes[end.node].name if end else ""
    for name, numbers in found.items():
        slope = f"   d{of}/d{name} = {numbers['gradient']}" if "gradient" in numbers else ""
        say(f"{name} = {numbers['value']}{slope}")
    return DONE


def _values(
    project: Project, analysis: Analysis, end: Value | None
) -> dict[str, dict[str, object]]:  # fmt: skip
    """Values and gradients by name; without gradients where nothing in the drawing has one."""
    from graphcore.training.evaluate import evaluate_once

    try:
        values = evaluate_once(project, analysis, None, end)
    except UserError:
        values = evaluate_once(project, analysis, None)
    found: dict[str, dict[str, object]] = {}
    for value, numbers in values.items():
        entry = found[project.graph.nodes[value.node].name] = {"value": numbers.value.tolist()}
        if numbers.gradient is not None:
            entry["gradient"] = numbers.gradient.tolist()
    return found


def predict(arguments: argparse.Namespace) -> int:
    """Say as JSON what the model says about each sample of a file."""
    from graphcore.training.predict import Predictor

    run = run_of(arguments)
    project = run.project()
    run_here(arguments, project, arguments.project.parent, run.folder)
    predictor = Predictor(project, run, arguments.weights, arguments.project.parent)
    inputs = read_inputs(arguments.input, project, predictor)
    record = {"run": run.id, "weights": arguments.weights, "predictions": _told(predictor, inputs)}
    say(json.dumps(record, indent=2, ensure_ascii=False))
    return DONE


def _told(predictor: Predictor, inputs: Mapping[str, NDArray[Any]]) -> list[dict[str, object]]:
    """A record of every output for each sample."""
    values, shares = predictor.predict(inputs), predictor.probabilities(inputs)
    names = predictor.class_names
    count = len(next(iter(inputs.values())))
    found: list[dict[str, object]] = [{} for _ in range(count)]
    for output, array in values.items():
        for place in range(count):
            share = shares.get(output)
            if output in names and share is not None and share.ndim == 2:
                found[place][output] = _classified(share[place].tolist(), names[output])
            else:
                found[place][output] = array[place].tolist()
    return found


def _classified(shares: list[float], names: tuple[str, ...]) -> dict[str, object]:
    best = max(range(len(shares)), key=shares.__getitem__)
    by_name = {names[i] if i < len(names) else str(i): share for i, share in enumerate(shares)}
    return {"class": list(by_name)[best], "probabilities": by_name}


def export(arguments: argparse.Namespace) -> int:
    """Export the model, and say how it was checked."""
    from graphcore.export.formats import EXPORTERS

    if arguments.to not in EXPORTERS:
        raise UsageError(f"There is no format “{arguments.to}”.", f"Use {', '.join(EXPORTERS)}.")
    run, weights = _weights(arguments)
    project, folder = file.load(arguments.project), arguments.project.parent
    trust_if_asked(arguments, project, folder)
    certificate = EXPORTERS[arguments.to].function(project, run, weights, arguments.output, folder)
    beside = Path(arguments.output).with_suffix(".json")
    say(
        certificate.to_json().rstrip()
        if arguments.json
        else f"{certificate.to_text()}\nThe same as JSON is in {beside}."
    )
    return DONE


def _weights(arguments: argparse.Namespace) -> tuple[Run | None, Weights]:
    if arguments.untrained:
        if arguments.run is not None:
            raise UsageError("--untrained and --run exclude each other.", "Leave out one.")
        return None, "initial"
    try:
        return run_of(arguments), arguments.weights
    except UserError as error:
        if arguments.run is not None:
            raise
        raise UserError(
            f"{arguments.project} was not trained yet: an export would answer at random.",
            "Train it first, or add --untrained to export the initial weights.",
        ) from error
