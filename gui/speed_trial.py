"""Speed trials from the window: in a process of its own, so that memory and figures are its own."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from graphcore.errors import UserError
from graphcore.project.project import Project
from gui.dialogs.fitting import open_fitted
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.training.speed import Order, Speed
    from gui.main_window import MainWindow

TITLE = "The speed trial's process"


class SpeedTrial(QObject):
    """One trial at a time; `finished` carries what it found, `failed` the sentence why not."""

    started = Signal()
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._cancel = window, threading.Event()
        self._latest = Latest(0, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)

    @property
    def is_busy(self) -> bool:
        """Whether a trial is under way."""
        return self._latest.is_busy

    def ask(self) -> None:
        """Say what a trial does, and let it begin."""
        from gui.dialogs.speed import SpeedDialog

        dialog = SpeedDialog(self, self._window)
        dialog.finished.connect(dialog.deleteLater)
        open_fitted(dialog)

    def start(self, batch: int) -> None:
        """Try the project as it stands; a batch of 0 leaves it to us."""
        path, project = self._window.document.path, self._window.document.project.copy()
        folder = path.parent if path else None
        self._cancel = cancel = threading.Event()
        self._latest.request(lambda: _tried(project, batch, folder, cancel))
        self._window.commands.refresh_soon()
        self.started.emit()

    def cancel(self) -> None:
        """End what is under way; nothing was changed by it."""
        self._cancel.set()

    def stop(self) -> None:
        """End the worker; for closing."""
        self._cancel.set()
        self._latest.stop()

    def _on_done(self, speed: Speed) -> None:
        self._window.commands.refresh_soon()
        self.finished.emit(speed)

    def _on_failed(self, error: Exception) -> None:
        self._window.commands.refresh_soon()
        if not isinstance(error, UserError):
            raise error
        self.failed.emit(error)


def _tried(project: Project, batch: int, folder: Path | None, cancel: threading.Event) -> Speed:
    from graphcore.training.speed import Order
    from graphcore.worker import Worker

    order: Order = Order(batch=batch)
    with Worker("graphcore.training.speed", cancel, TITLE) as worker:
        found: Speed = worker.ask("measure_apart", project, order, folder)
    return found
