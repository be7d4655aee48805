"""A run's summary that grows with the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphcore.training import lines
from graphcore.training.events import EpochDone, Event, Finished, Started, from_line, to_line
from graphcore.training.runs import Run
from graphcore.training.summing import Glance

STARTED = Started("run", "cpu", 1, epochs=9, steps_per_epoch=10, parameters=5)


def _epoch(number: int, *, best: bool = False) -> EpochDone:
    return EpochDone(number, number * 10, {"loss": 1.0 / number}, {}, 1.0, 100.0, best)


def _write(run: Run, *events: Event, anew: bool = False) -> None:
    run.folder.mkdir(exist_ok=True)
    with run.events_path.open("w" if anew else "a", encoding="utf-8") as file:
        file.writelines(to_line(event) + "\n" for event in events)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    found = Run(tmp_path / "run")
    _write(found, STARTED, _epoch(1, best=True))
    return found


def test_a_look_reads_only_what_is_new(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    glance, read = Glance(run), list[str]()
    assert glance.look().epochs == 1
    monkeypatch.setattr(lines, "from_line", lambda line: (read.append(line), from_line(line))[1])
    assert glance.look().epochs == 1
    assert read == []
    _write(run, _epoch(2))
    found = glance.look()
    assert (found.epochs, found.best_epoch, found.step, found.seconds) == (2, 1, 20, 2.0)
    assert len(read) == 1


def test_looks_as_it_grows_come_to_what_one_look_at_the_end_does(run: Run) -> None:
    glance = Glance(run)
    for number in range(2, 6):
        glance.look()
        _write(run, _epoch(number, best=number == 4))
    _write(run, Finished("done", 50, 5))
    assert glance.look() == run.summary
    assert glance.look().state == "done"


def test_a_run_that_went_on_from_an_earlier_step_is_read_anew(run: Run) -> None:
    glance = Glance(run)
    _write(run, _epoch(2), _epoch(3))
    assert glance.look().epochs == 3
    again = [_epoch(2, best=True), *(_epoch(number) for number in range(3, 9))]  # and is longer
    _write(run, STARTED, *again, anew=True)
    assert glance.look() == run.summary
    assert glance.look().seconds == 7.0


def test_half_a_line_waits_for_its_end(run: Run) -> None:
    glance, whole = Glance(run), to_line(_epoch(2)) + "\n"
    for part in (whole[:20], whole[20:]):
        with run.events_path.open("a", encoding="utf-8") as file:
            file.write(part)
        found = glance.look()
    assert (found.epochs, found.problem) == (2, run.summary.problem)
