"""Wires that close behind nodes that go or come off: what fed them feeds their followers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from graphcore.project.definitions import MAIN
from graphcore.project.edits import Connect, Disconnect, Edit, Together
from graphcore.project.graph import Graph, NodeId, Wire
from graphcore.project.project import Project

Fits = Callable[[Wire], bool]


def all_fit(wire: Wire) -> bool:
    """Any wire will do."""
    return True


def healed(graph: Graph, gone: Iterable[NodeId], fits: Fits = all_fit) -> list[Wire]:
    """The wires that go on across these nodes, where the ends fit each other.

    A way leads across a node where exactly one wire goes in and all that go out leave one port.
    """
    chosen, into = set(gone), graph.wires_by_target()
    found = []
    for wire in graph.wires.values():
        if wire.source not in chosen or wire.target in chosen:
            continue
        feeder: Wire | None = wire
        while feeder is not None and feeder.source in chosen:
            feeder = _only_way(graph, into, feeder.source)
        if feeder is not None:
            new = replace(wire, source=feeder.source, output=feeder.output)
            found += [new] if fits(new) else []
    return found


def _only_way(graph: Graph, into: Mapping[NodeId, list[Wire]], node: NodeId) -> Wire | None:
    before = into.get(node, [])
    outputs = {wire.output for wire in graph.wires.values() if wire.source == node}
    return before[0] if len(before) == 1 and len(outputs) == 1 else None


def outer_wires(graph: Graph, nodes: Iterable[NodeId]) -> list[Wire]:
    """The wires between these nodes and others."""
    chosen = set(nodes)
    return [w for w in graph.wires.values() if (w.source in chosen) != (w.target in chosen)]


def detached(
    project: Project, nodes: Iterable[NodeId], definition: str = MAIN, fits: Fits = all_fit
) -> Together:
    """These nodes off all wires to others, which heal; the wires among them stay."""
    graph, chosen = project.definitions[definition].graph, set(nodes)
    edits: list[Edit] = [Disconnect(wire, definition) for wire in outer_wires(graph, chosen)]
    edits += [Connect(wire, definition) for wire in healed(graph, chosen, fits)]
    return Together(tuple(edits))
