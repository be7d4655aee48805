"""Runs that several processes train: the same numbers as one, and one stream of events."""

import json
import os
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from graphcore.cli import main, together
from graphcore.cli.hearing import stopped_by_signals
from graphcore.cli.together import launched
from graphcore.project import file, templates
from graphcore.project.edits import SetParam
from graphcore.project.plan import Plan
from graphcore.training.checkpoint import read_tensors
from graphcore.training.company import Company
from graphcore.training.control import Control
from graphcore.training.events import (
    Compiled,
    EpochDone,
    Event,
    Failed,
    Finished,
    Probed,
    Saved,
    Started,
    Warned,
    from_line,
    to_line,
)
from graphcore.training.feeding import Held
from graphcore.training.probing import NOWHERE
from graphcore.training.runs import Run, create_at
from graphcore.training.sharing import SharedFeed
from tests.graphcore.training.test_blame import digits

MAIN = Path(main.__code__.co_filename).resolve().parents[2] / "main.py"
SECONDS = 170


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "digits.netwright"
    file.save(templates.open_template("digits-mlp"), path)
    return path


def trained(project: Path, name: str, *words: str) -> Run:
    folder = project.parent / name
    line = [sys.executable, str(MAIN), "train", str(project), "--run-dir", str(folder), *words]
    subprocess.run(line, check=True, timeout=SECONDS, capture_output=True)
    return Run(folder)


def weights(run: Run) -> Mapping[str, torch.Tensor]:
    return read_tensors(run.weights_path("last"))


def epochs(run: Run) -> list[Mapping[str, float]]:
    return [{**e.train, **{f"val {k}": v for k, v in e.val.items()}}
            for e in run.events() if isinstance(e, EpochDone)]  # fmt: skip


def assert_alike(one: Run, other: Run) -> None:
    """Equal within the error of float32: sums in another order."""
    for name, value in weights(one).items():
        torch.testing.assert_close(value, weights(other)[name], rtol=1e-4, atol=1e-5)
    for first, second in zip(epochs(one), epochs(other), strict=True):
        assert first == pytest.approx(second, rel=1e-4)
    assert torch.allclose(*(torch.from_numpy(run.series("loss")) for run in (one, other)), 1e-4)


def test_two_processes_with_gloo_equal_one_with_the_doubled_batch(project: Path) -> None:
    two = trained(project, "two", "--nproc", "2", "--epochs", "2", "--set", "batch_size=32")
    one = trained(project, "one", "--epochs", "2", "--set", "batch_size=64")
    assert_alike(one, two)
    (started,) = (event for event in two.events() if isinstance(event, Started))
    assert started.train_samples == 1438
    assert two.environment()["processes"] == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("--set", "parallel=fsdp"),
        ("--set", "accumulate=2"),
        ("--set", "parallel=fsdp", "--set", "accumulate=2", "--set", "ema=0.9"),
        ("--set", "loading=stream", "--set", "clip_norm=0.5"),
        ("--set", "parallel=fsdp", "--set", "optimizer.name=SGD", "--set", "optimizer.lr=0.1"),
        ("--set", "parallel=fsdp", "--set", "optimizer.name=Adagrad"),
    ],
    ids=[
        "in shards",
        "accumulated",
        "in shards, accumulated, averaged",
        "streamed, clipped",
        "SGD in shards",
        "Adagrad in shards",
    ],
)
def test_two_equal_one_however_they_work(project: Path, words: tuple[str, ...]) -> None:
    two = trained(project, "two", "--nproc=2", "--epochs", "2", "--set", "batch_size=32", *words)
    alone = [w for w in words if "fsdp" not in w] if "parallel=fsdp" not in words else list(words)
    one = trained(project, "one", "--epochs", "2", "--set", "batch_size=64", *alone)
    assert_alike(one, two)


@pytest.mark.slow
def test_two_equal_one_where_some_targets_do_not_count(project: Path) -> None:
    drawn = file.load(project)
    for edit in (SetParam("loss", "ignore_index", 3), SetParam("loss", "label_smoothing", 0.1)):
        edit.apply(drawn)
    file.save(drawn, project)
    words = ("--epochs", "2", "--set", "accumulate=2", "--set")
    two = trained(project, "two", "--nproc=2", *words, "batch_size=16")
    one = trained(project, "one", "--epochs", "2", "--set", "batch_size=64")
    assert weights(one).keys() == weights(two).keys()
    for name, value in weights(one).items():
        torch.testing.assert_close(value, weights(two)[name], rtol=1e-4, atol=1e-5)
    assert torch.allclose(*(torch.from_numpy(run.series("loss")) for run in (one, two)), 1e-4)
    for here, there in zip(epochs(one), epochs(two), strict=True):
        for name in ("loss", "val loss"):  # of validation too, in which the batches are others
            assert here[name] == pytest.approx(there[name], rel=1e-4)


