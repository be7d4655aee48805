"""Each wish of the plan for a step does what torch by hand does, to the last bit."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import toys
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan
from graphcore.training.checkpoint import weights_of
from graphcore.training.control import Control
from graphcore.training.devices import precise
from graphcore.training.events import Failed, Finished, Started, Warned
from graphcore.training.loop import train
from graphcore.training.modes import CUBLAS, using_modes
from graphcore.training.setup import Setup, TrainingData

DATA = TrainingData(toys.points(150))


def steps_of(plan: Plan, data: TrainingData = DATA) -> Iterable[list[dict[str, Tensor]]]:
    """The batches of each step, as the plan has them."""
    count = len(next(iter(data.train.values())))
    for epoch in range(plan.epochs):
        source = torch.Generator().manual_seed(plan.seed * 1_000_003 + epoch)
        indices = torch.randperm(count, generator=source).split(plan.batch_size)
        for first in range(0, len(indices), plan.accumulate):
            chosen = indices[first : first + plan.accumulate]
            yield [{name: v[index] for name, v in data.train.items()} for index in chosen]


def sgd(**changes: object) -> Plan:
    return toys.plan(optimizer="SGD", lr=0.5, schedule="constant", **changes)


def same(found: nn.Module, hand: nn.Module) -> bool:
    now, then = weights_of(found), weights_of(hand)
    return now.keys() == then.keys() and all(torch.equal(now[name], then[name]) for name in now)


@pytest.mark.parametrize("wish", [{"clip_norm": 0.1}, {"clip_value": 0.01},
                                  {"clip_norm": 0.05, "clip_value": 0.02}])  # fmt: skip
def test_gradients_are_clipped(wish: dict[str, float]) -> None:
    plan = sgd(**wish)
    ours = toys.objective()
    toys.events(model=ours, how=plan, samples=DATA)
    theirs = toys.objective()
    optimizer = torch.optim.SGD(theirs.parameters(), lr=0.5, fused=True)
    for (batch,) in steps_of(plan):
        optimizer.zero_grad()
        theirs(**batch)["loss"].backward()
        if "clip_value" in wish:
            nn.utils.clip_grad_value_(theirs.parameters(), wish["clip_value"])
        if "clip_norm" in wish:
            nn.utils.clip_grad_norm_(theirs.parameters(), wish["clip_norm"])
        optimizer.step()
    assert same(ours, theirs)
    free = toys.objective()
    toys.events(model=free, how=sgd(), samples=DATA)
    assert not same(ours, free)


class Plain(toys.Objective):
    """Without dropout, so that a batch can be taken in pieces."""

    def __init__(self, reduction: str = "mean") -> None:
        torch.manual_seed(0)
        super().__init__(nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 2)))
        self.loss = nn.CrossEntropyLoss(reduction=reduction)


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_pieces_of_a_batch_come_to_the_whole(reduction: str) -> None:
    """150 samples as 64, 64 and 22, each in pieces of at most 16: the last are smaller."""
    pieces, whole = Plain(reduction), Plain(reduction)
    how = toys.plan(optimizer="SGD", lr=0.01, schedule="constant")
    found = toys.events(model=pieces, how=replace(how, batch_size=16, accumulate=4), samples=DATA)
    once = toys.events(model=whole, how=replace(how, batch_size=64), samples=DATA)
    first = found[0]
    assert isinstance(first, Started)
    assert first.steps_per_epoch == 3
    for name in ("loss", "accuracy"):
        assert toys.series(found, name) == pytest.approx(toys.series(once, name), rel=1e-5)
    now, then = weights_of(pieces), weights_of(whole)
    assert all(torch.allclose(now[name], then[name], atol=1e-5) for name in now)
    assert toys.epochs(found)[-1].train == pytest.approx(toys.epochs(once)[-1].train, rel=1e-5)


def with_gaps(count: int, order: Tensor | None = None) -> dict[str, Tensor]:
    """Points of which a third have no class, among them all of one batch of 16 in that order."""
    found = toys.points(count)
    has_class = torch.rand(count, generator=torch.Generator().manual_seed(5)) > 0.3
    if order is not None:
        has_class[order[16:32]] = False
    return {**found, "label": found["label"].where(has_class, torch.tensor(-100))}


def drawn(count: int) -> Tensor:
    """The order of the first epoch."""
    return torch.randperm(count, generator=torch.Generator().manual_seed(3 * 1_000_003))


class ThreeTerms(Plain):
    """One term is the mean over targets that count, the other over samples, a third a sum."""

    def __init__(self) -> None:
        super().__init__()
        self.loss = nn.CrossEntropyLoss(weight=torch.tensor([1.0, 5.0]), label_smoothing=0.1)
        self.far = nn.L1Loss(reduction="sum")

    def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
        found = super().forward(point, label)
        scores = found["tap:head.output"]
        far = 1e-3 * self.far(scores, torch.ones_like(scores))
        return {**found, "near": 0.1 * scores.square().mean(), "far": far}


def terms_of(make: type[Plain]) -> dict[str, str]:
    names = ("loss", "near", "far") if make is ThreeTerms else ("loss",)
    return dict.fromkeys(names, "main")


@pytest.mark.parametrize("make", [Plain, ThreeTerms])
def test_pieces_come_to_the_whole_where_not_all_targets_count(make: type[Plain]) -> None:
    data = TrainingData(with_gaps(150, drawn(150)))
    given = {"samples": data, "terms": terms_of(make), "counted": {"loss": "label"}}
    how = toys.plan(optimizer="SGD", lr=0.01, schedule="constant")
    pieces, whole = make(), make()
    found = toys.events(model=pieces, how=replace(how, batch_size=16, accumulate=4), **given)
    once = toys.events(model=whole, how=replace(how, batch_size=64), **given)
    for name in toys.epochs(found)[-1].train:
        assert toys.series(found, name) == pytest.approx(toys.series(once, name), rel=1e-5), name
    now, then = weights_of(pieces), weights_of(whole)
    assert all(torch.allclose(now[name], then[name], atol=1e-6) for name in now)


STILL = toys.plan(optimizer="SGD", lr=1e-12, schedule="constant", epochs=1, batch_size=16)
"""So that all steps of an epoch are those of one model."""


@pytest.mark.parametrize("make", [Plain, ThreeTerms])
@pytest.mark.parametrize("accumulate", [1, 2])
def test_an_epochs_loss_is_that_of_all_targets_that_count(
    make: type[Plain], accumulate: int
) -> None:
    order = drawn(150) if accumulate > 1 else None
    data = TrainingData(with_gaps(150, order), with_gaps(140, torch.arange(140)))
    model = make()
    found = toys.events(
        model=model, how=replace(STILL, accumulate=accumulate), samples=data,
        terms=terms_of(make), counted={"loss": "label"},
    )  # fmt: skip
    (epoch,) = toys.epochs(found)
    for told, samples in ((epoch.train, data.train), (epoch.val, data.validation)):
        with torch.no_grad():
            whole = model(**samples)
        wanted = {name: whole[name].item() for name in terms_of(make)}
        if make is ThreeTerms:
            far = wanted.pop("far")  # a sum grows with the batch, and has no such mean
            assert told["loss"] == pytest.approx(
                sum(told[f"loss.{name}"] for name in terms_of(make))
            )
            assert 0 < told["loss.far"] < far
            wanted = {f"loss.{name}": value for name, value in wanted.items()}
        assert {name: told[name] for name in wanted} == pytest.approx(wanted, rel=1e-5)
    counted_alone = {"loss", "loss.loss", "loss.near", "loss.far", "accuracy"}
    assert counted_alone >= epoch.train.keys()


def half(folder: Path, data: TrainingData) -> Path:
    """The state of a run that was stopped after its first step."""
    control = Control()
    setup = Setup(folder=folder, metrics=(toys.ACCURACY,), counted={"loss": "label"})
    model = Plain()
    model.register_forward_hook(lambda *_: control.stop())  # in the first step
    assert isinstance(list(train(model, data, STILL, control, setup))[-1], Finished)
    (checkpoint,) = (folder / "checkpoints").iterdir()
    return checkpoint


@pytest.mark.parametrize("is_older", [False, True])
def test_the_counts_of_an_epoch_are_in_the_checkpoint(tmp_path: Path, is_older: bool) -> None:
    data, given = TrainingData(with_gaps(150)), {"counted": {"loss": "label"}}
    checkpoint = half(tmp_path / "half", data)
    kept = load_file(checkpoint)
    assert kept["epoch.rows"].shape == (1, 3)  # loss, accuracy, targets that count
    if is_older:
        kept["epoch.rows"] = kept["epoch.rows"][:, :2].contiguous()
        save_file(kept, checkpoint)
    whole = toys.events(model=Plain(), how=STILL, samples=data, **given)
    rest = toys.events(
        model=Plain(), how=STILL, samples=data, resume=checkpoint, folder=tmp_path / "rest", **given
    )
    (wanted,), (found,) = toys.epochs(whole), toys.epochs(rest)
    if not is_older:
        assert found.train == wanted.train
    else:  # by samples, as all of the epoch was told when it began
        losses = toys.series(whole, "loss")
        by_samples = (16 * sum(losses[:-1]) + 6 * losses[-1]) / 150
        assert found.train["loss"] == pytest.approx(by_samples, rel=1e-6)
        assert found.train["loss"] != pytest.approx(wanted.train["loss"], rel=1e-6)


def test_an_accumulating_run_goes_on_after_a_stop(tmp_path: Path) -> None:
    plan = replace(toys.plan(epochs=4), batch_size=16, accumulate=4)
    toys.events(how=plan, folder=tmp_path / "whole")
    control = Control()
    for event in train(toys.objective(), toys.data(), plan, control,
                       Setup(folder=tmp_path / "half", metrics=(toys.ACCURACY,))):  # fmt: skip
        if isinstance(event, Started):
            control.stop()
        if isinstance(event, Finished):
            assert event.epoch == 0
    (checkpoint,) = (tmp_path / "half" / "checkpoints").iterdir()
    toys.events(how=plan, folder=tmp_path / "rest", resume=checkpoint)
    last = [(tmp_path / part / "last.safetensors").read_bytes() for part in ("whole", "rest")]
    assert last[0] == last[1]


def test_the_average_of_the_weights_is_torchs_and_is_what_is_exported(tmp_path: Path) -> None:
    plan = sgd(ema=0.9)
    ours = toys.objective()
    data = toys.data()
    found = toys.events(model=ours, how=plan, samples=data, folder=tmp_path)
    theirs = toys.objective()
    optimizer = torch.optim.SGD(theirs.parameters(), lr=0.5, fused=True)
    mean = AveragedModel(theirs, multi_avg_fn=get_ema_multi_avg_fn(0.9))
    for (batch,) in steps_of(plan, data):
        optimizer.zero_grad()
        theirs(**batch)["loss"].backward()
        optimizer.step()
        mean.update_parameters(theirs)
    assert same(ours, theirs)
    averaged = weights_of(mean.module)
    saved = load_file(tmp_path / "last.safetensors")
    assert all(torch.equal(saved[name], averaged[name]) for name in averaged)
    assert not torch.equal(saved["head.weight"], weights_of(theirs)["head.weight"])
    mean.eval()
    with torch.no_grad():
        judged = mean(**data.validation)["loss"].item()
    assert toys.epochs(found)[-1].val["loss"] == pytest.approx(judged, rel=1e-6)


@pytest.mark.parametrize("wish", [{"ema": 0.9}, {"precision": "float16", "clip_norm": 1.0}])
def test_average_and_scale_are_in_the_checkpoint(wish: dict[str, object], tmp_path: Path) -> None:
    plan = sgd(epochs=4, **wish)
    toys.events(how=plan, folder=tmp_path / "whole")
    control = Control()
    for event in train(toys.objective(), toys.data(), plan, control,
                       Setup(folder=tmp_path / "half", metrics=(toys.ACCURACY,))):  # fmt: skip
        if event in toys.epochs([event]):
            control.stop()
    (checkpoint,) = (tmp_path / "half" / "checkpoints").iterdir()
    kept = load_file(checkpoint)
    assert any(name.startswith(("average.", "scaler.")) for name in kept)
    toys.events(how=plan, folder=tmp_path / "rest", resume=checkpoint)
    last = [(tmp_path / part / "last.safetensors").read_bytes() for part in ("whole", "rest")]
    assert last[0] == last[1]


@pytest.mark.parametrize("precision", ["bfloat16", "float16"])
def test_mixed_precision_is_torchs(precision: str) -> None:
    plan = sgd(precision=precision, clip_norm=0.5)
    ours = toys.objective()
    found = toys.events(model=ours, how=plan, samples=DATA)
    assert isinstance(found[-1], Finished)
    theirs = toys.objective()
    optimizer = torch.optim.SGD(theirs.parameters(), lr=0.5, fused=True)
    scaler = torch.amp.GradScaler("cpu", enabled=precision == "float16")
    for (batch,) in steps_of(plan):
        optimizer.zero_grad()
        with torch.autocast("cpu", getattr(torch, precision)):
            loss = theirs(**batch)["loss"]
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        nn.utils.clip_grad_norm_(theirs.parameters(), 0.5)
        scaler.step(optimizer)
        scaler.update()
    assert same(ours, theirs)
    told = any(isinstance(event, Warned) and "slower" in event.message for event in found)
    assert told == (precision == "float16")


def test_a_step_whose_gradients_overflow_is_left_out() -> None:
    """With float16 the scale falls until the gradients fit; the params don't move before."""

    class Steep(toys.Objective):
        def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
            results = super().forward(point, label)
            return {**results, "loss": results["loss"] * 1e36}

    torch.manual_seed(0)
    model = Steep(toys.Model())
    start = weights_of(model)
    main = ObjectivePlan("main", Optimizer("SGD", {"lr": 1e-30}))
    plan = toys.plan(objectives=(main,), precision="float16", epochs=1, batch_size=150)
    toys.events(model=model, how=plan, samples=DATA)
    now = weights_of(model)
    assert all(torch.equal(start[name], now[name]) for name in start)


