"""The loop: what it tells is what a plain loop by hand would find."""

from __future__ import annotations

import math
import os
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import torch
import toys
from safetensors.torch import load_file
from torch import Tensor, nn

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Optimizer
from graphcore.training.checkpoint import weights_of
from graphcore.training.control import Control
from graphcore.training.devices import using_threads
from graphcore.training.events import (
    Changed,
    EpochDone,
    Failed,
    Finished,
    Saved,
    Started,
    StepsDone,
    Warned,
)
from graphcore.training.loop import train
from graphcore.training.rates import learning_rates
from graphcore.training.setup import Setup, TrainingData
from graphcore.training.writer import Writer


def test_the_values_are_those_of_a_loop_by_hand() -> None:
    plan = toys.plan(optimizer="SGD", lr=0.5, schedule="constant")
    found = toys.events(how=plan)

    objective, data = toys.objective(), toys.data()
    optimizer = torch.optim.SGD(objective.parameters(), lr=0.5)
    losses, hits, val = [], [], []
    for epoch in range(3):
        source = torch.Generator().manual_seed(3 * 1_000_003 + epoch)
        objective.train()
        for index in torch.randperm(150, generator=source).split(32):
            batch = {name: values[index] for name, values in data.train.items()}
            results = objective(**batch)
            optimizer.zero_grad()
            results["loss"].backward()
            optimizer.step()
            losses.append(results["loss"].item())
            same = results["tap:head.output"].argmax(1) == batch["label"]
            hits.append(same.float().mean().item())
        objective.eval()
        with torch.no_grad():
            val.append(objective(**data.validation)["loss"].item())

    assert toys.series(found, "loss") == pytest.approx(losses, rel=1e-5)
    assert toys.series(found, "accuracy") == pytest.approx(hits, rel=1e-5)
    sizes = [32, 32, 32, 32, 22]
    for place, event in enumerate(toys.epochs(found)):
        own = losses[place * 5 : place * 5 + 5]
        mean = sum(loss * size for loss, size in zip(own, sizes, strict=True)) / 150
        assert event.train["loss"] == pytest.approx(mean, rel=1e-5)
        assert event.val["loss"] == pytest.approx(val[place], rel=1e-5)
        assert (event.epoch, event.step) == (place + 1, place * 5 + 5)
        assert event.samples_per_second > 0 < event.seconds


def test_a_run_begins_with_what_is_known_and_ends_with_finished(tmp_path: Path) -> None:
    found = toys.events(folder=tmp_path)
    first, last = found[0], found[-1]
    assert isinstance(first, Started)
    assert (first.epochs, first.steps_per_epoch, first.steps) == (3, 5, 15)
    assert (first.train_samples, first.val_samples, first.device) == (150, 40, "cpu")
    assert first.parameters == 2 * 16 + 16 + 16 * 2 + 2
    assert first.series == ("loss", "accuracy", "learning_rate", "seconds")
    assert last == Finished("done", 15, 3)
    assert Saved(15, "last.safetensors") in found
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "best.safetensors", "checkpoints", "last.safetensors",
    ]  # fmt: skip


def test_it_learns() -> None:
    found = toys.epochs(toys.events(how=toys.plan(epochs=30)))
    assert found[-1].val["accuracy"] > 0.9 > found[0].val["loss"]
    assert found[-1].val["loss"] < found[0].val["loss"]


def test_equal_plans_give_equal_bytes_and_another_seed_others(tmp_path: Path) -> None:
    kept = []
    for place, seed in enumerate((3, 3, 4)):
        toys.events(how=toys.plan(seed=seed), folder=tmp_path / str(place))
        kept.append((tmp_path / str(place) / "last.safetensors").read_bytes())
        torch.rand(7)
    assert kept[0] == kept[1] != kept[2]


def test_equal_plans_give_equal_checkpoints(tmp_path: Path) -> None:
    for name in "ab":
        toys.events(folder=tmp_path / name)
    file = "checkpoints/15.safetensors"
    assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


