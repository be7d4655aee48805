"""Which Python files of projects a person trusts; kept in their own data, never in a project."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.project.user_files import UserFiles, read_files
from graphcore.project.whole import write_whole

MEANING = "Trusted code runs on this computer with your rights: to find shapes, to train."
_MOST_VERSIONS = 50
_Trusted = dict[str, dict[str, list[str]]]


def is_trusted(files: UserFiles, folder: Path | None = None) -> bool:
    """Whether each file, as it was read, was trusted in that folder (else where it was read).

    A file that changed is another file. Without a file or a package there is nothing to trust.
    """
    return not untrusted(files, folder)


def untrusted(files: UserFiles, folder: Path | None = None) -> tuple[str, ...]:
    """The files and import paths that were not trusted yet."""
    known = _read().get(_key(files, folder), {})
    return tuple(name for name, sha in files.digests.items() if sha not in known.get(name, ()))


def trust(files: UserFiles, folder: Path | None = None) -> None:
    """Trust these files as they were read. Raises UserError where that can't be remembered."""
    everything, key = _read(), _key(files, folder)
    known = everything.setdefault(key, {})
    for name, sha in files.digests.items():
        versions = [item for item in known.get(name, ()) if item != sha]
        known[name] = [*versions, sha][-_MOST_VERSIONS:]
    _write(everything)


def trusted_files(project: Project, folder: Path | None, run: Path | None = None) -> UserFiles:
    """The files that the project runs; those of a run are as they were when it began.

    Raises UserError where one is missing, or was not trusted in the project's folder.
    """
    files = read_files(project, run) if run is not None else read_files(project, folder)
    if files.missing and run is not None:
        files = read_files(project, folder)
    for sentence in files.missing.values():
        raise UserError(sentence)
    strange = untrusted(files, folder)
    if strange:
        raise UserError(
            f"The project runs Python code of its own, which has not been trusted: "
            f"{', '.join(strange)}. {MEANING}",
            "Read it, then trust it: the window asks, a command takes --trust.",
        )
    return files


def forget(folder: Path) -> None:
    """Trust nothing in that folder any more."""
    everything = _read()
    if everything.pop(str(folder.resolve()), None) is not None:
        _write(everything)


def _key(files: UserFiles, folder: Path | None) -> str:
    return str(Path(folder or files.folder).resolve())


def _file() -> Path:
    home = os.environ.get("NETWRIGHT_HOME")
    return (
        Path(home) if home else Path(platformdirs.user_data_dir("netwright", False))
    ) / "trust.json"


def _read() -> _Trusted:
    """What was trusted; nothing where the file is missing or damaged."""
    try:
        data = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if _is_sound(data) else {}


def _is_sound(data: object) -> bool:
    return isinstance(data, dict) and all(
        isinstance(known, dict) and all(isinstance(shas, list) for shas in known.values())
        for known in data.values()
    )


def _write(data: Mapping[str, object]) -> None:
    path = _file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(data, indent=1, ensure_ascii=False)
        write_whole(path, lambda fresh: fresh.write_text(text, "utf-8"))
    except OSError as error:
        raise UserError(
            f"{path} can't be written: {error.strerror}.", "Trust it again when there is room."
        ) from error
