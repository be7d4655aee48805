"""The end of a file that grows: what the disk refuses waits in memory, in its order."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import IO


class Tail:
    """A file, and what is still to be appended to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.waiting = bytearray()
        self._file: IO[bytes] | None = None

    def write(self) -> None:
        """Append what waits. Raises OSError where the disk refuses the rest of it."""
        file = self._opened()
        while self.waiting:
            done = file.write(self.waiting)  # a disk that is nearly full takes a part
            del self.waiting[:done]

    def close(self) -> None:
        """Let the file go; what waits is kept."""
        if self._file is not None:
            self._file.close()

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self._file = self.path.open("ab", buffering=0)
        elif not os.fstat(self._file.fileno()).st_nlink:
            # It was deleted: one may still write to it, and nobody would ever read that.
            self._reopen()
        return self._file

    def _reopen(self) -> None:
        if not self.path.exists():
            raise FileNotFoundError(errno.ENOENT, "its folder is gone")
        self.close()
        self._file = self.path.open("ab", buffering=0)
