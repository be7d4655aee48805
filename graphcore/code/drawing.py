"""One drawing as text: names of its values, constructors and statements. Torch-free."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from graphcore.analysis.result import NodeFacts, Value
from graphcore.analysis.sharing import owner_of, tied_to
from graphcore.code.beginnings import init_lines
from graphcore.code.lines import Line, assignment, function_lines
from graphcore.kinds.formula import Formula, names_of, written
from graphcore.kinds.kind import REQUIRED, Kind, Port, Written
from graphcore.kinds.spell import NOT_WIRED, call, called_with, construction, unpacking
from graphcore.project.graph import REPEAT_INDEX, RESERVED_NAMES, Graph, Node, NodeId
from graphcore.project.project import Project
from graphcore.types import Tensor, Type


class Block(Protocol):
    """How an instance of a block is constructed, and which values inside its `body` hands out."""

    @property
    def taps(self) -> Sequence[str]:
        """Values inside by path and port (`conv1.output`); they follow the outputs of `body`."""

    def construction(self, path: str, written: Mapping[str, Written]) -> str:
        """The expression for the instance at this path; `written` args read as expressions."""


@dataclass(slots=True)
class Drawing:
    """The drawing's graph with what is known of its nodes.

    `written` are params that read as expressions, by node and name. `prefix` is what stands
    before the nodes' names in paths; `params` are the definition's own, `scope` what formulas
    know. `kept` are attributes of the class, by the expressions that `forward` needs. Layers of
    nodes `elsewhere` are found in `self.model`. With `keeps_values` nothing is overwritten in
    place, since somebody looks at the values.
    """

    project: Project
    graph: Graph
    facts: Mapping[NodeId, NodeFacts]
    blocks: Mapping[str, Block]
    written: Mapping[tuple[NodeId, str], Written] = field(default_factory=dict)
    prefix: str = ""
    keeps_values: bool = False
    params: Collection[str] = ()
    scope: Mapping[str, object] = field(default_factory=dict)
    elsewhere: Collection[NodeId] = ()
    kept: dict[str, str] = field(default_factory=dict)
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
            for value in self._inside(node):
                name = f"{node.name}_{value.port}".replace(".", "_")
                while name in taken:
                    name += "_"
                taken.add(name)
                found[value] = name
        return found

    def _inside(self, node: Node) -> list[Value]:
        """The tapped values inside a block, as further outputs of it: `0.conv1.output`."""
        block = self.blocks.get(node.kind.removeprefix("block."))
        if block is None or not node.kind.startswith("block."):
            return []
        turns = [f"{turn}." for turn in range(node.repeat)] or [""]
        return [Value(node.id, f"{turn}{tap}") for turn in turns for tap in block.taps]

    def constructor(
        self,
        nodes: Sequence[NodeId],
        arguments: Sequence[tuple[str, str]] = (),
        first: Sequence[str] = (),
    ) -> list[Line]:
        """`__init__` that makes the layers of these nodes; empty where it would do nothing."""
        lines = [Line("super().__init__()"), *map(Line, first)]
        lines += [assignment(f"self.{name}", text) for text, name in self.kept.items()]
        own = {*nodes, *self.elsewhere}
        made = [
            (node, kind)
            for node, kind in self._with_kinds(nodes)
            if self._has_own_layer(node, kind, own)
        ]
        for node, kind in made:
            text, path = self._construction(node, kind), f"{self.prefix}{node.name}"
            lines.append(assignment(f"self.{node.name}", text, path=path))
        for node, kind in made:
            facts, path = self.facts.get(node.id), f"{self.prefix}{node.name}"
            weights = facts.weights if facts else ()
            lines += init_lines(node, kind, self._params(node), weights, path)
        lines += [line for node, _ in self._with_kinds(nodes) for line in self._ties(node, own)]
        if len(lines) == 1 and not arguments:
            return []
        return function_lines("__init__", arguments, ["None"], lines, [])

    def _has_own_layer(self, node: Node, kind: Kind, own: Collection[NodeId]) -> bool:
        has_layer = kind.is_layer or kind.role == "block"
        return has_layer and not node.is_bypassed and self._owner(node, own) is None

    def _owner(self, node: Node, own: Collection[NodeId]) -> Node | None:
        """The node whose layer this one calls, where that layer is written."""
        owner = owner_of(self.graph, node)
        return owner if owner is not None and owner.id in own else None

    def _ties(self, node: Node, own: Collection[NodeId]) -> list[Line]:
        found = []
        for name in () if node.is_bypassed or node.shares else node.ties:
            tied = tied_to(self.graph, node, name)
            if tied is not None and tied[0].id in own:
                owner, weight = tied
                text = f"self.{self._home(owner)}{owner.name}.{_steps(weight)}"
                target = f"self.{node.name}.{_steps(name)}"
                found.append(assignment(target, text, path=self.prefix + node.name))
        return found

    def _home(self, node: Node) -> str:
        return "model." if node.id in self.elsewhere else ""

    def _block(self, node: Node, kind: Kind) -> str:
        """An instance, or the list of instances that a repeated block is."""
        block = self.blocks.get(kind.name.removeprefix("block."))
        path = f"{self.prefix}{node.name}"
        own = {n: v for (owner, n), v in self.written.items() if owner == node.id}
        if block is None:
            return NOT_WIRED
        if not node.repeat:
            return block.construction(path, own)
        turns = [
            block.construction(
                f"{path}.{turn}", {**own, **_of_turn(own, turn), **self._indexed(node, turn)}
            )
            for turn in range(node.repeat)
        ]
        indexed = own | self._indexed(node)
        if len(indexed) > len(own):
            looped = [block.construction(f"{path}.{t}", indexed) for t in range(node.repeat)]
            if len(set(looped)) == 1:
                return f"nn.ModuleList([{looped[0]} for i in range({node.repeat})])"
        if len(set(turns)) == 1:
            return f"nn.ModuleList([{turns[0]} for _ in range({node.repeat})])"
        return f"nn.ModuleList([{', '.join(turns)}])"

    def keep_params(self, nodes: Sequence[NodeId]) -> None:
        """Make an attribute of every expression that the calls of these nodes name.

        What `__init__` takes is gone in `forward`; TorchScript knows attributes that are numbers.
        """
        taken = {*self.names.values(), *(node.name for node in self.graph.nodes.values())}
        for node, kind in self._with_kinds(nodes):
            for name, value in self._params(node).items():
                if isinstance(value, Written) and value.text not in self.kept:
                    if node.is_bypassed or not called_with(kind, name):
                        continue
                    wish = value.text if value.text.isidentifier() else f"{node.name}_{name}"
                    while wish in taken or wish in RESERVED_NAMES:
                        wish += "_"
                    taken.add(wish)
                    self.kept[value.text] = wish

    def _in_forward(self, value: object) -> object:
        if isinstance(value, Written) and value.text in self.kept:
            return replace(value, text=f"self.{self.kept[value.text]}")
        return value

    def _indexed(self, node: Node, turn: int | None = None) -> dict[str, Written]:
        """The params of a repeated block that formulas take from the turn; or those of one turn.

        At one turn those that know no other name are left out: analysis knows their values.
        """
        known = self._params(node)  # without formulas that have no value
        found = {}
        for name, value in node.params.items():
            names = names_of(value) if isinstance(value, Formula) else set()
            if REPEAT_INDEX in names and name in known and isinstance(value, Formula):
                if turn is None:
                    text = written(value, {REPEAT_INDEX, *self.params}, self.scope)
                    found[name] = Written(text, None)
                elif names & {*self.params}:
                    text = written(value, self.params, {**self.scope, REPEAT_INDEX: turn})
                    found[name] = Written(text, None)
        return found

    def _construction(self, node: Node, kind: Kind) -> str:
        params = self._params(node)
        if kind.role == "block":
            return self._block(node, kind)
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
            ports = self._outputs(node)
            if not kind.call or not ports:
                continue
            names = {
                port.name: scope.get(Value(node.id, port.name), node.name)
                for port in ports
                if Value(node.id, port.name) in used or len(ports) == 1
            }
            params = {name: self._in_forward(value) for name, value in self._params(node).items()}
            inside = [value for value in self._inside(node) if value in read]
            text = self._call(node, kind, params, scope, nodes, ".body" if inside else "")
            facts = self.facts.get(node.id)
            known = facts.outputs if facts else {}
            comment = ", ".join(dims_text(known[name]) for name in names if name in known)
            path = f"{self.prefix}{node.name}"
            if node.is_bypassed:
                lines.append(assignment(node.name, text, comment, path))
            elif kind.role == "block" and node.repeat:
                layer = self._layer(node, nodes)
                lines += self._loop(node, kind, names, scope, comment, inside, layer)
            else:
                target = ", ".join([unpacking(kind, names, params), *self._targets(node, inside)])
                lines.append(assignment(target, text, comment, path))
                if inside and node.is_muted and not self._is_muted_after(node):
                    lines.append(assignment(node.name, f"torch.zeros_like({node.name})", path=path))
                sure = [names[port.name] for port in ports if port.maybe and port.name in names]
                lines += [Line(f"assert {name} is not None", path=path) for name in sure]
            if self._is_muted_after(node):
                zeros = [(name, f"torch.zeros_like({name})") for name in names.values()]
                lines += [assignment(name, text, path=path) for name, text in zeros]
        return lines

    def _loop(
        self,
        node: Node,
        kind: Kind,
        names: Mapping[str, str],
        scope: Mapping[Value, str],
        comment: str,
        inside: Sequence[Value],
        layer: str,
    ) -> list[Line]:
        """A repeated block: what comes out of a turn goes into the next."""
        inputs, outputs = self.project.ports(node)[0], self._outputs(node)
        path = f"{self.prefix}{node.name}"
        if not inputs:
            return [assignment(node.name, NOT_WIRED, path=path)]
        wired = self.into.get(node.id, {})
        values = {slot: scope.get(value, NOT_WIRED) for slot, value in wired.items()}
        result = scope.get(Value(node.id, outputs[0].name), node.name)
        start = values.get(inputs[0].name, NOT_WIRED)
        values[inputs[0].name] = result
        turn, each, kept = (self._free(name) for name in ("turn", "inside", f"{node.name}_inside"))
        target = unpacking(kind, {**names, outputs[0].name: result}, {})
        loop = Line(f"for {turn} in {layer}:", path=path)
        if not inside:
            once = assignment(target, call(kind, {}, values, turn), comment, path)
            return [assignment(result, start, path=path), loop, once.indented()]
        once = assignment(f"{target}, *{each}", call(kind, {}, values, f"{turn}.body"), path=path)
        return [
            assignment(result, start, path=path),
            assignment(kept, "[]", path=path),
            loop,
            once.indented(),
            Line(f"{kept}.append({each})", path=path).indented(),
            *(self._picked(node, value, kept) for value in inside),
        ]

    def _free(self, name: str) -> str:
        """The name, or one like it that no value has."""
        while name in self.names.values():
            name += "_"
        return name

    def _targets(self, node: Node, wanted: Collection[Value]) -> list[str]:
        """What stands behind the outputs at the left of `=` where `body` is called."""
        return [self.names[v] if v in wanted else "_" for v in self._inside(node) if wanted]

    def _picked(self, node: Node, value: Value, kept: str) -> Line:
        """One value of one turn, out of the list that the loop has filled."""
        turn, _, tap = value.port.partition(".")
        place = list(self.blocks[node.kind.removeprefix("block.")].taps).index(tap)
        path = f"{self.prefix}{node.name}"
        return assignment(self.names[value], f"{kept}[{turn}][{place}]", path=path)

    def _call(
        self,
        node: Node,
        kind: Kind,
        params: Mapping[str, object],
        scope: Mapping[Value, str],
        nodes: Sequence[NodeId],
        method: str = "",
    ) -> str:
        wired = self.into.get(node.id, {})
        values = {slot: scope.get(value, NOT_WIRED) for slot, value in wired.items()}
        if node.is_bypassed:
            return values.get(self.project.first_slot(node, values) or "", NOT_WIRED)
        try:
            text = call(kind, params, values, f"{self._layer(node, nodes)}{method}")
            is_at_once = node.is_muted and not method and not self._is_muted_after(node)
            return f"torch.zeros_like({text})" if is_at_once else text
        except KeyError:  # a param that the call names has no value yet
            return NOT_WIRED

    def _layer(self, node: Node, nodes: Sequence[NodeId]) -> str:
        """The attribute that a node calls: its own, or its owner's."""
        layer = node
        if node.shares:
            layer = self._owner(node, {*nodes, *self.elsewhere}) or node
        return f"self.{self._home(layer)}{layer.name}"

    def _is_muted_after(self, node: Node) -> bool:
        """Whether zeros take lines of their own: several values, or turns that need theirs."""
        if node.is_bypassed or not node.is_muted:
            return False
        return bool(node.repeat) or len(self._outputs(node)) > 1

    def _with_kinds(self, nodes: Sequence[NodeId]) -> list[tuple[Node, Kind]]:
        found = [self.graph.nodes[node] for node in nodes]
        return [(node, self._kind(node)) for node in found]

    def _kind(self, node: Node) -> Kind:
        """A node's kind; a block's without the outputs that nothing inside is wired to."""
        kind = self.project.kind(node.kind)
        return replace(kind, outputs=self._outputs(node)) if kind.role == "block" else kind

    def _outputs(self, node: Node) -> tuple[Port, ...]:
        ports = self.project.ports(node)[1]
        if not node.kind.startswith("block.") or not ports:
            return ports
        given = self.project.given_out(node.kind)
        return tuple(port for port in ports if port.name in given)

    def tapped(self, key: str) -> Value:
        """The value that a path and port name: `conv1.output`, or `stage.0.conv1.output`."""
        name, _, rest = key.partition(".")
        node = self.graph.by_name(name)
        if node is None:
            raise KeyError(key)
        return Value(node.id, rest)

    def hint(self, value: Value) -> str:
        """The hint of a value as an argument or a result."""
        facts = self.facts.get(value.node)
        kind = facts.outputs.get(value.port) if facts else None
        return "list[Tensor]" if kind is not None and not isinstance(kind, Tensor) else "Tensor"


