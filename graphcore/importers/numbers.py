"""Arithmetic on what pasted code writes out: bounded, and with the texts of params kept."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from graphcore.errors import UserError
from graphcore.importers.values import Chain, Listed, Sym, plain
from graphcore.kinds.formula import Formula, value_of
from graphcore.parsing import parse_expression

LONGEST = 4096
_LONGEST_TEXT = 120
_COMPARED: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Is: operator.is_, ast.IsNot: operator.is_not,
    ast.In: lambda one, many: one in many, ast.NotIn: lambda one, many: one not in many,
}  # fmt: skip


def is_number(value: object) -> bool:
    """Whether arithmetic knows it: a number, or one that params come to."""
    return isinstance(value, int | float | Sym)


def combined(op: ast.operator, left: object, right: object) -> object:
    """Both joined by an operator; None where they are not numbers, texts or lists.

    Raises UserError for what is too large.
    """
    if is_number(left) and is_number(right):
        tree = ast.BinOp(_constant(left), op, _constant(right))
        value = value_of(tree, {}, ast.unparse(tree))
        assert isinstance(value, int | float)
        return _with_text(value, ast.BinOp(_tree(left), op, _tree(right)), left, right)
    return _joined(op, left, right)


def _joined(op: ast.operator, left: Any, right: Any) -> object:
    both = {type(left), type(right)}
    if (isinstance(op, ast.Add) and both <= {list}) or both <= {tuple} or both <= {str}:
        return bounded(left + right) if isinstance(op, ast.Add) else None
    if isinstance(op, ast.Mult) and isinstance(plain(right), int):
        items, count = left, plain(right)
    elif isinstance(op, ast.Mult) and isinstance(plain(left), int):
        items, count = right, plain(left)
    else:
        return None
    if not isinstance(items, list | tuple | str) or not isinstance(count, int):
        return None
    bounded(range(len(items) * max(count, 0)))
    return items * count


def bounded(items: Any) -> Any:
    """The items themselves. Raises UserError where they are too many."""
    if len(items) > LONGEST:
        raise UserError("It is too long.", f"Stay below {LONGEST:,} items.")
    return items


def negated(value: object) -> object:
    """Minus a number; None for anything else."""
    match plain(value):
        case int() | float() as number:
            return _with_text(-number, ast.UnaryOp(ast.USub(), _tree(value)), value)
    return None


def _with_text(value: int | float, tree: ast.expr, *ends: object) -> object:
    if not any(isinstance(end, Sym) for end in ends):
        return value
    text = ast.unparse(tree)
    return Sym(value, text) if len(text) <= _LONGEST_TEXT else value


def _tree(value: object) -> ast.expr:
    return parse_expression(value.text) if isinstance(value, Sym) else _constant(value)


def _constant(value: object) -> ast.expr:
    return parse_expression(repr(plain(value)))


def compared(op: ast.cmpop, left: object, right: object) -> bool:
    """What a comparison comes to. Raises TypeError where it means nothing."""
    return bool(_COMPARED[type(op)](plain(left), plain(right)))


def formula_of(value: object) -> object:
    """The value as a node's param: computed from params, it is a Formula."""
    match value:
        case Sym(text=text):
            return Formula(text)
        case list() | tuple() if any(isinstance(item, Sym) for item in value):
            parts = [item.text if isinstance(item, Sym) else repr(item) for item in value]
            return Formula(f"({', '.join(parts)}{',' if len(parts) == 1 else ''})")
    return plain(value)


def _ordered(value: object) -> Any:
    return plain(value)


def _length(value: Any) -> int:
    return len(value.items if isinstance(value, Chain | Listed) else value)


def _sum(items: Any, start: object = 0) -> object:
    for item in items:
        start = combined(ast.Add(), start, item)
    return start


def _extreme(name: str) -> Callable[..., object]:
    def pick(*given: Any) -> object:
        items = list(given[0] if len(given) == 1 else given)
        best = math.inf if name == "min" else -math.inf
        best = (min if name == "min" else max)(items, key=_ordered) if items else best
        if not any(isinstance(item, Sym) for item in items):
            return best
        texts = [item.text if isinstance(item, Sym) else repr(item) for item in items]
        return Sym(plain(best), f"{name}({', '.join(texts)})")  # type: ignore[arg-type]

    return pick


def _range(*ends: Any) -> list[int]:
    return list(bounded(range(*map(_ordered, ends))))


def _numeric(call: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *given: call(*map(plain, given))


KNOWN: Mapping[str, Callable[..., Any]] = {
    "len": _length, "range": _range, "sum": _sum, "min": _extreme("min"), "max": _extreme("max"),
    "list": lambda items=(): list(items), "tuple": lambda items=(): tuple(items),
    "enumerate": lambda items, start=0: list(enumerate(items, _ordered(start))),
    "zip": lambda *many: list(zip(*many, strict=False)),
    "reversed": lambda items: list(items)[::-1],
    "dict": lambda items=(), **words: {**dict(items), **words},
    "int": _numeric(int), "float": _numeric(float), "bool": _numeric(bool), "abs": _numeric(abs),
    "round": _numeric(round), "str": _numeric(str), "any": _numeric(any), "all": _numeric(all),
    "math.sqrt": _numeric(math.sqrt), "math.log": _numeric(math.log),
    "math.log2": _numeric(math.log2), "math.ceil": _numeric(math.ceil),
    "math.floor": _numeric(math.floor), "math.exp": _numeric(math.exp),
    "math.prod": lambda items: math.prod(map(plain, items)), "collections.OrderedDict":
    lambda items=(): dict(items), "copy.deepcopy": lambda value: value,
}  # fmt: skip
"""What may be called on numbers, texts and lists that are written out."""

CONSTANTS: Mapping[str, object] = {
    "math.pi": math.pi, "math.e": math.e, "math.inf": math.inf, "torch.pi": math.pi,
    "torch.inf": math.inf,
}  # fmt: skip
