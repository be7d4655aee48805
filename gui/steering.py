"""What a person asks of the run beyond pause and stop: to change, to restart, a batch that fits."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QSystemTrayIcon

from graphcore.errors import UserError
from graphcore.project.edits import Set
from graphcore.project.project import Project
from gui.dialogs.fitting import open_fitted
from gui.notices import Choice
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.training.fitting import Fit
    from graphcore.training.runs import Run
    from gui.main_window import MainWindow


class Steering(QObject):
    """Changes a run, restarts it with what fits, finds the largest batch, announces the end."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._source: Run | None = None
        self._was_busy = False
        self._cancel = threading.Event()
        self._batch = Latest(0, self)
        self._batch.done.connect(self._on_fit)
        self._batch.failed.connect(self._on_no_fit)
        window.runner.changed.connect(self._on_changed)

    def ask_for_change(self) -> None:
        """Ask what to change while the run goes on."""
        from gui.dialogs.change import change_dialog

        plan = self._window.runner.plan
        if plan is not None:
            dialog = change_dialog(plan, self._window)
            dialog.chosen.connect(self._window.runner.change)
            open_fitted(dialog)

    def ask_for_seeds(self) -> None:
        """Ask how many runs there shall be that differ in their seed."""
        window, document = self._window, self._window.document
        dialog = QInputDialog(window)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(2, 1000)
        dialog.setIntValue(5)
        dialog.setWindowTitle(self.tr("Train several seeds"))
        dialog.setLabelText(self.tr("Runs that differ in their seed, one after the other:"))
        dialog.intValueSelected.connect(
            lambda count: window.queue.add_seeds(document.project, document.path, count)
        )
        dialog.finished.connect(dialog.deleteLater)
        open_fitted(dialog)

    def put_in_queue(self) -> None:
        """Train the drawing as it is now when all runs before it are over."""
        document = self._window.document
        self._window.queue.add(document.project, document.path)

    # -- the drawing has moved on ------------------------------------------------------------

    def restart(self) -> None:
        """Train the drawing as it is now, beginning with the run's weights where they fit."""
        runner = self._window.runner
        self._source = runner.run
        if runner.is_busy:
            runner.stop()  # it starts once that one has saved what it learned
        else:
            self._start_from_source()

    def _start_from_source(self) -> None:
        source, self._source = self._source, None
        document = self._window.document
        self._window.runner.start(document.project, document.path, source=source)

    # -- the largest batch -------------------------------------------------------------------

    @property
    def is_finding(self) -> bool:
        """Whether batches are being tried."""
        return self._batch.is_busy

    def find_batch(self) -> None:
        """Try which batch is the largest that fits, in a process of its own."""
        document = self._window.document
        project, folder = document.project.copy(), document.path.parent if document.path else None
        self._cancel = cancel = threading.Event()
        self._batch.request(lambda: _found(project, folder, cancel))
        self._window.notices.tell(
            self.tr("Batches are tried in a process of their own; that takes a minute."),
            choices=((self.tr("Cancel"), self._cancel.set),),
        )
        self._window.commands.refresh_soon()

    def stop(self) -> None:
        """End the worker; for closing."""
        self._cancel.set()
        self._batch.stop()

    def _on_fit(self, fit: Fit) -> None:
        self._window.commands.refresh_soon()
        if not fit.batch:
            self._window.notices.tell(
                self.tr("Not even a batch of one sample fits in memory."),
                self.tr("Make the model smaller, or free some memory."), "warning",
            )  # fmt: skip
            return
        text = self.tr("The largest batch that fits is {0}; the plan has {1}.")
        if fit.batch == fit.most:
            text = self.tr("All {0} training samples fit in one batch; the plan has {1}.")
        choice: Choice = (
            self.tr("Set the batch size to {0}").format(fit.batch),
            lambda: self._set_batch(fit.batch),
        )
        self._window.notices.tell(text.format(fit.batch, fit.wanted), choices=(choice,))

    def _on_no_fit(self, error: Exception) -> None:
        self._window.commands.refresh_soon()
        if not isinstance(error, UserError):
            raise error
        self._window.notices.tell_error(error)

    def _set_batch(self, batch: int) -> None:
        document = self._window.document
        plan = replace(document.project.plan, batch_size=batch)
        document.do(Set(("plan",), plan), self.tr("Change the batch size"))

    # -- the end -----------------------------------------------------------------------------

    def show_failed_node(self) -> None:
        """Select the node at which the run failed, wherever it is drawn."""
        selection = self._window.selection
        node = selection.place.reveal(self._window.runner.failed_node)
        if node is not None:
            selection.select([node])
            self._window.canvas.show_node(node)

    def _on_changed(self) -> None:
        runner = self._window.runner
        has_ended, self._was_busy = self._was_busy and not runner.is_busy, runner.is_busy
        if not has_ended:
            return
        if self._source is not None and runner.state == "ended":
            # When everybody has heard that this one is over.
            QTimer.singleShot(0, self, self._start_from_source)
            return
        self._source = None
        if not self._window.isActiveWindow():
            self._announce()

    def _announce(self) -> None:
        """Say by the system's own means that the run is over, where nobody looks at the window."""
        QApplication.alert(self._window)
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        runner, icon = self._window.runner, QSystemTrayIcon(self._window.windowIcon(), self)
        says = runner.error.message if runner.error is not None else self.tr("The run is over.")
        icon.show()
        icon.showMessage(self._window.files.title, says)
        icon.messageClicked.connect(self._window.activateWindow)
        icon.messageClicked.connect(icon.deleteLater)


def _found(project: Project, folder: Path | None, cancel: threading.Event) -> Fit:
    from graphcore.training.fitting import Order, largest_batch

    return largest_batch(project, folder, Order(), lambda _: None, cancel)
