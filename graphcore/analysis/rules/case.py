"""What a rule looks at: one node of a drawing, and the drawing around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graphcore.analysis.result import (
    Blocks,
    NodeFacts,
    Parts,
    Problem,
    Repair,
    Severity,
    Value,
)
from graphcore.kinds.kind import Kind
from graphcore.project.definitions import MAIN
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.project import Project
from graphcore.types import Tensor, Type

Facts = Mapping[NodeId, NodeFacts]


def say(kind: Kind, node: Node) -> str:
    """How a node is called in a sentence: `Conv2d “conv1”`."""
    return f"{kind.title} “{node.name}”"


def shown(kind: Type) -> str:
    """A type in a sentence: `[B, 16, 8, 8]`, with the dtype where it is not float32."""
    if isinstance(kind, Tensor):
        dims = f"[{', '.join(map(str, kind.dims))}]"
        return dims if kind.dtype == "float32" else f"{dims} of {kind.dtype}"
    return str(kind)


class Sheet:
    """One drawing with all that is known of it; what several rules ask is worked out once.

    `facts` holds the nodes that were visited so far, sources first; `parts` is empty while the
    walk is still under way. `inner` are the facts inside blocks by path. The sheet of a block's
    inside knows the `block` that it was opened at.
    """

    def __init__(
        self, project: Project, facts: Facts, parts: Parts | None = None, definition: str = MAIN,
        inner: Mapping[str, NodeFacts] | None = None, block: Case | None = None,
    ) -> None:  # fmt: skip
        self.project, self.facts = project, facts
        self.parts = parts or Parts()
        self.definition = definition
        self.inner, self.block = inner or {}, block
        self.graph: Graph = project.definitions[definition].graph
        self._cases: dict[NodeId, Case] = {}
        self._kinds: dict[str, Kind] = {}
        self._insides: dict[NodeId, Sheet | None] = {}
        self.ranges: dict[Value, tuple[float, float] | None] = {}  # see `ranges.reach`

    def kind(self, node: Node) -> Kind:
        """The kind of a node; remembered, since a block's is made anew each time."""
        found = self._kinds.get(node.kind)
        if found is None:
            found = self._kinds[node.kind] = self.project.kind(node.kind)
        return found

    def case(self, node: NodeId) -> Case:
        """The node as a case of its own."""
        made = self._cases.get(node)
        if made is None:
            found = self.graph.nodes[node]
            facts = self.facts.get(node) or NodeFacts("", node)
            made = self._cases[node] = Case(self, found, self.kind(found), facts)
        return made

    def inside(self, node: NodeId) -> Sheet | None:
        """The inside of a block, of the last turn where it repeats; None where it is not known."""
        if node not in self._insides:
            self._insides[node] = self._opened(self.case(node))
        return self._insides[node]

    def _opened(self, case: Case) -> Sheet | None:
        if case.kind.role != "block" or not case.facts.outputs:
            return None
        turns = case.node.repeat
        path = f"{case.facts.path}.{turns - 1}" if turns else case.facts.path
        facts = {one.node: one for one in self.root.by_parent.get(path, ())}
        name = case.kind.name.removeprefix("block.")
        return Sheet(self.project, facts, None, name, self.inner, case) if facts else None

    @property
    def root(self) -> Sheet:
        """The sheet that all opened blocks lie on."""
        return self.block.sheet.root if self.block else self

    @cached_property
    def by_parent(self) -> dict[str, list[NodeFacts]]:
        """The facts inside blocks by the path of the block's turn."""
        found: dict[str, list[NodeFacts]] = {}
        for path, facts in self.inner.items():
            found.setdefault(path.rpartition(".")[0], []).append(facts)
        return found

    @cached_property
    def into(self) -> dict[NodeId, list[Wire]]:
        """Wires by the node that they end in."""
        return self.graph.wires_by_target()

    @cached_property
    def readers(self) -> dict[NodeId, list[Wire]]:
        """Wires by the node that they begin at."""
        found: dict[NodeId, list[Wire]] = {}
        for wire in self.graph.wires.values():
            found.setdefault(wire.source, []).append(wire)
        return found

    def readers_of(self, value: Value) -> list[Wire]:
        """The wires that carry a value."""
        return [wire for wire in self.readers.get(value.node, ()) if wire.output == value.port]

    def first_wire(self, node: NodeId) -> Wire | None:
        """The wire into the first input of a node."""
        wires = self.into.get(node)
        if not wires or len(wires) == 1:
            return wires[0] if wires else None
        inputs = self.kind(self.graph.nodes[node]).inputs
        first = inputs[0].name if inputs else ""
        return next((w for w in wires if w.input.partition(".")[0] == first), wires[0])

    def type_of(self, value: Value) -> Type | None:
        """The type of a value, where it is known."""
        found = self.facts.get(value.node)
        return found.outputs.get(value.port) if found else None

    def dims_of(self, value: Value) -> Tensor | None:
        """The type of a value where it is a tensor."""
        found = self.type_of(value)
        return found if isinstance(found, Tensor) else None

    @cached_property
    def predictions(self) -> dict[Value, list[NodeId]]:
        """The values that losses take as predictions, with those losses."""
        found: dict[Value, list[NodeId]] = {}
        for term in self.parts.terms:
            found.setdefault(term.prediction, []).append(term.node)
        return found

    def settled(self, node: Node, name: str) -> bool:
        """Whether a yes-or-no setting of a node is on."""
        return bool(node.settings.get(name, False))


@dataclass(frozen=True, slots=True)
class Case:
    """One node under a rule: itself, its kind, its facts, and the sheet that it is drawn on."""

    sheet: Sheet
    node: Node
    kind: Kind
    facts: NodeFacts

    @property
    def said(self) -> str:
        """The node in a sentence."""
        return say(self.kind, self.node)

    def tensor(self, slot: str) -> Tensor | None:
        """The tensor at an input, where it is known."""
        found = self.facts.inputs.get(slot)
        return found if isinstance(found, Tensor) else None

    def param(self, name: str) -> object:
        """A resolved param; torch's default where nothing is chosen; None where it has neither."""
        if name in self.facts.params:
            return self.facts.params[name]
        param = self.kind.param(name)
        return param.default if param else None

    def wire(self, slot: str) -> Wire | None:
        """The wire into a slot."""
        return self.sheet.graph.wires.get((self.node.id, slot))

    def source(self, slot: str) -> Value | None:
        """The value that is wired into a slot."""
        wire = self.wire(slot)
        return Value(wire.source, wire.output) if wire else None

    def feeder(self, slot: str) -> str:
        """The name of the node that feeds a slot."""
        wire = self.wire(slot)
        return self.sheet.graph.nodes[wire.source].name if wire else "its input"


def problem(
    case: Case, rule: str, severity: Severity, blocks: Blocks, port: str, message: str,
    repairs: Sequence[Repair | None] = (),
) -> Problem:  # fmt: skip
    """A problem of this node; repairs that could not be made are left out."""
    kept = tuple(repair for repair in repairs if repair is not None)
    return Problem(rule, severity, blocks, case.facts.path or case.node.name, port, message, kept)
