"""Classes by import path: asked about only after trust, and nothing but a class is ever called."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphcore.analysis.analyse import analyse
from graphcore.analysis.user_code import UserCode
from graphcore.code.build import build
from graphcore.code.code import Code
from graphcore.errors import UserError
from graphcore.project import trust
from graphcore.project.admission import admit, withdraw
from graphcore.project.module_edits import SetModule
from graphcore.project.modules import UserModule, check_source
from graphcore.project.project import Project
from graphcore.project.user_files import read_files
from tests.build import add, wire
from tests.drawing import digits_cnn
from tests.user_code import GATE

TRACE = "import pathlib\npathlib.Path({mark!r}).write_text('it ran')\n"
ODD = "\n\ndef call(*things):\n    pathlib.Path({mark!r}).write_text('it was called')\n"


@pytest.fixture(scope="module")
def code() -> Iterator[UserCode]:
    with UserCode(seconds=20.0) as found:
        yield found


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package `netshop.layers` on the path of this process and so of its workers.

    It leaves `imported` and `called` behind where that happens.
    """
    package = tmp_path / "site" / "netshop"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    marks = {"mark": str(tmp_path / "imported")}, {"mark": str(tmp_path / "called")}
    (package / "layers.py").write_text(
        TRACE.format(**marks[0]) + GATE + ODD.format(**marks[1]), "utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield tmp_path
    for name in ("netshop.layers", "netshop"):
        sys.modules.pop(name, None)


def using(source: str, **params: object) -> Project:
    """The digits' network with a node of that class after Flatten."""
    project = digits_cnn().project
    rows = tuple((name, "int") for name in params)
    SetModule("Thing", UserModule(source, params=rows)).apply(project)
    add(project, "user.Thing", "thing", at=(900, 500), **params)
    flatten = next(n for n in project.graph.nodes.values() if n.kind == "nn.Flatten")
    wire(project, flatten.id, "thing")
    return project


def test_a_package_is_imported_only_after_trust(shop: Path) -> None:
    project = using("netshop.layers:Gate", dim=256)
    with UserCode(seconds=20.0) as code:  # its process starts with this path
        asking = code.at(project, shop)
        assert asking.untrusted == ("netshop.layers",)
        assert "untrusted" in [p.rule for p in analyse(project, asking).problems_at("thing")]
        assert not (shop / "imported").exists()
        trust.trust(read_files(project, shop))
        analysis = analyse(project, code.at(project, shop))
        assert str(analysis.nodes["thing"].outputs["output"]) == "float32[B, 256]"
        assert (shop / "imported").exists()
        form = code.form("netshop.layers:Gate").module
    assert form.params == (("dim", "int"), ("bias", "bool", True))
    assert "netshop.layers" not in sys.modules


def test_what_is_no_class_is_never_called(shop: Path) -> None:
    project = using("netshop.layers:call")
    files = read_files(project, shop)
    trust.trust(files)
    with UserCode(seconds=20.0) as code:
        problems = analyse(project, code.at(project, shop)).problems_at("thing")
    assert any("is no layer" in problem.message for problem in problems)
    admit(files)
    try:
        text = "from netshop.layers import call\n\nModel = call\n"
        with pytest.raises(UserError, match="is no layer"):
            build(Code(text, modules=(project.modules["Thing"],)))
    finally:
        withdraw()
    assert not (shop / "called").exists()


@pytest.mark.slow
def test_a_class_of_torch_by_its_path(code: UserCode, tmp_path: Path) -> None:
    form = code.form("torch.nn:Linear").module
    assert form.inputs == ("input",)
    assert [row[0] for row in form.params][:3] == ["in_features", "out_features", "bias"]
    project = using("torch.nn:Linear", in_features=256, out_features=7)
    trust.trust(read_files(project, tmp_path))
    facts = analyse(project, code.at(project, tmp_path)).nodes["thing"]
    assert facts.parameters == 257 * 7


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("netshop_missing.layers:Gate", "No module named 'netshop_missing'"),
        pytest.param("torch.nn:Liner", "has no attribute 'Liner'", marks=pytest.mark.slow),
        pytest.param("torch.nn:Parameter", "is no layer", marks=pytest.mark.slow),
        pytest.param("torch:zeros", "is no layer", marks=pytest.mark.slow),
        ("torch.hub:load", "is no layer"),
    ],
)
def test_what_is_not_there_is_told(code: UserCode, source: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        code.form(source)


@pytest.mark.parametrize(
    "source", ["os:system", "subprocess:Popen", "builtins:eval", "__main__:A", "gui.app:main"]
)
def test_what_can_have_no_layers_is_refused_without_running(source: str) -> None:
    assert os.system  # it is there, and yet
    with pytest.raises(UserError, match="has no layers"):
        check_source(source)
