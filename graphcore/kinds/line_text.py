"""A line of an Expression as Python text of our own: what was typed never reaches the code.

Only for trees that `graphcore.kinds.line` accepts. Spaces and brackets are those of the formatter.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping, Sequence

from graphcore.kinds.line_words import FUNCTIONS, TYPES

_BINARY: Mapping[type[ast.operator], tuple[str, int]] = {
    ast.BitOr: ("|", 1), ast.BitXor: ("^", 2), ast.BitAnd: ("&", 3), ast.Add: ("+", 4),
    ast.Sub: ("-", 4), ast.Mult: ("*", 5), ast.Div: ("/", 5), ast.FloorDiv: ("//", 5),
    ast.Mod: ("%", 5), ast.MatMult: ("@", 5), ast.Pow: ("**", 7),
}  # fmt: skip
_COMPARE: Mapping[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_UNARY: Mapping[type[ast.unaryop], str] = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}
OPERATORS = frozenset({*_BINARY, *_COMPARE, *_UNARY})
_SIGN, _POWER, _ATOM = 6, 7, 9


def line_text(node: ast.expr, names: Mapping[str, str]) -> str:
    """The text of a whole line, its names replaced by those of the values in the code."""
    if isinstance(node, ast.Tuple):
        return ", ".join(_text(item, names) for item in node.elts)
    return _text(node, names)


def _text(node: ast.expr, names: Mapping[str, str], least: int = 0) -> str:
    """The text of a part, in brackets where it binds more loosely than its surroundings."""
    text, strength = _spelled(node, names)
    return text if strength >= least else f"({text})"


def _spelled(node: ast.expr, names: Mapping[str, str]) -> tuple[str, int]:
    match node:
        case ast.Constant(value=value):
            return constant_text(value), _ATOM
        case ast.Name(id=name):
            return names.get(name, name), _ATOM
        case ast.Tuple(elts=[only]):
            return f"({_text(only, names)},)", _ATOM
        case ast.Tuple(elts=items):
            return f"({_listed(items, names)})", _ATOM
        case ast.List(elts=items):
            return f"[{_listed(items, names)}]", _ATOM
        case ast.UnaryOp(op=op, operand=operand):
            return f"{_UNARY[type(op)]}{_text(operand, names, _SIGN)}", _SIGN
        case ast.BinOp():
            return _binary(node, names)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return f"{_text(left, names, 1)} {_COMPARE[type(op)]} {_text(right, names, 1)}", 0
        case ast.Attribute():
            return _attribute(node, names), _ATOM
        case ast.Subscript(value=value, slice=place):
            return f"{_text(value, names, _ATOM)}[{_places(place, names)}]", _ATOM
        case ast.Call():
            return _call(node, names), _ATOM
    raise TypeError(f"{type(node).__name__} in a line")


def constant_text(value: object) -> str:
    """A constant; letters that could end a text are refused before."""
    if value is Ellipsis:
        return "..."
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _listed(items: Sequence[ast.expr], names: Mapping[str, str]) -> str:
    return ", ".join(_text(item, names) for item in items)


def _binary(node: ast.BinOp, names: Mapping[str, str]) -> tuple[str, int]:
    sign, strength = _BINARY[type(node.op)]
    if sign == "**":
        left, right = _text(node.left, names, _POWER + 1), _text(node.right, names, _SIGN)
        is_plain = _is_simple(node.left) and _is_simple(node.right)
        return f"{left}**{right}" if is_plain else f"{left} ** {right}", strength
    left, right = _text(node.left, names, strength), _text(node.right, names, strength + 1)
    return f"{left} {sign} {right}", strength


def _is_simple(node: ast.expr) -> bool:
    """What the formatter writes close to `**`: a name, a number, a name's attribute."""
    match node:
        case ast.Constant() | ast.Name():
            return True
        case ast.UnaryOp(operand=ast.Constant() | ast.Name()):
            return True
        case ast.Attribute(value=value):
            return isinstance(value, ast.Name | ast.Attribute) and _is_simple(value)
    return False


def _attribute(node: ast.Attribute, names: Mapping[str, str]) -> str:
    whole = dotted(node)
    if whole in FUNCTIONS or whole in TYPES:
        return whole
    return f"{_text(node.value, names, _ATOM)}.{node.attr}"


def dotted(node: ast.expr) -> str:
    """`torch.linalg.norm` of names and attributes; empty for anything else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            head = dotted(value)
            return f"{head}.{name}" if head else ""
    return ""


def _call(node: ast.Call, names: Mapping[str, str]) -> str:
    arguments = [_text(item, names) for item in node.args]
    arguments += [f"{item.arg}={_text(item.value, names)}" for item in node.keywords]
    is_plain = isinstance(node.func, ast.Name)  # min, max, int, float: no value's name
    head = dotted(node.func) if is_plain else _text(node.func, names, _ATOM)
    return f"{head}({', '.join(arguments)})"


def _places(node: ast.expr, names: Mapping[str, str]) -> str:
    if isinstance(node, ast.Tuple):
        comma = "," if len(node.elts) == 1 else ""
        return ", ".join(_place(item, names) for item in node.elts) + comma
    return _place(node, names)


def _place(node: ast.expr, names: Mapping[str, str]) -> str:
    if not isinstance(node, ast.Slice):
        return _text(node, names)
    ends = [node.lower, node.upper, *([node.step] if node.step else [])]
    texts = ["" if end is None else _text(end, names) for end in ends]
    if all(end is None or _is_simple(end) for end in ends):
        return ":".join(texts)
    return " : ".join(texts).replace("  ", " ").strip(" ")


def is_finite(value: object) -> bool:
    """Whether a number can be written down."""
    return not isinstance(value, float) or math.isfinite(value)
