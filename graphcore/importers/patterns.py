"""Operations of the catalog, recognized in code by the very templates that print them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from graphcore.errors import UserError
from graphcore.importers.numbers import formula_of
from graphcore.importers.values import Sym
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import REQUIRED, Kind, Param
from graphcore.kinds.line_text import dotted
from graphcore.kinds.params import Ints
from graphcore.kinds.texts import Axes
from graphcore.parsing import parse_expression

_MARK = "PLACE_"
_JOINED: Mapping[type[ast.operator], str] = {ast.Add: "ops.add", ast.Mult: "ops.mul"}


@dataclass(slots=True)
class Found:
    """A kind with what its places hold: trees of inputs by slot, and checked params."""

    kind: Kind
    inputs: dict[str, ast.expr] = field(default_factory=dict)
    params: dict[str, object] = field(default_factory=dict)


class _DiffersError(Exception):
    """The code is not what the template says."""


def recognized(tree: ast.expr, chunks: int = 0) -> Found | None:
    """The operation that an expression is; `chunks` is how many values are taken from it.

    Names in the tree are tensors; constants may hold a `Sym`.
    """
    joined = _joined(tree)
    if joined is not None:
        return joined
    for kind, template in _templates().get(_head(tree), ()):
        try:
            return _Match(kind, chunks).whole(template, tree)
        except (_DiffersError, UserError):
            continue
    return None


def is_tensor_name(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Name)


def _joined(tree: ast.expr) -> Found | None:
    match tree:
        case ast.BinOp(left=ast.Name() as left, op=op, right=ast.Name() as right):
            name = _JOINED.get(type(op))
            if name:
                return Found(CATALOG[name], {"tensors.0": left, "tensors.1": right})
        case ast.Subscript(value=ast.Name() as value, slice=place) if not isinstance(
            place, ast.Name
        ):
            return _slice(value, place)
    return None


def _slice(value: ast.expr, place: ast.expr) -> Found | None:
    text = ast.unparse(place).strip("()").replace("Ellipsis", "...")
    kind = CATALOG["ops.slice"]
    try:
        return Found(kind, {"input": value}, {"subscript": kind.params[0].check(text)})
    except UserError:
        return None


def _head(tree: ast.expr) -> str:
    match tree:
        case ast.Call(func=func):
            whole = dotted(func)
            if whole.startswith(("torch.", "F.")):
                return whole
            return f".{func.attr}" if isinstance(func, ast.Attribute) else ""
        case ast.BinOp(op=op) | ast.UnaryOp(op=op):
            return type(op).__name__
        case ast.Compare(ops=[op]):
            return type(op).__name__
        case ast.Subscript():
            return "[]"
    return ""


@cache
def _templates() -> dict[str, list[tuple[Kind, ast.expr]]]:
    found: dict[str, list[tuple[Kind, ast.expr]]] = defaultdict(list)
    for kind in CATALOG.values():
        if kind.role not in ("op", "constant") or kind.construct or not kind.call:
            continue
        if kind.name in ("ops.Expression", "ops.slice", *_JOINED.values()):
            continue
        text = kind.call.format_map(_Places())
        tree = parse_expression(text)
        found[_head(tree)].append((kind, tree))
    return found


class _Places(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return f"{_MARK}{name}"


@dataclass(slots=True)
class _Match:
    """One attempt to read an expression by one template."""

    kind: Kind
    chunks: int
    bound: dict[str, ast.expr] = field(default_factory=dict)
    many: list[ast.expr] = field(default_factory=list)

    def whole(self, template: ast.expr, tree: ast.expr) -> Found:
        self._same(template, tree)
        found = Found(self.kind)
        variadic = next((port for port in self.kind.inputs if port.variadic), None)
        if variadic is not None:
            if len(self.many) < variadic.fewest:
                raise _DiffersError
            found.inputs = {f"{variadic.name}.{n}": item for n, item in enumerate(self.many)}
        ports = {port.name for port in self.kind.inputs}
        for name, item in self.bound.items():
            if name in ports:
                found.inputs[name] = item
            else:
                self._param(found, name, item)
        self._complete(found)
        if not all(isinstance(item, ast.Name) for item in found.inputs.values()):
            raise _DiffersError
        return found

    def _param(self, found: Found, name: str, item: ast.expr) -> None:
        param = self.kind.param(name)
        if param is None:
            raise _DiffersError
        value = param_value(param, item)
        if not (value is None and param.optional) or param.default is not None:
            found.params[name] = value

    def _complete(self, found: Found) -> None:
        for param in self.kind.params:
            if param.name == "chunks" and param.name not in found.params and self.chunks > 1:
                found.params["chunks"] = self.chunks
            if param.default is REQUIRED and param.name not in found.params:
                raise _DiffersError
        for port in self.kind.inputs:
            if not port.optional and not port.variadic and port.name not in found.inputs:
                raise _DiffersError

    def _same(self, template: object, tree: object) -> None:
        """Both alike, places bound on the way. Raises _DiffersError."""
        match template, tree:
            case ast.Name(id=name), ast.expr() if name.startswith(_MARK):
                self._bind(name.removeprefix(_MARK), tree)
            case ast.Call(), ast.Call():
                self._same(template.func, tree.func)
                self._call(template, tree)
            case ast.List(elts=[ast.Name(id=name)]), ast.List() | ast.Tuple() if name == (
                f"{_MARK}tensors"
            ):
                self.many = list(tree.elts)
            case ast.AST(), ast.AST():
                if type(template) is not type(tree):
                    raise _DiffersError
                for name in template._fields:
                    if name not in ("ctx", "kind"):
                        self._same(getattr(template, name), getattr(tree, name))
            case list(), list():
                if len(template) != len(tree):
                    raise _DiffersError
                for one, other in zip(template, tree, strict=True):
                    self._same(one, other)
            case _:
                if template != tree:
                    raise _DiffersError

    def _bind(self, name: str, tree: ast.expr) -> None:
        before = self.bound.setdefault(name, tree)
        if ast.dump(before) != ast.dump(tree):
            raise _DiffersError

    def _call(self, template: ast.Call, tree: ast.Call) -> None:
        fixed = [item for item in template.args if not _is_rest(item)]
        rest = [item.id for item in template.args if isinstance(item, ast.Name) and _is_rest(item)]
        words = {word.arg: word.value for word in tree.keywords}
        if None in words or any(isinstance(item, ast.Starred) for item in tree.args):
            raise _DiffersError
        given = self._packed(fixed, rest, list(tree.args))
        for item in fixed:
            name = item.id.removeprefix(_MARK) if isinstance(item, ast.Name) else ""
            if given:
                self._same(item, given.pop(0))
            elif name and name in words:
                self._bind(name, words.pop(name))
            else:
                raise _DiffersError
        for word in template.keywords:
            if word.arg not in words:
                raise _DiffersError
            self._same(word.value, words.pop(word.arg))
        self._rest(rest, given, {str(name): item for name, item in words.items()})

    def _packed(
        self, fixed: list[ast.expr], rest: list[str], given: list[ast.expr]
    ) -> list[ast.expr]:
        """`x.permute(0, 2, 1)` for the one place that takes a tuple."""
        takes = [*fixed, *self._free(template_rest=rest)]
        match takes:
            case [ast.Name(id=name)] if len(given) > 1:
                param = self.kind.param(name.removeprefix(_MARK))
                if param is not None and isinstance(param.type, Ints | Axes):
                    return [ast.Tuple(given, ast.Load())]
        return given

    def _free(self, template_rest: list[str]) -> list[ast.expr]:
        return [ast.Name(name) for name in self._free_names()] if template_rest else []

    def _free_names(self) -> list[str]:
        return [p.name for p in self.kind.params if f"{{{p.name}}}" not in self.kind.call]

    def _rest(self, rest: list[str], given: list[ast.expr], words: dict[str, ast.expr]) -> None:
        if not rest:
            if given or words:
                raise _DiffersError
            return
        names: list[str] = []
        if f"{_MARK}inputs" in rest:
            names += [port.name for port in self.kind.inputs]
        if f"{_MARK}args" in rest:
            names += self._free_names()
        if len(given) > len(names) or not set(words) <= set(names):
            raise _DiffersError
        for name, item in [*zip(names, given, strict=False), *words.items()]:
            if not _is_none(item) or self.kind.param(name) is not None:
                self._bind(name, item)


def _is_none(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and tree.value is None


def _is_rest(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Name) and tree.id in (f"{_MARK}args", f"{_MARK}inputs")


def param_value(param: Param, tree: ast.expr) -> object:
    """A checked value, or a Formula. Raises UserError where it is not written out."""
    value = written_out(tree)
    found = formula_of(value)
    return found if isinstance(found, Formula) else param.check(found)


def written_out(tree: ast.expr) -> object:
    """What a tree of constants stands for. Raises UserError where it is none."""
    match tree:
        case ast.Constant(value=value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)) if not isinstance(
            value, Sym
        ):
            return -value  # type: ignore[operator]
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return tuple(map(written_out, items))
        case ast.Attribute() if dotted(tree).startswith("torch."):
            return dotted(tree).removeprefix("torch.")
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant(value=value)]):
            return value
    raise UserError("It is not written out.", "Write a number.")


def constants_in(tree: ast.expr) -> Iterator[ast.Constant]:
    return (item for item in ast.walk(tree) if isinstance(item, ast.Constant))
