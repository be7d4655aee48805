"""Blocks made, taken apart and told apart: each one edit, worked out from the drawing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, names_of
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.dots import kept_dots
from graphcore.project.edits import (
    AddDefinition,
    AddNode,
    Connect,
    Edit,
    RemoveNode,
    Set,
    Together,
    bend_key,
)
from graphcore.project.graph import Graph, Node, NodeId, Wire, check_name, new_id
from graphcore.project.notes import copied_notes, notes_of
from graphcore.project.project import Point, Project

STAY = {"dataset": "a Dataset", "input": "an Input", "output": "an Output", "loss": "a loss",
         "term": "a Term"}  # fmt: skip
_GAP = 264
"""Distance in scene units between a block's inner nodes and its Inputs and Outputs."""


def collapse(
    project: Project, nodes: Collection[NodeId], name: str, definition: str = MAIN,
    notes: Iterable[str] = (),
) -> Edit:  # fmt: skip
    """These nodes as one block of a new definition called `name`; these notes go along.

    What comes in becomes an Input each, what is read outside an Output each. Raises UserError
    where the name is taken or can't be a class, where a node has to stay in the main drawing
    (data, losses), or where something outside stands between the nodes.
    """
    made = _Collapse(project, frozenset(nodes), name, definition).edit()
    along = [
        Set(("notes", key), replace(project.notes[key], definition=name)) for key in sorted(notes)
    ]
    return Together((*made.edits, *along)) if along else made


@dataclass(slots=True)
class _Collapse:
    project: Project
    nodes: frozenset[NodeId]
    name: str
    definition: str

    @property
    def graph(self) -> Graph:
        return self.project.definitions[self.definition].graph

    def edit(self) -> Together:
        self._refuse()
        wires = self.graph.wires.values()
        entering = [w for w in wires if w.target in self.nodes and w.source not in self.nodes]
        leaving = [w for w in wires if w.source in self.nodes and w.target not in self.nodes]
        inputs = self._ports(entering)
        outputs = self._ports(leaving, taken=inputs.values())
        made = self._definition(inputs, outputs)
        block = self._block(made)
        edits: list[Edit] = [AddDefinition(self.name, made)]
        edits += [Set(("layout", self.name), self._places(made, inputs, outputs))]
        edits += [RemoveNode(node, self.definition) for node in sorted(self.nodes)]
        edits.append(AddNode(block, self._place(), self.definition))
        edits += [
            Connect(Wire(source, port, block.id, slot), self.definition)
            for (source, port), slot in inputs.items()
        ]
        edits += [
            Connect(
                Wire(block.id, outputs[wire.source, wire.output], wire.target, wire.input),
                self.definition,
            )
            for wire in leaving
        ]
        return Together((*edits, *self._dots(leaving)))

    def _dots(self, leaving: list[Wire]) -> Iterator[Edit]:
        """The dots of wires inside, and of those that end where they did."""
        dots = self.project.dots.get(self.definition, {})
        ends = (w for w in self.graph.wires.values() if {w.source, w.target} <= self.nodes)
        inner = {bend_key(w): dots[bend_key(w)] for w in ends if bend_key(w) in dots}
        yield Set(("dots", self.name), inner)
        yield from kept_dots(self.project, leaving, self.definition)

    def _refuse(self) -> None:
        check_name(self.name)
        if not self.nodes:
            raise UserError("Nothing is selected.", "Select the nodes of the block first.")
        for node in self.nodes:
            role = self.project.kind(self.graph.nodes[node].kind).role
            if role in STAY:
                found = self.graph.nodes[node].name
                raise UserError(
                    f"“{found}” is {STAY[role]}, which has to stay outside of blocks.",
                    "Take it out of the selection.",
                )
        ids = self.graph.ids
        behind = {n for node in self.nodes for n in ids.successors(node)} - self.nodes
        if self.graph.ancestors(self.nodes - behind) & self._reached(behind) - self.nodes:
            raise UserError(
                "Something outside stands between the selected nodes.",
                "Select what is between them too.",
            )

    def _reached(self, start: Iterable[NodeId]) -> set[NodeId]:
        found, waiting = set[NodeId](), list(start)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(self.graph.ids.successors(node))
        return found

    def _ports(
        self, wires: list[Wire], taken: Iterable[str] = ()
    ) -> dict[tuple[NodeId, str], str]:  # fmt: skip
        """A port's name for every value that crosses the border: its node's, made unique."""
        used = {self.graph.nodes[node].name for node in self.nodes} | set(taken)
        found: dict[tuple[NodeId, str], str] = {}
        for wire in wires:
            value = (wire.source, wire.output)
            if value in found:
                continue
            node = self.graph.nodes[wire.source]
            wish = wire.output if node.kind == "data.Dataset" else node.name
            name, number = wish, 2
            while name in used:
                name, number = f"{wish}_{number}", number + 1
            used.add(name)
            found[value] = name
        return found

    def _definition(
        self,
        inputs: Mapping[tuple[NodeId, str], str],
        outputs: Mapping[tuple[NodeId, str], str],
    ) -> Definition:
        inside = sorted((self.graph.nodes[n] for n in self.nodes), key=lambda node: node.order)
        heads = [Node(new_id(), "io.Input", n, order=i) for i, n in enumerate(inputs.values())]
        body = [replace(node, order=len(heads) + i) for i, node in enumerate(inside)]
        first = len(heads) + len(body)
        ends = [
            Node(new_id(), "io.Output", n, order=first + i) for i, n in enumerate(outputs.values())
        ]
        graph = Graph([*heads, *body, *ends])
        by_value = dict(zip(inputs, heads, strict=True))
        for wire in self.graph.wires.values():
            if wire.target in self.nodes:
                head = by_value.get((wire.source, wire.output))
                kept = replace(wire, source=head.id, output="output") if head else wire
                graph.wires[kept.target, kept.input] = kept
        for (source, port), end in zip(outputs, ends, strict=True):
            graph.wires[end.id, "input"] = Wire(source, port, end.id, "input")
        graph.changed()
        outer = self.project.definitions[self.definition].params
        used = {name for node in inside for name in _names(node)}
        return Definition(graph, {n: p for n, p in outer.items() if n in used})

    def _block(self, made: Definition) -> Node:
        order = min(self.graph.nodes[node].order for node in self.nodes)
        params: dict[str, object] = {name: Formula(name) for name in made.params}
        return Node(new_id(), f"block.{self.name}", self._free(), params, order=order)

    def _free(self) -> str:
        kept = {node.name for node in self.graph.nodes.values() if node.id not in self.nodes}
        wish = self.name[:1].lower() + self.name[1:]
        wish = wish if wish != self.name else f"{wish}_1"
        name, number = wish, 2
        while name in kept:
            name, number = f"{wish}{number}", number + 1
        return name

    def _place(self) -> Point | None:
        placed = self.project.layout.get(self.definition, {})
        found = [placed[node] for node in self.nodes if node in placed]
        return (min(x for x, _ in found), min(y for _, y in found)) if found else None

    def _places(
        self,
        made: Definition,
        inputs: Mapping[tuple[NodeId, str], str],
        outputs: Mapping[tuple[NodeId, str], str],
    ) -> dict[NodeId, Point]:
        """Inner nodes where they were, Inputs in a column before them, Outputs behind."""
        placed = self.project.layout.get(self.definition, {})
        found = {node: placed[node] for node in self.nodes if node in placed}
        left = min((x for x, _ in found.values()), default=0) - _GAP
        right = max((x for x, _ in found.values()), default=0) + _GAP
        top = min((y for _, y in found.values()), default=0)
        by_name = {node.name: node.id for node in made.graph.nodes.values()}
        for column, names in ((left, inputs.values()), (right, outputs.values())):
            for row, name in enumerate(names):
                found[by_name[name]] = (column, top + row * 132)
        return found


