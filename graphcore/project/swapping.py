"""The first two inputs of a node, changed over: `a - b` becomes `b - a`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graphcore.errors import UserError
from graphcore.project.definitions import MAIN
from graphcore.project.edits import MISSING, Connect, Disconnect, Edit, Set, Together, bend_key
from graphcore.project.graph import NodeId, Slot
from graphcore.project.project import Project


def why_not_swapped(project: Project, nodes: Iterable[NodeId], definition: str) -> str:
    """Why none of these nodes has inputs to swap, as a sentence; empty where one has."""
    graph = project.definitions[definition].graph
    chosen = [node for node in nodes if node in graph.nodes]
    if any(_slots(project, node, definition) for node in chosen):
        return ""
    if not chosen:
        return "Select a node first."
    return f"“{graph.nodes[chosen[0]].name}” has no two inputs of which one is wired."


def _slots(project: Project, node: NodeId, definition: str) -> tuple[Slot, Slot] | None:
    """The first two input slots, where at least one is wired."""
    graph = project.definitions[definition].graph
    first = [(node, slot) for slot in project.slots(graph.nodes[node], graph)[:2]]
    if len(first) < 2 or not any(slot in graph.wires for slot in first):
        return None
    return first[0], first[1]


def swapped(project: Project, nodes: Iterable[NodeId], definition: str = MAIN) -> Edit:
    """The wires of the first two inputs changed over, at each node that has two.

    Raises UserError where none has.
    """
    chosen = sorted(nodes)
    why = why_not_swapped(project, chosen, definition)
    if why:
        raise UserError(why, "Select one that merges two values, such as sub.")
    graph, bends = project.definitions[definition].graph, project.bends.get(definition, {})
    dots = project.dots.get(definition, {})
    cut, made = list[Edit](), list[Edit]()
    for node in chosen:
        pair = _slots(project, node, definition)
        for slot, other in (pair, pair[::-1]) if pair else ():
            if wire := graph.wires.get(slot):
                cut.append(Disconnect(wire, definition))
                new = replace(wire, input=other[1])
                made.append(Connect(new, definition))
                if bend_key(wire) in dots:
                    made.append(Set(("dots", definition, bend_key(new)), dots[bend_key(wire)]))
                if bend_key(wire) in bends:
                    cut.append(Set(("bends", definition, bend_key(wire)), MISSING))
    return Together((*cut, *made))
