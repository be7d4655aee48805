"""Windows as a person has them: opened, shown, and closed at the end."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.theme import Appearance
from gui.windows import Windows

OpenWindow = Callable[..., MainWindow]


WITHOUT_QT = ("gui.predictions", "gui.apart")
"""Modules of the window that are made for workers."""


class _Watch:
    """Hears of every module that another thread than the window's imports first."""

    def __init__(self) -> None:
        self.astray: list[str] = []

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        of_qt = name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph", "gui")
        if (
            of_qt
            and name not in WITHOUT_QT
            and threading.current_thread() is not threading.main_thread()
        ):
            self.astray.append(name)


@pytest.fixture(scope="session")
def imports() -> Iterator[_Watch]:
    """The watch over imports, for all tests."""
    watch = _Watch()
    sys.meta_path.insert(0, watch)  # type: ignore[arg-type]
    yield watch
    sys.meta_path.remove(watch)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def types_of_qt_in_one_thread(imports: _Watch) -> Iterator[None]:
    """A test in which a worker imports Qt fails: before Python 3.12 that may end the program."""
    yield
    astray, imports.astray = imports.astray, []
    assert not astray, f"imported in a worker: {astray}"


@pytest.fixture(scope="session")
def session_look(qapp: QApplication) -> Appearance:
    """The dark look, once: a style sheet takes a while to set."""
    return Appearance(qapp, "dark")


@pytest.fixture
def open_window(qtbot: QtBot, session_look: Appearance, home: Path) -> Iterator[OpenWindow]:
    """Opens a window as the program does, on a file or a template ("" is an empty project)."""
    every: list[Windows] = []

    def open_it(path: Path | None = None, template: str = "") -> MainWindow:
        windows = Windows(session_look, Preferences())
        every.append(windows)
        window = windows.begin(path, template)
        window.resize(1280, 720)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    yield open_it
    session_look.choose("dark")
    for windows in every:
        end(windows)


def end(windows: Windows) -> None:
    """Close windows for good, without their questions."""
    left = list(windows)
    windows.close_all()
    for window in left:
        if isValid(window):
            window.deleteLater()


def dialog_of(window: MainWindow, kind: type[QDialog] = QMessageBox) -> QDialog:
    """The dialog of that kind that is open over the window."""
    found = [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]
    assert len(found) == 1, found
    return found[0]


def press(parent: QWidget, text: str) -> None:
    """Click the button that says so."""
    buttons = parent.findChildren(QAbstractButton)
    wanted = [b for b in buttons if b.text().replace("&", "").strip() == text and b.isVisible()]
    assert wanted, [button.text() for button in buttons]
    QTest.mouseClick(wanted[0], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))


def keys(window: MainWindow, sequence: str, target: QWidget | None = None) -> None:
    """Type a shortcut, after the window has caught up with what happened before."""
    QApplication.processEvents()
    QTest.keySequence(target or window, QKeySequence(sequence))
    QApplication.processEvents()
