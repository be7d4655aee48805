"""Every schedule is torch's own, number by number; chains and warm-up too."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import torch
import toys
from torch.optim import lr_scheduler as lrs

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.training.control import Control
from graphcore.training.events import EpochDone
from graphcore.training.loop import train
from graphcore.training.minimizers import make_minimizers
from graphcore.training.rates import learning_rates, momentum_at, rate_at, starts
from graphcore.training.schedules import SCHEDULES, Moment
from graphcore.training.setup import Setup

LR, STEPS, EPOCH = 2.0, 120, 10
Made = Callable[[torch.optim.Optimizer], lrs.LRScheduler]


def objective(name: str, *then: Schedule, warm: float = 0.0, **params: object) -> ObjectivePlan:
    schedule = Schedule(name, params)
    return ObjectivePlan("main", Optimizer("SGD", {"lr": LR}), schedule, warmup=warm, then=then)


def ours(plan: ObjectivePlan) -> list[float]:
    rate = rate_at(plan)
    return [rate(Moment(step, STEPS, EPOCH)) for step in range(STEPS)]


def optimizer() -> torch.optim.Optimizer:
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=LR, momentum=0.9)


def theirs(make: Made, each: str = "step") -> list[float]:
    """The rate of each step where torch's scheduler is called after a step or an epoch."""
    moved = optimizer()
    scheduler, found = make(moved), []
    for step in range(1, STEPS + 1):
        found.append(moved.param_groups[0]["lr"])
        moved.step()
        if each == "step" or (each == "epoch" and step % EPOCH == 0):
            scheduler.step()
        elif each == "fraction":
            scheduler.step(step / EPOCH)  # type: ignore[arg-type]
    return found


@dataclass(frozen=True)
class Pair:
    """A schedule of ours and torch's of the same numbers."""

    name: str
    params: dict[str, object]
    torch: Made
    each: str = "step"