@pytest.mark.parametrize("optimizer", ["AdamW", "SGD", "NAdam"])
def test_a_checkpoint_goes_on_as_if_it_had_never_ended(tmp_path: Path, optimizer: str) -> None:
    plan = toys.plan(optimizer=optimizer, epochs=4)
    whole = toys.events(how=plan, folder=tmp_path / "whole")
    control = Control()
    steps = train(toys.objective(), toys.data(), plan, control,
                  Setup(folder=tmp_path / "half", metrics=(toys.ACCURACY,)))  # fmt: skip
    for event in steps:
        if isinstance(event, EpochDone) and event.epoch == 2:
            control.stop()
    (checkpoint,) = (tmp_path / "half" / "checkpoints").iterdir()
    assert 10 <= int(checkpoint.stem) < 20

    rest = toys.events(how=plan, folder=tmp_path / "rest", resume=checkpoint)
    last = [(tmp_path / name / "last.safetensors").read_bytes() for name in ("whole", "rest")]
    assert last[0] == last[1]
    again, first = toys.epochs(rest)[-1], toys.epochs(whole)[-1]
    assert (again.train, again.val, again.step) == (first.train, first.val, first.step)


def test_a_stop_ends_after_the_batch_and_saves_what_is(tmp_path: Path) -> None:
    control = Control()

    class Stopping(toys.Objective):
        def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
            self.calls = getattr(self, "calls", 0) + 1
            if self.calls == 8:
                control.stop()
            return super().forward(point, label)

    torch.manual_seed(0)
    objective = Stopping(toys.Model())
    # The sixth call is validation of 40 samples in two batches: 5 + 2 + 1.
    found = toys.events(model=objective, control=control, folder=tmp_path)
    assert found[-1] == Finished("stopped", 6, 1)
    assert len(toys.series(found, "loss")) == 6
    saved = load_file(tmp_path / "last.safetensors")
    now = weights_of(objective)
    assert saved.keys() == now.keys()
    assert all(torch.equal(saved[name], now[name]) for name in now)


def test_a_paused_run_stands_still_until_it_may_go_on() -> None:
    control = Control()
    control.pause()
    found: list[object] = []
    holding = threading.Event()
    done = threading.Event()

    def work() -> None:
        for event in train(toys.objective(), toys.data(), toys.plan(), control, Setup()):
            found.append(event)
            if event == Changed("paused", True, 0):
                holding.set()
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert holding.wait(10)
    before = list(found)
    assert not done.wait(0.3)
    assert found == before
    control.resume()
    assert done.wait(10)
    worker.join()
    assert Changed("paused", False, 0) in found
    assert found[-1] == Finished("done", 15, 3)


def test_a_stop_ends_a_paused_run() -> None:
    control = Control()
    control.pause()
    steps = train(toys.objective(), toys.data(), toys.plan(), control, Setup())
    for event in steps:
        if isinstance(event, Changed):
            control.stop()
    assert event == Finished("stopped", 0, 0)


def test_closing_the_iterator_saves_and_ends_the_writer(tmp_path: Path) -> None:
    before = threading.active_count()
    steps = train(toys.objective(), toys.data(), toys.plan(), Control(), Setup(folder=tmp_path))
    while not isinstance(next(steps), EpochDone):
        assert threading.active_count() == before + 1 or before
    steps.close()  # type: ignore[attr-defined]
    assert threading.active_count() == before
    assert (tmp_path / "checkpoints" / "5.safetensors").is_file()


def test_ctrl_c_in_a_step_saves_and_says_so(tmp_path: Path) -> None:
    class Interrupted(toys.Objective):
        def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
            if self.training:
                self.calls = getattr(self, "calls", 0) + 1
            if getattr(self, "calls", 0) == 3:
                raise KeyboardInterrupt
            return super().forward(point, label)

    found = toys.events(model=Interrupted(toys.Model()), folder=tmp_path)
    assert found[-1] == Finished("interrupted", 2, 0)
    assert (tmp_path / "checkpoints" / "2.safetensors").is_file()
    assert len(toys.series(found, "loss")) == 2


def test_a_loss_that_is_no_number_ends_the_run_with_the_good_weights_kept(tmp_path: Path) -> None:
    samples = toys.data()
    samples.train["point"][40] = math.nan
    objective = toys.objective()
    start = weights_of(objective)
    found = toys.events(model=objective, samples=samples, folder=tmp_path)
    assert sum(isinstance(event, Warned) for event in found) == 1
    failed = found[-1]
    assert isinstance(failed, Failed)
    losses = toys.series(found, "loss")
    step = next(place for place, loss in enumerate(losses) if not math.isfinite(loss))
    assert f"at step {step}" in failed.message
    assert "smaller learning rate" in failed.hint
    saved = load_file(tmp_path / "last.safetensors")
    assert all(torch.equal(saved[name], start[name]) for name in start)


