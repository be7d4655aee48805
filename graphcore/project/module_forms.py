"""The form of a class, read from its text without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from keyword import iskeyword

from graphcore.errors import UserError
from graphcore.kinds.params import shown
from graphcore.parsing import parse, parse_expression
from graphcore.project.modules import Row, UserModule, check_source, param_of, word_type

LARGEST_FILE = 2**20
_NO_DEFAULT = object()
_NAMES = {"int": "int", "float": "float", "bool": "bool", "str": "text", "Any": ""}
_LISTS = ("list", "Sequence", "Iterable", "List")


@dataclass(frozen=True, slots=True)
class Form:
    """What was read of a class, and in `notes` a sentence for each thing that can't be set."""

    module: UserModule
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Argument:
    name: str
    hint: ast.expr | None
    default: object
    by_name_only: bool = False


def class_names(text: str) -> tuple[str, ...]:
    """The classes of a file that may be layers, in the order in which they stand there.

    Raises UserError where the text is not Python.
    """
    tree = _parsed(text, "The file")
    known = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    return tuple(name for name, node in known.items() if _may_be_module(node, known))


def read_form(text: str, source: str, sha256: str = "") -> Form:
    """The form of the class that `source` names, from the text of its file. Raises UserError."""
    source = check_source(source)
    place, _, name = source.partition(":")
    tree = _parsed(text, place)
    known = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    if name not in known:
        names = ", ".join(class_names(text)) or "none"
        raise UserError(f"{place} has no class “{name}”.", f"Its layers: {names}.")
    if not _may_be_module(known[name], known):
        raise UserError(f"“{name}” of {place} is no layer.", "Derive it from torch.nn.Module.")
    return _form(source, sha256, known[name], known)


def _parsed(text: str, where: str) -> ast.Module:
    if len(text) > LARGEST_FILE:
        raise UserError(f"{where} is larger than 1 MB.", "Put the layers into a file of their own.")
    try:
        return parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        where = f"{where}, line {line}," if line else where
        reason = getattr(error, "msg", None) or "it is nested too deeply"
        raise UserError(f"{where} is not Python: {reason}.", "Mend it and try again.") from error


def _may_be_module(node: ast.ClassDef, known: dict[str, ast.ClassDef]) -> bool:
    """Whether a class has, itself or by a base in this file, a `forward` and a base at all."""
    return bool(node.bases) and _method(node, "forward", known) is not None


def _method(
    node: ast.ClassDef, name: str, known: dict[str, ast.ClassDef], depth: int = 0
) -> ast.FunctionDef | None:
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and item.name == name:
            return item
    for base in node.bases:
        inner = known.get(base.id) if isinstance(base, ast.Name) else None
        found = _method(inner, name, known, depth + 1) if inner and depth < 20 else None
        if found is not None:
            return found
    return None


def _form(
    source: str, sha256: str, node: ast.ClassDef, known: dict[str, ast.ClassDef]
) -> Form:  # fmt: skip
    forward = _method(node, "forward", known)
    assert forward is not None
    notes: list[str] = []
    params = tuple(_params(_method(node, "__init__", known), notes))
    inputs, calls = _inputs(forward, notes)
    module = UserModule(source, inputs, _outputs(forward), params, calls, _help(node), sha256)
    return Form(module, tuple(notes))


def _help(node: ast.ClassDef) -> str:
    lines = (ast.get_docstring(node) or "").strip().splitlines()
    return lines[0][:300] if lines else ""


# -- arguments ---------------------------------------------------------------------------------


def _arguments(function: ast.FunctionDef) -> Iterator[_Argument]:
    """What a method takes after `self`, without `*args` and `**kwargs`."""
    given = function.args
    plain = [*given.posonlyargs, *given.args]
    missing: list[ast.expr | None] = [None] * (len(plain) - len(given.defaults))
    for item, default in list(zip(plain, [*missing, *given.defaults], strict=True))[1:]:
        yield _Argument(item.arg, item.annotation, _value(default))
    for item, default in zip(given.kwonlyargs, given.kw_defaults, strict=True):
        yield _Argument(item.arg, item.annotation, _value(default), by_name_only=True)


def _value(default: ast.expr | None) -> object:
    """A default that is plain; ... for one that only running the code would tell."""
    if default is None:
        return _NO_DEFAULT
    try:
        return _plain(ast.literal_eval(default))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ...


def _plain(value: object) -> object:
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


def _params(init: ast.FunctionDef | None, notes: list[str]) -> Iterator[Row]:
    if init is None:
        return
    for star in (init.args.vararg, init.args.kwarg):
        if star is not None:
            notes.append(f"What {star.arg} collects can't be given here; it stays empty.")
    for item in _arguments(init):
        _check_name(item.name)
        row = _row(item)
        if row is not None and not (item.by_name_only and len(row) == 2):
            yield row
        elif item.default is _NO_DEFAULT:
            why = "is given by name only" if row else f"is a {ast.unparse(item.hint)}"  # type: ignore[arg-type]
            raise UserError(
                f"“{item.name}” {why} and has no default, so no project can hold it.",
                "Give it a default in the class.",
            )
        else:
            notes.append(f"“{item.name}” can't be set here; it keeps its default.")


def _row(item: _Argument) -> Row | None:
    """The row of a form for an argument; None where a project can't hold what it takes."""
    word = hint_word(item.hint)
    if word == "":
        word = _word_of(item.default)
    if word is None:
        return None
    if item.default is _NO_DEFAULT:
        return item.name, word
    if item.default is None and not word.endswith("?"):
        word += "?"
    kind = word_type(word)
    if kind is None or item.default is ...:
        return None
    try:
        default = param_of((item.name, word)).check(item.default)
    except UserError:
        return None
    return item.name, word, default