def test_there_is_no_tf32_here_and_the_run_says_so() -> None:
    found = toys.events(how=toys.plan(precision="tf32"))
    assert Warned("There is no tf32 on cpu: this run computes in float32.") in found
    assert isinstance(precise("tf32", torch.device("cpu")), nullcontext)


def test_tf32_is_turned_on_for_a_gpu_and_put_back() -> None:
    before = torch.get_float32_matmul_precision()
    with using_modes(Plan(precision="tf32"), torch.device("cuda")):
        assert torch.get_float32_matmul_precision() == "high"
        assert torch.backends.cudnn.allow_tf32
    assert torch.get_float32_matmul_precision() == before


def test_determinism_lasts_as_long_as_the_run() -> None:
    assert not torch.are_deterministic_algorithms_enabled()
    steps = train(toys.objective(), toys.data(), toys.plan(deterministic=True), Control(), Setup())
    next(steps)
    assert torch.are_deterministic_algorithms_enabled()
    assert os.environ[CUBLAS] == ":4096:8"
    list(steps)
    assert not torch.are_deterministic_algorithms_enabled()
    assert CUBLAS not in os.environ


def test_what_is_never_deterministic_is_a_sentence() -> None:
    class Wild(toys.Objective):
        def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
            raise RuntimeError(
                "put_ does not have a deterministic implementation, but you set "
                "'torch.use_deterministic_algorithms(True)'."
            )

    found = toys.events(model=Wild(toys.Model()), how=toys.plan(deterministic=True))
    failed = found[-1]
    assert isinstance(failed, Failed)
    assert "“put_” can't be computed the same way twice" in failed.message
    assert "deterministic" in failed.hint


