"""Several projects at once: a window each, copying between them, quitting, and the next start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QListWidget, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from graphcore.project import templates
from graphcore.project.edits import Set
from graphcore.project.file import load, save
from gui.actions import COMMANDS
from gui.claim import holder_of
from gui.dialogs.leftovers import LeftoversDialog
from gui.dialogs.preferences import PreferencesDialog
from gui.dialogs.quitting import QuittingDialog
from gui.main_window import MainWindow
from gui.notices import NoticeBar
from tests.build import digits_cnn
from tests.gui.conftest import OpenWindow, dialog_of, keys, press
from tests.user_code import gated

SOON_MS = 20_000
SLOW_MS = 90_000
MakeFile = Callable[[str], Path]


@pytest.fixture
def make_file(tmp_path: Path) -> MakeFile:
    """Puts a project on disk, under a name of its own."""

    def make(name: str) -> Path:
        path = tmp_path / f"{name}.netwright"
        save(digits_cnn(), path)
        return path

    return make


def rename(window: MainWindow, title: str) -> None:
    window.document.do(Set(("title",), title), "Rename the project")


def told(window: MainWindow) -> str:
    bars = window.findChildren(NoticeBar)
    return " ".join(bar.accessibleName() for bar in bars if bar.isVisible())


def others(window: MainWindow) -> list[MainWindow]:
    return [other for other in window.windows if other is not window]


def other(window: MainWindow) -> MainWindow:
    (found,) = others(window)
    return found


def does(window: MainWindow, keys: str) -> None:
    """Do the command with that shortcut; where it is typed depends on the system's windows."""
    name = next(command.name for command in COMMANDS if command.shortcut == keys)
    window.windows.go_to(window)
    window.commands.refresh()
    window.commands[name].trigger()
    QApplication.processEvents()


def open_in(window: MainWindow, *paths: Path) -> None:
    """Choose files in the dialog of Open."""
    does(window, "Ctrl+O")
    dialog = dialog_of(window, QFileDialog)
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(" ".join(f'"{path}"' for path in paths) if len(paths) > 1 else str(paths[0]))
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()


def window_list(window: MainWindow) -> list[QAction]:
    """What the menu of the windows lists below its commands."""
    menus = window.menuBar().findChildren(QMenu)
    menu = next(found for found in menus if found.title() == "&Window")
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if action.isCheckable()]


# A window a project


def test_a_new_window_has_an_empty_project_and_leaves_the_first_alone(
    open_window: OpenWindow, make_file: MakeFile
) -> None:
    first = open_window(make_file("shoes"))
    does(first, "Ctrl+Shift+N")
    second = other(first)
    assert second.isVisible()
    assert not second.document.project.graph.nodes
    second.canvas.add_kind("nn.ReLU")
    assert first.document.project == load(first.document.path)
    assert not first.isWindowModified()


def test_another_file_opens_in_a_window_of_its_own(
    open_window: OpenWindow, make_file: MakeFile
) -> None:
    first = open_window(make_file("shoes"))
    open_in(first, make_file("boots"), make_file("clogs"))
    assert {window.files.title for window in first.windows} == {"shoes", "boots", "clogs"}
    assert first.files.title == "shoes"


def test_a_file_opens_where_nothing_was_made_yet(
    open_window: OpenWindow, make_file: MakeFile
) -> None:
    window = open_window(template="digits-cnn")
    open_in(window, make_file("shoes"))
    assert others(window) == []
    assert window.files.title == "shoes"


def test_a_file_takes_the_place_of_another_where_that_is_preferred(
    open_window: OpenWindow, make_file: MakeFile
) -> None:
    window = open_window(make_file("shoes"))
    window.commands["edit.preferences"].trigger()
    dialog = dialog_of(window, PreferencesDialog)
    box = next(b for b in dialog.findChildren(QComboBox) if "Another" in b.currentText())
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    dialog.close()
    rename(window, "Boots")
    open_in(window, make_file("clogs"))
    press(dialog_of(window), "Discard")
    assert others(window) == []
    assert window.files.title == "clogs"


