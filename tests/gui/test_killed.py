"""A window that is killed in the middle of a gesture loses at most that gesture."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from graphcore.project.file import parse, save
from graphcore.project.project import Project
from gui.main_window import MainWindow
from gui.notices import NoticeBar
from tests.build import digits_cnn
from tests.gui.conftest import OpenWindow, press

pytestmark = pytest.mark.slow

PATIENCE_MS = 60_000
SOON_S = 0.3


def _killed(path: Path, way: str, seed: int) -> list[Project]:
    """The project after each change that a window made before `kill -9`."""
    command = [sys.executable, "-m", "tests.gui.victim", str(path), way, str(seed)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    die = Random(seed)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as window:
        assert window.stdout is not None
        told: list[str] = []
        while len(told) < 10 + die.randrange(10):
            line = window.stdout.readline()
            assert line, "it ended by itself"
            told.append(line)
        try:  # at any moment, while files are written too
            window.wait(SOON_S * die.random())
        except subprocess.TimeoutExpired:
            window.send_signal(signal.SIGKILL)
        rest, _ = window.communicate()
    lines = [*told, *rest.splitlines(keepends=True)]
    return [parse(json.loads(line)) for line in lines if line[0] == '"' and line[-1] == "\n"]


def _restored(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """What a person has who takes the offer at the next start."""
    window = open_window()
    (leftover,) = window.files.leftovers()
    window.files.offer(leftover)
    (bar,) = (bar for bar in window.findChildren(NoticeBar) if "unexpectedly" in bar.message)
    press(bar, "Restore")
    qtbot.waitUntil(lambda: window.document.is_changed, timeout=PATIENCE_MS)
    return window


@pytest.mark.parametrize("way", ["drag", "typing"])
@pytest.mark.parametrize("seed", range(3))
def test_killed_in_mid_gesture_only_the_gesture_is_lost(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, way: str, seed: int
) -> None:
    save(digits_cnn(), tmp_path / "shoes.netwright")
    told = _killed(tmp_path / "shoes.netwright", way, seed)
    window = _restored(open_window, qtbot)
    assert window.document.project == told[-1]
    for before in (*reversed(told[:-1]), digits_cnn()):
        window.document.history.undo()
        assert window.document.project == before
    assert not window.document.history.canUndo()


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_moment_of_fast_work_at_most_one_change_is_lost(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, seed: int
) -> None:
    save(digits_cnn(), tmp_path / "shoes.netwright")
    told = _killed(tmp_path / "shoes.netwright", "work", seed)
    window = _restored(open_window, qtbot)
    after = window.document.project.copy()
    window.document.history.undo()
    before = window.document.project  # the last change may have been made and not yet said
    assert after in told[-2:] or before == told[-1]