@pytest.mark.parametrize(
    "text", ["CUDA out of memory. Tried", "DefaultCPUAllocator: can't allocate memory"]
)
def test_too_little_memory_is_a_sentence(text: str, tmp_path: Path) -> None:
    class Huge(toys.Objective):
        def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
            raise RuntimeError(text)

    found = toys.events(model=Huge(toys.Model()), folder=tmp_path)
    assert isinstance(found[-1], Failed)
    assert "memory of cpu is not enough" in found[-1].message
    assert "smaller batch size" in found[-1].hint


def test_a_mistake_of_ours_is_not_hidden() -> None:
    class Wrong(toys.Objective):
        def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
            raise RuntimeError("a mistake")

    with pytest.raises(RuntimeError, match="a mistake"):
        toys.events(model=Wrong(toys.Model()))


def test_best_is_the_epoch_with_the_best_validation(tmp_path: Path) -> None:
    objective, kept = toys.objective(), {}
    steps = train(objective, toys.data(), toys.plan(lr=0.3, epochs=12), Control(),
                  Setup(folder=tmp_path, metrics=(toys.ACCURACY,)))  # fmt: skip
    best = (0.0, 0.0)
    for event in steps:
        if isinstance(event, EpochDone):
            score = (event.val["accuracy"], -event.val["loss"])
            assert event.best == (event.epoch == 1 or score > best)
            if event.best:
                best, kept = score, weights_of(objective)
    saved = load_file(tmp_path / "best.safetensors")
    assert all(torch.equal(saved[name], kept[name]) for name in kept)


def test_threads_beyond_reason_are_fewer() -> None:
    with using_threads(1000) as threads:
        assert 8 <= threads <= 8 + 4 * (os.cpu_count() or 1)


def test_threads_are_put_back() -> None:
    before = torch.get_num_threads()
    steps = train(toys.objective(), toys.data(), toys.plan(threads=3), Control(), Setup())
    first = next(steps)
    assert isinstance(first, Started)
    assert first.threads == 3 == torch.get_num_threads()
    list(steps)
    assert torch.get_num_threads() == before


def test_the_window_leaves_a_core_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    with using_threads(0, free_cores=1) as threads:
        assert threads == 3
    with using_threads(0) as threads:
        assert threads == 4


def test_the_learning_rate_of_each_step_is_that_of_the_preview() -> None:
    plan = toys.plan(schedule="one_cycle")
    rates = toys.series(toys.events(how=plan), "learning_rate")
    assert rates == learning_rates(plan, 15, 5)
    # The peak lies between the third and the fourth step, as it does in torch's own schedule.
    assert rates.index(max(rates)) in (3, 4)
    assert 0.01 >= max(rates) > rates[0] > rates[-1]


def test_the_rate_reaches_the_optimizer() -> None:
    frozen = toys.plan(optimizer="SGD", schedule="step", lr=0.1)
    objective = frozen.objectives[0]
    schedule = replace(objective.schedule, params={"step_size": 1, "gamma": 0.0})
    plan = replace(frozen, objectives=(replace(objective, schedule=schedule),))
    model = toys.objective()
    steps = train(model, toys.data(), plan, Control(), Setup())
    after: list[dict[str, Tensor]] = [
        weights_of(model) for event in steps if isinstance(event, EpochDone)
    ]
    assert all(torch.equal(one[name], two[name]) for one, two in pairwise(after) for name in one)


def test_settings_of_nodes_decide_what_moves() -> None:
    model = toys.objective()
    start = weights_of(model)
    settings = {"first": {"freeze": True}, "head": {"lr_factor": 0.0, "decay": False}}
    toys.events(model=model, settings=settings)
    for name, value in weights_of(model).items():
        assert torch.equal(value, start[name])

    model = toys.objective()
    toys.events(model=model, settings={"first": {"freeze": True}})
    now = weights_of(model)
    assert torch.equal(now["first.weight"], start["first.weight"])
    assert not torch.equal(now["head.weight"], start["head.weight"])


