"""Ctrl+F: nodes by name, kind, shape or problem."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import CTRL, SHIFT, Hand

K = Qt.Key


def test_enter_walks_through_what_is_found_and_escape_leaves(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    digits.key(K.Key_F, CTRL)
    digits.type("conv2d")
    assert [row.partition(" ")[0] for row in digits.search_rows()] == ["conv"]
    digits.key(K.Key_Return)
    assert digits.selection.single == digits.node("conv").id
    field = digits.view.findChild(QLineEdit)
    assert field is not None
    field.clear()
    digits.type("16x8x8")
    names = [row.partition(" ")[0] for row in digits.search_rows()]
    assert names[:2] == ["conv", "relu"]
    digits.key(K.Key_Return)
    digits.key(K.Key_Return)
    assert digits.selection.single == digits.node("relu").id
    digits.key(K.Key_Return, SHIFT)
    assert digits.selection.single == digits.node("conv").id
    digits.key(K.Key_Escape)
    assert digits.view.hasFocus()
    assert digits.document.history.count() == 0


def test_a_panel_that_is_behind_selects_only_what_is_still_drawn(digits: Hand) -> None:
    conv, relu = digits.node("conv").id, digits.node("relu").id
    digits.selection.select({conv})
    digits.key(K.Key_Delete)
    digits.selection.select({conv, relu})
    assert digits.selection.nodes == {relu}
