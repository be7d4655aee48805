"""Deleted runs, which lie in a folder `trash` beside the others until somebody wants them back."""

from __future__ import annotations

from pathlib import Path

from graphcore.errors import UserError
from graphcore.training.runs import Run

TRASH = "trash"


def throw_away(run: Run) -> Run:
    """Move a run into the trash; it as it lies there. Raises UserError, also for one under way."""
    if run.is_live:
        raise UserError(f"The run “{run.id}” is under way.", "Stop it first.")
    return _moved(run, run.folder.parent / TRASH)


def take_back(run: Run) -> Run:
    """Move a run out of the trash to where it was; it as it lies there. Raises UserError."""
    if run.folder.parent.name != TRASH:
        raise UserError(f"The run “{run.id}” is not in the trash.", "It is where it was.")
    return _moved(run, run.folder.parent.parent)


def thrown_away(root: Path) -> list[Run]:
    """The runs in the trash beside those of a folder, newest first."""
    try:
        folders = [path for path in (root / TRASH).iterdir() if path.is_dir()]
    except OSError:
        return []
    return [Run(path) for path in sorted(folders, reverse=True)]


def _moved(run: Run, folder: Path) -> Run:
    target = folder / run.id
    try:
        folder.mkdir(exist_ok=True)
        if target.exists():
            raise UserError(f"There is a run “{run.id}” in {folder} already.", "Rename its folder.")
        return Run(run.folder.rename(target))
    except OSError as error:
        raise UserError(
            f"The run “{run.id}” can't be moved to {folder}: {error.strerror}.",
            "Look whether you may write there.",
        ) from error
