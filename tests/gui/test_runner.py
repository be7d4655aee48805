"""The runner: a run in a thread, heard at the pace of the window."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from graphcore.errors import UserError
from graphcore.project.edits import Set
from graphcore.project.project import Project
from graphcore.training.control import Control
from graphcore.training.events import (
    Changed,
    EpochDone,
    Event,
    Failed,
    Finished,
    Started,
    StepsDone,
)
from gui.runner import Runner

STARTED = Started("r", "cpu", 1, 2, 3, 10, batch_size=8)
DONE = EpochDone(1, 3, {"loss": 1.0}, {}, 1.0, 24.0)


class Script:
    """A training that goes on when the test says so."""

    def __init__(self, *events: Event, error: Exception | None = None) -> None:
        self.events, self.error = events, error
        self.control = Control()
        self.given: tuple[Any, ...] = ()

    def __call__(self, *given: Any) -> Iterator[Event]:
        self.given, self.control = given, given[2]
        yield from self.events
        if self.error is not None:
            raise self.error


class Endless(Script):
    """A training of many steps that heeds its control."""

    def __call__(self, *given: Any) -> Iterator[Event]:
        self.control, step = given[2], 0
        tick = threading.Event()
        yield STARTED
        while not self.control.is_stopping:
            tick.wait(0.002)
            yield StepsDone(step, {"loss": (1.0,)})
            step += 1
            if self.control.is_paused:
                yield Changed("paused", True, step)
                self.control.wait()
                yield Changed("paused", False, step)
        yield Finished(self.control.reason, step, 0)


@pytest.fixture
def runners() -> Iterator[list[Runner]]:
    made: list[Runner] = []
    yield made
    for runner in made:
        runner.close()


def started(runners: list[Runner], script: Script, path: Path | None = None) -> Runner:
    runner = Runner(train=script)
    runners.append(runner)
    runner.start(Project(title="x"), path)
    return runner


def test_a_run_goes_from_preparing_to_ended(qtbot: QtBot, runners: list[Runner]) -> None:
    script = Script(STARTED, StepsDone(0, {"loss": (1.0, 0.5, 0.2)}), DONE, Finished("done", 6, 2))
    runner = Runner(train=script)
    runners.append(runner)
    assert (runner.state, runner.run, runner.seconds_left) == ("idle", None, None)
    states: list[str] = []
    heard: list[Event] = []
    runner.changed.connect(lambda: states.append(runner.state))
    runner.drained.connect(heard.extend)
    runner.start(Project(title="x"), None)
    assert runner.state == "preparing"
    qtbot.waitUntil(lambda: runner.state == "ended")
    assert heard == list(script.events)
    assert (states[0], states[-1]) == ("preparing", "ended")
    assert (runner.epoch, runner.epochs, runner.step, runner.steps) == (2, 2, 6, 6)
    assert (runner.samples_per_second, runner.device) == (24.0, "cpu")
    assert runner.run is not None
    assert runner.run.project().title == "x"


def test_the_run_lies_beside_the_project(
    qtbot: QtBot, runners: list[Runner], tmp_path: Path
) -> None:
    script = Script(STARTED, Finished("done", 6, 2))
    runner = started(runners, script, tmp_path / "mine.netwright")
    qtbot.waitUntil(lambda: runner.state == "ended")
    assert runner.run is not None
    assert runner.run.folder.parent == tmp_path / "runs"
    assert "-mine-" in runner.run.id
    assert script.given[3] == tmp_path


def test_the_window_trains_a_snapshot(qtbot: QtBot, runners: list[Runner]) -> None:
    script = Script(STARTED, Finished("done", 6, 2))
    runner = Runner(train=script)
    runners.append(runner)
    project = Project(title="before")
    runner.start(project, None)
    project.title = "after"
    qtbot.waitUntil(lambda: runner.state == "ended")
    assert script.given[0].title == "before"


def test_pause_holds_resume_goes_on_and_stop_ends(qtbot: QtBot, runners: list[Runner]) -> None:
    runner = started(runners, Endless())
    qtbot.waitUntil(lambda: runner.step > 3)
    assert runner.state == "training"
    assert runner.seconds_left is not None
    runner.pause()
    qtbot.waitUntil(lambda: runner.state == "paused")
    step, left = runner.step, runner.seconds_left
    with qtbot.assertNotEmitted(runner.drained, wait=300):
        pass
    assert (runner.step, runner.seconds_left) == (step, left)
    runner.resume()
    qtbot.waitUntil(lambda: runner.step > step)
    assert runner.state == "training"
    runner.stop()
    assert runner.state == "stopping"
    qtbot.waitUntil(lambda: runner.state == "ended")
    assert not runner.is_busy


def test_closing_a_paused_run_stops_and_joins(qtbot: QtBot, runners: list[Runner]) -> None:
    script = Endless()
    runner = started(runners, script)
    heard: list[Event] = []
    runner.drained.connect(heard.extend)
    qtbot.waitUntil(lambda: runner.state == "training")
    runner.pause()
    qtbot.waitUntil(lambda: runner.state == "paused")
    runner.close()
    assert runner.state == "ended"
    last = heard[-1]
    assert isinstance(last, Finished)
    assert last.reason == "interrupted"
    assert all(thread.name != "training" for thread in threading.enumerate())


def test_events_come_in_bunches(qtbot: QtBot, runners: list[Runner]) -> None:
    bunches: list[list[Event]] = []
    runner = Runner(train=Endless())
    runners.append(runner)
    runner.drained.connect(bunches.append)
    runner.start(Project(), None)
    qtbot.waitUntil(lambda: runner.step > 100)
    assert len(bunches) < 50


@pytest.mark.parametrize("way", ["raised", "told"])
def test_what_the_world_refuses_is_the_error(qtbot: QtBot, runners: list[Runner], way: str) -> None:
    no = UserError("No disk.", "Buy one.")
    told = (Failed(no.message, no.hint),) if way == "told" else ()
    runner = started(runners, Script(*told, error=no if way == "raised" else None))
    qtbot.waitUntil(lambda: runner.state == "failed")
    assert runner.error is not None
    assert (runner.error.message, runner.error.hint) == ("No disk.", "Buy one.")


def test_a_mistake_of_ours_reaches_the_excepthook(qtbot: QtBot, runners: list[Runner]) -> None:
    with qtbot.captureExceptions() as caught:
        runner = started(runners, Script(STARTED, error=ZeroDivisionError("oh")))
        qtbot.waitUntil(lambda: bool(caught))
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert runner.state == "failed"
    assert runner.error is not None


def test_after_a_failure_one_can_train_again(qtbot: QtBot, runners: list[Runner]) -> None:
    script = Script(error=UserError("No."))
    runner = started(runners, script)
    qtbot.waitUntil(lambda: runner.state == "failed")
    script.events, script.error = (STARTED, Finished("done", 6, 2)), None
    runner.start(Project(), None)
    assert runner.error is None
    qtbot.waitUntil(lambda: runner.state == "ended")


def test_a_place_that_can_not_be_written_is_the_error(
    runners: list[Runner], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "runs").write_text("a file")
    runner = started(runners, Script(), tmp_path / "x.netwright")
    assert runner.state == "failed"
    assert runner.error is not None
    assert "No run can be written" in runner.error.message


def test_a_real_project_trains_in_the_window(qtbot: QtBot, runners: list[Runner]) -> None:
    from graphcore.data.sources import describe
    from tests.build import DIGITS, digits_cnn

    project = digits_cnn()
    Set(("data",), describe("sample", DIGITS.options, None, DIGITS)).apply(project)
    Set(("plan", "epochs"), 2).apply(project)
    runner = Runner()
    runners.append(runner)
    heard: list[Event] = []
    runner.drained.connect(heard.extend)
    runner.start(project, None)
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=60_000)
    assert runner.error is None
    assert (runner.state, runner.epoch) == ("ended", 2)
    assert runner.run is not None
    told = [v for e in heard if isinstance(e, StepsDone) for v in e.values["loss"]]
    assert len(told) == runner.steps == len(runner.run.series("loss"))