def test_a_file_that_is_open_is_brought_to_the_front(
    open_window: OpenWindow, make_file: MakeFile, tmp_path: Path
) -> None:
    first = open_window(make_file("shoes"))
    open_in(first, make_file("boots"))
    second = other(first)
    open_in(second, tmp_path / "shoes.netwright")
    assert first.windows.active is first
    assert len(first.windows) == 2


def test_a_file_is_not_saved_over_one_that_another_window_shows(
    open_window: OpenWindow, make_file: MakeFile, tmp_path: Path
) -> None:
    first = open_window(make_file("shoes"))
    open_in(first, make_file("boots"))
    second, before = other(first), load(tmp_path / "shoes.netwright")
    rename(second, "Other")
    second.commands["file.save_as"].trigger()
    dialog = dialog_of(second, QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "shoes.netwright"))  # as a system's own dialog does
    dialog.close()
    assert "open in another window" in told(second)
    assert load(tmp_path / "shoes.netwright") == before
    assert second.document.path == tmp_path / "boots.netwright"


def test_the_window_menu_and_keys_go_from_one_window_to_another(
    open_window: OpenWindow, make_file: MakeFile
) -> None:
    first = open_window(make_file("shoes"))
    assert not first.commands["window.next"].isEnabled()
    open_in(first, make_file("boots"))
    second = other(first)
    rename(second, "Other")
    listed = {action.text(): action.isChecked() for action in window_list(first)}
    assert listed == {"shoes": True, "boots (edited)": False}
    window_list(second)[0].trigger()
    assert first.windows.active is first
    does(first, "Ctrl+Tab")
    assert first.windows.active is second
    does(second, "Ctrl+Shift+Tab")
    assert first.windows.active is first


def test_a_window_that_closes_is_gone_and_the_others_stay(
    open_window: OpenWindow, make_file: MakeFile, qtbot: QtBot
) -> None:
    first = open_window(make_file("shoes"))
    for name in ("boots", "clogs"):
        open_in(first, make_file(name))
    boots, clogs = others(first)
    does(boots, "Ctrl+W")
    qtbot.waitUntil(lambda: not isValid(boots))
    assert [window.files.title for window in first.windows] == ["shoes", "clogs"]
    clogs.commands["view.theme_light"].trigger()  # nothing of it hears what is told to all
    does(clogs, "Ctrl+Tab")
    rename(first, "Still at work")
    does(first, "Ctrl+Z")
    assert first.document.project == load(first.document.path)


def test_settings_are_those_of_all_windows(open_window: OpenWindow) -> None:
    first = open_window()
    does(first, "Ctrl+Shift+N")
    second = other(first)
    second.commands["view.theme_light"].trigger()
    second.commands["view.minimap"].trigger()
    for window in (first, second):
        color = window.grab().toImage().pixelColor(3, window.height() - 3)
        assert color.lightness() > 200
        window.commands.refresh()
        assert not window.canvas.is_minimap_visible
        assert window.commands["view.theme_light"].isChecked()


# Between windows


def test_copies_carry_their_blocks_to_another_window(open_window: OpenWindow, qtbot: QtBot) -> None:
    first = open_window(template="resnet18")
    blocks = first.document.project.definitions.keys()
    keys(first, "Ctrl+A", first.canvas)
    keys(first, "Ctrl+C", first.canvas)
    does(first, "Ctrl+Shift+N")
    second = other(first)
    keys(second, "Ctrl+V", second.canvas)
    assert second.document.project.definitions.keys() == blocks
    names = [{node.name for node in w.document.project.graph.nodes.values()} for w in first.windows]
    assert names[0] == names[1]
    keys(second, "Ctrl+Z", second.canvas)
    assert not second.document.project.graph.nodes


