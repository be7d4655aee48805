"""Nodes' own settings on the canvas: keys, marks, lines to owners, turns of repeated blocks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Set
from graphcore.project.project import Project
from tests.build import add, wire
from tests.graphcore.code.test_blocks import network
from tests.gui.canvas.hand import ALT, CTRL, Hand

K = Qt.Key
OpenCanvas = Callable[[Project], Hand]


def marks(hand: Hand, name: str) -> list[str]:
    """The words of every mark on a card."""
    return [mark.words for mark in hand.view.canvas.nodes[hand.node(name).id].face.marks]


def entries(hand: Hand, name: str) -> dict[str, QAction]:
    """The context menu of a node."""
    hand.click(hand.at(name))
    menu = hand.menu_at(hand.at(name))
    menu.hide()
    return {action.text(): action for action in menu.actions() if action.text()}


def set_(hand: Hand, name: str, key: str, value: object) -> None:
    path = ("nodes", "main", hand.node(name).id, "settings", key)
    hand.document.do(Set(path, value), key)


@pytest.mark.parametrize(
    ("key", "setting", "word"), [(K.Key_B, "bypass", "Bypass"), (K.Key_M, "mute", "Mute")]
)
def test_a_key_switches_on_and_off(digits: Hand, key: K, setting: str, word: str) -> None:
    digits.click(digits.at("relu"))
    before = digits.document.project.copy()
    digits.key(key, CTRL)
    assert digits.node("relu").settings == {setting: True}
    assert digits.history_text() == f"{word} relu"
    assert word.lower() in "".join(marks(digits, "relu"))
    digits.undo_and_redo_hold(before, digits.document.project.copy())
    digits.key(key, CTRL)
    assert digits.node("relu").settings == {}
    assert marks(digits, "relu") == []


def test_several_are_switched_at_once_and_the_data_is_left_alone(digits: Hand) -> None:
    digits.key(K.Key_A, CTRL)
    digits.key(K.Key_B, CTRL)
    on = {node.name for node in digits.graph.nodes.values() if node.is_bypassed}
    assert on == {"conv", "relu", "pool", "flatten", "head"}
    assert digits.document.history.count() == 1


def test_what_can_not_be_bypassed_says_why(digits: Hand, qtbot: QtBot) -> None:
    digits.click(digits.at("data"))
    with qtbot.waitSignal(digits.view.refused) as refused:
        digits.key(K.Key_B, CTRL)
    assert "hands values on" in str(refused.args[0])
    assert digits.document.history.count() == 0


def test_a_bypassed_card_lets_the_shape_through(digits: Hand, qtbot: QtBot) -> None:
    digits.click(digits.at("pool"))
    digits.key(K.Key_B, CTRL)
    pool = digits.node("pool").id
    qtbot.waitUntil(lambda: "8 × 8" in digits.view.shown_text(pool), timeout=30_000)


def test_every_zoom_tells_marked_cards_from_plain_ones(digits: Hand) -> None:
    for zoom in (1.0, 0.45, 0.2):
        digits.view.set_zoom(zoom)
        for setting in ("bypass", "mute", "freeze"):
            plain = digits.picture()
            set_(digits, "conv", setting, True)
            marked = digits.picture()
            digits.document.history.undo()
            assert marked != plain, (zoom, setting)


def test_the_menu_offers_what_makes_sense(digits: Hand) -> None:
    offered = entries(digits, "conv")
    assert {"Bypass", "Mute", "Freeze weights"} <= offered.keys()
    assert not offered["Freeze weights"].isChecked()
    offered["Freeze weights"].trigger()
    assert digits.node("conv").settings == {"freeze": True}
    assert entries(digits, "conv")["Freeze weights"].isChecked()
    assert not {"Bypass", "Mute", "Freeze weights"} & entries(digits, "data").keys()
    assert "Bypass" not in entries(digits, "loss")


@pytest.fixture
def twins(open_canvas: OpenCanvas) -> Hand:
    """Two convolutions of one size in a row."""
    project = Project()
    add(project, "io.Input", "x", at=(0, 96), type="float32[8, 8, 8]")
    add(project, "nn.Conv2d", "first", at=(264, 96), out_channels=8, kernel_size=3, padding=1)
    add(project, "nn.Conv2d", "second", at=(528, 96), out_channels=8, kernel_size=3, padding=1)
    wire(project, "x", "first")
    wire(project, "first", "second")
    return open_canvas(project)


def share(hand: Hand) -> None:
    hand.selection.select({hand.node("first").id, hand.node("second").id})
    hand.view.share()


def test_shared_weights_are_marked_and_a_line_leads_to_the_owner(twins: Hand) -> None:
    share(twins)
    assert twins.node("second").settings == {"shares": "first"}
    assert marks(twins, "second") == ["uses the weights of first"]
    twins.selection.select()
    assert twins.view.canvas.kinship.pairs == ()
    twins.hover(twins.at("first"))
    line = (twins.node("second").id, twins.node("first").id)
    assert twins.view.canvas.kinship.pairs == (line,)
    twins.hover(twins.empty_spot())
    assert twins.view.canvas.kinship.pairs == ()


def test_weights_are_unshared_by_the_menu(twins: Hand) -> None:
    share(twins)
    entries(twins, "second")["Unshare weights"].trigger()
    assert twins.node("second").settings == {}
    assert "Unshare weights" not in entries(twins, "second")


def test_deleting_the_owner_leaves_the_weights_to_the_sharer(twins: Hand) -> None:
    share(twins)
    set_(twins, "first", "freeze", True)
    twins.selection.select({twins.node("first").id})
    before = twins.document.project.copy()
    twins.key(K.Key_Delete)
    assert twins.node("second").settings == {"freeze": True}
    twins.document.history.undo()
    assert twins.document.project == before


def test_screen_readers_hear_the_marks(digits: Hand) -> None:
    set_(digits, "conv", "freeze", True)
    digits.click(digits.at("conv"))
    assert "frozen" in digits.view.accessibleDescription()
    assert "Frozen" in digits.tooltip_at(digits.at("conv"))


@pytest.fixture
def repeated(open_canvas: OpenCanvas) -> Hand:
    """A stage that is taken three times."""
    drawing = network()
    Set(("nodes", "main", "stage1", "settings", "repeat"), 3).apply(drawing.project)
    return open_canvas(drawing.project)


def turn_text(hand: Hand) -> str:
    """What the chooser of turns shows."""
    found = [c for c in hand.view.findChildren(QComboBox) if c.isVisible()]
    assert len(found) == 1
    return found[0].currentText()


def enter(hand: Hand, name: str) -> None:
    hand.selection.select({hand.node(name).id})
    hand.view.open_selected()


def test_a_repeated_block_shows_the_turn_that_is_asked_for(repeated: Hand, qtbot: QtBot) -> None:
    repeated.analyse(qtbot)
    enter(repeated, "stage1")
    first = repeated.view.canvas.place.graph(repeated.document.project).by_name("first")
    assert first is not None
    assert turn_text(repeated) == "turn 1 of 3"

    def comes_in() -> str:
        facts = repeated.view.canvas.facts(first.id)
        return str(facts.inputs["x"]) if facts else ""

    assert comes_in() == "float32[B, 16, 16, 16]"
    repeated.view.setFocus()
    repeated.key(K.Key_Right, ALT)
    assert turn_text(repeated) == "turn 2 of 3"
    assert comes_in() == "float32[B, 32, 16, 16]"
    repeated.key(K.Key_Right, ALT)
    repeated.key(K.Key_Right, ALT)
    assert turn_text(repeated) == "turn 3 of 3"
    repeated.key(K.Key_Left, ALT)
    assert turn_text(repeated) == "turn 2 of 3"


def test_a_turn_is_chosen_in_the_breadcrumb(repeated: Hand) -> None:
    enter(repeated, "stage1")
    chooser = next(c for c in repeated.view.findChildren(QComboBox) if c.isVisible())
    assert chooser.accessibleName() == "Turn of stage1"
    chooser.setFocus()
    repeated.key(K.Key_Down)
    assert repeated.selection.place.prefix == "stage1.1."


def test_a_turn_is_clicked_in_the_breadcrumb(repeated: Hand, qtbot: QtBot) -> None:
    enter(repeated, "stage1")
    chooser = next(c for c in repeated.view.findChildren(QComboBox) if c.isVisible())
    QTest.mouseClick(chooser, Qt.MouseButton.LeftButton)
    rows = chooser.view()
    spot = rows.visualRect(rows.model().index(1, 0)).center()

    def is_chosen() -> bool:  # Qt takes a click that comes at once for the second of a double one
        if rows.isVisible():
            QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        return repeated.selection.place.prefix == "stage1.1."

    qtbot.waitUntil(is_chosen)


def test_a_frozen_block_marks_the_layers_in_it(repeated: Hand, qtbot: QtBot) -> None:
    set_(repeated, "stage1", "freeze", True)
    repeated.analyse(qtbot)
    enter(repeated, "stage1")
    inner = repeated.view.canvas.place.graph(repeated.document.project).by_name("first")
    assert inner is not None
    said = [mark.words for mark in repeated.view.canvas.nodes[inner.id].face.marks]
    assert any("frozen" in words for words in said)
