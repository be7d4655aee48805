"""A drawing under construction: nodes put down, wired and named while code is read."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from graphcore.errors import UserError
from graphcore.importers.layers import STATELESS
from graphcore.importers.patterns import Found
from graphcore.importers.values import Layer, Made, Wired, refused
from graphcore.kinds.kind import Kind
from graphcore.parsing import parse_expression
from graphcore.project.graph import NAME, Graph, Node, NodeId, Wire, check_name, wished_name
from graphcore.project.project import Project

MOST_NODES = 2000
_LONGEST = 32


class Sketch:
    """The graph of one definition, and the names by which trees speak of its values."""

    def __init__(self, project: Project, owner: object = None) -> None:
        self.project, self.owner = project, owner
        self.graph = Graph()
        self.written: dict[NodeId, Mapping[str, object]] = {}
        self.values: dict[str, Wired] = {}
        self._names: dict[Wired, str] = {}
        self._first: dict[int, tuple[object, str]] = {}
        self._kept: dict[int, Wired] = {}

    def put(
        self,
        kind: str,
        params: Mapping[str, object],
        wish: str,
        settings: Mapping[str, object] | None = None,
    ) -> Node:
        """A new node, named as near to the wish as the drawing allows."""
        order = len(self.graph.nodes)
        if order >= MOST_NODES:
            raise UserError(f"It draws more than {MOST_NODES:,} nodes.", "Paste a smaller part.")
        name = self.graph.free_name(fitting(wish) or wished_name(self.project.kind(kind).title))
        node = Node(
            NodeId(f"c{order}"), kind, name, dict(params), dict(settings or {}), order=order
        )
        self.graph.nodes[node.id] = node
        self.graph.changed()
        return node

    def wire(self, value: Wired, node: Node, slot: str) -> None:
        """A wire from a value into a slot."""
        wire = Wire(value.node, value.port, node.id, slot)
        self.graph.wires[node.id, slot] = wire
        self.graph.changed()

    def operation(self, found: Found, wish: str) -> list[Wired]:
        """The node of a recognized operation; all its outputs."""
        node = self.put(found.kind.name, found.params, wish)
        for slot, tree in found.inputs.items():
            assert isinstance(tree, ast.Name)
            self.wire(self.values[tree.id], node, slot)
        return self.outputs(node)

    def outputs(self, node: Node) -> list[Wired]:
        """A node's outputs, in order."""
        return [Wired(node.id, port.name) for port in self.project.ports(node)[1]]

    def tree(self, value: Wired) -> ast.expr:
        """The name of a value in a tree."""
        if value not in self._names:
            node = self.graph.nodes[value.node]
            ports = self.project.ports(node)[1]
            stem = node.name if ports[0].name == value.port else f"{node.name}_{value.port}"
            name, number = stem[-_LONGEST:].lstrip("_0123456789") or "x", 2
            while name in self.values or not _is_word(name):
                name, number = f"{stem[: _LONGEST - 4]}{number}", number + 1
            self._names[value], self.values[name] = name, value
        return ast.Name(self._names[value])

    def owned(self, call: ast.AST, thing: Layer | Made) -> str:
        """The name of the node that has this layer already; empty where there is none.

        Raises UserError where another drawing has it.
        """
        if thing.owner is None:
            thing.owner = self.owner or self
        if thing.owner is not (self.owner or self):
            hint = "Construct one in each class, or call it in one class only."
            raise refused(call, f"“{thing.name}”, which is used in two classes,", hint)
        if isinstance(thing, Layer) and _is_stateless(thing.kind):
            return ""
        return self._first.get(id(thing), (None, ""))[1]

    def own(self, thing: Layer | Made, node: Node) -> None:
        """This node has the layer."""
        self._first.setdefault(id(thing), (thing, node.name))

    def name_of(self, thing: Layer | Made) -> str:
        """The node that has a layer; empty where nothing called it."""
        return self._first.get(id(thing), (None, ""))[1]

    def learned(self, layer: Layer) -> Wired:
        """The value of a Parameter, which has one node however often it is read."""
        if id(layer) not in self._kept:
            node = self.put(layer.kind.name, layer.params, layer.name)
            self.own(layer, node)
            self._kept[id(layer)] = self.outputs(node)[0]
        return self._kept[id(layer)]

    def layer(
        self,
        call: ast.AST,
        layer: Layer,
        args: Sequence[object],
        words: Mapping[str, object],
        wish: str,
    ) -> object:
        """A call of a layer; what it gives, as torch would: a value, or tuples of them."""
        shares = self.owned(call, layer)
        called = _Called(self, layer.kind, call)
        called.read(args, words)
        settings = {"shares": shares} if shares else {}
        name = wish if shares else layer.name or wish
        node = self.put(layer.kind.name, {**layer.params, **called.params}, name, settings)
        self.own(layer, node)
        self.written[node.id] = layer.given
        for slot, value in called.inputs.items():
            self.wire(value, node, slot)
        return unpacked(layer.kind, self.outputs(node))


