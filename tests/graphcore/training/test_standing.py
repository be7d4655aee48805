"""Where a run stands, by its events, and what the command line says of it."""

from __future__ import annotations

import pytest

from graphcore.cli.progress import telling
from graphcore.training.events import Changed, EpochDone, Finished, Started, StepsDone
from graphcore.training.standing import Standing

STARTED = Started("r", "cpu", 1, 2, 10, 5, batch_size=8)
LONGER = Changed("epochs", 6, 10)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("graphcore.training.standing.monotonic", made)
    return made


def steps(first: int, count: int) -> StepsDone:
    return StepsDone(first, {"loss": (1.0,) * count})


def test_the_pace_leaves_pauses_out(clock: Clock) -> None:
    run = Standing()
    run.take(STARTED)
    assert run.seconds_left is None
    clock.now += 4
    run.take(steps(0, 8))
    assert (run.step, run.steps) == (8, 20)
    assert (run.samples_per_second, run.seconds_left) == (16.0, 6.0)
    run.take(Changed("paused", True, 8))
    clock.now += 1000
    assert (run.is_paused, run.samples_per_second, run.seconds_left) == (True, 16.0, 6.0)
    run.take(Changed("paused", False, 8))
    clock.now += 4
    assert (run.is_paused, run.samples_per_second, run.seconds_left) == (False, 8.0, 12.0)
    run.take(EpochDone(1, 10, {}, {}, 5.0, 12.5))
    assert (run.epoch, run.samples_per_second) == (1, 12.5)


def test_what_was_done_before_anybody_heard_it_tells_no_pace(clock: Clock) -> None:
    run = Standing(has_past=True)
    run.take(STARTED)
    run.take(steps(0, 10))
    assert run.seconds_left is None
    clock.now += 2
    run.take(steps(10, 5))
    assert run.seconds_left == 2.0


def test_epochs_that_are_added_count(clock: Clock) -> None:
    run = Standing()
    run.take(STARTED)
    run.take(LONGER)
    assert (run.epochs, run.steps) == (6, 60)
    assert run.changes == [LONGER]
    run.take(Finished("stopped", 20, 2))
    assert (run.step, run.epoch, run.reason) == (20, 2, "stopped")


def test_the_command_line_counts_epochs_that_are_added(capsys: pytest.CaptureFixture[str]) -> None:
    with telling(as_json=False) as tell:
        tell(STARTED)
        tell(EpochDone(1, 10, {}, {}, 5.0, 12.5))
        tell(LONGER)
        tell(EpochDone(3, 30, {}, {}, 5.0, 12.5))
    said = capsys.readouterr().out
    assert "epoch 1/2 " in said
    assert "epoch 3/6 " in said


def test_the_command_line_writes_no_hundreds_of_digits(capsys: pytest.CaptureFixture[str]) -> None:
    with telling(as_json=False) as tell:
        tell(STARTED)
        tell(EpochDone(1, 10, {"loss": 480.25, "perplexity": 3.7e208}, {}, 5.0, 12.5))
    assert "loss 480.2500 perplexity 3.7e+208 " in capsys.readouterr().out
