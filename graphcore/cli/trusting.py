"""Projects that run Python code of their own: only after --trust, said once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graphcore.cli.terminal import complain, keep_stdout
from graphcore.project import trust
from graphcore.project.admission import admit
from graphcore.project.modules import needs_process
from graphcore.project.project import Project
from graphcore.project.user_files import UserFiles, read_files

if TYPE_CHECKING:
    from graphcore.analysis.outside import Outside


def trust_if_asked(arguments: argparse.Namespace, project: Project, folder: Path) -> None:
    """With --trust, remember that a person trusts the project's files as they are now."""
    files = read_files(project, folder)
    new = trust.untrusted(files)
    if arguments.trust and new:
        trust.trust(files)
        complain(f"Trusted from now on: {', '.join(new)} in {folder.resolve()}.")


@contextmanager
def outside_of(
    arguments: argparse.Namespace, path: Path, project: Project
) -> Iterator[Outside | None]:
    """Whom analysis may ask about the project's Python modules; None where it has none."""
    if not needs_process(project):
        yield None
        return
    from graphcore.analysis.user_code import UserCode  # torch comes with it

    trust_if_asked(arguments, project, path.parent)
    with UserCode() as code:
        yield code.at(project, path.parent)


def run_here(
    arguments: argparse.Namespace, project: Project, folder: Path, run: Path | None = None
) -> UserFiles:
    """Let this command run the project's Python files; those files. Raises UserError.

    What they print goes to stderr.
    """
    if not needs_process(project):
        return UserFiles()
    trust_if_asked(arguments, project, folder)
    files = trust.trusted_files(project, folder, run)
    keep_stdout()
    admit(files)
    return files