def test_copies_carry_a_persons_own_modules_to_another_window(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    gated(tmp_path)
    first = open_window(tmp_path / "net.netwright")
    gate = first.document.project.graph.by_name("gate")
    assert gate is not None
    first.selection.select({gate.id})
    keys(first, "Ctrl+C", first.canvas)
    does(first, "Ctrl+Shift+N")
    second = other(first)
    keys(second, "Ctrl+V", second.canvas)
    (copy,) = second.document.project.graph.nodes.values()
    assert copy.kind == gate.kind
    assert second.document.project.modules == first.document.project.modules


@pytest.mark.slow
def test_two_windows_train_at_once(
    open_window: OpenWindow, make_file: MakeFile, qtbot: QtBot
) -> None:
    for name in ("shoes", "boots"):
        project = templates.open_template("digits-cnn")
        project.plan = replace(project.plan, epochs=100_000)
        save(project, make_file(name))
    first = open_window(make_file("shoes").with_name("shoes.netwright"))
    first.document.do(Set(("plan", "epochs"), 100_000), "Train long")
    open_in(first, first.document.path.with_name("boots.netwright"))
    second = other(first)
    second.document.do(Set(("plan", "epochs"), 100_000), "Train long")
    for window in (first, second):
        qtbot.waitUntil(lambda w=window: w.commands["train.start"].isEnabled(), timeout=SLOW_MS)
        window.commands["train.start"].trigger()
        # It goes by itself after a while, maybe before the first epoch is through.
        if window is second:
            qtbot.waitUntil(lambda: "another window trains" in told(second), timeout=SLOW_MS)
        qtbot.waitUntil(lambda w=window: w.runner.epoch >= 2, timeout=SLOW_MS)
    assert (first.runner.way, second.runner.way) == ("thread", "process")
    second.commands.refresh()
    assert not first.preferences.trains_in_process
    for window in (first, second):
        window.commands["train.stop"].trigger()
        qtbot.waitUntil(lambda w=window: w.runner.state == "ended", timeout=SLOW_MS)
    assert not second.runner.wants_process


# Quitting


@pytest.mark.parametrize(
    ("answer", "unticked", "kept"),
    [("Save and quit", "", {"shoes", "boots"}), ("Save and quit", "boots", {"shoes"}),
     ("Quit without saving", "", set()), ("Cancel", "", set())],
)  # fmt: skip
def test_quitting_asks_once_for_all_that_is_unsaved(
    open_window: OpenWindow, make_file: MakeFile, answer: str, unticked: str, kept: set[str]
) -> None:
    first = open_window(make_file("shoes"))
    open_in(first, make_file("boots"), make_file("clogs"))
    windows = list(first.windows)
    paths = {w.files.title: w.document.path for w in windows}
    for window in windows:
        if window.files.title != "clogs":
            rename(window, "Changed")
    does(first, "Ctrl+Q")
    dialog = dialog_of(first.windows.active, QuittingDialog)
    rows = dialog.findChild(QListWidget)
    assert rows is not None
    items = [rows.item(row) for row in range(rows.count())]
    assert [item.text() for item in items] == ["shoes: unsaved changes", "boots: unsaved changes"]
    if unticked:
        rows.setFocus()
        rows.setCurrentItem(next(item for item in items if item.text().startswith(unticked)))
        QTest.keyClick(rows, Qt.Key.Key_Space)
    press(dialog, answer)
    assert [window.isVisible() for window in windows] == [answer == "Cancel"] * 3
    assert {name for name, path in paths.items() if load(path).title == "Changed"} == kept


def test_quitting_where_one_is_unsaved_asks_there(
    open_window: OpenWindow, make_file: MakeFile
) -> None:
    first = open_window(make_file("shoes"))
    open_in(first, make_file("boots"))
    second = other(first)
    rename(second, "Changed")
    does(first, "Ctrl+Q")
    press(dialog_of(second), "Save")
    assert not first.isVisible()
    assert not second.isVisible()


# The next start


def test_the_windows_of_last_time_open_again_as_they_stood(
    open_window: OpenWindow, make_file: MakeFile, qtbot: QtBot
) -> None:
    first = open_window(make_file("shoes"))
    open_in(first, make_file("boots"))
    second = other(first)
    second.resize(1111, 777)
    second.docks["palette"].close()
    second.canvas.set_zoom(1.7)
    second.canvas.look_at(QPointF(300, 120))
    seen = second.canvas.seen().center()
    first.windows.go_to(second)
    does(second, "Ctrl+Q")

    again = open_window()
    qtbot.waitUntil(lambda: len(again.windows) == 2, timeout=SOON_MS)
    assert [window.files.title for window in again.windows] == ["boots", "shoes"]
    assert again.docks["palette"].isHidden()
    assert not other(again).docks["palette"].isHidden()
    assert again.canvas.zoom == pytest.approx(1.7)
    off = again.canvas.seen().center() - seen
    assert off.manhattanLength() < 4


def test_a_file_of_last_time_that_is_gone_is_told(
    open_window: OpenWindow, make_file: MakeFile, qtbot: QtBot
) -> None:
    first = open_window(make_file("shoes"))
    open_in(first, make_file("boots"))
    gone = other(first).document.path
    assert gone is not None
    does(first, "Ctrl+Q")
    gone.unlink()
    again = open_window()
    qtbot.waitUntil(lambda: "“boots” was open last time" in told(again), timeout=SOON_MS)
    assert [window.files.title for window in again.windows] == ["shoes"]


def test_unsaved_work_of_several_windows_is_offered_in_one_list(
    open_window: OpenWindow, make_file: MakeFile, qtbot: QtBot
) -> None:
    before = open_window(make_file("shoes"))
    open_in(before, make_file("boots"), make_file("clogs"))
    for window in before.windows:
        rename(window, f"New {window.files.title}")
    before.windows.close_at_once()

    first = open_window()
    qtbot.waitUntil(lambda: len(first.windows) == 3, timeout=SOON_MS)
    first.windows.offer_leftovers()
    dialog = dialog_of(first, LeftoversDialog)
    rows = dialog.list
    assert rows.count() == 3
    row = next(i for i in range(3) if rows.item(i).text().startswith("clogs"))
    rows.setCurrentRow(row)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Space)
    press(dialog, "Restore")
    titles = {"New shoes", "New boots", digits_cnn().title}
    qtbot.waitUntil(
        lambda: {window.document.project.title for window in first.windows} == titles,
        timeout=SOON_MS,
    )
    assert [leftover.found.path.stem for leftover in first.files.leftovers()] == ["clogs"]