PAIRS = (
    Pair("constant", {}, lambda o: lrs.LambdaLR(o, lambda _: 1.0)),
    Pair("cosine", {"end_factor": 0.1},
         lambda o: lrs.CosineAnnealingLR(o, STEPS, eta_min=0.1 * LR)),
    Pair("restarts", {"T_0": 2, "T_mult": 2, "end_factor": 0.1},
         lambda o: lrs.CosineAnnealingWarmRestarts(o, 2, 2, 0.1 * LR), "fraction"),
    Pair("linear", {"start_factor": 0.5, "end_factor": 0.1},
         lambda o: lrs.LinearLR(o, 0.5, 0.1, STEPS)),
    Pair("polynomial", {"power": 2.0}, lambda o: lrs.PolynomialLR(o, STEPS, 2.0)),
    Pair("step", {"step_size": 3, "gamma": 0.5}, lambda o: lrs.StepLR(o, 3, 0.5), "epoch"),
    Pair("multistep", {"milestones": (2, 3, 7), "gamma": 0.5},
         lambda o: lrs.MultiStepLR(o, [2, 3, 7], 0.5), "epoch"),
    Pair("exponential", {"gamma": 0.8}, lambda o: lrs.ExponentialLR(o, 0.8), "epoch"),
    Pair("held_back", {"factor": 0.25, "total_iters": 4},
         lambda o: lrs.ConstantLR(o, 0.25, 4), "epoch"),
    Pair("one_cycle", {"pct_start": 0.25},
         lambda o: lrs.OneCycleLR(o, LR, STEPS, pct_start=0.25)),
    Pair("one_cycle", {"anneal_strategy": "linear", "three_phase": True, "div_factor": 10.0},
         lambda o: lrs.OneCycleLR(o, LR, STEPS, anneal_strategy="linear", three_phase=True,
                                  div_factor=10.0)),
    Pair("cyclic", {"base_factor": 0.1, "step_size_up": 7, "step_size_down": 13},
         lambda o: lrs.CyclicLR(o, 0.1 * LR, LR, 7, 13)),
    Pair("cyclic", {"step_size_up": 9, "mode": "triangular2", "base_momentum": 0.7},
         lambda o: lrs.CyclicLR(o, 0.1 * LR, LR, 9, mode="triangular2", base_momentum=0.7)),
    Pair("cyclic", {"step_size_up": 9, "mode": "exp_range", "gamma": 0.99},
         lambda o: lrs.CyclicLR(o, 0.1 * LR, LR, 9, mode="exp_range", gamma=0.99)),
    Pair("formula", {"formula": "0.9 ** epoch"},
         lambda o: lrs.LambdaLR(o, lambda epoch: 0.9**epoch), "epoch"),
    Pair("formula", {"formula": "0.9 ** epoch"},
         lambda o: lrs.MultiplicativeLR(o, lambda _: 0.9), "epoch"),
    Pair("formula", {"formula": "min(1, (step + 1) / 50)"},
         lambda o: lrs.LambdaLR(o, lambda step: min(1, (step + 1) / 50))),
    Pair("warmup_cosine", {"warmup": 0.25, "end_factor": 0.1},
         lambda o: lrs.SequentialLR(o, [
             lrs.LinearLR(o, 1 / 30, 1.0, 29), lrs.CosineAnnealingLR(o, 90, 0.1 * LR),
         ], [30])),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
@pytest.mark.filterwarnings("ignore:.*deprecat")
def test_each_gives_the_numbers_of_torch(pair: Pair) -> None:
    expected = theirs(pair.torch, pair.each)
    assert ours(objective(pair.name, **pair.params)) == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("pair", [p for p in PAIRS if SCHEDULES[p.name].momentum],
                         ids=lambda pair: pair.name)  # fmt: skip
@pytest.mark.parametrize(("name", "params"), [
    ("SGD", {"momentum": 0.5}), ("AdamW", {}), ("RMSprop", {}),
])  # fmt: skip
def test_momentum_goes_against_the_rate_as_torchs_does(
    pair: Pair, name: str, params: dict[str, object]
) -> None:
    layer = torch.nn.Linear(1, 1)
    moved = getattr(torch.optim, name)(layer.parameters(), lr=LR, **params)
    scheduler = pair.torch(moved)
    plan = replace(objective(pair.name, **pair.params), optimizer=Optimizer(name, {"lr": LR}))
    (minimizer,) = make_minimizers(layer, Plan((plan,)), {})
    for step in range(STEPS):
        minimizer.set_rate(Moment(step, STEPS, EPOCH))
        for key in ("lr", "momentum", "betas"):
            for group, other in zip(minimizer.optimizer.param_groups, moved.param_groups * 2,
                                    strict=False):  # fmt: skip
                if key in other:
                    assert group[key] == pytest.approx(other[key], rel=1e-6)
        moved.step()
        scheduler.step()


def test_momentum_stays_where_nothing_moves_it() -> None:
    assert momentum_at(objective("cosine")) is None
    assert momentum_at(objective("one_cycle", cycle_momentum=False)) is None
    plain = replace(objective("one_cycle"), optimizer=Optimizer("Adagrad", {"lr": LR}))
    assert momentum_at(plain) is None
    held = momentum_at(replace(objective("constant", Schedule("one_cycle"), warm=0.25),
                               optimizer=Optimizer("SGD", {"momentum": 0.5})))  # fmt: skip
    assert held is not None
    found = [held(Moment(step, STEPS, EPOCH)) for step in range(STEPS)]
    assert found[:75] == [0.5] * 75
    assert found[75] == pytest.approx(0.95)
    assert min(found[75:]) == pytest.approx(0.85, abs=1e-3)  # its turn lies between two steps


def test_every_schedule_is_compared_and_every_one_of_torch_is_here() -> None:
    assert {pair.name for pair in PAIRS} | {"plateau"} == SCHEDULES.keys()
    known = {name for name, cls in vars(lrs).items()
             if isinstance(cls, type) and issubclass(cls, lrs.LRScheduler)}  # fmt: skip
    # SequentialLR is a chain; ChainedScheduler multiplies rates, which a formula does.
    compared = {type(pair.torch(optimizer())).__name__ for pair in PAIRS}
    others = {
        "ReduceLROnPlateau",
        "ChainedScheduler",
        "LRScheduler",
        "_LRScheduler",
        "SequentialLR",
    }
    assert known == compared | others


def test_a_chain_is_torchs_sequence() -> None:
    then = Schedule("cosine", {"end_factor": 0.1}, 2.0), Schedule("exponential", {"gamma": 0.5})
    found = ours(objective("linear", *then, start_factor=0.2, end_factor=1.0))
    assert starts(STEPS, (1, 2, 1)) == [0, 30, 90, 120]

    def chain(o: torch.optim.Optimizer) -> lrs.LRScheduler:
        return lrs.SequentialLR(o, [
            lrs.LinearLR(o, 0.2, 1.0, 30), lrs.CosineAnnealingLR(o, 60, 0.1 * LR),
            lrs.LambdaLR(o, lambda step: 0.5 ** (step // EPOCH)),
        ], [30, 90])  # fmt: skip

    assert found == pytest.approx(theirs(chain), rel=1e-6)


def test_warm_up_comes_before_any_schedule() -> None:
    found = ours(objective("step", warm=0.25, step_size=3, gamma=0.5))

    def warmed(o: torch.optim.Optimizer) -> lrs.LRScheduler:
        return lrs.SequentialLR(o, [
            lrs.LinearLR(o, 1 / 30, 1.0, 29),
            lrs.LambdaLR(o, lambda step: 0.5 ** (step // EPOCH // 3)),
        ], [30])  # fmt: skip

    assert found == pytest.approx(theirs(warmed), rel=1e-6)


@pytest.mark.parametrize("mode", ["rel", "abs"])
@pytest.mark.parametrize("is_loss", [True, False])
def test_a_plateau_is_torchs(mode: str, is_loss: bool) -> None:
    source = torch.Generator().manual_seed(1)
    values = (1 / torch.arange(1, 41) + torch.rand(40, generator=source) * 0.2).tolist()
    values = values if is_loss else [1 - value for value in values]
    moved = optimizer()
    scheduler = lrs.ReduceLROnPlateau(
        moved,
        "min" if is_loss else "max",
        0.5,
        2,
        0.01,
        mode,
        1,
        0.1,
        eps=0.0,  # type: ignore[arg-type]
    )
    params = {"factor": 0.5, "patience": 2, "threshold": 0.01, "threshold_mode": mode,
              "cooldown": 1, "min_factor": 0.05}  # fmt: skip
    rate = rate_at(objective("plateau", **params))
    watched = [-value if is_loss else value for value in values]
    found, expected = [], []
    for epoch, value in enumerate(values):
        found.append(rate(Moment(epoch * EPOCH, 40 * EPOCH, EPOCH, watched[:epoch])))
        expected.append(moved.param_groups[0]["lr"])
        scheduler.step(value)
    assert found == pytest.approx(expected, rel=1e-9)
    assert found[-1] < LR / 2


def test_a_run_falls_on_its_plateau_and_goes_on_from_a_checkpoint_as_low(tmp_path: Path) -> None:
    schedule = Schedule("plateau", {"patience": 0, "factor": 0.5, "threshold": 1.0})
    main = ObjectivePlan("main", Optimizer("AdamW", {"lr": 0.01}), schedule)
    plan = toys.plan(objectives=(main,), epochs=5)
    whole = toys.series(toys.events(how=plan), "learning_rate")
    # The first epoch is better than nothing, no other is: it falls after the second.
    assert whole[::5] == pytest.approx([0.01, 0.01, 0.005, 0.0025, 0.00125])
    control, setup = Control(), Setup(folder=tmp_path, metrics=(toys.ACCURACY,))
    for event in train(toys.objective(), toys.data(), plan, control, setup):
        if isinstance(event, EpochDone) and event.epoch == 3:
            control.stop()
    checkpoint = max((tmp_path / "checkpoints").iterdir(), key=lambda path: int(path.stem))
    rest = toys.events(how=plan, resume=checkpoint)
    rates = [
        rate for event in rest for rate in getattr(event, "values", {}).get("learning_rate", ())
    ]
    assert rates == whole[-len(rates) :]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("lr * 2", "lr"), ("__import__('os')", "formula"), ("1 +", "not a formula"), ("9 ** 999", "")],
)
def test_a_formula_that_is_none_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        rate_at(objective("formula", formula=text))
    assert sentence in str(caught.value)


def test_the_preview_is_the_run() -> None:
    main = objective("cosine", Schedule("step", {"step_size": 1, "gamma": 0.5}), warm=0.2)
    plan = toys.plan(objectives=(main,), epochs=4)
    found = toys.series(toys.events(how=plan, metrics=()), "learning_rate")
    assert found == learning_rates(plan, 20, 5)
    assert len(set(found)) >= 10
    assert all(math.isfinite(rate) for rate in found)
    assert isinstance(plan, Plan)
