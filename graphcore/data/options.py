"""Options of a data choice, which may come from any file: checked where they are read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graphcore.errors import UserError

Options = Mapping[str, object]


def path_in(options: Options, folder: Path | None, what: str) -> Path:
    """The path that `options` name; a relative one starts at the folder of the project file.

    Raises UserError where there is none or nothing is there.
    """
    given = options.get("path")
    if not isinstance(given, str) or not given or "\0" in given or len(given) > 4000:
        raise UserError(f"The project names no {what}.", "Choose the data again.")
    path = (folder or Path()) / Path(given)
    try:
        exists = path.exists()
    except OSError:
        exists = False
    if not exists:
        raise UserError(
            f"There is no {what} “{given}”.",
            f"Choose the data again, or put it back at {path.absolute()}.",
        )
    return path


def text_in(options: Options, name: str, allowed: tuple[str, ...] = ()) -> str:
    """The text of an option, empty where absent. Raises UserError for anything else."""
    value = options.get(name, "")
    if not isinstance(value, str) or (value and allowed and value not in allowed):
        choices = f"Use one of {', '.join(allowed)}." if allowed else "Write a text."
        raise UserError(f"The data option “{name}” can't be {str(value)[:40]!r}.", choices)
    return value


def relative(options: Options, folder: Path | None) -> dict[str, object]:
    """The options with a path inside the project's folder made relative, so that both can move."""
    given = options.get("path")
    if folder is None or not isinstance(given, str):
        return dict(options)
    path, home = Path(given).absolute(), folder.absolute()
    if not path.is_relative_to(home):
        return dict(options)
    return {**options, "path": path.relative_to(home).as_posix()}
