"""Python modules as values: forms read without running, sources refused, edits undone, trust."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graphcore.errors import UserError
from graphcore.kinds.kind import REQUIRED
from graphcore.project import trust
from graphcore.project.definitions import Definition
from graphcore.project.edits import AddDefinition
from graphcore.project.file import parse, to_text
from graphcore.project.graph import NodeId
from graphcore.project.module_edits import RemoveModule, RenameModule, SetModule
from graphcore.project.module_forms import class_names, read_form
from graphcore.project.modules import UserModule, check_source, free_module_name, needs_process
from graphcore.project.user_files import read_files
from tests.build import add, wire
from tests.user_code import GATE, gated

EVERYTHING = '''
import torch
from torch import nn, Tensor
raise RuntimeError("this must not run")


class Block(nn.Module):
    """First line.

    Second."""

    def __init__(
        self, dim, heads: int, p=0.1, kernel: int | tuple[int, int] = 3, out: int | None = None,
        mode: Literal["sum", "mean"] = "sum", sizes: list[int] = (1, 2), name: str = "a b",
        act=nn.GELU, *, bias: bool = True, **rest,
    ):
        pass

    def forward(self, x: Tensor, memory: Tensor | None = None, scale: float = 1.0):
        def inner():
            return 1, 2, 3
        return x, memory


class Child(Block):
    pass


class Many(nn.Module):
    def forward(self, *tensors: Tensor) -> Tensor:
        return tensors[0]


class NoLayer(nn.Module):
    pass


class Plain:
    def forward(self, x):
        return x
'''


def test_a_form_is_read_without_running_anything() -> None:
    assert class_names(EVERYTHING) == ("Block", "Child", "Many")
    form = read_form(EVERYTHING, "a.py:Block", "ab")
    module = form.module
    assert module.params == (
        ("dim", "plain"), ("heads", "int"), ("p", "float", 0.1), ("kernel", "size:2", 3),
        ("out", "int?", None), ("mode", "choice:sum|mean", "sum"), ("sizes", "ints", (1, 2)),
        ("name", "text", "a b"), ("bias", "bool", True),
    )  # fmt: skip
    assert module.inputs == ("x", "memory?")
    assert module.calls == (("scale", "float", 1.0),)
    assert module.outputs == ("output0", "output1")
    assert module.help == "First line."
    assert any("act" in note for note in form.notes)
    assert any("rest" in note for note in form.notes)
    assert read_form(EVERYTHING, "a.py:Child").module.params == module.params
    assert read_form(EVERYTHING, "a.py:Many").module.inputs == ("tensors*",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("class A(B:", "not Python"),
        ("x = 1", "has no class “A”"),
        ("class A(B):\n    pass", "is no layer"),
        ("class A(B):\n def __init__(self, f: nn.Module): 0\n def forward(self, x): 0", "“f”"),
        ("class A(B):\n def __init__(self, *, k: int): 0\n def forward(self, x): 0", "name only"),
        ("class A(B):\n def forward(self, ünder): 0", "can't stand in a project"),
        ("class A(B):\n def forward(self, n: int): 0", "as int"),
        ("class A(B):\n def forward(self, x): " + "(" * 5000, "not Python"),
        ("\0", "not Python"),
    ],
)
def test_what_has_no_form_is_told(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_form(text, "a.py:A")


@pytest.mark.parametrize(
    "source",
    [
        "../a.py:A", "/etc/a.py:A", "a/b.py:A", "a.py", "a.py:", ":A", "a.py:class", "class.py:A",
        "random.py:A", "torch.py:A", "a.py:A\n", "a.py:A;import os", "a b.py:A", "os.path",
        "a..b:A", "ａ.py:A", "a.py:А", "a" * 1000 + ":A", "a.py:A(1)", 3, None, "lambda.x:A",
    ],
)  # fmt: skip
def test_a_source_is_an_import_or_nothing(source: object) -> None:
    with pytest.raises(UserError):
        check_source(source)


def _with(change: dict[str, Any]) -> str:
    module = {"source": "a.py:A", "params": [["dim", "int"]]} | change
    return json.dumps({"schema": 1, "modules": {change.pop("key", "A"): module}})


@pytest.mark.parametrize(
    "change",
    [
        {"source": "a.py:A as B"}, {"source": "os; import sys:A"}, {"sha256": "x"},
        {"params": [["dim", "int", 1.5]]}, {"params": [["dim", "exec"]]},
        {"params": [["a b", "int"]]},
        {"params": [["class", "int"]]}, {"params": [["a", "int"], ["a", "int"]]},
        {"params": [["a", "choice:x|y", "z"]]}, {"params": [["a", "choice:\"|)"]]},
        {"params": [["a", "text", "\"); import os #"]]}, {"params": [["a", "text", "a\nb"]]},
        {"params": [["a"]]}, {"params": "dim"}, {"inputs": ["x}"]}, {"inputs": ["x*", "y"]},
        {"inputs": ["x", "x"]}, {"outputs": []}, {"outputs": ["a.b"]}, {"unknown": 1},
        {"params": [["a", "size:99"]]}, {"help": "x" * 1000}, {"key": "class"}, {"key": "Model"},
        {"key": "a b"}, {"params": [["self", "int"]]},
    ],
)  # fmt: skip
def test_a_file_with_a_strange_form_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        parse(_with(dict(change)))


def test_a_sound_form_is_read_and_written_as_it_was(tmp_path: Path) -> None:
    assert parse(_with({})).modules["A"].params == (("dim", "int"),)
    project = gated(tmp_path)
    assert parse(to_text(project)) == project
    assert needs_process(project)
    kind = project.kind("user.Gate")
    assert [(p.name, p.default) for p in kind.params] == [("dim", REQUIRED), ("bias", True)]
    assert kind.imports == ("from my_layers import Gate",)


def test_edits_of_modules_are_undone(tmp_path: Path) -> None:
    project = gated(tmp_path, dim=256, bias=False)
    before = project.copy()
    other = read_form(
        GATE.replace("bias: bool", "scale: float").replace("self, x:", "self, y:"),
        "my_layers.py:Gate",
    ).module
    back = SetModule("Gate", other).apply(project)
    assert project.graph.nodes[NodeId("gate")].params == {"dim": 256}
    assert (NodeId("gate"), "x") not in project.graph.wires
    assert parse(to_text(project)) == project
    back.apply(project)
    assert project == before
    with pytest.raises(UserError, match="in use"):
        RemoveModule("Gate").apply(project)
    back = RenameModule("Gate", "Door").apply(project)
    assert project.graph.nodes[NodeId("gate")].kind == "user.Door"
    assert project.kind("user.Door").imports == ("from my_layers import Gate as Door",)
    back.apply(project)
    assert project == before


def test_a_class_keeps_clear_of_other_names(tmp_path: Path) -> None:
    project = gated(tmp_path)
    AddDefinition("Gate", Definition()).apply(project)
    kind = project.kind("user.Gate")
    assert kind.imports == ("from my_layers import Gate as Gate_",)
    assert kind.construct == "Gate_({args})"
    assert free_module_name("Model", ()) == "Model2"
    assert free_module_name("_Gate", ("Gate",)) == "Gate2"


def test_growing_and_optional_inputs_are_ports(tmp_path: Path) -> None:
    project = gated(tmp_path)
    module = UserModule("a.py:Many", ("tensors*",), params=())
    SetModule("Many", module).apply(project)
    many = add(project, "user.Many", "many")
    wire(project, "gate", "many")
    assert project.slots(project.graph.nodes[many]) == ("tensors.0", "tensors.1")


def test_trust_is_by_content_and_folder(tmp_path: Path, home: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    project = gated(one)
    gated(two)
    files = read_files(project, one)
    assert trust.untrusted(files) == ("my_layers.py",)
    with pytest.raises(UserError, match="--trust"):
        trust.trusted_files(project, one)
    trust.trust(files)
    assert trust.is_trusted(read_files(project, one))
    assert not trust.is_trusted(read_files(project, two))
    assert trust.trusted_files(project, one) == files
    (one / "my_layers.py").write_text(GATE + "\n", "utf-8")
    assert not trust.is_trusted(read_files(project, one))
    trust.forget(one)
    assert not trust.is_trusted(files)


@pytest.mark.parametrize("text", ["", "[]", '{"a": 3}', '{"a": {"b": 3}}', "[" * 100_000, "\0"])
def test_a_damaged_list_trusts_nothing(tmp_path: Path, home: Path, text: str) -> None:
    project = gated(tmp_path)
    home.mkdir(exist_ok=True)
    (home / "trust.json").write_text(text, "utf-8")
    files = read_files(project, tmp_path)
    assert not trust.is_trusted(files)
    trust.trust(files)
    assert trust.is_trusted(files)


def test_nothing_secret_is_in_the_project(tmp_path: Path) -> None:
    project = gated(tmp_path)
    trust.trust(read_files(project, tmp_path))
    assert "trust" not in to_text(project)
