"""Expressions in a drawing: analysed, printed, built, in blocks and files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.errors import UserError
from graphcore.project.edits import AddDefinition, AddNode, SetParam
from graphcore.project.file import parse, to_text
from graphcore.project.graph import Node, NodeId
from tests.drawing import Drawing
from tests.graphcore.code.test_blocks import definition
from tests.graphcore.code.test_write import ruff


def gate(line: str, count: int = 2, type_text: str = "float32[4, 6]") -> Drawing:
    """Inputs into an Expression, each of whose outputs is one of the model."""
    drawing = Drawing()
    inputs = [drawing.input(type_text, f"in{n}") for n in range(count)]
    node = drawing.add("ops.Expression", *inputs, name="gate", line=line)
    for port in drawing.project.ports(drawing.project.graph.nodes[node])[1]:
        drawing.add("io.Output", (node, port.name), name=f"out_{port.name}")
    return drawing


def problems(drawing: Drawing) -> list[str]:
    return [p.message for p in drawing.analysis().problems if p.severity == "error"]


def test_it_is_what_it_says(tmp_path: Path) -> None:
    drawing = gate("x*torch.sigmoid(y)")
    assert problems(drawing) == []
    text = drawing.code().text
    assert "gate = in0 * torch.sigmoid(in1)  # [B, 4, 6]" in text
    assert "import torch.nn.functional" not in text
    assert not ruff([text], tmp_path)
    x, y = torch.randn(2, 4, 6), torch.randn(2, 4, 6)
    assert torch.equal(build(drawing.code()).model(x, y), x * torch.sigmoid(y))


def test_two_values_come_out(tmp_path: Path) -> None:
    drawing = gate("F.pad(x, (1, 0)).sum(-1, keepdim=True), x[:, 1:] @ x.mT", 1)
    assert problems(drawing) == []
    assert str(drawing.analysis().nodes["gate"].outputs["output_2"]) == "float32[B, 3, 4]"
    text = drawing.code().text
    assert "import torch.nn.functional as F\n" in text
    assert not ruff([text], tmp_path)
    x = torch.randn(2, 4, 6)
    first, second = build(drawing.code()).model(x)
    torch.testing.assert_close(first, x.sum(-1, keepdim=True))
    assert torch.equal(second, x[:, 1:] @ x.mT)


def test_shapes_that_do_not_fit_are_a_problem() -> None:
    drawing = gate("x @ y")
    (said,) = problems(drawing)
    assert "Expression “gate” can't work with" in said


@pytest.mark.parametrize("line", ["x * (1 // 0)", "x * 9007199254740992**64", "x[:, 0:1:0]"])
def test_numbers_without_a_value_are_a_problem(line: str) -> None:
    assert len(problems(gate(line, 1))) == 1


def test_what_is_not_wired_is_missing_in_the_code() -> None:
    drawing = gate("x + y", 1)
    assert "gate = in0 + ..." in drawing.code().text
    assert any("“y”" in said for said in problems(drawing))


def test_a_long_line_can_be_read(tmp_path: Path) -> None:
    line = " + ".join(f"torch.sigmoid(x * {n}.5 + y)" for n in range(9))
    drawing = gate(line)
    compile(drawing.code().text, "long", "exec")
    build(drawing.code())


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
@pytest.mark.parametrize(
    "line",
    [
        "x * torch.sigmoid(y)", "torch.where(x > 0, x, y**2), -x", "torch.cat([x, y], dim=-1)",
        "x.view(x.size(0), -1)", "x.chunk(2, dim=-1)[0] * y[:, :, :3]", "x.max(1)[0]",
        "F.gelu(x, approximate=\"tanh\") + y[:, None, 0]", "torch.einsum(\"bij,bkj->bik\", x, y)",
        "x.masked_fill(y > 0, float(\"-inf\"))", "(x > 0).to(torch.float32) * x.shape[1]",
    ],
)  # fmt: skip
def test_it_scripts_and_exports(line: str) -> None:
    drawing = gate(line, 1 + ("y" in line))
    model = build(drawing.code()).model.eval()
    inputs = tuple(torch.randn(3, 4, 6) for _ in drawing.code().inputs)
    expected = model(*inputs)
    for other in (torch.jit.script(model), torch.export.export(model, inputs).module()):
        torch.testing.assert_close(other(*inputs), expected)


def test_it_stands_in_a_block_and_in_a_file() -> None:
    drawing = Drawing()
    inner = definition(
        [("a", "io.Input", {}), ("doubled", "ops.Expression", {"line": "2 * v"}),
         ("b", "io.Output", {})],
        [("a", "doubled", "v"), ("doubled", "b", "input")], {},
    )  # fmt: skip
    drawing.do(AddDefinition("Twice", inner))
    x = drawing.input("float32[6]")
    drawing.do(AddNode(Node(NodeId("t"), "block.Twice", "twice", {}, {"repeat": 3}, order=4)))
    drawing.wire(x, NodeId("t"), "a")
    drawing.add("io.Output", (NodeId("t"), "b"), name="y")
    assert problems(drawing) == []
    assert "doubled = 2 * a" in drawing.code().text
    assert torch.equal(build(drawing.code()).model(torch.ones(1, 6)), torch.full((1, 6), 8.0))
    again = parse(to_text(drawing.project))
    assert to_text(again) == to_text(drawing.project)
    assert write_code(again, analyse(again)).text == drawing.code().text


def test_a_file_can_not_bring_another_line() -> None:
    data = json.loads(to_text(gate("x + y").project))
    nodes = data["definitions"]["main"]["nodes"]
    (node,) = (row for row in nodes if row["name"] == "gate")
    node["params"]["line"] = "x + __import__('os').system('true')"
    with pytest.raises(UserError, match=r"gate.*column 5"):
        parse(json.dumps(data))
    node["params"]["line"] = "=3"
    project = parse(json.dumps({**data, "definitions": {"main": {"nodes": nodes, "wires": []}}}))
    assert any("line" in p.message for p in analyse(project).problems)


def test_undo_brings_the_ports_back() -> None:
    drawing = gate("x + y")
    node = drawing.project.graph.by_name("gate")
    assert node is not None
    undo = SetParam(node.id, "line", "x + other").apply(drawing.project)
    assert drawing.project.slots(drawing.project.graph.nodes[node.id]) == ("x", "other")
    undo.apply(drawing.project)
    assert drawing.project.slots(drawing.project.graph.nodes[node.id]) == ("x", "y")


@pytest.mark.parametrize(
    ("given", "text"), [("-inf", 'float("-inf")'), (float("inf"), 'float("inf")')]
)
def test_a_mask_may_be_infinite(given: object, text: str) -> None:
    drawing = Drawing()
    x, mask = drawing.input("float32[6]"), drawing.input("bool[6]", "mask")
    drawing.add("io.Output", drawing.add("ops.masked_fill", x, mask, value=given), name="y")
    assert problems(drawing) == []
    assert f"x.masked_fill(mask, {text})" in drawing.code().text
    model = build(drawing.code()).model
    found = model(torch.zeros(1, 6), torch.ones(1, 6, dtype=torch.bool))
    assert found.isinf().all()
    assert to_text(parse(to_text(drawing.project))) == to_text(drawing.project)
    with pytest.raises(UserError, match="not allowed"):
        drawing.add("nn.Dropout", x, p=float("inf"))
