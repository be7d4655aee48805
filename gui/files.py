"""The open project and its file: open, save, recent files, and what others do to the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QDateTime,
    QFileSystemWatcher,
    QLocale,
    QLockFile,
    QObject,
    Signal,
)

from graphcore.errors import UserError
from graphcore.project import templates
from graphcore.project.file import SUFFIX, load
from graphcore.project.journal import Replayed
from graphcore.project.journal_folder import recover
from graphcore.project.luggage import Luggage, luggage_of, save_with
from graphcore.project.project import Project
from gui.autosave import Autosave, Leftover, claim
from gui.claim import Claim
from gui.document import Document
from gui.notices import Notices
from gui.preferences import Preferences, data_folder
from gui.tasks import Latest

FIRST_TEMPLATE = "digits-cnn"


class Files(QObject):
    """Every way between the document and the disk; `changed` where name or saved state may differ.

    `restore_asked` carries a Leftover that was offered here: the window for it may be another.
    Nothing here raises: what goes wrong is told by notices, and the open project stays.
    """

    changed = Signal()
    restore_asked = Signal(object)

    def __init__(
        self,
        document: Document,
        preferences: Preferences,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._preferences, self._notices = document, preferences, notices
        self.autosave = Autosave(document, data_folder() / "autosave", self)
        self.autosave.refused.connect(self._on_refused)
        self._recovering = Latest(0, self)
        self._recovering.done.connect(self._on_recovered)
        self._recovering.failed.connect(self._on_not_recovered)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_file_changed)
        self._digest = self._told = ""
        self._claim = Claim()
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
        self.show(project, None)

    def read(self, path: Path) -> Project | None:
        """The project in a file; None where it can't be read, which is told."""
        try:
            return load(path)
        except UserError as error:
            self._notices.tell_error(error)
            return None

    def show(self, project: Project, path: Path | None) -> None:
        """Open a project that was read from that file; saving asks for one where there is none."""
        self._document.replace(project, path.absolute() if path else None)
        self._watch(self._document.path)
        if path is not None:
            self._preferences.remember(path.absolute())

    def open(self, path: Path) -> bool:
        """Open a project file; whether it is open now."""
        project = self.read(path)
        if project is not None:
            self.show(project, path)
        return project is not None

    def save(self) -> bool:
        """Save to the file it came from; whether it is on disk now."""
        return self._document.path is not None and self.save_as(self._document.path)

    def luggage_to(self, folder: Path) -> Luggage:
        """What goes along where the project is saved to another folder."""
        path = self._document.path
        return luggage_of(self._document.project, path.parent if path else folder, folder)

    def save_as(self, path: Path, luggage: Luggage | None = None) -> bool:
        """Save to a file, which is the project's file from now on; whether it is on disk now."""
        if path.suffix != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        self._unwatch()
        try:
            save_with(self._document.project, path, luggage or Luggage(path.parent))
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

    def leftovers(self) -> list[Leftover]:
        """Unsaved work that crashed sessions left behind, newest first."""
        return self.autosave.leftovers()

    def offer(self, leftover: Leftover) -> None:
        """Offer unsaved work: which project, how many changes, since when."""
        changed = is_overtaken(leftover)
        hint = (
            self.tr("Its file was changed since; what is restored will be a copy without a file.")
            if changed
            else self.tr("They were kept, and so was what can be undone.")
        )
        text = self.tr("Netwright ended unexpectedly. Unsaved changes to “{}”: {}, since {}.")
        self._notices.tell(
            text.format(name_of(leftover), leftover.found.steps, began(leftover)),
            hint,
            "warning",
            (
                (self.tr("Restore as a copy") if changed else self.tr("Restore"),
                 lambda: self.restore_asked.emit(leftover)),
                (self.tr("Discard"), leftover.forget),
                (self.tr("Later"), _keep),
            ),
        )  # fmt: skip

    def restore(self, leftover: Leftover) -> None:
        """Open unsaved work as it was, under its own file name, still unsaved."""
        lock = claim(leftover)
        if lock is None:
            self._notices.tell(self.tr("Another Netwright restored these changes."))
            return
        self._recovering.request(lambda: (leftover, lock, recover(leftover.found)))

    @property
    def is_restoring(self) -> bool:
        """Whether unsaved work is on its way here."""
        return self._recovering.is_busy

    def _on_recovered(self, result: tuple[Leftover, QLockFile, Replayed]) -> None:
        leftover, lock, replayed = result
        changed = is_overtaken(leftover)
        path = None if changed else leftover.found.path
        self._document.restore(replayed.project, path, replayed.changes)
        self._watch(path)
        self.autosave.go_on_with(replayed, leftover, changed)
        self.autosave.flush()
        lock.unlock()
        if replayed.damage:
            self._notices.tell(
                self.tr("{} The {} changes before it were restored.").format(
                    replayed.damage, replayed.steps
                ),
                self.tr("Look whether something is missing."),
                "warning",
            )
        self.changed.emit()

    def _on_not_recovered(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._notices.tell_error(error)

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody else wrote the file since it was opened or saved here."""
        path = self._document.path
        return path is not None and _digest(path) not in ("", self._digest)

    def keep_mine(self) -> None:
        """Saving may replace what somebody else wrote."""
        if self._document.path is not None:
            self._digest = _digest(self._document.path)

    def close(self, keeps_unsaved: bool = False) -> None:
        """The session ends well: nothing is left to restore, unless changes are to be kept."""
        self._unwatch()
        self._claim.drop()
        self._recovering.stop()
        if keeps_unsaved:
            self.autosave.keep()
        else:
            self.autosave.close()

    def _watch(self, path: Path | None) -> None:
        self._unwatch()
        if path is not None and path.is_file():
            self._digest = self._told = self.autosave.digest = _digest(path)
            self._watcher.addPath(str(path))
        if self._claim.take(path):
            self._notices.tell(
                self.tr("“{}” is open in another Netwright too.").format(self.title),
                self.tr("Change it in one of the two; saving asks where the other one saved."),
                "warning",
            )

    def _unwatch(self) -> None:
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())

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
        if _digest(path) in (self._digest, self._told):
            return
        self._told = _digest(path)
        self._notices.tell(
            self.tr("“{}” was changed by another program.").format(path.name),
            self.tr("Reload it to see what is on disk; unsaved changes here would be lost.")
            if self._document.is_changed
            else self.tr("Reload it to see what is on disk."),
            "warning",
            ((self.tr("Reload"), self.reload), (self.tr("Keep mine"), self.keep_mine)),
        )

    def _on_refused(self, reason: str) -> None:
        self._notices.tell(
            self.tr("Changes can't be kept safe for a crash at the moment: {}.").format(reason),
            self.tr("Make room, or save the project often."),
            "warning",
        )


def name_of(leftover: Leftover) -> str:
    """What the project with unsaved work is called."""
    found = leftover.found
    untitled = QCoreApplication.translate("Files", "Untitled")
    return found.path.name if found.path else found.heading.title or untitled


def began(leftover: Leftover) -> str:
    """Since when there is unsaved work, as people say it."""
    since = QDateTime.fromSecsSinceEpoch(int(leftover.found.heading.began))
    return QLocale().toString(since, QLocale.FormatType.ShortFormat)


def is_overtaken(leftover: Leftover) -> bool:
    """Whether the project's own file is another one than when the journal began."""
    path, known = leftover.found.path, leftover.found.heading.sha256
    return path is not None and _digest(path) not in ("", known)


def _keep() -> None:
    """Nothing to do: it is offered again at the next start."""


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
