"""Words to the terminal, and what the exit statuses mean."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import platformdirs

from graphcore.errors import UserError

DONE, PROBLEM, WRONG_USAGE, REFUSED, OUR_MISTAKE, INTERRUPTED = 0, 1, 2, 3, 70, 130


class UsageError(UserError):
    """The words on the command line make no sense; ends with status 2."""


def say(text: str = "") -> None:
    """A line on stdout."""
    stream = sys.stdout
    (stream.ours if isinstance(stream, _Aside) else stream).write(text + "\n")


class _Aside(io.TextIOBase):
    """A stdout for a person's own code, whose words must not mix with ours: they go to stderr."""

    def __init__(self, ours: TextIO) -> None:
        self.ours = ours

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        self.ours.flush()

    def isatty(self) -> bool:
        return self.ours.isatty()


def keep_stdout() -> None:
    """From now on stdout is for what `say` says alone; whatever else is printed goes to stderr."""
    stream = sys.stdout
    if isinstance(stream, _Aside):
        return
    if (
        isinstance(stream, io.TextIOWrapper) and stream is sys.__stdout__
    ):  # also what is written without Python's knowledge
        ours = os.fdopen(os.dup(1), "w", encoding=stream.encoding, errors=stream.errors)
        stream.flush()
        os.dup2(2, 1)
        stream = ours
    sys.stdout = _Aside(stream)


def say_no_more() -> None:
    """Whoever reads stdout sees its end; what is said from now on goes nowhere."""
    stream = sys.stdout
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in {1, (stream.ours if isinstance(stream, _Aside) else stream).fileno()}:
        os.dup2(nowhere, number)
    os.close(nowhere)


def complain(text: str) -> None:
    """A line on stderr."""
    sys.stdout.flush()
    sys.stderr.write(text + "\n")


def accept_any_letter() -> None:
    """Files and pipes get UTF-8; a terminal that can't show a letter shows ? instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Lines with aligned columns; those whose place is in `right` end together.

    The first row is the heading.
    """
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("─" * width for width in widths))
    return lines


def short(count: float) -> str:
    """A count as a person says it: 950, 8.2 k, 1.3 M."""
    for unit in ("", " k", " M", " G", " T"):
        if abs(count) < 1000 or unit == " T":
            break
        count /= 1000
    return f"{count:.0f}" if unit == "" else f"{count:.3g}{unit}"


def data_folder() -> Path:
    """The folder of the log file and of runs of untitled projects; NETWRIGHT_HOME moves it."""
    home = os.environ.get("NETWRIGHT_HOME")
    return Path(home) if home else Path(platformdirs.user_data_dir("netwright", False))


def log_file() -> Path:
    """The file that mistakes are written to, the window's too."""
    return data_folder() / "netwright.log"
