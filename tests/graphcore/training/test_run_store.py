"""The run store: folders that tell what happened, also damaged and growing ones."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.training.events import (
    EpochDone,
    Event,
    Failed,
    Finished,
    Saved,
    Started,
    StepsDone,
    Warned,
    to_line,
)
from graphcore.training.recorder import Recorder
from graphcore.training.runs import Run, RunStore, store_for

STARTED = Started("r", "cpu", 1, 2, 5, 99, at="2026-11-23T15:42:00+00:00")
FIRST = EpochDone(1, 5, {"loss": 1.0}, {"loss": 0.9, "accuracy": 0.5}, 2.0, 10.0, best=True)
SECOND = EpochDone(2, 10, {"loss": 0.5}, {"loss": 1.9, "accuracy": 0.4}, 3.0, 10.0)


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path / "runs")


def written(store: RunStore, *events: Event, title: str = "Digits CNN") -> Run:
    run = store.create(Project(title=title))
    with Recorder(run) as recorder:
        for event in events:
            recorder.record(event)
    return run


def test_an_id_can_be_read_and_sorted(store: RunStore) -> None:
    run = store.create(Project(title="Digits: CNN!"))
    day, clock, name = run.id[:10], run.id[11:15], run.id[16:-5]
    assert day.count("-") == 2
    assert clock.isdecimal()
    assert name == "digits-cnn"
    assert store.create(Project(), "…").id[16:-5] == "untitled"


def test_projects_in_other_alphabets_don_t_share_their_runs(store: RunStore) -> None:
    names = ("犬", "猫", "Häuser 1", "H user 1")
    runs = {name: store.create(Project(), name) for name in names}
    for name, run in runs.items():
        assert store.runs(name) == [run]


def test_a_run_that_can_t_be_made_leaves_no_half(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(project: Project, path: Path) -> None:
        raise UserError("It could not be saved.") from OSError(28, "No space left on device")

    monkeypatch.setattr("graphcore.training.runs.file.save", full)
    with pytest.raises(UserError, match="No space left on device"):
        store.create(Project(title="x"))
    assert list(store.root.iterdir()) == []


def test_two_windows_never_get_one_folder(store: RunStore, monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter(("aaaa", "aaaa", "bbbb"))
    monkeypatch.setattr("graphcore.training.runs.secrets.token_hex", lambda _: next(draws))
    project = Project(title="x")
    monkeypatch.setattr("graphcore.training.runs.file.save", lambda project, path: None)
    assert [store.create(project).id[-4:] for _ in "12"] == ["aaaa", "bbbb"]


def test_the_project_is_kept_as_it_was(store: RunStore) -> None:
    project = Project(title="One", about="Two")
    run = store.create(project)
    project.title = "Three"
    assert (run.project().title, run.project().about) == ("One", "Two")


def test_a_finished_run_at_a_glance(store: RunStore) -> None:
    run = written(store, STARTED, FIRST, SECOND, Saved(10, "x"), Finished("done", 10, 2))
    found = run.summary
    assert (found.state, found.epochs, found.planned, found.step) == ("done", 2, 2, 10)
    assert (found.best, found.best_epoch) == (FIRST.val, 1)
    assert (found.seconds, found.parameters, found.device) == (5.0, 99, "cpu")
    assert found.started is not None
    assert found.started.year == 2026
    assert found.problem == ""


def test_series_are_dense_and_grow(store: RunStore) -> None:
    run = store.create(Project())
    with Recorder(run) as recorder:
        recorder.record(StepsDone(0, {"loss": (1.0, 0.5), "accuracy": (0.0, float("nan"))}))
        assert run.series("loss").tolist() == [1.0, 0.5]
        recorder.record(StepsDone(2, {"loss": (0.25,), "accuracy": (1.0,)}))
    assert run.series("loss").tolist() == [1.0, 0.5, 0.25]
    assert run.series("loss").dtype == np.float32
    assert np.isnan(run.series("accuracy")[1])
    assert run.series_names() == ("loss", "accuracy")
    assert run.series("nothing").size == 0
    assert run.events() == []


def test_half_a_number_and_half_a_line_are_still_being_written(store: RunStore) -> None:
    run = written(store, STARTED, StepsDone(0, {"loss": (1.0,)}))
    with run.series_path("loss").open("ab") as file:
        file.write(b"\x00\x01")
    with run.events_path.open("a") as file:
        file.write(to_line(FIRST)[:20])
    assert run.series("loss").tolist() == [1.0]
    assert run.events() == [STARTED]
    assert run.summary.problem == "It ended without a word: its process is gone."


def test_a_run_is_live_while_someone_writes_it(store: RunStore) -> None:
    run = store.create(Project())
    assert not run.is_live
    with Recorder(run) as recorder:
        recorder.record(STARTED)
        assert Run(run.folder).is_live
        assert run.summary.state == "running"
    assert not run.is_live
    assert run.summary.state == "interrupted"


def test_a_run_whose_process_was_killed_is_interrupted(store: RunStore) -> None:
    run = store.create(Project())
    code = (
        "import sys, pathlib\n"
        "from graphcore.training.recorder import Recorder\n"
        "from graphcore.training.runs import Run\n"
        "recorder = Recorder(Run(pathlib.Path(sys.argv[1])))\n"
        "print('ready', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(run.folder)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert run.is_live
        process.kill()
    assert run.summary.state == "interrupted"


@pytest.mark.parametrize(
    ("last", "state", "problem"),
    [
        (Finished("stopped", 5, 1), "stopped", ""),
        (Finished("interrupted", 5, 1), "interrupted", ""),
        (Failed("No memory.", "Use less."), "failed", "No memory. Use less."),
    ],
)
def test_how_a_run_ended(store: RunStore, last: Event, state: str, problem: str) -> None:
    found = written(store, STARTED, FIRST, last).summary
    assert (found.state, found.problem) == (state, problem)


def test_damaged_runs_are_listed_with_a_sentence(store: RunStore) -> None:
    whole = written(store, STARTED, FIRST, Finished("done", 5, 1), title="a")
    foreign = written(store, STARTED, Warned("x"), Finished("done", 5, 1), title="b")
    foreign.events_path.write_bytes(b"\xff\xfe\x00 junk\n[]\n" + foreign.events_path.read_bytes())
    lost = written(store, STARTED, title="c")
    lost.project_path.unlink()
    (lost.folder / "environment.json").write_text("{{{{")
    (store.root / "not-a-run").mkdir()
    (store.root / "a-file").write_text("x")
    found = {run.id[16:-5]: run.summary for run in store.runs()}
    assert found.keys() == {"a", "b", "c"}
    assert found["a"].problem == ""
    assert (found["b"].state, found["b"].problem) == (
        "done", "2 lines of events.jsonl can't be read.",
    )  # fmt: skip
    assert found["c"].state == "damaged"
    assert "has lost its project" in found["c"].problem
    with pytest.raises(UserError, match="no project file"):
        lost.project()
    assert whole in store.runs()


def test_no_run_is_no_crash(store: RunStore) -> None:
    assert store.runs() == []
    with pytest.raises(UserError, match="no run “x”"):
        store.find("x")
    assert Run(store.root / "gone").summary.state == "damaged"


def test_a_run_is_found_by_id_beginning_and_folder(
    store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = written(store, STARTED)
    other = store.root / "1999-x"
    shutil.copytree(run.folder, other)
    assert store.find(run.id) == run
    assert store.find("1999") == Run(other)
    assert RunStore(Path("elsewhere")).find(str(other)) == Run(other)
    with pytest.raises(UserError, match=r"begins the names of 2 runs|no run"):
        store.find("")
    with pytest.raises(UserError, match="is no run"):
        store.find(str(store.root))
    with pytest.raises(UserError, match="There is no folder"):
        store.find(str(store.root / "gone"))
    early = store.root / "early"  # killed before its project was there
    early.mkdir()
    Run(early).lock_path.touch()
    with pytest.raises(UserError, match="was ended before it began"):
        store.find(str(early))


def test_runs_are_newest_first(store: RunStore) -> None:
    run = written(store, STARTED)
    shutil.copytree(run.folder, store.root / "1999-01-01-0000-x-0000")
    assert [item.id[:4] for item in store.runs()] == [run.id[:4], "1999"]


def test_stores_lie_beside_the_project_or_at_home(home: Path, tmp_path: Path) -> None:
    assert store_for(tmp_path / "x.netwright").root == tmp_path / "runs"
    assert store_for(None).root == home / "runs"


def test_a_place_that_can_not_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(UserError, match="No run can be written"):
        RunStore(tmp_path / "runs").create(Project())


def test_a_series_never_leaves_its_folder(store: RunStore) -> None:
    with pytest.raises(UserError, match="no name of a series"):
        store.create(Project()).series_path("../../x")


def test_weights_that_are_not_there_yet(store: RunStore) -> None:
    with pytest.raises(UserError, match="has no best weights"):
        store.create(Project()).weights_path("best")


def test_runs_and_forms_are_there_before_torch_is() -> None:
    names = ("runs", "recorder", "parts", "events", "control")
    code = f"import sys; {'; '.join(f'import graphcore.training.{name}' for name in names)}"
    command = [sys.executable, "-c", f"{code}; import gui.runner; print('torch' in sys.modules)"]
    assert subprocess.run(command, capture_output=True, text=True).stdout == "False\n"
