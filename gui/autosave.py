"""A copy of unsaved work in the data folder, and the offer to restore it after a crash."""

from __future__ import annotations

import json
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from graphcore.errors import UserError
from graphcore.project.file import save
from gui.document import Document
from gui.preferences import Preferences

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Leftover:
    """Unsaved work that a session which did not end well left behind."""

    file: Path
    path: Path | None
    title: str

    def forget(self) -> None:
        """Delete the copy."""
        for file in (self.file, self.file.with_suffix(".json"), self.file.with_suffix(".lock")):
            file.unlink(missing_ok=True)


class Autosave(QObject):
    """Writes the changed project a few seconds after a change, off to the side.

    The copy is gone as soon as the project is saved or closed on purpose. A lock file tells a
    session that lives from one that crashed.
    """

    def __init__(
        self,
        document: Document,
        preferences: Preferences,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._folder = document, folder
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / f"{secrets.token_hex(6)}.netwright"
        self._lock = QLockFile(str(self.file.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._preferences = preferences
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.write)
        document.edited.connect(self._on_edited)
        document.history.cleanChanged.connect(self._on_clean_changed)
        document.replaced.connect(self.drop)

    def write(self) -> None:
        """Write the copy now, where there is something unsaved."""
        self._timer.stop()
        if not self._document.is_changed:
            return
        note = {"path": str(self._document.path or ""), "title": self._document.project.title}
        try:
            save(self._document.project, self.file)
            self.file.with_suffix(".json").write_text(json.dumps(note), encoding="utf-8")
        except (UserError, OSError):
            # The copy is a second net; the person hears of a full disk when they save.
            log.warning("The autosave could not be written.", exc_info=True)

    def drop(self) -> None:
        """Delete the copy: nothing is unsaved."""
        self._timer.stop()
        for suffix in (".netwright", ".netwright~", ".json"):
            self.file.with_suffix(suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Delete the copy and the lock; for a session that ends well."""
        self.drop()
        self._lock.unlock()

    def keep(self) -> None:
        """Leave unsaved work for the next session to restore; for one that ends in a hurry."""
        self.write()
        self._lock.unlock()

    def leftovers(self) -> list[Leftover]:
        """Copies of sessions that live no more, newest first."""
        files = (file for file in self._folder.glob("*.netwright") if file != self.file)
        dead = [file for file in files if _is_abandoned(file.with_suffix(".lock"))]
        return [_leftover(file) for file in sorted(dead, key=_written, reverse=True)]

    def _on_edited(self) -> None:
        self._timer.start(self._preferences.autosave_seconds * 1000)

    def _on_clean_changed(self, is_clean: bool) -> None:
        if is_clean:
            self.drop()


def _is_abandoned(lock_file: Path) -> bool:
    lock = QLockFile(str(lock_file))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True


def _written(file: Path) -> float:
    return file.stat().st_mtime


def _leftover(file: Path) -> Leftover:
    try:
        note = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        path, title = str(note.get("path", "")), str(note.get("title", ""))
    except (OSError, ValueError, AttributeError):
        path, title = "", ""
    return Leftover(file, Path(path) if path else None, title)
