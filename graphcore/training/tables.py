"""Curves as a table: a CSV file with one row a step."""

from __future__ import annotations

import csv
import math
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graphcore.errors import UserError
from graphcore.project.whole import whole
from graphcore.training.curves import Curves, Points
from graphcore.training.pyramid import Floats
from graphcore.worker import CancelledError

TOGETHER = 4096
"""Rows that are written at once: few enough that a window in this process goes on meanwhile."""

Cells = Callable[[range], Sequence[str]]
"""The texts of one column in these rows, a row for each step."""


def write_table(
    path: Path, curves: Curves, others: Mapping[str, Curves] | None = None,
    cancel: threading.Event | None = None,
) -> None:  # fmt: skip
    """Every series in a column, a cell empty where nothing was measured; whole or not at all.

    What was measured after `n` steps stands in the row of step n - 1, the last of them. The
    columns of other runs follow, with what they are called before the name. Raises UserError
    where the file can't be written, CancelledError where `cancel` is set meanwhile.
    """
    columns = {"step": _counted, "epoch": _cells_of_epochs(curves.epoch_steps)}
    columns |= dict(_columns(curves, ""))
    length = curves.length
    for label, other in (others or {}).items():
        columns.update(_columns(other, f"{label}: "))
        length = max(length, other.length)
    with written(path) as file:
        csv.writer(file).writerow(columns)
        for first in range(0, length, TOGETHER):
            if cancel is not None and cancel.is_set():
                raise CancelledError
            rows = range(first, min(first + TOGETHER, length))
            cells = [column(rows) for column in columns.values()]
            file.writelines(",".join(row) + "\r\n" for row in zip(*cells, strict=True))


def _columns(curves: Curves, prefix: str) -> Iterator[tuple[str, Cells]]:
    for name, series in curves.steps.items():
        yield f"{prefix}train {name}", _cells_of_steps(series.values)
    for part, points in (("epoch", curves.train), ("val", curves.val)):
        for name, found in points.items():
            yield f"{prefix}{part} {name}", _cells_of_points(found)
    for name, found in curves.samples.items():
        yield f"{prefix}{name}", _cells_of_points(found)


def _counted(rows: range) -> list[str]:
    return list(map(str, rows))


def _cells_of_epochs(steps: int) -> Cells:
    return lambda rows: [str(row // steps + 1) if steps else "" for row in rows]


def _cells_of_steps(values: Floats) -> Cells:
    def cells(rows: range) -> list[str]:
        known = values[rows.start : rows.stop].tolist()
        # Nine digits are all that a float32 has.
        found = ["" if math.isnan(value) else f"{value:.9g}" for value in known]
        return found + [""] * (len(rows) - len(found))

    return cells


def _cells_of_points(points: Points) -> Cells:
    values = tuple(points.values)
    steps = points.steps[: len(values)]  # a run may go on meanwhile

    def cells(rows: range) -> list[str]:
        found = [""] * len(rows)
        own = slice(bisect_right(steps, rows.start), bisect_right(steps, rows.stop))
        for step, value in zip(steps[own], values[own], strict=True):
            found[step - 1 - rows.start] = "" if math.isnan(value) else repr(value)
        return found

    return cells


@contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A text file that is there, whole, once all was written. Raises UserError."""
    try:
        with whole(path) as fresh, fresh.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise UserError(
            f"{path.name} can't be written: {error.strerror}.", "Choose another folder."
        ) from error
