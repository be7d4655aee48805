"""Keyboard: F6 and Shift+F6 walk the panes in sight, Ctrl+PgDown the panels behind each other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow, keys


def pane_of(window: MainWindow) -> str:
    """The pane with the keyboard, by name."""
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    panes = {"canvas": window.canvas, "tool_bar": window.tool_bar, "notices": window.notices}
    panes |= {dock.row.name: dock for dock in window.docks}
    return next(n for n, pane in panes.items() if pane is focus or pane.isAncestorOf(focus))


def press_keys(window: MainWindow, sequence: str) -> str:
    """The pane with the keyboard, after these keys were pressed where it was."""
    keys(window, sequence, QApplication.focusWidget())
    return pane_of(window)


def begun(open_window: OpenWindow) -> MainWindow:
    window = open_window(template="digits-cnn")
    window.canvas.setFocus()
    return window


def test_f6_walks_all_panes_in_sight_and_comes_back(open_window: OpenWindow) -> None:
    window = begun(open_window)
    walked = [press_keys(window, "F6") for _ in range(5)]
    assert walked == ["palette", "inspector", "training", "tool_bar", "canvas"]
    for _ in range(3):
        press_keys(window, "F6")
    assert not isinstance(QApplication.focusWidget(), QScrollArea)  # but a part of the plan
    for _ in range(2):
        press_keys(window, "F6")
    back = [press_keys(window, "Shift+F6") for _ in range(5)]
    assert back == ["tool_bar", "training", "inspector", "palette", "canvas"]


def test_f6_skips_what_is_closed_and_meets_what_is_told(open_window: OpenWindow) -> None:
    window = begun(open_window)
    window.docks["inspector"].close()
    window.notices.tell("Something happened.", choices=[("Do it", lambda: None)])
    QApplication.processEvents()
    walked = [press_keys(window, "F6") for _ in range(5)]
    assert walked == ["palette", "training", "tool_bar", "notices", "canvas"]


def test_a_pane_has_the_keyboard_again_where_it_was(open_window: OpenWindow) -> None:
    window = begun(open_window)
    window.selection.select({next(iter(window.document.project.graph.nodes))})
    press_keys(window, "F6")
    press_keys(window, "F6")
    lines = [line for line in window.docks["inspector"].findChildren(QLineEdit) if line.isVisible()]
    lines[-1].setFocus()
    for _ in range(5):
        press_keys(window, "F6")
    assert QApplication.focusWidget() is lines[-1]


def test_panels_behind_each_other_come_to_the_front(open_window: OpenWindow) -> None:
    window = begun(open_window)
    for _ in range(3):
        press_keys(window, "F6")
    order = [press_keys(window, "Ctrl+PgDown") for _ in range(10)]
    assert order == ["plots", "problems", "code", "summary", "data", "tryout", "results", "runs",
                     "history", "training"]  # fmt: skip
    assert press_keys(window, "Ctrl+PgUp") == "history"
    assert window.docks["history"].panel.isVisible()


def test_the_pane_with_the_keyboard_is_outlined_and_announced(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = begun(open_window)
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(
        event.message()) if isinstance(event, QAccessibleAnnouncementEvent) else None)  # fmt: skip
    dock, accent = window.docks["inspector"], QColor(window.appearance.theme.accent)
    assert not has_edge(dock, accent)
    press_keys(window, "F6")
    press_keys(window, "F6")
    assert said[-2:] == ["Layers", "Inspector"]
    assert has_edge(dock, accent)


def has_edge(widget: QWidget, color: QColor) -> bool:
    """Whether the left edge is of that colour, half way down."""
    image = widget.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(0, int(widget.height() * ratio / 2)).rgb() == color.rgb()


def test_a_pane_with_nothing_to_act_on_is_entered_too(open_window: OpenWindow) -> None:
    window = open_window()
    window.canvas.setFocus()
    window.docks.raise_panel("problems", take_focus=False)
    for _ in range(3):
        press_keys(window, "F6")
    assert pane_of(window) == "problems"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
    assert pane_of(window) == "tool_bar"


def test_the_command_palette_brings_a_panel_to_the_front_with_the_keyboard(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = begun(open_window)
    assert choose_command(qtbot, window, "panel: data") == "data"
    assert choose_command(qtbot, window, "panel: data") == "data"  # and never takes it away
    assert choose_command(qtbot, window, "panel: runs") == "runs"
    assert press_keys(window, "Ctrl+1") == "canvas"


def choose_command(qtbot: QtBot, window: MainWindow, words: str) -> str:
    """The pane with the keyboard, after a command was found by its name."""
    keys(window, "Ctrl+Shift+P", QApplication.focusWidget())
    QTest.keyClicks(QApplication.focusWidget(), words)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    with qtbot.waitActive(window):
        window.activateWindow()
    return pane_of(window)
