"""Taps inside blocks: values by path, the numbers and the plain text left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from graphcore.code.build import build
from graphcore.code.code import Tap
from graphcore.project.edits import AddDefinition, AddNode, Connect, Set
from graphcore.project.graph import Node, NodeId, Wire
from tests.drawing import Drawing, digits_choice
from tests.graphcore.code.test_blocks import definition
from tests.graphcore.code.test_write import ruff


def network(turns: int = 3) -> Drawing:
    """Two stages, the second used again, each of a repeated step, over the digits."""
    drawing = Drawing(digits_choice())
    step = definition(
        [("x", "io.Input", {}), ("linear", "nn.Linear", {"out_features": 6}),
         ("relu", "nn.ReLU", {"inplace": True}), ("y", "io.Output", {})],
        [("x", "linear", "input"), ("linear", "relu", "input"), ("relu", "y", "input")], {},
    )  # fmt: skip
    stage = definition(
        [("x", "io.Input", {}), ("wide", "nn.Linear", {"out_features": 6}),
         ("steps", "block.Step", {}), ("y", "io.Output", {})],
        [("x", "wide", "input"), ("wide", "steps", "x")], {},
    )  # fmt: skip
    drawing.do(AddDefinition("Step", step))
    drawing.do(AddDefinition("Stage", stage))
    drawing.do(Set(("nodes", "Stage", NodeId("steps"), "settings", "repeat"), turns))
    drawing.do(Connect(Wire(NodeId("steps"), "y", NodeId("y"), "input"), "Stage"))
    data = drawing.add("data.Dataset")
    x = drawing.add("nn.Flatten", (data, "image"))
    for number in range(2):
        node = Node(NodeId(f"s{number}"), "block.Stage", f"stage{number}", order=10 + number)
        drawing.do(AddNode(node))
        drawing.wire((x, "y") if number else x, node.id, "x")
        x = node.id
    head = drawing.add("nn.Linear", (x, "y"), name="head", out_features=10)
    drawing.add("loss.CrossEntropyLoss", head, (data, "label"), name="loss")
    return drawing


def batch() -> tuple[torch.Tensor, torch.Tensor]:
    torch.manual_seed(1)
    return torch.rand(4, 1, 8, 8), torch.randint(0, 10, (4,))


def every_path(drawing: Drawing) -> list[str]:
    analysis = drawing.analysis()
    assert [p.message for p in analysis.problems if p.severity == "error"] == []
    given = {value.node for value in analysis.parts.inputs.values()}
    return [
        path for path, facts in analysis.nodes.items()
        if "output" in facts.outputs and path != "loss" and facts.node not in given
    ]  # fmt: skip


def test_every_value_in_every_block_is_what_the_layer_gives(tmp_path: Path) -> None:
    drawing = network()
    paths = every_path(drawing)
    assert "stage1.steps.2.relu" in paths
    tapped = drawing.code(*(Tap(path, "output") for path in paths))
    assert not ruff([tapped.text], tmp_path)
    plain, other = build(drawing.code()), build(tapped)
    other.model.load_state_dict(plain.model.state_dict())
    seen: dict[str, torch.Tensor] = {}
    for name, module in plain.model.named_modules():
        module.register_forward_hook(lambda _, __, out, name=name: seen.update({name: out.clone()}))
    assert plain.objective is not None
    assert other.objective is not None
    expected, found = plain.objective(*batch()), other.objective(*batch())
    assert torch.equal(expected["loss"], found["loss"])
    layers = [path for path in paths if path in seen]
    assert len(layers) >= 2 * (1 + 3 * 2)
    for path in layers:
        if not path.endswith("linear"):  # the plain ReLU writes over it
            assert torch.equal(found[f"tap:{path}.output"], seen[path]), path
    linear = found["tap:stage0.steps.1.linear.output"]
    assert torch.equal(linear.relu(), found["tap:stage0.steps.1.relu.output"])
    assert (linear < 0).any()


def test_one_tap_changes_only_its_way() -> None:
    drawing = network()
    text = drawing.code(Tap("stage1.steps.1.linear", "output")).text
    assert "stage0 = self.stage0(flatten)" in text
    assert "stage1, stage1_steps_1_linear_output = self.stage1.body(stage0)" in text
    assert "steps, *inside = turn.body(steps)" in text


def test_without_taps_the_text_is_the_same() -> None:
    drawing = network()
    before = drawing.code().text
    drawing.code(Tap("stage1.steps.1.linear", "output"))
    assert drawing.code().text == before
    assert "body" not in before


def test_a_gradient_reaches_a_tapped_value() -> None:
    drawing = network()
    built = build(drawing.code(Tap("stage0.wide", "output")))
    assert built.objective is not None
    found = built.objective(*batch())
    (gradient,) = torch.autograd.grad(found["loss"], [found["tap:stage0.wide.output"]])
    assert gradient.shape == (4, 6)


def test_a_block_used_again_is_told_apart_by_its_path() -> None:
    drawing = network()
    third = Node(NodeId("s2"), "block.Step", "again", {}, {"shares": "first"}, order=20)
    first = Node(NodeId("s3"), "block.Step", "first", order=19)
    drawing.do(AddNode(first))
    drawing.do(AddNode(third))
    drawing.wire((NodeId("s1"), "y"), first.id, "x")
    drawing.wire((first.id, "y"), third.id, "x")
    head = drawing.project.graph.by_name("head")
    assert head is not None
    drawing.wire((third.id, "y"), head.id, "input")
    built = build(drawing.code(Tap("first.linear", "output"), Tap("again.linear", "output")))
    assert built.objective is not None
    found = built.objective(*batch())
    one, two = (found[f"tap:{name}.linear.output"] for name in ("first", "again"))
    assert not torch.equal(one, two)
    assert torch.allclose(two, built.model.get_submodule("first.linear")(one.relu()))


def test_a_muted_block_hands_out_what_is_inside() -> None:
    drawing = network()
    drawing.setting(NodeId("s1"), "mute", True)
    built = build(drawing.code(Tap("stage1.wide", "output"), Tap("stage1", "y")))
    assert built.objective is not None
    found = built.objective(*batch())
    assert found["tap:stage1.wide.output"].any()
    assert not found["tap:stage1.y"].any()


def test_a_path_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        network().code(Tap("stage1.steps.7.linear", "output"))
