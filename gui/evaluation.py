"""One pass through the drawing: values, and on request derivatives, shown on the wires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from graphcore.errors import UserError
from graphcore.project.edits import Edit
from graphcore.project.modules import needs_process
from gui.analyser import only_moves
from gui.apart import Apart
from gui.reasons import backward_value
from gui.tasks import Latest
from gui.values import Seen, Texts, evaluate

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Evaluation(QObject):
    """Evaluates once off the GUI thread and hands the texts to the canvas.

    In a design of constants the values follow every edit; with data they are cleared by one,
    since they would be wrong. A person's own code runs in a process beside the window. `shown`
    after values came to the canvas.
    """

    shown = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wants, self._backward = False, False
        self._apart, self._latest = Apart(), Latest(0, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        window.document.edited.connect(self._on_edited)
        window.document.replaced.connect(self.clear)
        window.analyser.analysed.connect(self._on_analysed)

    def forward(self) -> None:
        """Show every value."""
        self._start(backward=False)

    def backward(self) -> None:
        """Show every value and the derivative of the chosen one by each."""
        self._start(backward=True)

    def clear(self) -> None:
        """Take the values off the wires."""
        self._wants = False
        self._window.canvas.clear_values()

    def stop(self) -> None:
        """End the workers; for closing."""
        self._apart.stop()
        self._latest.stop()

    def _start(self, backward: bool) -> None:
        window = self._window
        self._wants, self._backward = True, backward
        project, analysis = window.document.project.copy(), window.analyser.analysis
        start = backward_value(window) if backward else None
        path = window.document.path
        folder = path.parent if path else None
        if needs_process(project):
            self._latest.request(lambda: self._apart.ask("values", project, start, folder))
        else:
            self._latest.request(lambda: evaluate(project, analysis, start, folder))

    def _on_edited(self, edit: Edit) -> None:
        if self._wants and not only_moves(edit):
            self._window.canvas.clear_values()
            self._wants = self._window.is_design

    def _on_analysed(self) -> None:
        if self._wants and self._window.is_design:
            self._start(self._backward)

    def _on_done(self, found: tuple[Texts, Texts, Seen]) -> None:
        if self._wants:
            self._window.canvas.set_values(*found)
            self.shown.emit()

    def _on_failed(self, error: Exception) -> None:
        self._wants = False
        if isinstance(error, UserError):
            self._window.notices.tell_error(error)
        else:
            raise error
