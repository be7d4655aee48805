"""What is wrong with a node, told at its card: by mouse, by keys, mended there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from graphcore.project.edits import SetParam
from graphcore.project.structure import collapse
from gui.main_window import MainWindow
from tests.gui.canvas.hand import Hand
from tests.gui.conftest import OpenWindow

K, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def broken(open_window: OpenWindow, qtbot: QtBot) -> tuple[MainWindow, Hand]:
    """The digits with a head that expects another size."""
    window = open_window(template="digits-cnn")
    hand = Hand(window.canvas, window.document, window.analyser, window.selection)
    window.document.do(SetParam(hand.node("head").id, "in_features", 77), "Features")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    window.canvas.setFocus()
    return window, hand


def fixes(window: MainWindow) -> list[QPushButton]:
    assert window.explaining.pop is not None
    return [b for b in window.explaining.pop.findChildren(QPushButton) if b.isVisible()]


def test_f4_tells_what_is_wrong_and_enter_mends_it(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, hand = broken(open_window, qtbot)
    hand.click(hand.at("head"))
    hand.key(K.Key_F4)
    pop = window.explaining.pop
    assert pop is not None
    assert "77" in pop.accessibleName()
    qtbot.waitUntil(lambda: window.canvas.rect().contains(pop.geometry()))
    qtbot.waitUntil(lambda: bool(fixes(window)) and fixes(window)[0].hasFocus(), timeout=30_000)
    wires = len(hand.graph.wires)
    hand.key(K.Key_Return)
    assert hand.node("head").params.get("in_features") != 77
    qtbot.waitUntil(lambda: window.explaining.pop is None, timeout=30_000)
    assert QApplication.focusWidget() is window.canvas
    assert len(hand.graph.wires) == wires
    window.document.history.undo()
    assert hand.node("head").params["in_features"] == 77


def test_escape_closes_it_and_nothing_has_changed(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, hand = broken(open_window, qtbot)
    hand.click(hand.at("head"))
    hand.key(K.Key_F4)
    index = window.document.history.index()
    for key in (K.Key_Down, K.Key_N, K.Key_L, K.Key_Escape):
        hand.key(key)
    assert window.explaining.pop is None
    assert QApplication.focusWidget() is window.canvas
    assert window.document.history.index() == index
    assert window.selection.single == hand.node("head").id


def test_a_click_on_the_badge_tells_it_and_a_click_elsewhere_closes(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, hand = broken(open_window, qtbot)
    hand.click(window.canvas.point_of_badge(hand.node("head").id))
    assert window.explaining.pop is not None
    assert window.selection.single == hand.node("head").id
    qtbot.waitUntil(lambda: bool(fixes(window)), timeout=30_000)
    QTest.mouseClick(fixes(window)[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.explaining.pop is None, timeout=30_000)
    assert hand.node("head").params.get("in_features") != 77
    window.document.history.undo()
    qtbot.waitUntil(lambda: window.canvas.badge_at(hand.node("head").id) is not None)
    hand.click(window.canvas.point_of_badge(hand.node("head").id))
    assert window.explaining.pop is not None
    hand.click(hand.at("relu1"))
    assert window.explaining.pop is None


def test_f3_goes_from_problem_to_problem_and_shows_each(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, hand = broken(open_window, qtbot)
    window.document.do(SetParam(hand.node("dropout").id, "p", 1.0), "Rate")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    paths = window.explaining.paths()
    assert paths
    seen = []
    for _ in range(len(paths) + 1):
        hand.key(K.Key_F3)
        single = window.selection.single
        assert single is not None
        seen.append(hand.graph.nodes[single].name)
        assert window.explaining.pop is not None
    assert seen == [*paths, paths[0]]
    hand.key(K.Key_F3, SHIFT)
    assert window.selection.single == hand.node(paths[-1]).id


def test_f4_at_a_sound_node_goes_to_the_one_before_it_that_is_at_fault(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, hand = broken(open_window, qtbot)
    hand.click(hand.at("loss"))
    assert "“loss” is not to blame" in hand.tooltip_at(hand.at("loss"))
    hand.key(K.Key_F4)
    pop = window.explaining.pop
    assert pop is not None
    assert window.selection.single == hand.node("head").id
    lead = "“loss” is not to blame: what comes into it is not known because of “head”."
    assert pop.accessibleName().startswith(lead)
    assert lead in [label.text() for label in pop.findChildren(QLabel) if label.isVisible()]
    qtbot.waitUntil(lambda: bool(fixes(window)) and fixes(window)[0].hasFocus(), timeout=30_000)
    hand.key(K.Key_Return)
    assert hand.node("head").params.get("in_features") != 77
    qtbot.waitUntil(lambda: window.explaining.pop is None, timeout=30_000)


def test_f4_at_a_sound_node_with_sound_input_says_that_nothing_is_wrong(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, hand = broken(open_window, qtbot)
    hand.click(hand.at("relu1"))
    window.commands.refresh()
    assert "Nothing is wrong with this node." in window.commands["view.problem"].toolTip()
    hand.key(K.Key_F4)
    assert window.explaining.pop is None
    assert "not to blame" not in hand.tooltip_at(hand.at("relu1"))


def test_f4_inside_a_block_finds_the_fault_outside(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, hand = broken(open_window, qtbot)
    window.document.history.undo()
    window.document.do(
        collapse(hand.document.project, {hand.node(n).id for n in ("relu2", "pool")}, "Inner"), "In"
    )
    window.document.do(SetParam(hand.node("conv1").id, "in_channels", 5), "Channels")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    (block,) = (node for node in hand.graph.nodes.values() if node.kind == "block.Inner")
    window.selection.place.enter(block.id)
    inner = window.selection.place.graph(window.document.project).by_name("relu2")
    assert inner is not None
    hand.click(window.canvas.point_of(inner.id))
    hand.key(K.Key_F4)
    assert window.selection.place.is_main
    assert window.selection.single == hand.node("conv1").id
    assert window.explaining.pop is not None
    assert "because of “conv1”" in window.explaining.pop.accessibleName()
