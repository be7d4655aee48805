"""The runs of a project read from their folders, those again that changed since the last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from graphcore.training import about
from graphcore.training.repeating import changed_since
from graphcore.training.runs import Run, RunStore
from graphcore.training.summing import Glance
from gui.panels.run_table import Row

Stamp = tuple[tuple[int, int], ...]


class RunReading:
    """What is known of runs; to be asked in one thread at a time."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Stamp, Glance, Row]] = {}

    def read(self, store: RunStore, outside: Sequence[Run]) -> list[Row]:
        """Every run with its summary; of one that is under way only what is new is read."""
        self._known = {run.folder: self._look(run) for run in (*outside, *store.runs())}
        return [row for _, _, row in self._known.values()]

    def _look(self, run: Run) -> tuple[Stamp, Glance, Row]:
        stamp, known = _stamp(run), self._known.get(run.folder)
        if known is None:
            glance = Glance(run)
            return stamp, glance, _row(run, glance)
        before, glance, row = known
        if stamp[1:] != before[1:]:
            return stamp, glance, _row(run, glance)
        if stamp != before or row.summary.state == "running":  # its process may have died
            row = replace(row, summary=glance.look())
        return stamp, glance, row


def _row(run: Run, glance: Glance) -> Row:
    return Row(run, glance.look(), about.about(run), changed_since(run))


def _stamp(run: Run) -> Stamp:
    """What changes with its events, with its environment and with what is said of it."""
    paths = (run.events_path, run.environment_path, about.path_of(run))
    return tuple(_time_and_size(path) for path in paths)


def _time_and_size(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
