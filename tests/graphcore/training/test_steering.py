"""Steered while it goes on: a run does what is asked, and else goes on as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
import toys

from graphcore.training.control import Control
from graphcore.training.curves import Curves
from graphcore.training.events import (
    Changed,
    EpochDone,
    Evaluated,
    Event,
    Finished,
    Warned,
)
from graphcore.training.loop import train
from graphcore.training.parking import on_device, park
from graphcore.training.schedules import Moment
from graphcore.training.setup import Setup
from graphcore.training.stepping import Stepper

Act = Callable[[int], object]


class Steered(toys.Objective):
    """Calls `act` before each step is taken, with its number."""

    def __init__(self, act: Act) -> None:
        torch.manual_seed(0)
        super().__init__(toys.Model())
        self.act, self.steps = act, 0

    def forward(self, point: torch.Tensor, label: torch.Tensor) -> dict[str, torch.Tensor]:
        if self.training:
            self.act(self.steps)
            self.steps += 1
        return super().forward(point, label)


def steered(act: Callable[[Control, int], object], **given: object) -> list[Event]:
    control = Control()
    return toys.events(model=Steered(lambda step: act(control, step)), control=control, **given)


def at(step: int, do: Callable[[Control], object]) -> Callable[[Control, int], object]:
    """Does it while that step is taken, so that it counts from the next one on."""
    return lambda control, now: do(control) if now == step else None


def test_a_learning_rate_changes_from_the_next_step_on_and_is_told() -> None:
    plan = toys.plan(schedule="constant", lr=0.01)
    found = steered(at(6, lambda c: c.change("optimizer.lr*=0.5")), how=plan)
    assert toys.series(found, "learning_rate") == [0.01] * 7 + [0.005] * 8
    assert [e for e in found if isinstance(e, Changed)] == [Changed("optimizer.lr", 0.005, 7)]
    first = toys.series(toys.events(how=plan), "loss")
    assert toys.series(found, "loss")[:8] == first[:8]
    assert toys.series(found, "loss")[8:] != first[8:]


@pytest.mark.parametrize(
    "text", ["optimizer.lr=0.2", "schedule.name=step", "optimizer.weight_decay=0.9", "epochs=5"]
)
def test_a_change_is_what_a_plan_with_it_would_have_been(tmp_path: Path, text: str) -> None:
    """Ended after the change and resumed, the run is the same to the last bit."""
    plan = toys.plan(epochs=4)
    change = at(6, lambda c: c.change(text))
    whole = steered(change, how=plan, folder=tmp_path / "whole")
    end = lambda c, now: (change(c, now), c.stop() if now == 11 else None)  # noqa: E731
    half = steered(end, how=plan, folder=tmp_path / "half")
    assert half[-1] == Finished("stopped", 12, 2)
    changes = tuple(event for event in half if isinstance(event, Changed))
    assert [change.step for change in changes] == [7]
    state = tmp_path / "half" / "checkpoints" / "12.safetensors"
    rest = toys.events(how=plan, folder=tmp_path / "rest", resume=state, changes=changes)
    last = [(tmp_path / name / "last.safetensors").read_bytes() for name in ("whole", "rest")]
    assert last[0] == last[1]
    assert toys.epochs(whole)[-1].train == toys.epochs(rest)[-1].train


def test_what_can_not_change_is_told_and_the_run_goes_on() -> None:
    found = steered(at(2, lambda c: (c.change("batch_size=3"), c.change("monitor=beauty"))))
    told = [event.message for event in found if isinstance(event, Warned)]
    assert "can't change while a run goes on" in told[0]
    assert "“beauty” is measured" in told[1]
    assert toys.series(found, "loss") == toys.series(toys.events(), "loss")


def test_evaluating_now_is_told_and_changes_nothing() -> None:
    found = steered(at(7, Control.evaluate))
    (event,) = [event for event in found if isinstance(event, Evaluated)]
    assert (event.step, set(event.val)) == (8, {"loss", "accuracy"})
    assert toys.series(found, "loss") == toys.series(toys.events(), "loss")
    none = steered(at(7, Control.evaluate), samples=toys.data(val_count=0))
    assert any("no sample held back" in e.message for e in none if isinstance(e, Warned))


def test_a_run_may_end_with_its_epoch() -> None:
    found = steered(at(6, Control.stop_after_epoch))
    assert found[-1] == Finished("stopped", 10, 2)
    assert len(toys.epochs(found)) == 2
    act = lambda c, now: c.stop_after_epoch(now == 6) if now in (6, 8) else None  # noqa: E731
    assert steered(act)[-1] == Finished("done", 15, 3)


def test_more_epochs_for_a_run_that_was_done(tmp_path: Path) -> None:
    plan = toys.plan(epochs=2, schedule="constant")
    toys.events(how=plan, folder=tmp_path / "a")
    control = Control()
    control.change("epochs=3")
    state = tmp_path / "a" / "checkpoints" / "10.safetensors"
    more = toys.events(how=plan, folder=tmp_path / "b", resume=state, control=control)
    assert Changed("epochs", 3, 10) in more
    assert more[-1] == Finished("done", 15, 3)
    whole = toys.events(how=toys.plan(epochs=3, schedule="constant"), folder=tmp_path / "c")
    last = [(tmp_path / name / "last.safetensors").read_bytes() for name in "bc"]
    assert last[0] == last[1]
    assert whole[-1] == more[-1]


def test_patience_ends_a_run_that_gets_no_better() -> None:
    plan = toys.plan(epochs=50, lr=1e-9, patience=3, min_delta=0.01, monitor="accuracy")
    found = toys.events(how=plan)
    assert found[-1] == Finished("done", 20, 4, in_vain=3)
    control = Control()
    patient = train(toys.objective(), toys.data(), toys.plan(epochs=6, lr=1e-9), control,
                    Setup(metrics=(toys.ACCURACY,)))  # fmt: skip
    for event in patient:
        if isinstance(event, EpochDone) and event.epoch == 2:
            control.change("min_delta=1")
            control.change("patience=1")
    assert isinstance(event, Finished)
    assert event.epoch < 6


def test_more_epochs_give_a_run_its_patience_anew(tmp_path: Path) -> None:
    plan = toys.plan(epochs=50, lr=1e-9, patience=2, min_delta=0.01, monitor="accuracy")
    assert toys.events(how=plan, folder=tmp_path)[-1] == Finished("done", 15, 3, in_vain=2)
    state, control = tmp_path / "checkpoints" / "15.safetensors", Control()
    control.change("epochs=60")
    more = toys.events(how=plan, folder=tmp_path, resume=state, control=control)
    assert more[-1] == Finished("done", 25, 5, in_vain=2)
    # Killed and gone on with, it knows since when.
    changes = tuple(event for event in more if isinstance(event, Changed))
    rest = toys.events(how=plan, folder=tmp_path, resume=state, changes=changes)
    assert rest[-1] == more[-1]


def test_a_run_has_no_fewer_epochs_than_it_has_begun() -> None:
    found = steered(at(6, lambda c: c.change("epochs=1")))
    assert any(
        "has begun its epoch 2" in event.message for event in found if isinstance(event, Warned)
    )
    assert found[-1] == Finished("done", 15, 3)
    assert steered(at(6, lambda c: c.change("epochs=2")))[-1] == Finished("done", 10, 2)


def held(control: Control, events: Iterator[Event], act: Callable[[], object]) -> list[Event]:
    found = []
    for event in events:
        found.append(event)
        if isinstance(event, Changed) and event.what == "paused" and event.value:
            act()
            control.resume()
    return found


def test_a_pause_changes_no_loss_and_hears_words_meanwhile() -> None:
    control = Control()
    model = Steered(lambda step: control.pause(frees_device=True) if step in (4, 9) else None)
    events = train(model, toys.data(), toys.plan(), control, Setup(metrics=(toys.ACCURACY,)))
    found = held(control, events, control.evaluate)
    assert [e.step for e in found if isinstance(e, Changed) and e.what == "paused"] == [
        5,
        5,
        10,
        10,
    ]
    assert len([event for event in found if isinstance(event, Evaluated)]) == 2
    assert toys.series(found, "loss") == toys.series(toys.events(), "loss")


def test_a_state_that_was_parked_comes_back_to_the_last_bit() -> None:
    losses = []
    for parks in (False, True):
        objective, data, plan = toys.objective(), toys.data(), toys.plan()
        setup = Setup(metrics=(toys.ACCURACY,))
        stepper = Stepper(objective, plan, setup)
        told, before = [], {id(param) for param in objective.parameters()}
        for step in range(6):
            batch = {
                name: values[step * 20 : step * 20 + 20] for name, values in data.train.items()
            }
            told.append(stepper.step((batch,), (1.0,), Moment(step, 6, 6))[0].item())
            if parks and step == 3:
                parked = park(on_device(objective, stepper.minimizers, (), (data.train,)))
                assert parked.bytes >= sum(param.nbytes for param in objective.parameters()) * 3
                parked.back()
        assert {id(param) for param in objective.parameters()} == before
        losses.append(told)
    assert losses[0] == losses[1]


def test_everything_that_a_checkpoint_holds_is_parked() -> None:
    objective, plan = toys.objective(), toys.plan()
    stepper = Stepper(objective, plan, Setup())
    stepper.step((toys.points(20),), (1.0,), Moment(0, 5, 5))
    parked = {tensor.data_ptr() for tensor in on_device(objective, stepper.minimizers, (), ())}
    for minimizer in stepper.minimizers:
        for state in minimizer.optimizer.state.values():
            assert {value.data_ptr() for value in state.values()} <= parked
    assert {value.data_ptr() for value in objective.state_dict().values()} <= parked


def test_what_was_measured_in_between_is_a_point_of_validation() -> None:
    curves = Curves()
    curves.feed(Evaluated(7, {"loss": 0.5}))
    curves.feed(EpochDone(1, 10, {"loss": 1.0}, {"loss": 0.25}, 1.0, 1.0))
    assert list(curves.val["loss"].steps) == [7, 10]
    assert list(curves.val["loss"].values) == [0.5, 0.25]
