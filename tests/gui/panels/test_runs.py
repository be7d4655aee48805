"""The runs panel: what was trained, newest first, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from graphcore.project import file
from graphcore.project.project import Project
from graphcore.training.about import About, about, say
from graphcore.training.events import Failed, Finished
from graphcore.training.recorder import Recorder
from graphcore.training.runs import Run, RunStore, store_for
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


def two_runs(panel: RunsPanel, qtbot: QtBot) -> list[Run]:
    """Two runs in the table, from its top, both chosen."""
    qtbot.waitUntil(lambda: len(cells(panel)) == 2)
    click(qtbot, panel, 0)
    at = panel.table.visualRect(panel.table.model().index(1, 0)).center()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, control, at)
    return panel.all_chosen


def test_several_runs_are_told_together_and_compared(make, qtbot) -> None:
    record("a", Finished("done", 20, 1))
    other = record("b", Finished("done", 20, 1))
    project = other.project()
    project.plan = replace(project.plan, epochs=77)
    file.save(project, other.project_path)
    panel, told = make(), []
    panel.runs_chosen.connect(told.append)
    runs = two_runs(panel, qtbot)
    assert told[-1] == runs
    table = panel.differences.table
    qtbot.waitUntil(lambda: table.rowCount() > 1)
    assert table.isVisible()
    rows = [[table.item(row, column).text() for column in range(3)]
            for row in range(table.rowCount())]  # fmt: skip
    epochs = next(row for row in rows if "epochs" in row[0])
    assert sorted(epochs[1:]) == ["10", "77"]
    assert rows[0] == ["Best loss", "0.5", "0.5"]


def test_what_is_said_of_a_run_is_typed_beside_the_table(make, qtbot) -> None:
    run = record("a", Finished("done", 20, 1))
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)
    click(qtbot, panel, 0)
    fields = {f.accessibleName(): f for f in panel.details.findChildren(QLineEdit)}
    qtbot.keyClicks(fields["Name of the run"], "Wider")
    qtbot.keyClicks(fields["Tags"], "wide, good ,wide")
    qtbot.keyClicks(panel.details.findChild(QPlainTextEdit), "Note")
    star = next(b for b in panel.details.findChildren(QToolButton))
    qtbot.mouseClick(star, Qt.MouseButton.LeftButton)
    assert about(run) == About("Wider", "Note", ("wide", "good"), True)
    qtbot.waitUntil(lambda: cells(panel)[0][-3:] == ["★", "wide, good", "Wider"])


def test_a_run_is_renamed_and_starred_in_the_table(make, qtbot) -> None:
    run = record("a", Finished("done", 20, 1))
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)
    click(qtbot, panel, 0)
    qtbot.keyClick(panel.table, Qt.Key.Key_F2)
    field = panel.table.findChild(QLineEdit)
    assert field is not None
    field.selectAll()
    qtbot.keyClicks(field, "Deeper")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: about(run).name == "Deeper")
    star = panel.table.model().index(0, 7)
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton,
                     pos=panel.table.visualRect(star).center())  # fmt: skip
    assert about(run) == About("Deeper", is_favourite=True)


def test_the_filter_finds_by_every_word_and_by_the_star(make, qtbot) -> None:
    one, other = record("a", Finished("done", 20, 1)), record("b", Failed("It broke.", "Mend."))
    say(one, About(tags=("wide",), is_favourite=True))
    say(other, About(name="Wide and deep"))
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 2)
    field = next(f for f in panel.findChildren(QLineEdit) if "Filter" in f.accessibleName())
    qtbot.keyClicks(field, "WIDE")
    assert len(cells(panel)) == 2
    qtbot.keyClicks(field, " failed")
    assert [row[-1] for row in cells(panel)] == ["Wide and deep"]
    field.clear()
    only = next(b for b in panel.findChildren(QToolButton) if b.toolTip() == "Favourites only")
    qtbot.mouseClick(only, Qt.MouseButton.LeftButton)
    assert [row[-2] for row in cells(panel)] == ["wide"]


def test_several_are_thrown_away_and_taken_back_at_once(make, qtbot) -> None:
    record("a", Finished("done", 20, 1))
    record("b", Finished("done", 20, 1))
    panel = make()
    runs = two_runs(panel, qtbot)
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: cells(panel) == [])
    panel.actions_by_name["restore"].trigger()
    qtbot.waitUntil(lambda: len(cells(panel)) == 2)
    assert all(run.summary.state == "done" for run in runs)


def test_the_best_come_first_where_a_person_sorts(make, qtbot) -> None:
    record("a", Finished("done", 20, 1), epochs=1)
    record("b", Finished("done", 60, 3), epochs=3)
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 2)
    panel.table.sortByColumn(4, Qt.SortOrder.AscendingOrder)
    assert [row[4] for row in cells(panel)] == ["0.167", "0.500"]


def test_runs_over_each_other_have_the_sample_of_their_line_here(make, qtbot) -> None:
    record("a", Finished("done", 20, 1))
    record("b", Finished("done", 20, 1))
    panel = make()
    runs = two_runs(panel, qtbot)
    name = panel.table.model().index(0, 9)
    assert name.data(Qt.ItemDataRole.DecorationRole) is None
    panel.mark_shown(runs)
    assert name.data(Qt.ItemDataRole.DecorationRole) is not None


def test_a_run_from_elsewhere_is_listed_too(make, qtbot, tmp_path) -> None:
    far = RunStore(tmp_path / "usb").create(Project(title="Far"), "far")
    with Recorder(far) as recorder:
        recorder.record(started(3))
        panel, told = make(), []
        panel.run_chosen.connect(told.append)
        panel.add(far)
        qtbot.waitUntil(lambda: len(cells(panel)) == 1)
        assert told == [far]
        assert far.id in cells(panel)[0][-1]


def test_nothing_touches_the_edge_of_the_panel(make, qtbot) -> None:
    record("a", Finished("done", 20, 1))
    panel = make()
    qtbot.waitUntil(lambda: len(cells(panel)) == 1)
    room = panel.rect().adjusted(6, 4, -6, -4)
    fields = [part for part in panel.findChildren(QLineEdit) if part.isVisible()]
    assert fields
    for part in (*fields, panel.table):
        assert room.contains(QRect(part.mapTo(panel, QPoint()), part.size()))
