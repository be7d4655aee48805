"""Runs in a process of their own, as a person starts, leaves, follows, loses and resumes them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from graphcore.project import file, templates
from graphcore.training.control import Control
from graphcore.training.events import Event, Failed, Finished, Started, StepsDone
from graphcore.training.following import follow
from graphcore.training.recorder import Recorder
from graphcore.training.resuming import place_to_resume
from graphcore.training.runs import Run, create_at, store_for
from gui.main_window import MainWindow
from gui.runner import Runner
from tests.gui.conftest import OpenWindow, dialog_of, press

SLOW_MS = 60_000
STARTED = Started("r", "cpu", 1, 2, 3, 10, batch_size=8)


def endless(folder: Path, epochs: int = 100_000) -> Path:
    project = templates.open_template("digits-cnn")
    project.plan = replace(project.plan, epochs=epochs)
    path = folder / "digits.netwright"
    file.save(project, path)
    return path


def choose_process(window: MainWindow) -> None:
    """Choose it in the training panel, by the keyboard."""
    window.docks.raise_panel("training")
    panel = window.docks["training"].panel
    box = next(c for c in panel.findChildren(QComboBox) if c.accessibleName() == "Runs")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)


def begun(window: MainWindow, qtbot: QtBot) -> Run:
    """A run in a process of its own, three epochs old."""
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=SLOW_MS)
    choose_process(window)
    window.commands["train.start"].trigger()
    qtbot.waitUntil(lambda: window.runner.epoch >= 3, timeout=SLOW_MS)
    assert window.runner.way == "process"
    assert window.runner.run is not None
    return window.runner.run


def ending_of(run: Run) -> Event:
    return list(follow(run, Control()))[-1]


def notice_button(window: MainWindow, text: str) -> QPushButton:
    buttons = window.notices.findChildren(QPushButton)
    return next(button for button in buttons if button.text() == text and button.isVisible())


@pytest.mark.slow
def test_a_run_in_a_process_pauses_goes_on_and_is_left(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(endless(tmp_path))
    run = begun(window, qtbot)
    assert run.environment()["process"] != os.getpid()
    assert window.preferences.trains_in_process
    window.commands["train.pause"].trigger()
    qtbot.waitUntil(lambda: window.runner.state == "paused", timeout=SLOW_MS)
    window.commands["train.pause"].trigger()
    qtbot.waitUntil(lambda: window.runner.state == "training", timeout=SLOW_MS)

    window.close()
    box = dialog_of(window)
    assert window.isVisible()
    press(box, "Let it go on")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert run.is_live

    other = open_window(tmp_path / "digits.netwright")
    qtbot.waitUntil(lambda: "another program" in _told(other), timeout=SLOW_MS)
    qtbot.mouseClick(notice_button(other, "Follow"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: other.runner.epoch >= 3, timeout=SLOW_MS)
    assert (other.runner.run, other.runner.way) == (run, "followed")
    other.commands["train.stop"].trigger()
    qtbot.waitUntil(lambda: other.runner.state == "ended", timeout=SLOW_MS)
    assert run.summary.state == "stopped"


def _told(window: MainWindow) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in window.notices.findChildren(QLabel))


@pytest.mark.slow
def test_stopping_at_the_question_saves_and_leaves_no_process(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(endless(tmp_path))
    run = begun(window, qtbot)
    window.close()
    press(dialog_of(window), "Stop the run")
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=SLOW_MS)
    assert not run.is_live
    assert run.summary.state == "interrupted"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_process_that_was_killed_is_told_and_resume_goes_on(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(endless(tmp_path))
    run = begun(window, qtbot)
    # A file that is being written already lies in the folder, under another name.
    qtbot.waitUntil(lambda: place_to_resume(run).state is not None, timeout=SLOW_MS)
    os.kill(run.environment()["process"], signal.SIGKILL)
    qtbot.waitUntil(lambda: window.runner.state == "failed", timeout=SLOW_MS)
    assert "died after" in _told(window)
    qtbot.mouseClick(notice_button(window, "Resume"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.runner.state == "training", timeout=SLOW_MS)
    assert (window.runner.run, window.runner.way) == (run, "process")
    before = window.runner.step
    qtbot.waitUntil(lambda: window.runner.step > before > 0, timeout=SLOW_MS)
    window.commands["train.stop"].trigger()
    qtbot.waitUntil(lambda: window.runner.state == "ended", timeout=SLOW_MS)
    assert len(run.series("loss")) == window.runner.step


def test_a_run_that_broke_off_with_its_program_goes_on_with_a_click(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = endless(tmp_path, epochs=1)
    run = store_for(path).create(file.load(path), path.stem)
    with Recorder(run) as recorder:
        recorder.record(STARTED)  # and no word after it
    window = open_window(path)
    qtbot.waitUntil(lambda: "A run was broken off after 0 of 2" in _told(window), timeout=SLOW_MS)
    assert "Nothing of it is saved yet" in _told(window)
    assert not window.runner.is_busy
    press(window.notices, "Resume")
    qtbot.waitUntil(lambda: window.runner.state == "ended", timeout=SLOW_MS)
    assert window.runner.run == run
    assert run.summary.state == "done"


class Told:
    """A training that says what it was given, in whichever way it is asked."""

    def __init__(self, *events: Event) -> None:
        self.events, self.times = events, 0

    def __call__(self, *given: Any) -> Iterator[Event]:
        self.times += 1
        yield from self.events


@pytest.fixture
def given_runner(qtbot: QtBot) -> Iterator[tuple[Runner, Told, Told]]:
    """A runner with a training here and one elsewhere."""
    here = Told(STARTED, Failed("The memory of cuda:0 is not enough.", "Less.", "memory"))
    there = Told(STARTED, StepsDone(0, {"loss": (1.0,)}), Finished("done", 1, 1))
    made = Runner(here, elsewhere=there)
    yield made, here, there
    made.close()


def test_the_way_is_the_one_that_was_chosen(
    given_runner: tuple[Runner, Told, Told], qtbot: QtBot
) -> None:
    runner, here, there = given_runner
    project = templates.open_template("digits-cnn")
    runner.start(project, None)
    qtbot.waitUntil(lambda: runner.state == "failed")
    assert (runner.way, runner.cause, here.times, there.times) == ("thread", "memory", 1, 0)
    runner.wants_process = True
    runner.start(project, None)
    qtbot.waitUntil(lambda: runner.state == "ended")
    assert (runner.way, runner.cause, here.times, there.times) == ("process", "", 1, 1)


def test_a_persons_own_code_never_runs_in_the_window(
    given_runner: tuple[Runner, Told, Told], qtbot: QtBot, tmp_path: Path
) -> None:
    from tests.user_code import gated

    runner, here, there = given_runner
    runner.start(gated(tmp_path), tmp_path / "net.netwright")
    qtbot.waitUntil(lambda: runner.state == "ended")
    assert (runner.way, here.times, there.times) == ("process", 0, 1)


def test_a_run_of_several_processes_never_goes_on_in_the_window(
    given_runner: tuple[Runner, Told, Told], qtbot: QtBot, tmp_path: Path
) -> None:
    runner, here, there = given_runner
    run = create_at(tmp_path / "two", templates.open_template("digits-cnn"))
    run.environment_path.write_text('{"processes": 2}', encoding="utf-8")
    runner.go_on(run, None)
    qtbot.waitUntil(lambda: runner.state == "ended")
    assert (runner.way, here.times, there.times) == ("process", 0, 1)


def test_a_lack_of_memory_offers_a_process(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from graphcore.training import session

    no_memory = Failed("The memory of cpu is not enough for this step.", "Less.", "memory")
    monkeypatch.setattr(session, "train_project", lambda *a, **k: iter([STARTED, no_memory]))
    window = open_window(endless(tmp_path, epochs=1))
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=SLOW_MS)
    window.commands["train.start"].trigger()
    qtbot.waitUntil(lambda: window.runner.state == "failed", timeout=SLOW_MS)
    button = notice_button(window, "Run in a separate process")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.runner.way == "process"
    qtbot.waitUntil(lambda: window.runner.state == "ended", timeout=SLOW_MS)
    assert window.preferences.trains_in_process


def test_following_reads_the_past_and_is_left_without_a_question(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = endless(tmp_path)
    run = store_for(path).create(file.load(path), path.stem)
    with Recorder(run) as recorder:
        recorder.record(STARTED)
        recorder.record(StepsDone(0, {"loss": (1.0, 0.5)}))
        window = open_window(path)
        qtbot.waitUntil(lambda: "another program" in _told(window), timeout=SLOW_MS)
        qtbot.mouseClick(notice_button(window, "Follow"), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.runner.step == 2, timeout=SLOW_MS)
        window.document.history.setClean()
        window.close()
        assert not window.isVisible()
        assert run.is_live


def test_a_second_ctrl_c_closes_and_keeps_what_is_unsaved(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from graphcore.project.edits import Set

    window = open_window(endless(tmp_path))
    window.document.do(Set(("title",), "Changed"), "Change the title")
    window.close()
    assert window.asking.is_open
    assert window.isVisible()
    window.close_at_once()
    assert not window.isVisible()
    other = open_window(tmp_path / "digits.netwright")
    assert [left.found.path for left in other.files.leftovers()] == [window.document.path]
