"""Blocks taken apart: their nodes in their place, turn by turn where they repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate, names_of, substituted
from graphcore.project.definitions import MAIN
from graphcore.project.edits import AddNode, Connect, Edit, RemoveNode, Set, Together
from graphcore.project.graph import REPEAT_INDEX, Graph, Node, NodeId, Wire, new_id
from graphcore.project.lending import has_layer, sharers
from graphcore.project.notes import copied_notes, notes_of
from graphcore.project.project import Point, Project
from graphcore.project.structure import block_of

_OF_WEIGHTS = ("init", "freeze", "lr_factor", "decay")
"""Settings of a block that hold for the layers in it, unless these have their own."""
_ROW = 144
"""Distance in scene units between the last row of one turn and the first of the next."""


def unpack(project: Project, block: NodeId, definition: str = MAIN) -> Edit:
    """The block's nodes in its place, once for each turn; the definition stays for others.

    Names that are taken get the block's name in front; formulas over the block's params are
    filled with what they are at this instance. Raises UserError where the node is no block, or
    where its nodes alone could not do what it does.
    """
    node, _ = block_of(project, project.definitions[definition].graph, block)
    _check(project, node, definition)
    if not node.repeat:
        return _once(project, block, definition)
    trial, turns = project.copy(), _turns(project, node, definition)
    edits = [_in_a_row(project, node, turns, definition)]
    edits[0].apply(trial)
    for turn in turns:
        edits.append(_once(trial, turn.id, definition))
        edits[-1].apply(trial)
    return Together(tuple(edits))


def _check(project: Project, node: Node, definition: str) -> None:
    if node.is_bypassed or node.is_muted:
        way = "bypassed" if node.is_bypassed else "muted"
        raise UserError(
            f"“{node.name}” is {way} as a whole, which its nodes could not be.",
            "Switch that off first, or delete the block.",
        )
    if node.shares or sharers(project.definitions[definition].graph, node):
        raise UserError(
            f"“{node.name}” has its weights in common with another block.",
            "Unshare them first: the nodes of one block can't share with the inside of another.",
        )


def _turns(project: Project, node: Node, definition: str) -> list[Node]:
    """One block a turn, the turn's number filled in where params ask for it."""
    graph = project.definitions[definition].graph.copy()
    settings = {name: value for name, value in node.settings.items() if name != "repeat"}
    scope, found = project.names_in_scope(definition), list[Node]()
    for turn in range(node.repeat):
        params = {n: _filled(v, {REPEAT_INDEX: turn}, scope) for n, v in node.params.items()}
        made = replace(node, id=new_id(), name=graph.free_name(f"{node.name}_{turn}"),
                       params=params, order=graph.next_order(), settings=settings)  # fmt: skip
        graph.nodes[made.id] = made
        found.append(made)
    return found


def _in_a_row(project: Project, node: Node, turns: list[Node], definition: str) -> Edit:
    """These blocks instead of the repeated one: what comes out of one goes into the next."""
    graph, height = project.definitions[definition].graph, _height(project, node)
    home = project.layout.get(definition, {}).get(node.id)
    edits: list[Edit] = [RemoveNode(node.id, definition)]
    for count, turn in enumerate(turns):
        place = (home[0], home[1] + count * height) if home else None
        edits.append(AddNode(turn, place, definition))
    return Together(
        (*edits, *(Connect(w, definition) for w in _chained(project, graph, node, turns)))
    )


def _chained(project: Project, graph: Graph, node: Node, turns: list[Node]) -> list[Wire]:
    inputs, outputs = project.ports(node)
    found: list[Wire] = []
    for wire in graph.wires.values():
        if wire.target == node.id:
            fed = turns[:1] if wire.input == inputs[0].name else turns
            found += [replace(wire, target=turn.id) for turn in fed]
        elif wire.source == node.id:
            found.append(replace(wire, source=turns[-1].id))
    if inputs and outputs:
        found += [Wire(one.id, outputs[0].name, other.id, inputs[0].name)
                  for one, other in pairwise(turns)]  # fmt: skip
    return found


def _height(project: Project, node: Node) -> int:
    """How far the drawings of two turns lie apart, in scene units."""
    rows = [y for _, y in project.layout.get(node.kind.removeprefix("block."), {}).values()]
    return max(rows, default=0) - min(rows, default=0) + _ROW


