"""Layers that share a weight: there is only one tensor, so all must want the same."""

from __future__ import annotations

from collections.abc import Mapping

from graphcore.analysis.result import NodeFacts, Problem, Repair
from graphcore.analysis.rules.case import Case, Sheet, problem
from graphcore.analysis.rules.flow import bare
from graphcore.analysis.rules.ways import set_param, set_setting
from graphcore.analysis.sharing import owner_of, tied_to
from graphcore.project.definitions import MAIN
from graphcore.project.edits import MISSING, SetParam, Together
from graphcore.project.graph import Node, NodeId
from graphcore.project.lending import has_layer, owned_by


def tied(sheet: Sheet) -> list[Problem]:
    """Layers that share weights need the same kind and sizes: there is only one tensor."""
    found = []
    for node in sheet.graph.nodes.values():
        if ("shares" not in node.settings and "ties" not in node.settings) or node.is_bypassed:
            continue
        case = sheet.case(node.id)
        problems = [_shared(case), *_tied(case)]
        found += [item for item in problems if item is not None]
    return found


def _shared(case: Case) -> Problem | None:
    name = case.node.shares
    if not name:
        return None
    away = set_setting(case, "shares", MISSING, f"Give “{case.node.name}” weights of its own")
    wrong = _why_not(case, name)
    if wrong:
        return problem(case, "tied", "error", "build", "", f"{case.said} {wrong}", [away])
    owner = owner_of(case.sheet.graph, case.node)
    assert owner is not None  # or it would be said
    theirs = case.sheet.case(owner.id)
    missing = _missing(case, owner)
    if missing:
        own = owned_by(owner, case.node, case.sheet.definition)
        take = Repair(f"Let “{case.node.name}” own the weights", own)
        text = f"{case.said} uses the weights of “{owner.name}”, {missing}, so nobody makes them."
        return problem(case, "tied", "error", "build", "", text, [take, away])
    differ = _differing(case, theirs)
    if differ:
        text = (
            f"{case.said} shares the weights of {theirs.said}, but what arrives asks for others: "
            f"{differ}. Give both inputs of one size, or give it weights of its own."
        )
        return problem(case, "tied", "error", "build", "", text, [away])
    if case.node.repeat != owner.repeat:
        text = (
            f"{case.said} takes {_turns(case.node)} with the layers of “{owner.name}”, which has "
            f"{_turns(owner)}. Let both take as many."
        )
        turns = owner.repeat or MISSING
        same = set_setting(case, "repeat", turns, f"Repeat it as “{owner.name}”")
        return problem(case, "tied", "error", "build", "", text, [same, away])
    return _unheard(case, owner, away)


def _turns(node: Node) -> str:
    return f"{node.repeat} turns" if node.repeat else "no turns"


def _why_not(case: Case, name: str) -> str:
    """What is wrong with the layer that a node wants to use, as the rest of a sentence."""
    graph, project = case.sheet.graph, case.sheet.project
    other = graph.by_name(name)
    if not has_layer(project, case.node):
        return "has no weights that it could share."
    if other is None:
        return f"shares the weights of “{name}”, which is not there."
    if other.id == case.node.id:
        return "shares the weights of itself."
    if other.kind != case.node.kind:
        return f"shares the weights of {case.sheet.case(other.id).said}: both must be of one kind."
    if owner_of(graph, case.node) is None:
        return f"shares the weights of “{name}”, which leads to no layer that has its own."
    return ""


def _missing(case: Case, owner: Node) -> str:
    """Why the layer of an owner is not made where this node is written; empty where it is."""
    if owner.is_bypassed:
        return "which is bypassed"
    for what, nodes in _together(case.sheet):
        if case.node.id in nodes:
            return "" if owner.id in nodes else f"which is not part of {what}"
    return ""  # nothing needs this node, so it isn't written


def _together(sheet: Sheet) -> list[tuple[str, set[NodeId]]]:
    """The nodes whose layers can reach each other, by what they are part of."""
    parts = sheet.parts
    if sheet.definition != MAIN:
        nodes = sheet.graph.nodes.values()
        ends = [node.id for node in nodes if sheet.kind(node).role == "output"]
        return [("what the block gives out", sheet.graph.ancestors(ends))]
    return [
        ("preprocessing", set(parts.preprocessing)), ("the model", set(parts.model)),
        ("the model or the losses", {*parts.model, *parts.objective}),
    ]  # fmt: skip


def _differing(case: Case, theirs: Case) -> str:
    """The sizes that what arrives asks for and the shared layer doesn't have, as a list."""
    if not case.facts.outputs or not theirs.facts.outputs:
        return ""  # what keeps one of them from working is said
    mine, yours = _all_params(case), _all_params(theirs)
    differ = [name for name in mine if mine[name] != yours.get(name)]
    return ", ".join(f"{n} {mine[n]} and {yours.get(n)}" for n in differ[:3])


