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
from gui.language import speak
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.theme import Appearance
from gui.warming import Warming
from gui.windows import Windows

SIGNAL_MS = 200


def run(project: str = "") -> int:
    """Open the window on a project (or as preferences say) and return the exit status."""
    app = Application(sys.argv)
    preferences = Preferences()
    speak(app, preferences.language)
    appearance = Appearance(app, preferences.theme, colors=preferences.colors)
    windows = open_window(appearance, preferences, Path(project) if project else None).windows
    guard = CrashGuard(windows.flush, app)
    guard.install()
    app.file_asked = lambda path: windows.open(path, windows.active)
    _end_on_interrupt(app, windows)
    return app.exec()


def open_window(
    appearance: Appearance, preferences: Preferences, path: Path | None = None
) -> MainWindow:
    """The first window of a session; all of its windows are shown first and think afterwards."""
    windows = Windows(appearance, preferences)
    windows.opened.connect(_think_later)
    window = windows.begin(path, FIRST_TEMPLATE)
    window.docks.completed.connect(windows.offer_leftovers)
    window.docks.completed.connect(window.running.offer_queues)
    return window


def _think_later(window: MainWindow) -> None:
    """Torch comes once all panels are made."""
    # What opening asked for would bring torch and numpy before the first paint.
    window.analyser.stop()
    window.samples.stop()
    window.docks.completed.connect(lambda: _warm_up(window))


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
    """The first analysis brings torch, in the analyser's thread; what plots need comes after it."""
    window.analyser.analysed.connect(_freeze_once(window))
    window.analyser.analysed.connect(Warming(window).start)
    window.analyser.refresh()
    window.samples.read_again()


def _freeze_once(window: MainWindow):
    def freeze() -> None:
        # What torch brought stays for good; a full collection would look at all of it each time.
        # Later windows shall go for good when they close, so it is done once.
        window.analyser.analysed.disconnect(freeze)
        if not gc.get_freeze_count():
            gc.collect()
            gc.freeze()

    return freeze


def _end_on_interrupt(app: QObject, windows: Windows) -> None:
    """Ctrl+C in the terminal quits; Python sees signals only between its own lines.

    A second one while a window asks, or SIGTERM, closes them without a question.
    """
    signal.signal(
        signal.SIGINT, lambda *_: windows.close_at_once() if windows.is_asking else windows.quit()
    )
    signal.signal(signal.SIGTERM, lambda *_: windows.close_at_once())
    timer = QTimer(app, interval=SIGNAL_MS)
    timer.timeout.connect(_look_for_signals)
    timer.start()


def _look_for_signals() -> None:
    """Give Python a moment to run its signal handlers."""
