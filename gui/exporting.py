"""Export of the trained model: ask, write and compare in another process, show the certificate."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QMessageBox

from graphcore.errors import UserError
from graphcore.project.project import Project
from gui.dialogs.fitting import open_fitted
from gui.tasks import Latest

# Modules that bring numpy, dialogs among them, are imported where they are used: never at start.
if TYPE_CHECKING:
    from graphcore.export.certificate import Certificate, Weights
    from graphcore.training.runs import Run
    from gui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Order:
    """What to export: the weights of a run (or untrained ones), and the file to write."""

    run: Run | None
    weights: Weights
    output: Path


class Exporting(QObject):
    """One export at a time; `finished` carries the certificate, `failed` the sentence."""

    started = Signal()
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._cancel, self._folder = threading.Event(), Path()
        self._latest = Latest(0, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)

    @property
    def is_busy(self) -> bool:
        """Whether an export is under way."""
        return self._latest.is_busy

    def ask(self, run: Run | None = None) -> None:
        """Ask which weights go into which file; untrained ones are asked about again."""
        from gui.dialogs.export import ExportDialog

        runs = self._runs() if run is None else [run]
        dialog = ExportDialog(runs, self._first_file(), self._window)
        dialog.ordered.connect(self._on_ordered)
        dialog.finished.connect(dialog.deleteLater)
        open_fitted(dialog)

    def start(self, order: Order) -> None:
        """Export now, on a worker thread that waits for another process."""
        path = self._window.document.path
        project, folder = self._window.document.project.copy(), path.parent if path else None
        self._cancel = cancel = threading.Event()
        self._folder = order.output.absolute().parent
        self._latest.request(lambda: _export(project, order, folder, cancel))
        self.started.emit()
        self._window.notices.tell(
            self.tr("Exporting to “{}”; it is loaded back and compared.").format(order.output.name)
        )
        self._window.commands.refresh_soon()

    def stop(self) -> None:
        """Give up the export that is under way, leaving nothing behind; for closing."""
        self._cancel.set()
        self._latest.stop()

    def _runs(self) -> list[Run]:
        """Runs with weights, newest first: this session's, and those beside the project."""
        from graphcore.training.runs import store_for

        path, current = self._window.document.path, self._window.runner.run
        found = [current] if current is not None else []
        if path is not None:
            found += [run for run in store_for(path).runs() if run != current]
        return [run for run in found if _has_weights(run)]

    def _first_file(self) -> Path:
        path = self._window.document.path
        if path is None:  # a clone or a system folder is no place for a person's files
            home = QStandardPaths.StandardLocation.DocumentsLocation
            folder = Path(QStandardPaths.writableLocation(home))
            return (folder if folder.is_dir() else Path.home()) / f"{self._window.files.title}.pt"
        return path.with_suffix(".pt")

    def _on_ordered(self, order_run: object, weights: str, output: str) -> None:
        from graphcore.training.runs import Run

        run = order_run if isinstance(order_run, Run) else None
        if run is None:
            self._ask_about_untrained(Order(None, "initial", Path(output)))
        else:
            self.start(Order(run, "last" if weights == "last" else "best", Path(output)))

    def _ask_about_untrained(self, order: Order) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Export untrained weights?"))
        box.setText(self.tr("This model was not trained: it would answer at random."))
        export = box.addButton(self.tr("Export all the same"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))

        def on_finished() -> None:
            if box.clickedButton() is export:
                self.start(order)
            box.deleteLater()

        box.finished.connect(on_finished)
        box.open()

    def _on_done(self, certificate: Certificate) -> None:
        from gui.dialogs.certificate import CertificateDialog

        self._window.commands.refresh_soon()
        self.finished.emit(certificate)
        dialog = CertificateDialog(certificate, self._folder, self._window)
        dialog.finished.connect(dialog.deleteLater)
        open_fitted(dialog)

    def _on_failed(self, error: Exception) -> None:
        self._window.commands.refresh_soon()
        self.failed.emit(error)
        if not isinstance(error, UserError):
            raise error
        self._window.notices.tell_error(error)


def _has_weights(run: Run) -> bool:
    try:
        return run.weights_path("last").is_file()
    except UserError:
        return False


def _export(
    project: Project, order: Order, folder: Path | None, cancel: threading.Event
) -> Certificate:
    from graphcore.export.torchscript import export

    return export(project, order.run, order.weights, order.output, folder, cancel=cancel)
