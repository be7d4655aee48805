"""The program with a window: starts it, and ends it cleanly."""

from __future__ import annotations

import gc
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from gui.crash import CrashGuard, start_logging
from gui.files import FIRST_TEMPLATE
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.theme import Appearance

SIGNAL_MS = 200


def run(project: str = "") -> int:
    """Open the window on a project (or as preferences say) and return the exit status."""
    app = Application(sys.argv)
    preferences = Preferences()
    appearance = Appearance(app, preferences.theme, colors=preferences.colors)
    window = open_window(appearance, preferences, Path(project) if project else None)
    guard = CrashGuard(window.files.autosave.flush, app)
    guard.install()
    app.file_asked = window.asking.open
    _end_on_interrupt(app, window)
    return app.exec()


def open_window(
    appearance: Appearance, preferences: Preferences, path: Path | None = None
) -> MainWindow:
    """A window that is shown first and thinks afterwards: torch comes once all panels are made."""
    window = MainWindow(appearance, preferences)
    window.begin(path, FIRST_TEMPLATE)
    # What opening asked for would bring torch and numpy before the first paint.
    window.analyser.stop()
    window.samples.stop()
    window.docks.completed.connect(lambda: _warm_up(window))
    window.show()
    return window


class Application(QApplication):
    """The application; macOS asks it to open files by an event."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        QCoreApplication.setApplicationName("Netwright")
        QCoreApplication.setOrganizationName("Netwright")
        self.setDesktopFileName("netwright")
        self.file_asked = _nobody
        start_logging()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent):
            self.file_asked(Path(event.file()))
            return True
        return super().event(event)


def _nobody(path: Path) -> None:
    """Before there is a window, nobody can open a file."""


def _warm_up(window: MainWindow) -> None:
    """The first analysis brings torch, in the analyser's thread."""
    window.analyser.analysed.connect(_freeze_once(window))
    window.analyser.refresh()
    window.samples.read_again()
    for leftover in window.files.leftovers()[:1]:
        window.files.offer(leftover)


def _freeze_once(window: MainWindow):
    def freeze() -> None:
        # What torch brought stays for good; a full collection would look at all of it each time.
        window.analyser.analysed.disconnect(freeze)
        gc.collect()
        gc.freeze()

    return freeze


def _end_on_interrupt(app: QObject, window: MainWindow) -> None:
    """Ctrl+C in the terminal closes the window; Python sees signals only between its own lines.

    A second one while the window asks, or SIGTERM, closes it without a question.
    """
    signal.signal(
        signal.SIGINT,
        lambda *_: window.close_at_once() if window.asking.is_open else window.close(),
    )
    signal.signal(signal.SIGTERM, lambda *_: window.close_at_once())
    timer = QTimer(app, interval=SIGNAL_MS)
    timer.timeout.connect(_look_for_signals)
    timer.start()


def _look_for_signals() -> None:
    """Give Python a moment to run its signal handlers."""
