"""Every way a project can change.

An edit is a frozen value; applying it changes the project and returns the edit that takes the
change back, so undo needs no code of its own. Edits carry absolute values, never deltas. An
edit that raises has changed nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, Protocol

from graphcore.errors import UserError
from graphcore.project.allowed import (
    DEFINITION_PARAM,
    POINT,
    POINTS,
    SECTIONS,
    argument,
    check_node,
    check_param,
)
from graphcore.project.checks import pairs, text
from graphcore.project.definitions import MAIN, Definition, DefinitionParam
from graphcore.project.graph import Graph, Node, NodeId, Wire, check_name
from graphcore.project.project import Note, Point, Project, check_unfolded

_LINE = text(longest=500)
_INNER = {"layout": POINT, "bends": POINTS, "dots": POINTS}


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


# What can't stand inside a block: it speaks of the whole project.
_OUTSIDE = {"dataset": "a Dataset", "loss": "a loss", "term": "a Term"}


def check_inside(project: Project, node: Node) -> None:
    """Raise UserError for a node that can't stand inside a block."""
    role = project.kind(node.kind).role
    if role in _OUTSIDE:
        raise UserError(
            f"“{node.name}” is {_OUTSIDE[role]}, which can't stand inside a block.",
            "Put it into the main drawing, and wire it to the block there.",
        )


@dataclass(frozen=True, slots=True)
class AddNode:
    """A new node at a place on the canvas."""

    node: Node
    position: Point | None = None
    definition: str = MAIN

    def apply(self, project: Project) -> RemoveNode:
        graph = _graph(project, self.definition)
        node = check_node(project, self.node)
        if node.id in graph.nodes:
            raise UserError(f"The id “{node.id}” is taken.", "Use another.")
        if graph.by_name(node.name) is not None:
            raise UserError(f"There is a “{node.name}” already.", "Use another name.")
        if self.definition != MAIN:
            check_inside(project, node)
        position = POINT(self.position, f"Node “{node.name}”") if self.position else None
        graph.nodes[node.id] = node
        graph.changed()
        if node.kind.startswith("block."):
            try:
                check_unfolded(project.definitions)
            except UserError:
                del graph.nodes[node.id]
                raise
        if position is not None:
            project.layout[self.definition][node.id] = position
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
        position = project.layout[self.definition].pop(self.node, None)
        graph.changed()
        return Together((AddNode(node, position, self.definition), *joined.edits))


