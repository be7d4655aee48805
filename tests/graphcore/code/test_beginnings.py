"""Initial weights: written as a person would, equal to a network made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from graphcore.analysis.analyse import analyse
from graphcore.code.build import build
from graphcore.code.write import write_code
from graphcore.kinds.inits import DEFAULT, INITS, chosen
from graphcore.project.edits import AddDefinition, AddNode, Set
from graphcore.project.file import parse, to_text
from graphcore.project.graph import Node, NodeId
from tests.drawing import Drawing, Source
from tests.graphcore.code.test_blocks import definition
from tests.graphcore.code.test_write import ruff

KAIMING = {"name": "kaiming_normal_", "params": {"nonlinearity": "relu"}}


def body(text: str) -> str:
    return text[text.index("class Model") :]


def weights_after(make: Callable[[], nn.Module], seed: int = 3) -> list[Tensor]:
    torch.manual_seed(seed)
    return [weights.detach() for weights in make().parameters()]


def equal(ours: Iterable[Tensor], theirs: Iterable[Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(ours, theirs, strict=True))


def made(drawing: Drawing) -> Callable[[], nn.Module]:
    return lambda: build(drawing.code()).model


def layer(kind: str, source: Source, setting: dict[str, object], **params: object) -> Drawing:
    """One layer between an Input of that type and an Output."""
    drawing = Drawing()
    found = drawing.add(kind, drawing.input(str(source)), name="one", **params)
    drawing.add("io.Output", found, name="y")
    drawing.setting(found, "init", setting)
    return drawing


class ByHand(nn.Module):
    """What the drawing of `network` says."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.linear = nn.Linear(8 * 64, 10)
        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")
        nn.init.zeros_(self.conv.bias)
        nn.init.xavier_uniform_(self.linear.weight, gain=2.0)
        nn.init.constant_(self.linear.bias, 0.1)


def network() -> Drawing:
    drawing = Drawing()
    conv = drawing.add("nn.Conv2d", drawing.input("float32[3, 8, 8]"), out_channels=8)
    x = drawing.add("nn.Flatten", drawing.add("nn.ReLU", conv))
    linear = drawing.add("nn.Linear", x, out_features=10)
    drawing.add("io.Output", linear, name="y")
    drawing.setting(conv, "init", KAIMING)
    bias = {"name": "constant_", "params": {"val": 0.1}}
    xavier = {"name": "xavier_uniform_", "params": {"gain": 2.0}, "bias": bias}
    drawing.setting(linear, "init", xavier)
    return drawing


def test_equal_to_a_network_made_by_hand() -> None:
    assert equal(weights_after(made(network())), weights_after(ByHand))


def test_it_reads_as_written_by_hand(tmp_path: Path) -> None:
    code = network().code()
    assert '        nn.init.kaiming_normal_(self.conv.weight, nonlinearity="relu")\n' in code.text
    assert "        nn.init.zeros_(self.conv.bias)\n" in code.text
    assert "        nn.init.constant_(self.linear.bias, 0.1)\n" in code.text
    assert not ruff([code.text], tmp_path)
    lines = code.text.splitlines()
    assert [lines[n - 1].strip()[:12] for n in code.lines_of("conv")][:3] == [
        "self.conv = ", "nn.init.kaim", "nn.init.zero",
    ]  # fmt: skip


def test_it_survives_the_file_and_undo() -> None:
    drawing = network()
    assert to_text(parse(to_text(drawing.project))) == to_text(drawing.project)
    again = parse(to_text(drawing.project))
    assert write_code(again, analyse(again)).text == drawing.code().text
    node = drawing.project.graph.by_name("conv")
    assert node is not None
    before = drawing.code().text
    undo = Set(("nodes", "main", node.id, "settings", "init"), chosen("ones_")).apply(
        drawing.project
    )
    assert drawing.code().text != before
    undo.apply(drawing.project)
    assert drawing.code().text == before


@pytest.mark.parametrize("name", sorted(INITS))
def test_every_way_builds_where_it_fits(name: str) -> None:
    is_filter = INITS[name].fewest > 2
    source, kind = ("float32[4, 8, 8]", "nn.Conv2d") if is_filter else ("float32[6]", "nn.Linear")
    drawing = layer(kind, source, chosen(name))
    assert [p.message for p in drawing.analysis().problems] == []
    assert ("nn.init" in drawing.code().text) == (name != DEFAULT)
    assert all(weights.isfinite().all() for weights in weights_after(made(drawing)))


def test_a_layer_with_many_weights_gets_a_loop(tmp_path: Path) -> None:
    drawing = layer("nn.LSTM", "float32[7, 5]", chosen("orthogonal_"), num_layers=2)

    def by_hand() -> nn.Module:
        lstm = nn.LSTM(5, 32, 2, batch_first=True)
        for name, weights in lstm.named_parameters():
            if weights.dim() > 1:
                nn.init.orthogonal_(weights)
            elif "bias" in name:
                nn.init.zeros_(weights)
        return lstm

    ours = weights_after(made(drawing))
    assert equal(ours, weights_after(by_hand))
    assert sum(not weights.any() for weights in ours) == 4
    text = drawing.code().text
    assert "for name, weights in self.one.named_parameters():\n            if weights.dim()" in text
    assert not ruff([text], tmp_path)


