"""Overlays chosen in a window: by menu, by keys, measured beside it, remembered with its seat."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from graphcore.project.edits import SetParam
from gui.main_window import MainWindow
from gui.session import from_text, look_as, seat_of, to_text
from tests.gui.conftest import OpenWindow

ALT = Qt.KeyboardModifier.AltModifier


def words(window: MainWindow) -> str:
    return window.canvas.legend.accessibleName().replace("\u202f", " ")


def shown(window: MainWindow, name: str) -> str:
    node = window.document.project.graph.by_name(name)
    assert node is not None
    return window.canvas.shown_text(node.id).replace("\u202f", " ")


def digits(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    window = open_window(template="digits-cnn")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    window.canvas.setFocus()
    return window


def press(window: MainWindow, key: str) -> None:
    QTest.keyClick(window.canvas, getattr(Qt.Key, f"Key_{key}"), ALT)


def choose(menu: QMenu, entry: QAction) -> None:
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())


def test_one_overlay_at_a_time_by_keys(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = digits(open_window, qtbot)
    press(window, "2")
    assert "5.13 K parameters" in shown(window, "head")
    assert "9.93 K in all" in words(window)
    press(window, "3")
    assert "FLOP" in shown(window, "conv2")
    assert window.overlaying.shown == "flops"
    press(window, "3")
    assert window.overlaying.shown is None
    press(window, "4")
    press(window, "0")
    assert window.overlaying.shown is None
    assert not window.document.history.canUndo()


def test_an_overlay_is_chosen_in_the_menu(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = digits(open_window, qtbot)
    menus = (action.menu() for action in window.menuBar().actions())
    view = next(menu for menu in menus if menu.title() == "&View")
    under = next(a.menu() for a in view.actions() if a.text() == "Overlay")
    under.popup(window.canvas.mapToGlobal(window.canvas.rect().center()))
    entry = window.commands["view.overlay_memory"]
    choose(under, entry)
    assert "8 KB" in shown(window, "conv2")
    window.commands.refresh()
    assert entry.isChecked()


def test_the_legend_takes_the_overlay_off_by_mouse(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = digits(open_window, qtbot)
    press(window, "1")
    close = window.canvas.legend.findChild(QToolButton)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert window.overlaying.shown is None
    assert not window.canvas.legend.isVisible()


@pytest.mark.slow
def test_time_and_gradient_are_measured_once_and_again_after_an_edit(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = digits(open_window, qtbot)
    press(window, "5")
    assert "One batch runs" in words(window)
    qtbot.waitUntil(lambda: not window.overlaying.is_measuring, timeout=120_000)
    assert "batch of 64 on cpu" in words(window)
    assert "s | " in shown(window, "conv1")
    press(window, "6")
    assert "∂" in shown(window, "conv1")
    assert "from" in words(window)
    conv = window.document.project.graph.by_name("conv1")
    assert conv is not None
    window.document.do(SetParam(conv.id, "out_channels", 8), "Channels")
    assert "Changed since" in words(window)
    assert "∂" not in shown(window, "conv1")
    button = window.canvas.legend.findChild(QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "∂" in shown(window, "conv1"), timeout=120_000)


def test_the_overlay_is_remembered_with_the_window_and_not_in_the_file(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = digits(open_window, qtbot)
    press(window, "3")
    (seat,) = from_text(to_text([seat_of(window)]))
    press(window, "0")
    look_as(window, seat)
    assert window.overlaying.shown == "flops"
    assert not window.document.is_changed
    old = to_text([seat]).replace(', "overlay": "flops"', "")
    look_as(window, from_text(old)[0])
    assert window.overlaying.shown is None
