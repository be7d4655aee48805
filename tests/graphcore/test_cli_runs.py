"""Runs from the command line: listed, compared, named, exported, thrown away and taken back."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from graphcore import cli
from graphcore.project import file, templates
from graphcore.project.edits import SetParam
from graphcore.training.about import About, about, say, tidy
from graphcore.training.events import EpochDone, Finished, Sampled, Started, StepsDone
from graphcore.training.recorder import Recorder
from graphcore.training.runs import Run, RunStore

Say = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(folder: Path, name: str = "digits", **plan: object) -> Run:
    """A run of two steps."""
    project = templates.open_template("digits-cnn")
    project.plan = replace(project.plan, **plan)
    run = RunStore(folder / "runs").create(project, name)
    with Recorder(run) as recorder:
        recorder.describe({"versions": {"torch": str(plan.get("seed", 2))}, "process": id(run)})
        for event in (
            Started("r", "cpu", 1, 1, 2, 10, ("loss", "seconds")),
            StepsDone(0, {"loss": (1.0, 0.5), "seconds": (1.0, 2.0)}),
            Sampled(2, {"memory": 7.0}),
            EpochDone(1, 2, {"loss": 0.75}, {"loss": 0.25}, 2.0, 10.0, True),
            Finished("done", 2, 1),
        ):
            recorder.record(event)
    return run


def run_command(*words: object) -> int:
    return cli.main(["runs", *map(str, words)])


def test_curves_become_a_table(here: Path) -> None:
    run = made(here)
    assert run_command(run.id, "--csv", "curves.csv") == 0
    first, second = csv.DictReader((here / "curves.csv").read_text().splitlines())
    assert first == {"step": "0", "epoch": "1", "train loss": "1", "train seconds": "1",
                     "epoch loss": "", "val loss": "", "memory": ""}  # fmt: skip
    assert (second["epoch loss"], second["val loss"], second["memory"]) == ("0.75", "0.25", "7.0")


def test_a_table_is_written_whole_or_not_at_all(here: Path, capsys: Say) -> None:
    run = made(here)
    assert run_command(run.folder, "--csv", "missing/curves.csv") == 3
    assert "can't be written" in capsys.readouterr().err
    assert sorted(path.name for path in here.iterdir()) == ["runs"]


def test_events_for_tensorboard_go_to_a_folder_each(here: Path) -> None:
    first, second = made(here), made(here)
    assert run_command(first.id, second.id, "--tensorboard", "board") == 0
    found = sorted((here / "board").glob("*/events.out.tfevents.*"))
    assert [path.parent.name for path in found] == sorted([first.id, second.id])


def test_two_runs_are_compared(here: Path, capsys: Say) -> None:
    first, second = made(here, epochs=1, seed=2), made(here, epochs=5, seed=3)
    project = second.project()
    node = project.graph.by_name("conv1")
    assert node is not None
    SetParam(node.id, "kernel_size", 5).apply(project)
    file.save(project, second.project_path)
    assert run_command(first.id, second.id, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    found = {(row["part"], row["what"]): row["values"] for row in rows}
    assert found.pop(("drawing", "conv1.kernel_size"))[1] == "5"
    assert found == {
        ("plan", "epochs"): ["1", "5"], ("plan", "seed"): ["2", "3"],
        ("environment", "versions.torch"): ["2", "3"],
    }  # fmt: skip
    assert run_command(first.id, second.id) == 0
    assert "versions.torch" in capsys.readouterr().out
    assert run_command(first.id, first.folder) == 0
    assert "Nothing differs" in capsys.readouterr().out


def test_things_are_said_of_a_run_and_listed(here: Path, capsys: Say) -> None:
    run = made(here)
    before = run.summary
    words = ("--name", "Wider", "--note", "Two\nlines", "--tag", " good  one ", "--tag", "wide")
    assert run_command(run.id, *words, "--favourite") == 0
    assert about(run) == About("Wider", "Two\nlines", ("good one", "wide"), True)
    assert run.summary == before
    assert run_command() == 0
    assert "★ Wider #good one #wide" in capsys.readouterr().out
    assert run_command(run.id, "--untag", "wide", "--no-favourite", "--json") == 0
    assert json.loads(capsys.readouterr().out)["about"]["tags"] == ["good one"]
    assert not about(run).is_favourite


def test_a_deleted_run_comes_back_as_it_was(here: Path, capsys: Say) -> None:
    run = made(here)
    say(run, About(name="Kept"))
    assert run_command(run.id, "--delete") == 0
    assert not run.folder.exists()
    assert RunStore(here / "runs").runs() == []
    assert run_command(run.id[:-1], "--restore") == 0
    assert about(run).name == "Kept"
    assert run.summary.state == "done"
    assert run_command(run.id, "--restore") == 3
    assert "not in the trash" in capsys.readouterr().err


def test_a_run_under_way_is_not_deleted(here: Path, capsys: Say) -> None:
    run = made(here)
    with Recorder(run):
        assert run_command(run.id, "--delete") == 3
    assert "under way" in capsys.readouterr().err
    assert run.folder.is_dir()


@pytest.mark.parametrize("text", ["", "[]", '{"tags": 5, "name": ["x"], "note": null}', "[" * 9999])
def test_what_was_damaged_says_nothing(here: Path, text: str) -> None:
    run = made(here)
    (run.folder / "about.json").write_text(text)
    assert about(run) == About()


def test_tags_are_tidy() -> None:
    assert tidy([" a  b ", "c", "a b", "", "  "]) == ("a b", "c")


def test_what_is_missing_is_said(here: Path, capsys: Say) -> None:
    assert run_command("nothing", "--csv", "x.csv") == 3
    assert "There is no run “nothing”" in capsys.readouterr().err
    assert run_command("--csv", "x.csv") == 2
