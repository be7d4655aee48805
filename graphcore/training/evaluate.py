"""Evaluate once: every value on one batch or on constants, and gradients from a chosen value."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import torch

from graphcore.analysis.result import Analysis, Value
from graphcore.code.build import Built, build
from graphcore.code.code import Code, Tap
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.project.paths import spot_of
from graphcore.project.project import Project
from graphcore.training.checkpoint import put_weights
from graphcore.types import Tensor


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A value of the drawing on one batch, and d(chosen value)/d(this), where there is one."""

    value: torch.Tensor
    gradient: torch.Tensor | None = None


_SAMPLES, _OPEN = 2, 16
"""Of noise: samples, and the size of an axis that only has a name."""

Place = tuple[str, str]
"""Path of a node and its output port: `stage.0.conv1`, `output`."""


def evaluate_once(
    project: Project,
    analysis: Analysis,
    fields: Mapping[str, torch.Tensor] | None = None,
    backward_from: Value | None = None,
    state: Mapping[str, torch.Tensor] | None = None,
) -> dict[Value, Evaluated]:
    """Every value of the main drawing, as `evaluate_by_path` finds it."""
    found = evaluate_by_path(project, analysis, fields, backward_from, state)
    ids = {node.name: node.id for node in project.graph.nodes.values()}
    return {Value(ids[path], port): value for (path, port), value in found.items()}


def evaluate_by_path(
    project: Project,
    analysis: Analysis,
    fields: Mapping[str, torch.Tensor] | None = None,
    backward_from: Value | None = None,
    state: Mapping[str, torch.Tensor] | None = None,
    inside: Collection[str] = (),
) -> dict[Place, Evaluated]:
    """Run the drawing once, in evaluation mode, and look at every value.

    `fields` maps Dataset fields to batches [B, …] as the model sees them; a design of constants
    needs none, and an Input that nothing is wired to gets noise of its type. `backward_from` names
    the value whose gradient is asked for; one with several numbers is summed first. `state` are
    weights (else initial ones from the plan's seed). `inside` are paths of blocks (`stage.0`)
    whose values are looked at too. Raises UserError where the drawing is not complete, nothing
    depends on a gradient, or the weights don't fit.
    """
    _refuse_incomplete(analysis)
    taps = [Tap(_path(project, value), value.port) for value in _recorded(project, analysis)]
    taps += [tap for path in inside for tap in taps_inside(project, analysis, path)]
    code = write_code(project, analysis, taps)
    with torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.manual_seed(project.plan.seed)
        built = build(code)
        if state is not None:
            put_weights(built.model, state)
        found = _run(project, analysis, code, built, _leaves(fields or {}))
    if backward_from is None:
        return {place: Evaluated(tensor.detach()) for place, tensor in found.items()}
    node = project.graph.nodes.get(backward_from.node)
    return _with_gradients(found, (node.name if node else "", backward_from.port))


def taps_inside(project: Project, analysis: Analysis, path: str) -> list[Tap]:
    """A tap on every tensor that one instance of a block computes; none for another path.

    What reaches no Output of the block is not computed.
    """
    spot = spot_of(project, re.sub(r"(\.\d+)+$", "", path))  # of a turn, the block itself
    block = spot and project.definitions[spot.definition].graph.nodes[spot.node]
    inner = block and project.definitions.get(block.kind.removeprefix("block."))
    if not inner or not block or block.is_bypassed:
        return []
    ends = [node.id for node in inner.graph.nodes.values() if node.kind == "io.Output"]
    reached = inner.graph.ancestors(ends)
    found = []
    for node in inner.graph.ordered():
        facts = analysis.nodes.get(f"{path}.{node.name}")
        if node.id in reached and facts is not None and node.kind != "io.Output":
            kinds = facts.outputs.items()
            found += [Tap(facts.path, port) for port, kind in kinds if isinstance(kind, Tensor)]
    return found


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
    fields: dict[str, torch.Tensor],
) -> dict[Place, torch.Tensor]:
    parts = analysis.parts
    datasets = [n.name for n in project.graph.nodes.values() if n.kind == "data.Dataset"]
    found = {(path, name): tensor for path in datasets for name, tensor in fields.items()}
    try:
        inputs = model_inputs(project, analysis, built, fields | stand_ins(project, analysis))
        others = [fields[name] for name in parts.fields]
    except KeyError as error:
        raise UserError(f"The field {error} has no values.", "Choose data first.") from error
    for name, tensor in inputs.items():
        value = parts.inputs[name]
        found[_path(project, value), value.port] = tensor
    if built.objective is not None:
        built.objective.eval()
        returned = built.objective(*inputs.values(), *others)
        return found | {(tap.path, tap.port): returned[tap.key] for tap in code.taps}
    built.model.eval()
    body = getattr(built.model, "body", built.model)
    results = body(*inputs.values())
    many = results if isinstance(results, tuple) else (results,)
    places = (f"{_path(project, value)}.{value.port}".rpartition(".") for value in code.returned)
    return found | {(path, port): t for (path, _, port), t in zip(places, many, strict=True)}


def stand_ins(project: Project, analysis: Analysis) -> dict[str, torch.Tensor]:
    """Noise for every Input that declares its type itself: two samples, whole numbers 0."""
    found = {}
    for name, value in analysis.parts.inputs.items():
        kind = analysis.by_node[value.node].outputs[value.port]
        node, wire = value.node, project.graph.wire_into(value.node, "field")
        is_open = wire is None and project.graph.nodes[node].kind == "io.Input"
        if is_open and isinstance(kind, Tensor):
            sizes = [dim if isinstance(dim, int) else _OPEN for dim in kind.dims[1:]]
            dtype = getattr(torch, kind.dtype)
            shape = (_SAMPLES, *sizes)
            noise = torch.randn(shape, dtype=dtype) if dtype.is_floating_point else None
            found[name] = torch.zeros(shape, dtype=dtype) if noise is None else noise
    return found


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
        is_open = wire is None and graph.nodes[value.node].kind == "io.Input"
        source = wire.output if wire else name if is_open else value.port
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


def _with_gradients(found: Mapping[Place, torch.Tensor], chosen: Place) -> dict[Place, Evaluated]:
    if chosen not in found:
        raise UserError("That value isn't computed by the drawing.", "Choose another one.")
    start, name = found[chosen], chosen[0]
    if not start.is_floating_point() or not start.requires_grad:
        raise UserError(
            f"“{name}” depends on nothing that has a gradient.",
            "Turn on requires_grad of a constant, or choose a value behind a layer.",
        )
    asked = {place: tensor for place, tensor in found.items() if tensor.requires_grad}
    gradients = torch.autograd.grad(start.sum(), list(asked.values()), allow_unused=True)
    by_place = dict(zip(asked, gradients, strict=True))
    return {
        place: Evaluated(tensor.detach(), by_place.get(place)) for place, tensor in found.items()
    }
