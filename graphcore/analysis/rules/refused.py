"""What no rule foresaw: torch refuses a node, and this is said in our words with ways out."""

from __future__ import annotations

from dataclasses import replace

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem, say, shown
from graphcore.analysis.rules.flow import bare
from graphcore.analysis.rules.ways import clear_param, exchange, insert, set_param, take_out
from graphcore.project.edits import MISSING, Disconnect, SetParam, Together
from graphcore.types import Dim, Tensor, Type


def refused(case: Case, words: str) -> Problem:
    """A node that can't work with what arrives; torch's own `words` are details."""
    if case.facts.inputs:
        given = " and ".join(_given(case, slot, kind) for slot, kind in case.facts.inputs.items())
        text, ways = f"{case.said} can't work with {given}. {_hint(case)}", _ways_out(case)
    else:
        text, ways = _unmade(case), _as_at_first(case)
    found = problem(case, "shape", "error", "build", "", text, ways)
    return replace(found, details=words)


def _unmade(case: Case) -> str:
    """What a node that reads nothing is told: only its own settings can be at fault."""
    known = case.facts.params.items()
    values = ", ".join(f"{name} {_brief(value)}" for name, value in known if value is not None)
    said = say(case.kind, case.node)
    return f"{said} can't be made with {values or 'its settings'}: they don't go together."


def _brief(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _as_at_first(case: Case) -> list[Repair | None]:
    """Each setting as a new node has it."""
    starts = case.kind.starting_params()
    params = case.node.params
    return [
        set_param(case, name, starts[name], f"Set {name} back to {_brief(starts[name])}")
        if name in starts
        else clear_param(case, name, f"Let {name} be as torch has it")
        for name in params
        if params[name] != starts.get(name, MISSING)
    ]


def _given(case: Case, slot: str, kind: Type) -> str:
    port = f" at “{slot}”" if len(case.facts.inputs) > 1 else ""
    return f"{shown(kind)} from “{case.feeder(slot)}”{port}"


def _hint(case: Case) -> str:
    typed = ", ".join(f"{name} {value}" for name, value in list(case.node.params.items())[:4])
    have = f"Its settings are {typed}. " if typed else ""
    return f"{have}Change them, or what is wired to it."


def _ways_out(case: Case) -> list[Repair | None]:
    """Candidates for any kind: sizes inferred again, equal widths and axes, or without it."""
    typed = [p.name for p in case.kind.params if p.infer and p.name in case.node.params]
    repairs: list[Repair | None] = [
        clear_param(case, name, f"Let {name} be inferred") for name in typed
    ]
    tensors = [(slot, t) for slot, t in case.facts.inputs.items() if isinstance(t, Tensor)]
    for slot, kind in tensors:
        for _, other in tensors:
            if kind.dims and other.dims and other is not kind:
                repairs += [_widened(case, slot, kind, other.dims[-1]), _grown(case, slot, other)]
    repairs.append(_without_options(case))
    if len(case.kind.inputs) == 1 and case.kind.outputs and case.kind.role != "loss":
        repairs += [_other_form(case), take_out(case.sheet, case.node.id)]
    return list({one.text: one for one in repairs if one is not None}.values())


def _widened(case: Case, slot: str, kind: Tensor, size: Dim) -> Repair | None:
    """The last axis as long as that of another input."""
    if not kind.is_float or not isinstance(size, int) or kind.dims[-1] == size:
        return None
    source = case.source(slot)
    node = case.sheet.graph.nodes[source.node] if source else None
    if node is not None and "out_features" in node.params:
        edit = SetParam(node.id, "out_features", size, case.sheet.definition)
        return Repair(f"Set out_features of “{node.name}” to {size}", edit)
    linear = [("nn.Linear", {"out_features": size})]
    text = f"Match {size} features by a Linear after “{case.feeder(slot)}”"
    return insert(case.sheet, case.wire(slot), linear, text)


def _grown(case: Case, slot: str, other: Tensor) -> Repair | None:
    """As many axes as another input has."""
    kind = case.tensor(slot)
    if kind is None or len(kind.dims) != len(other.dims) - 1:
        return None
    axis = 0 if bare(case.kind) in ("lstm", "gru", "rnn") else -1
    text = f"Add an axis of size 1 after “{case.feeder(slot)}”"
    return insert(case.sheet, case.wire(slot), [("ops.unsqueeze", {"dim": axis})], text)


def _without_options(case: Case) -> Repair | None:
    """The wires into optional ports gone."""
    optional = {port.name for port in case.kind.inputs if port.optional}
    wires = [case.wire(slot) for slot in case.facts.inputs if slot in optional]
    edits = tuple(Disconnect(wire, case.sheet.definition) for wire in wires if wire)
    names = " and ".join(f"“{wire.input}”" for wire in wires if wire)
    return Repair(f"Take the wire off {names}", Together(edits)) if edits else None


def _other_form(case: Case) -> Repair | None:
    """The same layer for the number of axes that arrives."""
    found, name = case.tensor("input"), case.kind.name
    if found is None or name[-1:] != "d" or name[-2:-1] not in ("1", "2", "3"):
        return None
    return exchange(case.sheet, case.node, f"{name[:-2]}{len(found.dims) - 2}d")
