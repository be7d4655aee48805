"""Every command: in a menu, with a reason where it is off, and found by typing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from gui import assets
from gui.actions import COMMANDS, MENUS, Command
from gui.command_palette import CommandPalette, rank
from tests.gui.conftest import OpenWindow, dialog_of, keys

every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)


def names(entries: tuple) -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, tuple):
            yield from names(entry[1])
        else:
            yield entry


@every_command
def test_icon_and_shortcut_exist(command: Command) -> None:
    assert not command.icon or command.icon in assets.icon_names()
    assert bool(command.shortcut) != QKeySequence(command.shortcut).isEmpty()


def test_names_and_shortcuts_are_used_once() -> None:
    keys = [command.shortcut for command in COMMANDS if command.shortcut]
    assert len(keys) == len(set(keys))
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


def test_every_command_is_in_the_menu_bar() -> None:
    listed = {name for _, entries in MENUS for name in names(entries)}
    assert {command.name for command in COMMANDS} <= listed


def test_what_is_off_says_why(open_window: OpenWindow) -> None:
    window = open_window()
    window.commands.refresh()
    off = [action for action in window.commands if not action.isEnabled()]
    assert {"edit.undo", "train.start", "train.stop", "file.export"} <= {
        action.objectName() for action in off
    }
    for action in off:
        assert len(action.toolTip().splitlines()) == 2, action.toolTip()


def test_menus_show_their_tooltips(open_window: OpenWindow) -> None:
    menus = [m for m in open_window().menuBar().findChildren(QMenu) if m.title()]
    assert menus
    assert all(menu.toolTipsVisible() for menu in menus)


def test_the_train_button_says_why_it_is_off(open_window: OpenWindow) -> None:
    window = open_window()
    window.commands.refresh()
    button = window.tool_bar.train
    assert isinstance(button, QPushButton)
    assert not button.isEnabled()
    assert "canvas is empty" in button.toolTip()


def test_undo_names_the_change(open_window: OpenWindow) -> None:
    window = open_window()
    window.canvas.add_kind("nn.ReLU")
    window.commands.refresh()
    assert window.commands["edit.undo"].text().startswith("Undo: ")
    keys(window, "Ctrl+Z", window.canvas)
    assert not window.document.project.graph.nodes


@pytest.mark.parametrize(
    ("typed", "title", "better"),
    [
        ("sav", "Save", "Evaluate once, Save as"),
        ("tidy", "Tidy up", "Theme: dark"),
        ("sa", "Save as", "Select all"),
    ],
)
def test_what_fits_better_ranks_first(typed: str, title: str, better: str) -> None:
    other = rank(typed, better)
    assert rank(typed, title) >= 0
    assert other == -1 or rank(typed, title) < other


def test_letters_out_of_order_do_not_fit() -> None:
    assert rank("evas", "Save") == -1


def test_a_command_is_done_from_the_palette(open_window: OpenWindow) -> None:
    window = open_window()
    keys(window, "Ctrl+Shift+P")
    palette = dialog_of(window, CommandPalette)
    QTest.keyClicks(palette.field, "light")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.appearance.theme.name == "light"


def test_the_palette_says_why_a_command_is_off(open_window: OpenWindow) -> None:
    window = open_window()
    window.commands["help.palette"].trigger()
    palette = dialog_of(window, CommandPalette)
    QTest.keyClicks(palette.field, "undo")
    shown = [label.text() for label in palette.findChildren(QLabel)]
    assert "Nothing was changed yet." in shown
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()
