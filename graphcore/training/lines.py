"""A file of events, a line each, read as it grows. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from graphcore.errors import UserError
from graphcore.training.events import Event, from_line

_KNOWN_BYTES = 256
"""So much of what was read last is compared, to know a file that was cut and has grown again."""


class Lines:
    """What was read of a file of events, and what has come since.

    `bad` counts lines that could not be read; `refusal` is why the file itself could not, last
    time; a file that is not there yet has no lines.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.start_anew()

    def start_anew(self) -> None:
        """Forget what was read."""
        self._at, self._last, self.bad, self.refusal = 0, b"", 0, ""

    @property
    def is_cut(self) -> bool:
        """Whether what was read is no longer what the file begins with."""
        try:
            with self._path.open("rb") as file:
                return not self._goes_on(file)
        except OSError:
            return self._at > 0

    def news(self) -> Iterator[Event]:
        """The events of whole lines that came since the last time."""
        self.refusal = ""
        try:
            with self._path.open("rb") as file:
                file.seek(self._at)
                said, end, _ = file.read().rpartition(b"\n")  # the rest is still being written
        except FileNotFoundError:
            return
        except OSError as error:
            self.refusal = error.strerror or str(error)
            return
        if not end:
            return
        self._at += len(said) + 1
        self._last = (said + end)[-_KNOWN_BYTES:]
        for line in said.decode("utf-8", errors="replace").split("\n"):
            try:
                yield from_line(line)
            except UserError:
                self.bad += 1

    def _goes_on(self, file: IO[bytes]) -> bool:
        file.seek(self._at - len(self._last))
        return file.read(len(self._last)) == self._last
