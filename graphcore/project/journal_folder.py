"""A journal on disk: a folder with the journal and the project that it began from."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from graphcore.errors import UserError
from graphcore.project.file import load, save
from graphcore.project.journal import (
    Heading,
    Replayed,
    Step,
    heading_line,
    heading_of,
    lost_orders,
    replay,
    step_line,
    with_orders,
)
from graphcore.project.project import Project

NAME = "journal"
LARGEST_HEADING = 2**22


class JournalPen:
    """Writes one journal. `begin` and `add` raise OSError where the disk refuses.

    After a refusal the journal on disk is as it was before, and `begin` starts it anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.steps = self.size = 0
        self._stream: IO[bytes] | None = None
        self._base = ""

    @property
    def is_writing(self) -> bool:
        """Whether there is a journal that steps can be added to."""
        return self._stream is not None

    def begin(self, project: Project, heading: Heading) -> None:
        """Begin anew from a project; what was there is replaced whole or stays as it is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        base, old = f"base-{secrets.token_hex(4)}.netwright", self._base
        fresh = self.folder / f"{NAME}.new"
        line = heading_line(replace(heading, base=base, orders=lost_orders(project))).encode()
        try:
            _save(project, self.folder / base)
            fresh.write_bytes(line)
            os.replace(fresh, self.folder / NAME)
            self._let_go()
            self._stream = (self.folder / NAME).open("ab", buffering=0)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
                (self.folder / base).unlink(missing_ok=True)
            raise
        self._base, self.steps, self.size = base, 0, len(line)
        if old:
            (self.folder / old).unlink(missing_ok=True)

    def add(self, step: Step) -> None:
        """Add a line; the system has it when this returns, `sync` waits for the disk.

        Raises TypeError or ValueError for a step that can't be written down.
        """
        assert self._stream is not None
        try:
            line = step_line(step).encode()
            if self._stream.write(line) != len(line):
                raise OSError(28, os.strerror(28))
        except (OSError, TypeError, ValueError):
            with suppress(OSError):
                self._stream.truncate(self.size)  # half a line would spoil the next one
            self._let_go()
            raise
        self.size += len(line)
        self.steps += 1

    def sync(self) -> None:
        """Wait until the disk has all of it; may be called beside the other methods."""
        stream = self._stream
        with suppress(OSError, ValueError):  # it was closed meanwhile, which is no harm
            if stream is not None:
                os.fsync(stream.fileno())

    def drop(self) -> None:
        """Delete the journal: nothing is unsaved."""
        self._let_go()
        self._base = ""
        for file in self.folder.glob("*"):
            if file.name == NAME or file.suffix == ".netwright":
                file.unlink(missing_ok=True)

    def close(self) -> None:
        """Write no more; the journal stays."""
        self._let_go()

    def _let_go(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None


def _save(project: Project, path: Path) -> None:
    try:
        save(project, path)
    except UserError as error:
        refusal = error.__cause__
        raise refusal if isinstance(refusal, OSError) else OSError(str(error)) from error


@dataclass(frozen=True, slots=True)
class Found:
    """A journal that lies in a folder: its heading, its unsaved changes, when the last one was."""

    folder: Path
    heading: Heading
    steps: int
    ended: float

    @property
    def path(self) -> Path | None:
        """The project's own file; None where it had none."""
        return Path(self.heading.path) if self.heading.path else None

    def forget(self) -> None:
        """Delete it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def find(folder: Path) -> Found | None:
    """The journal in a folder; None where there is none that tells a change."""
    file = folder / NAME
    try:
        with file.open("rb") as stream:
            heading = heading_of(stream.readline(LARGEST_HEADING).decode())
            steps = heading.earlier + sum(line.endswith(b"\n") for line in stream)
        return Found(folder, heading, steps, file.stat().st_mtime) if steps else None
    except (OSError, UserError, UnicodeDecodeError):
        return None


def recover(found: Found) -> Replayed:
    """The project that a journal leads to. Raises UserError where nothing of it can be read."""
    project = with_orders(load(found.folder / found.heading.base), found.heading.orders)
    try:
        with (found.folder / NAME).open(encoding="utf-8", errors="replace", newline="\n") as stream:
            next(stream)
            return replay(project, stream)
    except OSError as error:
        raise UserError(
            f"The journal in “{found.folder}” can't be read: {error.strerror}.",
            "Check that you may open it.",
        ) from error
