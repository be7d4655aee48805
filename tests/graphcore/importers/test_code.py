"""Code becomes nodes: what is printed reads back the same; what can't be read is told."""

from __future__ import annotations

import ast
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from graphcore import cli
from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.importers.code import read_code
from graphcore.importers.pasted import read_pasted
from graphcore.project import file, templates
from graphcore.project.edits import SetParam
from graphcore.project.project import Project
from graphcore.types import Tensor
from tests.build import digits_cnn


def nodes(project: Project) -> list[tuple[str, str]]:
    found = sorted(project.graph.nodes.values(), key=lambda node: node.order)
    return [(node.kind, node.name) for node in found]


def wires(project: Project) -> set[str]:
    names = {node.id: node.name for node in project.graph.nodes.values()}
    return {f"{names[w.source]}.{w.output} > {names[w.target]}.{w.input}"
            for w in project.graph.wires.values()}  # fmt: skip


def without_words(text: str) -> str:
    """The classes of the model without docstrings: they name ports by the drawing's own names."""
    tree = ast.parse(text.partition("class Objective")[0])
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            node.body = node.body[1:]
    return ast.unparse(tree)


def read_back(name: str) -> tuple[Project, Project]:
    """A template, and what its own code reads back as, with inputs of the same types."""
    own = templates.open_template(name)
    analysis = analyse(own)
    again = read_code(write_code(own, analysis).text, with_ends=True)
    for name, value in analysis.parts.inputs.items():
        kind = analysis.by_node[value.node].outputs[value.port]
        node = again.graph.by_name(name)
        assert node is not None
        assert isinstance(kind, Tensor)
        SetParam(node.id, "type", str(replace(kind, dims=kind.dims[1:]))).apply(again)
    return own, again


@pytest.mark.parametrize("name", sorted({n for n, _, _ in templates.names()} - {"two-heads"}))
def test_the_code_of_every_template_reads_back_as_the_same_model(name: str) -> None:
    own, again = read_back(name)
    texts = [write_code(project, analyse(project)).text for project in (own, again)]
    assert without_words(texts[0]) == without_words(texts[1])  # so sizes and outputs agree too


def test_a_model_that_hands_out_more_for_its_losses_computes_the_same() -> None:
    models = [build(write_code(project, analyse(project))).model.eval()
              for project in read_back("two-heads")]  # fmt: skip
    models[1].load_state_dict(models[0].state_dict())
    picture = torch.rand(2, 1, 8, 8)
    for one, other in zip(models[0](picture), models[1](picture), strict=True):
        torch.testing.assert_close(one, other)


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
    assert {"nn.Conv2d", "nn.BatchNorm2d", "nn.ReLU", "ops.add", "nn.Flatten", "ops.cat"} == {
        kind for kind, _ in nodes(project)
    }
    assert [n.shares for n in project.graph.nodes.values() if n.kind == "nn.Conv2d"] == ["", "conv"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("while x.sum() > 0: x = self.conv(x)", "Line 9: A condition or loop over values"),
        ("x = x if x.mean() > 0 else -x", "Line 9: A condition or loop over values"),
        ("for i in range(x.size(0)): x = self.conv(x)", "Line 9: “range” of what arrives"),
        ("for i in range(10**9): x = self.conv(x)", "Line 9: "),
        ("x = self.conv(x) * 9**9**9", "Line 9: "),
        ("x = F.dropout(x, 0.5)", "Line 9: “F.dropout” without training=self.training"),
        ("x[:, 0] = 0", "Line 9: A value that is written into"),
        ("x = x.relu_()", "Line 9: “.relu_”, which writes in place,"),
        ("x, y = self.conv(x)", "Line 9: What is taken apart here"),
        ("x = __import__('os').system('rm')", "Line 9: "),
        ("x = getattr(os, 'system')('rm')", "Line 9: "),
        ("x = self.conv(x, x)", "Line 9: Conv2d with 2 inputs"),
        ("x = rearrange(x, 'b c h w -> b (h w) c')", "Line 9: “rearrange"),
        ("x = os.system('rm')", "Line 9: "),
        ("x = open(x)", "Line 9: “open"),
        ("x = self.other(x)", "Line 9: “self.other"),
        ("x = q + w", "Line 9: "),
        ("self.bn.weight.data.fill_(0)", "Line 9: "),
    ],
)
def test_what_cant_be_read_is_told_with_its_line(line: str, said: str) -> None:
    text = CLASS.replace("y = F.relu(self.bn(self.conv(x)))", line)
    with pytest.raises(UserError) as told:
        read_code(text)
    assert told.value.message.startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x = [1]\n  for i in range(99): x = x + x", "Line 4: “x = x + x”"),
        ("x = [1]\n  for i in range(99): x.extend(x)", "Line 4: “x.extend(x)”"),
        ("x = 'a'\n  for i in range(99): x = f'{x}{x}'", "Line 4: "),
        ("x = 'a'\n  for i in range(99): x = x.replace('a', 'aa')", "Line 4: "),
        ("x = 9**9**9", "Line 3: “x = 9 ** 9 ** 9”"),
        ("x = math.exp(9999)", "Line 3: “math.exp(9999)”"),
        ("self.net = Net()", "Line 3: What is nested so deeply"),
        ("self.net = nn.ModuleList([nn.Linear(3, 3)] * 5000)", "Line 3: "),
    ],
)
def test_code_that_would_never_end_is_refused_at_its_line(line: str, said: str) -> None:
    head = "class Net(nn.Module):\n def __init__(self):\n  "
    with pytest.raises(UserError) as told:
        read_code(f"{head}{line}\n def forward(self, x):\n  return x\nNet()")
    assert told.value.message.startswith(said)


def test_a_block_that_is_used_in_two_sizes_is_one_block_with_params() -> None:
    project = read_code("""
        class Wide(nn.Module):
            def __init__(self, cin, width=64, stride=1):
                super().__init__()
                self.conv = nn.Conv2d(cin, width * 2, 3, stride=stride)
            def forward(self, x):
                return F.relu(self.conv(x))
        nn.Sequential(Wide(3), Wide(128, 32), Wide(64, 32, stride=2), Wide(64, 32, stride=2))
    """)
    assert list(project.definitions) == ["main", "Wide"]
    assert {n: p.default for n, p in project.definitions["Wide"].params.items()} == {
        "width": 64, "stride": 1,
    }  # fmt: skip
    found = sorted(project.graph.nodes.values(), key=lambda node: node.order)
    assert [(dict(n.params), n.repeat) for n in found] == [
        ({}, 0), ({"width": 32}, 0), ({"width": 32, "stride": 2}, 2),
    ]  # fmt: skip
    conv = project.definitions["Wide"].graph.by_name("conv")
    assert conv is not None
    assert str(conv.params["out_channels"]) == "=width * 2"


def test_what_is_not_taken_over_is_told_in_a_note() -> None:
    project = read_code(CLASS.replace(
        "self.conv = ", "nn.init.zeros_(self.conv.weight)\n        self.conv = "
    ))  # fmt: skip
    (note,) = project.notes.values()
    assert "Line 5: nn.init.zeros_(self.conv.weight)" in note.text


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
    assert len(file.load(tmp_path / "net.netwright").graph.nodes) == 9
    assert cli.main(words) == 3  # nothing is written over
