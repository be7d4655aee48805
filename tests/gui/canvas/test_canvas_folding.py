"""What repeats is folded by keys, by the menu, and from the summary, which offers it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from graphcore.errors import UserError
from graphcore.project.project import Project
from gui.panels.summary import SummaryPanel
from gui.theme import Appearance
from tests.build import add, wire
from tests.gui.canvas.hand import CTRL, Hand

K, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def turns(open_canvas: Callable[[Project], Hand], qtbot: QtBot) -> Hand:
    """Four times a Linear and a ReLU in a row, analysed."""
    project, at = Project(), 0
    last = add(project, "io.Input", "x", at=(0, 0), type="float32[16]")
    for _ in range(4):
        for kind in ("nn.Linear", "nn.ReLU"):
            at += 264
            params = {"out_features": 16} if kind == "nn.Linear" else {}
            made = add(project, kind, at=(at, 0), **params)
            wire(project, last, made)
            last = made
    wire(project, last, add(project, "io.Output", "y", at=(at + 264, 0)))
    hand = open_canvas(project)
    hand.analyse(qtbot)
    return hand


def repeated(hand: Hand) -> list[int]:
    return sorted(node.repeat for node in hand.graph.nodes.values() if node.repeat)


def test_repeats_are_folded_by_keys_as_one_change(turns: Hand, qtbot: QtBot) -> None:
    before, count = turns.document.project.copy(), turns.analyser.analysis.parameters
    turns.key(K.Key_G, CTRL | ALT)
    assert repeated(turns) == [4]
    assert turns.selection.single == next(n.id for n in turns.graph.nodes.values() if n.repeat)
    turns.analyse(qtbot)
    assert turns.analyser.analysis.parameters == count
    assert turns.history_text() == "Fold repeats"
    turns.undo_and_redo_hold(before, turns.document.project.copy())


def test_the_gap_that_repeats_leave_is_closed_by_the_same_change(turns: Hand) -> None:
    turns.key(K.Key_G, CTRL | ALT)
    row = sorted(item.x() for item in turns.view.canvas.nodes.values())
    assert row == [0, 264, 528]
    turns.document.history.undo()
    row = sorted(item.x() for item in turns.view.canvas.nodes.values())
    assert row == [264 * place for place in range(10)]


def test_repeats_of_the_selection_are_folded_of_the_menu(turns: Hand) -> None:
    turns.selection.select({turns.node(n).id for n in ("linear", "relu", "linear2", "relu2")})
    turns.choose(turns.at("relu"), "Fold repeats")
    assert repeated(turns) == [2]
    assert {"linear3", "relu4"} <= turns.names()


def test_where_nothing_repeats_it_is_told(digits: Hand) -> None:
    told: list[UserError] = []
    digits.view.refused.connect(told.append)
    digits.key(K.Key_G, CTRL | ALT)
    assert "twice in a row" in told[0].message


def test_the_summary_offers_to_fold(turns: Hand, qtbot: QtBot, appearance: Appearance) -> None:
    panel = SummaryPanel(document=turns.document, analyser=turns.analyser,
                         selection=turns.selection, appearance=appearance)  # fmt: skip
    qtbot.addWidget(panel)
    panel.show()
    asked = list[str]()
    panel.command_asked.connect(asked.append)
    (offer,) = panel.findChildren(QPushButton)
    qtbot.waitUntil(offer.isVisible)
    assert offer.text() == "Fold 4 × 2 nodes"
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert asked == ["graph.fold"]
    turns.key(K.Key_G, CTRL | ALT)
    turns.analyse(qtbot)
    qtbot.waitUntil(lambda: not offer.isVisible())
    panel.stop()