@pytest.mark.slow
def test_two_compile_their_replicas_and_equal_one(project: Path) -> None:
    words = ("--epochs", "1", "--set", "batch_size=32", "--set", "compile=default")
    two = trained(project, "two", "--nproc", "2", *words)
    (told,) = (event for event in two.events() if isinstance(event, Compiled))
    assert (told.mode, told.reason) == ("default", "")
    assert told.graphs > 0
    assert_alike(trained(project, "one", "--epochs", "1", "--set", "batch_size=64"), two)


@pytest.mark.slow
def test_a_run_of_two_goes_on_where_it_was_stopped(project: Path) -> None:
    words = ("--epochs", "3", "--set", "batch_size=16", "--nproc", "2")
    whole = trained(project, "whole", *words)
    with speaking(project, "broken", *words) as (process, events):
        for event in events:
            if isinstance(event, EpochDone):
                process.stdin.write("stop\n")
                process.stdin.flush()
                break
        assert isinstance(list(events)[-1], Finished)
    broken = Run(project.parent / "broken")
    assert len(broken.series("loss")) < len(whole.series("loss"))
    line = [sys.executable, str(MAIN), "train", "--resume", str(broken.folder)]
    subprocess.run(line, check=True, timeout=SECONDS, capture_output=True)
    assert whole.weights_path("last").read_bytes() == broken.weights_path("last").read_bytes()
    assert epochs(whole) == epochs(broken)


def last_look(run: Run) -> dict[str, Probed]:
    """What the probe of a run saw last, forward and backward."""
    found = [from_line(line) for line in run.probes_path.read_text("utf-8").splitlines()]
    return {look.direction: look for look in found if isinstance(look, Probed)}


@pytest.mark.slow
def test_a_probe_sees_the_part_of_the_first_and_changes_nothing(project: Path) -> None:
    words = ("--nproc", "2", "--epochs", "1", "--set")
    whole = "batch_size=719"  # all samples in one step
    probed = last_look(trained(project, "probed", *words, whole, "--probe", "head"))
    alone = ("--epochs", "1", "--set", "batch_size=1438", "--probe", "head")
    one = last_look(trained(project, "one", *alone))
    assert probed["forward"].shape == (719, 10)
    for direction in ("forward", "backward"):
        assert probed[direction].spread == pytest.approx(one[direction].spread, rel=0.1)
    plain, seen = (trained(project, name, *words, "batch_size=32", *more)
                   for name, more in (("plain", ()), ("seen", ("--probe", "head"))))  # fmt: skip
    assert plain.weights_path("last").read_bytes() == seen.weights_path("last").read_bytes()


@pytest.mark.slow
def test_probes_of_a_model_in_shards_are_refused_in_words(project: Path) -> None:
    words = ("--nproc", "2", "--epochs", "1", "--set", "parallel=fsdp", "--probe", "head")
    run = trained(project, "shards", *words)
    told = [event.message for event in run.events() if isinstance(event, Warned)]
    assert NOWHERE in told
    assert not run.probes_path.exists()


@pytest.mark.slow
def test_a_number_that_is_none_is_traced_by_the_first(project: Path) -> None:
    file.save(digits("nn.ReLU", "ops.log"), project)
    folder = project.parent / "two"
    line = [sys.executable, str(MAIN), "train", str(project), "--run-dir", str(folder)]
    line += ["--nproc", "2", "--set", "batch_size=1"]  # many steps an epoch
    done = subprocess.run(line, timeout=SECONDS, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    started, *_, last = Run(folder).events()
    assert isinstance(started, Started)
    assert isinstance(last, Failed)
    assert len(Run(folder).series("loss")) < started.steps_per_epoch
    assert (last.cause, last.node) == ("numbers", "my_log")
    assert "gave -inf in the forward pass, first at step 0" in last.message
    assert last.message in done.stderr


@pytest.mark.slow
def test_one_that_dies_ends_the_run_with_a_sentence(project: Path) -> None:
    with speaking(project, "dying", "--nproc", "2", "--epochs", "100000") as (process, events):
        started = next(event for event in events if isinstance(event, Saved))
        assert started
        (other,) = (pid for pid in children(process.pid) if environment(pid)["RANK"] == "1")
        os.kill(other, signal.SIGKILL)
        last = list(events)[-1:]
        said = process.stderr.read()
    assert process.returncode == 3
    assert "died" in said or any(isinstance(event, Failed) for event in last)


@pytest.mark.slow
def test_control_c_saves_and_ends_both(project: Path) -> None:
    with speaking(project, "broken off", "--nproc", "2", "--epochs", "100000") as (process, events):
        next(event for event in events if isinstance(event, EpochDone))
        process.send_signal(signal.SIGINT)
        last = list(events)[-1]
    assert isinstance(last, Finished)
    assert last.reason == "interrupted"
    assert process.returncode == 130


class speaking:  # noqa: N801 - it reads as a function
    """A run that says its events, while it goes on."""

    def __init__(self, project: Path, name: str, *words: str) -> None:
        self._line = [sys.executable, str(MAIN), "train", str(project), "--json",
                      "--run-dir", str(project.parent / name), *words]  # fmt: skip

    def __enter__(self) -> tuple[subprocess.Popen, Iterator[Event]]:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            self._line, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )
        assert self._process.stdout
        return self._process, (from_line(line) for line in self._process.stdout)

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.wait(60)
        for file_ in (self._process.stdin, self._process.stdout, self._process.stderr):
            file_.close()


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(word) for word in text.split()]


