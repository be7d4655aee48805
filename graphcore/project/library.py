"""The library of a person's own blocks, which serves all their projects: one file a block.

A block file is a project file whose drawing is one instance of the block. It is checked like any
project, holds the definitions that the block is made of, and can be given to somebody.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from graphcore.errors import UserError
from graphcore.project.bringing import block_part
from graphcore.project.definitions import Definition
from graphcore.project.edits import RenameDefinition
from graphcore.project.file import load, save
from graphcore.project.graph import check_name
from graphcore.project.likeness import PREFIX, digest
from graphcore.project.project import Project

BLOCK_SUFFIX = ".netblock"
MOST_BLOCKS = 2000


@dataclass(frozen=True, slots=True)
class LibraryBlock:
    """A block as its file holds it; `part` is a project with one instance of it."""

    name: str
    path: Path
    part: Project
    digest: str

    @property
    def definition(self) -> Definition:
        """The block's own drawing, params and help."""
        return self.part.definitions[self.name]


@dataclass(frozen=True, slots=True)
class BrokenBlock:
    """A file of the library that can't be read, and the sentence that says why."""

    path: Path
    message: str


def library_folder() -> Path:
    """The folder of the library in the user's data; NETWRIGHT_HOME moves it. It may be missing."""
    home = os.environ.get("NETWRIGHT_HOME")
    return Path(home or platformdirs.user_data_dir("netwright", False)) / "blocks"


def read_library(folder: Path | None = None) -> tuple[list[LibraryBlock], list[BrokenBlock]]:
    """Every block of the library by name, and the files that can't be read.

    Without a folder there are none. Of two files with one block the shorter name counts.
    """
    found: dict[str, LibraryBlock] = {}
    broken: list[BrokenBlock] = []
    for path in _files(folder or library_folder()):
        try:
            block = read_block(path)
        except UserError as error:
            broken.append(BrokenBlock(path, str(error)))
            continue
        first = found.setdefault(block.name, block)
        if first is not block:
            twice = f"“{path.name}” holds a block “{block.name}”, as “{first.path.name}” does."
            broken.append(BrokenBlock(path, f"{twice} Remove one of the files."))
    return sorted(found.values(), key=lambda block: block.name.lower()), broken


def _files(folder: Path) -> list[Path]:
    try:
        paths = [path for path in folder.iterdir() if path.suffix == BLOCK_SUFFIX]
    except OSError:  # never made, or gone
        return []
    shown = [path for path in paths if not path.name.startswith(".")]
    return sorted(shown, key=lambda path: (len(path.name), path.name))[:MOST_BLOCKS]


def read_block(path: Path) -> LibraryBlock:
    """The block in a file. Raises UserError where it can't be read or holds no block."""
    part = load(path)
    nodes = list(part.graph.nodes.values())
    name = nodes[0].kind.removeprefix(PREFIX) if len(nodes) == 1 else ""
    if name not in part.definitions or nodes[0].kind != PREFIX + name:
        raise UserError(
            f"“{path.name}” holds no block.",
            "Choose a file that “Save to my blocks” wrote, or open it as a project.",
        )
    return LibraryBlock(name, path, part, digest(part, name))


def find_block(name: str, folder: Path | None = None) -> LibraryBlock:
    """The block of that name in the library. Raises UserError where there is none."""
    blocks, broken = read_library(folder)
    for block in blocks:
        if block.name == name:
            return block
    for file in broken:
        if file.path.stem == name:
            raise UserError(file.message)
    known = ", ".join(block.name for block in blocks) or "none"
    raise UserError(f"There is no “{name[:40]}” among your blocks.", f"There are: {known}.")


def save_block(
    project: Project, name: str, folder: Path | None = None, *, replace: bool = False
) -> LibraryBlock:
    """A project's block in the library, with the definitions that it is made of.

    One that is alike already stays as it is. Raises UserError where another block has that name
    (unless it may be replaced), or where the disk refuses; the library is then as it was.
    """
    folder, part = folder or library_folder(), block_part(project, name)
    there = _block_named(name, folder)
    if there is not None and there.digest == digest(part, name):
        return there
    if there is not None and not replace:
        raise UserError(
            f"There is another “{name}” among your blocks already.",
            "Replace it, or give yours another name first.",
        )
    return _put(part, name, there.path if there else _free_path(name, folder))


def rename_block(name: str, new: str, folder: Path | None = None) -> LibraryBlock:
    """The library's block under another name; projects that hold it keep theirs.

    Raises UserError where the name is taken or can't stand in the code.
    """
    folder = folder or library_folder()
    block = find_block(name, folder)
    check_name(new)
    if new == name:
        return block
    if _block_named(new, folder) is not None:
        raise UserError(f"There is a “{new}” among your blocks already.", "Use another name.")
    part = block.part.copy()
    RenameDefinition(name, new).apply(part)
    renamed = _put(part, new, _free_path(new, folder))
    delete_block(block)
    return renamed


def delete_block(block: LibraryBlock) -> None:
    """The library without a block, whose file is kept as `NAME.netblock~` until the next.

    Raises UserError where the folder refuses.
    """
    try:
        os.replace(block.path, block.path.with_name(f"{block.path.name}~"))
    except FileNotFoundError:
        pass  # somebody was faster
    except OSError as error:
        raise UserError(
            f"“{block.path}” can't be removed: {error.strerror}.", "It is still there."
        ) from error


def restore_block(block: LibraryBlock, folder: Path | None = None) -> LibraryBlock:
    """A block that was deleted or handed over by somebody, in the library.

    Raises UserError where another block has that name.
    """
    return save_block(block.part, block.name, folder)


def _put(part: Project, name: str, path: Path) -> LibraryBlock:
    part.title = name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder of your blocks, “{path.parent}”, can't be made: {error.strerror}.",
            "Check that you may write there.",
        ) from error
    save(part, path)
    return LibraryBlock(name, path, part, digest(part, name))


def _block_named(name: str, folder: Path) -> LibraryBlock | None:
    return next((block for block in read_library(folder)[0] if block.name == name), None)


def _free_path(name: str, folder: Path) -> Path:
    """A file that is not there yet, told without regard to capitals as some disks do."""
    taken = {path.name.lower() for path in _files(folder)}
    stem, number = name, 2
    while f"{stem}{BLOCK_SUFFIX}".lower() in taken:
        stem, number = f"{name}-{number}", number + 1
    return folder / f"{stem}{BLOCK_SUFFIX}"
