"""Analysis and code of the open project, kept up to date off the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from graphcore.analysis.result import Analysis
from graphcore.code.code import Code
from graphcore.project.edits import Edit, Set, Together
from graphcore.project.modules import needs_process
from graphcore.project.project import Project
from gui.document import Document
from gui.tasks import Latest

if TYPE_CHECKING:
    from graphcore.analysis.user_code import Asking, UserCode
    from graphcore.project.module_forms import Form


Found = tuple[Analysis, Code, "Asking | None"]


class Analyser(QObject):
    """The newest `analysis` and `code`; `analysed` when they are new.

    Right after an edit they are those of the project a moment ago: `is_current` tells. `asking`
    answers for the project's own Python files, as they were read; None where it has none.
    """

    analysed = Signal()
    failed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.analysis, self.code = Analysis(), Code("")
        self.asking: Asking | None = None
        self._user_code: UserCode | None = None
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
        snapshot, path = self._document.project.copy(), self._document.path
        self._latest.request(lambda: self._work(snapshot, path.parent if path else None))

    def stop(self) -> None:
        """End the worker, and the process of the project's own code; for closing."""
        if self._user_code is not None:
            self._user_code.interrupt()
        self._latest.stop()
        if self._user_code is not None:
            self._user_code.close()

    def form(self, source: str) -> Form:
        """The form of a class of an installed package; asks the process, so never on this thread.

        Raises UserError.
        """
        return self._code_process().form(source)

    def _work(self, project: Project, folder: Path | None) -> Found:
        from graphcore.analysis.analyse import analyse  # torch comes with it: never at start
        from graphcore.code.write import write_code

        asking = self._code_process().at(project, folder) if needs_process(project) else None
        analysis = analyse(project, asking)
        return analysis, write_code(project, analysis), asking

    def _code_process(self) -> UserCode:
        from graphcore.analysis.user_code import UserCode

        self._user_code = self._user_code or UserCode()
        return self._user_code

    def _on_edited(self, edit: Edit) -> None:
        if not only_moves(edit):
            self.refresh()

    def _on_done(self, result: Found) -> None:
        self.analysis, self.code, self.asking = result
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
