"""Nodes come off their wires and go into others; wires are taken off at either end."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from gui.canvas.shaking import is_shaken
from tests.build import add, wire
from tests.gui.canvas.hand import ALT, CTRL, NO, Hand

K = Qt.Key


def shake(hand: Hand, name: str, *, release: bool = True) -> None:
    """Drags a card to and fro, and a little down."""
    start = hand.at(name)
    spots = [start + QPoint(x, 0) for x in (60, -10, 60, -10, 60)]
    hand.drag_through([start, *spots, start + QPoint(0, 150)], release=release)


def test_a_shake_is_going_to_and_fro_quickly_and_far_enough() -> None:
    def trail(ways: list[float], seconds: float) -> list[tuple[float, float, float]]:
        return [(x, 0.0, at * seconds) for at, x in enumerate(ways)]

    to_and_fro = [0.0, 60, 0, 60, 0]
    assert is_shaken(trail(to_and_fro, 0.1))
    assert is_shaken([(y, x, t) for x, y, t in trail(to_and_fro, 0.1)])
    assert not is_shaken(trail(to_and_fro, 0.5))
    assert not is_shaken(trail([0.0, 12, 0, 12, 0], 0.1))
    assert not is_shaken(trail([0.0, 60, 120, 180, 100], 0.1))


def test_shaken_while_dragged_a_node_comes_off_its_wires_which_heal(digits: Hand) -> None:
    before = digits.document.project.copy()
    shake(digits, "relu")
    assert "conv.output > pool.input" in digits.wires()
    assert not any("relu" in wire for wire in digits.wires())
    assert digits.place("relu")[1] > 0
    assert digits.history_text() == "Detach relu"
    assert digits.document.history.count() == 1
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_shaken_loose_is_said_and_escape_takes_it_back(digits: Hand) -> None:
    before = digits.document.project.copy()
    shake(digits, "relu", release=False)
    assert "Escape" in digits.view.said
    assert not digits.view.canvas.wires[digits.node("relu").id, "input"].isVisible()
    digits.key(K.Key_Escape)
    assert digits.view.said == ""
    assert digits.view.canvas.wires[digits.node("relu").id, "input"].isVisible()
    assert digits.document.project == before


def test_shaken_loose_and_dropped_on_another_wire_it_goes_into_that(digits: Hand) -> None:
    before = digits.document.project.copy()
    start, end = digits.at("relu"), digits.middle_of_wire("head")
    to_and_fro = [start + QPoint(x, 90) for x in (60, -10, 60, -10, 60)]
    digits.drag_through([start, *to_and_fro, end])
    assert {"conv.output > pool.input", "flatten.output > relu.input",
            "relu.output > head.input"} <= digits.wires()  # fmt: skip
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_alt_d_takes_the_selected_nodes_off_their_wires(digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.click(digits.at("relu"))
    digits.click(digits.at("pool"), CTRL)
    digits.key(K.Key_D, ALT)
    assert {"conv.output > flatten.input", "relu.output > pool.input"} <= digits.wires()
    assert digits.history_text() == "Detach 2 nodes"
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_a_dropped_chain_goes_into_a_wire_as_a_whole(branches: Hand) -> None:
    project = branches.document.project
    add(project, "nn.Dropout2d", "drop", at=(1056, 96))
    wire(project, "relu", "drop")
    branches.document.replace(project, None)
    before = branches.document.project.copy()
    branches.click(branches.at("relu"))
    branches.click(branches.at("drop"), CTRL)
    branches.drag(branches.at("relu"), branches.middle_of_wire("add", "tensors.1"))
    assert {"shortcut.output > relu.input", "relu.output > drop.input",
            "drop.output > add.tensors.1"} <= branches.wires()  # fmt: skip
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_a_wire_is_taken_off_where_it_begins_too(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.drag(branches.start_of_wire("add", "tensors.1"), branches.output("x"))
    assert "x.output > add.tensors.1" in branches.wires()
    assert "shortcut.output > add.tensors.1" not in branches.wires()
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_the_beginning_of_a_wire_dropped_into_empty_space_detaches_it(branches: Hand) -> None:
    branches.drag(branches.start_of_wire("add", "tensors.1"), branches.empty_spot())
    assert "shortcut.output > add.tensors.1" not in branches.wires()
    assert len(branches.wires()) == 3


def test_delete_heals_every_branch_behind_a_node(branches: Hand) -> None:
    branches.drag(branches.output("conv"), branches.input("relu"))
    branches.click(branches.at("conv"))
    branches.key(K.Key_Delete)
    assert {"x.output > add.tensors.0", "x.output > relu.input"} <= branches.wires()


def test_delete_does_not_heal_where_the_ends_do_not_fit(digits: Hand, qtbot: QtBot) -> None:
    project = digits.document.project
    add(project, "nn.Embedding", "embed", at=(0, 300), num_embeddings=10, embedding_dim=4)
    add(project, "loss.CrossEntropyLoss", "rest", at=(264, 300))
    wire(project, "data.label", "embed")
    wire(project, "embed", "rest.input")
    digits.document.replace(project, None)
    digits.analyse(qtbot)
    digits.click(digits.at("embed"))
    digits.key(K.Key_Delete, NO)
    assert "embed" not in digits.names()
    assert "data.label > rest.input" not in digits.wires()
