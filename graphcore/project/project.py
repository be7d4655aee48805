"""The project: everything a person made, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphcore.kinds.catalog import CATALOG, unknown_kind
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Kind, Port, Ports
from graphcore.project.data import DataChoice
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.graph import Graph, Node, NodeId
from graphcore.project.plan import Plan
from graphcore.project.weights import WeightsSource

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """A frame (with `title`) or a sticky note (with `text`) on the canvas, in scene units."""

    definition: str
    x: int
    y: int
    width: int
    height: int
    title: str = ""
    text: str = ""
    color: str = ""


@dataclass(slots=True)
class Project:
    """Definitions, data, plan, weights, notes and layout; changed only through edits.

    `layout[definition][node]` is the node's top left corner; `bends[definition]["id.port"]` are
    the bend points of the wire that ends there.
    """

    title: str = ""
    about: str = ""
    definitions: dict[str, Definition] = field(default_factory=lambda: {MAIN: Definition()})
    data: DataChoice = DataChoice()
    plan: Plan = Plan()
    weights: tuple[WeightsSource, ...] = ()
    notes: dict[str, Note] = field(default_factory=dict)
    layout: dict[str, dict[NodeId, Point]] = field(default_factory=lambda: {MAIN: {}})
    bends: dict[str, dict[str, tuple[Point, ...]]] = field(default_factory=dict)

    @property
    def graph(self) -> Graph:
        """The drawing that a person sees first."""
        return self.definitions[MAIN].graph

    def copy(self) -> Project:
        """A snapshot for another thread: dict copies, nothing deep."""
        return Project(
            self.title, self.about,
            {name: definition.copy() for name, definition in self.definitions.items()},
            self.data, self.plan, self.weights, dict(self.notes),
            {name: dict(points) for name, points in self.layout.items()},
            {name: dict(points) for name, points in self.bends.items()},
        )  # fmt: skip

    def kind(self, name: str) -> Kind:
        """The kind of that name: the catalog's, a definition's, or a placeholder."""
        if name in CATALOG:
            return CATALOG[name]
        if name.startswith("block.") and name[6:] in self.definitions:
            return self._block_kind(name)
        return unknown_kind(name)

    def _block_kind(self, name: str) -> Kind:
        nodes = sorted(self.definitions[name[6:]].graph.nodes.values(), key=lambda n: n.order)
        inputs = tuple(Port(n.name) for n in nodes if n.kind == "io.Input")
        outputs = tuple(Port(n.name) for n in nodes if n.kind == "io.Output")
        return Kind(name, "block", "block", self.definitions[name[6:]].help or "A block.",
                    inputs, outputs, role="block")  # fmt: skip

    def ports(self, node: Node) -> Ports:
        """Input and output ports of a node; a Dataset has one output a field."""
        kind = self.kind(node.kind)
        if kind.role == "dataset":
            return (), tuple(Port(item.name) for item in self.data.fields)
        plain = {k: v for k, v in node.params.items() if not isinstance(v, Formula)}
        return kind.ports(plain)

    def slots(self, node: Node, graph: Graph | None = None) -> tuple[str, ...]:
        """Names of the input slots; a variadic port shows its wired slots and one more."""
        graph = graph or self.graph
        found: list[str] = []
        for port in self.ports(node)[0]:
            if not port.variadic:
                found.append(port.name)
                continue
            count = 0
            for target, name in graph.wires:
                if target == node.id and name.startswith(f"{port.name}."):
                    count = max(count, int(name.rpartition(".")[2]) + 1)
            found += [f"{port.name}.{i}" for i in range(max(count + 1, port.fewest))]
        return tuple(found)

    def port_of(self, node: Node, slot: str) -> Port | None:
        """The input port that a slot belongs to."""
        name = slot.partition(".")[0]
        return next((port for port in self.ports(node)[0] if port.name == name), None)

    def names_in_scope(self, definition: str = MAIN) -> Mapping[str, object]:
        """What formulas in this definition know."""
        found = dict(self.data.facts())
        for name, param in self.definitions[definition].params.items():
            found[name] = param.default
        return found
