"""Layers as they are constructed in code: kinds and params from calls, never run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from graphcore.errors import UserError
from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.kind import REQUIRED, Kind
from graphcore.kinds.line_text import dotted
from graphcore.kinds.torch_layers import LAYERS


def refused(node: ast.AST, what: str, hint: str) -> UserError:
    """The error that names the line."""
    return UserError(f"Line {getattr(node, 'lineno', 1)}: {what} can't be read.", hint)


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer with its name, or several one after the other."""

    name: str
    kind: Kind | None = None
    params: Mapping[str, object] | None = None
    inner: tuple[Layer, ...] = ()

    @staticmethod
    def of(call: ast.expr, name: str) -> Layer:
        """What an expression constructs. Raises UserError with its line."""
        if not isinstance(call, ast.Call):
            raise refused(call, "This", "Construct a layer, such as nn.Linear(64, 10).")
        title = dotted(call.func).rpartition(".")[2]
        if title == "Sequential":
            return Layer(name, inner=tuple(Layer.of(v, n) for n, v in _named(call)))
        kind = CATALOG.get(f"nn.{title}")
        if kind is None or kind.construct != f"nn.{title}({{args}})":
            raise refused(call, f"“{title[:40]}”", "Use layers of torch.nn and nn.Sequential.")
        return Layer(name, kind, _params(kind, call))


def _named(call: ast.Call) -> list[tuple[str, ast.expr]]:
    match call.args:
        case [ast.Call(func=func, args=[ast.List(elts=rows)])] if "OrderedDict" in dotted(func):
            return [_row(row) for row in rows]
    return [("", item) for item in call.args]


def _row(row: ast.expr) -> tuple[str, ast.expr]:
    match row:
        case ast.Tuple(elts=[ast.Constant(value=str() as name), value]):
            return name, value
    raise refused(row, "This row of an OrderedDict", 'Write ("conv", nn.Conv2d(1, 16, 3)).')


def _params(kind: Kind, call: ast.Call) -> dict[str, object]:
    order = [str(row[0]) for row in LAYERS[kind.title].params]
    if len(call.args) > len(order):
        raise refused(call, f"{kind.title} with {len(call.args)} arguments", "Leave some out.")
    given = dict(zip(order, call.args, strict=False))
    if any(word.arg is None for word in call.keywords):
        raise refused(call, "**", "Write each argument out.")
    given |= {word.arg: word.value for word in call.keywords if word.arg}
    found = dict[str, object]()
    for name, node in given.items():
        param = kind.param(name)
        if param is None:
            raise refused(node, f"“{name}” of {kind.title}", "Leave it out.")
        found[name] = literal(node, param.check)
    for param in kind.params:
        if param.infer is not None and not param.infer.unless:
            found.pop(param.name, None)
        elif param.name not in found and param.start is not REQUIRED and not param.in_call:
            if param.default is REQUIRED:
                raise refused(call, f"{kind.title} without {param.name}", "Write it out.")
            found[param.name] = param.default
    return found


def literal(node: ast.expr, check: object) -> object:
    """A value that is written out, checked. Raises UserError with its line."""
    assert callable(check)
    try:
        return check(ast.literal_eval(node))
    except (ValueError, TypeError, SyntaxError, UserError, RecursionError) as error:
        text = ast.unparse(node)[:40]
        raise refused(node, f"“{text}”", "Write a number, True, False or a word.") from error
