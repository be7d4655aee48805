"""Undo: one action, one change; drags and typing bursts fold; selection isn't history; a history
list with names; text fields own their undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Set
from gui.main_window import MainWindow
from tests.gui.canvas.hand import CTRL, Hand
from tests.gui.conftest import OpenWindow, keys

K = Qt.Key
ROLE = Qt.ItemDataRole


class Person:
    """A window with its history in sight, and a hand on its canvas."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        window.docks.raise_panel("history", take_focus=False)
        QApplication.processEvents()
        found = window.docks["history"].panel.findChild(QListView)
        assert found is not None
        self.list = found
        self.hand = Hand(window.canvas, window.document, window.analyser, window.selection)
        window.canvas.setFocus()

    def rows(self, role: int = ROLE.DisplayRole) -> list[str]:
        model = self.list.model()
        return [model.index(row, 0).data(role) for row in range(model.rowCount())]

    def click(self, row: int) -> None:
        spot = self.list.visualRect(self.list.model().index(row, 0)).center()
        QTest.mouseClick(self.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    def change(self, title: str) -> None:
        """A change made elsewhere."""
        self.window.document.do(Set(("title",), title), f"Call it {title}")


@pytest.fixture
def person(open_window: OpenWindow) -> Person:
    return Person(open_window(template="digits-cnn"))


def titles(window: MainWindow) -> str:
    return window.document.project.title


def test_a_history_list_with_names(person: Person) -> None:
    person.hand.click(person.hand.at("conv1"))
    person.hand.key(K.Key_D, CTRL)
    person.change("One")
    assert person.rows() == ["As it was opened", "Duplicate", "Call it One"]


def test_a_click_goes_to_a_change_and_back(person: Person) -> None:
    before = titles(person.window)
    for title in ("One", "Two", "Three"):
        person.change(title)
    person.click(1)
    assert titles(person.window) == "One"
    person.click(3)
    assert titles(person.window) == "Three"
    person.click(0)
    assert titles(person.window) == before
    assert person.rows() == ["As it was opened", "Call it One", "Call it Two", "Call it Three"]


def test_keys_walk_the_list_and_enter_goes_there(person: Person) -> None:
    for title in ("One", "Two", "Three"):
        person.change(title)
    person.list.setFocus()
    QTest.keyClick(person.list, K.Key_Up)
    QTest.keyClick(person.list, K.Key_Up)
    assert titles(person.window) == "Three"  # a walk changes nothing
    QTest.keyClick(person.list, K.Key_Return)
    assert titles(person.window) == "One"


def test_the_current_change_is_marked_and_undone_ones_are_pale(person: Person) -> None:
    for title in ("One", "Two"):
        person.change(title)
    person.click(1)
    pale = QColor(person.window.appearance.theme.tertiary)
    model = person.list.model()
    colors = [model.index(row, 0).data(ROLE.ForegroundRole) for row in range(3)]
    assert [color == pale for color in colors] == [False, False, True]
    assert [font.weight() > 400 for font in person.rows(ROLE.FontRole)] == [False, True, False]
    assert person.list.currentIndex().row() == 1


def test_what_was_undone_goes_when_something_else_is_done(person: Person) -> None:
    for title in ("One", "Two"):
        person.change(title)
    person.click(1)
    person.change("Other")
    assert person.rows() == ["As it was opened", "Call it One", "Call it Other"]


def test_the_history_is_spoken(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(
        event.message()) if isinstance(event, QAccessibleAnnouncementEvent) else None)  # fmt: skip
    for title in ("One", "Two"):
        person.change(title)
    person.click(1)
    assert said[-1] == "Undone back to: Call it One"
    found = QAccessible.queryAccessibleInterface(person.list)
    names = [found.child(n).text(QAccessible.Text.Name) for n in range(found.childCount())]
    assert "Call it One, how things stand now" in names
    assert "Call it Two, undone" in names
    assert "As it was opened, as in the file" in names


def test_one_action_is_one_change(person: Person) -> None:
    hand = person.hand
    hand.click(hand.at("relu1"))
    hand.key(K.Key_Delete)
    assert len(person.rows()) == 2
    hand.key(K.Key_A, CTRL)
    hand.key(K.Key_D, CTRL)
    assert len(person.rows()) == 3


def test_a_drag_folds_into_one_change(person: Person) -> None:
    hand = person.hand
    hand.drag(hand.at("conv1"), hand.at("conv1") + QPoint(30, 90))
    assert len(person.rows()) == 2
    hand.drag(hand.at("conv1"), hand.at("conv1") + QPoint(60, 20))
    assert len(person.rows()) == 3


def test_a_burst_of_typing_folds_into_one_change(person: Person, qtbot: QtBot) -> None:
    hand, panel = person.hand, person.window.docks["inspector"]
    hand.click(hand.at("conv1"))
    qtbot.waitUntil(lambda: any(line.isVisible() for line in lines_of(panel, "out_channels")))
    line = next(line for line in lines_of(panel, "out_channels") if line.isVisible())
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "128")
    QTest.keyClick(line, K.Key_Return)
    assert hand.node("conv1").params["out_channels"] == 128
    assert person.rows()[1:] == ["Change out_channels of conv1"]


def test_selection_is_not_history(person: Person) -> None:
    hand = person.hand
    hand.click(hand.at("conv1"))
    hand.key(K.Key_Right)
    hand.key(K.Key_A, CTRL)
    hand.key(K.Key_Home)
    assert person.rows() == ["As it was opened"]


def test_text_fields_own_their_undo(person: Person) -> None:
    person.change("One")
    page = person.window.docks["inspector"].panel
    about = next(text for text in page.findChildren(QPlainTextEdit) if text.isVisible())
    about.setFocus()
    text = about.toPlainText()
    QTest.keyClicks(about, "abc")
    keys(person.window, "Ctrl+Z", about)
    assert about.toPlainText() == text
    assert titles(person.window) == "One"


def test_a_line_that_is_typed_in_owns_its_undo(person: Person) -> None:
    person.change("One")
    (search,) = lines_of(person.window.docks["palette"], "Search layers")
    search.setFocus()
    QTest.keyClicks(search, "conv")
    keys(person.window, "Ctrl+Z", search)
    assert search.text() == ""
    assert titles(person.window) == "One"


def lines_of(panel: QWidget, name: str) -> list[QLineEdit]:
    return [line for line in panel.findChildren(QLineEdit) if line.accessibleName() == name]
