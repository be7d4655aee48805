"""Every way a project can change.

An edit is a frozen value; applying it changes the project and returns the edit that takes the
change back, so undo needs no code of its own. Edits carry absolute values, never deltas. An
edit that raises has changed nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Protocol

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.graph import Graph, Node, NodeId, Wire, check_name
from graphcore.project.project import Point, Project


class _Missing:
    """The value of what is not there; as a param's value it means inferred or default."""

    def __repr__(self) -> str:
        return "MISSING"

    def __reduce__(self) -> str:
        return "MISSING"


MISSING = _Missing()


class Edit(Protocol):
    """A change of a project."""

    def apply(self, project: Project) -> Edit:
        """Change the project and return the inverse. Raises UserError, then nothing changed."""


def _graph(project: Project, definition: str) -> Graph:
    if definition not in project.definitions:
        raise UserError(f"There is no definition “{definition}”.", "Pick one that exists.")
    return project.definitions[definition].graph


def _node(graph: Graph, node: NodeId) -> Node:
    if node not in graph.nodes:
        raise UserError(f"There is no node with the id “{node}”.", "It may have been deleted.")
    return graph.nodes[node]


@dataclass(frozen=True, slots=True)
class AddNode:
    """A new node at a place on the canvas."""

    node: Node
    position: Point | None = None
    definition: str = MAIN

    def apply(self, project: Project) -> RemoveNode:
        graph = _graph(project, self.definition)
        check_name(self.node.name)
        if self.node.id in graph.nodes:
            raise UserError(f"The id “{self.node.id}” is taken.", "Use another.")
        if graph.by_name(self.node.name) is not None:
            raise UserError(f"There is a “{self.node.name}” already.", "Use another name.")
        graph.nodes[self.node.id] = self.node
        if self.position is not None:
            project.layout.setdefault(self.definition, {})[self.node.id] = self.position
        graph.changed()
        return RemoveNode(self.node.id, self.definition)


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """A node and its wires gone."""

    node: NodeId
    definition: str = MAIN

    def apply(self, project: Project) -> Together:
        graph = _graph(project, self.definition)
        node, wires = _node(graph, self.node), graph.wires_at(self.node)
        cut = Together(tuple(Disconnect(wire, self.definition) for wire in wires))
        joined = cut.apply(project)
        del graph.nodes[self.node]
        position = project.layout.get(self.definition, {}).pop(self.node, None)
        graph.changed()
        return Together((AddNode(node, position, self.definition), *joined.edits))


