"""The project: everything a person made, as plain values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graphcore.errors import UserError
from graphcore.kinds.catalog import CATALOG, unknown_kind
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Kind, Param, Port, Ports
from graphcore.kinds.params import Plain
from graphcore.project.data import DataChoice
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.modules import PREFIX, UserModule, is_user_kind, kind_of
from graphcore.project.plan import Plan
from graphcore.project.weights import WeightsSource

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """A frame (with `title`) or a sticky note (with `text`) on the canvas, in scene units.

    What has no text is a frame, with a title or without.
    """

    definition: str
    x: int
    y: int
    width: int
    height: int
    title: str = ""
    text: str = ""
    color: str = ""

    @property
    def is_frame(self) -> bool:
        """Whether it is drawn around nodes, rather than holding words of its own."""
        return not self.text


@dataclass(slots=True)
class Project:
    """Definitions, data, plan, weights, notes, layout, modules; changed only through edits.

    `layout[definition][node]` is the node's top left corner; `bends[definition]["id.port"]` are
    the bend points of the wire that ends there, `dots` those that a person put on it, which count
    instead. All three have an entry for every definition.
    """

    title: str = ""
    about: str = ""
    definitions: dict[str, Definition] = field(default_factory=lambda: {MAIN: Definition()})
    data: DataChoice = field(default_factory=DataChoice)
    plan: Plan = field(default_factory=Plan)
    weights: tuple[WeightsSource, ...] = ()
    notes: dict[str, Note] = field(default_factory=dict)
    layout: dict[str, dict[NodeId, Point]] = field(default_factory=lambda: {MAIN: {}})
    bends: dict[str, dict[str, tuple[Point, ...]]] = field(default_factory=lambda: {MAIN: {}})
    dots: dict[str, dict[str, tuple[Point, ...]]] = field(default_factory=lambda: {MAIN: {}})
    modules: dict[str, UserModule] = field(default_factory=dict)

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
            {name: dict(points) for name, points in self.dots.items()},
            dict(self.modules),
        )  # fmt: skip

    def kind(self, name: str) -> Kind:
        """The kind of that name: the catalog's, a definition's, a module's, or a placeholder."""
        if name in CATALOG:
            return CATALOG[name]
        if name.startswith("block.") and name[6:] in self.definitions:
            return self._block_kind(name)
        if is_user_kind(name) and name.removeprefix(PREFIX) in self.modules:
            return self._user_kind(name.removeprefix(PREFIX))
        return unknown_kind(name)

    def params_of(self, kind: str) -> tuple[Param, ...] | None:
        """The params of a kind whose params are fixed; None where it takes any (a block)."""
        if kind.startswith("block."):  # its Kind would be made anew for each of many nodes
            return None
        found = self.kind(kind)
        return None if found.role == "unknown" else found.params

    def params_at(self, node: Node) -> tuple[Param, ...]:
        """The params of a node; for a block those that its definition exposes."""
        definition = self.definitions.get(node.kind.removeprefix("block."))
        if definition is None or not node.kind.startswith("block."):
            return self.kind(node.kind).params
        return tuple(
            Param(name, Plain(), param.default, help=param.help)
            for name, param in definition.params.items()
        )

    def _user_kind(self, name: str) -> Kind:
        classes = self.definitions.items()
        taken = {*self.definitions, *(param for _, inner in classes for param in inner.params)}
        return kind_of(name, self.modules[name], frozenset(taken))

    def _block_kind(self, name: str) -> Kind:
        nodes = sorted(self.definitions[name[6:]].graph.nodes.values(), key=lambda n: n.order)
        inputs = tuple(Port(n.name) for n in nodes if n.kind == "io.Input")
        outputs = tuple(Port(n.name) for n in nodes if n.kind == "io.Output")
        return Kind(name, "block", "block", self.definitions[name[6:]].help or "A block.",
                    inputs, outputs, role="block")  # fmt: skip

    def given_out(self, kind: str) -> set[str]:
        """The outputs of a block that something inside is wired to."""
        graph = self.definitions[kind.removeprefix("block.")].graph
        ends = (node for node in graph.nodes.values() if node.kind == "io.Output")
        return {node.name for node in ends if graph.wire_into(node.id, "input") is not None}

    def ports(self, node: Node) -> Ports:
        """Input and output ports of a node; a Dataset has one output a field."""
        kind = self.kind(node.kind)
        if kind.role == "dataset":
            return (), tuple(Port(item.name) for item in self.data.fields)
        plain = {k: v for k, v in node.params.items() if not isinstance(v, Formula)}
        return kind.ports(plain)

    def slots(self, node: Node, graph: Graph | None = None) -> tuple[str, ...]:
        """Names of the input slots; a variadic port shows its wired slots and one more."""
        wires = (graph or self.graph).wires
        wired = (name for target, name in wires if target == node.id)
        return grown_slots(self.ports(node)[0], wired)

    def first_slot(self, node: Node, wired: Collection[str]) -> str | None:
        """The first of these slots in the order of the node's ports, however they were drawn."""
        ports = [port.name for port in self.ports(node)[0]]
        found = [slot for slot in wired if slot.partition(".")[0] in ports]
        return min(found, key=lambda slot: ports.index(slot.partition(".")[0]), default=None)

    def port_of(self, node: Node, slot: str) -> Port | None:
        """The input port that a slot belongs to."""
        name = slot.partition(".")[0]
        return next((port for port in self.ports(node)[0] if port.name == name), None)

    def check_wire(self, graph: Graph, wire: Wire) -> None:
        """Raise UserError where an end of the wire surely does not exist.

        Ports that depend on something else (fields of the data, a block's drawing, params) may
        be missing for a while; analysis tells of those.
        """
        for end in (wire.source, wire.target):
            if end not in graph.nodes:
                raise UserError(f"There is no node with the id “{end}”.", "It may be deleted.")
        source, target = graph.nodes[wire.source], graph.nodes[wire.target]
        if self._has_fixed_ports(source):
            outputs = [port.name for port in self.ports(source)[1]]
            if wire.output not in outputs:
                raise _no_port(source, "output", wire.output, outputs)
        if self._has_fixed_ports(target) or target.kind == "data.Dataset":
            inputs = self.ports(target)[0]
            if not any(_fits(wire.input, port) for port in inputs):
                raise _no_port(target, "input", wire.input, [port.name for port in inputs])

    def _has_fixed_ports(self, node: Node) -> bool:
        if node.kind.startswith("block."):
            return False
        kind = self.kind(node.kind)
        return kind.role not in ("dataset", "unknown") and kind.ports_from is None

    def names_in_scope(self, definition: str = MAIN) -> Mapping[str, object]:
        """What formulas in this definition know."""
        found = dict(self.data.facts())
        for name, param in self.definitions[definition].params.items():
            found[name] = param.default
        return found


