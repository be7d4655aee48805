"""What is looked at while a run trains: seen in its events, its folder and its curves alike."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from graphcore.project import templates
from graphcore.training import watch
from graphcore.training.control import Control
from graphcore.training.curves import Curves, Mark
from graphcore.training.events import Changed, EpochDone, Event, Sampled, Started, StepsDone
from graphcore.training.machine import Machine
from graphcore.training.recorder import Recorder
from graphcore.training.runs import Run, RunStore
from graphcore.training.session import train_project
from tests.graphcore.training import toys


@pytest.fixture(autouse=True)
def looks_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever looking costs: otherwise it would be up to the machine which steps are seen."""
    monkeypatch.setattr(watch, "OFTEN", 0.0)
    monkeypatch.setattr(watch, "MOST_SHARE", 1e9)
    monkeypatch.setattr(watch, "RARELY", 0.0)


def samples(events: list[Event]) -> list[Sampled]:
    return [event for event in events if isinstance(event, Sampled)]


def test_norms_and_ratios_are_those_of_each_node() -> None:
    model = toys.objective()
    before = {name: param.detach().clone() for name, param in model.named_parameters()}
    first = samples(toys.events(model=model, how=toys.plan(epochs=1, optimizer="SGD")))[0]
    assert first.step == 1
    assert {name for name in first.values if name.startswith("gradient_norm")} == {
        "gradient_norm", "gradient_norm.first", "gradient_norm.head",
    }  # fmt: skip
    parts = [first.values[f"gradient_norm.{name}"] for name in ("first", "head")]
    assert first.values["gradient_norm"] == pytest.approx(math.hypot(*parts), rel=1e-5)
    # Plain SGD moves the weights by the rate times the gradient.
    size = math.hypot(*(float(before[f"model.head.{p}"].norm()) for p in ("weight", "bias")))
    assert first.values["update_ratio.head"] == pytest.approx(0.01 * parts[1] / size, rel=1e-2)


def test_looking_changes_no_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = toys.objective()
    assert len(samples(toys.events(model=seen))) == 15
    monkeypatch.setattr(watch, "OFTEN", math.inf)
    unseen = toys.objective()  # with the seed, so that dropout draws the same
    assert len(samples(toys.events(model=unseen))) <= 1
    for one, other in zip(seen.parameters(), unseen.parameters(), strict=True):
        assert torch.equal(one, other)


def test_large_weights_are_kept_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "COPIED_BYTES", 4 * 48)  # the first layer fills it
    found = samples(toys.events())[:4]
    ratios = [[n for n in event.values if n.startswith("update_ratio")] for event in found]
    assert ratios == [["update_ratio.first"], ["update_ratio.head"]] * 2
    assert all("gradient_norm.head" in event.values for event in found)


def test_what_is_inside_a_layer_of_torch_belongs_to_it() -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.attention = nn.MultiheadAttention(8, 2)
            self.stage = nn.ModuleList([nn.Linear(8, 8)])
            self.place = nn.Parameter(torch.zeros(8))

    model = Model()
    names = [watch._node_path(model, name) for name, _ in model.named_parameters()]
    assert set(names) == {"attention", "stage.0", "place"}


def test_the_machine_tells_memory_and_how_busy_it_is() -> None:
    values = Machine(torch.device("cpu")).values()
    assert values["memory"] > 50e6
    assert 0 <= values["utilization"] <= 1


def trained(folder: Path, epochs: int = 2) -> tuple[Run, list[Event]]:
    project = templates.open_template("digits-cnn")
    project.plan = replace(project.plan, epochs=epochs)
    run = RunStore(folder).create(project)
    return run, list(train_project(project, run, Control(), None))


def assert_alike(one: Curves, other: Curves) -> None:
    assert one.quantities() == other.quantities()
    for name in one.steps:
        np.testing.assert_array_equal(one.steps[name].values, other.steps[name].values)
    assert (one.train, one.val, one.samples, one.marks) == (
        other.train, other.val, other.samples, other.marks,
    )  # fmt: skip
    for unit in ("step", "epoch", "time"):
        steps = range(one.length + 1)
        np.testing.assert_array_equal(one.at(steps, unit), other.at(steps, unit))


def test_what_was_told_live_and_what_the_folder_holds_are_the_same_curves(tmp_path: Path) -> None:
    run, events = trained(tmp_path)
    live = Curves()
    for event in events:
        live.feed(event)
    assert_alike(live, Curves.read(run))
    assert list(live.quantities()) == [
        "loss", "accuracy", "learning_rate", "gradient_norm", "update_ratio",
        "samples_per_second", "memory", "utilization",
    ]  # fmt: skip
    assert live.has_clock
    times = live.at(range(live.length + 1), "time")
    assert times[0] == 0
    assert np.all(np.diff(times) > 0)


def test_a_folder_is_read_on_as_it_grows(tmp_path: Path) -> None:
    run = RunStore(tmp_path).create(templates.open_template("digits-cnn"))
    events: list[Event] = [
        Started("r", "cpu", 1, 2, 2, 10, ("loss", "seconds")),
        StepsDone(0, {"loss": (2.0, 1.0), "seconds": (0.5, 1.0)}),
        Changed("learning_rate", 0.1, 2),
        EpochDone(1, 2, {"loss": 1.5}, {"loss": 1.2}, 1.0, 10.0),
        Sampled(2, {"memory": 5.0}),
        StepsDone(2, {"loss": (0.5, 0.25), "seconds": (float("nan"), 3.0)}),
    ]
    growing, live = Curves(), Curves()
    with Recorder(run) as recorder:
        for event in events:
            recorder.record(event)
            live.feed(event)
            growing.take(growing.news(run))
    assert_alike(growing, live)
    assert_alike(growing, Curves.read(run))
    assert live.marks == [Mark(2, "learning_rate", 0.1)]
    # Where no time was noted the clock stood still; it never goes back.
    assert live.at([0, 1, 2, 3, 4], "time").tolist() == [0, 0.5, 1.0, 1.0, 3.0]
    assert live.step_at(3.0, "time") == 4 - 1
    assert live.at([3], "epoch").tolist() == [1.5]


def test_going_on_goes_on_with_the_clock_and_forgets_later_samples(tmp_path: Path) -> None:
    project = templates.open_template("digits-cnn")
    project.plan = replace(project.plan, epochs=2)
    run, control = RunStore(tmp_path).create(project), Control()
    for event in train_project(project, run, control, None):
        if isinstance(event, EpochDone):
            control.stop("interrupted")
    step = run.summary.step
    late = float(run.series("seconds")[-1]) + 1000.0
    run.series_path("seconds").write_bytes(
        np.full(step, late, "<f4").tobytes()
    )  # as if it had been slow
    with run.samples_path.open("a") as file:
        file.write('{"event": "Sampled", "step": 9999, "values": {"memory": 1.0}}\n')
    list(train_project(project, run, Control(), None, resume=True))
    assert run.series("seconds")[step] >= late
    assert max(event.step for event in run.samples()) <= run.summary.step
