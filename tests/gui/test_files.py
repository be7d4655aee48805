"""Opening, saving, and losing nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Set
from graphcore.project.file import load, save
from gui.main_window import MainWindow
from gui.notices import NoticeBar
from gui.preferences import Preferences
from tests.build import digits_cnn
from tests.gui.conftest import OpenWindow, dialog_of, keys, press
from tests.user_code import GATE, gated


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project on disk."""
    path = tmp_path / "shoes.netwright"
    save(digits_cnn(), path)
    return path


def notices(window: MainWindow) -> list[str]:
    return [bar.message for bar in window.findChildren(NoticeBar) if bar.isVisible()]


def rename(window: MainWindow, title: str) -> None:
    window.document.do(Set(("title",), title), "Rename the project")


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    viewport, copy = window.canvas.viewport(), Qt.DropAction.CopyAction
    button, no_keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(60, 60), copy, mime, button, no_keys)
    QApplication.sendEvent(viewport, enter)
    QApplication.sendEvent(viewport, QDropEvent(QPointF(60, 60), copy, mime, button, no_keys))


def test_a_project_is_opened_changed_and_saved(open_window: OpenWindow, file: Path) -> None:
    window = open_window(file)
    assert "shoes" in window.windowTitle()
    assert not window.isWindowModified()
    rename(window, "Boots")
    assert window.isWindowModified()
    keys(window, "Ctrl+S")
    assert not window.isWindowModified()
    assert load(file).title == "Boots"


def test_the_first_template_is_untitled(open_window: OpenWindow) -> None:
    window = open_window(template="digits-cnn")
    assert window.document.path is None
    assert window.document.project.graph.nodes
    assert not window.isWindowModified()


def test_saving_an_untitled_project_asks_for_a_name(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    keys(window, "Ctrl+S")
    dialog = dialog_of(window, QFileDialog)
    field = dialog.findChild(QLineEdit)
    field.setText(str(tmp_path / "mine"))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (tmp_path / "mine.netwright").is_file()
    assert window.document.path == tmp_path / "mine.netwright"
    assert window.preferences.recent == [tmp_path / "mine.netwright"]


def test_a_broken_file_is_told_and_the_open_project_stays(
    open_window: OpenWindow, file: Path, tmp_path: Path
) -> None:
    window = open_window(file)
    broken = tmp_path / "broken.netwright"
    broken.write_text('{"netwright": ', encoding="utf-8")
    drop(window, broken)
    assert len(notices(window)) == 1
    assert window.document.path == file


def test_a_full_disk_is_told_and_nothing_is_lost(
    open_window: OpenWindow, file: Path, tmp_path: Path
) -> None:
    window = open_window(file)
    rename(window, "Boots")
    window.files.save_as(tmp_path / "no such folder" / "x.netwright")
    assert len(notices(window)) == 1
    assert window.isWindowModified()
    assert window.document.path == file


def test_a_dropped_project_opens(open_window: OpenWindow, file: Path) -> None:
    window = open_window()
    drop(window, file)
    assert window.document.path == file


def test_a_dropped_table_becomes_the_data(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window()
    table = tmp_path / "people.csv"
    rows = "\n".join(f"{i},{i * 2},{'tall' if i % 2 else 'small'}" for i in range(40))
    table.write_text(f"age,size,kind\n{rows}\n", encoding="utf-8")
    drop(window, table)
    qtbot.waitUntil(lambda: window.document.project.data.samples == 40, timeout=20_000)
    assert window.document.project.data.source == "csv"
    window.commands["edit.undo"].trigger()
    assert window.document.project.data.samples == 0


def test_what_cannot_be_read_is_told(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window()
    odd = tmp_path / "notes.docx"
    odd.write_bytes(b"PK")
    drop(window, odd)
    qtbot.waitUntil(lambda: bool(notices(window)), timeout=20_000)
    assert "notes.docx" in notices(window)[0]


@pytest.mark.parametrize(
    ("answer", "closed", "saved"),
    [("Save", True, True), ("Discard", True, False), ("Cancel", False, False)],
)
def test_closing_with_unsaved_changes_asks(
    open_window: OpenWindow, file: Path, answer: str, closed: bool, saved: bool
) -> None:
    window = open_window(file)
    rename(window, "Boots")
    window.close()
    assert window.isVisible()
    press(dialog_of(window), answer)
    assert window.isVisible() is not closed
    assert (load(file).title == "Boots") is saved


def test_opening_another_asks_about_unsaved_changes(open_window: OpenWindow, file: Path) -> None:
    window = open_window(file)
    rename(window, "Boots")
    keys(window, "Ctrl+N")
    assert window.document.project.title == "Boots"
    press(dialog_of(window), "Discard")
    assert window.document.path is None
    assert window.document.project.title == ""


def test_recent_files_forget_those_that_are_gone(file: Path, tmp_path: Path) -> None:
    preferences = Preferences()
    other = tmp_path / "gone.netwright"
    save(digits_cnn(), other)
    preferences.remember(other)
    preferences.remember(file)
    assert preferences.recent == [file, other]
    other.unlink()
    assert preferences.recent == [file]


def test_a_session_is_restored(open_window: OpenWindow, file: Path) -> None:
    first = open_window(file)
    first.resize(1111, 777)
    first.close()
    second = open_window(template="digits-cnn")
    assert second.document.path == file


def test_a_session_is_not_restored_where_that_is_not_wanted(
    open_window: OpenWindow, file: Path
) -> None:
    first = open_window(file)
    first.preferences.restores_session = False
    first.close()
    assert open_window().document.path is None


def test_another_program_changes_the_file(
    open_window: OpenWindow, file: Path, qtbot: QtBot
) -> None:
    window = open_window(file)
    other = digits_cnn()
    other.title = "From elsewhere"
    save(other, file)
    qtbot.waitUntil(lambda: bool(notices(window)), timeout=10_000)
    assert "changed by another program" in notices(window)[0]
    press(window, "Reload")
    assert window.document.project.title == "From elsewhere"


@pytest.mark.parametrize(
    ("answer", "text", "is_saved"),
    [("Replace them", GATE, True), ("Use those there", "other\n", True),
     ("Cancel", "other\n", False)],
)  # fmt: skip
def test_saving_elsewhere_takes_a_persons_own_modules_along_and_asks_before_replacing(
    open_window: OpenWindow, tmp_path: Path, answer: str, text: str, is_saved: bool
) -> None:
    gated(tmp_path)
    there = tmp_path / "there"
    there.mkdir()
    (there / "my_layers.py").write_text("other\n", "utf-8")
    window = open_window(tmp_path / "net.netwright")
    window.commands["file.save_as"].trigger()
    dialog = dialog_of(window, QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(there / "net.netwright"))  # as a system's own dialog does
    dialog.close()
    press(dialog_of(window), answer)
    assert (there / "my_layers.py").read_text("utf-8") == text
    assert (there / "net.netwright").exists() is is_saved
    if answer == "Replace them":
        assert "The project uses my_layers.py, which went along." in notices(window)
