"""Optimizers and schedules: the tables are what torch has, and every row trains."""

from __future__ import annotations

import inspect
import math

import pytest
import torch
import toys

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.training.events import Finished
from graphcore.training.parts import JOINED, OPTIMIZERS
from graphcore.training.rates import learning_rates
from graphcore.training.schedules import SCHEDULES


def plan(schedule: str, **params: object) -> Plan:
    main = ObjectivePlan("main", Optimizer("SGD", {"lr": 2.0}), Schedule(schedule, params))
    return Plan((main,), epochs=10)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_table_says_what_torch_says(name: str) -> None:
    live = inspect.signature(getattr(torch.optim, name)).parameters
    defaults = {param.name: param.default for param in OPTIMIZERS[name].params}
    for whole, members in JOINED.get(name, {}).items():
        defaults[whole] = tuple(defaults.pop(member) for member in members)
    assert defaults == {param: live[param].default for param in defaults}
    for param in OPTIMIZERS[name].params:
        assert param.check(param.default) == param.default
        assert param.help


# SparseAdam needs a layer whose gradients are sparse: test_optimizers has one.
@pytest.mark.parametrize("name", sorted(OPTIMIZERS.keys() - {"SparseAdam"}))
def test_every_optimizer_trains_with_its_defaults(name: str) -> None:
    lr = next(param.default for param in OPTIMIZERS[name].params if param.name == "lr")
    found = toys.events(how=toys.plan(optimizer=name, lr=float(str(lr)), epochs=4))
    assert isinstance(found[-1], Finished)
    done = toys.epochs(found)
    assert done[-1].train["loss"] != done[0].train["loss"]


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_stays_between_nothing_and_the_rate(name: str) -> None:
    params = {"step_size_up": 10} if name == "cyclic" else {}
    rates = learning_rates(plan(name, **params), 100)
    assert len(rates) == 100
    assert all(0 <= rate <= 2.0 + 1e-12 for rate in rates)
    assert max(rates) == pytest.approx(2.0, rel=0.01)
    assert all(math.isfinite(rate) for rate in learning_rates(plan(name), 1))


def test_schedules_are_what_their_help_says() -> None:
    assert learning_rates(plan("constant"), 4) == [2.0] * 4
    cosine = learning_rates(plan("cosine", end_factor=0.5), 100)
    assert (cosine[0], cosine[50]) == (2.0, pytest.approx(1.5))
    assert cosine[-1] == pytest.approx(1.0, abs=0.01)
    steps = learning_rates(plan("step", step_size=5, gamma=0.1), 20)
    assert steps == pytest.approx([2.0] * 10 + [0.2] * 10)
    falls = learning_rates(plan("exponential", gamma=0.5), 20)
    assert falls[:5] == pytest.approx([2.0, 2.0, 1.0, 1.0, 0.5])
    warm = learning_rates(plan("warmup_cosine", warmup=0.1), 100)
    assert warm[:10] == pytest.approx([0.2 * i for i in range(1, 11)])
    assert warm[10] == pytest.approx(2.0)
    cycle = learning_rates(plan("one_cycle"), 101)
    assert cycle[0] == pytest.approx(2 / 25)
    assert cycle.index(max(cycle)) == 30
    assert cycle[-1] == pytest.approx(2 / 25 / 1e4)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (ObjectivePlan(optimizer=Optimizer("Magic")), "no optimizer “Magic”"),
        (ObjectivePlan(schedule=Schedule("magic")), "no schedule “magic”"),
        (ObjectivePlan(optimizer=Optimizer("SGD", {"betas": 1})), "SGD has no “betas”"),
        (ObjectivePlan(optimizer=Optimizer("SGD", {"lr": -1})), "“lr” of SGD"),
        (ObjectivePlan(optimizer=Optimizer("Adam", {"betas": [2, 3]})), "Adam refuses"),
        (ObjectivePlan(optimizer=Optimizer("SGD", {"nesterov": True})), "SGD refuses"),
        (ObjectivePlan(schedule=Schedule("step", {"step_size": 0})), "“step_size” of"),
    ],
)
def test_a_wrong_plan_gets_a_sentence(wrong: ObjectivePlan, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        toys.events(how=toys.plan(objectives=(wrong,)))
