"""Layers that share a weight: there is only one tensor, so all must want the same."""

from __future__ import annotations

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, Sheet, problem
from graphcore.analysis.rules.flow import bare
from graphcore.analysis.rules.ways import set_param, set_setting
from graphcore.project.edits import MISSING, SetParam, Together
from graphcore.project.graph import Node


def tied(sheet: Sheet) -> list[Problem]:
    """Layers that share weights need the same kind and sizes: there is only one tensor."""
    found = []
    for node in sheet.graph.nodes.values():
        if "shares" not in node.settings and "ties" not in node.settings:
            continue
        case = sheet.case(node.id)
        problems = [_shared(case), *_tied(case)]
        found += [item for item in problems if item is not None]
    return found


def _shared(case: Case) -> Problem | None:
    name = case.node.settings.get("shares")
    if not name:
        return None
    other = case.sheet.graph.by_name(str(name))
    away = set_setting(case, "shares", MISSING, f"Give “{case.node.name}” weights of its own")
    if other is None:
        text = f"{case.said} shares the weights of “{name}”, which is not there."
        return problem(case, "tied", "error", "build", "", text, [away])
    theirs = case.sheet.case(other.id)
    if theirs.kind.name != case.kind.name:
        text = f"{case.said} shares the weights of {theirs.said}: both must be of one kind."
        return problem(case, "tied", "error", "build", "", text, [away])
    differ = [p.name for p in case.kind.params if case.param(p.name) != theirs.param(p.name)]
    if differ:
        listed = ", ".join(f"{n} {case.param(n)} and {theirs.param(n)}" for n in differ[:3])
        text = (
            f"{case.said} shares the weights of {theirs.said}, but what arrives asks for others: "
            f"{listed}. Give both inputs of one size, or give it weights of its own."
        )
        return problem(case, "tied", "error", "build", "", text, [away])
    return _unheard(case, other, away)


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
    ties = case.node.settings.get("ties")
    if not isinstance(ties, dict):
        return []
    return [_tie(case, str(own), str(path), ties) for own, path in ties.items()]


def _tie(case: Case, own: str, path: str, ties: dict[str, object]) -> Problem | None:
    sheet = case.sheet
    other = sheet.graph.by_name(path) or sheet.graph.by_name(path.rpartition(".")[0])
    rest = {name: value for name, value in ties.items() if name != own}
    away = set_setting(case, "ties", rest or MISSING, f"Untie {own} of “{case.node.name}”")
    if other is None:
        text = f"{case.said}: {own} is tied to “{path}”, which is not there."
        return problem(case, "tied", "error", "build", "", text, [away])
    theirs = sheet.case(other.id)
    weight = path.rpartition(".")[2] if sheet.graph.by_name(path) is None else own
    mine, yours = weight_shape(case, own), weight_shape(theirs, weight)
    if mine is None or yours is None or mine == yours:
        return None
    text = (
        f"{case.said}: its {own} [{', '.join(map(str, mine))}] is tied to that of {theirs.said} "
        f"[{', '.join(map(str, yours))}]; the sizes must be equal."
    )
    repairs: list[Repair | None] = [_fitting(case, theirs, mine, yours), away]
    return problem(case, "tied", "error", "build", "", text, repairs)


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
