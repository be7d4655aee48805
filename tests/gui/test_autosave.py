"""Closing, reopening and crashing lose at most the gesture."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Rename, Set
from graphcore.project.file import load, save
from graphcore.project.graph import NodeId
from graphcore.project.journal import Heading, Step
from graphcore.project.journal_folder import JournalPen
from gui.document import Document
from gui.main_window import MainWindow
from gui.notices import NoticeBar
from tests.build import digits_cnn
from tests.gui.conftest import OpenWindow, dialog_of, press

SOON_MS = 20_000


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


def does(window: MainWindow, name: str) -> None:
    window.commands.refresh()
    window.commands[name].trigger()


def crash(window: MainWindow) -> None:
    """What is left of a session that was killed: its journal, and a lock that nobody holds."""
    window.files.autosave.keep()


def journals(home: Path) -> list[Path]:
    return sorted((home / "autosave").glob("*/journal"))


def left_behind(home: Path, document: Document, sha256: str = "") -> None:
    """The journal of a session that died, with a change of the title to `Not lost`."""
    pen = JournalPen(home / "autosave" / "dead")
    pen.begin(document.project, Heading("", str(document.path or ""), "", sha256, 1.8e9))
    pen.add(Step("do", Set(("title",), "Not lost"), "Rename the project"))
    pen.close()


def offered(window: MainWindow) -> None:
    for leftover in window.files.leftovers():
        window.files.offer(leftover)


def test_every_change_is_in_the_journal_until_it_is_saved(
    open_window: OpenWindow, file: Path, home: Path
) -> None:
    window = open_window(file)
    assert not journals(home)
    for title in ("Boots", "Clogs"):
        rename(window, title)
    does(window, "edit.undo")
    window.files.autosave.flush()
    assert len(journals(home)) == 1
    assert journals(home)[0].read_bytes().count(b"\n") == 4  # the heading and three steps
    does(window, "file.save")
    window.files.autosave.flush()
    assert not journals(home)


def test_taking_everything_back_leaves_nothing_to_restore(
    open_window: OpenWindow, file: Path, home: Path
) -> None:
    window = open_window(file)
    rename(window, "Boots")
    does(window, "edit.undo")
    window.files.autosave.flush()
    assert not journals(home)


def test_what_a_crash_left_is_offered_and_restored_with_its_history(
    open_window: OpenWindow, file: Path, qtbot: QtBot, home: Path
) -> None:
    first = open_window(file)
    rename(first, "Boots")
    first.document.do(Rename(NodeId("conv"), "edges"), "Rename conv")
    crash(first)
    window = open_window(file)
    offered(window)
    assert ": 2, since" in notices(window)[0]
    assert "shoes.netwright" in notices(window)[0]
    press(window, "Restore")
    qtbot.waitUntil(lambda: window.document.project.title == "Boots", timeout=SOON_MS)
    assert window.document.path == file
    assert window.isWindowModified()
    assert window.files.leftovers() == []
    assert load(file).title != "Boots"
    does(window, "edit.undo")
    assert window.document.project.graph.nodes[NodeId("conv")].name == "conv"
    does(window, "edit.undo")
    assert window.document.project == load(file)


def test_restored_work_is_safe_from_the_next_crash(
    open_window: OpenWindow, file: Path, qtbot: QtBot
) -> None:
    first = open_window(file)
    rename(first, "Boots")
    crash(first)
    for turn in range(2):
        window = open_window(file)
        offered(window)
        press(window, "Restore")
        qtbot.waitUntil(lambda w=window: w.document.project.title == "Boots", timeout=SOON_MS)
        assert window.document.history.count() == 1 + turn
        window.document.do(Rename(NodeId("conv"), f"edges{turn}"), "Rename conv")
        crash(window)


def test_discarded_work_is_gone_and_work_for_later_is_offered_again(
    open_window: OpenWindow, file: Path
) -> None:
    first = open_window(file)
    rename(first, "Boots")
    crash(first)
    window = open_window(file)
    offered(window)
    press(window, "Later")
    assert not notices(window)
    assert window.document.project == load(file)
    offered(window)
    press(window, "Discard")
    assert window.files.leftovers() == []


def test_a_session_that_lives_is_not_taken_for_a_crash(open_window: OpenWindow, file: Path) -> None:
    first, second = open_window(file), open_window()
    rename(first, "Boots")
    first.files.autosave.flush()
    assert second.files.leftovers() == []


def test_changes_to_a_file_that_changed_since_become_a_copy(
    open_window: OpenWindow, file: Path, qtbot: QtBot
) -> None:
    first = open_window(file)
    rename(first, "Boots")
    crash(first)
    other = digits_cnn()
    other.title = "From elsewhere"
    save(other, file)
    window = open_window()
    offered(window)
    press(window, "Restore as a copy")
    qtbot.waitUntil(lambda: window.document.project.title == "Boots", timeout=SOON_MS)
    assert window.document.path is None
    assert load(file).title == "From elsewhere"


def test_a_damaged_journal_is_told_and_what_came_before_is_restored(
    open_window: OpenWindow, file: Path, home: Path, qtbot: QtBot
) -> None:
    first = open_window(file)
    for title in ("Boots", "Clogs", "Flats"):
        rename(first, title)
    crash(first)
    journal = journals(home)[0]
    journal.write_bytes(journal.read_bytes().replace(b"Clogs", b"Cloqs"))
    window = open_window(file)
    offered(window)
    press(window, "Restore")
    qtbot.waitUntil(lambda: window.document.project.title == "Boots", timeout=SOON_MS)
    assert "Line 3" in notices(window)[0]
    assert "1 change" in notices(window)[0]


def test_an_untitled_drawing_is_restored(open_window: OpenWindow, home: Path, qtbot: QtBot) -> None:
    left_behind(home, Document(digits_cnn()))
    window = open_window()
    offered(window)
    press(window, "Restore")
    qtbot.waitUntil(lambda: window.document.project.title == "Not lost", timeout=SOON_MS)
    assert window.document.path is None
    assert window.isWindowModified()


def test_a_long_session_begins_its_journal_anew(
    open_window: OpenWindow, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("gui.autosave.MOST_STEPS", 5)
    first = open_window(file)
    for count in range(14):
        rename(first, f"Boots {count}")
    crash(first)
    assert journals(home)[0].read_bytes().count(b"\n") < 7
    window = open_window(file)
    offered(window)
    assert ": 14, since" in notices(window)[0]
    press(window, "Restore")
    qtbot.waitUntil(lambda: window.document.project.title == "Boots 13", timeout=SOON_MS)


def test_a_full_disk_is_told_once_and_the_journal_begins_again(
    open_window: OpenWindow, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    window = open_window(file)
    with monkeypatch.context() as patch:
        patch.setattr(JournalPen, "begin", full)
        for title in ("Boots", "Clogs"):
            rename(window, title)
        window.files.autosave.flush()
        qtbot.waitUntil(lambda: bool(notices(window)), timeout=SOON_MS)
        assert "No space left on device" in notices(window)[0]
    rename(window, "Flats")
    crash(window)
    other = open_window(file)
    offered(other)
    assert ": 3, since" in notices(other)[0]
    press(other, "Restore")
    qtbot.waitUntil(lambda: other.document.project.title == "Flats", timeout=SOON_MS)


def test_a_folder_that_takes_no_files_is_told(
    open_window: OpenWindow, file: Path, home: Path, qtbot: QtBot
) -> None:
    home.mkdir()
    (home / "autosave").write_text("in the way", encoding="utf-8")
    window = open_window(file)
    rename(window, "Boots")
    qtbot.waitUntil(lambda: bool(notices(window)), timeout=SOON_MS)
    assert "kept safe" in notices(window)[0]
    does(window, "file.save")
    assert load(file).title == "Boots"


Answer = Callable[[MainWindow], None]


@pytest.mark.parametrize(
    ("answer", "title"), [("Replace it", "Boots"), ("Cancel", "From elsewhere")]
)
def test_saving_over_what_another_wrote_asks_first(
    open_window: OpenWindow, file: Path, answer: str, title: str
) -> None:
    window = open_window(file)
    rename(window, "Boots")
    other = digits_cnn()
    other.title = "From elsewhere"
    save(other, file)
    does(window, "file.save")
    press(dialog_of(window), answer)
    assert load(file).title == title
    assert window.isWindowModified() is (answer == "Cancel")
