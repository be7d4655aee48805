"""Code becomes nodes: what is printed reads back the same; what can't be read is told."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from graphcore import cli
from graphcore.analysis.analyse import analyse
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.importers.code import read_code
from graphcore.importers.pasted import read_pasted
from graphcore.project import file, templates
from graphcore.project.project import Project
from tests.build import digits_cnn


def nodes(project: Project) -> list[tuple[str, str]]:
    found = sorted(project.graph.nodes.values(), key=lambda node: node.order)
    return [(node.kind, node.name) for node in found]


def wires(project: Project) -> set[str]:
    names = {node.id: node.name for node in project.graph.nodes.values()}
    return {f"{names[w.source]}.{w.output} > {names[w.target]}.{w.input}"
            for w in project.graph.wires.values()}  # fmt: skip


@pytest.mark.parametrize("name", ["digits-autoencoder", "digits-cnn", "digits-mlp", "iris"])
def test_printed_code_reads_back_as_the_same_drawing(name: str) -> None:
    project = templates.open_template(name)
    text = write_code(project, analyse(project)).text.partition("class Objective")[0]
    again = read_code(text)
    own = {n.name: n for n in project.graph.nodes.values() if not n.kind.startswith(
        ("io.", "data.", "loss."))}  # fmt: skip
    assert {(n.name, n.kind) for n in again.graph.nodes.values()} == {
        (n.name, n.kind) for n in own.values()
    }
    between = {
        w for w in wires(project) if {e.partition(".")[0] for e in w.split(" > ")} <= set(own)
    }
    assert wires(again) == between


def test_a_sequence_in_a_sequence_is_one_chain() -> None:
    project = read_code("""
        net = nn.Sequential(
            nn.Conv2d(3, 8, 3, 2, padding=1),
            nn.Sequential(OrderedDict([("act", nn.ReLU()), ("flat", nn.Flatten())])),
            nn.LSTM(8, 10),
        )
    """)
    assert [name for _, name in nodes(project)] == ["conv", "act", "flat", "lstm"]
    assert "act.output > flat.input" in wires(project)
    conv, lstm = project.graph.by_name("conv"), project.graph.by_name("lstm")
    assert conv is not None
    assert dict(conv.params) == {
        "out_channels": 8, "kernel_size": 3, "stride": 2, "padding": 1,
    }  # fmt: skip
    assert lstm is not None
    assert lstm.params["batch_first"] is False  # as torch has it, where code is silent


CLASS = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)

    def forward(self, x):
        y = F.relu(self.bn(self.conv(x)))
        y = y + self.conv(x)
        z = torch.cat([y, y.view(y.size(0), -1)], dim=1)
        return z
"""


def test_a_class_becomes_nodes_and_a_layer_called_twice_shares_its_weights() -> None:
    project = read_code(CLASS)
    assert {"nn.Conv2d", "nn.BatchNorm2d", "ops.Expression", "ops.add", "ops.cat"} == {
        kind for kind, _ in nodes(project)
    }
    assert [n.shares for n in project.graph.nodes.values() if n.kind == "nn.Conv2d"] == ["", "conv"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("for i in range(3): x = self.conv(x)", "Line 9: A loop"),
        ("x = os.system('rm')", "Line 9: "),
        ("x = open(x)", "Line 9: “open"),
        ("x = self.other(x)", "Line 9: “self.other"),
        ("x = q + w", "Line 9: "),
        ("self.bn.eval()", "Line 9: This line"),
    ],
)
def test_what_cant_be_read_is_told_with_its_line(line: str, said: str) -> None:
    text = CLASS.replace("y = F.relu(self.bn(self.conv(x)))", line)
    with pytest.raises(UserError) as told:
        read_code(text)
    assert told.value.message.startswith(said)


def test_our_text_is_found_in_a_mail() -> None:
    project = digits_cnn()
    text = file.to_text(project)
    assert read_pasted(f"Hello,\n\n{text}\n\nBest wishes") == project
    assert read_pasted("You wrote:\n" + textwrap.indent(text, "> ", lambda _: True)) == project
    assert nodes(read_pasted("> nn.Sequential(\n>     nn.ReLU(),\n> )\n")) == [("nn.ReLU", "relu")]


def test_read_code_writes_a_project(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("import torch\n" + CLASS, encoding="utf-8")
    words = ["read-code", str(tmp_path / "net.py"), "-o", str(tmp_path / "net.netwright")]
    assert cli.main(words) == 0
    assert len(file.load(tmp_path / "net.netwright").graph.nodes) == 7
    assert cli.main(words) == 3  # nothing is written over