def test_a_frozen_layers_statistics_stand_still() -> None:
    objective = toys.objective()
    objective.model = nn.Sequential(nn.BatchNorm1d(2), objective.model)
    toys.events(model=objective, settings={"0": {"freeze": True}})
    assert torch.equal(objective.model[0].running_mean, torch.zeros(2))


def test_with_everything_frozen_there_is_nothing_to_train() -> None:
    settings = {"first": {"freeze": True}, "head": {"freeze": True}}
    with pytest.raises(UserError, match="nothing to train"):
        toys.events(settings=settings)


class Rivals(nn.Module):
    """Two params that pull at each other."""

    def __init__(self) -> None:
        super().__init__()
        self.model = nn.ParameterDict({"a": torch.zeros(1), "b": torch.zeros(1)})

    def forward(self, point: Tensor) -> dict[str, Tensor]:
        apart = (self.model["a"] - self.model["b"] - 1).square().sum()
        return {"near": apart, "far": -2.0 * self.model["b"].sum() + 0 * apart}


def test_two_objectives_move_their_own_params_at_their_own_pace() -> None:
    optimizer = Optimizer("SGD", {"lr": 0.25})
    plan = toys.plan(
        objectives=(ObjectivePlan("main", optimizer, params="a"),
                    ObjectivePlan("rival", optimizer, params="b", every=2)),
        epochs=1, batch_size=1,
    )  # fmt: skip
    model = Rivals()
    samples = TrainingData({"point": torch.zeros(2, 1)})
    found = toys.events(model=model, samples=samples, how=plan, metrics=(),
                        terms={"near": "main", "far": "rival"})  # fmt: skip
    # a: 0 -> 0.5 -> 0.5 + 0.5 * (0.5 + 1 - 0.5); b: 0 -> 0.5, then it is not its turn.
    assert model.model["a"].item() == pytest.approx(1.0)
    assert model.model["b"].item() == pytest.approx(0.5)
    assert toys.series(found, "loss") == [1.0, 1.0]
    assert toys.series(found, "objective.rival") == [0.0, -1.0]
    assert toys.series(found, "loss.near") == [1.0, 1.0]


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [({"loss": "other"}, "“other”, which the plan hasn't"), ({}, "No loss belongs to")],
)
def test_terms_and_objectives_must_fit(terms: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        toys.events(terms=terms)


def test_a_full_disk_loses_no_run_in_silence(tmp_path: Path) -> None:
    (tmp_path / "last.safetensors").mkdir()
    found = toys.events(folder=tmp_path)
    assert any(isinstance(e, Warned) and "last.safetensors could not be saved" in e.message
               for e in found)  # fmt: skip
    assert isinstance(found[-1], Failed)


def test_nothing_is_saved_before_it_was_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, saved = list[object](), list[int]()

    class Spy(Writer):
        def put(self, name: str, tensors: dict[str, Tensor], step: int) -> None:
            if name.startswith("checkpoints"):
                saved.append(step)
                assert int(tensors["position"][1]) == len(toys.epochs(found))
                assert len(toys.series(found, "loss")) == step
            super().put(name, tensors, step)

    monkeypatch.setattr("graphcore.training.keeping.Writer", Spy)
    monkeypatch.setattr("graphcore.training.keeping.SAVED_EVERY", 0.0)
    monkeypatch.setattr("graphcore.training.keeping.SAVED_AFTER", 0.0)
    for event in train(
        toys.objective(), toys.data(), toys.plan(), Control(), Setup(folder=tmp_path)
    ):
        found.append(event)
    assert saved == [5, 10, 15, 15]


def test_without_validation_the_training_loss_decides() -> None:
    found = toys.events(samples=TrainingData(toys.points(64)))
    assert toys.epochs(found)[0].val == {}
    assert toys.epochs(found)[0].best


def test_steps_are_told_a_few_times_a_second_not_each() -> None:
    found = toys.events(samples=toys.data(2000), how=toys.plan(batch_size=8, epochs=1))
    told = [event for event in found if isinstance(event, StepsDone)]
    assert sum(event.count for event in told) == 250
    assert len(told) < 100
