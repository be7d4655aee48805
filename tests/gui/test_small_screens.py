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
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.notices import NoticeBar
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


def test_the_inspector_is_whole_in_a_window_of_640_and_scrolled_in_a_narrower_one(
    small: MainWindow, qtbot: QtBot
) -> None:
    assert all(dock.panel for dock in small.docks)  # each has a say in how narrow it all may be
    conv1 = small.document.project.graph.by_name("conv1")
    assert conv1 is not None
    small.selection.select({conv1.id})
    inspector = small.docks["inspector"].panel

    def left_out() -> int:
        scrolls = [part for part in inspector.findChildren(QScrollArea) if part.isVisible()]
        assert len(scrolls) == 1
        page = scrolls[0].widget()
        assert len(page.findChildren(QLineEdit)) > 5
        beyond = page.width() - scrolls[0].viewport().width()
        assert scrolls[0].horizontalScrollBar().maximum() == max(0, beyond)
        return beyond

    qtbot.waitUntil(lambda: left_out() <= 0)
    small.resize(480, 360)
    qtbot.waitUntil(lambda: left_out() > 0)


def test_train_and_stop_stay_in_the_toolbar_whatever_else_has_no_room(
    small: MainWindow, qtbot: QtBot
) -> None:
    bar = small.tool_bar

    def is_whole(width: int) -> bool:
        more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
        shown = [part for part in (bar.title, bar.train, bar.pause, bar.stop) if part.isVisible()]
        return (
            bar.width() == width
            and all(bar.rect().contains(spot_in(part, bar)) for part in shown)
            and (more is None or not more.isVisible())
        )

    for button in (bar.train, bar.stop):
        qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())  # noqa: B023
        for width in (900, 640, 480):
            small.resize(width, 400)
            qtbot.waitUntil(lambda: is_whole(width))  # noqa: B023
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not small.runner.is_busy, timeout=60_000)


def test_the_title_of_a_panel_lies_over_nothing_of_it(small: MainWindow) -> None:
    dock = small.docks["inspector"]
    title, below = dock.titleBarWidget().geometry(), dock.widget().geometry()
    assert title.height() >= 20
    assert title.bottom() < below.top()


@pytest.mark.parametrize("name", ["problems", "tryout", "results", "plots", "runs"])
def test_what_an_empty_panel_says_is_in_sight(small: MainWindow, name: str, qtbot: QtBot) -> None:
    """Pages that stand behind, and are larger, don't push it out of the window."""
    small.resize(800, 500)
    small.docks.raise_panel(name)
    dock = small.docks[name]

    def is_seen() -> bool:
        labels = [part for part in dock.findChildren(QLabel) if part.isVisible() and part.text()]
        room = spot_in(dock, small)
        spots = [spot_in(part, small) for part in labels]
        across = [room.left() <= at.left() and at.right() <= room.right() for at in spots]
        return bool(spots) and all(across) and room.contains(spots[0])

    qtbot.waitUntil(is_seen, timeout=30_000)


def test_the_data_of_a_narrow_panel_are_scrolled_and_its_button_is_whole(
    small: MainWindow, qtbot: QtBot
) -> None:
    small.docks.raise_panel("data")
    panel = small.docks["data"].panel
    button, scroll = panel.choose_button, panel.findChild(QScrollArea)

    def is_reachable() -> bool:
        beyond = scroll.widget().width() - scroll.viewport().width()
        return (
            button.isVisible()
            and button.width() >= button.minimumSizeHint().width()
            and scroll.widget().rect().contains(spot_in(button, scroll.widget()))
            and scroll.horizontalScrollBar().isVisible() == (beyond > 0)
        )

    for width in (640, 800, 1280):
        small.resize(width, 600)
        qtbot.waitUntil(is_reachable)


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


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 720), (480, 720), (640, 360)])
def test_a_notice_is_not_cut_off(
    open_window: OpenWindow, qtbot: QtBot, width: int, height: int
) -> None:
    """Its buttons go below its words where there is no room beside them; what is more scrolls."""
    window = open_window()
    choices = [("Halve the batch size", lambda: None), ("Run in a process", lambda: None)]
    words = "The training stopped: the GPU has not enough memory for a batch of {}."
    for batch in (512, 256):
        window.notices.tell(words.format(batch), "Take a smaller one.", "error", choices)
    window.resize(width, height)
    bars = [bar for bar in window.notices.findChildren(NoticeBar) if bar.isVisible()]
    newest, scroll_bar = bars[-1], window.notices.verticalScrollBar()

    def is_whole() -> bool:
        return not any(list(cut_off(bar)) for bar in bars) and all(
            bar.rect().contains(part.geometry())
            for bar in bars
            for part in (*bar.choice_buttons, bar.close_button)
        )

    qtbot.waitUntil(is_whole)
    (text,) = [part for part in newest.findChildren(QLabel) if "memory" in part.text()]
    first = newest.choice_buttons[0]
    assert (first.geometry().top() > text.geometry().bottom()) == (width < 1280)
    assert scroll_bar.value() == scroll_bar.maximum()  # the newest is what one sees
    lowest = spot_in(newest.choice_buttons[-1], window)
    assert spot_in(window.notices.viewport(), window).intersects(lowest)
    assert window.canvas.height() >= 100 or height < 720


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_notice_has_a_height_however_narrow_it_is(open_window: OpenWindow, count: int) -> None:
    """Before it is first shown it may be a few pixels wide."""
    notices = open_window().notices
    notices.tell(
        "The disk is full.", "Free some space.", "error", [("Do it", lambda: None)] * count
    )
    (bar,) = notices.findChildren(NoticeBar)
    heights = [bar.heightForWidth(width) for width in range(0, 1000, 20)]
    assert min(heights) >= 30
    assert heights[-1] < 60


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


def test_panels_that_a_small_window_narrowed_get_their_width_again(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window()
    window.resize(480, 400)
    qtbot.waitUntil(lambda: window.docks["palette"].width() < 165)
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: window.docks["palette"].width() >= 200)
    assert window.docks["inspector"].width() >= 280
