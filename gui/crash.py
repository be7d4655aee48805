"""Our own mistakes: into the log file, with an autosave and one dialog that can be copied."""

from __future__ import annotations

import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from gui.preferences import data_folder

log = logging.getLogger("netwright")
_LOG_BYTES = 500_000
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_file() -> Path:
    """The file that mistakes are written to."""
    return data_folder() / "netwright.log"


def start_logging() -> None:
    """Write warnings and errors of the program and of Qt to a log file that can't grow forever."""
    handler = logging.handlers.RotatingFileHandler(
        log_file(), maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    qInstallMessageHandler(_on_qt_message)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("qt").log(_LEVELS.get(kind, logging.WARNING), text)


def details(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """What a person can send us: versions and the traceback, no paths of their projects."""
    from importlib.metadata import PackageNotFoundError, version  # slow, seldom needed

    lines = [f"Python {platform.python_version()}, {platform.platform()}"]
    for name in ("netwright", "PySide6_Essentials", "torch"):
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            lines.append(f"{name} not installed as a package")
    return "\n".join([*lines, "", *traceback.format_exception(kind, error, trace)])


class CrashGuard(QObject):
    """Catches what nobody caught, in any thread: logs, calls `rescue`, shows one dialog."""

    _caught = Signal(str, str)

    def __init__(self, rescue: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rescue = rescue
        self._dialog: QMessageBox | None = None
        self._caught.connect(self._on_caught)  # queued where another thread emits it

    def install(self) -> None:
        """Be the process's hook for exceptions, in the main thread and in others."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._on_exception(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        text = details(kind, error, trace)
        log.error("A mistake of ours:\n%s", text)
        self._caught.emit(f"{kind.__name__}: {error}", text)

    def _on_caught(self, summary: str, text: str) -> None:
        self._rescue()
        if self._dialog is None:  # one dialog, however many mistakes follow from the first
            self._dialog = self._new_dialog(summary, text)
            self._dialog.open()

    def _new_dialog(self, summary: str, text: str) -> QMessageBox:
        box = QMessageBox(QApplication.activeWindow())
        box.setIcon(QMessageBox.Icon.Critical)
        box.setWindowTitle(self.tr("Netwright made a mistake"))
        box.setText(self.tr("Something went wrong inside Netwright. Your project was autosaved."))
        box.setInformativeText(
            self.tr("{}\n\nThe log file has the details: {}").format(summary, log_file())
        )
        copy = box.addButton(self.tr("Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # copying shall not close the dialog
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        box.addButton(QMessageBox.StandardButton.Close)
        box.finished.connect(self._on_finished)
        return box

    def _on_finished(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
