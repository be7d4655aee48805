"""Analysis and code of the open project, kept up to date off the GUI thread."""

from __future__ import annotations

from dataclasses import replace
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
    from graphcore.analysis.walk import Walk
    from graphcore.project.module_forms import Form


Types = tuple["Walk", Analysis, "Asking | None"]
Whole = tuple["Walk", Analysis, Code]


class Analyser(QObject):
    """The newest `analysis` and `code`: first the types (`typed`), then all of it (`analysed`).

    Right after an edit they are those of the project a moment ago: `is_current` tells. Until
    `is_known` they are those of no project, or of the one before. `asking` answers for the
    project's own Python files, as they were read; None where it has none.
    """

    typed = Signal()
    analysed = Signal()
    failed = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.analysis, self.code = Analysis(), Code("")
        self.asking: Asking | None = None
        self._user_code: UserCode | None = None
        self._document = document
        self._is_known = False
        self._is_owed = False  # also while an answer was asked for and dropped again
        self._walk: Walk | None = None
        self._types, self._whole = Latest(parent=self), Latest(0, self)
        self._types.done.connect(self._on_typed)
        self._whole.done.connect(self._on_done)
        for work in (self._types, self._whole):
            work.failed.connect(self._on_failed)
        document.edited.connect(self._on_edited)
        document.replaced.connect(self._on_replaced)

    @property
    def is_current(self) -> bool:
        """Whether analysis and code are those of the project as it stands."""
        return not self._is_owed

    @property
    def is_known(self) -> bool:
        """Whether the project was analysed since it was opened."""
        return self._is_known

    def refresh(self) -> None:
        """Analyse the project as it stands now."""
        self._is_owed = True
        snapshot, path = self._document.project.copy(), self._document.path
        folder, before, past = path.parent if path else None, self._walk, self.analysis
        self._types.request(lambda: self._typed(snapshot, folder, before, past))

    def stop(self) -> None:
        """End the worker, and the process of the project's own code; for closing."""
        if self._user_code is not None:
            self._user_code.interrupt()
        self._types.stop()
        self._whole.stop()
        if self._user_code is not None:
            self._user_code.close()

    def form(self, source: str) -> Form:
        """The form of a class of an installed package; asks the process, so never on this thread.

        Raises UserError.
        """
        return self._code_process().form(source)

    def _typed(
        self, project: Project, folder: Path | None, before: Walk | None, past: Analysis
    ) -> Types:
        from graphcore.analysis.analyse import typed, walked  # torch comes with it: never at start

        asking = self._code_process().at(project, folder) if needs_process(project) else None
        walk = walked(project, asking, before)
        return walk, typed(walk, past), asking

    def _code_process(self) -> UserCode:
        from graphcore.analysis.user_code import UserCode

        self._user_code = self._user_code or UserCode()
        return self._user_code

    def _on_edited(self, edit: Edit) -> None:
        if not only_moves(edit):
            self.refresh()

    def _on_replaced(self) -> None:
        self._is_known = False
        self.refresh()

    def _on_typed(self, result: Types) -> None:
        self._walk, self.analysis, self.asking = result
        walk = self._walk
        self._whole.request(lambda: _judged(walk))
        self.typed.emit()

    def _on_done(self, result: Whole) -> None:
        walk, analysis, self.code = result
        is_newest = walk is self._walk
        self.analysis = analysis if is_newest else replace(analysis, nodes=self.analysis.nodes)
        self._is_owed = self._types.is_busy or self._whole.is_busy or not is_newest
        self._is_known = self._is_known or not self._is_owed
        self.analysed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._is_owed = self._types.is_busy or self._whole.is_busy
        self.failed.emit(error)


def _judged(walk: Walk) -> Whole:
    from graphcore.analysis.analyse import judged
    from graphcore.code.write import write_code

    analysis = judged(walk)
    return walk, analysis, write_code(walk.project, analysis)


def only_moves(edit: Edit) -> bool:
    """Whether an edit changes nothing but places and notes on the canvas."""
    match edit:
        case Set(path=("layout" | "bends" | "dots" | "notes", *_)):
            return True
        case Together(edits=edits):
            return all(only_moves(item) for item in edits)
    return False
