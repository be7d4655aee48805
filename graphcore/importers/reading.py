"""Pasted classes and functions read statement by statement, as Python would go. Nothing is run.

What is written out (numbers, layers, lists of them) is worked out here; what arrives at `forward`
becomes wires. A loop or a condition over what is written out is followed; one over values that
arrive is refused with its line.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from graphcore.errors import UserError
from graphcore.importers import calls
from graphcore.importers.computing import computed, materialized, tree_of
from graphcore.importers.numbers import CONSTANTS, KNOWN, bounded, combined, compared, negated
from graphcore.importers.sketch import Sketch
from graphcore.importers.values import (
    Bound,
    Chain,
    Dotted,
    Filled,
    Later,
    Layer,
    Listed,
    Made,
    Shape,
    Unknown,
    Weight,
    Wired,
    plain,
    refused,
)
from graphcore.parsing import parse_expression

if TYPE_CHECKING:
    from graphcore.importers.classes import Classes

_GIVEN_BY_PYTHON = {"super", "print", "isinstance", "hasattr", "getattr", "object", "map", "set"}
_LOOP = "A condition or loop over values that arrive"


class ReturnedError(Exception):
    """`return`, with what it gives."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value


class Reader:
    """One scope of code: a method, a function, or the text outside of all.

    `sketch` is the drawing that values are wired in; None where there is none yet (`__init__`).
    """

    def __init__(
        self,
        classes: Classes,
        names: dict[str, object],
        sketch: Sketch | None = None,
        owner: Made | None = None,
        depth: int = 0,
    ) -> None:
        self.classes, self.names, self.sketch = classes, names, sketch
        self.owner, self.depth = owner, depth

    # -- statements ------------------------------------------------------------------------------

    def run(self, body: Iterable[ast.stmt]) -> None:
        """All these statements. Raises UserError with a line, and ReturnedError."""
        for line in body:
            self.classes.step(line)
            try:
                self.statement(line)
            except UserError as error:
                if error.message.startswith("Line "):
                    raise
                raise refused(line, f"“{_short(line)}”", f"{error.message} {error.hint}") from error

    def statement(self, line: ast.stmt) -> None:
        match line:
            case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.Assert() | ast.Delete():
                return
            case ast.Import() | ast.ImportFrom():
                self.names |= self.classes.imported(line)
            case ast.FunctionDef(name=name):
                self.names[name] = Bound(line, None, self.names)
            case ast.Return(value=value):
                raise ReturnedError(None if value is None else self.value(value))
            case ast.Assign(targets=targets, value=value):
                wish, count = _wish(targets[0])
                found = self.value(value, wish, count)
                for target in targets:
                    self.assign(target, found, line)
            case ast.AnnAssign(target=target, value=value):
                if value is not None:
                    self.assign(target, self.value(value, *_wish(target)), line)
            case ast.AugAssign(target=target, op=op, value=value):
                left = ast.copy_location(_loaded(target), line)
                pair = ast.copy_location(ast.BinOp(left, op, value), line)
                self.assign(target, self.value(pair, *_wish(target)), line)
            case ast.Expr(value=ast.Call() as call):
                if not self.classes.is_beside(self, call):
                    self.value(call)
            case ast.If(test=test, body=body, orelse=orelse):
                self.run(body if self.truth(test) else orelse)
            case ast.For():
                self.loop(line)
            case ast.With(body=body) if self.classes.is_harmless(line):
                self.run(body)
            case ast.Raise():
                raise refused(line, "What ends in an error", "Give it arguments that work.")
            case ast.Continue():
                raise _ContinueError
            case ast.Break():
                raise _BreakError
            case ast.While():
                raise refused(line, _LOOP, "Write out what it does.")
            case _:
                raise refused(line, "This line", "Write name = expression, or return.")

    def assign(self, target: ast.expr, value: object, line: ast.stmt) -> None:
        match target:
            case ast.Name(id=name):
                self.names[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                for item, part in zip(targets, self.parts(value, len(targets), line), strict=True):
                    self.assign(item, part, line)
            case ast.Attribute(value=inner, attr=name):
                self.keep(self.value(inner), name, value, line)
            case ast.Subscript(value=inner, slice=place):
                held, at = self.value(inner), self.value(place)
                if not isinstance(held, dict | list):
                    hint = "Nodes don't write into a value: use torch.where or torch.cat."
                    raise refused(line, "A value that is written into", hint)
                held[plain(at)] = value  # type: ignore[call-overload]
            case _:
                raise refused(line, "This line", "Write name = expression, or return.")

    def keep(self, owner: object, name: str, value: object, line: ast.stmt) -> None:
        """`self.name = value`, and weights that two layers have in common."""
        match owner, value:
            case Made(), _:
                owner.held[name] = value
                self.classes.name(value, name)
            case Layer(), Weight() if self.owner is not None:
                self.owner.ties.append((line, Weight(owner, name), value))
            case Layer(), Layer() if self.owner is not None and value.kind.name == "nn.Parameter":
                self.classes.leave_out(line)
            case Layer() | Weight(), _ if self.sketch is None:
                self.classes.leave_out(line)
            case _:
                raise refused(line, "This line", "Set what self has.")

    def parts(self, value: object, count: int, line: ast.stmt) -> Sequence[object]:
        """A value taken apart into that many."""
        match value:
            case tuple() | list() if len(value) == count:
                return value
            case Shape(tree=tree):
                return [_size(tree, place) for place in range(count)]
            case Listed() | Chain() if len(value.items) == count:
                return [item for _, item in value.items]
        raise refused(line, "What is taken apart here", "Take apart what has that many values.")

    def loop(self, line: ast.For) -> None:
        if not line.orelse and calls.repeated(self, line):
            return
        for item in self.many(line.iter):
            self.assign(line.target, item, line)
            try:
                self.run(line.body)
            except _ContinueError:
                continue
            except _BreakError:
                return
        self.run(line.orelse)

    def truth(self, node: ast.expr) -> bool:
        """Whether a condition holds; only of what is written out."""
        value = self.value(node)
        if isinstance(value, Wired | Later | Shape):
            hint = "Use torch.where, or write the way that is taken."
            raise refused(node, _LOOP, hint)
        if isinstance(value, Unknown):
            raise self.classes.unknown(node, value)
        return bool(len(value.items) if isinstance(value, Chain | Listed) else plain(value))

    def many(self, node: ast.expr) -> list[object]:
        """What a loop goes over. Raises UserError where that is not written out."""
        value = self.value(node)
        match value:
            case list() | tuple() | dict() | str():
                return list(value)
            case Chain() | Listed():
                return [name if value_names(value) else item for name, item in value.items]
        raise refused(node, _LOOP, "Write out what it does.")

    # -- expressions -----------------------------------------------------------------------------

    def value(self, node: ast.expr, wish: str = "", count: int = 0) -> object:
        """What an expression comes to.

        `wish` is the name that it is given, `count` how many values are taken from it.
        """
        self.classes.step(node)
        match node:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return self.named(node, name)
            case ast.Attribute(value=inner, attr=name):
                return self.attribute(node, self.value(inner), name)
            case ast.Call():
                return calls.called(self, node, wish, count)
            case ast.Tuple(elts=items):
                return tuple(self.items(items))
            case ast.List(elts=items):
                return self.items(items)
            case ast.Dict(keys=keys, values=values) if None not in keys:
                named = [plain(self.value(key)) for key in keys if key is not None]
                return dict(zip(named, map(self.value, values), strict=True))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return not self.truth(operand)
            case ast.BoolOp(op=op, values=values):
                return self.either(op, values)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.value(body if self.truth(test) else orelse, wish, count)
            case ast.ListComp() | ast.GeneratorExp():
                return self.comprehension(node)
            case ast.Lambda():
                return Bound(node, None, self.names)
            case ast.JoinedStr(values=values):
                return bounded("".join(str(plain(self.value(item))) for item in values))
            case ast.FormattedValue(value=inner):
                return str(plain(self.value(inner)))
            case ast.BinOp() | ast.UnaryOp() | ast.Compare():
                return self.operator(node, wish)
            case ast.Subscript():
                return self.picked(node, wish)
            case ast.Slice(lower=lower, upper=upper, step=step):
                return slice(*(end and plain(self.value(end)) for end in (lower, upper, step)))
        raise refused(node, f"“{_short(node)}”", "Use layers, operators and functions of torch.")

    def named(self, node: ast.expr, name: str) -> object:
        if name in self.names:
            return self.names[name]
        found = self.classes.named(name)
        if found is not None:
            return found
        if name in KNOWN or name in _GIVEN_BY_PYTHON:
            return Dotted(name)
        raise refused(node, f"“{name}”", "Name what forward takes or has computed.")

    def attribute(self, node: ast.expr, owner: object, name: str) -> object:
        match owner:
            case Dotted(name=head):
                whole = f"{head}.{name}"
                return CONSTANTS.get(whole, Dotted(whole))
            case Made():
                found = self.classes.attribute(self, node, owner, name)
                is_learned = isinstance(found, Layer) and found.kind.name == "nn.Parameter"
                return self.wired(node, found) if is_learned and self.sketch else found
            case ast.ClassDef():
                return self.classes.of_class(self, node, owner, name)
            case Layer() if owner.kind.name == "nn.Parameter" and self.sketch is not None:
                return self.attribute(node, self.sketch.learned(owner), name)
            case Layer(kind=kind, given=given) if kind.param(name) is not None:
                if name in given or name in owner.params:
                    return given.get(name, owner.params.get(name))
                param = kind.param(name)
                return None if param is None else param.default
            case Layer():
                return Weight(owner, name)
            case Chain(items=items) | Listed(items=items):
                found = dict(items).get(name)
                if found is not None:
                    return found
            case Wired() if self.sketch is not None:
                return self.of_tensor(node, self.sketch.tree(owner), name)
            case Later(tree=tree, is_tensor=True):
                return self.of_tensor(node, tree, name)
            case tuple() if name in ("values", "indices") and len(owner) == 2:
                return owner[name == "indices"]
        raise refused(node, f"“.{name}”", "Use layers, operators and functions of torch.")

    def of_tensor(self, node: ast.expr, tree: ast.expr, name: str) -> object:
        if name == "shape":
            return Shape(tree)
        if name in ("T", "mT"):
            return computed(self, node, ast.Attribute(tree, name, ast.Load()))
        if name == "data":
            raise refused(node, "“.data”", "Use .detach().")
        return Later(ast.Attribute(tree, name, ast.Load()))

    def items(self, nodes: Iterable[ast.expr]) -> list[object]:
        found = list[object]()
        for node in bounded(list(nodes)):
            if isinstance(node, ast.Starred):
                found += self.spread(node.value)
            else:
                found.append(self.value(node))
        return found

    def spread(self, node: ast.expr) -> list[object]:
        value = self.value(node)
        if isinstance(value, Chain | Listed):
            return [item for _, item in value.items]
        if isinstance(value, list | tuple | dict):
            return list(value)
        raise refused(node, "“*” of what is not written out", "Write each item out.")

    def either(self, op: ast.boolop, values: Sequence[ast.expr]) -> object:
        found: object = None
        for node in values:
            found = self.value(node)
            if self.truth_of(node, found) != isinstance(op, ast.And):
                return found
        return found

    def truth_of(self, node: ast.expr, value: object) -> bool:
        if isinstance(value, Wired | Later | Shape):
            raise refused(node, _LOOP, "Use & and | between values, or write the way taken.")
        return bool(plain(value))

    def comprehension(self, node: ast.ListComp | ast.GeneratorExp) -> list[object]:
        found = list[object]()
        inner = Reader(self.classes, dict(self.names), self.sketch, self.owner, self.depth)
        _each(inner, list(node.generators), lambda: found.append(inner.value(node.elt)))
        return found

    def operator(self, node: ast.BinOp | ast.UnaryOp | ast.Compare, wish: str) -> object:
        parts = [self.value(item) for item in _operands(node)]
        known = self.worked_out(node, parts)
        if known is not NOTHING:
            return known
        trees = [tree_of(self, node, part) for part in parts]
        match node:
            case ast.BinOp(op=op):
                tree: ast.expr = ast.BinOp(trees[0], op, trees[1])
            case ast.UnaryOp(op=sign):
                tree = ast.UnaryOp(sign, trees[0])
            case ast.Compare(ops=ops):
                tree = ast.Compare(trees[0], ops, trees[1:])
        return computed(self, node, tree, wish)

    def worked_out(self, node: ast.expr, parts: list[object]) -> object:
        """An operator between what is written out; NOTHING where values arrive."""
        match node:
            case ast.Compare(ops=[ast.Is() | ast.IsNot() as op]):
                left, right = parts
                return (left is right) == isinstance(op, ast.Is)
            case ast.Compare(ops=ops) if not any(map(_arrives, parts)):
                pairs = zip(ops, parts, parts[1:], strict=False)
                return all(compared(op, left, right) for op, left, right in pairs)
            case ast.BinOp(op=op):
                left, right = parts
                if isinstance(left, Unknown) or isinstance(right, Unknown):
                    return Unknown(next(p.name for p in parts if isinstance(p, Unknown)))
                filled = _scaled(op, left, right)
                found = filled or combined(op, left, right)
                return NOTHING if found is None else found
            case ast.UnaryOp(op=ast.USub()):
                found = negated(parts[0])
                return NOTHING if found is None else found
        return NOTHING

    def picked(self, node: ast.Subscript, wish: str) -> object:
        owner = self.value(node.value)
        match owner:
            case Shape(tree=tree):
                return self.sizes(node, tree)
            case Wired() | Later():
                place = self.place(node.slice)
                tree = ast.Subscript(tree_of(self, node, owner), place, ast.Load())
                return computed(self, node, tree, wish)
            case Layer() if owner.kind.name == "nn.Parameter" and self.sketch is not None:
                place = self.place(node.slice)
                tree = self.sketch.tree(self.sketch.learned(owner))
                return computed(self, node, ast.Subscript(tree, place, ast.Load()), wish)
            case Chain(items=items) | Listed(items=items):
                return _picked_layers(owner, items, plain(self.value(node.slice)))
            case Dotted():
                return owner  # a hint such as list[int]
        at = plain(self.value(node.slice))
        try:
            return owner[at]  # type: ignore[index]
        except (TypeError, LookupError) as error:
            raise refused(node, f"“{_short(node)}”", "Pick what is there.") from error

    def sizes(self, node: ast.Subscript, tree: ast.expr) -> object:
        at = plain(self.value(node.slice))
        if isinstance(at, int):
            return _size(tree, at)
        match at:
            case slice(start=int() as start, stop=None | int() as stop, step=None):
                last = stop if stop is not None else 0
                if start < 0 and last <= 0:
                    return tuple(_size(tree, place) for place in range(start, last))
            case slice(start=None | int() as start, stop=int() as stop, step=None) if stop > 0:
                return tuple(_size(tree, place) for place in range(start or 0, stop))
        raise refused(node, f"“{_short(node)}”", "Name each axis, such as x.shape[1].")

    def sizes_of(self, tree: ast.expr, place: int) -> Later:
        """One size of a tensor, known when it runs."""
        return _size(tree, place)

    def place(self, node: ast.expr) -> ast.expr:
        """What stands between brackets, with what is written out worked out."""
        match node:
            case ast.Tuple(elts=items):
                return ast.Tuple([self.place(item) for item in items], ast.Load())
            case ast.Slice(lower=lower, upper=upper, step=step):
                return ast.Slice(*(end and self.place(end) for end in (lower, upper, step)))
        return tree_of(self, node, self.value(node))

    def wired(self, node: ast.AST, value: object) -> object:
        """The value with whatever was only known later made a node of its own."""
        return materialized(self, node, value)


NOTHING = object()


class _ContinueError(Exception):
    """`continue`."""


class _BreakError(Exception):
    """`break`."""


def _each(reader: Reader, rows: list[ast.comprehension], then: object) -> None:
    if not rows:
        then()  # type: ignore[operator]
        return
    row, *rest = rows
    for item in reader.many(row.iter):
        reader.assign(row.target, item, ast.copy_location(ast.Pass(), row.iter))
        if all(reader.truth(test) for test in row.ifs):
            _each(reader, rest, then)


def value_names(value: Chain | Listed) -> bool:
    """Whether a loop goes over names: that of a ModuleDict."""
    return isinstance(value, Listed) and value.has_names


def _picked_layers(owner: Chain | Listed, items: list[tuple[str, object]], at: object) -> object:
    match at:
        case slice():
            return type(owner)(items[at])
        case int():
            return items[at][1]
        case str():
            return dict(items)[at]
    raise UserError("It is not written out which layer.", "Pick one by a number or a name.")


def _operands(node: ast.BinOp | ast.UnaryOp | ast.Compare) -> list[ast.expr]:
    match node:
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
    return [node.operand]


def _arrives(value: object) -> bool:
    return isinstance(value, Wired | Later | Shape | Layer)


def _scaled(op: ast.operator, left: object, right: object) -> Filled | None:
    """`0.02 * torch.randn(…)` for a Parameter to begin with."""
    for tensor, number in ((left, right), (right, left)):
        factor = plain(number)
        if isinstance(tensor, Filled) and isinstance(factor, int | float):
            if isinstance(op, ast.Mult):
                return Filled(tensor.way, tensor.shape, tensor.factor * factor)
            if isinstance(op, ast.Div) and tensor is left and factor:
                return Filled(tensor.way, tensor.shape, tensor.factor / factor)
    return None


def _size(tree: ast.expr, place: int) -> Later:
    shape = ast.Attribute(tree, "shape", ast.Load())
    at: ast.expr = ast.Constant(abs(place))
    at = ast.UnaryOp(ast.USub(), at) if place < 0 else at
    return Later(ast.Subscript(shape, at, ast.Load()))


def _wish(target: ast.expr) -> tuple[str, int]:
    match target:
        case ast.Name(id=name):
            return name, 0
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return _wish(items[0])[0] if items else "", len(items)
    return "", 0


def _loaded(target: ast.expr) -> ast.expr:
    return parse_expression(ast.unparse(target))


def _short(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0][:60]