@dataclass(frozen=True, slots=True)
class Connect:
    """A wire into a slot; a wire that was there gives way."""

    wire: Wire
    definition: str = MAIN

    def apply(self, project: Project) -> Edit:
        graph = _graph(project, self.definition)
        project.check_wire(graph, self.wire)
        slot = (self.wire.target, self.wire.input)
        before = graph.wires.get(slot)
        if before == self.wire:
            return Together(())
        if graph.would_cycle(self.wire.source, self.wire.target):
            source, target = graph.nodes[self.wire.source], graph.nodes[self.wire.target]
            raise UserError(
                f"A wire from “{source.name}” to “{target.name}” would close a circle.",
                "Data flows one way; use a recurrent layer for what must come back.",
            )
        restore = Disconnect(before, self.definition).apply(project) if before else None
        graph.wires[slot] = self.wire
        graph.changed()
        cut = Disconnect(self.wire, self.definition)
        return Together((cut, restore)) if restore else cut


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
        inverse = Connect(self.wire, self.definition)
        key, back = bend_key(self.wire), list[Edit]()
        for name, held in (("bends", project.bends), ("dots", project.dots)):
            points = held[self.definition].pop(key, None)
            if points:
                back.append(Set((name, self.definition, key), points))
        return Together((inverse, *back)) if back else inverse


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
        value = self.value
        if value is not MISSING:
            value = check_param(project, node, self.name, value)
        before = node.params.get(self.name, MISSING)
        graph.nodes[self.node] = (
            node.without_param(self.name) if value is MISSING else node.with_param(self.name, value)
        )
        return SetParam(self.node, self.name, before, self.definition)


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name for a node; those that share its layer or are tied to its weights follow."""

    node: NodeId
    name: str
    definition: str = MAIN

    def apply(self, project: Project) -> Edit:
        graph = _graph(project, self.definition)
        node = _node(graph, self.node)
        check_name(self.name)
        other = graph.by_name(self.name)
        if other is not None and other.id != self.node:
            raise UserError(f"There is a “{self.name}” already.", "Use another name.")
        graph.nodes[self.node] = replace(node, name=self.name)
        back = Rename(self.node, node.name, self.definition)
        # Who named a node that was not there must not follow when the name is taken back.
        strays = self._follow(graph, node.name)
        return Together((back, *strays)) if strays else back

    def _follow(self, graph: Graph, old: str) -> list[Edit]:
        strays: list[Edit] = []
        for other in list(graph.nodes.values()):
            graph.nodes[other.id] = other.following(old, self.name)
            if other.following(self.name, old) is not other and old != self.name:
                path = ("nodes", self.definition, other.id, "settings")
                strays.append(Set(path, dict(other.settings)))
        return strays


@dataclass(frozen=True, slots=True)
class AddDefinition:
    """A new block definition."""

    name: str
    content: Definition

    def apply(self, project: Project) -> RemoveDefinition:
        check_name(self.name)
        if self.name in project.definitions:
            raise UserError(f"There is a definition “{self.name}” already.", "Use another name.")
        for node in self.content.graph.nodes.values():
            check_inside(project, check_node(project, node))
        check_unfolded({**project.definitions, self.name: self.content})
        project.definitions[self.name] = self.content.copy()
        for held in (project.layout, project.bends, project.dots):
            held[self.name] = {}
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
        notes = {k: n for k, n in project.notes.items() if n.definition == self.name}
        project.notes = {k: n for k, n in project.notes.items() if k not in notes}
        content = project.definitions.pop(self.name)
        places = Set(("layout", self.name), project.layout.pop(self.name))
        bends = Set(("bends", self.name), project.bends.pop(self.name))
        dots = Set(("dots", self.name), project.dots.pop(self.name))
        back = tuple(Set(("notes", key), note) for key, note in notes.items())
        return Together((AddDefinition(self.name, content), places, bends, dots, *back))


@dataclass(frozen=True, slots=True)
class ReplaceDefinition:
    """Another drawing, params, help and places for a block definition; its instances stay.

    It counts as no change of a drawing by hand: nobody is led into the block by it.
    """

    name: str
    content: Definition
    positions: Mapping[NodeId, Point]
    bends: Mapping[str, tuple[Point, ...]]
    dots: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)

    def apply(self, project: Project) -> ReplaceDefinition:
        name = self.name
        if name == MAIN or name not in project.definitions:
            raise UserError(f"“{name}” can't be replaced.", "Pick another definition.")
        check_unfolded({**project.definitions, name: self.content})
        before = ReplaceDefinition(
            name, project.definitions[name], project.layout[name], project.bends[name],
            project.dots[name],
        )  # fmt: skip
        project.definitions[name] = self.content.copy()
        project.layout[name], project.bends[name] = dict(self.positions), dict(self.bends)
        project.dots[name] = dict(self.dots)
        return before


@dataclass(frozen=True, slots=True)
class RenameDefinition:
    """Another name for a block definition; the blocks that use it follow."""

    name: str
    new: str

    def apply(self, project: Project) -> RenameDefinition:
        if self.name == MAIN or self.name not in project.definitions:
            raise UserError(f"“{self.name}” can't be renamed.", "Pick another definition.")
        check_name(self.new)
        if self.new == self.name:
            return self
        if self.new in project.definitions:
            raise UserError(f"There is a block “{self.new}” already.", "Use another name.")
        for held in (project.definitions, project.layout, project.bends, project.dots):
            _rename_key(held, self.name, self.new)
        for definition in project.definitions.values():
            nodes = definition.graph.nodes
            for node in [n for n in nodes.values() if n.kind == f"block.{self.name}"]:
                nodes[node.id] = replace(node, kind=f"block.{self.new}")
        for key, note in project.notes.items():
            if note.definition == self.name:
                project.notes[key] = replace(note, definition=self.new)
        return RenameDefinition(self.new, self.name)


def _rename_key(held: dict[str, Any], name: str, new: str) -> None:
    """Another name for an entry, at its place."""
    entries = [(new if key == name else key, value) for key, value in held.items()]
    held.clear()
    held.update(entries)


@dataclass(frozen=True, slots=True)
class SetDefinitionParams:
    """All params of a definition, in the order in which they are shown."""

    definition: str
    params: Mapping[str, DefinitionParam]

    def apply(self, project: Project) -> SetDefinitionParams:
        _graph(project, self.definition)
        if self.definition == MAIN:
            raise UserError("The main drawing has no params.", "Make a block first.")
        new = pairs(argument, DEFINITION_PARAM)(self.params, f"Block “{self.definition}”")
        definition = project.definitions[self.definition]
        before, definition.params = dict(definition.params), new
        return SetDefinitionParams(self.definition, before)


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
        match self.path:
            case ("nodes", str() as definition, str() as node, "settings" | "title" | "note", *_):
                return self._apply_to_node(project, definition, NodeId(node))
            case ("layout" | "bends" | "dots" as name, str() as definition, str() as key):
                return self._apply_to_place(project, name, definition, key)
            case ("layout" | "bends" | "dots" as name, *_):
                new: object = _drawn(project, name, _replaced_in(project, self))
            case (str() as name, *_) if name in SECTIONS:
                new = SECTIONS[name](_replaced_in(project, self), name)
                if name == "notes":
                    _check_homes(project, new)
            case _:
                raise UserError(f"“{self.path}” can't be set.", "Use another edit.")
        inverse = _before(project, self.path)
        setattr(project, name, new)
        return inverse

    def _apply_to_place(self, project: Project, name: str, definition: str, key: str) -> Set:
        """One place alone: a drag of many must not check and copy all places for each."""
        _graph(project, definition)
        # No bends at all are none.
        value = MISSING if self.value is MISSING else _INNER[name](self.value, name) or MISSING
        inverse, drawn = _before(project, self.path), getattr(project, name)
        places = drawn.setdefault(definition, {})
        if value is MISSING:
            places.pop(key, None)
        else:
            places[key] = value
        return inverse

    def _apply_to_node(self, project: Project, definition: str, node: NodeId) -> Set:
        graph, inner = _graph(project, definition), self.path[3:]
        holder = _node(graph, node)
        new = check_node(project, _replaced(holder, inner, self.value))
        inverse = _before(holder, inner)
        graph.nodes[node] = new
        return Set((*self.path[:3], *inverse.path), inverse.value)


def _replaced_in(project: Project, edit: Set) -> object:
    return _replaced(getattr(project, str(edit.path[0])), edit.path[1:], edit.value)


def _check_homes(project: Project, notes: Any) -> None:
    """Raise UserError for a note that lies in no drawing: such a file could not be opened."""
    for definition in {note.definition for note in notes.values()}:
        _graph(project, definition)


def _drawn(project: Project, name: str, value: object) -> dict[str, dict[str, object]]:
    """Checked positions, bends or dots, with an entry for every definition."""
    drawn: dict[str, dict[str, object]] = pairs(_LINE, pairs(_LINE, _INNER[name]))(value, name)
    for definition in drawn:
        _graph(project, definition)
    return {definition: drawn.get(definition, {}) for definition in project.definitions}


def _replaced(holder: Any, path: tuple[str | int, ...], value: object) -> Any:
    """`holder` with what lies at `path` replaced; containers are copied, never changed."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    match holder:
        case Mapping():
            new = _replaced(holder.get(key, {} if rest else MISSING), rest, value)
            kept = {k: v for k, v in holder.items() if k != key}
            return kept if new is MISSING else {**holder, key: new}
        case tuple() if isinstance(key, int) and 0 <= key < len(holder):
            return (*holder[:key], _replaced(holder[key], rest, value), *holder[key + 1 :])
        case _ if is_dataclass(holder) and key in {field.name for field in fields(holder)}:
            changed = {str(key): _replaced(getattr(holder, str(key)), rest, value)}
            return dataclasses.replace(holder, **changed)  # type: ignore[type-var]
    raise UserError(f"“{key}” is not a setting.", "Check its name.")


