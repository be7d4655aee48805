"""A lock on a file that falls open when its process ends, however it ends.

It tells a run that still grows from one whose process is gone: a process id can't, since ids are
given again, and neither can times, since a paused run writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic, sleep
from typing import IO

PATIENCE_S = 1.0
"""A question whether the lock is held holds it itself for a moment."""

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes], *, alone: bool) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes], *, alone: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)


class Lock:
    """Held from its making until `release`, or until the process is gone.

    Raises BlockingIOError where another holds it, this process included, and OSError where
    there is no place for the file.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        until = monotonic() + PATIENCE_S
        while not self._takes():
            if monotonic() > until:
                self._file.close()
                raise BlockingIOError(f"{path} is held")
            sleep(0.01)

    def release(self) -> None:
        """Let go; twice is once."""
        self._file.close()

    def _takes(self) -> bool:
        try:
            _lock(self._file, alone=True)
        except (BlockingIOError, PermissionError):  # the latter is what Windows says
            return False
        return True


def is_held(path: Path) -> bool:
    """Whether some process, this one included, holds the lock on that file."""
    try:
        with path.open("rb") as file:
            _lock(file, alone=False)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
