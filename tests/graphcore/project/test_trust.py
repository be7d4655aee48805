"""No string from a file reaches the code except through its param type's own spelling.

The places are read off a file that uses every field of the schema; each gets what could do harm,
as a value and as a key. A field that nobody put into that file fails the first test.
"""

from __future__ import annotations

import ast
import copy
import io
import json
import re
import time
import tokenize
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import pytest

from graphcore import cli
from graphcore.analysis.analyse import analyse
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.project.file import parse, to_text
from graphcore.project.graph import SETTINGS
from tests.graphcore.project.rich import (
    Path,
    fields_of_the_schema,
    keys,
    places,
    rich_project,
    said,
    settings_used,
    types_of_params,
    types_used,
)

CODE = '__import__("os").system("x")'
STRINGS = {
    "newline": "a\nimport os\nos.system('x')", "trailing newline": "conv\n", "return": "a\rb",
    "double quotes": f'" + {CODE} + "', "single quotes": f"' + {CODE} + '",
    "docstring": f'"""\n{CODE}\n"""', "braces": "{layer.__class__}{args}{0}", "brace": "{",
    "percent": "%s%(a)n", "backslash": "\\", "escape": '\\x22\\n', "comment": "a # b",
    "look-alike": "соnv", "full width": "ｅｖａｌ", "right to left": "a\u202eb",
    "zero width": "a\u200bb", "line separator": "a\u2028import os", "nul": "a\0b",
    "half a letter": "\ud800", "call": CODE, "formula": f"={CODE}",
    "dunder formula": "=a.__class__",
    "dunder": "__class__", "dotted": "os.system", "class": "os:system", "file": "../x.py:A",
    "absolute": "/x.py:A", "reserved": "self", "builtin": "exec", "keyword": "class",
    "none": "None",
    "empty": "", "blank": " ", "semicolon": "a;b", "lambda": "lambda: 0", "number": "1e999",
    "expression": "x.__class__", "expression that calls": "open(x)", "a million": "a" * 1_000_000,
    "a million quotes": '"' * 1_000_000, "subscript": "0]; import os; x[0", "type": "float32[1]",
}  # fmt: skip
QUICK = ("newline", "double quotes", "docstring", "formula", "dunder", "class", "builtin")
QUICK_VALUES = ("infinite", "nothing", "record", "billion", "huge")
VALUES: dict[str, object] = {
    "infinite": float("inf"), "not a number": float("nan"), "minus zero": -0.0, "minus one": -1,
    "huge": 10**400, "largest": 2**63, "yes": True, "nothing": None, "list": [], "record": {},
    "half": 0.5, "deep": json.loads("[" * 200 + "]" * 200), "billion": 10**9, "text": "1",
}  # fmt: skip


def test_the_rich_project_says_everything_that_the_schema_has() -> None:
    project = rich_project()
    assert fields_of_the_schema() - said(project) == set()
    assert types_of_params() - types_used(project) == set()
    assert set(SETTINGS) - settings_used(project) == set()
    assert parse(to_text(project)) == project


# What code is made of


@dataclass(slots=True)
class Made:
    """What a text imports, calls, names and holds, and the kinds of its statements."""

    imports: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    statements: int = 0


def made_of(text: str) -> Made:
    """Read off the syntax tree; what is reached through self or a value counts by its last name."""
    made = Made()
    for node in ast.walk(ast.parse(text)):
        made.forms.add(type(node).__name__)
        made.statements += isinstance(node, ast.stmt)
        match node:
            case ast.Import() | ast.ImportFrom():
                made.imports.add(ast.unparse(node))
            case ast.Call(func=func):
                made.calls.add(_called(func))
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                made.names.add(name)
            case ast.Attribute(attr=name) | ast.ClassDef(name=name) | ast.keyword(arg=str(name)):
                made.names.add(name)
    return made


def _called(func: ast.expr) -> str:
    """`nn.Linear`, `super`, or a name that the file chose: `self.…` and methods of values."""
    text = ast.unparse(func)
    if text.startswith(("self.", "turn")):
        return "self"
    root, dot, _ = text.partition(".")
    is_plain = root in ("torch", "nn", "F", "super()") or not dot
    return text if is_plain else f"value.{text.rpartition('.')[2]}"


