"""Lets this process import a project's own files, exactly as they were read and trusted.

Only processes that are not the window admit anything: workers, and commands after `--trust`.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Sequence
from pathlib import Path

from graphcore.project.modules import SUFFIX, UserModule
from graphcore.project.user_files import UserFiles


class _Loader(importlib.abc.InspectLoader):
    """Runs the text that was read. The file may be another one by now, and its cache too."""

    def __init__(self, path: str, content: bytes) -> None:
        self._path, self._content = path, content

    def get_source(self, fullname: str) -> str:
        return importlib.util.decode_source(self._content)

    def get_code(self, fullname: str) -> types.CodeType:
        return self.source_to_code(self._content, self._path)


class Admission(importlib.abc.MetaPathFinder):
    """Finds the admitted files, before anything that is installed."""

    def __init__(self, files: UserFiles) -> None:
        self.files = files

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The admitted file of that name."""
        name = f"{fullname}{SUFFIX}"
        if name not in self.files.contents:
            return None
        place = str(Path(self.files.folder) / name)
        loader = _Loader(place, self.files.contents[name])
        return importlib.util.spec_from_file_location(fullname, place, loader=loader)

    def admits(self, module: UserModule) -> bool:
        """Whether code may import the module here."""
        known = self.files.contents if module.is_file else self.files.packages
        return module.place in known


def admit(files: UserFiles) -> None:
    """Let this process import these files; those of another project no longer."""
    withdraw()
    sys.meta_path.insert(0, Admission(files))


def withdraw() -> None:
    """Let this process import no project's files any more."""
    for old in _admissions():
        sys.meta_path.remove(old)
        for name in old.files.contents:
            sys.modules.pop(name.removesuffix(SUFFIX), None)


def is_admitted(module: UserModule) -> bool:
    """Whether this process may import the module."""
    return any(admission.admits(module) for admission in _admissions())


def _admissions() -> list[Admission]:
    return [finder for finder in sys.meta_path if isinstance(finder, Admission)]
