"""Random walks through all that a person can do, and what such walks once found."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from graphcore.code.build import build
from graphcore.errors import UserError
from graphcore.project.definitions import DefinitionParam
from graphcore.project.edits import AddDefinition, RemoveNode, Set, SetDefinitionParams
from tests.drawing import digits_choice
from tests.graphcore.walking import promises
from tests.graphcore.walking.machine import Walk
from tests.sketch import Sketch

# Without the phase that explains: a walk is long, and shrinking says enough.
_PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
QUICK = settings(max_examples=30, stateful_step_count=25, phases=_PHASES, print_blob=True)
LONG = settings(QUICK, max_examples=400, stateful_step_count=40)


def test_a_walk_of_edits_keeps_all_promises() -> None:
    run_state_machine_as_test(Walk, settings=QUICK)


@pytest.mark.slow
def test_long_walks_keep_all_promises() -> None:
    run_state_machine_as_test(Walk, settings=LONG)


# What walks have found. Those that are awaited still are left out of walks in `promises`.


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


@pytest.mark.xfail(strict=True, reason="a port that a block lost is not told yet")
def test_a_block_that_lost_a_port_that_is_read_is_told() -> None:
    s = Sketch()
    end = _passing(s).y("x")
    s.y(s.add("block.Block", s.x("x", "float32[6]"), name="first"))
    RemoveNode(end, "Block").apply(s.project)
    assert s.analysis().blocking("build")


@pytest.mark.xfail(strict=True, reason="a tie of what has no weights is not told yet")
def test_a_tie_of_what_has_no_weight_is_told() -> None:
    s = Sketch()
    x = s.x("x", "float32[6]")
    s.y(s.add("nn.Linear", x, name="linear", ties={"weight": "x.weight"}))
    assert s.analysis().blocking("build")


@pytest.mark.xfail(strict=True, reason="sharers of a layer outside of the model have one each")
def test_two_that_share_what_is_not_in_the_model_still_share() -> None:
    s = Sketch()
    x = s.x("x", "float32[6]")
    s.add("nn.Linear", x, name="owner", out_features=6)
    x = s.add("nn.Linear", x, name="one", out_features=6, shares="owner")
    s.y(s.add("nn.Linear", x, name="two", out_features=6, shares="owner"))
    assert s.analysis().blocking("build") or s.code().text.count("nn.Linear(") == 1


@pytest.mark.xfail(strict=True, reason="a dead end in a block counts, and is not written")
def test_a_dead_end_in_a_block_is_counted_as_it_is_written() -> None:
    s = Sketch()
    inner = _passing(s)
    inner.add("nn.Linear", "x", name="dead", out_features=6)
    inner.y("x")
    s.y(s.add("block.Block", s.x("x", "float32[6]"), name="first"))
    built = build(s.code()).model
    assert s.analysis().parameters == sum(p.numel() for p in built.parameters())


def _passing(s: Sketch) -> Sketch:
    inner = s.block("Block")
    inner.x()
    return inner
