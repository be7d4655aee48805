"""A person's own classes in analysis: their process may hang, die or shout; ours lives on."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphcore.analysis.analyse import analyse
from graphcore.analysis.result import Analysis
from graphcore.analysis.user_code import UserCode
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.project import trust
from graphcore.project.admission import admit, withdraw
from graphcore.project.edits import SetParam
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.project.user_files import read_files
from tests.user_code import GATE, GATE_PARAMETERS, gated

HEAD = "import os, sys, time\nimport torch\nfrom torch import nn\n\n\n"
LAYER = """class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        {init}

    def forward(self, x):
        {forward}
"""


def layer(init: str = "pass", forward: str = "return x", before: str = "") -> str:
    return HEAD + before + LAYER.format(init=init, forward=forward)


@pytest.fixture(scope="module")
def code() -> Iterator[UserCode]:
    with UserCode(seconds=6.0) as found:
        yield found


def trusted(project: Project, folder: Path) -> None:
    trust.trust(read_files(project, folder))


def told(analysis: Analysis) -> tuple[str, str]:
    """Rule and sentence of the one problem at the gate."""
    (found,) = analysis.problems_at("gate")
    assert found.severity == "error"
    assert found.blocks == "build"
    return found.rule, found.message


def test_shapes_come_from_another_process(tmp_path: Path, code: UserCode) -> None:
    project = gated(tmp_path)
    assert told(analyse(project, code.at(project, tmp_path)))[0] == "untrusted"
    trusted(project, tmp_path)
    analysis = analyse(project, code.at(project, tmp_path))
    assert analysis.problems == ()
    facts = analysis.nodes["gate"]
    assert str(facts.outputs["output"]) == "float32[B, 256]"
    assert facts.parameters == GATE_PARAMETERS
    assert facts.flops == 2 * 256 * 256
    assert dict(facts.weights)["map.weight"] == (256, 256)
    assert "my_layers" not in sys.modules
    before = time.perf_counter()
    analyse(project, code.at(project, tmp_path))
    assert time.perf_counter() - before < 1.0  # remembered


def test_what_it_can_not_take_is_told_in_its_own_words(tmp_path: Path, code: UserCode) -> None:
    project = gated(tmp_path, dim=100)
    trusted(project, tmp_path)
    rule, message = told(analyse(project, code.at(project, tmp_path)))
    assert rule == "module"
    assert "256" in message
    assert "100" in message


LOUD = "sys.stdout.write('A' * 10_000_000); os.write(1, b'B' * 1_000_000); return x"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (layer(before="raise RuntimeError('not today')\n\n\n"), "not today"),
        (layer(before="sys.exit(0)\n\n\n"), "Gate “gate”"),
        pytest.param(layer(init="raise KeyError('nothing')"), "nothing", marks=pytest.mark.slow),
        pytest.param(
            layer(forward="return {'x': x}"), "dict is not a tensor", marks=pytest.mark.slow
        ),
        pytest.param(layer(forward="sys.exit(3)"), "3", marks=pytest.mark.slow),
        pytest.param(
            layer(forward="return [torch.zeros(10**6)] * 10**5"), "", marks=pytest.mark.slow
        ),
        pytest.param(
            layer(forward="return None"), "NoneType is not a tensor", marks=pytest.mark.slow
        ),
        (layer(forward="os._exit(7)"), "died (exit status 7)"),
    ],
)
def test_what_misbehaves_is_told_at_the_node(
    tmp_path: Path, code: UserCode, text: str, words: str
) -> None:
    project = gated(tmp_path, text)
    trusted(project, tmp_path)
    analysis = analyse(project, code.at(project, tmp_path))
    if words:
        rule, message = told(analysis)
        assert rule == "module"
        assert words in message
    assert "conv2d" in analysis.nodes or len(analysis.nodes) > 5


def test_one_that_shouts_is_not_heard(
    tmp_path: Path, code: UserCode, capfd: pytest.CaptureFixture[str]
) -> None:
    project = gated(tmp_path, layer(forward=LOUD))
    trusted(project, tmp_path)
    assert analyse(project, code.at(project, tmp_path)).problems == ()
    assert capfd.readouterr().out == ""


@pytest.mark.slow
def test_the_process_lives_on_after_one_that_hung(tmp_path: Path, code: UserCode) -> None:
    slow, good = tmp_path / "slow", tmp_path / "good"
    for folder in (slow, good):
        folder.mkdir()
    hanging = gated(slow, layer(before="while True: pass\n\n\n"))
    trusted(hanging, slow)
    for _ in range(2):  # the second time it is remembered
        assert "no answer" in told(analyse(hanging, code.at(hanging, slow)))[1]
    project = gated(good)
    trusted(project, good)
    assert analyse(project, code.at(project, good)).problems == ()


def test_a_class_that_looks_at_numbers_is_run_on_small_real_ones(
    tmp_path: Path, code: UserCode
) -> None:
    project = gated(tmp_path, layer(forward="return x * 2 if float(x.sum()) > 0 else x"))
    trusted(project, tmp_path)
    analysis = analyse(project, code.at(project, tmp_path))
    assert str(analysis.nodes["gate"].outputs["output"]) == "float32[B, 256]"


def test_a_file_that_changed_is_another_file(tmp_path: Path, code: UserCode) -> None:
    project = gated(tmp_path)
    trusted(project, tmp_path)
    (tmp_path / "my_layers.py").write_text(GATE + "\nos = 1\n", "utf-8")
    assert told(analyse(project, code.at(project, tmp_path)))[0] == "untrusted"
    (tmp_path / "my_layers.py").write_text(GATE, "utf-8")
    assert analyse(project, code.at(project, tmp_path)).problems == ()


def test_what_it_imports_beside_it_counts_too(tmp_path: Path, code: UserCode) -> None:
    (tmp_path / "parts.py").write_text("SCALE = 2.0\n", "utf-8")
    text = layer(forward="return x * SCALE", before="from parts import SCALE\n\n\n")
    project = gated(tmp_path, text)
    assert set(read_files(project, tmp_path).digests) == {"my_layers.py", "parts.py"}
    trusted(project, tmp_path)
    assert analyse(project, code.at(project, tmp_path)).problems == ()
    (tmp_path / "parts.py").write_text("SCALE = 3.0\n", "utf-8")
    assert told(analyse(project, code.at(project, tmp_path)))[0] == "untrusted"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, code: UserCode) -> None:
    project = gated(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "my_layers.py").rename(elsewhere / "real.py")
    os.symlink(elsewhere / "real.py", tmp_path / "my_layers.py")
    rule, message = told(analyse(project, code.at(project, tmp_path)))
    assert rule == "module"
    assert "link out of the project's folder" in message


def test_a_cached_file_of_bytes_is_never_run(tmp_path: Path, code: UserCode) -> None:
    project = gated(tmp_path)
    cache = tmp_path / "__pycache__"
    cache.mkdir()
    name = f"my_layers.cpython-{sys.version_info[0]}{sys.version_info[1]}.pyc"
    (cache / name).write_bytes(b"not what was trusted")
    trusted(project, tmp_path)
    assert analyse(project, code.at(project, tmp_path)).problems == ()


def test_params_are_formulas_too(tmp_path: Path, code: UserCode) -> None:
    from graphcore.kinds.formula import Formula

    project = gated(tmp_path)
    trusted(project, tmp_path)
    SetParam(NodeId("gate"), "dim", Formula("label.classes * 25 + 6")).apply(project)
    assert analyse(project, code.at(project, tmp_path)).nodes["gate"].params["dim"] == 256


# -- running ---------------------------------------------------------------------------------------


def test_here_nothing_is_run_that_was_not_admitted(tmp_path: Path) -> None:
    project = gated(tmp_path, layer(before="raise SystemExit('it ran')\n\n\n"))
    trusted(project, tmp_path)
    analysis = analyse(project)
    assert told(analysis)[0] == "untrusted"
    text = write_code(project, analysis)
    assert "from my_layers import Gate" in text.text
    with pytest.raises(UserError, match="process of its own"):
        build(text)


def test_admitted_code_is_analysed_and_built_here(tmp_path: Path) -> None:
    project = gated(tmp_path)
    admit(read_files(project, tmp_path))
    try:
        analysis = analyse(project)
        assert analysis.problems == ()
        code = write_code(project, analysis)
        assert "self.gate = Gate(256)" in code.text
        model = build(code).model
        assert sum(p.numel() for p in model.parameters()) == analysis.parameters
    finally:
        withdraw()
    assert "my_layers" not in sys.modules