_GROWN = re.compile(r"(0|[1-9]\d{0,2})")
MOST_UNFOLDED = 200_000


def grown_slots(ports: Iterable[Port], wired: Iterable[str]) -> tuple[str, ...]:
    """The input slots of these ports; a variadic one has those that are wired and one more."""
    found: list[str] = []
    names: list[str] | None = None
    for port in ports:
        if not port.variadic:
            found.append(port.name)
            continue
        names = list(wired) if names is None else names
        numbers = [int(name.rpartition(".")[2]) for name in names if _is_grown(name, port.name)]
        count = max(numbers, default=-1) + 2
        found += [f"{port.name}.{i}" for i in range(max(count, port.fewest))]
    return tuple(found)


def _is_grown(slot: str, port: str) -> bool:
    """Whether a slot is one of a variadic port's: `tensors.0` to `tensors.999`."""
    stem, _, number = slot.rpartition(".")
    return stem == port and _GROWN.fullmatch(number) is not None


def _fits(slot: str, port: Port) -> bool:
    return _is_grown(slot, port.name) if port.variadic else slot == port.name


def _no_port(node: Node, side: str, name: str, known: list[str]) -> UserError:
    return UserError(
        f"Node “{node.name}” has no {side} “{name[:40]}”.",
        f"It has: {', '.join(known) or 'none'}.",
    )


def check_unfolded(definitions: Mapping[str, Definition]) -> None:
    """Raise UserError where a definition contains itself or unfolds to too many nodes."""
    totals: dict[str, int] = {}
    waiting = [(name, False) for name in definitions]
    open_ones: set[str] = set()
    while waiting:  # no recursion, since a file may nest a thousand definitions
        name, is_ready = waiting.pop()
        if name in totals:
            continue
        inner = [(n, turns) for n, turns in _blocks(definitions[name]) if n in definitions]
        if not is_ready:
            if name in open_ones:
                raise UserError(f"The block “{name}” contains itself.", "Take it out of itself.")
            open_ones.add(name)
            waiting.append((name, True))
            waiting += [(other, False) for other in {n for n, _ in inner} - totals.keys()]
            continue
        open_ones.discard(name)
        own = len(definitions[name].graph.nodes)
        totals[name] = own + sum(totals[other] * turns for other, turns in inner)
        if totals[name] > MOST_UNFOLDED:
            raise UserError(
                f"“{name}” unfolds to more than {MOST_UNFOLDED:,} nodes.", "Nest fewer blocks."
            )


def _blocks(definition: Definition) -> list[tuple[str, int]]:
    """The blocks that a definition uses, each with how often it is repeated."""
    return [
        (node.kind.removeprefix("block."), max(1, node.repeat))
        for node in definition.graph.nodes.values()
        if node.kind.startswith("block.")
    ]
