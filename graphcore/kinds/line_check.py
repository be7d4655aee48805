"""What may stand in a line of an Expression: a white list walked over its syntax tree.

Every refusal names the column and what to write instead. Numbers are told from tensors, since
Python's own arithmetic knows no largest number.
"""

from __future__ import annotations

import ast
import functools
import keyword
import re

from graphcore.errors import UserError
from graphcore.kinds.line_text import OPERATORS, dotted, is_finite
from graphcore.kinds.line_words import FUNCTIONS, KEYWORDS, METHODS, TURNED, TYPES, Sort
from graphcore.parsing import parse_expression

LONGEST = 300
DEEPEST = 30
MOST_PORTS = 8
LARGEST = 2**53
MOST_POWER = 64
MOST_PARTS = 64
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_WORD = re.compile(r"[A-Za-z0-9_.,> -]{0,80}")
_OWN = frozenset({"torch", "F", "nn", "self", "min", "max", "int", "float", "Tensor", "math"})


def names_of_line(tree: ast.expr) -> list[str]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id not in _OWN]
    found.sort(key=lambda node: node.col_offset)
    return list(dict.fromkeys(node.id for node in found))


@functools.lru_cache(512)
def line_tree(text: str) -> ast.expr:
    """The checked tree of a line. Raises UserError with the column of what is not allowed."""
    if not text:
        raise UserError("The line is empty.", "Write something like x * torch.sigmoid(y).")
    if len(text) > LONGEST:
        raise UserError(f"The line is longer than {LONGEST} characters.", "Use several nodes.")
    for place, letter in enumerate(text):
        if not " " <= letter <= "~":
            raise _wrong(f"The letter {letter!a}", place, "Use plain letters, digits and signs.")
    try:
        tree = parse_expression(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None) or 1
        raise UserError(f"The line can't be read at column {column}.",
                        "Write something like x * torch.sigmoid(y).") from error  # fmt: skip
    _check_line(tree)
    return tree


def _check_line(tree: ast.expr) -> None:
    outputs = tree.elts if isinstance(tree, ast.Tuple) else [tree]
    if not 1 <= len(outputs) <= MOST_PORTS or (isinstance(tree, ast.Tuple) and len(outputs) < 2):
        raise _wrong("A list of this length", tree, f"Give one value, or two to {MOST_PORTS}.")
    for output in outputs:
        if _sort(output, 0) != "tensor":
            raise _wrong("What comes out", output, "Make it a tensor: use a value that comes in.")
    names = names_of_line(tree)
    if not 1 <= len(names) <= MOST_PORTS:
        hint = f"Use one to {MOST_PORTS} names, such as x; each becomes a port."
        raise UserError(f"The line reads {len(names)} values.", hint)


def _wrong(what: str, place: ast.AST | int, hint: str) -> UserError:
    column = place if isinstance(place, int) else getattr(place, "col_offset", 0)
    return UserError(f"{what} at column {column + 1} can't stand in a line.", hint)


def _sort(node: ast.expr, depth: int) -> Sort:
    """What a part comes to. Raises UserError for what is not on the white list."""
    if depth > DEEPEST:
        raise _wrong("What is nested so deeply", node, "Use several nodes.")
    inner = depth + 1
    match node:
        case ast.Constant(value=bool() | int() | float() as value):
            return _number(node, value)
        case ast.Name(id=name):
            return _value_named(node, name)
        case ast.UnaryOp(op=op, operand=operand) if type(op) in OPERATORS:
            return _one(operand, inner)
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            return _pair(node, inner)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in OPERATORS:
            return _joined(_one(left, inner), _one(right, inner))
        case ast.Subscript():
            return _picked(node, inner)
        case ast.Attribute(value=value, attr=attr) if attr in TURNED:
            return _tensor(value, inner)
        case ast.Call():
            return _called(node, inner)
    raise _refusal(node)


def _refusal(node: ast.expr) -> UserError:
    match node:
        case ast.Compare():
            return _wrong("A comparison like this", node, "Compare two: (0 < x) & (x < 1).")
        case ast.BoolOp() | ast.UnaryOp():
            return _wrong("and, or, not", node, "Use & and | between brackets, and ~.")
        case ast.IfExp():
            return _wrong("if … else", node, "Use torch.where(condition, x, y).")
        case ast.Attribute():
            name = dotted(node) or f".{node.attr}"
            return _wrong(f"“{name[:40]}”", node, "Call a function such as torch.sigmoid(x).")
        case ast.Constant():
            return _wrong("This constant", node, "Use numbers.")
        case ast.Tuple() | ast.List():
            return _wrong("A list", node, "Lists stand only in calls, such as torch.cat([x, y]).")
    return _wrong("This", node, "Use operators, indices, torch and F functions, tensor methods.")


def _number(node: ast.expr, value: float) -> Sort:
    if not is_finite(value) or abs(value) > LARGEST:
        raise _wrong("A number this large", node, 'Stay below 2**53, or write float("inf").')
    return "number"


def _value_named(node: ast.expr, name: str) -> Sort:
    if name in _OWN or keyword.issoftkeyword(name) or not _NAME.fullmatch(name):
        raise _wrong(f"“{name[:40]}”", node, "Name values by letters, such as x or y2.")
    return "tensor"


def _one(node: ast.expr, depth: int) -> Sort:
    """A tensor or a number, no list."""
    found = _sort(node, depth)
    if found == "list":
        raise _wrong("A list of tensors", node, "Pick one of them, such as x.chunk(2, -1)[0].")
    return found


def _tensor(node: ast.expr, depth: int) -> Sort:
    if _sort(node, depth) != "tensor":
        raise _wrong("A number", node, "Use a value that comes in.")
    return "tensor"


