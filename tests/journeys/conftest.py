"""Whole windows, as the program opens them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.app import open_window
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.theme import Appearance
from tests.journeys.person import Person

READY_MS = 60_000

Open = Callable[..., MainWindow]


@pytest.fixture(scope="session")
def appearance(qapp: QApplication) -> Appearance:
    # Qt's own file dialogs: those of a desktop are not in this process.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    return Appearance(qapp, "dark")


@pytest.fixture
def open_program(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[Open]:
    """Opens the window as `netwright [PROJECT]` does; torch is there when it returns."""
    windows: list[MainWindow] = []

    def open_it(path: Path | None = None, *, maximized: bool = False) -> MainWindow:
        window = open_window(appearance, Preferences(), path)
        windows.append(window)
        if maximized:
            window.showMaximized()
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(
            lambda: bool(window.analyser.analysis.nodes) and window.analyser.is_current,
            timeout=READY_MS,
        )
        return window

    yield open_it
    for window in windows:
        window.windows.close_all()
        if isValid(window):  # the last one goes with the program
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def person(open_program: Open, qtbot: QtBot) -> Person:
    """A person before the maximized window on a real screen."""
    assert QGuiApplication.platformName() == "xcb", "make test-slow gives a real screen"
    window = open_program(maximized=True)
    someone = Person(window, qtbot)
    someone.wait_until(window.isActiveWindow)
    return someone