def _steps(weight: str) -> str:
    """The path of a weight in a layer as Python: `layers[0].linear1.weight`."""
    return re.sub(r"\.(\d+)", r"[\1]", weight)


def _of_turn(own: Mapping[str, Written], turn: int) -> dict[str, Written]:
    """Expressions that are meant for one turn alone (`width.2`), by the argument's name."""
    end = f".{turn}"
    return {name.removesuffix(end): v for name, v in own.items() if name.endswith(end)}


def dims_text(kind: Type) -> str:
    """A type as a trailing comment: `[B, 16, 8, 8]`."""
    return f"[{', '.join(map(str, kind.dims))}]" if isinstance(kind, Tensor) else str(kind)


def body_and_forward(
    arguments: Sequence[tuple[str, str]],
    hints: Sequence[str],
    body: Sequence[Line],
    results: Sequence[str],
    hidden: Sequence[tuple[str, str]],
) -> list[list[Line]]:
    """`forward`; where `hidden` values (name, hint) are read too, `body` returns all of them."""
    if not hidden:
        return [function_lines("forward", arguments, hints, body, results)]
    every = [*results, *(name for name, _ in hidden)]
    whole = function_lines("body", arguments, [*hints, *(h for _, h in hidden)], body, every)
    pattern = ["_" if name == NOT_WIRED else name for name in results] + ["_"] * len(hidden)
    called = f"self.body({', '.join(name for name, _ in arguments)})"
    short = [assignment(", ".join(pattern), called)]
    return [whole, function_lines("forward", arguments, hints, short, results)]
