"""The open project: the one door through which the window changes it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from graphcore.project.edits import Edit, Set, SetParam, Together, together
from graphcore.project.journal import Change, Step, Word
from graphcore.project.project import Project

_gestures = itertools.count(1)


def new_gesture() -> int:
    """A number for one drag or one burst of typing; changes that share it fold into one."""
    return next(_gestures)


class Document(QObject):
    """The open project and its history.

    `edited` says that an edit took effect (done, undone or redone). `replaced` says that the
    whole project is another one (opened, new). `stepped` comes before `edited`, with the Step for
    the journal and the edit that takes it back. `path` is None while untitled.
    """

    stepped = Signal(object, object)
    edited = Signal(object)
    replaced = Signal()
    saved_as = Signal()

    def __init__(self, project: Project | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project or Project()
        self.path: Path | None = None
        self.history = QUndoStack(self)

    def do(self, edit: Edit, text: str, *, gesture: int = -1) -> None:
        """Apply an edit as one undoable change called `text`.

        Changes that share a `gesture` number fold into one. Raises UserError where the edit is
        refused; then nothing changed.
        """
        # Before the push: a refusal must reach the caller.
        inverse = self._apply("do", edit, text, gesture)
        self.history.push(_Change(self, edit, inverse, text, gesture))

    def replace(self, project: Project, path: Path | None) -> None:
        """Open another project; its history begins here."""
        self.project, self.path = project, path
        self.history.clear()
        self.replaced.emit()

    def restore(self, project: Project, path: Path | None, changes: Iterable[Change]) -> None:
        """Open a project with unsaved changes, of which these can be undone."""
        self.replace(project, path)
        for change in changes:
            self.history.push(_Change(self, change.edit, change.inverse, change.text, -1))
        self.history.resetClean()

    def mark_saved(self, path: Path) -> None:
        """The project is on disk at `path` as it stands now."""
        self.path = path
        self.history.setClean()
        self.saved_as.emit()

    @property
    def is_changed(self) -> bool:
        """Whether there is something that is not on disk."""
        return not self.history.isClean()

    def _apply(self, word: Word, edit: Edit, text: str, gesture: int) -> Edit:
        inverse = edit.apply(self.project)
        self.stepped.emit(Step(word, edit, text, gesture), inverse)
        self.edited.emit(edit)
        return inverse


class _Change(QUndoCommand):
    """The only undo command there is: an edit and its inverse."""

    def __init__(
        self, document: Document, edit: Edit, inverse: Edit, text: str, gesture: int
    ) -> None:
        super().__init__(text)
        self._document, self._edit, self._inverse = document, edit, inverse
        self._gesture, self._done = gesture, True

    def redo(self) -> None:
        if not self._done:
            self._document._apply("redo", self._edit, self.text(), self._gesture)
        self._done = True

    def undo(self) -> None:
        self._document._apply("undo", self._inverse, self.text(), self._gesture)
        self._done = False

    def id(self) -> int:
        return self._gesture

    def mergeWith(self, later: QUndoCommand) -> bool:
        assert isinstance(later, _Change)
        self.setText(later.text())
        self._edit = together(self._edit, later._edit)
        self._inverse = together(later._inverse, self._inverse)
        # Back where it began, as after Escape: no change at all, so the history drops it.
        self.setObsolete(_lasting(self._edit) == _lasting(self._inverse))
        return True


def _lasting(edit: Edit) -> object:
    """The value that each place has in the end; what is no mere value is equal to nothing."""
    found = dict[object, object]()
    for part in edit.edits if isinstance(edit, Together) else (edit,):
        match part:
            case SetParam():
                found[part.definition, part.node, part.name] = part.value
            case Set():
                found[part.path] = part.value
            case _:
                return object()
    return found
