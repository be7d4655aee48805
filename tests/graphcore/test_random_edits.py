"""Random walks through all that a person can do, and what such walks once found."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
import torch
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from graphcore.analysis.repairs import proven
from graphcore.code.build import build
from graphcore.errors import UserError
from graphcore.kinds.formula import Formula
from graphcore.project.definitions import DefinitionParam
from graphcore.project.edits import (
    AddDefinition,
    AddNode,
    Connect,
    RemoveNode,
    Set,
    SetDefinitionParams,
)
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.plan import Plan
from graphcore.training.minimizers import make_minimizers
from tests.drawing import digits_choice, digits_cnn
from tests.graphcore.walking import promises
from tests.graphcore.walking.machine import Walk
from tests.sketch import Sketch

# Without the phase that explains: a walk is long, and shrinking says enough.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
# The same walks each time, so that a red run is about the change at hand; `WALKS=1000 pytest …`
# goes other ways, as many as asked for.
_OTHERS = int(os.environ.get("WALKS", "0"))
QUICK = settings(max_examples=15, stateful_step_count=25, phases=_PHASES, print_blob=True,
                 derandomize=not _OTHERS)  # fmt: skip
LONG = settings(QUICK, max_examples=_OTHERS or 90, stateful_step_count=30)


def test_a_walk_of_edits_keeps_all_promises() -> None:
    run_state_machine_as_test(Walk, settings=QUICK)


@pytest.mark.slow
def test_long_walks_keep_all_promises() -> None:
    run_state_machine_as_test(Walk, settings=LONG)


# What walks have found.


def test_the_order_of_drawing_does_not_reach_the_text() -> None:
    s = Sketch(digits_choice())
    data = s.add("data.Dataset")
    loss = s.add("loss.CrossEntropyLoss")
    s.wire((data, "label"), loss, "target")
    s.wire((data, "image"), loss, "input")
    promises.analysed(s.project)


def test_a_bypass_passes_on_its_first_port() -> None:
    s = Sketch()
    look, other = s.x("look", "float32[5, 6]"), s.x("other", "float32[3, 6]")
    attention = s.add("nn.MultiheadAttention", name="attention", num_heads=2)
    for source, slot in ((other, "value"), (other, "key"), (look, "query")):
        s.wire(source, attention, slot)
    s.setting(attention, "bypass", True)
    s.y(attention)
    assert "attention = look" in s.code().text
    assert promises.runs(s.project, *promises.analysed(s.project))


def test_what_cannot_stand_in_a_block_does_not_come_in_with_one() -> None:
    s = Sketch(digits_choice())
    s.add("data.Dataset")
    with pytest.raises(UserError, match="can't stand inside a block"):
        AddDefinition("Copy", s.project.definitions["main"]).apply(s.project)


def test_bends_are_kept_as_they_are_saved() -> None:
    s = Sketch()
    y = s.y(s.x())
    s.do(Set(("bends", "main", f"{y}.input"), [[1, 2]]))
    promises.comes_back(s.project, s.code())
    s.do(Set(("bends", "main", f"{y}.input"), []))
    assert s.project.bends == {"main": {}}


@pytest.mark.parametrize("name", ["class", "__class__", "__a", "self"])
def test_a_params_name_that_a_file_refuses_is_refused_at_once(name: str) -> None:
    s = Sketch()
    s.block("Block")
    with pytest.raises(UserError):
        SetDefinitionParams("Block", {name: DefinitionParam(1)}).apply(s.project)


def test_a_block_that_lost_a_port_that_is_read_is_told() -> None:
    s = Sketch()
    end = _passing(s).y("x")
    s.y(s.add("block.Block", s.x("x", "float32[6]"), name="first"))
    RemoveNode(end, "Block").apply(s.project)
    assert s.analysis().blocking("build")


def test_a_tie_of_what_has_no_weight_is_told() -> None:
    s = Sketch()
    x = s.x("x", "float32[6]")
    s.y(s.add("nn.Linear", x, name="linear", ties={"weight": "x.weight"}))
    assert s.analysis().blocking("build")


def test_two_that_share_what_is_not_in_the_model_still_share() -> None:
    s = Sketch()
    x = s.x("x", "float32[6]")
    s.add("nn.Linear", x, name="owner", out_features=6)
    x = s.add("nn.Linear", x, name="one", out_features=6, shares="owner")
    s.y(s.add("nn.Linear", x, name="two", out_features=6, shares="owner"))
    assert s.analysis().blocking("build") or s.code().text.count("nn.Linear(") == 1


def test_a_dead_end_in_a_block_is_counted_as_it_is_written() -> None:
    s = Sketch()
    inner = _passing(s)
    inner.add("nn.Linear", "x", name="dead", out_features=6)
    inner.y("x")
    s.y(s.add("block.Block", s.x("x", "float32[6]"), name="first"))
    built = build(s.code()).model
    assert s.analysis().parameters == sum(p.numel() for p in built.parameters())


def test_an_output_that_nothing_inside_is_wired_to_is_left_out() -> None:
    s = Sketch()
    inner = _passing(s)
    inner.y("x")
    inner.add("io.Output", name="later")
    s.y((s.add("block.Block", s.x("x", "float32[6]"), name="first"), "y"))
    assert promises.runs(s.project, *promises.analysed(s.project))
    s.y(("first", "later"), name="z")
    assert [(p.rule, p.path) for p in s.analysis().blocking("build")] == [("lost-wire", "z")]


def test_a_wire_to_an_input_that_a_block_lost_is_told() -> None:
    s = Sketch()
    inner = _passing(s)
    inner.y(inner.x("other"))
    x = s.x("x", "float32[6]")
    s.y(s.add("block.Block", x, x, name="first"))
    RemoveNode("x", "Block").apply(s.project)
    assert [(p.rule, p.path) for p in s.analysis().blocking("build")] == [("lost-wire", "first")]


@pytest.mark.filterwarnings("ignore:`torch.jit:DeprecationWarning")
def test_a_blocks_param_is_known_to_what_is_only_called() -> None:
    s = Sketch()
    inner = s.block("Block", roll=2)
    x = inner.add("ops.roll", inner.x(), name="roll", shifts=Formula("roll"), dims=1)
    inner.y(inner.add("ops.repeat", x, name="more", repeats=Formula("(1, roll * 2)")))
    x = s.add("block.Block", s.x("x", "float32[6]"), name="first")
    s.y(s.add("block.Block", x, name="second", roll=3))
    assert promises.runs(s.project, *promises.analysed(s.project))
    torch.jit.script(build(s.code()).model)


def test_a_formula_of_the_turn_and_of_a_param_at_once() -> None:
    s = Sketch()
    inner = s.block("Inner", size=2)
    inner.y(inner.add("nn.Linear", inner.x(), name="linear", out_features=Formula("size")))
    outer = s.block("Outer", width=2)
    size = Formula("width * (i + 1)")
    outer.y(outer.add("block.Inner", outer.x(), name="turns", repeat=2, size=size))
    x = s.add("block.Outer", s.x("x", "float32[4]"), name="first")
    s.y(s.add("block.Outer", x, name="second", width=3))
    assert promises.runs(s.project, *promises.analysed(s.project))


def test_a_repeated_block_may_share_the_layers_of_another() -> None:
    s = Sketch()
    inner = _passing(s)
    inner.y(inner.add("nn.Linear", "x", name="linear", out_features=6))
    x = s.add("block.Block", s.x("x", "float32[6]"), name="first", repeat=2)
    twin = s.add("block.Block", x, name="twin", repeat=2, shares="first")
    s.y(twin)
    assert promises.runs(s.project, *promises.analysed(s.project))
    s.setting(twin, "repeat", 3)
    assert [(p.rule, p.path) for p in s.analysis().blocking("build")] == [("tied", "twin")]


def test_a_tie_goes_on_to_where_a_weight_is_its_own() -> None:
    s = Sketch()
    x = s.x("x", "float32[6]")
    for name, tied in (("one", "two"), ("two", "three"), ("three", "")):
        ties = {"weight": f"{tied}.weight"} if tied else {}
        x = s.add("nn.Linear", x, name=name, out_features=6, ties=ties)
    s.y(x)
    assert promises.runs(s.project, *promises.analysed(s.project))
    s.setting("three", "ties", {"weight": "one.weight"})
    assert {p.path for p in s.analysis().blocking("build")} == {"one", "two", "three"}


@pytest.mark.parametrize("setting", [{"shares": "mine"}, {"shares": "x"}, {"shares": "ghost"},
                                     {"ties": {"ghost": "owner.weight"}},
                                     {"ties": {"weight": "owner.bias"}},
                                     {"ties": {"weight": "spare.weight"}},
                                     {"shares": "owner", "ties": {"weight": "x"}}])  # fmt: skip
def test_what_can_not_be_shared_is_told_and_mended(setting: dict[str, object]) -> None:
    s = Sketch()
    x = s.x("x", "float32[6]")
    s.add("nn.Linear", x, name="spare", out_features=6)
    x = s.add("nn.Linear", x, name="owner", out_features=6)
    s.y(s.add("nn.Linear", x, name="mine", out_features=6, **setting))
    told = [p for p in s.analysis().blocking("build") if (p.rule, p.path) == ("tied", "mine")]
    assert told
    assert proven(s.project, told[0])


def test_a_layer_that_can_not_be_built_is_named() -> None:
    s = Sketch()
    s.y(s.add("nn.Conv2d", s.x("x", "float32[2, 6, 6]"), name="conv", out_channels=2))
    code = s.code()
    text = code.text.replace("nn.Conv2d(", "nn.Conv2d(1 // 0, ")
    broken = replace(code, text=text)
    with pytest.raises(UserError, match="“conv” can't be built"):
        build(broken)


def test_the_settings_of_a_tied_weight_are_its_owners() -> None:
    s = Sketch()
    x = s.add("nn.Linear", s.x("x", "float32[6]"), name="early", out_features=6,
              ties={"weight": "owner.weight"})  # fmt: skip
    s.y(s.add("nn.Linear", x, name="owner", out_features=6))
    settings = {n.name: n.settings for n in s.project.graph.nodes.values()}
    settings["owner"] = {"freeze": True}
    (minimizer,) = make_minimizers(build(s.code()).model, Plan(), settings)
    assert minimizer.names == ("early.bias",)


def test_who_uses_the_weights_of_what_is_not_written_may_own_them() -> None:
    s = Sketch()
    x = s.x("x", "float32[6]")
    s.add("nn.Linear", x, name="owner", out_features=6)
    s.y(s.add("nn.Linear", x, name="mine", out_features=6, shares="owner"))
    (told,) = s.analysis().blocking("build")
    proven(s.project, told)[0].edit.apply(s.project)
    assert s.project.graph.nodes["owner"].shares == "mine"
    assert promises.runs(s.project, *promises.analysed(s.project))


def _passing(s: Sketch) -> Sketch:
    inner = s.block("Block")
    inner.x()
    return inner


def test_a_loss_that_can_not_be_keeps_a_model_that_holds_it_from_being_built() -> None:
    drawing = digits_cnn()
    graph = drawing.project.graph
    relu, loss, pool = (graph.by_name(name).id for name in ("relu", "loss", "max_pool"))
    drawing.do(Connect(Wire(relu, "output", loss, "input")))
    assert {p.blocks for p in drawing.analysis().problems_at("loss")} == {"train"}
    drawing.do(AddNode(Node(NodeId("hot"), "ops.one_hot", "hot", {"num_classes": 10}, order=99)))
    drawing.do(Connect(Wire(loss, "output", NodeId("hot"), "input")))
    drawing.do(Connect(Wire(NodeId("hot"), "output", pool, "input")))
    end = Node(NodeId("end"), "io.Output", "end", order=100)
    drawing.do(AddNode(end))
    drawing.do(Connect(Wire(NodeId("hot"), "output", end.id, "input")))
    assert {p.blocks for p in drawing.analysis().problems_at("loss")} == {"build"}


def test_a_block_that_gives_nothing_out_is_no_output_of_the_model() -> None:
    s = Sketch()
    s.block("Nothing").add("io.Output", name="y")
    s.add("block.Nothing", name="first")
    assert promises.analysed(s.project)[0].parts.outputs == {}