# What the writer says of its own accord where a drawing has other parts.
WRITERS = ("Preprocessing", "body", "field")


@cache
def harmless() -> tuple[str, str, Made]:
    """The file, its code, and what the code is made of."""
    project = rich_project()
    text = write_code(project, analyse(project)).text
    made = made_of(text)
    made.names |= {*re.findall(r"[A-Za-z]\w*", to_text(project)), *WRITERS}
    return to_text(project), text, made


def check_harmless(text: str, word: str) -> None:
    """The text says nothing that the harmless one does not, but for `word` as a plain name."""
    _, _, before = harmless()
    after, own = made_of(text), set(re.findall(r"[A-Za-z]\w*", word))
    assert {line for line in after.imports - before.imports if not _is_own(line, own)} == set()
    switched = {"torch.zeros_like"}  # a node that was muted
    assert after.calls - before.calls - {f"value.{name}" for name in own} - own <= switched
    new = {name for name in after.names - before.names if not _is_made_of(name, own)}
    assert new <= {"zeros_like", "bool"}, new  # a muted node, a param that is a yes or no
    assert after.forms <= before.forms | {"Tuple", "UnaryOp", "USub"}  # of a number below zero
    assert after.statements <= before.statements + 6  # such as a body beside forward
    assert not any("__" in name for name in after.names - before.names)
    assert all(name.isascii() for name in after.names)
    if len(word.strip()) > 2 and not (word.isascii() and word.isidentifier()):
        assert word not in _outside_of_strings(text)


def _is_own(line: str, own: set[str]) -> bool:
    """Whether an import is of the class that the file names as a Python module of the user."""
    return set(re.findall(r"\w+", line)) <= {"from", "import", "as", "layers", "Gate", *own}


def _is_made_of(name: str, own: set[str]) -> bool:
    return any(word in name for word in own if word.isascii())


def _outside_of_strings(text: str) -> str:
    """The text with its comments and without what stands between quotes."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return " ".join(token.string for token in tokens if token.type != tokenize.STRING)


# Trying


def attempt(text: str, word: str = "") -> str | None:
    """The code of a file, checked; None where it is refused in a short sentence."""
    start = time.process_time()
    try:
        project = parse(text, "x.netwright")
    except UserError as error:
        check_sentence(error)
        return None
    finally:
        assert time.process_time() - start < 1.0
    analysis = analyse(project)
    code = write_code(project, analysis).text
    assert time.process_time() - start < 1.0
    for problem in analysis.problems:
        assert len(problem.message) < 1500, problem.rule
        problem.message.encode()
    check_harmless(code, word)
    return code


def check_sentence(error: UserError) -> None:
    """A refusal is short, can be written, and says what to do."""
    assert 0 < len(str(error)) < 700, len(str(error))
    assert error.hint
    str(error).encode()


def put(path: Path, value: object) -> str:
    """The file with another value at a place."""
    return json.dumps(_at(path, lambda holder, key: holder.__setitem__(key, value)))


def renamed(path: Path, name: str) -> str:
    """The file with another key at a place."""

    def rename(holder: Any, key: Any) -> None:
        items = [(name if k == key else k, v) for k, v in holder.items()]
        holder.clear()
        holder.update(items)

    return json.dumps(_at(path, rename))


def _at(path: Path, change: Any) -> Any:
    data = copy.deepcopy(_data())
    holder = data
    for key in path[:-1]:
        holder = holder[key]
    change(holder, path[-1])
    return data


@cache
def _data() -> Any:
    return json.loads(harmless()[0])


def strings() -> list[Path]:
    return [path for path, value in places(_data()) if isinstance(value, str)]


def others() -> list[Path]:
    return [path for path, value in places(_data()) if not isinstance(value, str)]


@contextmanager
def told(name: str, path: Path) -> Iterator[None]:
    """Says which string at which place broke the promise."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"{name} at {'.'.join(map(str, path))}")
        raise


def try_string(name: str) -> None:
    """A string as every value and as every key."""
    for path in strings():
        with told(name, path):
            attempt(put(path, STRINGS[name]), STRINGS[name])
    for path in keys(_data()):
        with told(name, path):
            attempt(renamed(path, STRINGS[name]), STRINGS[name])


def try_value(name: str) -> None:
    """A value in the place of every other."""
    for path, _ in places(_data()):
        with told(name, path):
            value = VALUES[name]
            attempt(put(path, value), value if isinstance(value, str) else "")


