"""Bypass, mute and freeze by hand: where each makes sense, and the edit that switches it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from graphcore.errors import UserError
from graphcore.kinds.weights import may_have_weights
from graphcore.project.definitions import MAIN
from graphcore.project.edits import MISSING, Edit, Set, Together
from graphcore.project.graph import Node, NodeId
from graphcore.project.project import Project

Switch = Literal["bypass", "mute", "freeze"]

_ENDS = ("dataset", "input", "output")


def why_not(project: Project, node: Node, switch: Switch) -> str:
    """Why a node has no such switch, as a sentence; empty where it has."""
    kind = project.kind(node.kind)
    inputs, outputs = project.ports(node)
    if kind.role in _ENDS:
        return f"“{node.name}” hands values on as they are: there is nothing to switch off."
    match switch:
        case "bypass" if kind.is_term:
            return f"“{node.name}” is a term of the objective. Mute it, so that it doesn't count."
        case "bypass" if not inputs or not outputs:
            return f"“{node.name}” has nothing to pass on: bypassing takes an input and an output."
        case "mute" if not outputs and not kind.is_term:
            return f"“{node.name}” has no output that could be zero."
        case "freeze" if not _may_have_weights(project, node):
            return f"“{node.name}” has no weights to freeze."
    return ""


def _may_have_weights(project: Project, node: Node) -> bool:
    """Whether it, or for a block anything in it, may have weights."""
    kind = project.kind(node.kind)
    if kind.role != "block":
        return may_have_weights(kind, node.params)
    inside = project.definitions[kind.name.removeprefix("block.")].graph.nodes.values()
    return any(_may_have_weights(project, inner) for inner in inside)


def is_on(project: Project, nodes: Iterable[NodeId], switch: Switch, definition: str) -> bool:
    """Whether every one of these nodes that has the switch has it on."""
    able = _able(project, nodes, switch, definition)
    return bool(able) and all(node.settings.get(switch) is True for node in able)


def switched(
    project: Project, nodes: Iterable[NodeId], switch: Switch, definition: str = MAIN
) -> Edit:
    """The switch on at all of these nodes that have it, or off where it is on at all of them.

    Raises UserError where none of them has it.
    """
    chosen = list(nodes)
    able = _able(project, chosen, switch, definition)
    if not able:
        raise UserError(why_none(project, chosen, switch, definition), "Select another node.")
    value = MISSING if is_on(project, chosen, switch, definition) else True
    edits = [
        Set(("nodes", definition, node.id, "settings", switch), value)
        for node in able
        if node.settings.get(switch, MISSING) is not value
    ]
    return edits[0] if len(edits) == 1 else Together(tuple(edits))


def why_none(project: Project, nodes: Iterable[NodeId], switch: Switch, definition: str) -> str:
    """Why none of these nodes has the switch; empty where one has it."""
    graph = project.definitions[definition].graph
    reasons = [why_not(project, graph.nodes[n], switch) for n in nodes if n in graph.nodes]
    return reasons[0] if reasons and all(reasons) else ""


def _able(
    project: Project, nodes: Iterable[NodeId], switch: Switch, definition: str
) -> list[Node]:  # fmt: skip
    graph = project.definitions[definition].graph
    found = [graph.nodes[node] for node in nodes if node in graph.nodes]
    able = [node for node in found if not why_not(project, node, switch)]
    return sorted(able, key=lambda node: node.order)
