"""Sums typed into number fields: `64*7*7`, `(3+1)//2`, lists of them. Read by `ast`, never run."""

from __future__ import annotations

import ast

from graphcore.errors import UserError
from graphcore.kinds.formula import LONGEST, value_of
from graphcore.parsing import parse_expression

LONGEST_LIST = 20_000
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "^": "**"})
_INFINITE = {"inf": "inf", "+inf": "inf", "-inf": "-inf"}


def worked_out(text: str) -> object:
    """What a typed text comes to: a number, True, False, None, or nested tuples of numbers.

    Infinity is the word `inf` or `-inf`. Raises UserError for whatever is no sum of numbers, or
    would be too large; nothing is worked out before that is known.
    """
    plain = text.strip()
    if len(plain) > LONGEST_LIST:
        raise UserError(f"The text is longer than {LONGEST_LIST} characters.", "Shorten it.")
    try:
        tree = parse_expression(plain.translate(_SIGNS))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _no_sum(plain) from error
    try:
        return _worked_out(tree, plain)
    except RecursionError as error:
        raise _no_sum(plain) from error


def is_sum(text: str) -> bool:
    """Whether a text says more than the number or list that it comes to."""
    try:
        tree = parse_expression(text.strip().translate(_SIGNS))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(isinstance(node, ast.BinOp | ast.Call) for node in ast.walk(tree))


def _worked_out(node: ast.expr, shown: str) -> object:
    match node:
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return tuple(_worked_out(item, shown) for item in items)
        case ast.Constant(value=None):
            return None
        case ast.Name() | ast.UnaryOp(operand=ast.Name()) if ast.unparse(node) in _INFINITE:
            return _INFINITE[ast.unparse(node)]
        case ast.Name():
            raise _no_sum(shown, f"Names are for formulas: write ={shown[:40]}.")
    if len(shown) > LONGEST and not isinstance(node, ast.Constant | ast.UnaryOp):
        raise UserError(f"The sum is longer than {LONGEST} characters.", "Shorten it.")
    return value_of(node, {}, shown[:60])


def _no_sum(text: str, hint: str = "Use numbers and + - * / // % **.") -> UserError:
    return UserError(f"“{text[:40]}” is not a number.", hint)