def test_unsaved_work_without_files_gets_windows_of_its_own(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    before = open_window()
    does(before, "Ctrl+Shift+N")
    for number, window in enumerate(before.windows):
        rename(window, f"Drawing {number}")
    before.windows.close_at_once()
    first = open_window()
    first.windows.offer_leftovers()
    press(dialog_of(first, LeftoversDialog), "Restore")
    titles = {"Drawing 0", "Drawing 1"}
    qtbot.waitUntil(
        lambda: {window.document.project.title for window in first.windows} == titles,
        timeout=SOON_MS,
    )


def test_discarding_unsaved_work_of_several_windows_asks_again(open_window: OpenWindow) -> None:
    before = open_window()
    does(before, "Ctrl+Shift+N")
    for window in before.windows:
        rename(window, "Drawing")
    before.windows.close_at_once()
    first = open_window()
    first.windows.offer_leftovers()
    dialog = dialog_of(first, LeftoversDialog)
    press(dialog, "Discard…")
    assert len(first.files.leftovers()) == 2
    press(dialog_of(dialog), "Discard")
    assert first.files.leftovers() == []
    assert not dialog.isVisible()


HOLD = """
import sys
from PySide6.QtCore import QLockFile
lock = QLockFile(sys.argv[1])
lock.tryLock(0)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_file_that_another_process_has_open_is_told(
    open_window: OpenWindow, make_file: MakeFile, home: Path
) -> None:
    path = make_file("shoes")
    assert holder_of(path) == 0
    window = open_window(path)
    (lock,) = (home / "open").glob("*.lock")
    window.windows.close_all()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        assert holder_of(path) == process.pid
        again = open_window(path)
        assert "“shoes” is open in another Netwright too." in told(again)
        again.commands["file.save_as"].trigger()
        dialog_of(again, QFileDialog).close()
        again.windows.close_all()
        assert open_window().document.path is None  # it is the other's, and not opened by itself
        process.stdin.close()
    assert holder_of(path) == 0
