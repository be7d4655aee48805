"""One pass through the drawing: values, and on request derivatives, shown on the wires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from graphcore.errors import UserError
from graphcore.project.edits import Edit
from graphcore.project.graph import NodeId
from graphcore.project.modules import needs_process
from gui.analyser import only_moves
from gui.apart import Apart
from gui.reasons import backward_value, no_evaluation
from gui.tasks import Latest
from gui.values import Asked, Looked, evaluate

if TYPE_CHECKING:
    from graphcore.training.runs import Run
    from gui.main_window import MainWindow


Item = TypeVar("Item")


class Evaluation(QObject):
    """Evaluates once off the GUI thread and hands the texts to the canvas.

    In a design of constants the values follow every edit; with data they are cleared by one,
    since they would be wrong. Inside a block its own values are looked at. When a run is over,
    its last weights are tried on a batch of what validates, for what hovering a wire tells.
    A person's own code runs in a process beside the window. `shown` after values came to the
    canvas.
    """

    shown = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._wants, self._backward, self._is_quiet = False, False, False
        self._found: Looked | None = None
        self._known_run: Run | None = None
        self._apart, self._latest = Apart(), Latest(0, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        window.document.edited.connect(self._on_edited)
        window.document.replaced.connect(self._on_replaced)
        window.analyser.analysed.connect(self._on_analysed)
        window.runner.changed.connect(self._on_runner_changed)
        window.selection.place.moved.connect(self._on_place_changed)
        window.selection.place.turned.connect(self._on_place_changed)

    def forward(self) -> None:
        """Show every value."""
        self._start(backward=False)

    def backward(self) -> None:
        """Show every value and the derivative of the chosen one by each."""
        self._start(backward=True)

    def clear(self) -> None:
        """Take the values off the wires."""
        self._wants, self._found = False, None
        self._window.canvas.clear_values()

    def stop(self) -> None:
        """End the workers; for closing."""
        self._apart.stop()
        self._latest.stop()

    def _start(self, *, backward: bool, is_quiet: bool = False) -> None:
        window = self._window
        self._wants, self._backward, self._is_quiet = True, backward, is_quiet
        project, analysis = window.document.project.copy(), window.analyser.analysis
        start = backward_value(window) if backward and window.selection.place.is_main else None
        path, inside = window.document.path, window.selection.place.prefix.rstrip(".")
        asked = Asked(
            start, path.parent if path else None, self._known_run, (inside,) if inside else (),
            is_quiet,
        )  # fmt: skip
        if needs_process(project):
            self._latest.request(lambda: self._apart.ask("values", project, asked))
        else:
            self._latest.request(lambda: evaluate(project, analysis, asked))

    def _show(self) -> None:
        """What was found of the drawing that is shown, by its nodes."""
        found, place = self._found, self._window.selection.place
        if found is None:
            return
        nodes = place.graph(self._window.document.project).nodes.values()
        ids = {f"{place.prefix}{node.name}": node.id for node in nodes}
        values, gradients = _at(ids, found.values), _at(ids, found.gradients)
        if self._is_quiet:
            values, gradients = {}, {}
        seen = _at(ids, found.seen)
        self._window.canvas.set_values(values, gradients, seen, found.origin)

    def _on_edited(self, edit: Edit) -> None:
        if self._wants and not only_moves(edit):
            self._found = None
            self._window.canvas.clear_values()
            self._wants = self._window.is_design

    def _on_replaced(self) -> None:
        self._known_run = None
        self.clear()

    def _on_analysed(self) -> None:
        if self._wants and self._window.is_design:
            self._start(backward=self._backward)

    def _on_place_changed(self) -> None:
        if not self._wants or self._found is None:
            return
        self._show()
        inside = self._window.selection.place.prefix.rstrip(".")
        if inside and inside not in self._found.inside and not self._why_not():
            self._start(backward=False, is_quiet=self._is_quiet)

    def _on_runner_changed(self) -> None:
        run = self._window.runner.run
        is_over = self._window.runner.state == "ended" and run is not self._known_run
        if run is None or not is_over or not run.has_weights("last"):
            return
        self._known_run = run
        if not self._why_not():
            self._start(backward=False, is_quiet=True)

    def _why_not(self) -> str:
        return no_evaluation(self._window)

    def _on_done(self, found: Looked) -> None:
        if self._wants:
            self._found = found
            self._show()
            self.shown.emit()

    def _on_failed(self, error: Exception) -> None:
        self._wants = False
        if not isinstance(error, UserError):
            raise error
        if not self._is_quiet:
            self._window.notices.tell_error(error)


def _at(
    ids: Mapping[str, NodeId], found: Mapping[tuple[str, str], Item]
) -> dict[tuple[NodeId, str], Item]:
    """What was found at the paths of these nodes, by node and port."""
    return {(ids[path], port): item for (path, port), item in found.items() if path in ids}
