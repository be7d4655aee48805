"""One pass through the drawing: values, and on request derivatives, shown on the wires."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from graphcore.analysis.result import Analysis, Value
from graphcore.errors import UserError
from graphcore.project.edits import Edit
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from gui.analyser import only_moves
from gui.reasons import backward_value
from gui.tasks import Latest

if TYPE_CHECKING:
    from gui.main_window import MainWindow

Texts = dict[tuple[NodeId, str], str]


class Evaluation(QObject):
    """Evaluates once off the GUI thread and hands the texts to the canvas.

    In a design of constants the values follow every edit; with data they are cleared by one,
    since they would be wrong. `shown` after values came to the canvas.
    """

    shown = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wants, self._backward = False, False
        self._latest = Latest(0, self)
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
        """End the worker; for closing."""
        self._latest.stop()

    def _start(self, backward: bool) -> None:
        window = self._window
        self._wants, self._backward = True, backward
        project, analysis = window.document.project.copy(), window.analyser.analysis
        start = backward_value(window) if backward else None
        path = window.document.path
        folder = path.parent if path else None
        self._latest.request(lambda: evaluate(project, analysis, start, folder))

    def _on_edited(self, edit: Edit) -> None:
        if self._wants and not only_moves(edit):
            self._window.canvas.clear_values()
            self._wants = self._window.is_design

    def _on_analysed(self) -> None:
        if self._wants and self._window.is_design:
            self._start(self._backward)

    def _on_done(self, texts: tuple[Texts, Texts]) -> None:
        if self._wants:
            self._window.canvas.set_values(*texts)
            self.shown.emit()

    def _on_failed(self, error: Exception) -> None:
        self._wants = False
        if isinstance(error, UserError):
            self._window.notices.tell_error(error)
        else:
            raise error


def evaluate(
    project: Project, analysis: Analysis, start: Value | None, folder: Path | None
) -> tuple[Texts, Texts]:
    """The texts of values and of derivatives by (node, port); runs in a worker thread."""
    from graphcore.training.evaluate import evaluate_once

    found = evaluate_once(project, analysis, one_batch(project, folder), start)
    values = {(value.node, value.port): text_of(at.value) for value, at in found.items()}
    gradients = {
        (value.node, value.port): text_of(at.gradient)
        for value, at in found.items()
        if at.gradient is not None
    }
    return values, gradients


def one_batch(project: Project, folder: Path | None) -> dict[str, Any] | None:
    """The first samples of the data, as many as a batch has; None where there is no data."""
    if not project.data.source:
        return None
    from graphcore.data.loaders import tensors
    from graphcore.data.sources import read

    samples = read(project.data, folder)
    all_samples = tensors(project.data, samples)
    return {name: values[: project.plan.batch_size] for name, values in all_samples.items()}


def text_of(tensor: Any) -> str:
    """A tensor in a few letters: one number as it is, more as mean and spread."""
    if tensor.numel() == 1:
        return number(float(tensor.item()))
    values = tensor.detach().float()
    if tensor.numel() <= 3:
        return "[" + ", ".join(number(float(value)) for value in values.flatten()) + "]"
    return f"{number(float(values.mean()))} ± {number(float(values.std()))}"


def number(value: float) -> str:
    """A number with at most five figures that still looks like one: `7.0`, `0.0031`."""
    text = f"{value:.5g}"
    return text if any(letter in text for letter in ".en") else f"{text}.0"
