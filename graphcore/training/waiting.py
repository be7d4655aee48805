"""Runs that wait for their turn, kept on disk as plain files over the end of a program. Torch-free.

A queue's folder holds `queue.json` and each run's project beside it, all written whole; a lock
says that its program still lives.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.project import Project
from graphcore.training.lock import Lock, is_held
from graphcore.training.runs import Run
from graphcore.training.tables import written


@dataclass(frozen=True, slots=True)
class Waiting:
    """A run that waits, of a project whose file is `path`; those of a `group` differ in their seed.

    It may be `first` done again, with a change or without. `key` names its project's copy.
    """

    title: str
    project: Project
    path: Path | None
    group: int = 0
    first: Run | None = None
    key: str = field(default_factory=lambda: secrets.token_hex(6))


class KeptQueue:
    """The folder of one queue, made with the first run that waits, and this program's alone."""

    def __init__(self, root: Path) -> None:
        self._folder = root / secrets.token_hex(6)
        self._lock: Lock | None = None

    def keep(self, waiting: Sequence[Waiting]) -> None:
        """Write down which runs wait. Raises UserError where the disk refuses."""
        if self._lock is None and not waiting:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = self._lock or Lock(self._folder / "open.lock")
            for item in waiting:
                if not self._copy(item.key).exists():
                    file.save(item.project, self._copy(item.key))
            with written(self._folder / "queue.json") as out:
                json.dump([_record(item) for item in waiting], out, indent=2, ensure_ascii=False)
        except OSError as error:
            raise UserError(
                f"The queue can't be kept in {self._folder}: {error.strerror or error}.",
                "Its runs are lost when Netwright ends; free some space.",
            ) from error
        keys = {item.key for item in waiting}
        for path in self._folder.glob(f"*{file.SUFFIX}"):
            if path.stem not in keys:
                path.unlink(missing_ok=True)

    def close(self, waiting: Sequence[Waiting]) -> None:
        """Leave what waits to the next program, and nothing where nothing does."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
            if not waiting:
                shutil.rmtree(self._folder, ignore_errors=True)

    def _copy(self, key: str) -> Path:
        return self._folder / f"{key}{file.SUFFIX}"


def left_queues(root: Path) -> list[Path]:
    """The folders of queues whose program is gone, oldest first."""
    found = [path for path in root.glob("*/queue.json") if not is_held(path.parent / "open.lock")]
    return [path.parent for path in sorted(found, key=lambda path: path.stat().st_mtime_ns)]


def waiting_in(folder: Path) -> list[Waiting]:
    """The runs that wait there; what can't be read is passed over."""
    try:
        records = json.loads((folder / "queue.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    return list(_items(folder, records if isinstance(records, list) else []))


def forget(folder: Path) -> None:
    """Throw a queue away."""
    shutil.rmtree(folder, ignore_errors=True)


def _items(folder: Path, records: list[object]) -> Iterator[Waiting]:
    for record in records:
        if not isinstance(record, dict):
            continue
        with suppress(UserError, KeyError, TypeError, ValueError):
            project = file.load(folder / f"{Path(str(record['key'])).name}{file.SUFFIX}")
            path, first = str(record["path"]), str(record["first"])
            yield Waiting(
                str(record["title"])[:500], project, Path(path) if path else None,
                int(record["group"]), Run(Path(first)) if first else None,
            )  # fmt: skip


def _record(item: Waiting) -> dict[str, object]:
    return {
        "key": item.key,
        "title": item.title,
        "path": str(item.path.resolve()) if item.path is not None else "",
        "group": item.group,
        "first": str(item.first.folder.resolve()) if item.first is not None else "",
    }
