"""Analysis and code of the open project, kept up to date off the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from graphcore.analysis.result import Analysis
from graphcore.code.code import Code
from graphcore.project.edits import Edit, Set, Together
from graphcore.project.project import Project
from gui.document import Document
from gui.tasks import Latest


def _work(project: Project) -> tuple[Analysis, Code]:
    from graphcore.analysis.analyse import analyse  # torch comes with it: never at start
    from graphcore.code.write import write_code

    analysis = analyse(project)
    return analysis, write_code(project, analysis)


class Analyser(QObject):
    """The newest `analysis` and `code`; `analysed` when they are new.

    Right after an edit they are those of the project a moment ago: `is_current` tells.
    """

    analysed = Signal()
    failed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.analysis, self.code = Analysis(), Code("")
        self._document = document
        self._is_owed = False  # also while an answer was asked for and dropped again
        self._latest = Latest(parent=self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(self._on_failed)
        document.edited.connect(self._on_edited)
        document.replaced.connect(self.refresh)

    @property
    def is_current(self) -> bool:
        """Whether analysis and code are those of the project as it stands."""
        return not self._is_owed

    def refresh(self) -> None:
        """Analyse the project as it stands now."""
        self._is_owed = True
        snapshot = self._document.project.copy()
        self._latest.request(lambda: _work(snapshot))

    def stop(self) -> None:
        """End the worker; for closing."""
        self._latest.stop()

    def _on_edited(self, edit: Edit) -> None:
        if not only_moves(edit):
            self.refresh()

    def _on_done(self, result: tuple[Analysis, Code]) -> None:
        self.analysis, self.code = result
        self._is_owed = self._latest.is_busy
        self.analysed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._is_owed = self._latest.is_busy
        self.failed.emit(error)


def only_moves(edit: Edit) -> bool:
    """Whether an edit changes nothing but places and notes on the canvas."""
    match edit:
        case Set(path=("layout" | "bends" | "notes", *_)):
            return True
        case Together(edits=edits):
            return all(only_moves(item) for item in edits)
    return False
