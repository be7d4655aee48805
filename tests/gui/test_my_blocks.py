"""A person's own blocks in the window: saved, found in the palette, dropped, updated, removed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from graphcore.project import library
from graphcore.project.bringing import block_part
from graphcore.project.edits import SetParam
from graphcore.project.likeness import digest
from graphcore.project.templates import open_template
from gui.main_window import MainWindow
from gui.panels.palette import kind_mime
from tests.gui.conftest import OpenWindow, keys, press

NAME = "BasicBlock"


def rows(window: MainWindow) -> dict[str, str]:
    """What the palette shows, with its tooltips."""
    tree = window.docks["palette"].panel.findChild(QTreeWidget)
    items = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return {item.text(0): item.toolTip(0) for item in items}


def notice(window: MainWindow) -> str:
    shown = [w.accessibleName() for w in window.notices.findChildren(QWidget, "notice")]
    return shown[-1] if shown else ""


def drop(window: MainWindow, data: QMimeData, spot: QPoint | None = None) -> None:
    """Let go of what is dragged over the canvas."""
    at = QPointF(spot or window.canvas.viewport().rect().center())
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at.toPoint(), copy, data, buttons, none)
    QApplication.sendEvent(window.canvas.viewport(), enter)
    QApplication.sendEvent(
        window.canvas.viewport(), QDropEvent(at, copy, data, buttons, none)
    )  # fmt: skip


@pytest.fixture
def known() -> library.LibraryBlock:
    return library.save_block(open_template("resnet18"), NAME)


def test_a_block_that_is_saved_while_the_library_is_read_stays(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(template="resnet18")
    qtbot.waitUntil(lambda: not window.library.is_reading)
    reads, may_end, read = threading.Event(), threading.Event(), library.read_library

    def slowly(*words):
        found = read(*words)
        if not reads.is_set():  # the first alone: saving reads too
            reads.set()
            may_end.wait(10)
        return found

    monkeypatch.setattr("gui.library.library.read_library", slowly)
    window.library.refresh()
    qtbot.waitUntil(reads.is_set)
    window.library.keep(NAME)
    may_end.set()
    qtbot.waitUntil(lambda: not window.library.is_reading)
    assert NAME in window.library.blocks


def test_a_block_is_saved_by_its_command_and_shown_on_the_shelf(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(template="resnet18")
    assert not window.commands["graph.keep"].isEnabled()
    assert "Select one block first" in window.commands["graph.keep"].toolTip()
    block = next(n for n in window.document.project.graph.nodes.values() if NAME in n.kind)
    window.selection.select({block.id})
    qtbot.waitUntil(lambda: window.commands["graph.keep"].isEnabled())
    window.commands["graph.keep"].trigger()
    assert "among your blocks now" in notice(window)
    assert library.find_block(NAME).digest == digest(window.document.project, NAME)
    qtbot.waitUntil(lambda: "MY BLOCKS" in rows(window))
    window.commands["graph.keep"].trigger()
    assert "already, just as it is here" in notice(window)


def test_a_block_is_dragged_out_of_the_shelf_as_one_change(
    open_window: OpenWindow, qtbot: QtBot, known: library.LibraryBlock
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: NAME in rows(window))
    drop(window, kind_mime(f"mine.{NAME}"))
    project = window.document.project
    assert [n.kind for n in project.graph.nodes.values()] == [f"block.{NAME}"]
    assert digest(project, NAME) == known.digest
    drop(window, kind_mime(f"mine.{NAME}"), QPoint(90, 90))
    assert [n.kind for n in project.graph.nodes.values()] == [f"block.{NAME}"] * 2
    assert list(project.definitions) == ["main", NAME], "what is alike is used again"
    window.document.history.undo()
    window.document.history.undo()
    assert list(project.definitions) == ["main"]
    assert not window.document.history.canUndo()


def test_the_search_of_the_palette_finds_it(
    open_window: OpenWindow, qtbot: QtBot, known: library.LibraryBlock
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: NAME in rows(window))
    field = window.docks["palette"].panel.findChild(QLineEdit)
    QTest.keyClicks(field, "basicbl")
    qtbot.waitUntil(lambda: NAME in rows(window) and len(rows(window)) < 5)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert [n.kind for n in window.document.project.graph.nodes.values()] == [f"block.{NAME}"]


def test_another_version_is_told_and_replaced_or_taken_over(
    open_window: OpenWindow, qtbot: QtBot, known: library.LibraryBlock
) -> None:
    window = open_window(template="resnet18")
    project = window.document.project
    block = next(n for n in project.graph.nodes.values() if NAME in n.kind)
    window.selection.select({block.id})
    conv = next(n for n in project.definitions[NAME].graph.nodes.values() if "Conv" in n.kind)
    window.document.do(SetParam(conv.id, "kernel_size", 5, NAME), "Change")
    changed = digest(project, NAME)
    window.selection.place.go(())
    window.selection.select({block.id})
    hinted = f"{NAME} · differs here"
    qtbot.waitUntil(lambda: hinted in rows(window))
    assert "wherever it is used" in rows(window)[hinted]
    window.commands["graph.keep"].trigger()
    assert library.find_block(NAME).digest == known.digest, "nothing is replaced unasked"
    press(window, "Replace")
    assert library.find_block(NAME).digest == changed
    library.save_block(open_template("resnet18"), NAME, replace=True)
    window.library.refresh()
    qtbot.waitUntil(lambda: window.library.blocks[NAME].digest == known.digest)
    before = window.document.history.count()
    window.commands.refresh()
    window.commands["graph.update"].trigger()
    assert digest(project, NAME) == known.digest
    assert window.document.history.count() == before + 1
    assert window.selection.place.is_main, "nobody is led into the block"
    qtbot.waitUntil(lambda: hinted not in rows(window))
    window.document.history.undo()
    assert digest(project, NAME) == changed


def test_a_file_of_somebody_is_dropped_on_the_canvas(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, known: library.LibraryBlock
) -> None:
    given = tmp_path / "from a friend.netblock"
    known.path.rename(given)
    window = open_window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(given))])
    drop(window, data)
    project = window.document.project
    assert [n.kind for n in project.graph.nodes.values()] == [f"block.{NAME}"]
    assert f"“{NAME}” is in this project now" in notice(window)
    press(window, "Save to my blocks")
    assert library.find_block(NAME).digest == known.digest
    given.write_text("{")
    drop(window, data)
    assert "can't be opened" in notice(window)


def test_broken_files_and_a_folder_that_is_gone_are_told_and_hide_nothing(
    open_window: OpenWindow, qtbot: QtBot, known: library.LibraryBlock
) -> None:
    bad = known.path.with_name("Bad.netblock")
    bad.write_text("{")
    window = open_window()
    qtbot.waitUntil(lambda: "Bad.netblock" in rows(window))
    assert "broken or cut off" in rows(window)["Bad.netblock"]
    assert NAME in rows(window)
    for file in library.library_folder().iterdir():
        file.unlink()
    library.library_folder().rmdir()
    window.library.refresh()
    qtbot.waitUntil(lambda: NAME not in rows(window))
    drop(window, kind_mime(f"mine.{NAME}"))
    assert window.document.project.definitions.keys() == {"main"}


def test_a_block_that_is_pasted_under_another_name_says_so(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    first = open_window(template="resnet18")
    block = next(n for n in first.document.project.graph.nodes.values() if NAME in n.kind)
    first.selection.select({block.id})
    first.canvas.copy()
    window = open_window(template="resnet18")
    project = window.document.project
    conv = next(n for n in project.definitions[NAME].graph.nodes.values() if "Conv" in n.kind)
    window.document.do(SetParam(conv.id, "kernel_size", 5, NAME), "Change")
    window.selection.place.go(())
    count = len(project.definitions)
    window.canvas.setFocus()
    keys(window, "Ctrl+V", window.canvas)
    assert len(project.definitions) == count + 1
    assert f"“{NAME}” as “{NAME}2”" in notice(window)
    assert digest(project, f"{NAME}2") == digest(first.document.project, NAME)
    assert block_part(project, f"{NAME}2").definitions.keys() >= {f"{NAME}2"}


def test_removing_can_be_taken_back(
    open_window: OpenWindow, qtbot: QtBot, known: library.LibraryBlock
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: NAME in rows(window))
    window.my_blocks.remove(NAME)
    assert library.read_library() == ([], [])
    press(window, "Put it back")
    qtbot.waitUntil(lambda: NAME in rows(window))
    assert library.find_block(NAME).digest == known.digest
