"""Formulas as param values: `=label.classes`, `=width * 2**i`.

A formula is parsed with `ast` against a white list and never executed as Python.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graphcore.errors import UserError
from graphcore.parsing import parse_expression

LONGEST = 200
LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression over the names in scope; `text` is without the leading `=`."""

    text: str

    def __str__(self) -> str:
        return f"={self.text}"


Number = int | float


def evaluate(formula: Formula, names: Mapping[str, object]) -> object:
    """The value of a formula where `names` maps dotted names (`label.classes`) to values.

    Raises UserError for a syntax that is not allowed, a name that is not in scope, or a
    result beyond 2**53.
    """
    if len(formula.text) > LONGEST:
        raise UserError(f"The formula is longer than {LONGEST} characters.", "Shorten it.")
    try:
        tree = parse_expression(formula.text.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UserError(
            f"“{formula}” is not a formula.", "Write something like =label.classes or =64 * 2."
        ) from error
    return value_of(tree, names, str(formula))


def written(formula: Formula, kept: Collection[str], names: Mapping[str, object]) -> str:
    """The formula as Python where `kept` names stay names and all others become their values.

    Only for a formula that `evaluate` accepts.
    """
    tree = _Filled(kept, names).visit(parse_expression(formula.text.strip()))
    return ast.unparse(tree).replace(" ** ", "**")


def substituted(formula: Formula, values: Mapping[str, object]) -> Formula:
    """The formula with some names replaced by what they stand for: values or other formulas."""
    tree = _Replaced(values).visit(parse_expression(formula.text.strip()))
    return Formula(ast.unparse(tree))


class _Replaced(ast.NodeTransformer):
    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id not in self._values:
            return node
        value = self._values[node.id]
        text = value.text if isinstance(value, Formula) else repr(value)
        return parse_expression(text)


def names_of(formula: Formula) -> set[str]:
    """The names that a formula uses; empty where it can't be read."""
    try:
        tree = parse_expression(formula.text.strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


class _Filled(ast.NodeTransformer):
    def __init__(self, kept: Collection[str], names: Mapping[str, object]) -> None:
        self._kept, self._names = kept, names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._filled(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        return self._filled(node)

    def _filled(self, node: ast.expr) -> ast.expr:
        text = ast.unparse(node)
        if text in self._kept or text in ("min", "max"):
            return node
        return parse_expression(repr(self._names[text]))


def value_of(node: ast.expr, names: Mapping[str, object], shown: str) -> object:
    """What an expression comes to; `shown` is the whole of it, for what is said of a mistake."""
    match node:
        case ast.Constant(value=bool() | int() | float() as value):
            return _bounded(value, shown)
        case ast.Name() | ast.Attribute():
            return _look_up(ast.unparse(node), names, shown)
        case ast.UnaryOp(op=ast.USub()):
            return -_number(node.operand, names, shown)
        case ast.UnaryOp(op=ast.UAdd()):
            return _number(node.operand, names, shown)
        case ast.BinOp():
            left, right = _number(node.left, names, shown), _number(node.right, names, shown)
            return _bounded(_combine(node.op, left, right, shown), shown)
        case ast.Call(func=ast.Name(id="min" | "max" as name), keywords=[]) if node.args:
            values = [_number(item, names, shown) for item in node.args]
            return min(values) if name == "min" else max(values)
        case ast.Tuple():
            return tuple(value_of(item, names, shown) for item in node.elts)
    raise UserError(
        f"“{ast.unparse(node)[:40]}” is not allowed in “{shown}”.",
        "Use numbers, names, + - * / // % **, min and max.",
    )


def _look_up(name: str, names: Mapping[str, object], shown: str) -> object:
    if name in names:
        return names[name]
    known = ", ".join(sorted(names)[:6]) or "none here"
    raise UserError(
        f"“{shown}” uses “{name[:40]}”, which is not known here.", f"Known names: {known}."
    )


def _number(node: ast.expr, names: Mapping[str, object], shown: str) -> Number:
    value = value_of(node, names, shown)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UserError(
            f"“{ast.unparse(node)[:40]}” in “{shown}” is not a number.",
            "Use names that stand for numbers.",
        )
    return value


def _combine(op: ast.operator, left: Number, right: Number, shown: str) -> Number:
    try:
        match op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
            case ast.FloorDiv():
                return left // right
            case ast.Mod():
                return left % right
            case ast.Pow():
                return _power(left, right)
    except ZeroDivisionError as error:
        raise UserError(f"“{shown}” divides by zero.", "Change it.") from error
    except OverflowError as error:
        raise _too_large(shown) from error
    raise UserError(f"An operator in “{shown}” is not allowed.", "Use + - * / // % **.")


def _power(left: Number, right: Number) -> Number:
    """Bounded before it is worked out: 9**9**9 would take for ever."""
    if (abs(right) > 64 and abs(left) > 1) or abs(left) > LARGEST:
        raise OverflowError
    result = left**right
    if isinstance(result, complex):  # the root of a negative number
        raise OverflowError
    return result


def _bounded(value: Number, shown: str) -> Number:
    if not abs(value) <= LARGEST:  # false for NaN; isfinite fails for huge whole numbers
        raise _too_large(shown)
    return value


def _too_large(shown: str) -> UserError:
    return UserError(f"“{shown}” is too large, or no number.", "Stay below 2**53.")
