"""What becomes of dropped files: projects open, data becomes the data, code becomes layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer
from PySide6.QtGui import QDropEvent

from graphcore.errors import UserError
from graphcore.project import modules
from graphcore.project.data import DataChoice
from graphcore.project.edits import Set
from graphcore.project.file import SUFFIX
from graphcore.project.library import BLOCK_SUFFIX
from graphcore.project.project import Project
from gui.canvas.drops import files_in
from gui.document import new_gesture
from gui.opening_runs import is_run, open_run
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.data.samples import Samples
    from gui.main_window import MainWindow

SLOW_MS = 400
DATASET = "data.Dataset"


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of one drop: the data, what could have been it too, and what can't be."""

    project: Project
    at: QPointF | None
    data: tuple[Path, DataChoice, Samples] | None
    others: tuple[Path, ...]
    refused: tuple[tuple[Path, UserError], ...]


class Drops(QObject):
    """Takes files dropped anywhere on the window; reading data happens off the GUI thread."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._reading = ""
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self._on_slow)
        self._latest = Latest(0, self)
        self._latest.done.connect(self._on_read)
        self._latest.failed.connect(self._on_failed)
        window.canvas.files_dropped.connect(self.take)
        window.setAcceptDrops(True)  # what lies in it and takes no files lets them through
        window.installEventFilter(self)

    def take(self, paths: Sequence[Path], at: QPointF | None = None) -> None:
        """Open projects and runs, add blocks and classes of .py files, make the rest the data.

        Data that falls on a drawing without a Dataset, at a point of the scene, brings one along.
        """
        projects = [path for path in paths if path.suffix == SUFFIX]
        runs = [path for path in paths if is_run(path)]
        others = [path for path in paths if path not in projects and path not in runs]
        for path in runs:
            open_run(self._window, path)
        if projects:
            self._open(projects, others)
            return
        for path in others:
            if path.suffix == BLOCK_SUFFIX:
                self._window.my_blocks.take(path)
        self._window.user_modules.take(*(p for p in others if p.suffix == modules.SUFFIX))
        rest = [p for p in others if p.suffix not in (BLOCK_SUFFIX, modules.SUFFIX)]
        if rest:
            self._read(rest, at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and watched is self._window:
            return self._hear(event)
        return super().eventFilter(watched, event)

    def stop(self) -> None:
        """End the worker; for closing."""
        self._slow.stop()
        self._latest.stop()

    def _hear(self, event: QDropEvent) -> bool:
        files = files_in(event)
        if not files:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.take(files)
        return True

    def _open(self, projects: Sequence[Path], others: Sequence[Path]) -> None:
        for path in projects:
            self._window.asking.open(path)
        if others:
            self._window.notices.tell(
                self.tr("Beside a project nothing else is taken: {}.").format(_names(others)),
                self.tr("Drop that alone, onto the window of its project."),
                "warning",
            )

    def _read(self, paths: Sequence[Path], at: QPointF | None) -> None:
        document = self._window.document
        project, folder = document.project, document.path.parent if document.path else None
        before, self._reading = project.data, _names(paths)
        self._latest.request(lambda: _read(paths, at, project, folder, before))
        self._slow.start()

    def _on_slow(self) -> None:
        self._window.notices.tell(self.tr("Reading {} …").format(self._reading))

    def _on_read(self, found: Found) -> None:
        self._slow.stop()
        if found.project is not self._window.document.project:
            return
        if found.data is not None:
            self._choose(*found.data, found.at)
            self._tell_others(found.data[0], found.others)
        self._tell_refused(found.refused)

    def _choose(self, path: Path, choice: DataChoice, samples: Samples, at: QPointF | None) -> None:
        window, gesture = self._window, new_gesture()
        window.samples.offer(choice, samples)
        text = self.tr("Choose data: {}").format(path.name)
        window.document.do(Set(("data",), choice), text, gesture=gesture)
        if at is not None and self._lacks_dataset():
            window.canvas.add_kind(DATASET, at, gesture=gesture)
        names = ", ".join(field.name for field in choice.fields)
        window.notices.tell(
            self.tr("The data is changed. Samples: {}. Fields: {}.").format(choice.samples, names)
        )
        window.docks.raise_panel("data", take_focus=False)

    def _lacks_dataset(self) -> bool:
        nodes = self._window.document.project.graph.nodes.values()
        is_main = self._window.selection.place.is_main
        return is_main and all(node.kind != DATASET for node in nodes)

    def _tell_others(self, path: Path, others: Sequence[Path]) -> None:
        if others:
            self._window.notices.tell(
                self.tr("A project has one set of data. That is “{}” now, without {}.").format(
                    path.name, _names(others)
                ),
                self.tr("Drop another one alone to take it instead."),
                "warning",
            )

    def _tell_refused(self, refused: Sequence[tuple[Path, UserError]]) -> None:
        if not refused:
            return
        error = refused[0][1]
        if len(refused) > 1:
            names = _names([path for path, _ in refused])
            text = self.tr("{0} files were not taken: {1}.").format(len(refused), names)
            error = UserError(text, str(error))
        self._window.notices.tell_error(error)

    def _on_failed(self, error: Exception) -> None:
        self._slow.stop()
        raise error


def _names(paths: Sequence[Path], most: int = 4) -> str:
    """A few names of files, and dots for the others."""
    names = [f"“{path.name}”" for path in paths[:most]]
    return ", ".join([*names, "…"] if len(paths) > most else names)


def _read(
    paths: Sequence[Path], at: QPointF | None, project: Project, folder: Path | None,
    before: DataChoice,
) -> Found:  # fmt: skip
    """Read the first path that is data; only look at the others."""
    from graphcore.data.options import relative  # numpy comes with these: never at start
    from graphcore.data.sources import examine, source_of

    data: tuple[Path, DataChoice, Samples] | None = None
    others: list[Path] = []
    refused: list[tuple[Path, UserError]] = []
    for path in paths:
        try:
            source, options = source_of(path)
            if data is None:
                data = (path, *examine(source, relative(options, folder), folder, before))
            else:
                others.append(path)
        except UserError as error:
            refused.append((path, error))
    return Found(project, at, data, tuple(others), tuple(refused))
