"""What was drawn out several times becomes one repeated block that computes the same."""

from __future__ import annotations

import pytest

from graphcore.analysis.alike import alike_by
from graphcore.errors import UserError
from graphcore.project.edits import Set
from graphcore.project.folding import Alike, folded, repeats
from graphcore.project.graph import NodeId
from graphcore.project.unpacking import unpack
from tests.drawing import Drawing


def residual_net(turns: int) -> Drawing:
    """So many residual turns of three nodes between a first and a last layer."""
    drawing = Drawing()
    at = drawing.add("nn.Linear", drawing.input("float32[8]"), name="first", out_features=16)
    for _ in range(turns):
        inner = drawing.add("nn.Linear", at, out_features=16)
        at = drawing.add("ops.add", at, drawing.add("nn.ReLU", inner))
    drawing.add("io.Output", drawing.add("nn.Linear", at, name="last", out_features=2))
    return drawing


def alike(drawing: Drawing) -> Alike:
    return alike_by(drawing.analysis().nodes.values())


def shape(drawing: Drawing, among: tuple[NodeId, ...] = ()) -> list[tuple[int, int]]:
    """(turns, nodes in one) of what repeats."""
    found = repeats(drawing.project, "main", alike(drawing), among)
    return [(len(each.turns), len(each.turns[0])) for each in found]


def test_turns_become_one_block_and_undo_brings_them_back() -> None:
    drawing = residual_net(4)
    before, facts = drawing.project.copy(), drawing.analysis()
    assert shape(drawing) == [(4, 3)]
    back = folded(drawing.project, "main", alike(drawing)).apply(drawing.project)
    (block,) = (n for n in drawing.project.graph.nodes.values() if n.kind == "block.Block1")
    assert block.repeat == 4
    assert len(drawing.project.graph.nodes) == 5
    after = drawing.analysis()
    assert (after.parameters, after.flops) == (facts.parameters, facts.flops)
    assert after.problems == facts.problems == ()
    assert {f.path.split(".")[0] for f in after.nodes.values()} >= {"first", "last", block.name}
    back.apply(drawing.project)
    assert drawing.project == before


def test_folding_undoes_unpacking() -> None:
    drawing = residual_net(3)
    drawing.do(folded(drawing.project))
    folded_text = drawing.code().text
    (block,) = (n.id for n in drawing.project.graph.nodes.values() if n.repeat)
    drawing.do(unpack(drawing.project, block))
    assert shape(drawing) == [(3, 3)]
    drawing.do(folded(drawing.project))
    count = drawing.code().text.count("nn.Linear")
    assert count == folded_text.count("nn.Linear") == 3


def test_blocks_in_a_row_keep_their_definition() -> None:
    drawing = residual_net(3)
    drawing.do(folded(drawing.project))
    (block,) = (n.id for n in drawing.project.graph.nodes.values() if n.repeat)
    drawing.do(Set(("nodes", "main", block, "settings", "repeat"), 0))
    second = drawing.add("block.Block1", block)
    (last,) = (n.id for n in drawing.project.graph.nodes.values() if n.name == "last")
    drawing.wire(second, last, "input")
    drawing.do(folded(drawing.project))
    assert [n.repeat for n in drawing.project.graph.nodes.values() if n.repeat] == [2]
    assert set(drawing.project.definitions) == {"main", "Block1"}


@pytest.mark.parametrize(
    ("name", "param", "value"), [("linear2", "bias", False), ("relu2", "inplace", True)]
)
def test_a_turn_that_differs_is_left_out(name: str, param: str, value: object) -> None:
    drawing = residual_net(4)
    node = drawing.project.graph.by_name(name)
    assert node is not None
    drawing.project.graph.nodes[node.id] = node.with_param(param, value)
    assert shape(drawing) == [(2, 3)]


def test_a_turn_that_takes_another_size_is_left_out() -> None:
    drawing = Drawing()
    at = drawing.input("float32[8]")
    for _ in range(4):
        at = drawing.add("nn.ReLU", drawing.add("nn.Linear", at, out_features=16))
    drawing.add("io.Output", at)
    assert shape(drawing) == [(3, 2)]
    assert [len(each.turns) for each in repeats(drawing.project)] == [4]


def test_nobody_outside_may_read_from_within() -> None:
    drawing = residual_net(4)
    relu = drawing.project.graph.by_name("relu3")
    assert relu is not None
    drawing.add("io.Output", relu.id)
    assert shape(drawing) == [(2, 3)]


def test_only_what_is_meant_is_folded() -> None:
    drawing = residual_net(4)
    names = ("linear", "relu", "add", "linear2", "relu2", "add2")
    chosen = tuple(n.id for n in drawing.project.graph.nodes.values() if n.name in names)
    assert shape(drawing, chosen) == [(2, 3)]


def test_where_nothing_repeats_it_says_so() -> None:
    drawing = residual_net(1)
    with pytest.raises(UserError, match="twice in a row"):
        folded(drawing.project)
