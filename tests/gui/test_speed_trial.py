"""Speed trials in the window: begun, told, refused, ended, and nothing of the project changed."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QSpinBox
from pytestqt.qtbot import QtBot

from graphcore.project.file import to_text
from gui.dialogs.speed import SpeedDialog
from tests.gui.conftest import OpenWindow, dialog_of, press


def said(dialog: SpeedDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.slow
def test_a_design_says_how_fast_it_is_and_stays_as_it_is(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(template="siamese")
    before = to_text(window.document.project)
    qtbot.waitUntil(lambda: "no loss" in window.commands["train.start"].toolTip(), timeout=30_000)
    qtbot.waitUntil(lambda: window.commands["train.speed"].isEnabled())
    window.commands["train.speed"].trigger()
    dialog = dialog_of(window, SpeedDialog)
    assert "nothing can be learned" in said(dialog)
    batch = dialog.findChild(QSpinBox)
    batch.selectAll()
    QTest.keyClicks(batch, "2")
    press(dialog, "Start")
    assert "under way" in window.commands.why_off("train.speed")
    with qtbot.waitSignal(window.speed_trial.finished, timeout=120_000):
        pass
    text = said(dialog)
    for figure in ("Samples a second", " ms", "Peak memory", "MSELoss on"):
        assert figure in text
    assert to_text(window.document.project) == before
    assert not window.document.history.canUndo()
    press(dialog, "Close")


def test_what_can_not_run_says_why(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    assert "canvas is empty" in window.commands["train.speed"].toolTip()
    window.canvas.add_kind("nn.Linear")
    qtbot.waitUntil(lambda: window.commands["train.speed"].isEnabled(), timeout=30_000)
    window.commands["train.speed"].trigger()
    dialog = dialog_of(window, SpeedDialog)
    press(dialog, "Start")
    qtbot.waitUntil(lambda: "what comes into this drawing" in said(dialog), timeout=60_000)
    press(dialog, "Close")
    qtbot.waitUntil(lambda: not window.speed_trial.is_busy)
