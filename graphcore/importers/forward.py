"""`forward` as wires: calls of layers, operators and functions become nodes."""

from __future__ import annotations

import ast
from dataclasses import replace

from graphcore.errors import UserError
from graphcore.importers.making import Layer, literal, refused
from graphcore.kinds.kind import REQUIRED
from graphcore.kinds.line_text import dotted
from graphcore.project.edits import AddNode, Connect, Set
from graphcore.project.graph import NAME, NodeId, Wire, check_name
from graphcore.project.make import new_node
from graphcore.project.project import Project

Value = tuple[NodeId, str] | None
"""An output of a node; None for what comes in from outside."""
_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "ops.add", ast.Sub: "ops.sub", ast.Mult: "ops.mul", ast.Div: "ops.div",
    ast.MatMult: "ops.matmul",
}  # fmt: skip


class Forward:
    """Reads one class into the main drawing of a project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.layers: dict[str, Layer] = {}
        self.values: dict[str, Value] = {}
        self._first: dict[int, str] = {}

    def read_class(self, node: ast.ClassDef) -> None:
        """All that `__init__` makes and `forward` does. Raises UserError with a line."""
        methods = {n.name: n for n in node.body if isinstance(n, ast.FunctionDef)}
        if "forward" not in methods:
            raise refused(node, f"“{node.name}” without forward", "Paste its forward too.")
        for line in methods["__init__"].body if "__init__" in methods else ():
            self._construct(line)
        self.values = {item.arg: None for item in methods["forward"].args.args[1:]}
        for line in methods["forward"].body:
            self._statement(line)

    def _construct(self, line: ast.stmt) -> None:
        match line:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=name)]):
                self.layers[name] = Layer.of(line.value, name)
            case ast.Expr(value=ast.Constant()):
                return
            case ast.Expr(value=ast.Call(func=func)) if ast.unparse(func).startswith("super("):
                return
            case _:
                raise refused(line, "This line of __init__", "Write self.name = nn.Layer(…).")

    def _statement(self, line: ast.stmt) -> None:
        match line:
            case ast.Expr(value=ast.Constant()):
                return
            case ast.Return(value=ast.expr() as value):
                for item in value.elts if isinstance(value, ast.Tuple) else [value]:
                    self._value(item)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.values[name] = self._value(value, name)
            case ast.Assign(targets=[ast.Tuple() as target], value=value):
                self._unpack(target, value)
            case ast.AugAssign(target=ast.Name(id=name) as left, op=op, value=right):
                pair = ast.copy_location(ast.BinOp(ast.Name(left.id), op, right), line)
                self.values[name] = self._value(pair, name)
            case ast.For() | ast.While() | ast.If():
                raise refused(line, "A loop or a condition", "Write out what it does.")
            case _:
                raise refused(line, "This line", "Write name = expression, or return.")

    def _unpack(self, target: ast.Tuple, value: ast.expr) -> None:
        names = [item for item in ast.walk(target) if isinstance(item, ast.Name)]
        names.sort(key=lambda item: (item.lineno, item.col_offset))
        found = self._value(value)
        ports = self._outputs(found)
        if found is None or len(ports) < len(names):
            raise refused(value, "What is taken apart here", "Take apart what has several values.")
        for item, port in zip(names, ports, strict=False):
            self.values[item.id] = (found[0], port)

    def _outputs(self, value: Value) -> list[str]:
        if value is None:
            return []
        return [port.name for port in self.project.ports(self.project.graph.nodes[value[0]])[1]]

    def _value(self, node: ast.expr, name: str = "") -> Value:
        match node:
            case ast.Name(id=known) if known in self.values:
                return self.values[known]
            case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=layer)):
                return self._call_layer(node, layer)
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _SIGNS:
                if not any(isinstance(end, ast.Constant | ast.UnaryOp) for end in (left, right)):
                    return self._add(_SIGNS[type(op)], {}, [left, right], name)
            case ast.Call(func=func, args=[ast.List() | ast.Tuple() as items, *rest]) if dotted(
                func
            ) in ("torch.cat", "torch.stack"):
                given = {word.arg: word.value for word in node.keywords}
                dim = rest[0] if rest else given.get("dim", ast.Constant(0))
                kind = f"ops.{dotted(func).rpartition('.')[2]}"
                params = {"dim": literal(dim, self.project.kind(kind).params[0].check)}
                return self._add(kind, params, list(items.elts), name)
        return self._line(node, name)

    def _call_layer(self, node: ast.Call, name: str) -> Value:
        layer = self.layers.get(name)
        if layer is None or not node.args or node.keywords:
            raise refused(node, f"“self.{name}(…)”", "Call a layer of __init__ with its inputs.")
        if layer.inner:
            if len(node.args) != 1:
                raise refused(node, f"“self.{name}(…)”", "Give it one input.")
            return self.run(layer, self._value(node.args[0]))
        return self._put(layer, [self._value(item) for item in node.args])

    def run(self, layer: Layer, value: Value) -> Value:
        """A layer, or several one after the other, upon a value."""
        for inner in layer.inner:
            value = self.run(inner, value)
        return value if layer.kind is None else self._put(layer, [value])

    def _put(self, layer: Layer, inputs: list[Value]) -> Value:
        assert layer.kind is not None
        found = self._node(layer.kind.name, dict(layer.params or {}), inputs, layer.name)
        first = self._first.setdefault(id(layer), self.project.graph.nodes[found[0]].name)
        if first != self.project.graph.nodes[found[0]].name:
            Set(("nodes", "main", found[0], "settings", "shares"), first).apply(self.project)
        return found

    def _add(self, kind: str, params: dict[str, object], parts: list[ast.expr], name: str) -> Value:
        return self._node(kind, params, [self._value(part) for part in parts], name)

    def _line(self, node: ast.expr, name: str) -> Value:
        """Anything else over values is a line of an Expression, if that knows all its words."""
        inner = _Hoist(self)
        tree = inner.visit(node)
        text = ast.unparse(tree)
        params: dict[str, object] = {"line": text}
        param = self.project.kind("ops.Expression").params[0]
        try:
            param.check(text)
        except UserError as error:
            raise refused(node, f"“{ast.unparse(node)[:60]}”", error.hint) from error
        names = [port.name for port in self.project.kind("ops.Expression").ports(params)[0]]
        unknown = [known for known in names if known not in self.values]
        if unknown:
            raise refused(node, f"“{unknown[0]}”", "Name what forward takes or has computed.")
        return self._node("ops.Expression", params, [self.values[n] for n in names], name)

    def _node(
        self, kind: str, params: dict[str, object], inputs: list[Value], wish: str
    ) -> tuple[NodeId, str]:
        node = new_node(self.project, kind, name=_free(wish))
        starts = {p.name for p in self.project.kind(kind).params if p.start is not REQUIRED}
        kept = {k: v for k, v in node.params.items() if k not in starts} | params
        node = replace(node, params=kept)
        AddNode(node, (0, 0)).apply(self.project)
        for place, value in enumerate(inputs):
            slots = self.project.slots(node)
            if place >= len(slots):
                raise UserError(f"“{node.name}” takes fewer inputs.", "Give it fewer.")
            if value is not None:
                Connect(Wire(*value, node.id, slots[place])).apply(self.project)
        return node.id, self._outputs((node.id, ""))[0]


class _Hoist(ast.NodeTransformer):
    """Calls of layers inside an expression become nodes of their own, with names for a line."""

    def __init__(self, forward: Forward) -> None:
        self.forward = forward

    def visit_Call(self, node: ast.Call) -> ast.expr:
        match node.func:
            case ast.Attribute(value=ast.Name(id="self"), attr=layer):
                name = f"v{len(self.forward.values)}"
                self.forward.values[name] = self.forward._call_layer(node, layer)
                return ast.copy_location(ast.Name(name), node)
        self.generic_visit(node)
        return node


def _free(wish: str) -> str:
    """The wish where it can be a node's name; else none."""
    try:
        return check_name(wish) if NAME.match(wish) else ""
    except UserError:
        return ""
