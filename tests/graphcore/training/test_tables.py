"""Curves as a table: every value in its row, however many there are."""

from __future__ import annotations

import csv
import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from graphcore.errors import UserError
from graphcore.training.curves import Curves
from graphcore.training.events import EpochDone, Evaluated, Sampled, Started, StepsDone
from graphcore.training.tables import TOGETHER, write_table
from graphcore.training.tensorboard import write_events
from graphcore.worker import CancelledError

EPOCH = 100


def curves_of(values: np.ndarray, name: str = "loss") -> Curves:
    found = Curves()
    length = len(values)
    found.feed(Started("run", "cpu", 1, 1, EPOCH, 5, (name,), 10, 0, 1, 0))
    found.feed(StepsDone(0, {name: tuple(values.tolist())}))
    for step in range(EPOCH, length + 1, EPOCH):
        found.feed(EpochDone(step // EPOCH, step, {name: 1 / step}, {name: 2 / step}, 1, 1, False))
    return found


def written(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_value_of_several_blocks_is_in_its_row(tmp_path: Path) -> None:
    values = np.random.default_rng(0).random(2 * TOGETHER + 250).astype(np.float32)
    values[7] = np.nan
    curves = curves_of(values)
    curves.feed(Evaluated(0, {"loss": 9.0}))  # before the first step: no row is its own
    looks = (1, TOGETHER, TOGETHER + 1, len(values))
    for step in looks:
        curves.feed(Sampled(step, {"memory": step / 3}))
    write_table(tmp_path / "t.csv", curves)
    rows = written(tmp_path / "t.csv")
    assert [int(row["step"]) for row in rows] == list(range(len(values)))
    assert [int(row["epoch"]) for row in rows] == [at // EPOCH + 1 for at in range(len(values))]
    cells = np.array([row["train loss"] or "nan" for row in rows], np.float32)
    np.testing.assert_array_equal(cells, values)
    assert rows[7]["train loss"] == ""
    ends = {at: 1 / (at + 1) for at in range(EPOCH - 1, len(values), EPOCH)}
    for part, times in (("epoch", 1), ("val", 2)):
        found = {
            at: float(row[f"{part} loss"]) for at, row in enumerate(rows) if row[f"{part} loss"]
        }
        assert found == {at: value * times for at, value in ends.items()}
    seen = {at + 1: float(row["memory"]) for at, row in enumerate(rows) if row["memory"]}
    assert seen == {step: step / 3 for step in looks}


def test_other_runs_may_be_longer(tmp_path: Path) -> None:
    one, other = curves_of(np.ones(3, np.float32)), curves_of(np.full(5, 0.5, np.float32))
    write_table(tmp_path / "t.csv", one, {"second, try": other})
    rows = written(tmp_path / "t.csv")
    assert [row["train loss"] for row in rows] == ["1", "1", "1", "", ""]
    assert [row["second, try: train loss"] for row in rows] == ["0.5"] * 5


def test_a_long_table_takes_little_memory(tmp_path: Path) -> None:
    curves = Curves()
    values = tuple(np.random.default_rng(0).random(15 * TOGETHER).tolist())
    curves.feed(StepsDone(0, {f"loss.{place}": values for place in range(8)}))
    tracemalloc.start()
    try:
        write_table(tmp_path / "t.csv", curves)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6 * 2**20 < (tmp_path / "t.csv").stat().st_size


def test_what_cannot_be_written_leaves_the_old_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("old")
    broken = curves_of(np.ones(2 * TOGETHER, np.float32))
    broken.train["loss"].values[-1] = "x"  # a cell that is no number, met half way
    with pytest.raises(TypeError):
        write_table(path, broken)
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["t.csv"]
    with pytest.raises(UserError, match=r"t\.csv can't be written"):
        write_table(tmp_path / "missing" / "t.csv", broken)


class Cancelling(float):
    """A number that cancels what writes it."""

    cancel: threading.Event

    def __repr__(self) -> str:
        self.cancel.set()
        return super().__repr__()


def test_a_table_that_is_given_up_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    path, curves = tmp_path / "t.csv", curves_of(np.ones(3 * TOGETHER, np.float32))
    path.write_text("old")
    number = Cancelling(0.5)
    number.cancel = cancel = threading.Event()
    curves.train["loss"].values[TOGETHER // EPOCH + 1] = number  # in the second block
    with pytest.raises(CancelledError):
        write_table(path, curves, cancel=cancel)
    assert path.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["t.csv"]


def test_events_that_are_given_up_leave_no_file(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(CancelledError):
        write_events(tmp_path, curves_of(np.ones(3, np.float32)), cancel)
    assert not list(tmp_path.iterdir())
