"""The open project and its file: open, save, recent files, and what others do to the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from graphcore.errors import UserError
from graphcore.project import templates
from graphcore.project.file import SUFFIX, load, save
from graphcore.project.project import Project
from gui.autosave import Autosave, Leftover
from gui.document import Document
from gui.notices import Notices
from gui.preferences import Preferences, data_folder

FIRST_TEMPLATE = "digits-cnn"


class Files(QObject):
    """Every way between the document and the disk; `changed` where name or saved state may differ.

    Nothing here raises: what goes wrong is told by notices, and the open project stays.
    """

    changed = Signal()

    def __init__(
        self,
        document: Document,
        preferences: Preferences,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._preferences, self._notices = document, preferences, notices
        self.autosave = Autosave(document, preferences, data_folder() / "autosave", self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_file_changed)
        self._digest = ""
        document.history.cleanChanged.connect(self.changed)
        document.replaced.connect(self.changed)
        document.saved_as.connect(self.changed)

    @property
    def title(self) -> str:
        """What the project is called: its file, else its own title."""
        if self._document.path is not None:
            return self._document.path.stem
        return self._document.project.title or self.tr("Untitled")

    @property
    def state(self) -> str:
        """One word or two on whether it is on disk."""
        if self._document.is_changed:
            return self.tr("edited")
        return self.tr("saved") if self._document.path else self.tr("not saved yet")

    def new(self, template: str = "") -> None:
        """Begin an untitled project, empty or a copy of a template."""
        try:
            project = templates.open_template(template) if template else Project()
        except UserError as error:
            self._notices.tell_error(error)
            return
        self._show(project, None)

    def open(self, path: Path) -> bool:
        """Open a project file; whether it is open now."""
        try:
            project = load(path)
        except UserError as error:
            self._notices.tell_error(error)
            return False
        self._show(project, path.absolute())
        self._preferences.remember(path.absolute())
        return True

    def open_copy(self, path: Path) -> None:
        """Open a project without its file: saving asks for another one."""
        try:
            self._show(load(path), None)
        except UserError as error:
            self._notices.tell_error(error)

    def save(self) -> bool:
        """Save to the file it came from; whether it is on disk now."""
        return self._document.path is not None and self.save_as(self._document.path)

    def save_as(self, path: Path) -> bool:
        """Save to a file, which is the project's file from now on; whether it is on disk now."""
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        self._watch(None)
        try:
            save(self._document.project, path)
        except UserError as error:
            self._notices.tell_error(error)
            self._watch(self._document.path)
            return False
        self._document.mark_saved(path.absolute())
        self._preferences.remember(path.absolute())
        self._watch(path)
        return True

    def reload(self) -> None:
        """Open the file again as it is on disk now."""
        if self._document.path is not None:
            self.open(self._document.path)

    def offer_leftovers(self) -> None:
        """Offer unsaved work that a crashed session left behind, newest first."""
        found = self.autosave.leftovers()
        if not found:
            return
        newest = found[0]
        name = newest.path.name if newest.path else newest.title or self.tr("Untitled")
        self._notices.tell(
            self.tr("Netwright ended unexpectedly with unsaved changes to “{}”.").format(name),
            self.tr("They were kept."),
            "warning",
            (
                (self.tr("Restore"), lambda: self.restore(newest)),
                (self.tr("Discard"), newest.forget),
            ),
        )

    def restore(self, leftover: Leftover) -> None:
        """Open unsaved work as it was, under its own file name, still unsaved."""
        try:
            project = load(leftover.file)
        except UserError as error:
            self._notices.tell_error(error)
            return
        self._show(project, leftover.path)
        self._document.history.resetClean()
        self.autosave.write()
        leftover.forget()
        self.changed.emit()

    def close(self, keeps_unsaved: bool = False) -> None:
        """The session ends well: nothing is left to restore, unless changes are to be kept."""
        self._preferences.last_file = self._document.path
        self._watch(None)
        if keeps_unsaved:
            self.autosave.keep()
        else:
            self.autosave.close()

    def _show(self, project: Project, path: Path | None) -> None:
        self._document.replace(project, path)
        self._watch(path)

    def _watch(self, path: Path | None) -> None:
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        if path is not None and path.is_file():
            self._digest = _digest(path)
            self._watcher.addPath(str(path))

    def _on_file_changed(self, changed: str) -> None:
        path = Path(changed)
        if not path.is_file():
            self._notices.tell(
                self.tr("“{}” was moved or deleted by another program.").format(path.name),
                self.tr("The project is still open here; save it to keep it."),
                "warning",
            )
            return
        self._watcher.addPath(changed)  # a file that was replaced by another is watched no more
        if _digest(path) == self._digest:
            return
        self._digest = _digest(path)
        self._notices.tell(
            self.tr("“{}” was changed by another program.").format(path.name),
            self.tr("Reload it to see what is on disk; unsaved changes here would be lost.")
            if self._document.is_changed
            else self.tr("Reload it to see what is on disk."),
            "warning",
            ((self.tr("Reload"), self.reload), (self.tr("Keep mine"), _keep)),
        )


def _keep() -> None:
    """Nothing to do: the project in the window stays as it is."""


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
