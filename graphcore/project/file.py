"""The project file on disk: read whole or not at all, written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.project.reading import FOREIGN, LARGEST_FILE, SCHEMA, TOO_LARGE, parse
from graphcore.project.whole import sync_folder
from graphcore.project.writing import to_text

__all__ = ["SCHEMA", "SUFFIX", "load", "parse", "save", "to_text"]

SUFFIX = ".netwright"


def load(path: Path) -> Project:
    """The project in a file. Raises UserError where it can't be read or is not a project."""
    path = Path(path)
    if not path.is_file():
        raise UserError(f"There is no project file “{path}”.", "Check the name and the folder.")
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError(
            f"“{path}” can't be read: {error.strerror}.", "Check that you may open it."
        ) from error
    if len(raw) > LARGEST_FILE:
        raise UserError(f"“{path.name}” can't be opened. {TOO_LARGE}", FOREIGN)
    try:
        return parse(raw.decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise UserError(
            f"“{path.name}” can't be opened: it is not text (byte {error.start}).",
            FOREIGN,
        ) from error


def save(project: Project, path: Path) -> None:
    """Write the project whole or not at all; the file before it is kept as `NAME.netwright~`.

    Raises UserError where the disk or the folder refuses; the old file is then untouched.
    """
    path = Path(path).resolve()  # a link stays a link
    content = to_text(project).encode()
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write(content, fresh, like=path)
        _back_up(path)
        os.replace(fresh, path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise UserError(
            f"“{path}” could not be saved: {error.strerror or error}.",
            "The file on disk is as it was; make room or save somewhere else.",
        ) from error
    sync_folder(path.parent)


def _write(content: bytes, fresh: Path, like: Path) -> None:
    with fresh.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if like.exists():
        shutil.copymode(like, fresh)


def _back_up(path: Path) -> None:
    if not path.exists():
        return
    copy = path.with_name(f".{path.name}~{secrets.token_hex(4)}")
    try:
        shutil.copy2(path, copy)
        os.replace(copy, path.with_name(f"{path.name}~"))
    finally:
        copy.unlink(missing_ok=True)