def test_scales_inside_a_transformer_stay_at_one() -> None:
    drawing = layer("nn.TransformerEncoder", "float32[7, 8]", chosen("xavier_uniform_"), nhead=2)
    torch.manual_seed(0)
    found = dict(build(drawing.code()).model.named_parameters())
    norms = [weights for name, weights in found.items() if name.endswith("norm1.weight")]
    assert len(norms) == 2
    assert all((weights == 1).all() for weights in norms)
    assert all(not w.any() for name, w in found.items() if name.endswith("bias"))


def test_only_the_bias() -> None:
    setting = {"name": DEFAULT, "bias": {"name": "constant_", "params": {"val": -2.0}}}
    drawing = layer("nn.GRU", "float32[7, 5]", setting)
    found = dict(build(drawing.code()).model.named_parameters())
    assert all(((w == -2) == ("bias" in name)).all() for name, w in found.items())
    drawing = layer("nn.Linear", "float32[5]", setting)
    assert "nn.init.constant_(self.one.bias, -2.0)" in drawing.code().text
    assert "weight" not in body(drawing.code().text)


def test_the_row_for_nothing_stays_zero() -> None:
    drawing = layer("nn.Embedding", "int64[7]", chosen("normal_"), padding_idx=1)
    (rows,) = weights_after(made(drawing))
    assert [bool(row.any()) for row in rows[:3]] == [True, False, True]
    assert 0.015 < rows.std() < 0.025


def test_a_learned_tensor_begins_so_too() -> None:
    drawing = Drawing()
    x = drawing.input("float32[6]")
    place = drawing.add("nn.Parameter", name="place", shape=(1, 6))
    drawing.add("io.Output", drawing.add("ops.add", x, place), name="y")
    drawing.setting(place, "init", {"name": "constant_", "params": {"val": 3.0}})
    assert "nn.init.constant_(self.place, 3.0)" in drawing.code().text
    (found,) = weights_after(made(drawing))
    assert (found == 3).all()


def test_a_shared_layer_begins_once() -> None:
    drawing = Drawing()
    x = drawing.input("float32[6]")
    first = drawing.add("nn.Linear", x, name="first", out_features=6)
    second = drawing.add("nn.Linear", first, name="second", out_features=6)
    drawing.add("io.Output", second, name="y")
    drawing.setting(second, "shares", "first")
    drawing.setting(first, "init", KAIMING)
    drawing.setting(second, "init", chosen("ones_"))
    text = drawing.code().text
    assert text.count("nn.init.kaiming_normal_") == 1
    assert "ones_" not in text


def test_what_is_bypassed_or_tied_is_not_begun() -> None:
    drawing = Drawing()
    x = drawing.input("float32[6]")
    first = drawing.add("nn.Linear", x, name="first", out_features=6)
    second = drawing.add("nn.Linear", first, name="second", out_features=6)
    third = drawing.add("nn.Linear", second, name="third", out_features=6)
    drawing.add("io.Output", third, name="y")
    for node in (first, second, third):
        drawing.setting(node, "init", chosen("ones_"))
    drawing.setting(second, "ties", {"weight": "first.weight"})
    drawing.setting(third, "bypass", True)
    text = body(drawing.code().text)
    assert "nn.init.ones_(self.first.weight)" in text
    assert "self.second.weight)" not in text
    assert "nn.init.zeros_(self.second.bias)" in text
    assert "third" not in text.partition("def forward")[0]
    build(drawing.code())


def repeated(turns: int) -> Drawing:
    """A block of one Linear that begins as ones, repeated."""
    drawing = Drawing()
    nodes: list[tuple[str, str, dict[str, object]]] = [
        ("x", "io.Input", {}), ("linear", "nn.Linear", {"out_features": 6}), ("y", "io.Output", {}),
    ]  # fmt: skip
    wires = [("x", "linear", "input"), ("linear", "y", "input")]
    drawing.do(AddDefinition("Step", definition(nodes, wires, {})))
    x = drawing.input("float32[6]")
    drawing.do(AddNode(Node(NodeId("s"), "block.Step", "steps", {}, {"repeat": turns}, order=5)))
    drawing.wire(x, NodeId("s"), "x")
    drawing.add("io.Output", (NodeId("s"), "y"), name="out")
    path = ("nodes", "Step", NodeId("linear"), "settings", "init")
    drawing.do(Set(path, {"name": "ones_", "bias": {"name": DEFAULT}}))
    return drawing


def test_a_block_begins_in_its_own_class(tmp_path: Path) -> None:
    drawing = repeated(3)
    text = drawing.code().text
    assert text.index("nn.init.ones_(self.linear.weight)") < text.index("class Model")
    assert text.count("nn.init") == 1
    found = dict(build(drawing.code()).model.named_parameters())
    assert all((found[f"steps.{turn}.linear.weight"] == 1).all() for turn in range(3))
    assert not ruff([text], tmp_path)


def test_a_problem_inside_a_block_is_told_at_its_path() -> None:
    drawing = repeated(2)
    path = ("nodes", "Step", NodeId("linear"), "settings", "init")
    drawing.do(Set(path, chosen("dirac_")))
    found = [p for p in drawing.analysis().problems if p.rule == "init"]
    assert [p.path for p in found] == ["steps.0.linear", "steps.1.linear"]
    assert "needs weights of 3 to 5 dims" in found[0].message
    assert drawing.analysis().blocking("build")


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_torchscript_knows_nothing_of_beginnings() -> None:
    model = made(network())()
    x = torch.randn(2, 3, 8, 8)
    assert torch.equal(torch.jit.script(model)(x), model(x))
