"""What the menus of the canvas do, by mouse alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import CTRL, Hand


def test_tidy_up_of_the_menu_lays_out_all_as_one_change(qtbot: QtBot, digits: Hand) -> None:
    digits.drag(digits.at("relu"), digits.at("relu") + QPoint(10, 160))
    before = digits.document.project.copy()
    digits.choose(digits.empty_spot(), "Tidy up")
    digits.settle(qtbot)
    assert digits.place("relu")[1] == digits.place("conv")[1]
    assert digits.history_text() == "Tidy up"
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_the_menu_lays_out_from_top_to_bottom(qtbot: QtBot, digits: Hand) -> None:
    digits.choose(digits.empty_spot(), "Tidy up downwards")
    digits.settle(qtbot)
    assert digits.place("relu")[0] == digits.place("conv")[0]


def test_tidy_up_selection_of_the_menu_leaves_the_others(qtbot: QtBot, digits: Hand) -> None:
    digits.drag(digits.at("relu"), digits.at("relu") + QPoint(10, 160))
    others = {name: digits.place(name) for name in digits.names() - {"conv", "relu"}}
    digits.click(digits.at("conv"), CTRL)
    digits.choose(digits.at("relu"), "Tidy up selection")
    digits.settle(qtbot)
    assert digits.place("relu")[1] == digits.place("conv")[1]
    assert {name: digits.place(name) for name in others} == others


def test_pin_of_the_menu_keeps_a_node_where_it_is(qtbot: QtBot, digits: Hand) -> None:
    digits.drag(digits.at("pool"), digits.at("pool") + QPoint(0, 150))
    digits.choose(digits.at("pool"), "Pin")
    place = digits.place("pool")
    assert "Pinned" in digits.tooltip_at(digits.at("pool"))
    digits.choose(digits.empty_spot(), "Tidy up")
    digits.settle(qtbot)
    assert digits.place("pool") == place


def test_swap_inputs_of_the_menu(branches: Hand) -> None:
    branches.choose(branches.at("add"), "Swap inputs")
    assert {"conv.output > add.tensors.1", "shortcut.output > add.tensors.0"} <= branches.wires()


@pytest.mark.parametrize("switch", ["Bypass", "Mute"])
def test_bypass_and_mute_of_the_menu(switch: str, digits: Hand) -> None:
    digits.choose(digits.at("relu"), switch)
    assert digits.node("relu").settings.get(switch.lower())
    assert switch in digits.history_text()
    digits.choose(digits.at("relu"), switch)
    assert not digits.node("relu").settings.get(switch.lower())


def test_a_block_is_made_of_the_menu_and_unpacked_again(digits: Hand) -> None:
    wires = digits.wires()
    digits.click(digits.at("conv"))
    digits.click(digits.at("relu"), CTRL)
    digits.choose(digits.at("relu"), "Make a block")
    digits.click(digits.empty_spot())  # leaves the field of its name
    assert {"conv", "relu"}.isdisjoint(digits.names())
    (block,) = (n.name for n in digits.graph.nodes.values() if n.kind.startswith("block."))
    digits.choose(digits.at(block), "Unpack the block")
    assert {"conv", "relu"} <= digits.names()
    assert digits.wires() == wires


def test_show_everything_and_look_closer_of_the_menu(digits: Hand) -> None:
    digits.choose(digits.at("relu"), "Look closer")
    assert digits.is_seen("relu")
    assert not digits.is_seen("loss")
    digits.choose(digits.empty_spot(), "Show everything")
    assert all(digits.is_seen(name) for name in digits.names())


def test_delete_and_join_of_the_menu_heals_the_wire_and_delete_does_not(digits: Hand) -> None:
    digits.choose(digits.at("relu"), "Delete and join the wire")
    assert "conv.output > pool.input" in digits.wires()
    digits.document.history.undo()
    digits.choose(digits.at("relu"), "Delete")
    assert "relu" not in digits.names()
    assert "conv.output > pool.input" not in digits.wires()


def test_a_note_of_the_menu_is_written_where_the_mouse_is(digits: Hand) -> None:
    spot = digits.empty_spot()
    digits.choose(spot, "Add a note…")
    digits.type("Mind the gap")
    digits.click(spot + QPoint(400, 0))
    (note,) = digits.document.project.notes.values()
    assert note.text == "Mind the gap"
