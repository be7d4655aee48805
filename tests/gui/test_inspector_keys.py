"""From the canvas to the inspector and back, by keys alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow, keys


def focused(window: MainWindow) -> QLineEdit:
    found = window.focusWidget()
    assert isinstance(found, QLineEdit), found
    return found


def at_first_conv(qtbot: QtBot, open_window: OpenWindow) -> MainWindow:
    window = open_window(template="digits-cnn")
    with qtbot.waitActive(window):
        window.activateWindow()
    nodes = window.document.project.graph.nodes.values()
    window.selection.select([next(n.id for n in nodes if n.kind == "nn.Conv2d")])
    window.canvas.setFocus()
    QApplication.processEvents()
    return window


def test_f2_renames_and_escape_comes_back(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = at_first_conv(qtbot, open_window)
    keys(window, "F2", window.canvas)
    assert focused(window).accessibleName() == "Name"
    QTest.keyClicks(focused(window), "stem")
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    assert window.document.project.graph.by_name("stem") is not None
    QTest.keyClick(focused(window), Qt.Key.Key_Escape)
    assert window.focusWidget() is window.canvas


def test_enter_goes_to_the_first_option(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = at_first_conv(qtbot, open_window)
    QTest.keyClick(window.canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert focused(window).accessibleName() == "in_channels"
    QTest.keyClick(focused(window), Qt.Key.Key_Escape)
    assert window.focusWidget() is window.canvas
    window.commands["edit.options"].trigger()
    assert focused(window).accessibleName() == "in_channels"
