"""Runs whose samples are read batch by batch: the same numbers as with samples that are held."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from graphcore.data.sources import describe, read
from graphcore.project.edits import Set
from graphcore.project.project import Project
from graphcore.training.checkpoint import read_tensors
from graphcore.training.control import Control
from graphcore.training.events import EpochDone, Event, Failed, Started, StepsDone, Warned
from graphcore.training.feeding import is_streamed
from graphcore.training.runs import Run, RunStore
from graphcore.training.session import evaluate, train_project
from tests.drawing import digits_choice, digits_cnn, two_heads


@pytest.fixture
def store(tmp_path: Path) -> RunStore:
    return RunStore(tmp_path / "runs")


def with_data(drawing=None, loading: str = "memory") -> Project:
    drawing = drawing or digits_cnn()
    choice = digits_choice()
    drawing.do(Set(("data",), describe(choice.source, choice.options, None, choice)))
    drawing.do(Set(("plan", "epochs"), 2))
    drawing.do(Set(("plan", "loading"), loading))
    return drawing.project


def trained(project: Project, store: RunStore) -> tuple[Run, list[Event]]:
    run = store.create(project)
    return run, list(train_project(project, run, Control()))


def told(events: list[Event]) -> tuple[list[float], list[dict]]:
    """Losses of all steps, and what each epoch came to."""
    losses = [v for e in events if isinstance(e, StepsDone) for v in e.values["loss"]]
    return losses, [{**e.train, **e.val} for e in events if isinstance(e, EpochDone)]


@pytest.mark.parametrize("drawn", [digits_cnn, two_heads])
def test_a_streamed_run_is_the_held_one_bit_for_bit(drawn, store: RunStore) -> None:
    held, streamed = (with_data(drawn(), loading) for loading in ("memory", "stream"))
    (one, first), (two, second) = trained(held, store), trained(streamed, store)
    assert told(first) == told(second)
    assert one.weights_path("last").read_bytes() == two.weights_path("last").read_bytes()
    assert evaluate(streamed, two, "last") == evaluate(held, one, "last")


def test_a_run_says_how_it_is_fed(store: RunStore) -> None:
    for loading, is_held in (("memory", True), ("stream", False)):
        (started,) = (e for e in trained(with_data(loading=loading), store)[1]
                      if isinstance(e, Started))  # fmt: skip
        assert (started.readers == -1) is is_held


def test_by_itself_a_run_streams_what_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    project, cpu = with_data(loading="auto"), torch.device("cpu")
    samples = read(project.data, None)
    assert not is_streamed(project, samples, cpu)
    monkeypatch.setattr("graphcore.training.feeding.free_bytes", lambda device: 1_000_000)
    assert is_streamed(project, samples, cpu)
    project.plan = replace(project.plan, loading="memory")
    assert not is_streamed(project, samples, cpu)


def test_a_streamed_run_goes_on_in_the_middle_of_an_epoch(store: RunStore) -> None:
    project = with_data(loading="stream")
    whole, _ = trained(project, store)
    run, control = store.create(project), Control()
    for event in train_project(project, run, control):
        if isinstance(event, Started):
            control.stop()
    list(train_project(project, run, Control(), resume=True))
    for name in ("last.safetensors",):
        one, two = (read_tensors(item.folder / name) for item in (whole, run))
        assert all(torch.equal(one[key], two[key]) for key in one)


@pytest.mark.slow
def test_a_picture_that_breaks_during_a_run_is_told_and_left_out(
    tmp_path: Path, store: RunStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = np.random.default_rng(0)
    for number in range(40):
        path = tmp_path / "pictures" / "ab"[number % 2] / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(draws.integers(0, 255, (8, 8), dtype=np.uint8)).save(path)
    monkeypatch.setattr("graphcore.data.samples.MOST_BYTES", 100)
    drawing = digits_cnn()
    drawing.do(Set(("data",), describe("images", {"path": str(tmp_path / "pictures")}, None)))
    drawing.do(Set(("plan",), replace(drawing.project.plan, epochs=1, loading="stream")))
    broken = tmp_path / "pictures" / "a" / "4.png"
    broken.write_bytes(broken.read_bytes()[:60])
    _, events = trained(drawing.project, store)
    assert not [e for e in events if isinstance(e, Failed)]
    assert any("4.png" in e.message for e in events if isinstance(e, Warned))
