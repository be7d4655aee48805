"""Drawings with blocks, made in a few words through edits alone; a node's id is its name."""

from __future__ import annotations

from dataclasses import replace

from graphcore.project.data import DataChoice
from graphcore.project.definitions import MAIN, Definition, DefinitionParam
from graphcore.project.edits import AddDefinition, AddNode, Connect, Set
from graphcore.project.graph import NodeId, Wire
from graphcore.project.make import new_node
from graphcore.project.project import Project
from tests.drawing import Drawing, Source

SETTINGS = ("repeat", "shares", "ties", "weight")


class Sketch(Drawing):
    """The main drawing, or the inside of a block."""

    def __init__(
        self, data: DataChoice | None = None, project: Project | None = None, inside: str = MAIN
    ) -> None:
        super().__init__(data)
        self.project = project or self.project
        self.inside = inside

    def block(self, name: str, about: str = "", **params: object) -> Sketch:
        """The inside of a new block with these params."""
        exposed = {key: DefinitionParam(value) for key, value in params.items()}
        self.do(AddDefinition(name, Definition(params=exposed, help=about)))
        return Sketch(project=self.project, inside=name)

    def add(self, kind: str, *inputs: Source, name: str = "", **params: object) -> NodeId:
        """A node, its slots wired in order; repeat, shares, ties and weight are its settings."""
        settings = {key: params.pop(key) for key in SETTINGS if key in params}
        node = new_node(self.project, kind, self.inside, name=name)
        node = replace(node, id=NodeId(node.name), params={**node.params, **params})
        self.do(AddNode(replace(node, settings=settings), None, self.inside))
        for place, source in enumerate(inputs):
            if source is not None:
                graph = self.project.definitions[self.inside].graph
                self.wire(source, node.id, self.project.slots(node, graph)[place])
        return node.id

    def wire(self, source: NodeId | tuple[NodeId, str], target: NodeId, slot: str) -> None:
        """A wire from a node's first output (or a named one) into a slot."""
        node, port = source if isinstance(source, tuple) else (source, "")
        nodes = self.project.definitions[self.inside].graph.nodes
        first = self.project.ports(nodes[node])[1][0].name
        self.do(Connect(Wire(node, port or first, target, slot), self.inside))

    def setting(self, node: NodeId, name: str, value: object) -> None:
        """One of the node's own settings."""
        self.do(Set(("nodes", self.inside, node, "settings", name), value))

    def x(self, name: str = "x", type_text: str = "") -> NodeId:
        """An Input; a block's takes whatever type comes."""
        return self.add("io.Input", name=name, **({"type": type_text} if type_text else {}))

    def y(self, source: Source, name: str = "y") -> NodeId:
        """An Output."""
        return self.add("io.Output", source, name=name)
