"""Blocks are made and taken apart without changing what the drawing computes."""

from __future__ import annotations

import pytest
import torch

from graphcore.code.build import build
from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.project.edits import AddNode, Connect, Set
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.structure import collapse, make_unique
from graphcore.project.unpacking import unpack
from tests.drawing import Drawing, digits_cnn, two_heads


def ids(drawing: Drawing, *names: str) -> list[NodeId]:
    """The nodes of those names."""
    found = [drawing.project.graph.by_name(name) for name in names]
    return [node.id for node in found if node is not None]


def loss_of(drawing: Drawing) -> float:
    """The loss on a fixed batch with every weight set to a fixed pattern."""
    built = build(drawing.code())
    assert built.objective is not None
    with torch.no_grad():
        for parameter in built.objective.parameters():
            count = parameter.numel()
            parameter.copy_(torch.linspace(-0.3, 0.4, count).reshape(parameter.shape))
    image = torch.linspace(0, 1, 2 * 64).reshape(2, 1, 8, 8)
    fields = {"image": image, "label": torch.tensor([3, 1])}
    names = drawing.code().fields
    terms = built.objective(*(fields.get(name, image) for name in names))
    return float(sum(term.item() for term in terms.values()))


def test_a_selection_becomes_a_block_and_computes_the_same() -> None:
    drawing = digits_cnn()
    before, parameters = loss_of(drawing), drawing.analysis().parameters
    drawing.do(collapse(drawing.project, ids(drawing, "conv", "relu", "max_pool"), "Stem"))
    assert drawing.analysis().problems == ()
    assert drawing.analysis().parameters == parameters
    assert loss_of(drawing) == pytest.approx(before)
    text = drawing.code().text
    assert "class Stem(nn.Module):" in text
    assert "self.stem = Stem()" in text
    assert "stem = self.stem(image)  # [B, 16, 4, 4]" in text


def test_unpacking_gives_the_drawing_back() -> None:
    drawing = two_heads()
    before, code = loss_of(drawing), drawing.code().text
    chosen = ids(drawing, "linear", "digit", "pixels", "redrawn")
    drawing.do(collapse(drawing.project, chosen, "Heads"))
    assert loss_of(drawing) == pytest.approx(before)
    drawing.do(unpack(drawing.project, ids(drawing, "heads")[0]))
    assert loss_of(drawing) == pytest.approx(before)
    assert sorted(drawing.code().text.splitlines()) == sorted(code.splitlines())


def test_each_is_one_change_that_can_be_taken_back() -> None:
    drawing = digits_cnn()
    first = drawing.project.copy()
    back = collapse(drawing.project, ids(drawing, "conv", "relu"), "Stem").apply(drawing.project)
    second = drawing.project.copy()
    inner = unpack(drawing.project, ids(drawing, "stem")[0]).apply(drawing.project)
    inner.apply(drawing.project)
    assert drawing.project == second
    back.apply(drawing.project)
    assert drawing.project == first


def test_blocks_nest() -> None:
    drawing = digits_cnn()
    before = loss_of(drawing)
    drawing.do(collapse(drawing.project, ids(drawing, "conv", "relu"), "Inner"))
    drawing.do(collapse(drawing.project, ids(drawing, "inner", "max_pool"), "Outer"))
    assert loss_of(drawing) == pytest.approx(before)
    assert drawing.analysis().nodes["outer.inner.conv"].parameters == 160


def test_params_of_the_outer_block_stay_in_reach() -> None:
    drawing = digits_cnn()
    drawing.do(collapse(drawing.project, ids(drawing, "conv", "relu"), "Outer"))
    outer = drawing.project.definitions["Outer"]
    conv = outer.graph.by_name("conv")
    from graphcore.project.definitions import DefinitionParam

    outer.params["width"] = DefinitionParam(16)
    outer.graph.nodes[conv.id] = conv.with_param("out_channels", Formula("width"))
    relu = outer.graph.by_name("relu")
    drawing.do(collapse(drawing.project, [conv.id, relu.id], "Inner", "Outer"))
    assert "self.conv = nn.Conv2d(1, width, 3, padding=1)" in drawing.code().text
    assert "self.inner = Inner(width=width)" in drawing.code().text
    inner = drawing.project.definitions["Outer"].graph.by_name("inner")
    drawing.do(unpack(drawing.project, inner.id, "Outer"))
    again = drawing.project.definitions["Outer"].graph.by_name("conv")
    assert again.params["out_channels"] == Formula("width")
    drawing.do(unpack(drawing.project, ids(drawing, "outer")[0]))
    assert drawing.project.graph.by_name("conv").params["out_channels"] == 16


