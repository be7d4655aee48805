"""What probes saw last, in a small file beside a run for whoever follows it.

Pictures a few times a second would make the events of a long run grow without end, and nobody reads
them again: a folder keeps the last look only. Losing it loses nothing, so no disk is waited for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from graphcore.errors import UserError
from graphcore.training.events import Event, Probed, Spread, from_line, to_line


class LastLook:
    """Collects what each probe saw last and writes it as one file, whole."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[tuple[str, ...], str] = {}
        self._has_news = False

    def take(self, event: Probed | Spread) -> None:
        """Keep an event instead of the one before it: not all probes look in the same step."""
        key: tuple[str, ...] = ()
        if isinstance(event, Probed):
            key = event.path, event.port, event.direction
        self._lines[key] = f"{to_line(event)}\n"
        self._has_news = True

    def write(self) -> None:
        """Write what came since the last time."""
        if not self._has_news:
            return
        self._has_news = False
        beside = self._path.with_suffix(".new")
        with suppress(OSError):
            beside.write_text("".join(self._lines.values()), "utf-8")
            os.replace(beside, self._path)


class LookReader:
    """Reads the file of the last look when it is another one."""

    def __init__(self, path: Path) -> None:
        self._path, self._seen = path, 0

    def news(self) -> Iterator[Event]:
        """The events of a look that was not read yet."""
        try:
            written = self._path.stat().st_mtime_ns
            if written == self._seen:
                return
            lines = self._path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return
        self._seen = written
        for line in lines:
            with suppress(UserError):
                yield from_line(line)
