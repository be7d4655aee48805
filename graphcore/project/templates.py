"""The projects that a person can begin with."""

from __future__ import annotations

from graphcore.errors import UserError
from graphcore.project.file import SUFFIX, load
from graphcore.project.project import Project
from graphcore.project.resources import resource


def names() -> list[tuple[str, str, str]]:
    """Every template as (name, title, about), by name; none where none ships."""
    found = []
    for path in sorted(resource("templates").glob(f"*{SUFFIX}")):
        project = load(path)
        found.append((path.stem, project.title or path.stem, project.about))
    return found


def open_template(name: str) -> Project:
    """A fresh project from a template. Raises UserError where there is none of that name."""
    paths = {path.stem: path for path in sorted(resource("templates").glob(f"*{SUFFIX}"))}
    if name not in paths:
        known = ", ".join(paths) or "none"
        raise UserError(f"There is no template “{name[:40]}”.", f"There are: {known}.")
    return load(paths[name])
