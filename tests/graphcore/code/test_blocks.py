"""Blocks: one class a definition, as a person would write it."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.kinds.formula import Formula
from graphcore.project.definitions import Definition, DefinitionParam
from graphcore.project.edits import AddDefinition, AddNode, Connect, SetParam
from graphcore.project.file import parse, to_text
from graphcore.project.graph import Node, NodeId, Wire
from tests.drawing import Drawing
from tests.graphcore.code.test_write import ruff


def definition(
    nodes: list[tuple[str, str, dict[str, object]]],
    wires: list[tuple[str, str, str]],
    params: dict[str, object],
) -> Definition:
    """A definition from (name, kind, params) and (source, target, slot)."""
    made = Definition(params={name: DefinitionParam(value) for name, value in params.items()})
    for order, (name, kind, values) in enumerate(nodes):
        made.graph.nodes[NodeId(name)] = Node(NodeId(name), kind, name, values, order=order)
    for source, target, slot in wires:
        made.graph.wires[NodeId(target), slot] = Wire(
            NodeId(source), "output", NodeId(target), slot
        )
    made.graph.changed()
    return made


def residual() -> Definition:
    """Two convolutions around a shortcut with a 1x1 convolution."""
    width = Formula("width")
    return definition(
        [
            ("x", "io.Input", {}),
            ("conv1", "nn.Conv2d", {"out_channels": width, "kernel_size": 3, "padding": 1}),
            ("norm1", "nn.BatchNorm2d", {}),
            ("relu", "nn.ReLU", {}),
            ("conv2", "nn.Conv2d", {"out_channels": Formula("width * 2"), "kernel_size": 1}),
            ("shortcut", "nn.Conv2d", {"out_channels": Formula("width * 2"), "kernel_size": 1}),
            ("sum", "ops.add", {}),
            ("y", "io.Output", {}),
        ],
        [
            ("x", "conv1", "input"),
            ("conv1", "norm1", "input"),
            ("norm1", "relu", "input"),
            ("relu", "conv2", "input"),
            ("x", "shortcut", "input"),
            ("conv2", "sum", "tensors.0"),
            ("shortcut", "sum", "tensors.1"),
            ("sum", "y", "input"),
        ],
        {"width": 8},
    )


def stage() -> Definition:
    """Two residual blocks, one after the other."""
    return definition(
        [
            ("x", "io.Input", {}),
            ("first", "block.Residual", {"width": Formula("size")}),
            ("second", "block.Residual", {"width": Formula("size")}),
            ("y", "io.Output", {}),
        ],
        [("x", "first", "x"), ("second", "y", "input")],
        {"size": 8},
    )


def network() -> Drawing:
    """Two stages of two residual blocks between a stem and a head."""
    drawing = Drawing()
    drawing.do(AddDefinition("Residual", residual()))
    inner = stage()
    inner.graph.wires[NodeId("second"), "x"] = Wire(NodeId("first"), "y", NodeId("second"), "x")
    inner.graph.wires[NodeId("y"), "input"] = Wire(NodeId("second"), "y", NodeId("y"), "input")
    drawing.do(AddDefinition("Stage", inner))
    x = drawing.input("float32[3, 16, 16]", "picture")
    for number, size in enumerate((8, 16)):
        node = Node(NodeId(f"stage{number}"), "block.Stage", f"stage{number}", {"size": size},
                    order=10 + number)  # fmt: skip
        drawing.do(AddNode(node, (0, 0)))
        port = "output" if number == 0 else "y"
        drawing.do(Connect(Wire(x, port, node.id, "x")))
        x = node.id
    pooled = drawing.add("nn.AdaptiveAvgPool2d", (x, "y"))
    head = drawing.add("nn.Linear", drawing.add("nn.Flatten", pooled), name="head", out_features=5)
    drawing.add("io.Output", head, name="scores")
    return drawing


class Residual(torch.nn.Module):
    """The same by hand."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.conv1 = torch.nn.Conv2d(channels, width, 3, padding=1)
        self.norm1 = torch.nn.BatchNorm2d(width)
        self.conv2 = torch.nn.Conv2d(width, width * 2, 1)
        self.shortcut = torch.nn.Conv2d(channels, width * 2, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.conv2(self.norm1(self.conv1(x)).relu())
        return y + self.shortcut(x)


def test_blocks_are_analysed_at_every_path() -> None:
    analysis = network().analysis()
    assert [p for p in analysis.problems if p.severity == "error"] == []
    assert str(analysis.nodes["stage1.first.conv1"].inputs["input"]) == "float32[B, 16, 16, 16]"
    assert analysis.nodes["stage0.first.conv1"].params["in_channels"] == 3
    assert str(analysis.nodes["stage1"].outputs["y"]) == "float32[B, 32, 16, 16]"


def test_a_block_is_a_class_with_params_as_arguments() -> None:
    text = network().code().text
    assert "def __init__(self, in_channels: int, width: int = 8) -> None:\n" in text
    assert "self.conv1 = nn.Conv2d(in_channels, width, 3, padding=1)\n" in text
    assert "self.conv2 = nn.Conv2d(width, width * 2, 1)\n" in text
    assert "self.first = Residual(in_channels, width=size)\n" in text
    assert "self.stage0 = Stage(3, 16)\n" in text
    assert "self.stage1 = Stage(16, 32, size=16)\n" in text
    assert text.index("class Residual") < text.index("class Stage") < text.index("class Model")


def test_an_inferred_size_is_said_as_the_formula_that_it_comes_from() -> None:
    drawing = network()
    after = Node(NodeId("norm2"), "nn.BatchNorm2d", "norm2", {}, order=20)
    drawing.do(AddNode(after, None, "Residual"))
    drawing.do(Connect(Wire(NodeId("conv2"), "output", after.id, "input"), "Residual"))
    drawing.do(Connect(Wire(after.id, "output", NodeId("sum"), "tensors.0"), "Residual"))
    assert "self.norm2 = nn.BatchNorm2d(width * 2)\n" in drawing.code().text
    assert drawing.analysis().parameters == sum(
        p.numel() for p in build(drawing.code()).model.parameters()
    )


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_it_is_the_network_written_by_hand() -> None:
    torch.manual_seed(0)
    model = build(network().code()).model.eval()
    blocks = [Residual(3, 8), Residual(16, 8), Residual(16, 16), Residual(32, 16)]
    hand = torch.nn.Sequential(
        *blocks, torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(32, 5)
    ).eval()
    assert network().analysis().parameters == sum(p.numel() for p in hand.parameters())
    names = ("conv1", "norm1", "conv2", "shortcut")
    theirs = [model.stage0.first, model.stage0.second, model.stage1.first, model.stage1.second]
    for mine, other in zip(blocks, theirs, strict=True):
        for name in names:
            getattr(mine, name).load_state_dict(getattr(other, name).state_dict())
    hand[-1].load_state_dict(model.head.state_dict())
    picture = torch.rand(2, 3, 16, 16)
    assert torch.allclose(model(picture), hand(picture), atol=1e-6)
    assert torch.allclose(torch.jit.script(model)(picture), model(picture))


def test_the_text_passes_ruff(tmp_path: Path) -> None:
    assert ruff([network().code().text], tmp_path) == ""


def test_blocks_survive_the_file() -> None:
    project = network().project
    again = parse(to_text(project))
    assert write_code(again, analyse(again)).text == network().code().text


@pytest.mark.parametrize(
    ("help", "said"),
    [
        ("", '    """From x to y."""\n'),
        ("Adds what it skips", '    """Adds what it skips. From x to y."""\n'),
        ('Says """no"""\n\\', "Says '''no''' /. From x to y."),
        ("\u202eevil\x00()", "evil ()"),
        ("word " * 50, "word word\n    word"),
    ],
)
def test_the_note_of_a_definition_is_its_docstring(help: str, said: str, tmp_path: Path) -> None:
    drawing = network()
    drawing.project.definitions["Residual"].help = help
    code = drawing.code()
    assert said in code.text
    assert ruff([code.text], tmp_path) == ""
    build(code)


def test_a_formula_may_be_a_tuple() -> None:
    drawing = network()
    residual = drawing.project.definitions["Residual"].graph
    conv = next(node for node in residual.nodes.values() if node.name == "conv2")
    drawing.do(SetParam(conv.id, "kernel_size", Formula("(width // width, 1)"), "Residual"))
    assert "nn.Conv2d(width, width * 2, (width // width, 1))" in drawing.code().text
    assert drawing.analysis().nodes["stage1.first.conv2"].params["kernel_size"] == (1, 1)
    again = parse(to_text(drawing.project))
    assert write_code(again, analyse(again)).text == drawing.code().text
