"""Runs in a process of their own: said to, heard, left, followed, killed and resumed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graphcore.errors import UserError
from graphcore.project import file, templates
from graphcore.training.asking import ask
from graphcore.training.control import Control
from graphcore.training.elsewhere import MAIN, train_elsewhere
from graphcore.training.events import (
    Changed,
    EpochDone,
    Event,
    Failed,
    Finished,
    Sampled,
    Saved,
    Started,
    StepsDone,
    Warned,
    from_line,
)
from graphcore.training.following import follow
from graphcore.training.recorder import Recorder
from graphcore.training.resuming import Place, cut_back, place_to_resume, refuse_resuming, with_past
from graphcore.training.runs import Run, RunStore

ENDLESS = 100_000
STARTED = Started("r", "cpu", 1, 5, 2, 10)


def made(folder: Path, epochs: int = ENDLESS) -> Run:
    project = templates.open_template("digits-cnn")
    return RunStore(folder / "runs").create(replace_epochs(project, epochs), "digits")


def replace_epochs(project, epochs: int):
    project.plan = replace(project.plan, epochs=epochs)
    return project


def heard(events: Iterator[Event], act: Callable[[Event], object]) -> list[Event]:
    """Every event, each answered by the act."""
    found = []
    for event in events:
        found.append(event)
        act(event)
    return found


def start(run: Run, control: Control, **options) -> Iterator[Event]:
    return train_elsewhere(run.project(), run, control, **options)


def steps_of(events: list[Event]) -> int:
    return sum(event.count for event in events if isinstance(event, StepsDone))


def test_a_run_elsewhere_says_what_a_run_here_says(tmp_path: Path) -> None:
    run = made(tmp_path, epochs=2)
    events = heard(start(run, Control()), lambda _: None)
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    assert events[-1].reason == "done"
    assert steps_of(events) == events[0].steps == len(run.series("loss"))
    quiet = [event for event in events if not isinstance(event, StepsDone | Sampled)]
    assert quiet == run.events()


@pytest.mark.slow
def test_it_pauses_saves_goes_on_and_stops_when_told(tmp_path: Path) -> None:
    run, control, seen = made(tmp_path), Control(), list[str]()

    def act(event: Event) -> None:
        match event:
            case EpochDone(epoch=2):
                control.pause()
            case Changed(value=True):
                seen.append("paused")
                control.save()
            case Saved(file=name) if seen == ["paused"] and name.startswith("checkpoints"):
                seen.append("saved")
                control.resume()
            case Changed(value=False):
                seen.append("goes on")
            case StepsDone() if "goes on" in seen:
                control.stop()

    events = heard(start(run, control), act)
    assert seen == ["paused", "saved", "goes on"]
    assert isinstance(events[-1], Finished)
    assert events[-1].reason == "stopped"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_process_that_was_killed_says_so_and_the_run_goes_on(tmp_path: Path) -> None:
    run, control = made(tmp_path), Control()

    def kill(event: Event) -> None:
        if isinstance(event, EpochDone) and event.epoch == 3:
            control.save()
        if isinstance(event, Saved) and event.file.startswith("checkpoints"):
            os.kill(run.environment()["process"], signal.SIGKILL)

    events = heard(start(run, control), kill)
    failed = events[-1]
    assert isinstance(failed, Failed)
    assert (failed.cause, "signal 9" in failed.message) == ("gone", True)
    assert "Resume" in failed.hint
    assert run.summary.state == "interrupted"

    at, control = place_to_resume(run).step, Control()
    before = run.series("loss")[:at]
    again = heard(
        with_past(start(run, control, resume=True), run),
        lambda e: control.stop() if isinstance(e, EpochDone) and e.step > at else None,
    )
    assert isinstance(again[0], Started)
    assert isinstance(again[1], StepsDone)
    assert again[1].count == at
    assert isinstance(again[-1], Finished)
    assert steps_of(again) == len(run.series("loss")) == again[-1].step
    assert np.array_equal(run.series("loss")[:at], before)


@pytest.mark.slow
def test_it_saves_and_ends_when_nobody_listens_any_more(tmp_path: Path) -> None:
    run, control = made(tmp_path), Control()
    events = start(run, control)
    for event in events:  # a paused run says nothing, so that only stdin tells it
        if isinstance(event, EpochDone):
            control.pause()
        if isinstance(event, Changed):
            break
    events.close()  # type: ignore[attr-defined]
    last = wait_for_end(run)
    assert isinstance(last, Finished)
    assert last.reason == "interrupted"
    assert place_to_resume(run).step == last.step


def wait_for_end(run: Run) -> Event:
    return heard(follow(run, Control()), lambda _: None)[-1]


@pytest.mark.slow
def test_one_that_was_left_goes_on_and_can_be_followed_and_stopped(tmp_path: Path) -> None:
    run, control = made(tmp_path), Control()
    left = heard(start(run, control), lambda e: isinstance(e, EpochDone) and control.leave())
    assert not isinstance(left[-1], Finished | Failed)
    assert run.is_live
    control, seen = Control(), list[int]()

    def act(event: Event) -> None:
        if isinstance(event, EpochDone) and event.epoch > 20:
            control.pause()
        if isinstance(event, Changed) and event.value and control.is_paused:
            seen.append(event.step)
            control.resume()
        if seen and isinstance(event, StepsDone):
            control.stop()

    events = heard(follow(run, control), act)
    assert isinstance(events[0], Started)
    assert seen
    assert isinstance(events[-1], Finished)
    assert events[-1].reason == "stopped"
    assert steps_of(events) == events[-1].step


def test_following_ends_when_told_and_when_the_process_is_gone(tmp_path: Path) -> None:
    run = made(tmp_path)
    recorder = Recorder(run)
    recorder.record(STARTED)
    recorder.record(StepsDone(0, {"loss": (1.0, 0.5)}))
    control = Control()
    events = heard(follow(run, control), lambda e: isinstance(e, StepsDone) and control.leave())
    assert events == [STARTED, StepsDone(0, {"loss": (1.0, 0.5)})]
    control = Control()
    events = heard(follow(run, control), lambda e: isinstance(e, StepsDone) and recorder.close())
    assert isinstance(events[-1], Failed)
    assert events[-1].cause == "gone"


def test_a_run_that_is_stopped_while_it_loads_ends_at_once(tmp_path: Path) -> None:
    run, control = made(tmp_path), Control()
    control.stop("interrupted")
    assert heard(start(run, control), lambda _: None) == [Finished("interrupted", 0, 0)]


def test_a_run_that_can_not_begin_says_why(tmp_path: Path) -> None:
    run = made(tmp_path)
    project = run.project()
    project.plan = replace(project.plan, device="cuda:77")
    file.save(project, run.project_path)
    events = heard(start(run, Control()), lambda _: None)
    assert len(events) == 1
    assert isinstance(events[0], Failed)
    assert "cuda:77" in events[0].message


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_sigterm_saves_and_ends_with_143(tmp_path: Path) -> None:
    path = tmp_path / "p.netwright"
    file.save(replace_epochs(templates.open_template("digits-cnn"), ENDLESS), path)
    command = [sys.executable, str(MAIN), "train", str(path), "--run-dir", "r", "--json"]
    with subprocess.Popen(command, cwd=tmp_path, text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout is not None
        next(line for line in process.stdout if '"EpochDone"' in line)
        process.terminate()
        rest, err = process.communicate(timeout=60)
    assert process.returncode == 143
    assert "The state is saved in" in err
    assert from_line(rest.splitlines()[-1]) == Run(tmp_path / "r").events()[-1]
    assert Run(tmp_path / "r").summary.state == "interrupted"


@pytest.mark.slow
def test_words_on_stdin_that_mean_nothing_are_passed_over(tmp_path: Path) -> None:
    run = made(tmp_path, epochs=1)
    command = [sys.executable, str(MAIN), "train", str(run.project_path), "--json",
               "--run-dir", str(run.folder)]  # fmt: skip
    done = subprocess.run(command, input="dance\nsave\n", capture_output=True, text=True,
                          timeout=120, check=True)  # fmt: skip
    assert "“dance” is no word to a run" in done.stderr
    assert run.summary.state == "done"  # nobody said `attend`: the end of stdin ends nothing


def test_a_run_goes_on_from_the_command_line(tmp_path: Path, capsys) -> None:
    from graphcore.cli import main

    path = tmp_path / "p.netwright"
    file.save(templates.open_template("digits-cnn"), path)
    assert main(["train", str(path), "--resume"]) == 3
    assert "There is no run" in capsys.readouterr().err
    assert main(["train", str(path), "--epochs", "1", "--json"]) == 0
    assert main(["train", str(path), "--resume", "--set", "seed=1"]) == 2
    assert main(["train", str(path), "--resume", "--epochs", "3"]) == 0
    (run,) = RunStore(tmp_path / "runs").runs()
    summary = run.summary
    assert (summary.state, summary.epochs, summary.planned) == ("done", 3, 3)
    assert len(run.series("loss")) == summary.step


def test_a_run_is_cut_back_to_what_was_saved(tmp_path: Path) -> None:
    run = made(tmp_path)
    first = EpochDone(1, 2, {"loss": 1.0}, {}, 1.0, 1.0)
    with Recorder(run) as recorder:
        for event in (
            STARTED, StepsDone(0, {"loss": (3.0, 2.0, 1.0), "aux": (1.0,)}), Warned("Oh."), first,
            Changed("paused", True, 2), EpochDone(2, 4, {}, {}, 1.0, 1.0), Failed("No."),
        ):  # fmt: skip
            recorder.record(event)
    cut_back(run, Place(None, 2, 1))
    assert run.events() == [STARTED, Warned("Oh."), first]
    assert run.series("loss").tolist() == [3.0, 2.0]
    aux = run.series("aux")  # a step that was saved but never told
    assert (len(aux), aux[0], np.isnan(aux[1])) == (2, 1.0, True)


def test_what_can_not_go_on_says_why(tmp_path: Path) -> None:
    run = made(tmp_path)
    with Recorder(run), pytest.raises(UserError, match="is under way"):
        refuse_resuming(run)
    with Recorder(run) as recorder:
        recorder.record(Saved(0, "last.safetensors"))
        recorder.record(StepsDone(0, {"loss": (3.0, 2.0)}))
    refuse_resuming(run)
    assert place_to_resume(run) == Place()  # it had no checkpoint yet: it begins again
    with Recorder(run) as recorder:
        recorder.record(Saved(2, "checkpoints/2.safetensors"))
    with pytest.raises(UserError, match="its checkpoints are gone"):
        refuse_resuming(run)


def test_a_run_in_this_process_heeds_its_folder(tmp_path: Path) -> None:
    from graphcore.training.session import train_project

    run = made(tmp_path)
    ask(run, "stop")  # long ago
    act = lambda e: ask(run, "stop") if isinstance(e, EpochDone) and e.epoch == 3 else None  # noqa: E731
    events = heard(train_project(run.project(), run, Control()), act)
    assert isinstance(events[-1], Finished)
    assert (events[-1].reason, events[-1].epoch >= 3) == ("stopped", True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
def test_a_paused_process_leaves_the_processor_alone(tmp_path: Path) -> None:
    run, control, shares = made(tmp_path), Control(), list[float]()

    def act(event: Event) -> None:
        match event:
            case EpochDone(epoch=2):
                control.pause()
            case Changed(what="paused", value=True):
                shares.append(_share_of_processor(run.environment()["process"], 2.0))
                control.stop()

    heard(start(run, control), act)
    assert 0 <= shares[0] < 0.05


def _share_of_processor(process: int, seconds: float) -> float:
    """How much of one processor the process takes meanwhile."""

    def taken() -> float:
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    before = taken()
    threading.Event().wait(seconds)
    return (taken() - before) / seconds
