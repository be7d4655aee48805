"""Crisp: 100 to 300 % scaling. Whatever the screen, nothing is cut off and dialogs fit on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow

DIALOGS = ("file.template", "file.export", "edit.preferences", "help.shortcuts", "help.palette",
           "help.guide", "help.problems", "help.about", "train.speed",
           "file.print", "file.export_drawing")  # fmt: skip
SMALL = (640, 360)  # 1280 x 720 pixels at 200 %


@pytest.fixture
def small(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    """The window on a small screen, with a drawing that was checked."""
    window = open_window(template="digits-cnn")
    window.resize(*SMALL)
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    window.commands.refresh()
    QApplication.processEvents()
    return window


def spot_in(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def cut_off(dialog: QWidget) -> Iterator[str]:
    """Every label and button in it with less room than its words need; what scrolls has more."""
    for part in (*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)):
        if part.isVisible() and not is_scrolled(part, dialog) and not part.size().isEmpty():
            wraps = part.hasHeightForWidth()
            height = part.heightForWidth(part.width()) if wraps else part.sizeHint().height()
            width = part.width() if wraps else part.minimumSizeHint().width()
            text = getattr(part, "text", str)()
            if text and (part.height() < height or part.width() < width):
                yield f"{text[:40]}: {part.size().toTuple()}, not {(width, height)}"


def is_scrolled(part: QWidget, dialog: QWidget) -> bool:
    at = part.parentWidget()
    while at is not None and at is not dialog:
        if isinstance(at, QScrollArea):
            return True
        at = at.parentWidget()
    return False


def test_the_window_is_as_small_as_the_screen(small: MainWindow) -> None:
    assert small.size().toTuple() == SMALL
    docks = [small.docks[name] for name in ("palette", "inspector", "training")]
    for part in (small.canvas, small.tool_bar.train, small.statusBar(), *docks):
        assert small.rect().contains(spot_in(part, small)), part
        assert not part.visibleRegion().isEmpty()


def test_the_canvas_stays_large_enough_to_draw_on(small: MainWindow) -> None:
    assert small.canvas.width() >= 200
    assert small.canvas.height() >= 120
    assert not small.canvas.is_minimap_visible  # it would cover the drawing
    small.resize(1280, 720)
    QApplication.processEvents()
    assert small.canvas.is_minimap_visible


def test_the_panels_below_have_room_where_there_is_some(open_window: OpenWindow) -> None:
    window = open_window()
    has_room = window.screen().availableSize().height() >= 720
    assert window.docks["training"].height() >= (190 if has_room else 80)


@pytest.mark.parametrize("open_it", ["open_search", "open_find"])
def test_what_opens_on_a_small_canvas_is_not_cut_off(small: MainWindow, open_it: str) -> None:
    getattr(small.canvas, open_it)()
    QApplication.processEvents()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "con")
    QApplication.processEvents()
    frame = field.parentWidget()
    rows = frame.findChild(QListWidget)
    assert rows is not None
    assert rows.isVisible()
    assert (
        spot_in(frame, small.canvas)
        .intersected(small.canvas.rect())
        .contains(spot_in(rows, small.canvas))
    )
    QTest.keyClick(field, Qt.Key.Key_Escape)


@pytest.mark.parametrize("command", DIALOGS)
def test_a_dialog_fits_on_the_screen(small: MainWindow, command: str) -> None:
    small.commands[command].trigger()
    QApplication.processEvents()
    shown = [d for d in QApplication.topLevelWidgets() if isinstance(d, QDialog) and d.isVisible()]
    assert shown
    for dialog in shown:
        room = dialog.screen().availableSize()
        assert dialog.width() <= room.width()
        assert dialog.height() <= room.height()
        assert list(cut_off(dialog)) == []
        dialog.reject()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("factor", "width", "height"),
    [(1.25, 2000, 1250), (1.5, 2400, 1500), (2, 3200, 2000), (3, 4800, 3000), (2, 1280, 720)],
)
def test_all_of_that_holds_at_each_scaling(
    tmp_path: Path, factor: float, width: int, height: int
) -> None:
    """Each in a process of its own: Qt reads the factor when it starts."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height,
              "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
    setting = tmp_path / "screen.json"
    setting.write_text(json.dumps({"screens": [screen]}))
    platform = f"offscreen:configfile={setting}"
    pytest_here = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow"]
    done = subprocess.run(
        [*pytest_here, __file__],
        env=os.environ | {"QT_SCALE_FACTOR": str(factor), "QT_QPA_PLATFORM": platform},
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
