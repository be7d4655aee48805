"""Python modules put into a project, refreshed and taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Kind
from graphcore.project.allowed import check_module, module_name
from graphcore.project.edits import MISSING, Disconnect, Edit, SetParam, Together
from graphcore.project.graph import Graph, Node
from graphcore.project.modules import PREFIX, UserModule
from graphcore.project.project import Project


@dataclass(frozen=True, slots=True)
class SetModule:
    """A Python module added, or its form replaced; params and wires that it lacks are gone."""

    name: str
    module: UserModule

    def apply(self, project: Project) -> Edit:
        name = module_name(self.name, "modules")
        module = check_module(self.module, f"modules.{name}")
        before = project.modules.get(name)
        project.modules[name] = module
        back = RemoveModule(name) if before is None else SetModule(name, before)
        lost = _unfit(project, name) if before is not None else Together(())
        return Together((back, lost.apply(project)))


@dataclass(frozen=True, slots=True)
class RemoveModule:
    """A Python module gone from the project; only where no node uses it. Its file stays."""

    name: str

    def apply(self, project: Project) -> SetModule:
        if self.name not in project.modules:
            raise UserError(f"There is no module “{self.name}”.", "It may have been removed.")
        if any(True for _ in nodes_of(project, self.name)):
            raise UserError(f"“{self.name}” is in use.", "Delete the nodes that use it first.")
        return SetModule(self.name, project.modules.pop(self.name))


@dataclass(frozen=True, slots=True)
class RenameModule:
    """Another name for a Python module; the nodes that use it follow."""

    name: str
    new: str

    def apply(self, project: Project) -> RenameModule:
        new = module_name(self.new, "modules")
        if self.name not in project.modules:
            raise UserError(f"There is no module “{self.name}”.", "It may have been removed.")
        if new != self.name and new in project.modules:
            raise UserError(f"There is a module “{new}” already.", "Use another name.")
        modules = [(new if n == self.name else n, item) for n, item in project.modules.items()]
        for _, graph, node in list(nodes_of(project, self.name)):
            graph.nodes[node.id] = replace(node, kind=f"{PREFIX}{new}")
        project.modules.clear()
        project.modules.update(modules)
        return RenameModule(new, self.name)


def nodes_of(project: Project, name: str) -> Iterator[tuple[str, Graph, Node]]:
    """Every node of a module, with its drawing."""
    for definition, content in project.definitions.items():
        for node in content.graph.nodes.values():
            if node.kind == f"{PREFIX}{name}":
                yield definition, content.graph, node


def _unfit(project: Project, name: str) -> Together:
    """The edit that takes off what nodes of the module hold and its form has no more."""
    kind = project.kind(f"{PREFIX}{name}")
    edits: list[Edit] = []
    for definition, graph, node in nodes_of(project, name):
        edits += [
            SetParam(node.id, param, MISSING, definition)
            for param, value in node.params.items()
            if not _fits(kind, param, value)
        ]
        inputs, outputs = {p.name for p in kind.inputs}, {p.name for p in kind.outputs}
        edits += [
            Disconnect(wire, definition)
            for wire in graph.wires_at(node.id)
            if (wire.source == node.id and wire.output not in outputs)
            or (wire.target == node.id and wire.input.partition(".")[0] not in inputs)
        ]
    return Together(tuple(edits))


def _fits(kind: Kind, name: str, value: object) -> bool:
    param = kind.param(name)
    if param is None or isinstance(value, Formula):
        return param is not None
    try:
        param.check(value)
    except UserError:
        return False
    return True
