"""Runs that go on, are done again, or are under way, from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from graphcore.cli import main
from graphcore.errors import UserError
from graphcore.project import file, templates
from graphcore.training.control import Control
from graphcore.training.events import EpochDone, Warned
from graphcore.training.recorder import Recorder
from graphcore.training.resuming import place_to_resume
from graphcore.training.runs import Run, RunStore
from graphcore.training.session import train_project

Say = pytest.CaptureFixture[str]


@pytest.fixture
def first(tmp_path: Path) -> Run:
    """A run that is over."""
    project = templates.open_template("iris")
    project.plan = replace(project.plan, epochs=2, batch_size=64)
    file.save(project, tmp_path / "p.netwright")
    assert main(["train", str(tmp_path / "p.netwright")]) == 0
    return RunStore(tmp_path / "runs").runs()[0]


def test_a_run_done_again_comes_to_the_same_weights_and_says_so(first: Run, capsys: Say) -> None:
    known = first.environment()
    assert known["threads"] >= 1
    assert {"fingerprint", "source"} == known["data"].keys()
    capsys.readouterr()
    assert main(["train", "--again", str(first.folder)]) == 0
    assert f"Its weights are those of {first.id}, to the last bit." in capsys.readouterr().out
    runs = RunStore(first.folder.parent).runs()
    assert len(runs) == 2
    second = next(run for run in runs if run != first)
    assert second.name == first.name
    assert second.series("loss").tolist() == first.series("loss").tolist()


def test_a_run_that_was_moved_goes_on_without_its_project(
    first: Run, tmp_path: Path, capsys: Say
) -> None:
    moved = first.folder.rename(tmp_path / "moved")
    capsys.readouterr()
    assert main(["train", "--resume", str(moved)]) == 0
    assert "is finished: it did all of its 2 epochs" in capsys.readouterr().out
    assert main(["train", "--resume", str(moved), "--epochs", "3"]) == 0
    assert Run(moved).summary.epochs == 3
    assert main(["train", "--resume"]) == 2
    assert main(["train"]) == 2


def test_a_run_that_stopped_early_says_so_and_may_go_on(tmp_path: Path, capsys: Say) -> None:
    project = templates.open_template("iris")
    project.plan = replace(project.plan, epochs=3, batch_size=64, patience=1, min_delta=1000)
    file.save(project, tmp_path / "p.netwright")
    run = tmp_path / "run"
    assert main(["train", str(tmp_path / "p.netwright"), "--run-dir", str(run)]) == 0
    assert "Stopped early after 4 steps: 1 epoch without improvement." in capsys.readouterr().out
    assert main(["runs", str(run)]) == 0
    assert "done early" in capsys.readouterr().out
    assert main(["train", "--resume", str(run)]) == 0
    said = capsys.readouterr().out
    assert "is finished: it stopped early after 2 epochs, 1 epoch without improvement." in said
    assert Run(run).summary.step == 4
    assert main(["train", "--resume", str(run), "--epochs", "6"]) == 0
    assert "Stopped early after 6 steps" in capsys.readouterr().out
    assert main(["train", "--resume", str(run), "--epochs", "4"]) == 0
    summary = Run(run).summary
    assert (summary.state, summary.epochs, summary.planned) == ("done", 4, 4)
    assert not summary.in_vain


def test_a_run_goes_on_with_no_fewer_epochs_than_it_has_begun(tmp_path: Path, capsys: Say) -> None:
    project = templates.open_template("iris")
    project.plan = replace(project.plan, epochs=5, batch_size=32)
    run, control = RunStore(tmp_path / "runs").create(project), Control()
    for event in train_project(project, run, control):
        if isinstance(event, EpochDone) and event.epoch == 3:
            control.stop()
    begun = place_to_resume(run).begun
    assert begun in (3, 4)
    words = ["train", "--resume", str(run.folder), "--epochs"]
    assert main([*words, str(begun - 1)]) == 3
    said = capsys.readouterr().err
    assert f"has begun its epoch {begun} already, so it can't end after {begun - 1}." in said
    assert run.project().plan.epochs == 5
    assert main([*words, str(begun)]) == 0
    assert (run.summary.epochs, run.summary.planned) == (begun, begun)


@pytest.mark.parametrize("words", [("--seeds", "0"), ("--seeds=-2",), ("--most-memory=-5",)])
def test_no_number_at_all_of_runs_or_of_memory_is_refused(
    words: tuple[str, ...], capsys: Say
) -> None:
    assert main(["train", "p.netwright", *words]) == 2
    assert "is no whole number from 1 on" in capsys.readouterr().err


def test_a_damaged_state_is_passed_over_and_another_environment_told(
    first: Run, capsys: Say
) -> None:
    assert main(["train", "--resume", str(first.folder), "--epochs", "3"]) == 0
    known = first.environment()
    known["versions"]["torch"] = "1.0.0"
    first.environment_path.write_text(json.dumps(known))
    newest = first.folder / "checkpoints" / f"{first.summary.step}.safetensors"
    newest.write_bytes(newest.read_bytes()[:500])
    assert main(["train", "--resume", str(first.folder), "--epochs", "4"]) == 0
    told = " ".join(event.message for event in first.events() if isinstance(event, Warned))
    assert f"{newest.name} is damaged; the run goes on from 4 steps" in told
    assert "torch 1.0.0 before" in told
    assert first.summary.epochs == 4
    assert len(first.series("loss")) == first.summary.step
    assert first.environment()["versions"]["torch"] == "1.0.0"  # what it began on stays


@pytest.mark.parametrize("loss", ["gone", "damaged"])
def test_a_run_that_lost_its_checkpoints_keeps_its_weights(
    first: Run, tmp_path: Path, capsys: Say, loss: str
) -> None:
    for path in (first.folder / "checkpoints").iterdir():
        path.unlink() if loss == "gone" else path.write_bytes(path.read_bytes()[:500])
    before = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    again = ["train", "--resume", str(first.folder)]
    assert main([*again, "--epochs", "3"]) == 3
    said = capsys.readouterr().err
    assert f"can't go on: its checkpoints are {loss}" in said
    assert f"--from {first.folder} begins with them" in said
    with pytest.raises(UserError, match=f"its checkpoints are {loss}"):  # whoever asks
        list(train_project(first.project(), first, Control(), resume=True))
    after = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    assert after == before
    assert main(again) == 0  # it is finished, and needs none
    project = str(tmp_path / "p.netwright")
    assert main(["train", project, "--from", str(first.folder)]) == 0


def test_a_run_that_is_live_elsewhere_is_left_alone(first: Run, capsys: Say) -> None:
    before = first.events_path.read_bytes()
    with Recorder(first):
        assert main(["train", "--resume", str(first.folder), "--epochs", "3"]) == 3
        assert "is under way" in capsys.readouterr().err
        with pytest.raises(Exception, match="under way in another program"):
            Recorder(first)
    assert first.events_path.read_bytes() == before