def _before(holder: object, path: tuple[str | int, ...]) -> Set:
    """What puts back what lies at `path`; where a dict on the way lacks a key, it removes that."""
    for depth, key in enumerate(path):
        if isinstance(holder, Mapping) and key not in holder:
            return Set(path[: depth + 1], MISSING)
        is_container = isinstance(holder, Mapping | tuple)
        holder = holder[key] if is_container else getattr(holder, str(key))  # type: ignore[index]
    return Set(path, holder)


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


def together(first: Edit, then: Edit) -> Together:
    """Two edits as one, flat: nested, a key held for long would be too deep to undo."""
    return Together((*_parts(first), *_parts(then)))


def _parts(edit: Edit) -> tuple[Edit, ...]:
    return edit.edits if isinstance(edit, Together) else (edit,)


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
        case Set(path=("bends" | "dots", _, str() as slot, *_)):
            return {NodeId(slot.partition(".")[0])}
        case Set(path=("notes", *_)):
            return set()
        case Together(edits=edits):
            found: set[NodeId] = set()
            for item in edits:
                part = touched_nodes(item)
                if part is None:
                    return None
                found |= part
            return found
    return None


def touched_definitions(edit: Edit) -> set[str]:
    """The definitions whose drawing an edit changes, as far as it names them."""
    match edit:
        case AddNode() | RemoveNode() | Connect() | Disconnect() | SetParam() | Rename():
            return {edit.definition}
        case SetDefinitionParams(definition=name):
            return {name}
        case Set(path=("nodes" | "layout" | "bends" | "dots", str() as name, *_)):
            return {name}
        case Set(path=("notes", _), value=Note(definition=name)):
            return {name}
        case Together(edits=edits):
            return {name for item in edits for name in touched_definitions(item)}
    return set()
