"""The runs panel: what was trained, newest first, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from graphcore.project.project import Project
from graphcore.training.events import Failed, Finished
from graphcore.training.recorder import Recorder
from graphcore.training.runs import Run, store_for
from gui.notices import Notices
from gui.panels.runs import RunsPanel
from gui.runner import Runner
from tests.gui.panels.conftest import Desk
from tests.gui.panels.script import Script, epoch_events, started


def record(name: str, *last: object, epochs: int = 1) -> Run:
    """A run in this project's store."""
    run = store_for(None).create(Project(title=name), name)
    with Recorder(run) as recorder:
        for event in [started(3), *[e for i in range(epochs) for e in epoch_events(i)], *last]:
            recorder.record(event)
    return run


@pytest.fixture
def runner() -> Iterator[Runner]:
    """A runner whose training ends at once."""
    made = Runner(Script(1))
    yield made
    made.close()


@pytest.fixture
def make(desk: Desk, runner: Runner, shown) -> Iterator:
    """Shows the panel."""
    panels: list[RunsPanel] = []

    def made(notices: Notices | None = None) -> RunsPanel:
        panel = RunsPanel(document=desk.document, runner=runner, appearance=desk.appearance,
                          notices=notices)  # fmt: skip
        panels.append(panel)
        return shown(panel, 900, 240)

    yield made
    for panel in panels:
        panel.stop()


def cells(panel: RunsPanel) -> list[list[str]]:
    """The texts of all cells."""
    model = panel.table.model()
    return [[str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())]  # fmt: skip


def click(qtbot: QtBot, panel: RunsPanel, row: int) -> QPoint:
    at = panel.table.visualRect(panel.table.model().index(row, 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    return at


def menu_at(qtbot: QtBot, panel: RunsPanel, row: int) -> QMenu:
    view = panel.table.viewport()
    at = click(qtbot, panel, row)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def test_says_what_a_run_is_before_there_is_one(make) -> None:
    panel = make()
    words = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert "No runs yet" in words


def test_lists_runs_with_their_states_in_words(make, qtbot) -> None:
    record("a", Finished("done", 60, 3), epochs=3)
    record("b", Failed("It broke.", "Mend it."))
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 2)
    by_name = {row[-1].split("-")[4]: row for row in cells(panel)}
    assert by_name["a"][0] == "Done"
    assert by_name["a"][2:7] == ["3 / 3", "0.900", "0.167", "4\u202fs", "cpu"]
    assert by_name["b"][0] == "Failed"


def test_a_new_run_appears_and_grows_by_itself(make, desk, runner, qtbot) -> None:
    panel = make()
    runner.start(desk.document.project, None)
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)


def test_choosing_a_run_tells_it(make, qtbot) -> None:
    run = record("a", Finished("done", 20, 1))
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)
    with qtbot.waitSignal(panel.run_chosen) as chosen:
        click(qtbot, panel, 0)
    assert chosen.args == [run]


def test_a_choice_survives_news_without_being_told_again(make, qtbot) -> None:
    record("a", Finished("done", 20, 1))
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)
    click(qtbot, panel, 0)
    chosen, told = panel.chosen, []
    panel.run_chosen.connect(told.append)
    record("b", Finished("done", 20, 1))
    panel.mark_stale()
    qtbot.waitUntil(lambda: len(cells(panel)) == 2)
    assert panel.chosen == chosen
    assert told == []


def test_the_menu_exports_opens_and_copies(make, qtbot) -> None:
    run = record("a", Finished("done", 20, 1))
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)
    for words, signal in (("Export its model …", panel.export_asked),
                          ("Open its project", panel.project_asked)):  # fmt: skip
        menu = menu_at(qtbot, panel, 0)
        action = next(a for a in menu.actions() if a.text() == words)
        with qtbot.waitSignal(signal) as asked:
            qtbot.mouseClick(
                menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center()
            )
        assert asked.args == [run]
    menu = menu_at(qtbot, panel, 0)
    action = next(a for a in menu.actions() if a.text() == "Copy its id")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert QGuiApplication.clipboard().text() == run.id


def test_deleting_goes_to_the_trash_and_back(make, desk, qtbot, shown) -> None:
    run = record("a", Finished("done", 20, 1))
    notices = Notices(desk.appearance)
    qtbot.addWidget(notices)
    panel = make(notices)
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)
    click(qtbot, panel, 0)
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: cells(panel) == [])
    assert not run.folder.exists()
    assert (run.folder.parent / "trash" / run.id).is_dir()
    undo = next(b for b in notices.findChildren(QPushButton) if b.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)
    assert run.summary.state == "done"


def test_a_run_under_way_is_not_deleted(make, qtbot) -> None:
    run = store_for(None).create(Project(), "live")
    with Recorder(run) as recorder:
        recorder.record(started(3))
        panel = make()
        qtbot.waitUntil(lambda: len(cells(panel)) == 1)
        assert cells(panel)[0][0] == "Running"
        click(qtbot, panel, 0)
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
        assert run.folder.is_dir()
