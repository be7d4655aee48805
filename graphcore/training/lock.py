"""A lock on a file that falls open when its process ends, however it ends.

It tells a run that still grows from one whose process is gone: a process id can't, since ids are
given again, and neither can times, since a paused run writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes], *, alone: bool, wait: bool) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes], *, alone: bool, wait: bool) -> None:
        how = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
        fcntl.flock(file, how if wait else how | fcntl.LOCK_NB)


class Lock:
    """Held from its making until `release`, or until the process is gone."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        _lock(self._file, alone=True, wait=True)

    def release(self) -> None:
        """Let go; twice is once."""
        self._file.close()


def is_held(path: Path) -> bool:
    """Whether some process, this one included, holds the lock on that file."""
    try:
        with path.open("rb") as file:
            _lock(file, alone=False, wait=False)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
