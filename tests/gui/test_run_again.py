"""A run is done again, duplicated with a change, and saved elsewhere, as a person does it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from graphcore.project import file, templates
from graphcore.training import session
from graphcore.training.control import Control
from graphcore.training.events import Event, Failed, Started
from graphcore.training.runs import Run, store_for
from graphcore.training.unsaved import Unsaved
from gui.dialogs.change import ChangeDialog
from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow, dialog_of, press

SLOW_MS = 60_000


def brief(folder: Path) -> Path:
    project = templates.open_template("iris")
    project.plan = replace(project.plan, epochs=2)
    path = folder / "iris.netwright"
    file.save(project, path)
    return path


def trained(open_window: OpenWindow, qtbot: QtBot, path: Path) -> MainWindow:
    window = open_window(path)
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=SLOW_MS)
    assert not window.commands["train.again"].isEnabled()
    window.commands["train.start"].trigger()
    qtbot.waitUntil(lambda: window.runner.state == "ended", timeout=SLOW_MS)
    qtbot.waitUntil(lambda: window.commands["train.again"].isEnabled(), timeout=SLOW_MS)
    return window


def told(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.notices.findChildren(QLabel))


def field(dialog: Any, kind: type, name: str) -> Any:
    return next(f for f in dialog.findChildren(kind) if f.accessibleName() == name)


def test_a_run_done_again_says_that_its_weights_are_the_same(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = trained(open_window, qtbot, brief(tmp_path))
    first = window.runner.run
    assert first is not None
    window.docks.raise_panel("runs")
    panel = window.docks["runs"].panel
    qtbot.waitUntil(lambda: panel.table.model().rowCount() == 1, timeout=SLOW_MS)
    panel.choose(first)
    window.activateWindow()
    panel.table.setFocus()
    qtbot.waitUntil(panel.table.hasFocus)
    QTest.keyClick(panel.table, Qt.Key.Key_R)
    says = f"Its weights are those of {first.id}, to the last bit."
    qtbot.waitUntil(lambda: says in told(window), timeout=SLOW_MS)
    second = window.runner.run
    assert second is not None
    assert second != first
    assert second.folder.parent == first.folder.parent
    assert second.weights_path("last").read_bytes() == first.weights_path("last").read_bytes()
    press(window.notices, "Show both")
    plots = window.docks["plots"].panel
    qtbot.waitUntil(lambda: set(plots.runs) == {first, second}, timeout=SLOW_MS)


def test_a_duplicate_differs_in_one_value_of_its_plan(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = trained(open_window, qtbot, brief(tmp_path))
    first = window.runner.run
    assert first is not None
    window.commands["train.duplicate"].trigger()
    dialog = dialog_of(window, ChangeDialog)
    what = field(dialog, QComboBox, "What to change")
    what.setCurrentIndex(what.findText("Batch size"))
    value = field(dialog, QLineEdit, "New value")
    QTest.keyClicks(value, "0\r")
    assert dialog.isVisible()  # a batch holds something
    value.selectAll()
    QTest.keyClicks(value, "40\r")
    qtbot.waitUntil(lambda: window.runner.run != first, timeout=SLOW_MS)
    qtbot.waitUntil(lambda: window.runner.state == "ended", timeout=SLOW_MS)
    second = window.runner.run
    assert second is not None
    one, other = first.project().plan, second.project().plan
    assert other == replace(one, batch_size=40, threads=other.threads, device=other.device)
    assert window.document.project.plan == one


def test_another_environment_is_told_beside_the_run(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = trained(open_window, qtbot, brief(tmp_path))
    run = window.runner.run
    assert run is not None
    known = run.environment()
    known["versions"]["torch"] = "1.0.0"
    run.environment_path.write_text(json.dumps(known))
    window.docks.raise_panel("runs")
    panel = window.docks["runs"].panel
    panel.refresh()
    qtbot.waitUntil(lambda: panel.table.model().rowCount() == 1, timeout=SLOW_MS)
    panel.choose(run)
    says = lambda: " ".join(label.text() for label in panel.details.findChildren(QLabel))  # noqa: E731
    qtbot.waitUntil(lambda: "torch 1.0.0 before" in says(), timeout=SLOW_MS)


def refused(project: Any, run: Run, control: Control, *_: Any, **__: Any) -> Iterator[Event]:
    """A run whose disk refuses to the end."""
    yield Started(run.id, "cpu", 1, 1, 1, 1)
    states = {"last.safetensors": {"weight": torch.ones(2)}}
    control.unsaved = Unsaved(run, project, states, {"events.jsonl": b""})
    yield Failed("The trained weights could not be saved.", "Save them elsewhere.", "disk")


def test_what_the_disk_refused_is_offered_until_a_folder_takes_it(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "train_project", refused)
    path, other = brief(tmp_path), tmp_path / "other"
    other.mkdir()
    window = open_window(path)
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=SLOW_MS)
    window.commands["train.start"].trigger()
    qtbot.waitUntil(lambda: "could not be saved in" in told(window), timeout=SLOW_MS)
    window.notices.clear()
    press(window.notices, "Save elsewhere…")
    chooser = dialog_of(window, QFileDialog)
    chooser.reject()
    assert "could not be saved in" in told(window)
    press(window.notices, "Save elsewhere…")
    chooser = dialog_of(window, QFileDialog)
    chooser.selectFile(str(other))
    chooser.accept()
    qtbot.waitUntil(lambda: "The run is saved in" in told(window), timeout=SLOW_MS)
    saved = store_for(path).runs()[0]
    assert (other / saved.id / "last.safetensors").is_file()
    assert not window.elsewhere.is_needed


def test_leaving_with_an_unsaved_run_asks_and_saves_it_among_our_own(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "train_project", refused)
    window = open_window(brief(tmp_path))
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=SLOW_MS)
    window.commands["train.start"].trigger()
    qtbot.waitUntil(lambda: window.elsewhere.is_needed, timeout=SLOW_MS)
    window.close()
    assert window.isVisible()
    press(dialog_of(window), "Leave")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert [run.has_weights("last") for run in store_for(None).runs()] == [True]
