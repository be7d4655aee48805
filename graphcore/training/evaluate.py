"""Evaluate once: every value on one batch or on constants, and gradients from a chosen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch

from graphcore.analysis.result import Analysis, Value
from graphcore.code.build import Built, build
from graphcore.code.code import Code, Tap
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.types import Tensor


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A value of the drawing on one batch, and d(chosen value)/d(this), where there is one."""

    value: torch.Tensor
    gradient: torch.Tensor | None = None


def evaluate_once(
    project: Project,
    analysis: Analysis,
    fields: Mapping[str, torch.Tensor] | None = None,
    backward_from: Value | None = None,
    state: Mapping[str, torch.Tensor] | None = None,
) -> dict[Value, Evaluated]:
    """Run the drawing once, in evaluation mode, and look at every value.

    `fields` maps Dataset fields to batches [B, …] as the model sees them; a design of constants
    needs none. `backward_from` names the value whose gradient is asked for; one with several
    numbers is summed first. `state` are weights (else initial ones from the plan's seed).
    Raises UserError where the drawing is not complete, or nothing depends on a gradient.
    """
    _refuse_incomplete(analysis)
    values = _recorded(project, analysis)
    code = write_code(project, analysis, [Tap(_path(project, v), v.port) for v in values])
    with torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.manual_seed(project.plan.seed)
        built = build(code)
        if state is not None:
            built.model.load_state_dict(dict(state))
        found = _run(project, analysis, code, built, _leaves(fields or {}))
    if backward_from is None:
        return {value: Evaluated(tensor.detach()) for value, tensor in found.items()}
    return _with_gradients(project, found, backward_from)


def _refuse_incomplete(analysis: Analysis) -> None:
    blocking = analysis.blocking("build")
    if blocking:
        raise UserError(blocking[0].message, "Mend it first; see Problems.")
    if not analysis.parts.model:
        raise UserError("There is nothing to evaluate yet.", "Put layers or constants down first.")


def _path(project: Project, value: Value) -> str:
    return project.graph.nodes[value.node].name


def _recorded(project: Project, analysis: Analysis) -> list[Value]:
    """Every tensor that the model or the objective computes."""
    parts = analysis.parts
    given = set(parts.inputs.values())
    return [
        Value(node, port)
        for node in (*parts.model, *parts.objective)
        for port, kind in analysis.by_node[node].outputs.items()
        if isinstance(kind, Tensor) and Value(node, port) not in given
    ]


def _leaves(fields: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The batch as leaves that gradients reach."""
    return {
        name: tensor.detach().clone().requires_grad_(tensor.is_floating_point())
        for name, tensor in fields.items()
    }


def _run(
    project: Project,
    analysis: Analysis,
    code: Code,
    built: Built,
    fields: Mapping[str, torch.Tensor],
) -> dict[Value, torch.Tensor]:
    parts = analysis.parts
    datasets = [n.id for n in project.graph.nodes.values() if n.kind == "data.Dataset"]
    found = {Value(node, name): tensor for node in datasets for name, tensor in fields.items()}
    try:
        inputs = model_inputs(project, analysis, built, fields)
        others = [fields[name] for name in parts.fields]
    except KeyError as error:
        raise UserError(f"The field {error} has no values.", "Choose data first.") from error
    found |= {parts.inputs[name]: tensor for name, tensor in inputs.items()}
    if built.objective is not None:
        built.objective.eval()
        returned = built.objective(*inputs.values(), *others)
        found |= {
            Value(analysis.nodes[tap.path].node, tap.port): returned[tap.key] for tap in code.taps
        }
        return found
    built.model.eval()
    body = getattr(built.model, "body", built.model)
    results = body(*inputs.values())
    many = results if isinstance(results, tuple) else (results,)
    return found | dict(zip(code.returned, many, strict=True))


def model_inputs(
    project: Project, analysis: Analysis, built: Built, fields: Mapping[str, torch.Tensor]
) -> dict[str, torch.Tensor]:
    """The arguments of `Model.forward` from a batch of Dataset fields, preprocessed."""
    parts, graph = analysis.parts, project.graph
    computed: Mapping[str, torch.Tensor] = {}
    if built.preprocessing is not None:
        names = raw_fields(project, analysis)
        computed = built.preprocessing(*(fields[name] for name in names))
    found = {}
    for name, value in parts.inputs.items():
        wire = graph.wire_into(value.node, "field")
        source = wire.output if wire else value.port
        found[name] = computed[name] if name in computed else fields[source]
    return found


def raw_fields(project: Project, analysis: Analysis) -> list[str]:
    """The Dataset fields that preprocessing takes, in the order of its arguments."""
    graph, parts = project.graph, analysis.parts
    into = graph.wires_by_target()
    wires = [wire for node in parts.preprocessing for wire in into.get(node, ())]
    inputs = [graph.wire_into(value.node, "field") for value in parts.inputs.values()]
    wires += [wire for wire in inputs if wire is not None]
    kept = [w.output for w in wires if graph.nodes[w.source].kind == "data.Dataset"]
    return list(dict.fromkeys(kept))


def _with_gradients(
    project: Project, found: Mapping[Value, torch.Tensor], chosen: Value
) -> dict[Value, Evaluated]:
    if chosen not in found:
        raise UserError("That value isn't computed by the drawing.", "Choose another one.")
    start = found[chosen]
    name = _path(project, chosen)
    if not start.is_floating_point() or not start.requires_grad:
        raise UserError(
            f"“{name}” depends on nothing that has a gradient.",
            "Turn on requires_grad of a constant, or choose a value behind a layer.",
        )
    asked = {value: tensor for value, tensor in found.items() if tensor.requires_grad}
    gradients = torch.autograd.grad(start.sum(), list(asked.values()), allow_unused=True)
    by_value = dict(zip(asked, gradients, strict=True))
    return {
        value: Evaluated(tensor.detach(), by_value.get(value)) for value, tensor in found.items()
    }
