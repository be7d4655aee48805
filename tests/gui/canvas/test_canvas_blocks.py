"""Blocks by hand: made, named, entered, changed inside, left, unpacked and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from graphcore.errors import UserError
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Set, SetParam
from graphcore.project.file import parse, to_text
from graphcore.project.graph import Graph
from graphcore.project.project import Project
from gui.canvas.wire_item import Pill
from tests.graphcore.code.test_blocks import network
from tests.gui.canvas.hand import ALT, CTRL, NO, SHIFT, Hand

K = Qt.Key


class BlockHand(Hand):
    """A hand whose names mean the drawing that is shown."""

    @property
    def graph(self) -> Graph:
        return self.selection.place.graph(self.document.project)

    def pick(self, *names: str) -> None:
        self.selection.select({self.node(name).id for name in names})

    def shape(self, name: str) -> str:
        return self.view.shown_text(self.node(name).id)

    def levels(self) -> list[str]:
        """The breadcrumb as it is read; empty where it is hidden."""
        row = self.view.findChild(QFrame, "breadcrumb")
        assert row is not None
        if not row.isVisible():
            return []
        found = [(w.x(), w.text()) for kind in (QToolButton, QLabel)
                 for w in row.findChildren(kind) if w.isVisible() and w.text()]  # fmt: skip
        return [text for _, text in sorted(found)]

    def climb(self, name: str) -> None:
        row = self.view.findChild(QFrame, "breadcrumb")
        assert row is not None
        button = next(b for b in row.findChildren(QToolButton)
                      if b.text() == name and b.isVisible())  # fmt: skip
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def field(self) -> QLineEdit:
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        return line


@pytest.fixture
def hand(digits: Hand) -> BlockHand:
    return BlockHand(digits.view, digits.document, digits.analyser, digits.selection)


@pytest.fixture
def nested(open_canvas: Callable[[Project], Hand], qtbot: QtBot) -> BlockHand:
    """Two stages of two residual blocks."""
    found = open_canvas(network().project)
    hand = BlockHand(found.view, found.document, found.analyser, found.selection)
    hand.key(K.Key_L)
    hand.settle(qtbot)
    hand.document.history.clear()
    hand.analyse(qtbot)
    return hand


def make(hand: BlockHand, name: str, *nodes: str) -> None:
    """Select, Ctrl+G, type a name, Enter."""
    hand.pick(*nodes)
    hand.key(K.Key_G, CTRL)
    hand.type(name)
    hand.key(K.Key_Return)


def test_ctrl_g_makes_a_block_and_asks_its_name(hand: BlockHand) -> None:
    before = hand.document.project.copy()
    make(hand, "Stem", "conv", "relu")
    assert "Stem" in hand.document.project.definitions
    assert "stem" in hand.names()
    assert hand.selection.single == hand.node("stem").id
    assert hand.view.hasFocus()
    assert hand.history_text() == "Make block Stem"
    hand.undo_and_redo_hold(before, hand.document.project.copy())
    hand.document.history.undo()
    assert hand.document.project == before


def test_escape_keeps_the_name_that_was_free(hand: BlockHand) -> None:
    hand.pick("conv", "relu")
    hand.key(K.Key_G, CTRL)
    assert hand.field().text() == "Block1"
    hand.type("Nothing")
    hand.key(K.Key_Escape)
    assert set(hand.document.project.definitions) == {MAIN, "Block1"}
    assert hand.document.history.count() == 1


def test_a_name_that_cannot_be_is_told(hand: BlockHand) -> None:
    told: list[UserError] = []
    hand.view.refused.connect(told.append)
    make(hand, "class", "conv", "relu")
    assert "class" in told[0].message
    assert "Block1" in hand.document.project.definitions


def test_what_cannot_be_a_block_is_told(hand: BlockHand) -> None:
    told: list[UserError] = []
    hand.view.refused.connect(told.append)
    before = hand.document.project.copy()
    hand.pick("loss", "head")
    hand.key(K.Key_G, CTRL)
    assert "is a loss" in told[0].message
    assert hand.document.project == before


def test_the_card_of_a_block(hand: BlockHand, qtbot: QtBot) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.analyse(qtbot)
    assert hand.shape("stem") == "Stem | image → relu_2 | 16 × 8 × 8 | 160"
    face = hand.view.canvas.nodes[hand.node("stem").id].face
    assert (face.family, face.icon) == ("block", "block")


def test_double_click_dives_in_and_escape_climbs_out(hand: BlockHand, qtbot: QtBot) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.analyse(qtbot)
    hand.wheel(hand.at("stem"), 2)
    hand.swipe(hand.at("stem"), QPoint(0, 60))
    before, zoom = hand.view.seen().center(), hand.view.zoom
    hand.double_click(hand.at("stem"))
    assert {"conv", "relu"} < hand.names()
    assert "head" not in hand.names()
    assert hand.levels() == ["main", "stem"]
    assert "16 × 8 × 8" in hand.shape("conv")
    assert all(hand.is_seen(name) for name in hand.names())
    hand.key(K.Key_Escape)
    assert "head" in hand.names()
    assert hand.levels() == []
    assert hand.view.zoom == pytest.approx(zoom)
    assert (hand.view.seen().center() - before).manhattanLength() < 4


def test_the_breadcrumb_covers_no_card(hand: BlockHand) -> None:
    make(hand, "Net", "conv", "relu", "pool", "flatten", "head")
    hand.key(K.Key_Down, ALT)
    row = hand.view.findChild(QFrame, "breadcrumb")
    assert row is not None
    for name in hand.names():
        card = hand.view.canvas.nodes[hand.node(name).id].rect
        assert not hand.view.mapFromScene(card).boundingRect().intersects(row.geometry())


def test_names_are_seen_beside_the_ports_of_a_block(hand: BlockHand) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.hover(hand.at("stem"))
    shown = [item.text for item in hand.view.canvas.items() if isinstance(item, Pill)]
    assert sorted(shown) == ["image", "relu_2"]


def test_names_beside_ports_go_along_with_the_block(hand: BlockHand) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.hover(hand.at("stem"))
    names = [item for item in hand.view.canvas.items() if isinstance(item, Pill)]
    before, (x, y) = [item.pos() for item in names], hand.place("stem")
    stem = hand.node("stem").id
    hand.document.do(Set(("layout", "main", stem), (x + 240, y + 96)), "Move")
    assert [item.pos() - at for item, at in zip(names, before, strict=True)] == [
        QPointF(240, 96)
    ] * 2


def test_escape_first_selects_nothing(hand: BlockHand) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.key(K.Key_Down, ALT)
    hand.pick("conv")
    hand.key(K.Key_Escape)
    assert "head" not in hand.names()
    hand.key(K.Key_Backspace)
    assert "head" in hand.names()
    assert hand.selection.single == hand.node("stem").id


def test_levels_are_climbed_by_click(nested: BlockHand) -> None:
    nested.double_click(nested.at("stage1"))
    nested.double_click(nested.at("second"))
    assert nested.levels() == ["main", "stage1", "second"]
    nested.climb("stage1")
    assert nested.names() >= {"first", "second"}
    nested.double_click(nested.at("first"))
    nested.climb("main")
    assert "head" in nested.names()


def test_shapes_are_those_of_the_instance_dived_into(nested: BlockHand, qtbot: QtBot) -> None:
    for stage, width in (("stage0", 8), ("stage1", 16)):
        nested.pick(stage)
        nested.key(K.Key_Down, ALT)
        nested.pick("first")
        nested.key(K.Key_Down, ALT)
        assert f"{width} × 16 × 16" in nested.shape("conv1")
        nested.climb("main")


def test_a_change_inside_reaches_both_instances(nested: BlockHand, qtbot: QtBot) -> None:
    start = nested.document.project.copy()
    nested.double_click(nested.at("stage0"))
    nested.double_click(nested.at("first"))
    nested.pick("norm1")
    nested.key(K.Key_Delete)
    assert "norm1" not in nested.names()
    nested.drop_kind("nn.Tanh", nested.empty_spot())
    nested.analyse(qtbot)
    for path in ("stage0.first", "stage1.second"):
        assert f"{path}.norm1" not in nested.analyser.analysis.nodes
        assert f"{path}.tanh" in nested.analyser.analysis.nodes
    nested.key(K.Key_Escape)
    nested.climb("main")
    while nested.document.history.canUndo():
        nested.document.history.undo()
    assert nested.document.project == start
    assert nested.levels() == ["main", "stage0", "first"]


def test_every_gesture_works_inside(qtbot: QtBot, hand: BlockHand) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.key(K.Key_Down, ALT)
    before = hand.document.project.layout["Stem"][hand.node("conv").id]
    hand.drag(hand.at("conv"), hand.at("conv") + QPoint(0, 120))
    assert hand.document.project.layout["Stem"][hand.node("conv").id] != before
    hand.pick("conv")
    hand.key(K.Key_Down, CTRL)
    hand.key(K.Key_D, CTRL)
    assert "conv2" in hand.names()
    hand.drag(hand.output("conv"), hand.input("conv2"))
    assert "conv.output > conv2.input" in hand.wires()
    hand.drag(hand.input("conv2"), hand.empty_spot())
    assert "conv.output > conv2.input" not in hand.wires()
    hand.pick("conv2")
    hand.key(K.Key_X, CTRL)
    hand.key(K.Key_V, CTRL)
    assert "conv2" in hand.names()
    hand.key(K.Key_Delete, CTRL)
    hand.view.selection.select()
    hand.key(K.Key_L)
    hand.settle(qtbot)
    main = hand.document.project.graph
    assert {node.name for node in main.nodes.values()} >= {"data", "stem", "head", "loss"}
    assert not any(node.name == "conv2" for node in main.nodes.values())


def test_data_and_losses_stay_outside(hand: BlockHand) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.key(K.Key_Down, ALT)
    told: list[UserError] = []
    hand.view.refused.connect(told.append)
    names = hand.names()
    hand.drop_kind("loss.MSELoss", hand.empty_spot())
    hand.drop_kind("data.Dataset", hand.empty_spot())
    hand.drop_kind("block.Stem", hand.empty_spot())
    assert ["inside a block" in e.message for e in told[:2]] == [True, True]
    assert "contains itself" in told[2].message
    assert hand.names() == names


def test_blocks_nest_by_hand(hand: BlockHand) -> None:
    make(hand, "Stem", "conv", "relu", "pool")
    hand.key(K.Key_Down, ALT)
    make(hand, "Inner", "conv", "relu")
    hand.key(K.Key_Down, ALT)
    assert hand.levels() == ["main", "stem", "inner"]
    while hand.document.history.canUndo():
        hand.document.history.undo()
    assert hand.levels() == []
    assert set(hand.document.project.definitions) == {MAIN}


def test_unpacking_by_keys(hand: BlockHand) -> None:
    wires = hand.wires()
    make(hand, "Stem", "conv", "relu")
    hand.key(K.Key_G, CTRL | SHIFT)
    assert hand.wires() == wires
    assert hand.selection.nodes == {hand.node("conv").id, hand.node("relu").id}
    assert hand.history_text() == "Unpack stem"


def test_a_pasted_instance_is_made_unique(hand: BlockHand, qtbot: QtBot) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.key(K.Key_C, CTRL)
    hand.key(K.Key_V, CTRL)
    assert hand.node("stem2").kind == "block.Stem"
    menu = hand.menu_at(hand.at("stem2"))
    texts = [action.text() for action in menu.actions()]
    assert {"Enter the block", "Unpack the block", "Make it unique"} <= set(texts)
    next(a for a in menu.actions() if a.text() == "Make it unique").trigger()
    menu.close()
    assert hand.node("stem2").kind == "block.Stem2"
    assert hand.node("stem").kind == "block.Stem"


def test_a_block_is_pasted_elsewhere_with_its_places(
    hand: BlockHand, open_canvas: Callable[[Project], Hand]
) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.key(K.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    found = open_canvas(Project())
    QGuiApplication.clipboard().setText(text)
    found.key(K.Key_V, CTRL)
    assert "stem" in found.names()
    other, mine = found.document.project, hand.document.project
    assert other.definitions["Stem"] == mine.definitions["Stem"]
    assert other.layout["Stem"] == mine.layout["Stem"]


def test_blocks_survive_the_file(hand: BlockHand) -> None:
    make(hand, "Stem", "conv", "relu")
    again = parse(to_text(hand.document.project))
    hand.document.replace(again, None)
    hand.pick("stem")
    hand.key(K.Key_Down, ALT)
    assert {"conv", "relu"} < hand.names()
    hand.document.replace(parse(to_text(again)), None)
    assert hand.levels() == []


def test_an_edit_elsewhere_brings_its_drawing(nested: BlockHand) -> None:
    inner = nested.document.project.definitions["Residual"].graph.by_name("conv1")
    assert inner is not None
    nested.document.do(SetParam(inner.id, "kernel_size", 1, "Residual"), "Change kernel")
    assert nested.levels() == ["main", "stage0", "first"]
    nested.key(K.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert nested.levels() == ["main", "stage0"]
    nested.document.history.undo()
    assert nested.levels() == ["main", "stage0", "first"]
    assert nested.node("conv1").params["kernel_size"] == 3


def test_the_menu_of_the_paper_climbs_out(hand: BlockHand) -> None:
    make(hand, "Stem", "conv", "relu")
    hand.key(K.Key_Down, ALT)
    menu = hand.menu_at(hand.empty_spot())
    next(a for a in menu.actions() if a.text() == "Climb out of the block").trigger()
    menu.close()
    assert "head" in hand.names()
    QTest.keyClick(hand.view, K.Key_Escape, NO)
    assert "head" in hand.names()
