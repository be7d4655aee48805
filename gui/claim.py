"""Says to other programs which project is open here, and hears what is open there."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

from gui.preferences import data_folder


class Claim:
    """The project files that one window has open, at most one at a time.

    The lock lies in the person's own data, so that no folder of theirs is littered, and is gone
    with the process that holds it.
    """

    def __init__(self) -> None:
        self._lock: QLockFile | None = None
        self._path: Path | None = None

    def take(self, path: Path | None) -> int:
        """Have this file open from now on; the process that had it open before, 0 where none had.

        Said once a file: 0 where this window has it open already.
        """
        if path == self._path:
            return 0
        self.drop()
        self._path = path
        if path is None:
            return 0
        self._lock = _lock(path)
        return 0 if self._lock.tryLock(0) else _holder(self._lock)

    def drop(self) -> None:
        """Have no file open."""
        if self._lock is not None and self._lock.isLocked():
            self._lock.unlock()
        self._lock = self._path = None


def holder_of(path: Path) -> int:
    """The other process that has this project open; 0 where none has."""
    lock = _lock(path)
    return 0 if lock.tryLock(0) else _holder(lock)


def _lock(path: Path) -> QLockFile:
    folder = data_folder() / "open"
    with suppress(OSError):  # then nothing can be locked, which is no reason not to open a project
        folder.mkdir(exist_ok=True)
    name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24]
    lock = QLockFile(str(folder / f"{name}.lock"))
    lock.setStaleLockTime(0)
    return lock


def _holder(lock: QLockFile) -> int:
    """The process that holds it; this one doesn't count: its windows know of each other."""
    found = lock.getLockInfo()
    process = int(found[0]) if found else 0
    return 0 if process == os.getpid() else process