def _word_of(default: object) -> str | None:
    """The word for an argument without a hint."""
    match default:
        case bool():
            return "bool"
        case float():
            return "float"
        case str():
            return "text"
        case int():
            return "int"
        case tuple():
            return "ints"
    return "plain" if default in (None, _NO_DEFAULT) else None


def hint_word(hint: ast.expr | None) -> str | None:
    """A hint in one word of a form; empty where there is none, None for any other value."""
    match hint:
        case None:
            return ""
        case ast.Constant(value=str() as quoted):
            try:
                return hint_word(parse_expression(quoted))
            except (SyntaxError, ValueError):
                return None
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return _NAMES.get(name, "ints" if name in _LISTS else None)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _either([left, right])
        case ast.Subscript(value=ast.Name(id=name) | ast.Attribute(attr=name), slice=inner):
            items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
            return _generic(name, items)
    return None


def _generic(name: str, items: list[ast.expr]) -> str | None:
    words = [hint_word(item) for item in items]
    if name == "Optional":
        return f"{words[0]}?" if words[0] else None
    if name == "Union":
        return _either(items)
    if name == "Literal":
        options = [item.value for item in items if isinstance(item, ast.Constant)]
        word = "choice:" + "|".join(map(str, options))
        return word if all(isinstance(o, str) for o in options) and word_type(word) else None
    if name in _LISTS:
        return "ints" if words == ["int"] else None
    if name in ("tuple", "Tuple"):
        if len(items) == 2 and isinstance(items[1], ast.Constant) and items[1].value is ...:
            return "ints" if words[0] == "int" else None
        return f"size:{len(items)}" if set(words) == {"int"} and 2 <= len(items) <= 8 else None
    return None


def _either(items: list[ast.expr]) -> str | None:
    """`int | None`, `int | tuple[int, int]`, `int | float`."""
    flat: list[ast.expr] = []
    for item in items:
        split = isinstance(item, ast.BinOp) and isinstance(item.op, ast.BitOr)
        flat += [item.left, item.right] if split else [item]  # type: ignore[attr-defined]
    if len(flat) > len(items):
        return _either(flat)
    rest = [item for item in flat if not (isinstance(item, ast.Constant) and item.value is None)]
    words = {hint_word(item) for item in rest}
    many = next((w for w in words if w and w.startswith("size:")), None)
    if words == {"int", many}:
        word = many
    elif words == {"int", "float"}:
        word = "float"
    elif words == {"int", "ints"}:
        word = "ints"
    else:
        word = words.pop() if len(words) == 1 else None
    return f"{word}?" if word and len(rest) < len(flat) else word


# -- ports -------------------------------------------------------------------------------------


def _inputs(
    forward: ast.FunctionDef, notes: list[str]
) -> tuple[tuple[str, ...], tuple[Row, ...]]:  # fmt: skip
    """The ports of `forward`, and what it takes beside tensors."""
    inputs: list[str] = []
    calls: list[Row] = []
    for item in _arguments(forward):
        _check_name(item.name)
        is_bare = item.hint is None and item.default in (None, _NO_DEFAULT)
        row = None if is_bare else _row(item)
        if row is not None and len(row) == 3:
            calls.append(row)
        elif item.default is _NO_DEFAULT and (item.by_name_only or row is not None):
            how = "by name only" if item.by_name_only else f"as {ast.unparse(item.hint)}"  # type: ignore[arg-type]
            raise UserError(
                f"forward takes “{item.name}” {how}, without a default.", "Give it one."
            )
        elif item.default is _NO_DEFAULT:
            inputs.append(item.name)
        elif item.default is None and not item.by_name_only:
            inputs.append(f"{item.name}?")
        else:
            notes.append(f"“{item.name}” of forward can't be set here; it keeps its default.")
    if forward.args.vararg is not None:
        inputs = [*(name for name in inputs if not name.endswith("?")),
                  f"{_check_name(forward.args.vararg.arg)}*"]  # fmt: skip
    if forward.args.kwarg is not None:
        notes.append(f"What {forward.args.kwarg.arg} of forward collects stays empty.")
    return tuple(inputs), tuple(calls)


def _outputs(forward: ast.FunctionDef) -> tuple[str, ...]:
    """One output, or as many as its hint or all of its `return` lines have."""
    count = _returned_by_hint(forward.returns)
    if count is None:
        counts = {_length(line.value) for line in _returns(forward)}
        count = counts.pop() if len(counts) == 1 else 1
    if count == 1:
        return ("output",)
    return tuple(f"output{place}" for place in range(count))


def _returned_by_hint(hint: ast.expr | None) -> int | None:
    match hint:
        case ast.Subscript(value=ast.Name(id="tuple" | "Tuple"), slice=ast.Tuple(elts=items)):
            is_open = isinstance(items[-1], ast.Constant) and items[-1].value is ...
            return None if is_open else min(len(items), 16)
        case ast.Name(id="Tensor") | ast.Attribute(attr="Tensor"):
            return 1
    return None


def _returns(forward: ast.FunctionDef) -> Iterator[ast.Return]:
    """The `return` lines of a function itself, not of functions inside it."""
    waiting: list[ast.AST] = list(forward.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)


def _length(value: ast.expr | None) -> int:
    is_open = isinstance(value, ast.Tuple) and any(isinstance(i, ast.Starred) for i in value.elts)
    return len(value.elts) if isinstance(value, ast.Tuple) and value.elts and not is_open else 1


def _check_name(name: str) -> str:
    if not name.isascii() or not name.isidentifier() or iskeyword(name) or len(name) > 100:
        raise UserError(
            f"The argument {shown(name)} can't stand in a project.", "Use letters A-Z, digits, _."
        )
    return name