def _names(node: Node) -> set[str]:
    return {
        name for value in node.params.values() if isinstance(value, Formula)
        for name in names_of(value)
    }  # fmt: skip


def block_of(project: Project, graph: Graph, block: NodeId) -> tuple[Node, Definition]:
    node = graph.nodes.get(block)
    inner = project.definitions.get(node.kind.removeprefix("block.")) if node else None
    if node is None or inner is None or not node.kind.startswith("block."):
        raise UserError("That node is no block.", "Select a block first.")
    return node, inner


def make_unique(project: Project, block: NodeId, definition: str = MAIN) -> Edit:
    """The block with a definition of its own, so that changing it changes no other.

    Raises UserError where the node is no block.
    """
    graph = project.definitions[definition].graph
    node, inner = block_of(project, graph, block)
    old = node.kind.removeprefix("block.")
    name, number = f"{old}2", 2
    while name in project.definitions:
        number += 1
        name = f"{old}{number}"
    place = project.layout.get(definition, {}).get(block)
    edits: list[Edit] = [AddDefinition(name, inner.copy())]
    edits.append(Set(("layout", name), dict(project.layout.get(old, {}))))
    edits.append(Set(("dots", name), dict(project.dots.get(old, {}))))
    edits.append(RemoveNode(block, definition))
    edits.append(AddNode(replace(node, kind=f"block.{name}"), place, definition))
    edits += [Connect(wire, definition) for wire in graph.wires_at(block)]
    edits += kept_dots(project, graph.wires_at(block), definition)
    edits.append(copied_notes(notes_of(project, old).values(), name)[0])
    return Together(tuple(edits))


def free_block_name(project: Project, wish: str = "Block1") -> str:
    """The wish, or its stem with the smallest number that is free: `Block1`, `Block2`, …"""
    stem, number = wish.rstrip("0123456789") or wish, 2
    name = wish
    while name in project.definitions:
        name, number = f"{stem}{number}", number + 1
    return name