class _Called:
    """The arguments of a layer's call, as wires and as what the call is told."""

    def __init__(self, sketch: Sketch, kind: Kind, call: ast.AST) -> None:
        self.sketch, self.kind, self.call = sketch, kind, call
        self.inputs: dict[str, Wired] = {}
        self.params: dict[str, object] = {}

    def read(self, args: Sequence[object], words: Mapping[str, object]) -> None:
        ports = list(dict.fromkeys(port.group or port.name for port in self.kind.inputs))
        told = [param.name for param in self.kind.params if param.in_call]
        if len(args) > len(ports):
            raise refused(self.call, f"{self.kind.title} with {len(args)} inputs", "Give it fewer.")
        for name, value in [*zip(ports, args, strict=False), *words.items()]:
            if name in ports:
                self._port(name, value)
            elif name in told:
                param = self.kind.param(name)
                assert param is not None
                if value is not None or param.optional:
                    self.params[name] = param.check(value)
            else:
                raise refused(self.call, f"“{name}” of {self.kind.title}", "Leave it out.")

    def _port(self, name: str, value: object) -> None:
        group = [port.name for port in self.kind.inputs if port.group == name]
        match value:
            case None:
                return
            case Wired():
                self.inputs[group[0] if group else name] = value
            case tuple() | list() if len(value) == len(group):
                for port, item in zip(group, value, strict=True):
                    self._port(port, item)
            case _:
                hint = "Give it what forward takes, or has computed."
                raise refused(self.call, f"An input of {self.kind.title}", hint)


def unpacked(kind: Kind, outputs: Sequence[Wired]) -> object:
    """What a call gives, taken apart as the kind says."""
    if len(kind.outputs) == 1 and len(outputs) == 1:
        return outputs[0]
    by_name = {value.port: value for value in outputs}
    if not kind.unpack:
        return outputs[0] if len(outputs) == 1 else tuple(outputs)
    text = kind.unpack.format_map({port.name: port.name for port in kind.outputs})
    return _shaped(parse_expression(text), by_name)


def _shaped(tree: ast.expr, by_name: Mapping[str, Wired]) -> object:
    if isinstance(tree, ast.Tuple):
        return tuple(_shaped(item, by_name) for item in tree.elts)
    assert isinstance(tree, ast.Name)
    return by_name.get(tree.id)


def _is_stateless(kind: Kind) -> bool:
    return kind.family in STATELESS and kind.title not in ("PReLU",)


def _is_word(name: str) -> bool:
    return name not in ("torch", "F", "nn", "self", "min", "max", "int", "float", "math")


def fitting(wish: str) -> str:
    """The wish as a node's name where it can be one; else empty."""
    for name in (wish.lstrip("_")[:64], f"{wish.lstrip('_')[:60]}_1"):
        try:
            return check_name(name) if NAME.match(name) else ""
        except UserError:
            continue
    return ""
