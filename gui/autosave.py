"""Unsaved work is kept safe: a journal of every change, and what crashed sessions left behind."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal, Slot

from graphcore.project import journal_folder
from graphcore.project.edits import Edit
from graphcore.project.journal import Heading, Replayed, Step
from graphcore.project.journal_folder import Found, JournalPen
from graphcore.project.project import Project
from gui.document import Document
from gui.tasks import InOrder, Latest

log = logging.getLogger(__name__)
SYNC_MS = 250
# From so many lines on it begins anew, so that restoring stays quick.
MOST_STEPS = 3000


@dataclass(frozen=True, slots=True)
class Leftover:
    """Unsaved work that a session which did not end well left behind; `lock` is its lock file."""

    found: Found
    lock: Path

    def forget(self) -> None:
        """Delete it."""
        self.found.forget()
        self.lock.unlink(missing_ok=True)


class Autosave(QObject):
    """Writes a line for every change, in a thread of its own, as soon as it happened.

    The journal is gone as soon as the project is saved or closed on purpose. A lock file tells a
    session that lives from one that crashed. `refused` says why the disk takes no journal, once.
    """

    refused = Signal(str)
    _failed = Signal(object)

    def __init__(self, document: Document, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._folder = document, folder
        with suppress(OSError):  # told with the first change
            folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder / secrets.token_hex(6)
        self._lock = QLockFile(str(_lock_of(self.folder)))
        self._lock.setStaleLockTime(0)
        self._lock.tryLock(0)
        self._pen = JournalPen(self.folder)
        self._is_begun = self._was_refused = False
        self._steps = self._earlier = 0
        self.digest = ""
        self._work = InOrder()
        self._disk = Latest(SYNC_MS, self)
        self._failed.connect(self._on_failed)
        document.stepped.connect(self._on_stepped)
        document.history.cleanChanged.connect(self._on_clean_changed)
        document.replaced.connect(self.drop)

    def flush(self) -> None:
        """Wait until every change so far is written."""
        self._work.wait()

    def drop(self) -> None:
        """Delete the journal: nothing is unsaved."""
        self._is_begun, self._steps, self._earlier = False, 0, 0
        self._request(self._pen.drop)

    def close(self) -> None:
        """Delete the journal and the lock; for a session that ends well."""
        self.drop()
        self._disk.stop()
        self.flush()
        with suppress(OSError):
            self.folder.rmdir()
        self._lock.unlock()

    def keep(self) -> None:
        """Leave unsaved work for the next session to restore; for one that ends in a hurry."""
        self.flush()
        self._disk.stop()
        self._pen.sync()
        self._pen.close()
        self._lock.unlock()

    def go_on_with(self, replayed: Replayed, leftover: Leftover, changed: bool) -> None:
        """Keep restored work safe from now on, its history too; then forget the leftover.

        `changed` where the project's own file is no longer what it was, and this is a copy.
        """
        base = replayed.project.copy()
        for change in reversed(replayed.changes):
            change.inverse.apply(base)
        found, history = leftover.found, replayed.changes
        self._is_begun, self._steps = True, len(history)
        self._earlier = max(found.heading.earlier + replayed.steps - len(history), 0)
        heading = replace(found.heading, earlier=self._earlier)
        if changed:
            heading = replace(heading, path="", sha256="")
        steps = [Step("do", change.edit, change.text) for change in history]

        def write() -> None:
            self._pen.begin(base, heading)
            for step in steps:
                self._pen.add(step)
            self._pen.sync()
            leftover.forget()

        self._request(write)

    def leftovers(self) -> list[Leftover]:
        """Work of sessions that live no more, newest first."""
        folders = [path for path in self._folder.glob("*") if path.is_dir() and path != self.folder]
        dead = (path for path in folders if _is_abandoned(_lock_of(path)))
        found = [(journal_folder.find(path), _lock_of(path)) for path in dead]
        kept = [Leftover(journal, lock) for journal, lock in found if journal is not None]
        return sorted(kept, key=lambda item: item.found.ended, reverse=True)

    def _on_stepped(self, step: Step, inverse: Edit) -> None:
        if not self._is_begun:
            base = self._document.project.copy()
            inverse.apply(base)
            self._begin(base)
        elif self._steps >= MOST_STEPS:
            self._earlier += self._steps + 1
            self._begin(self._document.project.copy())
            return
        self._steps += 1
        self._request(lambda: self._pen.add(step) if self._pen.is_writing else None)
        self._disk.request(self._pen.sync)

    def _begin(self, base: Project) -> None:
        document = self._document
        heading = Heading(
            "", str(document.path or ""), document.project.title, self.digest if document.path
            else "", time.time(), self._earlier,
        )  # fmt: skip
        self._is_begun, self._steps = True, 0
        self._request(lambda: self._pen.begin(base, heading))

    def _request(self, work: Callable[[], object]) -> None:
        def guarded() -> None:
            try:
                work()
            except (OSError, TypeError, ValueError) as error:
                self._failed.emit(error)

        self._work.request(guarded)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """Begin anew with the next change: its base holds what could not be written."""
        self._earlier += self._steps
        self._is_begun, self._steps = False, 0
        log.warning("The journal could not be written.", exc_info=error)
        if isinstance(error, OSError) and not self._was_refused:
            self._was_refused = True
            self.refused.emit(error.strerror or str(error))

    def _on_clean_changed(self, is_clean: bool) -> None:
        if is_clean:
            self.drop()


def claim(leftover: Leftover) -> QLockFile | None:
    """The lock of a leftover, taken; None where another session restores it."""
    lock = QLockFile(str(leftover.lock))
    lock.setStaleLockTime(0)
    return lock if lock.tryLock(0) else None


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _is_abandoned(lock_file: Path) -> bool:
    lock = QLockFile(str(lock_file))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True
