"""What a test does with its hands, read off its source: mouse, keys or neither."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[2]
# What Qt is told in the end, or the X server; a button's own click() is no act of a mouse.
ACTS = {
    "mouse": {"mouseClick", "mouseDClick", "mousePress", "mouseMove", "mouseRelease", "QDropEvent",
              "QHelpEvent", "QContextMenuEvent", "QMouseEvent", "QWheelEvent", "mousemove"},
    "keys": {"keyClick", "keyClicks", "keyPress", "keyRelease", "keySequence", "QKeyEvent", "key"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Module:
    """The functions and methods of a file, and of what it takes from other files of tests."""

    functions: dict[str, tuple[Path, ast.FunctionDef]]
    methods: dict[str, list[tuple[Path, ast.FunctionDef]]]


def acts_of(path: Path, name: str) -> set[str]:
    """Which of `mouse` and `keys` a function of a file acts with, itself or by what it calls."""
    return set(_acts(*_module(path).functions[name], frozenset()))


@cache
def _module(path: Path) -> _Module:
    found = _Module({}, {})
    for part in ast.parse(path.read_text("utf-8")).body:
        match part:
            case ast.FunctionDef():
                found.functions[part.name] = path, part
            case ast.ClassDef():
                for method in part.body:
                    if isinstance(method, ast.FunctionDef):
                        found.methods.setdefault(method.name, []).append((path, method))
            case ast.ImportFrom(module=str(module)) if module.startswith("tests."):
                home = TESTS.joinpath(*module.split(".")[1:]).with_suffix(".py")
                if home.exists():
                    found.functions.update(_module(home).functions)
                    for name, methods in _module(home).methods.items():
                        found.methods.setdefault(name, []).extend(methods)
    return found


def _acts(path: Path, function: ast.FunctionDef, seen: frozenset[str]) -> Iterator[str]:
    if function.name in seen:
        return
    for call in (part for line in function.body for part in ast.walk(line)):
        words = _words(call)
        yield from (kind for kind, meant in ACTS.items() if words & meant)
        for home, called in _called(_module(path), call):
            yield from _acts(home, called, seen | {function.name})


def _words(part: ast.AST) -> set[str]:
    """What a call tells Qt or the X server, by the name of what is called or its first word."""
    match part:
        case ast.Call(func=ast.Attribute(attr="_act"), args=[ast.Constant(value=str(word)), *_]):
            return {"key" if word == "type" else word}
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return {name} - {"key"}
        case ast.Constant(value="mousemove"):
            return {"mousemove"}
    return set()


def _called(module: _Module, part: ast.AST) -> Iterator[tuple[Path, ast.FunctionDef]]:
    """The helpers of tests that a call may mean: those that take as much as it gives."""
    match part:
        case ast.Call(func=ast.Name(id=name)) if name in module.functions:
            yield module.functions[name]
        case ast.Call(func=ast.Attribute(attr=name), args=given):
            for path, method in module.methods.get(name, []):
                most = method.args.args[1:]
                least = len(most) - len(method.args.defaults)
                is_open = method.args.vararg is not None
                if least <= len(given) + len(part.keywords) and (
                    is_open or len(given) <= len(most)
                ):
                    yield path, method