class Pictures(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 2),
        )  # fmt: skip
        self.loss = nn.CrossEntropyLoss()

    def forward(self, image: Tensor, label: Tensor) -> dict[str, Tensor]:
        self.is_last = image.is_contiguous(memory_format=torch.channels_last)
        return {"loss": self.loss(self.model(image), label)}


@pytest.mark.parametrize("optimizer", ["AdamW", "SGD"])
def test_channels_last_is_another_order_of_the_same_numbers(optimizer: str, tmp_path: Path) -> None:
    source = torch.Generator().manual_seed(0)
    data = TrainingData({"image": torch.rand(40, 3, 8, 8, generator=source),
                         "label": torch.randint(2, (40,), generator=source)})  # fmt: skip
    losses = []
    for is_last in (False, True):
        model, plan = _seeded(), toys.plan(optimizer=optimizer, channels_last=is_last)
        found = toys.events(model=model, how=plan, samples=data, metrics=(),
                            folder=tmp_path / str(is_last))  # fmt: skip
        losses.append(toys.series(found, "loss"))
        assert model.is_last is is_last
    assert losses[0] == pytest.approx(losses[1], rel=1e-4)

    control = Control()
    for event in train(_seeded(), data, plan, control, Setup(folder=tmp_path / "half")):
        if event in toys.epochs([event]):
            control.stop()
    checkpoint = next((tmp_path / "half" / "checkpoints").iterdir())
    toys.events(model=_seeded(), how=plan, samples=data, metrics=(), folder=tmp_path / "rest",
                resume=checkpoint)  # fmt: skip
    last = [(tmp_path / part / "last.safetensors").read_bytes() for part in ("True", "rest")]
    assert last[0] == last[1]


def _seeded() -> Pictures:
    torch.manual_seed(0)
    return Pictures()


def test_a_plan_that_watches_what_is_not_measured_gets_a_sentence() -> None:
    with pytest.raises(UserError, match="Nothing named “f1” is measured"):
        toys.events(how=toys.plan(monitor="f1"))


def test_the_epoch_that_is_best_by_what_is_watched_is_kept() -> None:
    by_loss = toys.epochs(toys.events(how=toys.plan(lr=0.3, epochs=8, monitor="loss")))
    best = math.inf
    for event in by_loss:
        assert event.best == (event.val["loss"] < best)
        best = min(best, event.val["loss"])
