"""Probes: what is seen of values and gradients in a run, which goes on as if nobody looked."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from graphcore.project import templates
from graphcore.project.project import Project
from graphcore.training import glimpse, probing
from graphcore.training.control import Control, obey
from graphcore.training.events import (
    EpochDone,
    Event,
    Probed,
    Spread,
    Started,
    StepsDone,
    Warned,
    from_line,
    to_line,
)
from graphcore.training.following import follow
from graphcore.training.prepare import prepare
from graphcore.training.recorder import Recorder
from graphcore.training.runs import Run, RunStore
from graphcore.training.session import train_project
from graphcore.training.trial import random_version
from tests.graphcore.training.toys import series


@pytest.fixture
def looks_at_every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever looking costs: otherwise it would be up to the machine which steps are seen."""
    monkeypatch.setattr(probing, "OFTEN", 0.0)
    monkeypatch.setattr(probing, "MOST_SHARE", 1e9)


@pytest.fixture
def no_look_is_affordable(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first look, however cheap, there is no time for another."""
    monkeypatch.setattr(probing, "MOST_SHARE", 1e-9)
    monkeypatch.setattr(probing, "OFTEN", 1e9)


def digits(epochs: int = 1, **plan: object) -> Project:
    project = templates.open_template("digits-cnn")
    project.plan = replace(project.plan, epochs=epochs, threads=1, **plan)
    return project


def small_resnet() -> Project:
    """Blocks, one of them repeated, batch norm and activations in place."""
    project, _ = random_version(templates.open_template("resnet18"), 12, {"photo": (3, 32, 32)})
    for definition in project.definitions.values():
        for node in definition.graph.nodes.values():
            if node.kind.endswith("ReLU"):
                definition.graph.nodes[node.id] = replace(node, params={"inplace": True})
    plan = replace(project.plan, epochs=1, batch_size=4, threads=1, device="cpu")
    return replace(project, plan=plan)


def trained(project: Project, folder: Path, names: Sequence[str]) -> tuple[Run, list[Event]]:
    run, control = RunStore(folder).create(project), Control()
    for name in names:
        control.probe(name)
    return run, list(train_project(project, run, control, None))


def probed(events: Sequence[Event], path: str, direction: str = "forward") -> list[Probed]:
    return [
        e for e in events if isinstance(e, Probed) and (e.path, e.direction) == (path, direction)
    ]


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (digits, ("conv1", "relu1:output", "pool", "dropout", "head", "loss", "*")),
        pytest.param(
            small_resnet,
            ("norm", "stage1.0.conv1", "stage1.1.total", "down3.relu", "stage2", "*"),
            marks=pytest.mark.slow,
        ),
    ],
    ids=["convolutions and dropout", "blocks and batch norm"],
)
@pytest.mark.usefixtures("looks_at_every_step")
def test_a_run_is_the_same_to_the_last_bit_with_and_without_probes(
    tmp_path: Path, make: Callable[[], Project], names: tuple[str, ...]
) -> None:
    project = make()
    without, plain = trained(project, tmp_path / "without", ())
    run, events = trained(project, tmp_path / "with", names)
    steps = len(series(plain, "loss"))
    for name in names[:-1]:
        assert len(probed(events, name.partition(":")[0])) == steps
    assert len([event for event in events if isinstance(event, Spread)]) == steps
    assert series(events, "loss") == series(plain, "loss")
    weights = [one.weights_path("last").read_bytes() for one in (without, run)]
    assert weights[0] == weights[1]


@pytest.mark.usefixtures("looks_at_every_step")
def test_value_and_gradient_are_those_of_the_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glimpse, "MOST_NUMBERS", 2**14)  # all of them
    project = templates.open_template("digits-mlp")
    count = 5000  # all samples in one step
    project.plan = replace(project.plan, epochs=1, batch_size=count, threads=1)
    _, events = trained(project, tmp_path, ("head",))
    ready = prepare(project, None)
    ready.objective.train()
    seen: list[torch.Tensor] = []
    head = ready.built.model.get_submodule("head")
    hook = head.register_forward_hook(lambda *found: seen.append(found[2].detach()))
    ready.objective(**ready.data.train)["loss"].backward()
    hook.remove()
    (value,), (gradient,) = probed(events, "head"), probed(events, "head", "backward")
    assert value.shape == gradient.shape == tuple(seen[0].shape)
    assert (value.low, value.high) == pytest.approx(
        (float(seen[0].min()), float(seen[0].max())), rel=1e-3
    )
    softmax = seen[0].softmax(1)
    label = next(field for name, field in ready.data.train.items() if field.dtype == torch.int64)
    expected = (softmax - torch.nn.functional.one_hot(label, 10)) / len(label)
    assert gradient.spread == pytest.approx(float(expected.std(correction=0)), rel=1e-2)
    assert abs(gradient.mean) < 1e-6


@pytest.mark.usefixtures("looks_at_every_step")
def test_what_a_layer_in_place_would_overwrite_is_seen(tmp_path: Path) -> None:
    project = digits()
    node = project.graph.by_name("relu1")
    assert node is not None
    project.graph.nodes[node.id] = replace(node, params={"inplace": True})
    _, events = trained(project, tmp_path, ("conv1",))
    assert probed(events, "conv1")[0].low < 0


def test_looking_is_put_off_by_what_it_costs(tmp_path: Path) -> None:
    """A short run is looked at once: the next look would be a hundred times its cost away."""
    _, events = trained(digits(), tmp_path, ("conv1",))
    assert 1 <= len(probed(events, "conv1")) < len(series(events, "loss")) / 2


def steered(
    epochs: int, folder: Path, names: Sequence[str], steer: Callable[[Control, EpochDone], None]
) -> list[Event]:
    """The events of a run with 23 steps an epoch, at the end of each of which something is said."""
    project = digits(epochs)
    run, control, events = RunStore(folder).create(project), Control(), list[Event]()
    for name in names:
        control.probe(name)
    for event in train_project(project, run, control, None):
        events.append(event)
        if isinstance(event, EpochDone):
            steer(control, event)
    return events


@pytest.mark.usefixtures("no_look_is_affordable")
def test_a_new_probe_is_looked_at_in_the_next_step_and_all_are_in_the_last(tmp_path: Path) -> None:
    def steer(control: Control, event: EpochDone) -> None:
        if event.epoch == 1:
            control.probe("head")
        if event.epoch == 2:
            control.unprobe("head")
        if event.epoch == 3:
            control.probe("head")
            control.probe("*")

    events = steered(4, tmp_path, ["conv1"], steer)
    steps = [event.step for event in events if isinstance(event, EpochDone)]
    assert steps == [23, 46, 69, 92]
    for direction in ("forward", "backward"):
        assert [look.step for look in probed(events, "conv1", direction)] == [1, 92]
        assert [look.step for look in probed(events, "head", direction)] == [24, 70, 92]
    assert [event.step for event in events if isinstance(event, Spread)] == [70, 92]
    (run,) = RunStore(tmp_path).runs()
    kept = [from_line(line) for line in run.probes_path.read_text().splitlines()]
    assert {event.step for event in kept if isinstance(event, Probed | Spread)} == {92}
    assert len(kept) == 5


@pytest.mark.usefixtures("no_look_is_affordable")
def test_the_last_step_of_a_run_that_ends_with_its_epoch_is_looked_at(tmp_path: Path) -> None:
    project = digits(9)
    run, control = RunStore(tmp_path).create(project), Control()
    control.probe("conv1")
    control.stop_after_epoch()
    events = list(train_project(project, run, control, None))
    assert [look.step for look in probed(events, "conv1")] == [1, 23]


@pytest.mark.usefixtures("no_look_is_affordable")
def test_a_folder_keeps_the_last_look_of_each_probe(tmp_path: Path) -> None:
    """Also where they looked in different steps, as when a run is stopped."""

    def steer(control: Control, event: EpochDone) -> None:
        control.probe("head") if event.epoch == 1 else control.stop()

    steered(9, tmp_path, ["conv1"], steer)
    (run,) = RunStore(tmp_path).runs()
    kept = [from_line(line) for line in run.probes_path.read_text().splitlines()]
    values = [e for e in kept if isinstance(e, Probed) and e.direction == "forward"]
    assert [(e.path, e.step) for e in values] == [("conv1", 1), ("head", 24)]


def test_an_unknown_value_is_told_and_no_probe_is_put_there(tmp_path: Path) -> None:
    run, control = RunStore(tmp_path).create(digits()), Control()
    control.probe("nowhere")
    events = list(train_project(digits(), run, control, None))
    told = [event.message for event in events if isinstance(event, Warned)]
    assert told == ["There is no value “nowhere” that the run computes; no probe is put there."]
    assert control.probes == ()


def test_words_put_probes_and_take_them_off() -> None:
    control, heard = Control(), list[str]()
    assert obey(control, "probe stage.0.conv1:output")
    assert obey(control, "probe *")
    control.listen(heard.append)  # who comes later hears what was said before
    assert obey(control, "unprobe *")
    assert not obey(control, "probe")
    assert control.probes == ("stage.0.conv1:output",)
    assert heard == ["probe stage.0.conv1:output", "probe *", "unprobe *"]


@pytest.mark.usefixtures("looks_at_every_step")
def test_a_folder_keeps_the_last_look_for_whoever_follows(tmp_path: Path) -> None:
    run, events = trained(digits(), tmp_path, ("conv1", "*"))
    told = [event for event in events if isinstance(event, Probed | Spread)]
    kept = [from_line(line) for line in run.probes_path.read_text().splitlines()]
    assert kept == told[-3:]
    assert b"Probed" not in run.events_path.read_bytes() + run.samples_path.read_bytes()
    assert [e for e in follow(run, Control()) if isinstance(e, Probed | Spread)] == kept


def test_looks_are_followed_as_they_come(tmp_path: Path) -> None:
    run, control = RunStore(tmp_path).create(digits()), Control()
    look = Probed(1, "a", "output", "forward", (1,), 0, 1, 0.5, 0.1, 0, 0, 0, (1,) * 64,
                  "map", (1, 1, 1), base64.b64encode(b"a").decode())  # fmt: skip
    assert from_line(to_line(look)) == look
    with Recorder(run) as recorder:
        recorder.record(Started("r", "cpu", 1, 1, 2, 10, ("loss",)))
        recorder.record(look)
        recorder.record(StepsDone(0, {"loss": (1.0,)}))
        found = []
        for event in follow(run, control):
            found.append(event)
            if isinstance(event, Probed):
                break
    assert found[-1] == look
