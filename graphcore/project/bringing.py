"""Definitions from one project into another: by pasting, or from the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graphcore.errors import UserError
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.edits import (
    MISSING,
    AddDefinition,
    Edit,
    ReplaceDefinition,
    Set,
    SetParam,
    Together,
)
from graphcore.project.exposing import instances
from graphcore.project.graph import Graph, Node, NodeId
from graphcore.project.likeness import PREFIX, digests, needed
from graphcore.project.module_edits import SetModule
from graphcore.project.modules import PREFIX as USER
from graphcore.project.modules import UserModule, free_module_name, used_modules
from graphcore.project.notes import copied_notes, notes_of, without_notes
from graphcore.project.project import Point, Project


@dataclass(frozen=True, slots=True)
class Brought:
    """The edit that makes a project hold what a part needs, and what each is called there.

    `names` are of definitions; `kinds` of those and of Python modules, as nodes name them.
    """

    edit: Together
    names: Mapping[str, str]
    kinds: Mapping[str, str]

    @property
    def renamed(self) -> dict[str, str]:
        """Those that got another name, since theirs was taken by something else."""
        return {name: new for name, new in self.names.items() if name != new}


def bring(project: Project, part: Project) -> Brought:
    """The definitions of a part, added to the project where it lacks them.

    What is alike is used as it is; where a name is taken by something else, the part's gets a
    free one.
    """
    return _Bringing(project, part, frozenset()).brought()


def renew(project: Project, part: Project, name: str) -> Edit:
    """The project's definition of that name as it is in the part; its instances stay.

    Blocks inside it follow where nothing else uses them, else the new ones get free names. Values
    for params that are gone are forgotten. Raises UserError where either has no such definition.
    """
    for holder in (project, part):
        if name == MAIN or name not in holder.definitions:
            raise UserError(f"There is no block “{name[:40]}”.", "Pick one that exists.")
    brought = _Bringing(project, part, _replaceable(project, name)).brought()
    known = part.definitions[name].params
    lost = [
        SetParam(node, param, MISSING, where)
        for where, node in instances(project, name)
        for param in project.definitions[where].graph.nodes[node].params
        if param not in known
        and where not in brought.names  # a drawing that is replaced holds them no more
    ]
    return Together((*lost, *brought.edit.edits))


def _replaceable(project: Project, name: str) -> frozenset[str]:
    """A definition, and those inside it that nothing else uses."""
    found = set(needed(project, name))
    users = {
        inner: {where for where, _ in instances(project, inner)} for inner in found - {name}
    }  # fmt: skip
    while outside := {inner for inner in found - {name} if not users[inner] <= found}:
        found -= outside
    return frozenset(found)


def block_part(project: Project, name: str) -> Project:
    """A project that holds this definition, what it needs, and one instance as its drawing.

    Raises UserError where there is no such block.
    """
    if name == MAIN or name not in project.definitions:
        known = ", ".join(sorted(project.definitions.keys() - {MAIN})) or "none"
        raise UserError(f"There is no block “{name[:40]}”.", f"There are: {known}.")
    node = Node(NodeId("block"), PREFIX + name, "block")
    names = sorted(needed(project, name))
    part = Project(
        definitions={MAIN: Definition(Graph([node]))}
        | {other: project.definitions[other].copy() for other in names},
        layout={MAIN: {node.id: (0, 0)}} | {n: dict(project.layout.get(n, {})) for n in names},
        bends={MAIN: {}} | {n: dict(project.bends.get(n, {})) for n in names},
        dots={MAIN: {}} | {n: dict(project.dots.get(n, {})) for n in names},
    )
    part.notes = {key: note for key, note in project.notes.items() if note.definition in names}
    take_modules(project, part)
    return part


def take_modules(project: Project, part: Project) -> None:
    """Give a part of a project the Python modules that it uses."""
    part.modules = dict(project.modules)
    part.modules = used_modules(part)


class _Bringing:
    """Walks the part's definitions from the inside out; `replaced` may get the part's content."""

    def __init__(self, project: Project, part: Project, replaced: frozenset[str]) -> None:
        self.project, self.part, self.replaced = project, part, replaced
        self.names: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.edits: list[Edit] = []
        self.known = _known(project)
        self.taken = project.definitions.keys() | part.definitions.keys()

    def brought(self) -> Brought:
        for name, module in used_modules(self.part).items():
            self.kinds[USER + name] = USER + self._module(name, module)
        for outer in sorted(self.part.definitions.keys() - {MAIN}):
            for name, digest in digests(self.part, outer).items():
                if name not in self.names:
                    self.names[name] = self._settled(name, digest)
                    self.kinds[PREFIX + name] = PREFIX + self.names[name]
        return Brought(Together(tuple(self.edits)), self.names, self.kinds)

    def _module(self, name: str, module: UserModule) -> str:
        """What the module is called in the project; of one source there is one."""
        modules = self.project.modules
        same = [other for other, known in modules.items() if known.source == module.source]
        if same:
            return same[0]
        taken = modules.keys() | {kind.removeprefix(USER) for kind in self.kinds.values()}
        free = free_module_name(name, taken)
        self.edits.append(SetModule(free, module))
        return free

    def _settled(self, name: str, digest: str) -> str:
        """What the definition is called in the project, which holds it after the edits."""
        is_there = name in self.project.definitions
        if is_there and self.known[name] == digest:
            return name
        if name in self.replaced:
            self.edits.append(
                ReplaceDefinition(name, self._content(name), *_places(self.part, name))
            )
            self.edits.append(without_notes(notes_of(self.project, name)))
            self.edits.append(copied_notes(notes_of(self.part, name).values(), name)[0])
            return name
        alike = [other for other, found in self.known.items() if found == digest]
        if is_there and alike:
            return alike[0]
        free = self._free(name) if is_there else name
        positions, bends, dots = _places(self.part, name)
        self.edits.append(AddDefinition(free, self._content(name)))
        self.edits += (Set(("layout", free), positions), Set(("bends", free), bends))
        self.edits.append(Set(("dots", free), dots))
        self.edits.append(copied_notes(notes_of(self.part, name).values(), free)[0])
        return free

    def _content(self, name: str) -> Definition:
        """The definition with its inner blocks called as they are in the project."""
        content = self.part.definitions[name].copy()
        for node in list(content.graph.nodes.values()):
            content.graph.nodes[node.id] = renamed(node, self.kinds)
        return content

    def _free(self, wish: str) -> str:
        stem, number = wish.rstrip("0123456789") or wish, 2
        while f"{stem}{number}" in self.taken:
            number += 1
        self.taken = self.taken | {f"{stem}{number}"}
        return f"{stem}{number}"


def _known(project: Project) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in project.definitions.keys() - {MAIN}:
        if name not in found:
            found |= digests(project, name)
    return found


_Ways = dict[str, tuple[Point, ...]]


def _places(part: Project, name: str) -> tuple[dict[NodeId, Point], _Ways, _Ways]:
    found = part.layout.get(name, {}), part.bends.get(name, {}), part.dots.get(name, {})
    return dict(found[0]), dict(found[1]), dict(found[2])


def renamed(node: Node, kinds: Mapping[str, str]) -> Node:
    """The node as an instance of what its kind is called here."""
    kind = kinds.get(node.kind, node.kind)
    return node if kind == node.kind else replace(node, kind=kind)
