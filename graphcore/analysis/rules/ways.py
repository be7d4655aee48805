"""Ways out: the edits that rules offer as candidates. Whether one helps is proven later.

Ids of new nodes come from where they go, so the same drawing always offers equal repairs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from graphcore.analysis.result import Repair
from graphcore.analysis.rules.case import Case, Sheet
from graphcore.kinds.catalog import CATALOG
from graphcore.project.edits import (
    MISSING,
    AddNode,
    Connect,
    Edit,
    RemoveNode,
    Set,
    SetParam,
    Together,
)
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.make import new_node
from graphcore.project.project import Point

STEP = 120  # how far a new node stands from the one that it was put before, in scene units


def made(sheet: Sheet, kind: str, where: str, params: Mapping[str, object] | None = None) -> Node:
    """A new node of that kind; `where` makes its id."""
    text = f"{sheet.definition}/{where}/{kind}"
    while (new := NodeId(hashlib.sha1(text.encode()).hexdigest()[:8])) in sheet.graph.nodes:
        text += "+"
    node = replace(new_node(sheet.project, kind, sheet.definition), id=new)
    for name, value in (params or {}).items():
        node = node.with_param(name, value)
    return node


def insert(
    sheet: Sheet, wire: Wire | None, chain: Sequence[tuple[str, Mapping[str, object]]], text: str
) -> Repair | None:
    """New nodes, one after the other, on a wire. None where a kind or the wire is not there."""
    if wire is None or any(kind not in CATALOG for kind, _ in chain):
        return None
    edits: list[Edit] = []
    source, port, taken = wire.source, wire.output, set[str]()
    for place, (kind, params) in enumerate(chain):
        node = made(sheet, kind, f"{wire.target}.{wire.input}.{place}", params)
        if node.name in taken:
            node = replace(node, name=f"{node.name}{place + 10}")
        taken.add(node.name)
        node = replace(node, order=node.order + place)
        first_in = sheet.project.slots(node, sheet.graph)[0]
        edits += [
            AddNode(node, _before(sheet, wire.target, place), sheet.definition),
            Connect(Wire(source, port, node.id, first_in), sheet.definition),
        ]
        source, port = node.id, sheet.project.ports(node)[1][0].name
    edits.append(Connect(Wire(source, port, wire.target, wire.input), sheet.definition))
    return Repair(text, Together(tuple(edits)))


def _before(sheet: Sheet, node: NodeId, place: int = 0) -> Point | None:
    at = sheet.project.layout.get(sheet.definition, {}).get(node)
    return (at[0] - STEP, at[1] + STEP * (place + 1)) if at else None


def take_out(sheet: Sheet, node: NodeId, text: str = "", reader: Wire | None = None) -> Repair:
    """The node gone and its first input wired through to all that read it.

    Where `reader` is given and others read the node too, only that wire goes around it.
    """
    name = sheet.graph.nodes[node].name
    wires = sheet.readers.get(node, [])
    source = sheet.first_wire(node)
    if reader is not None and len(wires) > 1 and source is not None:
        around = Connect(replace(reader, source=source.source, output=source.output),
                         sheet.definition)  # fmt: skip
        return Repair(text or f"Wire around “{name}”", around)
    edits: list[Edit] = [RemoveNode(node, sheet.definition)]
    if source is not None:
        edits += [
            Connect(replace(wire, source=source.source, output=source.output), sheet.definition)
            for wire in wires
        ]
    return Repair(text or f"Take “{name}” out", Together(tuple(edits)))


def exchange(
    sheet: Sheet, node: Node, kind: str, params: Mapping[str, object] | None = None, text: str = ""
) -> Repair | None:
    """Another kind in the place of a node, with its wires and the params that both have."""
    if kind not in CATALOG:
        return None
    found = CATALOG[kind]
    kept = {name: value for name, value in node.params.items() if found.param(name)}
    inputs = {port.name for port in found.inputs}
    new = replace(node, kind=kind, params={**found.starting_params(), **kept, **(params or {})})
    position = sheet.project.layout.get(sheet.definition, {}).get(node.id)
    into = [w for w in sheet.into.get(node.id, ()) if w.input in inputs]
    edits: list[Edit] = [
        RemoveNode(node.id, sheet.definition), AddNode(new, position, sheet.definition)
    ]  # fmt: skip
    edits += [Connect(wire, sheet.definition) for wire in (*into, *sheet.readers.get(node.id, ()))]
    return Repair(text or f"Make “{node.name}” a {found.title}", Together(tuple(edits)))


def set_param(case: Case, name: str, value: object, text: str) -> Repair:
    """Another value of a param."""
    return Repair(text, SetParam(case.node.id, name, value, case.sheet.definition))


def clear_param(case: Case, name: str, text: str) -> Repair:
    """A param back to inferred or default."""
    return set_param(case, name, MISSING, text)


def set_setting(case: Case, name: str, value: object, text: str) -> Repair:
    """Another value of a node's own setting; MISSING clears it."""
    path = ("nodes", case.sheet.definition, case.node.id, "settings", name)
    return Repair(text, Set(path, value))


def rewire(sheet: Sheet, wire: Wire, text: str) -> Repair:
    """A wire into a slot, in place of what is there."""
    return Repair(text, Connect(wire, sheet.definition))


def move_before(sheet: Sheet, node: Node, other: Node) -> Repair | None:
    """A node with one input and one output moved to the first input of another node above it."""
    into = sheet.first_wire(other.id)
    return _moved(sheet, node, into, f"Move “{node.name}” before “{other.name}”") if into else None


def move_behind(sheet: Sheet, node: Node, other: Node) -> Repair | None:
    """A node with one input and one output moved behind another node below it."""
    source, port = sheet.first_wire(node.id), sheet.kind(other).outputs
    if source is None or not port or port[0].name != "output":
        return None
    around = Together(_closed(sheet, node))
    readers = [w for w in sheet.readers.get(other.id, ()) if w.output == "output"]
    own = Wire(other.id, "output", node.id, source.input)
    moved = [replace(wire, source=node.id, output="output") for wire in readers]
    edits: tuple[Edit, ...] = (around, Connect(own, sheet.definition),
             *(Connect(wire, sheet.definition) for wire in moved))  # fmt: skip
    return Repair(f"Move “{node.name}” behind “{other.name}”", Together(edits))


def _closed(sheet: Sheet, node: Node) -> tuple[Edit, ...]:
    """What read the node reads its source instead; the node keeps its input."""
    source = sheet.first_wire(node.id)
    if source is None:
        return ()
    return tuple(
        Connect(replace(wire, source=source.source, output=source.output), sheet.definition)
        for wire in sheet.readers.get(node.id, ())
    )


def _moved(sheet: Sheet, node: Node, into: Wire, text: str) -> Repair | None:
    own = sheet.first_wire(node.id)
    if own is None:
        return None
    edits = (*_closed(sheet, node),
             Connect(Wire(into.source, into.output, node.id, own.input), sheet.definition),
             Connect(replace(into, source=node.id, output="output"), sheet.definition))  # fmt: skip
    return Repair(text, Together(edits))