@pytest.mark.parametrize("name", QUICK)
def test_a_hostile_string_does_no_harm_wherever_it_stands(name: str) -> None:
    try_string(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(STRINGS.keys() - set(QUICK)))
def test_all_other_hostile_strings_do_no_harm(name: str) -> None:
    try_string(name)


@pytest.mark.parametrize("name", QUICK_VALUES)
def test_a_value_of_another_kind_does_no_harm(name: str) -> None:
    try_value(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(VALUES.keys() - set(QUICK_VALUES)))
def test_all_other_values_do_no_harm(name: str) -> None:
    try_value(name)


def test_something_behind_a_harmless_word_does_no_harm() -> None:
    for more in ("\n", '"', ".__class__"):
        for path in strings():
            word = f"{_value_at(path)}{more}"
            with told(more, path):
                attempt(put(path, word), word)


def _value_at(path: Path) -> object:
    holder = _data()
    for key in path:
        holder = holder[key]
    return holder


def test_check_says_something_about_whatever_opens(
    tmp_path: FilePath, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = 0
    file = tmp_path / "x.netwright"
    for path in strings():
        word = STRINGS["docstring"]
        text = put(path, word)
        if attempt(text, word) is not None:
            opened += 1
            file.write_text(text)
            with told("check", path):
                assert cli.main(["check", str(file)]) in (0, 1)
    assert opened > 20
    assert "Traceback" not in capsys.readouterr().err


# Files as a whole


def _nodes(*rows: dict[str, Any]) -> str:
    return json.dumps({"schema": 1, "definitions": {"main": {"nodes": list(rows)}}})


def _circle(count: int) -> str:
    blocks = {
        f"b{i}": {"nodes": [{"id": "n", "kind": f"block.b{(i + 1) % count}", "name": "n"}]}
        for i in range(count)
    }
    return json.dumps({"schema": 1, "definitions": blocks})


RELU = {"id": "a", "kind": "nn.ReLU", "name": "a"}
WHOLES = {
    "nul": '{"schema": 1, "title": "a\0b"}', "mark inside": '{"schema": \ufeff1}',
    "two marks": '\ufeff\ufeff{"schema": 1}', "half a letter": '{"schema": 1, "\\ud800": 1}',
    "a circle of three": _circle(3), "a circle of one": _circle(1),
    "ids that differ by case are two": _nodes(RELU, {**RELU, "id": "A"}),
    "a billion turns": _nodes({**RELU, "kind": "block.main", "settings": {"repeat": 10**9}}),
    "main in itself": _nodes({**RELU, "kind": "block.main"}),
    "a key twice": '{"schema": 1, "plan": {"epochs": 1, "epochs": 2}}',
    "deep": '{"schema": 1, "data": {"options": ' + '{"a":' * 5000 + "1" + "}" * 5002,
    "a number of a million digits": '{"schema": 1, "plan": {"seed": ' + "1" * 10**6 + "}}",
    "a million spaces": " " * 10**6, "only a mark": "\ufeff", "nothing": "",
    "a long formula": _nodes({**RELU, "kind": "nn.Linear", "params":
                              {"out_features": "=" + "(" * 3000 + "1" + ")" * 3000}}),
}  # fmt: skip


@pytest.mark.parametrize("name", WHOLES)
def test_a_file_that_is_wrong_as_a_whole_is_refused(name: str) -> None:
    assert attempt(WHOLES[name]) is None


FORMULAS = ("9**9**9", "2**64**64", "-" * 150 + "1", "max(" * 40 + "1" + ")" * 40, "[1]*9",
            "'a'*9", "(1).real", "lambda: 1", "a if b else c", "f'{a}'", "width.real", "i.real",
            "1/0", "print(1)", "width(1)", "width[0]", "(yield)", "(a := 1)")  # fmt: skip


def test_a_formula_is_worked_out_or_told_and_never_run() -> None:
    formulas = [path for path, value in places(_data()) if str(value).startswith("=")]
    assert len(formulas) > 1
    for formula in FORMULAS:
        for path in [*formulas, ("definitions", "main", "nodes", 11, "params", "width")]:
            with told(formula, path):
                attempt(put(path, f"={formula}"), "")