@dataclass(frozen=True, slots=True)
class Connect:
    """A wire into a slot; a wire that was there gives way."""

    wire: Wire
    definition: str = MAIN

    def apply(self, project: Project) -> Edit:
        graph = _graph(project, self.definition)
        _node(graph, self.wire.source)
        _node(graph, self.wire.target)
        slot = (self.wire.target, self.wire.input)
        before = graph.wires.get(slot)
        if graph.would_cycle(self.wire.source, self.wire.target):
            source, target = graph.nodes[self.wire.source], graph.nodes[self.wire.target]
            raise UserError(
                f"A wire from “{source.name}” to “{target.name}” would close a circle.",
                "Data flows one way; use a recurrent layer for what must come back.",
            )
        graph.wires[slot] = self.wire
        graph.changed()
        return Connect(before, self.definition) if before else Disconnect(
            self.wire, self.definition
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disconnect:
    """A wire gone."""

    wire: Wire
    definition: str = MAIN

    def apply(self, project: Project) -> Edit:
        graph = _graph(project, self.definition)
        slot = (self.wire.target, self.wire.input)
        if graph.wires.get(slot) != self.wire:
            raise UserError("That wire is not there.", "It may have been deleted.")
        del graph.wires[slot]
        graph.changed()
        inverse: Edit = Connect(self.wire, self.definition)
        bends = project.bends.get(self.definition, {}).pop(bend_key(self.wire), None)
        if bends:
            path = ("bends", self.definition, bend_key(self.wire))
            inverse = Together((inverse, Set(path, bends)))
        return inverse


def bend_key(wire: Wire) -> str:
    """The key of a wire's bend points: the slot that it ends in."""
    return f"{wire.target}.{wire.input}"


@dataclass(frozen=True, slots=True)
class SetParam:
    """A param's value: a literal, a Formula, or MISSING for inferred or default."""

    node: NodeId
    name: str
    value: object
    definition: str = MAIN

    def apply(self, project: Project) -> SetParam:
        graph = _graph(project, self.definition)
        node = _node(graph, self.node)
        param = project.kind(node.kind).param(self.name)
        value = self.value
        if value is not MISSING and param is not None and not isinstance(value, Formula):
            value = param.check(value)
        if param is None and project.kind(node.kind).role not in ("unknown", "block"):
            raise UserError(f"“{node.kind}” has no param “{self.name}”.", "Check the name.")
        before = node.params.get(self.name, MISSING)
        graph.nodes[self.node] = (
            node.without_param(self.name) if value is MISSING else node.with_param(self.name, value)
        )
        return SetParam(self.node, self.name, before, self.definition)


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name for a node."""

    node: NodeId
    name: str
    definition: str = MAIN

    def apply(self, project: Project) -> Rename:
        graph = _graph(project, self.definition)
        node = _node(graph, self.node)
        check_name(self.name)
        other = graph.by_name(self.name)
        if other is not None and other.id != self.node:
            raise UserError(f"There is a “{self.name}” already.", "Use another name.")
        graph.nodes[self.node] = replace(node, name=self.name)
        return Rename(self.node, node.name, self.definition)


@dataclass(frozen=True, slots=True)
class AddDefinition:
    """A new block definition."""

    name: str
    content: Definition

    def apply(self, project: Project) -> RemoveDefinition:
        check_name(self.name)
        if self.name in project.definitions:
            raise UserError(f"There is a definition “{self.name}” already.", "Use another name.")
        project.definitions[self.name] = self.content.copy()
        return RemoveDefinition(self.name)


@dataclass(frozen=True, slots=True)
class RemoveDefinition:
    """A block definition gone; only where no node uses it."""

    name: str

    def apply(self, project: Project) -> Edit:
        if self.name == MAIN or self.name not in project.definitions:
            raise UserError(f"“{self.name}” can't be removed.", "Pick another definition.")
        for definition in project.definitions.values():
            if any(n.kind == f"block.{self.name}" for n in definition.graph.nodes.values()):
                raise UserError(f"“{self.name}” is in use.", "Delete the blocks that use it first.")
        content = project.definitions.pop(self.name)
        layout = project.layout.pop(self.name, None)
        add = AddDefinition(self.name, content)
        return Together((add, Set(("layout", self.name), layout))) if layout else add


@dataclass(frozen=True, slots=True)
class Set:
    """Any other value by its path: plan, data, notes, layout, a node's settings, title or note.

    Paths walk fields, dict keys and tuple indices: `("plan", "epochs")`,
    `("plan", "objectives", 0, "optimizer")`, `("layout", "main", id)`,
    `("nodes", "main", id, "settings", "freeze")`. MISSING deletes a dict's key.
    """

    path: tuple[str | int, ...]
    value: object

    def apply(self, project: Project) -> Set:
        if not self.path or self.path[0] not in _SETTABLE:
            raise UserError(f"“{self.path}” can't be set.", "Use another edit.")
        if self.path[0] == "nodes":
            return self._apply_to_node(project)
        name = str(self.path[0])
        new, before = _replaced(getattr(project, name), self.path[1:], self.value)
        setattr(project, name, new)
        return Set(self.path, before)

    def _apply_to_node(self, project: Project) -> Set:
        if len(self.path) < 4 or self.path[3] not in ("settings", "title", "note"):
            raise UserError(f"“{self.path}” can't be set.", "Use another edit.")
        graph = _graph(project, str(self.path[1]))
        node = _node(graph, NodeId(str(self.path[2])))
        new, before = _replaced(node, self.path[3:], self.value)
        assert isinstance(new, Node)
        graph.nodes[node.id] = new
        return Set(self.path, before)


_SETTABLE = ("title", "about", "data", "plan", "weights", "notes", "layout", "bends", "nodes")


def _replaced(
    holder: object, path: tuple[str | int, ...], value: object
) -> tuple[object, object]:  # fmt: skip
    """`holder` with what lies at `path` replaced, and what lay there; containers are copied."""
    if not path:
        return value, holder
    key, rest = path[0], path[1:]
    if is_dataclass(holder) and not isinstance(holder, type):
        if key not in {field.name for field in fields(holder)}:
            raise UserError(f"“{key}” is not a setting.", "Check its name.")
        new, before = _replaced(getattr(holder, str(key)), rest, value)
        return dataclasses.replace(holder, **{str(key): new}), before
    if isinstance(holder, Mapping):
        new, before = _replaced(holder.get(key, {} if rest else MISSING), rest, value)
        kept = {k: v for k, v in holder.items() if k != key}
        return (kept if new is MISSING else {**holder, key: new}), before
    if isinstance(holder, tuple) and isinstance(key, int) and 0 <= key < len(holder):
        new, before = _replaced(holder[key], rest, value)
        return (*holder[:key], new, *holder[key + 1 :]), before
    raise UserError(f"“{key}” is not a setting.", "Check its name.")


@dataclass(frozen=True, slots=True)
class Together:
    """Several edits as one: all of them happen, or none does."""

    edits: tuple[Edit, ...]

    def apply(self, project: Project) -> Together:
        done: list[Edit] = []
        try:
            for edit in self.edits:
                done.append(edit.apply(project))
        except Exception:
            for inverse in reversed(done):
                inverse.apply(project)
            raise
        return Together(tuple(reversed(done)))


def touched_nodes(edit: Edit) -> set[NodeId] | None:
    """The nodes that an edit changes in themselves; None where it may be anything."""
    match edit:
        case AddNode(node=node):
            return {node.id}
        case RemoveNode(node=node) | SetParam(node=node) | Rename(node=node):
            return {node}
        case Connect(wire=wire) | Disconnect(wire=wire):
            return {wire.source, wire.target}
        case Set(path=("nodes" | "layout", _, str() as node, *_)):
            return {NodeId(node)}
        case Set(path=("bends", _, str() as slot, *_)):
            return {NodeId(slot.partition(".")[0])}
        case Together(edits=edits):
            found: set[NodeId] = set()
            for item in edits:
                part = touched_nodes(item)
                if part is None:
                    return None
                found |= part
            return found
    return None