def test_a_unique_block_changes_alone() -> None:
    drawing = digits_cnn()
    drawing.do(collapse(drawing.project, ids(drawing, "conv", "relu"), "Stem"))
    before = loss_of(drawing)
    stem = ids(drawing, "stem")[0]
    drawing.do(make_unique(drawing.project, stem))
    assert drawing.project.graph.nodes[stem].kind == "block.Stem2"
    assert loss_of(drawing) == pytest.approx(before)


def test_making_a_block_unique_is_the_same_when_the_block_has_changed_meanwhile() -> None:
    drawing = digits_cnn()
    drawing.do(collapse(drawing.project, ids(drawing, "conv", "relu"), "Stem"))
    stem = ids(drawing, "stem")[0]
    unique = make_unique(drawing.project, stem)
    expected = set(drawing.project.definitions["Stem"].graph.nodes)
    drawing.do(AddNode(Node(NodeId("late"), "nn.ReLU", "late"), (0, 0), "Stem"))
    drawing.do(unique)
    assert set(drawing.project.definitions["Stem2"].graph.nodes) == expected


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["conv", "max_pool"], "between"),
        (["conv", "loss"], "is a loss"),
        (["data", "conv"], "is a Dataset"),
        ([], "Nothing is selected"),
    ],
)
def test_what_cannot_be_a_block_is_told(names: list[str], said: str) -> None:
    drawing = digits_cnn()
    before = drawing.project.copy()
    with pytest.raises(UserError, match=said):
        collapse(drawing.project, ids(drawing, *names), "Stem")
    with pytest.raises(UserError, match="meaning of its own"):
        collapse(drawing.project, ids(drawing, "conv"), "Model")
    assert drawing.project == before


def repeated(**settings: object) -> Drawing:
    """A convolution and its nonlinearity as a block that is repeated three times."""
    drawing = digits_cnn()
    drawing.do(collapse(drawing.project, ids(drawing, "relu"), "Turn"))
    turn = ids(drawing, "turn")[0]
    graph = drawing.project.definitions["Turn"].graph
    relu, source = graph.by_name("relu"), graph.by_name("conv")
    conv = Node(NodeId("c"), "nn.Conv2d", "mix", {"out_channels": 16, "kernel_size": 1}, order=9)
    drawing.do(AddNode(conv, (0, 0), "Turn"))
    drawing.do(Connect(Wire(source.id, "output", conv.id, "input"), "Turn"))
    drawing.do(Connect(Wire(conv.id, "output", relu.id, "input"), "Turn"))
    for name, value in {"repeat": 3, **settings}.items():
        drawing.do(Set(("nodes", "main", turn, "settings", name), value))
    return drawing


def test_a_repeated_block_is_unpacked_turn_by_turn() -> None:
    drawing = repeated(lr_factor=0.5)
    before, parameters = loss_of(drawing), drawing.analysis().parameters
    drawing.do(unpack(drawing.project, ids(drawing, "turn")[0]))
    assert {p.rule for p in drawing.analysis().problems} == {"no_nonlinearity"}  # conv, then mix
    assert drawing.analysis().parameters == parameters
    assert loss_of(drawing) == pytest.approx(before)
    copies = [n for n in drawing.project.graph.nodes.values() if n.params.get("kernel_size") == 1]
    assert len(copies) == 3
    assert all(node.settings["lr_factor"] == 0.5 for node in copies)
    assert len({drawing.project.layout["main"][node.id] for node in copies}) == 3


def test_what_a_block_does_as_a_whole_can_not_be_unpacked() -> None:
    for way in ("bypass", "mute"):
        drawing = repeated(**{way: True})
        with pytest.raises(UserError, match="as a whole"):
            unpack(drawing.project, ids(drawing, "turn")[0])


def test_nodes_that_share_go_on_sharing_under_their_new_names() -> None:
    drawing = repeated()
    again = Node(NodeId("d"), "nn.Conv2d", "again", settings={"shares": "mix"}, order=10)
    drawing.do(AddNode(again, (0, 200), "Turn"))
    drawing.do(unpack(drawing.project, ids(drawing, "turn")[0]))
    sharing = {n.name: n.shares for n in drawing.project.graph.nodes.values() if n.shares}
    assert sharing == {
        "again": "mix", "turn_1_again": "turn_1_mix", "turn_2_again": "turn_2_mix",
    }  # fmt: skip
