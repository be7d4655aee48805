"""A run is steered from the window, as a person does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from graphcore.project import file, templates
from graphcore.project.edits import Set, SetParam
from graphcore.project.graph import NodeId
from graphcore.training import session
from graphcore.training.changes import value_of
from graphcore.training.events import Changed, Evaluated, Event, Failed, Started
from graphcore.training.runs import store_for
from graphcore.training.waiting import KeptQueue, Waiting
from gui.main_window import MainWindow
from gui.run_queue import queue_folder
from tests.gui.conftest import OpenWindow, press

SLOW_MS = 60_000
STARTED = Started("r", "cpu", 1, 2, 3, 10, batch_size=8)


def endless(folder: Path) -> Path:
    project = templates.open_template("digits-mlp")
    project.plan = replace(project.plan, epochs=100_000)
    path = folder / "digits.netwright"
    file.save(project, path)
    return path


def begun(open_window: OpenWindow, qtbot: QtBot, path: Path) -> tuple[MainWindow, list[Event]]:
    window, heard = open_window(path), list[Event]()
    window.runner.drained.connect(heard.extend)
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=SLOW_MS)
    assert not window.commands["train.change"].isEnabled()
    window.commands["train.start"].trigger()
    qtbot.waitUntil(lambda: window.runner.epoch >= 2, timeout=SLOW_MS)
    return window, heard


def dialog_of(window: MainWindow) -> QDialog:
    return next(d for d in window.findChildren(QDialog) if d.isVisible())


def field(dialog: QDialog, kind: type, name: str) -> Any:
    return next(f for f in dialog.findChildren(kind) if f.accessibleName() == name)


def test_learning_rate_measuring_and_the_end_with_an_epoch(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, heard = begun(open_window, qtbot, endless(tmp_path))
    qtbot.waitUntil(lambda: window.commands["train.change"].isEnabled(), timeout=60_000)
    window.commands["train.change"].trigger()
    dialog = dialog_of(window)
    value = field(dialog, QLineEdit, "New value")
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Change")
    QTest.keyClicks(value, "fast")
    assert not button.isEnabled()
    value.selectAll()
    QTest.keyClicks(value, "0.00025")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    change = lambda: [e for e in heard if isinstance(e, Changed)]  # noqa: E731
    qtbot.waitUntil(lambda: bool(change()), timeout=SLOW_MS)
    assert (change()[0].what, change()[0].value) == ("optimizer.lr", 0.00025)
    assert window.runner.plan is not None
    assert value_of(window.runner.plan, "optimizer.lr") == 0.00025

    window.commands["train.evaluate"].trigger()
    qtbot.waitUntil(lambda: any(isinstance(e, Evaluated) for e in heard), timeout=SLOW_MS)
    assert not window.commands["train.pause_free"].isEnabled()
    assert "on the CPU" in window.commands["train.pause_free"].toolTip()

    qtbot.waitUntil(lambda: window.commands["train.change"].isEnabled(), timeout=60_000)
    window.commands["train.change"].trigger()
    dialog = dialog_of(window)
    what = field(dialog, QComboBox, "What to change")
    what.setFocus()
    QTest.keyClicks(what, "Epochs")
    QTest.keyClicks(field(dialog, QLineEdit, "New value"), "2000000\r")
    assert dialog.isVisible()  # more than a plan may have
    field(dialog, QLineEdit, "New value").selectAll()
    QTest.keyClicks(field(dialog, QLineEdit, "New value"), "200000\r")
    qtbot.waitUntil(lambda: window.runner.epochs == 200_000, timeout=SLOW_MS)

    window.commands["train.stop_epoch"].trigger()
    qtbot.waitUntil(lambda: window.runner.state == "ended", timeout=SLOW_MS)
    assert window.runner.step % 45 == 0


def test_the_drawing_moves_on_and_restarts_with_what_fits(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, heard = begun(open_window, qtbot, endless(tmp_path))
    first = window.runner.run
    window.docks.raise_panel("training")
    status = window.docks["training"].panel.status
    assert not status.restart_button.isVisible()
    window.document.do(SetParam(NodeId("hidden"), "out_features", 32), "Change")
    qtbot.waitUntil(lambda: status.restart_button.isVisible(), timeout=SLOW_MS)
    qtbot.waitUntil(lambda: window.commands["train.restart"].isEnabled(), timeout=SLOW_MS)
    qtbot.mouseClick(status.restart_button, Qt.MouseButton.LeftButton)
    said = lambda: [e for e in heard if isinstance(e, Changed) and e.what == "weights"]  # noqa: E731
    qtbot.waitUntil(lambda: bool(said()), timeout=SLOW_MS)
    assert first is not None
    assert said()[0].value["run"] == first.id
    assert said()[0].value["said"].startswith("1 of 4 weights are carried over")
    assert window.runner.run != first
    window.commands["train.stop"].trigger()
    qtbot.waitUntil(lambda: window.runner.state == "ended", timeout=SLOW_MS)


def test_a_number_that_is_none_is_shown_on_the_canvas(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Failed("Training stopped: “hidden” gave nan.", "Less.", "numbers", "hidden", 3)

    def fails(*given: Any, **also: Any) -> Iterator[Event]:
        yield STARTED
        yield failed

    monkeypatch.setattr(session, "train_project", fails)
    window = open_window(endless(tmp_path))
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=SLOW_MS)
    window.commands["train.start"].trigger()
    qtbot.waitUntil(lambda: window.runner.state == "failed", timeout=SLOW_MS)
    told = " ".join(label.text() for label in window.notices.findChildren(QLabel))
    assert "“hidden” gave nan" in told
    show = next(b for b in window.notices.findChildren(QPushButton) if b.text() == "Show")
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert window.selection.single == NodeId("hidden")


def test_runs_wait_for_each_other_and_seeds_tell_their_spread(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = endless(tmp_path)
    window, _ = begun(open_window, qtbot, path)
    project = window.document.project
    window.document.do(Set(("plan",), replace(project.plan, epochs=1)), "Fewer epochs")
    qtbot.waitUntil(lambda: not window.commands["train.seeds"].isEnabled(), timeout=SLOW_MS)
    qtbot.waitUntil(lambda: window.commands["train.seeds"].isEnabled(), timeout=SLOW_MS)
    window.commands["train.enqueue"].trigger()
    assert len(window.queue.waiting) == 1
    window.commands["train.seeds"].trigger()
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.findChildren(QSpinBox)[0], "2\r")
    assert [item.title.rpartition(", ")[2] for item in window.queue.waiting][1:] == [
        "seed 7", "seed 8",
    ]  # fmt: skip
    window.docks.raise_panel("training")
    panel = window.docks["training"].panel
    buttons = {b.accessibleName(): b for b in panel.findChildren(QToolButton)}
    name = window.queue.waiting[2].title
    qtbot.mouseClick(buttons[f"Earlier: {name}"], Qt.MouseButton.LeftButton)
    assert window.queue.waiting[1].title == name
    buttons = {b.accessibleName(): b for b in panel.findChildren(QToolButton)}
    first = window.queue.waiting[0].title
    qtbot.mouseClick(buttons[f"Take out: {first}"], Qt.MouseButton.LeftButton)
    assert len(window.queue.waiting) == 2
    window.commands["train.stop"].trigger()
    told = lambda: " ".join(label.text() for label in window.notices.findChildren(QLabel))  # noqa: E731
    qtbot.waitUntil(lambda: "The run was stopped. Still waiting: 2." in told(), timeout=SLOW_MS)
    assert not window.runner.is_busy
    press(panel, "Start the next")
    qtbot.waitUntil(lambda: "2 seeds: loss" in told(), timeout=SLOW_MS)
    assert "±" in told()
    assert not window.queue.waiting
    assert len(store_for(path).runs(path.stem)) == 3
    qtbot.waitUntil(lambda: not window.runner.is_busy, timeout=SLOW_MS)


def test_what_waited_is_offered_by_the_next_program_and_begins_only_then(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = endless(tmp_path)
    project = file.load(path)
    project.plan = replace(project.plan, epochs=1)
    before = KeptQueue(queue_folder())
    waiting = [Waiting(f"run {place}", project, path) for place in (1, 2)]
    before.keep(waiting)
    window = open_window(path)
    window.running.offer_queues()
    told = lambda: " ".join(label.text() for label in window.notices.findChildren(QLabel))  # noqa: E731
    assert "still waited" not in told()  # its program lives
    before.close(waiting)
    window.running.offer_queues()
    assert "2 runs still waited when Netwright ended: run 1, run 2." in told()
    assert not window.runner.is_busy
    press(window.notices, "Train them")
    runs = store_for(path)
    done = lambda: [run.summary.state for run in runs.runs()] == ["done", "done"]  # noqa: E731
    qtbot.waitUntil(done, timeout=SLOW_MS)
    assert not window.queue.waiting
