"""Keyboard: every command in a palette with its shortcut, and shortcuts that can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QTreeWidget, QWidget

from gui.actions import COMMANDS
from gui.command_palette import CommandPalette
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.shortcuts import given
from tests.gui.canvas.hand import Hand
from tests.gui.conftest import OpenWindow, dialog_of, keys, press

K = Qt.Key
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture(autouse=True)
def nothing_stays_open(open_window: OpenWindow) -> Iterator[None]:
    yield
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.reject()


def hand_of(window: MainWindow) -> Hand:
    return Hand(window.canvas, window.document, window.analyser, window.selection)


def settings_of(home: Path) -> Path:
    home.mkdir(exist_ok=True)
    return home / "settings.ini"


def open_palette(window: MainWindow) -> CommandPalette:
    window.activateWindow()
    keys(window, "Ctrl+Shift+P")
    palette = dialog_of(window, CommandPalette)
    assert isinstance(palette, CommandPalette)
    return palette


def palette_rows(window: MainWindow, typed: str = "") -> list[str]:
    """What the palette says aloud of each row, best first."""
    palette = open_palette(window)
    QTest.keyClicks(palette.field, typed)
    rows = palette.findChild(QListWidget)
    assert rows is not None
    found = [rows.item(row).data(SPOKEN) for row in range(rows.count())]
    palette.reject()
    return found


def ask_for_keys(window: MainWindow, command: str, sequence: str) -> ShortcutsDialog:
    """In the list of shortcuts, by keys alone: find the command, Enter, press the new keys."""
    window.commands["help.shortcuts"].trigger()
    dialog = dialog_of(window, ShortcutsDialog)
    assert isinstance(dialog, ShortcutsDialog)
    type_keys(command)
    QTest.keyClick(focus(), K.Key_Return)
    QTest.keySequence(focus(), QKeySequence(sequence))
    return dialog


def focus() -> QWidget:
    QApplication.processEvents()
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_keys(text: str) -> None:
    QTest.keyClicks(focus(), text)


def words(dialog: QWidget) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def notices(window: MainWindow) -> str:
    found = window.notices.findChildren(QWidget, "notice")
    return " ".join(bar.accessibleName() for bar in found)


def test_every_command_is_in_the_palette_with_its_shortcut(open_window: OpenWindow) -> None:
    window = open_window()
    rows = palette_rows(window)
    for command in COMMANDS:
        if command.name == "help.palette":
            continue
        title = window.commands[command.name].text().rstrip("…")
        shown = QKeySequence(command.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        beginning = f"{title}, {shown}" if shown else title
        assert any(row.removesuffix(", off") == beginning for row in rows), command.name


def test_a_shortcut_is_changed_by_keys_alone_and_all_follow_at_once(
    open_window: OpenWindow,
) -> None:
    window = open_window(template="digits-cnn")
    dialog = ask_for_keys(window, "make a block", "Ctrl+Alt+B")
    QTest.keyClick(focus(), K.Key_Escape)
    assert not dialog.isVisible()
    window.commands.refresh()
    hand, action = hand_of(window), window.commands["graph.block"]
    assert action.shortcut() == QKeySequence("Ctrl+Alt+B")
    assert "Ctrl+Alt+B" in action.toolTip()
    window.selection.select({hand.node("conv1").id})
    assert "Make a block, Ctrl+Alt+B" in palette_rows(window, "make a block")
    menu = hand.menu_at(hand.at("conv1"))
    assert [a for a in menu.actions() if a.shortcut() == QKeySequence("Ctrl+Alt+B")]
    menu.close()
    window.canvas.setFocus()
    keys(window, "Ctrl+G", window.canvas)
    assert not window.document.history.canUndo()
    keys(window, "Ctrl+Alt+B", window.canvas)
    assert window.document.history.canUndo()


def test_keys_that_another_command_has_are_taken_only_when_asked(open_window: OpenWindow) -> None:
    window = open_window()
    dialog = ask_for_keys(window, "make a block", "Ctrl+D")
    assert "“Duplicate”" in words(dialog)
    assert window.commands["graph.block"].shortcut() == QKeySequence("Ctrl+G")
    press(dialog, "Take it from “Duplicate”")
    assert window.commands["graph.block"].shortcut() == QKeySequence("Ctrl+D")
    assert window.commands["edit.duplicate"].shortcut().isEmpty()
    press(dialog, "Back to default")
    assert window.commands["graph.block"].shortcut() == QKeySequence("Ctrl+G")


def test_all_go_back_to_default_and_that_can_be_undone(open_window: OpenWindow) -> None:
    window = open_window()
    dialog = ask_for_keys(window, "make a block", "Ctrl+D")
    press(dialog, "Take it from “Duplicate”")
    press(dialog, "All back to default")
    assert all(
        window.commands[command.name].shortcut() == QKeySequence(command.shortcut)
        for command in COMMANDS
    )
    press(dialog, "Undo")
    assert window.commands["graph.block"].shortcut() == QKeySequence("Ctrl+D")


def test_a_command_can_do_without_keys(open_window: OpenWindow) -> None:
    window = open_window()
    window.commands["help.shortcuts"].trigger()
    dialog = dialog_of(window, ShortcutsDialog)
    type_keys("add a layer")
    press(dialog, "No keys")
    assert window.commands["graph.search"].shortcut().isEmpty()
    dialog.close()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, K.Key_Tab)
    assert not window.canvas.hasFocus()  # Tab moves on, now that it searches no more
    assert not [label for label in window.canvas.findChildren(QLabel)
                if label.isVisible() and "Tab" in label.text()]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "sequence", "said"),
    [
        ("make a block", "Left", "always mean the same"),
        ("make a block", "Space", "always mean the same"),
        ("Save", "S", "Hold Ctrl or Alt"),
        ("Save", "Tab", "Hold Ctrl or Alt"),
    ],
)
def test_keys_that_can_not_be_had_say_why(
    open_window: OpenWindow, command: str, sequence: str, said: str
) -> None:
    window = open_window()
    before = {action.objectName(): action.shortcut() for action in window.commands}
    dialog = ask_for_keys(window, command, sequence)
    assert said in words(dialog)
    assert before == {action.objectName(): action.shortcut() for action in window.commands}


def test_a_panel_can_have_keys_too(open_window: OpenWindow) -> None:
    window = open_window()
    dialog = ask_for_keys(window, "history", "Ctrl+Alt+H")
    dialog.close()
    window.activateWindow()
    dock = window.docks["history"]
    dock.close()
    keys(window, "Ctrl+Alt+H")
    assert not dock.isHidden()


def test_the_list_is_found_by_keys_too(open_window: OpenWindow) -> None:
    window = open_window()
    keys(window, "F1")
    dialog = dialog_of(window, ShortcutsDialog)
    type_keys("Ctrl+Shift+G")
    tree = dialog.findChild(QTreeWidget)
    assert tree is not None
    current = tree.currentItem()
    assert current is not None
    assert current.text(0) == "Unpack block"


def test_the_preferences_lead_to_the_shortcuts(open_window: OpenWindow) -> None:
    window = open_window()
    window.dialogs.show_preferences()
    press(window, "Change shortcuts…")
    assert dialog_of(window, ShortcutsDialog)


def test_chosen_shortcuts_are_kept(open_window: OpenWindow) -> None:
    window = open_window()
    ask_for_keys(window, "make a block", "Ctrl+,")  # a comma is special in such a file
    press(dialog_of(window, ShortcutsDialog), "Take it from “Preferences”")
    window.close()
    later = open_window()
    assert later.commands["graph.block"].shortcut() == QKeySequence("Ctrl+,")
    assert later.commands["edit.preferences"].shortcut().isEmpty()
    assert not notices(later)


@pytest.mark.parametrize("wrong", ["Ctrl+Nonsense", "Left", "Ctrl+D", "Ctrl+K, Ctrl+L"])
def test_settings_that_can_not_be_had_get_a_sentence_and_the_default(
    open_window: OpenWindow, home: Path, wrong: str
) -> None:
    text = f'[shortcuts]\nedit.duplicate=Ctrl+D\ngraph.block="{wrong}"\nno.such.command=Ctrl+B\n'
    settings_of(home).write_text(text)
    window = open_window()
    assert window.commands["graph.block"].shortcut() == QKeySequence("Ctrl+G")
    assert "“Make a block”" in notices(window)
    assert wrong in notices(window)


def test_a_settings_file_that_is_none_is_kept_and_defaults_are_taken(
    open_window: OpenWindow, home: Path
) -> None:
    spoiled = b"[shor\x00\nedit.copy\xff Ctrl\n"
    settings_of(home).write_bytes(spoiled)
    window = open_window()
    assert window.commands["edit.copy"].shortcut() == QKeySequence("Ctrl+C")
    assert "settings could not be read" in notices(window)
    kept = [path for path in home.iterdir() if path.is_file() and path.read_bytes() == spoiled]
    assert kept
    assert str(kept[0]) in notices(window)


def test_all_windows_follow_at_once(open_window: OpenWindow) -> None:
    window = open_window()
    other = window.windows.add()
    ask_for_keys(window, "make a block", "Ctrl+Alt+B")
    assert other.commands["graph.block"].shortcut() == QKeySequence("Ctrl+Alt+B")


def test_settings_that_can_not_be_written_say_so(open_window: OpenWindow, home: Path) -> None:
    window = open_window()
    settings_of(home).unlink(missing_ok=True)
    settings_of(home).mkdir()
    (settings_of(home) / "in the way").touch()
    ask_for_keys(window, "make a block", "Ctrl+Alt+B")
    assert "can't be written" in notices(window)
    assert window.commands["graph.block"].shortcut() == QKeySequence("Ctrl+Alt+B")


def test_a_key_of_a_command_that_is_off_says_why_on_the_canvas(open_window: OpenWindow) -> None:
    window = open_window(template="digits-cnn")
    window.canvas.setFocus()
    keys(window, "Ctrl+G", window.canvas)
    assert window.canvas.said == "Select a node first."


def test_the_palette_ranks_by_use_and_remembers_it(open_window: OpenWindow) -> None:
    window = open_window()
    first = palette_rows(window)[0]
    for _ in range(2):
        palette = open_palette(window)
        QTest.keyClicks(palette.field, "minimap")
        QTest.keyClick(palette.field, K.Key_Return)
    assert first != palette_rows(window)[0]
    assert palette_rows(window)[0].startswith("Minimap")
    assert palette_rows(window, "m")[0].startswith("Minimap")
    assert palette_rows(window, "make")[0].startswith("Make")  # what fits better still comes first
    window.close()
    assert palette_rows(open_window())[0].startswith("Minimap")


def test_uses_stay_few_and_small(home: Path) -> None:
    preferences = Preferences(home)
    for number in range(200):
        preferences.count_use(f"command.{number % 60}")
        preferences.count_use("edit.undo")
    assert len(preferences.uses) < 60
    assert max(preferences.uses.values()) == preferences.uses["edit.undo"] < 60


def test_what_was_chosen_comes_before_what_another_has_by_default() -> None:
    found, wrong = given({"new": "Ctrl+B", "old": "Ctrl+G"}, {"old": "ctrl+b"})
    assert found == {"new": "", "old": "Ctrl+B"}
    assert not wrong