def _once(project: Project, block: NodeId, definition: str) -> Edit:
    graph = project.definitions[definition].graph
    node, inner = block_of(project, graph, block)
    inside = sorted(inner.graph.nodes.values(), key=lambda item: item.order)
    body = [n for n in inside if n.kind not in ("io.Input", "io.Output")]
    copies = _copies(project, node, body, definition)
    home = project.layout.get(definition, {}).get(block)
    edits: list[Edit] = [RemoveNode(block, definition)]
    name = node.kind.removeprefix("block.")
    x, y = _shift(project.layout.get(name, {}), home)
    places = {n: (left + x, top + y) for n, (left, top) in project.layout.get(name, {}).items()}
    edits += [AddNode(copies[n.id], places.get(n.id) if home else None, definition) for n in body]
    edits += [Connect(wire, definition) for wire in _rewired(graph, inner.graph, block, copies)]
    for key, points in project.dots.get(name, {}).items():
        inside_id, _, port = key.partition(".")
        wire = inner.graph.wire_into(NodeId(inside_id), port)
        if wire is not None and {wire.source, wire.target} <= copies.keys():
            path = ("dots", definition, f"{copies[wire.target].id}.{port}")
            edits.append(Set(path, tuple((left + x, top + y) for left, top in points)))
    edits.append(copied_notes(notes_of(project, name).values(), definition, (x, y))[0])
    return Together(tuple(edits))


def _copies(
    project: Project, block: Node, body: list[Node], definition: str
) -> dict[NodeId, Node]:  # fmt: skip
    graph, exposed = project.definitions[definition].graph, project.params_at(block)
    values = {param.name: block.params.get(param.name, param.default) for param in exposed}
    scope, order = project.names_in_scope(definition), graph.next_order()
    names, found = _free_names(graph, block, body), dict[NodeId, Node]()
    for place, node in enumerate(body):
        params = {n: _filled(v, values, scope) for n, v in node.params.items()}
        settings = {**_lent(project, block, node), **_following(node, names)}
        found[node.id] = replace(node, id=new_id(), name=names[node.name], params=params,
                                 settings=settings, order=order + place)  # fmt: skip
    return found


def _free_names(graph: Graph, block: Node, body: list[Node]) -> dict[str, str]:
    """What the nodes of the block are called outside of it."""
    taken = {node.name for node in graph.nodes.values() if node.id != block.id}
    found: dict[str, str] = {}
    for node in body:
        name, number = node.name, 2
        while name in taken:
            name, number = f"{block.name}_{node.name}{number if number > 2 else ''}", number + 1
        taken.add(name)
        found[node.name] = name
    return found


def _lent(project: Project, block: Node, node: Node) -> dict[str, object]:
    """What the block says of the layers in it."""
    if not has_layer(project, node):
        return {}
    return {name: block.settings[name] for name in _OF_WEIGHTS if name in block.settings}


def _following(node: Node, names: Mapping[str, str]) -> dict[str, object]:
    """The node's own settings; those it shares with or is tied to are called otherwise now."""
    settings = dict(node.settings)
    if node.shares:
        settings["shares"] = names.get(node.shares, node.shares)
    if node.ties:
        settings["ties"] = {own: _renamed(path, names) for own, path in node.ties.items()}
    return settings


def _renamed(path: str, names: Mapping[str, str]) -> str:
    head, dot, weight = path.partition(".")
    return f"{names.get(head, head)}{dot}{weight}"


def _filled(value: object, values: Mapping[str, object], scope: Mapping[str, object]) -> object:
    """A param's value outside of the block: formulas over its params are filled or worked out."""
    if not isinstance(value, Formula) or not names_of(value) & set(values):
        return value
    filled = substituted(value, values)
    return filled if names_of(filled) else evaluate(filled, scope)


def _shift(places: Mapping[NodeId, Point], home: Point | None) -> Point:
    """How far inner places move so that their corner lies where the block was."""
    if home is None or not places:
        return 0, 0
    left, top = min(x for x, _ in places.values()), min(y for _, y in places.values())
    return home[0] - left, home[1] - top


def _rewired(
    graph: Graph, inner: Graph, block: NodeId, copies: Mapping[NodeId, Node]
) -> list[Wire]:  # fmt: skip
    def source_of(wire: Wire) -> tuple[NodeId, str] | None:
        """Where an inner wire's value comes from outside of the block."""
        node = inner.nodes[wire.source]
        if node.kind != "io.Input":
            return copies[wire.source].id, wire.output
        outer = graph.wire_into(block, node.name)
        return (outer.source, outer.output) if outer else None

    found: list[Wire] = []
    for wire in inner.wires.values():
        source = source_of(wire)
        if source is not None and wire.target in copies:
            found.append(Wire(*source, copies[wire.target].id, wire.input))
    for wire in graph.wires.values():
        if wire.source == block:
            end = inner.by_name(wire.output)
            last = inner.wire_into(end.id, "input") if end else None
            source = source_of(last) if last else None
            if source is not None:
                found.append(Wire(*source, wire.target, wire.input))
    return found