def _all_params(case: Case) -> dict[str, object]:
    """The params of a layer by name; of a block's layers, by path."""
    if case.kind.role != "block":
        return {param.name: case.param(param.name) for param in case.kind.params}
    start = f"{case.facts.path}."
    inside: Mapping[str, NodeFacts] = case.sheet.inner
    return {
        f"{path.removeprefix(start)}.{name}": value
        for path, facts in inside.items() if path.startswith(start)
        for name, value in facts.params.items()
    }  # fmt: skip


def _unheard(case: Case, other: Node, away: Repair) -> Problem | None:
    """A layer that is used twice has the settings of the one that owns it."""
    mine, yours = case.node.params, other.params
    differ = [n for n in {**mine, **yours} if mine.get(n, MISSING) != yours.get(n, MISSING)]
    if not differ:
        return None
    listed = ", ".join(f"{n} {mine.get(n, 'unset')}" for n in differ[:3])
    text = (
        f"{case.said} shares the weights of “{other.name}”, so its own settings don't count: "
        f"{listed}. Make them equal, or give it weights of its own."
    )
    edits = [
        SetParam(case.node.id, n, yours.get(n, MISSING), case.sheet.definition) for n in differ
    ]
    same = Repair(f"Set {', '.join(differ[:3])} as in “{other.name}”", Together(tuple(edits)))
    return problem(case, "tied", "warning", "", "", text, [same, away])


def weight_shape(case: Case, name: str) -> tuple[object, ...] | None:
    """The shape of a weight of a layer; None where it is not known."""
    return next((shape for own, shape in case.facts.weights if own == name), None)


def _tied(case: Case) -> list[Problem | None]:
    return [_tie(case, str(own), str(path)) for own, path in case.node.ties.items()]


def _tie(case: Case, own: str, path: str) -> Problem | None:
    rest = {name: value for name, value in case.node.ties.items() if name != own}
    away = set_setting(case, "ties", rest or MISSING, f"Untie {own} of “{case.node.name}”")
    wrong = _why_not_tied(case, own, path)
    if wrong:
        return problem(case, "tied", "error", "build", "", f"{case.said}: {wrong}", [away])
    owner, weight = tied_to(case.sheet.graph, case.node, own) or (case.node, own)
    theirs = case.sheet.case(owner.id)
    mine, yours = weight_shape(case, own), weight_shape(theirs, weight)
    if mine is None or yours is None or mine == yours:
        return None
    text = (
        f"{case.said}: its {own} [{', '.join(map(str, mine))}] is tied to that of {theirs.said} "
        f"[{', '.join(map(str, yours))}]; the sizes must be equal."
    )
    repairs: list[Repair | None] = [_fitting(case, theirs, mine, yours), away]
    return problem(case, "tied", "error", "build", "", text, repairs)


def _why_not_tied(case: Case, own: str, path: str) -> str:
    """Why a weight can't be the one that a tie names, as a sentence; empty where it can."""
    graph = case.sheet.graph
    if case.node.shares:
        return f"its weights are those of “{case.node.shares}”, so its {own} can't be tied."
    if graph.by_name(path.partition(".")[0]) is None:
        return f"{own} is tied to “{path}”, which is not there."
    found = tied_to(graph, case.node, own)
    if found is None:
        return f"{own} is tied to “{path}”, which leads back to itself or to nothing."
    theirs = case.sheet.case(found[0].id)
    for one, name in ((case, own), (theirs, found[1])):
        is_known = bool(one.facts.outputs) and not one.node.is_bypassed
        is_bare = not has_layer(case.sheet.project, one.node)
        if is_bare or (is_known and weight_shape(one, name) is None):
            return f"{own} is tied to “{path}”, but {one.said} has no weight “{name}”."
    missing = _missing(case, found[0])
    return f"{own} is tied to a weight of “{found[0].name}”, {missing}." if missing else ""


_FIRST_SIZES = {"linear": "out_features", "embedding": "num_embeddings",
                "embeddingbag": "num_embeddings"}  # fmt: skip


def _fitting(
    case: Case, theirs: Case, mine: tuple[object, ...], yours: tuple[object, ...]
) -> Repair | None:  # fmt: skip
    """The params that decide the shape of this weight as in the other layer."""
    if bare(case.kind) == bare(theirs.kind) and case.kind.family == "convolution":
        names = ("out_channels", "kernel_size", "groups")
        edits = [SetParam(case.node.id, n, theirs.param(n), case.sheet.definition) for n in names]
        return Repair(f"Set sizes as in “{theirs.node.name}”", Together(tuple(edits)))
    out = _FIRST_SIZES.get(bare(case.kind))
    return set_param(case, out, yours[0], f"Set {out} to {yours[0]}") if out else None
