"""Runs of another machine, opened from their folder or dropped, and followed as they grow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from graphcore.project import templates
from graphcore.training.events import Started, StepsDone
from graphcore.training.recorder import Recorder
from graphcore.training.runs import Run, RunStore
from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow

SLOW_MS = 60_000


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[tuple[Run, Recorder]]:
    """A run that somebody writes elsewhere."""
    run = RunStore(tmp_path / "usb").create(templates.open_template("iris"), "far")
    with Recorder(run) as recorder:
        recorder.record(Started("r", "cpu", 1, 2, 5, 10))
        recorder.record(StepsDone(0, {"loss": (2.0, 1.0)}))
        yield run, recorder


def assert_followed(window: MainWindow, run: Run, recorder: Recorder, qtbot: QtBot) -> None:
    plots, runs = window.docks["plots"].panel, window.docks["runs"].panel
    qtbot.waitUntil(lambda: plots.values("train loss") == [2.0, 1.0], timeout=SLOW_MS)
    assert plots.isVisible()
    recorder.record(StepsDone(2, {"loss": (0.5,)}))
    qtbot.waitUntil(lambda: plots.values("train loss") == [2.0, 1.0, 0.5], timeout=SLOW_MS)
    window.docks.raise_panel("runs")
    model = runs.table.model()
    qtbot.waitUntil(lambda: model.rowCount() == 1, timeout=SLOW_MS)
    assert run.id in [model.index(0, column).data() for column in range(model.columnCount())]


def test_a_run_is_opened_from_its_folder(
    open_window: OpenWindow, growing: tuple[Run, Recorder], qtbot: QtBot
) -> None:
    window = open_window(template="iris")
    window.commands["file.open_run"].trigger()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(growing[0].folder))
    dialog.reject()
    assert_followed(window, *growing, qtbot)


def test_a_run_is_opened_where_its_folder_is_dropped(
    open_window: OpenWindow, growing: tuple[Run, Recorder], qtbot: QtBot
) -> None:
    window = open_window(template="iris")
    window.canvas.files_dropped.emit([growing[0].folder], QPointF())
    assert_followed(window, *growing, qtbot)


def test_a_folder_that_is_no_run_is_said(open_window: OpenWindow, tmp_path: Path) -> None:
    from PySide6.QtWidgets import QLabel

    window = open_window(template="iris")
    window.commands["file.open_run"].trigger()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    words = " ".join(label.text() for label in window.notices.findChildren(QLabel))
    assert "is no run" in words
