"""Files written whole or not at all: there is the old one or the new one, never half of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` fill a file beside `path`, and put it in its place once all is on the disk.

    Raises what `write` does and OSError; the old file is then untouched.
    """
    with whole(path) as fresh:
        write(fresh)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """The path of a file to be filled, which takes the place of `path` once all is on the disk.

    Raises OSError; the old file is untouched then, and where the body raises.
    """
    # Two programs may write the same file; the last one wins, with all of its own.
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield fresh
        sync(fresh)
        os.replace(fresh, path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync(path: Path) -> None:
    """Wait until all that was written to the file, by whomever, is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in the folder are on the disk."""
    with suppress(OSError):  # some systems can't; the files themselves are safe already
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
