"""Overlays of the canvas in a window: which one is chosen, and what has to be measured for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from graphcore.analysis.overlays import MEASURED, Overlay
from graphcore.errors import UserError
from graphcore.project.edits import Edit
from gui.analyser import only_moves
from gui.apart import Apart
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.training.watching import Watched
    from gui.main_window import MainWindow


class Overlaying(QObject):
    """Shows one overlay at a time.

    Time and gradient are measured in a process beside the window, when a person asks: after an
    edit the figures go, since they would be those of another drawing.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._watched: Watched | None = None
        self._was_changed = self._is_wanted = False
        self._apart, self._latest = Apart(), Latest(0, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        window.document.edited.connect(self._on_edited)
        window.document.replaced.connect(self._on_replaced)
        window.canvas.legend.closed.connect(lambda: self.show(None))
        window.canvas.legend.measure_asked.connect(self.measure)

    @property
    def shown(self) -> Overlay | None:
        """The overlay that lies over the cards; None for none."""
        return self._window.canvas.canvas.overlaid.name

    @property
    def seconds(self) -> Mapping[str, float]:
        """What a forward pass takes at each node, by path; empty where it is not known."""
        return self._watched.seconds if self._watched is not None else {}

    @property
    def is_measuring(self) -> bool:
        """Whether figures are on their way."""
        return self._is_wanted and self._latest.is_busy

    def choose(self, overlay: Overlay | None) -> None:
        """Show this overlay, or none where it is shown already; measure what it needs."""
        chosen = None if overlay == self.shown else overlay
        self.show(chosen)
        if chosen in MEASURED and self._watched is None and not self.is_measuring:
            self.measure()

    def show(self, overlay: Overlay | None) -> None:
        """Show this overlay with what is known."""
        self._window.canvas.canvas.overlaid.show(
            overlay, self._watched, self._why_none(), is_measuring=self.is_measuring
        )
        self._window.commands.refresh_soon()

    def measure(self) -> None:
        """Run one batch a few times, beside the window."""
        project, path = self._window.document.project.copy(), self._window.document.path
        folder = path.parent if path else None
        self._is_wanted = True
        self._latest.request(lambda: self._apart.ask("watched", project, folder))
        self.show(self.shown)

    def stop(self) -> None:
        """End the worker and its process; for closing."""
        self._is_wanted = False
        self._apart.stop()
        self._latest.stop()

    def _why_none(self) -> str:
        if self.is_measuring:
            return self.tr("One batch runs, with initial weights …")
        if self._was_changed:
            return self.tr("Changed since it was measured.")
        return self.tr("Not measured yet.")

    def _on_edited(self, edit: Edit) -> None:
        if (self._watched is not None or self._is_wanted) and not only_moves(edit):
            self._watched, self._was_changed, self._is_wanted = None, True, False
            self.show(self.shown)

    def _on_replaced(self) -> None:
        self._watched, self._was_changed, self._is_wanted = None, False, False
        self.show(self.shown)

    def _on_done(self, watched: Watched) -> None:
        if self._is_wanted:
            self._watched, self._is_wanted, self._was_changed = watched, False, False
            self.show(self.shown)

    def _on_failed(self, error: Exception) -> None:
        was_wanted, self._is_wanted = self._is_wanted, False
        self.show(self.shown)
        if not isinstance(error, UserError):
            raise error
        if was_wanted:
            self._window.notices.tell_error(error)
