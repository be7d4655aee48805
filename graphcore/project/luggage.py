"""What a project uses from beside its file, and has to take along when it is saved elsewhere."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path

from graphcore.errors import UserError
from graphcore.project.file import save
from graphcore.project.project import Project
from graphcore.project.user_files import read_files

LARGEST = 20 * 2**20
"""More than so many bytes are left where they are: copying them would take its time."""


@dataclass(frozen=True, slots=True)
class Luggage:
    """Files by their names below `folder`: those that go along, and those that stay there.

    What stays is a folder, or too large.
    """

    folder: Path
    names: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def without(self, names: tuple[str, ...]) -> Luggage:
        """The same but for these."""
        return Luggage(self.folder, tuple(n for n in self.names if n not in names), self.left)


def luggage_of(project: Project, folder: Path, to: Path) -> Luggage:
    """What goes along from one folder to another; nothing where they are the same.

    Only what lies below the folder: a project from somebody else may name any file.
    """
    if folder.resolve() == to.resolve():
        return Luggage(folder)
    found = [name for name in dict.fromkeys(_used(project, folder)) if _is_below(folder, name)]
    small = tuple(name for name in found if _is_small(folder / name))
    return Luggage(folder, small, tuple(name for name in found if name not in small))


def in_the_way(luggage: Luggage, to: Path) -> tuple[str, ...]:
    """The names that other files have there already; equal ones are in nobody's way."""
    there = (name for name in luggage.names if (to / name).exists())
    return tuple(name for name in there if not _is_equal(luggage.folder / name, to / name))


def save_with(project: Project, path: Path, luggage: Luggage) -> None:
    """Write the project and its luggage, all of it or nothing. Raises UserError.

    What is in the way there is replaced.
    """
    fresh = dict[Path, Path]()
    try:
        for name in luggage.names:
            fresh[path.parent / name] = _copied(luggage.folder / name, path.parent / name)
        save(project, path)
        for wanted, copy in fresh.items():
            os.replace(copy, wanted)
    except OSError as error:
        raise UserError(
            f"What “{path.stem}” uses could not be written to {path.parent}: "
            f"{error.strerror or error}.",
            "Make room there or save somewhere else.",
        ) from error
    finally:
        for copy in fresh.values():
            with suppress(OSError):
                copy.unlink(missing_ok=True)


def _used(project: Project, folder: Path) -> Iterator[str]:
    yield from read_files(project, folder).contents
    data = project.data.options.get("path")
    if isinstance(data, str):
        yield data
    yield from (source.file for source in project.weights if source.file)


def _is_below(folder: Path, name: str) -> bool:
    try:
        path = (folder / name).resolve()
        is_named_so = not Path(name).is_absolute()
        return is_named_so and path.exists() and folder.resolve() in path.parents
    except (OSError, ValueError):
        return False


def _is_small(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= LARGEST


def _is_equal(one: Path, other: Path) -> bool:
    try:
        return other.is_file() and cmp(one, other, shallow=False)
    except OSError:
        return False


def _copied(source: Path, wanted: Path) -> Path:
    """A copy beside where it is wanted, under a name of its own."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    copy = wanted.with_name(f".{wanted.name}.{secrets.token_hex(4)}")
    try:
        shutil.copyfile(source, copy)
    except OSError:
        copy.unlink(missing_ok=True)
        raise
    return copy
