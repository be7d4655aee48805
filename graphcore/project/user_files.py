"""A project's own Python files, read at one moment: one value is trusted, run and copied."""

from __future__ import annotations

import ast
import hashlib
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graphcore.errors import UserError
from graphcore.parsing import parse
from graphcore.project.modules import SUFFIX, used_modules
from graphcore.project.project import Project

LARGEST_FILE = 2**20
MOST_FILES = 100


@dataclass(frozen=True, slots=True)
class UserFiles:
    """Contents by file name, import paths of installed packages, and what is missing.

    Beside the files of the modules these are the files beside the project that they import.
    `missing` has a sentence for each file that can't be read.
    """

    folder: str = ""
    contents: Mapping[str, bytes] = field(default_factory=dict)
    packages: tuple[str, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def digests(self) -> dict[str, str]:
        """What is trusted: each file with its sha256, each import path with nothing."""
        found = {name: digest(content) for name, content in self.contents.items()}
        return found | dict.fromkeys(self.packages, "")

    def write_to(self, folder: Path) -> None:
        """Put the files into a folder, each whole or not at all. Raises OSError."""
        for name, content in self.contents.items():
            fresh = folder / f".{name}.{secrets.token_hex(4)}"
            try:
                fresh.write_bytes(content)
                os.replace(fresh, folder / name)
            finally:
                fresh.unlink(missing_ok=True)


def digest(content: bytes) -> str:
    """The sha256 of a file's content."""
    return hashlib.sha256(content).hexdigest()


def read_files(project: Project, folder: Path | None) -> UserFiles:
    """The files that the project's modules need, from the folder that the project lies in."""
    modules = used_modules(project).values()
    packages = tuple(sorted({module.place for module in modules if not module.is_file}))
    waiting = sorted({module.place for module in modules if module.is_file})
    contents: dict[str, bytes] = {}
    missing: dict[str, str] = {}
    while waiting and len(contents) < MOST_FILES:
        name = waiting.pop(0)
        try:
            contents[name] = read_file(folder, name)
        except UserError as error:
            missing[name] = str(error)
            continue
        beside = [f"{other}{SUFFIX}" for other in sorted(set(_imported(contents[name])))]
        known = {*contents, *missing, *waiting}
        waiting += [n for n in beside if n not in known and folder and (folder / n).is_file()]
    return UserFiles(str(folder or ""), contents, packages, missing)


def read_file(folder: Path | None, name: str) -> bytes:
    """A file beside the project. Raises UserError where it is none, or lies somewhere else."""
    if folder is None:
        raise UserError(
            f"{name} is looked for beside the project, which has no file yet.", "Save the project."
        )
    path = folder / name
    try:
        if path.resolve().parent != folder.resolve():
            raise UserError(
                f"{name} is a link out of the project's folder.", "Copy the file there."
            )
        if not path.is_file():
            raise UserError(f"{name} is not beside the project.", f"Put it into {folder}.")
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError(f"{name} can't be read: {error.strerror}.", "Check the file.") from error
    if len(content) > LARGEST_FILE:
        raise UserError(f"{name} is larger than 1 MB.", "Put the layers into a file of their own.")
    return content


def _imported(content: bytes) -> Iterator[str]:
    """The first names of what a file imports."""
    try:
        tree = parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
