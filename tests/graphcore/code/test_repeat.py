"""Repeated blocks, shared layers, tied weights, bypass and mute: in the text and in the numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from graphcore.code.build import build
from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.project.edits import AddDefinition, AddNode, Connect, Set
from graphcore.project.file import parse, to_text
from graphcore.project.graph import Node, NodeId, Wire
from tests.drawing import Drawing, digits_cnn
from tests.graphcore.code.test_blocks import definition, residual
from tests.graphcore.code.test_write import ruff


def repeated(params: dict[str, object], times: int = 3) -> Drawing:
    """A residual block, repeated, between an input and a head."""
    drawing = Drawing()
    drawing.do(AddDefinition("Residual", residual()))
    x = drawing.input("float32[3, 8, 8]", "picture")
    node = Node(NodeId("layers"), "block.Residual", "layers", params, {"repeat": times}, order=5)
    drawing.do(AddNode(node, (0, 0)))
    drawing.do(Connect(Wire(x, "output", node.id, "x")))
    drawing.add("io.Output", (node.id, "y"), name="result")
    return drawing


def test_a_repeated_block_is_a_list_and_a_loop(tmp_path: Path) -> None:
    drawing = repeated({"width": 4})
    text = drawing.code().text
    assert "[Residual(3, width=4), Residual(8, width=4), Residual(8, width=4)]" in text
    assert "        layers = picture\n        for turn in self.layers:\n" in text
    assert "            layers = turn(layers)  # [B, 8, 8, 8]\n" in text
    model = build(drawing.code()).model
    assert model(torch.rand(2, 3, 8, 8)).shape == (2, 8, 8, 8)
    analysis = drawing.analysis()
    assert analysis.parameters == sum(p.numel() for p in model.parameters())
    assert analysis.nodes["layers.1.conv1"].params["in_channels"] == 8
    assert ruff([text], tmp_path) == ""


def test_the_index_of_the_turn_is_known_to_formulas(tmp_path: Path) -> None:
    drawing = repeated({"width": Formula("4 * 2**i")})
    text = drawing.code().text
    assert "Residual(3, width=4)" in text
    assert "Residual(16, width=16)" in text
    model = build(drawing.code()).model
    assert model(torch.rand(2, 3, 8, 8)).shape == (2, 32, 8, 8)
    assert drawing.analysis().parameters == sum(p.numel() for p in model.parameters())
    assert ruff([text], tmp_path) == ""


def encoder(width: object) -> Drawing:
    """A block whose input and output are of one size, over and over."""
    drawing = Drawing()
    inner = definition(
        [
            ("x", "io.Input", {}),
            ("norm", "nn.LayerNorm", {}),
            ("wide", "nn.Linear", {"out_features": Formula("width")}),
            ("gelu", "nn.GELU", {}),
            ("narrow", "nn.Linear", {"out_features": 16}),
            ("plus", "ops.add", {}),
            ("y", "io.Output", {}),
        ],
        [
            ("x", "norm", "input"),
            ("norm", "wide", "input"),
            ("wide", "gelu", "input"),
            ("gelu", "narrow", "input"),
            ("x", "plus", "tensors.0"),
            ("narrow", "plus", "tensors.1"),
            ("plus", "y", "input"),
        ],
        {"width": 32},
    )
    drawing.do(AddDefinition("Mixer", inner))
    x = drawing.input("float32[16]")
    node = Node(NodeId("m"), "block.Mixer", "mixers", {"width": width}, {"repeat": 12}, order=5)
    drawing.do(AddNode(node, (0, 0)))
    drawing.do(Connect(Wire(x, "output", node.id, "x")))
    drawing.add("io.Output", (node.id, "y"), name="result")
    return drawing


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (32, "nn.ModuleList([Mixer() for _ in range(12)])"),
        (48, "nn.ModuleList([Mixer(width=48) for _ in range(12)])"),
        (Formula("16 * (i + 1)"), "[Mixer(width=16 * (i + 1)) for i in range(12)]"),
    ],
)
def test_equal_turns_print_as_a_comprehension(width: object, said: str) -> None:
    drawing = encoder(width)
    assert said in drawing.code().text
    model = build(drawing.code()).model
    assert len(model.mixers) == 12
    assert drawing.analysis().parameters == sum(p.numel() for p in model.parameters())


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_loops_script() -> None:
    model = build(encoder(32).code()).model.eval()
    x = torch.rand(3, 16)
    assert torch.allclose(torch.jit.script(model)(x), model(x))


def test_a_shared_layer_is_one_attribute_called_twice() -> None:
    drawing = Drawing()
    left, right = drawing.input("float32[6]", "left"), drawing.input("float32[6]", "right")
    first = drawing.add("nn.Linear", left, name="tower", out_features=5)
    second = drawing.add("nn.Linear", right, name="tower2", out_features=9)
    drawing.setting(second, "shares", "tower")
    drawing.add("io.Output", drawing.add("ops.sub", first, second), name="distance")
    text = drawing.code().text
    assert text.count("nn.Linear(") == 1
    assert "tower2 = self.tower(right)  # [B, 5]" in text
    assert drawing.analysis().parameters == 35
    assert drawing.analysis().nodes["tower2"].parameters == 0
    assert [p for p in drawing.analysis().problems if p.severity == "error"] == []


def test_tied_weights_are_one_tensor_counted_once() -> None:
    drawing = Drawing()
    tokens = drawing.input("int64[7]", "tokens")
    embedded = drawing.add(
        "nn.Embedding", tokens, name="embed", num_embeddings=50, embedding_dim=8
    )  # fmt: skip
    head = drawing.add("nn.Linear", embedded, name="head", out_features=50, bias=False)
    drawing.setting(head, "ties", {"weight": "embed.weight"})
    drawing.add("io.Output", head, name="logits")
    assert "self.head.weight = self.embed.weight\n" in drawing.code().text
    model = build(drawing.code()).model
    assert model.head.weight is model.embed.weight
    assert drawing.analysis().parameters == 400 == sum(p.numel() for p in model.parameters())


def test_the_objective_shares_a_layer_of_the_model() -> None:
    drawing = digits_cnn()
    graph = drawing.project.graph
    again = drawing.add("nn.Linear", graph.by_name("flatten").id, name="again", out_features=10)
    drawing.setting(again, "shares", "linear")
    term = drawing.add("ops.mean", again, dim=None)
    drawing.add("loss.Term", term, name="size")
    text = drawing.code().text
    assert "again = self.model.linear(flatten)" in text
    objective = build(drawing.code()).objective
    terms = objective(torch.rand(2, 1, 8, 8), torch.tensor([0, 1]))
    assert set(terms) == {"loss", "size"}


def test_a_bypassed_node_hands_its_input_on() -> None:
    drawing = digits_cnn()
    before = drawing.analysis().nodes["linear"].params["in_features"]
    drawing.setting(drawing.project.graph.by_name("relu").id, "bypass", True)
    text = drawing.code().text
    assert "relu = conv  # [B, 16, 8, 8]" in text
    assert "nn.ReLU" not in text
    drawing.setting(drawing.project.graph.by_name("max_pool").id, "bypass", True)
    assert drawing.analysis().nodes["linear"].params["in_features"] == 4 * before
    build(drawing.code()).model(torch.rand(2, 1, 8, 8))


def test_a_muted_node_gives_zeros_and_a_muted_loss_is_no_term() -> None:
    drawing = digits_cnn()
    drawing.setting(drawing.project.graph.by_name("relu").id, "mute", True)
    assert "relu = torch.zeros_like(self.relu(conv))" in drawing.code().text
    drawing.do(Set(("nodes", "main", drawing.project.graph.by_name("loss").id, "settings",
                    "mute"), True))  # fmt: skip
    assert drawing.analysis().parts.terms == ()


def test_all_of_it_survives_the_file() -> None:
    drawing = encoder(Formula("16 * (i + 1)"))
    again = Drawing()
    again.project = parse(to_text(drawing.project))
    assert again.code().text == drawing.code().text


def test_a_billion_layers_are_refused() -> None:
    text = to_text(encoder(32).project)
    with pytest.raises(UserError, match="repeat"):
        parse(text.replace('"repeat": 12', '"repeat": 1000000000'))
    nested = repeated({"width": 4})
    for level in range(3):
        inner = definition(
            [("x", "io.Input", {}), ("b", f"block.{'L' * level or 'Residual'}", {}),
             ("y", "io.Output", {})],
            [("x", "b", "x"), ("b", "y", "input")], {},
        )  # fmt: skip
        node = inner.graph.nodes[NodeId("b")]
        inner.graph.nodes[NodeId("b")] = replace(node, settings={"repeat": 1000})
        inner.graph.wires[NodeId("y"), "input"] = Wire(NodeId("b"), "y", NodeId("y"), "input")
        nested.project.definitions["L" * (level + 1)] = inner
    with pytest.raises(UserError, match="unfolds to more than"):
        parse(to_text(nested.project))
