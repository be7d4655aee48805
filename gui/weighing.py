"""A run's saved weights at one node, looked at off the GUI thread; the run's news are heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.training.events import Event, Saved
from graphcore.training.runs import Run
from gui.document import Document
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.training.weight_looks import WeightLook
    from gui.runner import Runner

LAST = "last"


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """A run's weights at `path`; none where there is no run, or `why` says it.

    `newest` is what the newest of the drawing's `runs` is called, which have weights all.
    """

    path: str
    looks: tuple[WeightLook, ...] = ()
    why: str = ""
    newest: str = ""
    runs: tuple[tuple[str, Run], ...] = ()


class Weighing(QObject):
    """What the weights of a node are like, `best` or `last` ones of a run that is chosen.

    Without a choice it is the run on its way, else the project's newest. `changed` when there is
    something new to show or to `ask` for.
    """

    changed = Signal()

    def __init__(
        self, document: Document, runner: Runner | None, parent: QObject | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._document, self._runner = document, runner
        self._asked = ""
        self._run: Run | None = None
        self._weights = LAST
        self.weighed: Weighed | None = None
        self._latest = Latest(delay_ms=10, parent=self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(_raise)
        document.replaced.connect(lambda: self.choose(None, LAST))
        if runner is not None:
            runner.changed.connect(self._forget)
            runner.drained.connect(self._on_drained)

    def ask(self, path: str) -> None:
        """Look at the weights of the node with this path soon, unless that is done or under way."""
        if path == self._asked:
            return
        self._asked = path
        project, place = self._document.project.copy(), self._document.path
        is_busy = self._runner is not None and self._runner.is_busy
        live = self._runner.run if is_busy and self._runner is not None else None
        chosen, weights = self._run, self._weights
        self._latest.request(lambda: _weigh(project, place, live, chosen, weights, path))

    @property
    def chosen(self) -> tuple[Run | None, str]:
        """The run that is looked at (None: the newest), and `best` or `last`."""
        return self._run, self._weights

    def choose(self, run: Run | None, weights: str) -> None:
        """Look at these weights of a run from now on; None for the newest."""
        self._run, self._weights = run, weights
        self._forget()

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    def _forget(self) -> None:
        self._asked = ""
        self.changed.emit()

    def _on_drained(self, events: Sequence[Event]) -> None:
        wanted = f"{self._weights}.safetensors"
        if any(isinstance(event, Saved) and event.file == wanted for event in events):
            self._forget()

    def _on_done(self, weighed: Weighed) -> None:
        self.weighed = weighed
        self.changed.emit()


def _raise(error: Exception) -> None:
    raise error


def _weigh(
    project: Project, place: Path | None, live: Run | None, chosen: Run | None, weights: str,
    path: str,
) -> Weighed:  # fmt: skip
    from graphcore.training.about import about
    from graphcore.training.weight_looks import looks_at
    from gui.predictions import runs_of  # numpy comes with all three

    is_own = live is not None and live.has_weights(weights)
    own = [live] if live is not None and is_own else []
    found = list(dict.fromkeys((*own, *runs_of(project, place))))
    if not found:
        return Weighed(path)
    runs = tuple((about(run).name or run.id, run) for run in found)
    newest, run = runs[0][0], chosen if chosen in found else found[0]
    assert run is not None
    try:
        looks, why = looks_at(run.weights_path(weights), path), ""
    except UserError as error:
        looks, why = (), f"{error.message} {error.hint}"
    return Weighed(path, looks, why, newest, runs)