def environment(pid: int) -> dict[str, str]:
    rows = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return dict(row.decode().split("=", 1) for row in rows if b"=" in row)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 20])
def test_shares_are_all_samples_once(count: int) -> None:
    feed = Held({"x": torch.arange(count)})
    order = torch.randperm(count)
    own: list[list[int]] = []
    for rank in range(3):
        company = Company(rank, 3)
        shared = SharedFeed(feed, company)
        taken = [batch["x"].tolist() for batch in shared.batches(order, 6)]
        wanted = [company.part(places).tolist() for places in torch.split(order, 6)]
        for part, found in zip(wanted, taken, strict=True):
            assert found == part or (not part and len(found) == 1)
        own += wanted
    assert sorted(place for part in own for place in part) == list(range(count))
    stretches = [batch["x"].tolist() for rank in range(3)
                 for batch in SharedFeed(feed, Company(rank, 3)).in_order(2)]  # fmt: skip
    assert sorted(place for part in stretches for place in part) == list(range(count))


def test_a_job_for_slurm(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slurm", str(project), "--nodes", "3", "--gpus", "4", "--set", "epochs=9"]) == 0
    script = capsys.readouterr().out
    assert "#SBATCH --nodes=3" in script
    assert "--nproc-per-node=4" in script
    assert "words=(--set epochs=9)" in script
    assert f'train {project.resolve()} "${{words[@]}}"' in script
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_a_plan_may_ask_for_processes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(project), "--nproc", "0"]) == 2
    assert "from 1 on" in capsys.readouterr().err
    assert json.loads(project.read_text())["plan"].get("processes") is None


def test_torchrun_alone_says_how_many_train(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "1")
    asked = Namespace(nproc=None, words=[])
    assert launched(asked, Plan(processes=2)) is None


def a_run_of_two(project: Path, **plan: object) -> Run:
    """A run that has begun, and was trained by two processes."""
    drawn = file.load(project)
    drawn.plan = replace(drawn.plan, **plan)
    run = create_at(project.parent / "two", drawn)
    run.environment_path.write_text('{"processes": 2}', encoding="utf-8")
    return run


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], int]]:
    """The command and the number of the processes that are begun; none is."""
    found: list[tuple[list[str], int]] = []

    def note(command: list[str], count: int) -> int:
        found.append((command[2:], count))
        return 0

    monkeypatch.setattr(together, "launch", note)
    return found


@pytest.mark.parametrize("way", ["--resume", "--again"])
def test_a_run_of_two_goes_on_and_is_repeated_with_two(
    project: Path, begun: list[tuple[list[str], int]], way: str
) -> None:
    words = ["train", way, str(a_run_of_two(project).folder)]
    assert main(words) == 0
    assert main([*words, "--nproc", "2"]) == 0
    assert begun == [(words, 2), (words, 2)]


def test_a_run_of_two_goes_on_with_no_other_number(
    project: Path,
    begun: list[tuple[list[str], int]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = ["train", "--resume", str(a_run_of_two(project, processes=3).folder)]
    for count in ("1", "3"):
        assert main([*words, "--nproc", count]) == 3
        said = capsys.readouterr().err
        assert f"trained by 2 processes, and its place is counted in their steps: {count}" in said
        assert "Leave out --nproc" in said
    monkeypatch.setenv("WORLD_SIZE", "4")
    assert main(words) == 3
    assert "4 can't go on with it" in capsys.readouterr().err
    assert begun == []


def test_a_run_of_two_that_one_does_again_says_so(
    project: Path, begun: list[tuple[list[str], int]], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["train", "--again", str(a_run_of_two(project, epochs=1).folder)]
    assert main([*words, "--nproc", "1"]) == 0
    assert "was trained by 2 processes, now it is 1" in capsys.readouterr().err
    assert main([*words, "--set", "processes=3"]) == 0
    assert begun == [([*words, "--set", "processes=3"], 3)]


def test_a_finished_run_of_two_says_so_without_beginning_them(
    project: Path,
    begun: list[tuple[list[str], int]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = a_run_of_two(project, epochs=1)
    run.events_path.write_text(to_line(Finished("done", 45, 1)) + "\n", encoding="utf-8")
    words = ["train", "--resume", str(run.folder)]
    assert main(words) == 0
    assert "is finished" in capsys.readouterr().out
    for name, value in (("WORLD_SIZE", "2"), ("RANK", "1")):
        monkeypatch.setenv(name, value)
    assert main(words) == 0  # nor does the other wait for the first
    assert capsys.readouterr().out == ""
    assert begun == []


def test_one_of_several_may_be_told_twice_that_its_time_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    control = Control()
    with stopped_by_signals(control) as status:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGTERM)
        assert control.is_stopping
    assert status.interrupted == 143