def _joined(left: Sort, right: Sort) -> Sort:
    return "number" if left == right == "number" else "tensor"


def _pair(node: ast.BinOp, depth: int) -> Sort:
    left, right = _one(node.left, depth), _one(node.right, depth)
    if isinstance(node.op, ast.Pow) and left == right == "number":
        _check_power(node)
    return _joined(left, right)


def _check_power(node: ast.BinOp) -> None:
    """Whole numbers have no largest: the power of a power would never be done."""
    power = node.right.operand if isinstance(node.right, ast.UnaryOp) else node.right
    value = power.value if isinstance(power, ast.Constant) else None
    nested = [n for n in ast.walk(node.left) if isinstance(n, ast.BinOp)]
    if any(isinstance(n.op, ast.Pow) for n in nested) or not _is_whole(value, MOST_POWER):
        hint = f"Use a whole power of at most {MOST_POWER}."
        raise _wrong("A power of numbers like this", node, hint)


def _is_whole(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


def _picked(node: ast.Subscript, depth: int) -> Sort:
    match node.value:
        case ast.Attribute(value=value, attr="shape"):
            _tensor(value, depth)
            _check_whole(node.slice)
            return "number"
    found = _sort(node.value, depth)
    if found == "list":
        _check_whole(node.slice)
    elif found == "number":
        raise _wrong("An index of a number", node, "Index a value that comes in, such as x[:, 0].")
    else:
        places = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        for place in places:
            _check_place(place, depth)
    return "tensor"


def _check_whole(node: ast.expr) -> None:
    inner = node.operand if isinstance(node, ast.UnaryOp) else node
    if not isinstance(inner, ast.Constant) or type(inner.value) is not int:
        raise _wrong("An index like this", node, "Use a whole number, such as [0].")
    _sort(node, 0)


def _check_place(node: ast.expr, depth: int) -> None:
    match node:
        case ast.Constant(value=value) if value is None or value is Ellipsis:
            return
        case ast.Slice(lower=lower, upper=upper, step=step):
            for end in (lower, upper, step):
                if end is not None:
                    _check_count(end, depth)
            return
    _check_count(node, depth)


def _check_count(node: ast.expr, depth: int) -> None:
    is_fraction = isinstance(node, ast.Constant) and not isinstance(node.value, int)
    if is_fraction or _sort(node, depth) != "number":
        raise _wrong("An index like this", node, "Use whole numbers, :, ... and None.")


def _called(node: ast.Call, depth: int) -> Sort:
    whole = dotted(node.func)
    if whole == "float" and _is_infinity(node):
        return "number"
    if whole in FUNCTIONS:
        found = FUNCTIONS[whole]
    elif isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
        _tensor(node.func.value, depth)
        found = METHODS[node.func.attr]
    else:
        name = whole or (f".{node.func.attr}" if isinstance(node.func, ast.Attribute) else "This")
        hint = "Use functions of torch and F that compute, and methods of tensors."
        raise _wrong(f"“{name[:40]}”", node.func, hint)
    _check_call(node, whole)
    sorts = [_check_argument(item, depth) for item in node.args]
    for word in node.keywords:
        if word.arg is None or word.arg not in KEYWORDS:
            name = f"“{word.arg[:40]}”" if word.arg else "**"
            raise _wrong(name, word.value, "Use arguments such as dim=1 or keepdim=True.")
        _check_argument(word.value, depth)
    if found == "number" and whole in FUNCTIONS and any(sort != "number" for sort in sorts):
        raise _wrong(f"“{whole}” of a tensor", node, "Use torch.maximum, .amax() or .to(dtype).")
    return "tensor" if found == "list" and _is_single(node) else found


def _check_call(node: ast.Call, whole: str) -> None:
    """What can't be told from one argument alone."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else whole
    first = node.args[1:2] if whole.startswith("torch.") else node.args[:1]
    value = first[0].value if first and isinstance(first[0], ast.Constant) else None
    if name == "size" and len(node.args) != 1:
        raise _wrong("All sizes at once", node, "Name the axis, such as x.size(1).")
    if name == "chunk" and not _is_whole(value, MOST_PARTS):
        raise _wrong("This chunk", node, f"Say in how many parts, at most {MOST_PARTS}.")
    for item in node.args[whole == "torch.einsum" :]:
        if isinstance(item, ast.Constant) and isinstance(item.value, str) and whole != "float":
            raise _wrong("A word", item, 'Name the argument, such as mode="bilinear".')


def _is_infinity(node: ast.Call) -> bool:
    match node.args:
        case [ast.Constant(value="inf" | "-inf")]:
            return not node.keywords
    return False


def _is_single(node: ast.Call) -> bool:
    """`x.max()` is a tensor where `x.max(1)` is a pair; two tensors have one larger."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    is_method = not dotted(node.func).startswith("torch.")
    count = len(node.args) + len(node.keywords) + is_method
    return name in ("max", "min", "median") and count == 1


def _check_argument(node: ast.expr, depth: int) -> str:
    """What may stand in a call: also lists, dtypes, None, True and short words."""
    match node:
        case ast.Constant(value=None):
            return "none"
        case ast.Constant(value=str() as word) if _WORD.fullmatch(word):
            return "word"
        case ast.Attribute() if dotted(node) in TYPES:
            return "dtype"
        case ast.Attribute(value=value, attr="shape"):
            return _tensor(value, depth) and "shape"
        case ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                _one(item, depth)
            return "items"
        case ast.Starred():
            raise _wrong("*", node, "Write each argument out.")
    return _one(node, depth)
