"""One drawing as text: names of its values, constructors and statements. Torch-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from graphcore.analysis.result import NodeFacts, Value
from graphcore.code.lines import Line, assignment, function_lines
from graphcore.kinds.kind import REQUIRED, Kind, Written
from graphcore.kinds.spell import NOT_WIRED, call, construction, unpacking
from graphcore.project.graph import Graph, Node, NodeId
from graphcore.project.project import Project
from graphcore.types import Tensor, Type


class Block(Protocol):
    """How an instance of a block is constructed."""

    def construction(self, path: str, written: Mapping[str, Written]) -> str:
        """The expression for the instance at this path; `written` args read as expressions."""


@dataclass(slots=True)
class Drawing:
    """The drawing's graph with what is known of its nodes.

    `written` are params that read as expressions, by node and name. `prefix` is what stands
    before the nodes' names in paths. With `keeps_values` nothing is overwritten in place, since
    somebody looks at the values.
    """

    project: Project
    graph: Graph
    facts: Mapping[NodeId, NodeFacts]
    blocks: Mapping[str, Block]
    written: Mapping[tuple[NodeId, str], Written] = field(default_factory=dict)
    prefix: str = ""
    keeps_values: bool = False
    names: dict[Value, str] = field(init=False)
    into: Mapping[NodeId, dict[str, Value]] = field(init=False)

    def __post_init__(self) -> None:
        self.into = {
            target: {wire.input: Value(wire.source, wire.output) for wire in wires}
            for target, wires in self.graph.wires_by_target().items()
        }
        self.names = self._named()

    def _named(self) -> dict[Value, str]:
        """A variable for every value: the node's name, with the port's for later outputs."""
        found = dict[Value, str]()
        taken = {node.name for node in self.graph.nodes.values()}
        for node in self.graph.nodes.values():
            if node.kind == "data.Dataset":
                continue
            for place, port in enumerate(self.project.ports(node)[1]):
                name = node.name
                if place:
                    name = f"{node.name}_{port.name}"
                    while name in taken:
                        name += "_"
                    taken.add(name)
                found[Value(node.id, port.name)] = name
        return found

    def constructor(
        self,
        nodes: Sequence[NodeId],
        arguments: Sequence[tuple[str, str]] = (),
        first: Sequence[str] = (),
    ) -> list[Line]:
        """`__init__` that makes the layers of these nodes; empty where it would do nothing."""
        lines = [Line("super().__init__()"), *map(Line, first)]
        for node, kind in self._with_kinds(nodes):
            if kind.is_layer or kind.role == "block":
                text = self._construction(node, kind)
                path = f"{self.prefix}{node.name}"
                lines.append(assignment(f"self.{node.name}", text, path=path))
        if len(lines) == 1 and not arguments:
            return []
        return function_lines("__init__", arguments, ["None"], lines, [])

    def _construction(self, node: Node, kind: Kind) -> str:
        params = self._params(node)
        if kind.role == "block":
            block = self.blocks.get(kind.name.removeprefix("block."))
            own = {n: v for n, v in params.items() if isinstance(v, Written)}
            return block.construction(f"{self.prefix}{node.name}", own) if block else NOT_WIRED
        if any(p.default is REQUIRED and p.name not in params for p in kind.params):
            return NOT_WIRED
        return construction(kind, params)

    def _params(self, node: Node) -> dict[str, object]:
        facts = self.facts.get(node.id)
        params = dict(facts.params) if facts else {}
        params |= {name: text for (owner, name), text in self.written.items() if owner == node.id}
        if self.keeps_values and "inplace" in params:
            params["inplace"] = False
        return params

    def statements(
        self, nodes: Sequence[NodeId], scope: Mapping[Value, str], read: set[Value]
    ) -> list[Line]:
        """A line a node that calls it; `read` are values that something else reads too."""
        used = read | {v for n in nodes for v in self.into.get(n, {}).values()}
        lines = []
        for node, kind in self._with_kinds(nodes):
            ports = self.project.ports(node)[1]
            if not kind.call or not ports:
                continue
            names = {
                port.name: scope.get(Value(node.id, port.name), node.name)
                for port in ports
                if Value(node.id, port.name) in used or len(ports) == 1
            }
            params = self._params(node)
            text = self._call(node, kind, params, scope)
            facts = self.facts.get(node.id)
            known = facts.outputs if facts else {}
            comment = ", ".join(dims_text(known[name]) for name in names if name in known)
            target = unpacking(kind, names, params)
            path = f"{self.prefix}{node.name}"
            lines.append(assignment(target, text, comment, path))
            sure = [names[port.name] for port in ports if port.maybe and port.name in names]
            lines += [Line(f"assert {name} is not None", path=path) for name in sure]
        return lines

    def _call(
        self, node: Node, kind: Kind, params: Mapping[str, object], scope: Mapping[Value, str]
    ) -> str:
        wired = self.into.get(node.id, {})
        values = {slot: scope.get(value, NOT_WIRED) for slot, value in wired.items()}
        try:
            return call(kind, params, values, f"self.{node.name}")
        except KeyError:  # a param that the call names has no value yet
            return NOT_WIRED

    def _with_kinds(self, nodes: Sequence[NodeId]) -> list[tuple[Node, Kind]]:
        found = [self.graph.nodes[node] for node in nodes]
        return [(node, self.project.kind(node.kind)) for node in found]

    def hint(self, value: Value) -> str:
        """The hint of a value as an argument or a result."""
        facts = self.facts.get(value.node)
        kind = facts.outputs.get(value.port) if facts else None
        return "list[Tensor]" if kind is not None and not isinstance(kind, Tensor) else "Tensor"


def dims_text(kind: Type) -> str:
    """A type as a trailing comment: `[B, 16, 8, 8]`."""
    return f"[{', '.join(map(str, kind.dims))}]" if isinstance(kind, Tensor) else str(kind)
