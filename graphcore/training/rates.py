"""The learning rate and the momentum of an objective at each moment of a run. Torch-free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from graphcore.project.plan import ObjectivePlan, Plan, Schedule
from graphcore.training.parts import checked, optimizer_of
from graphcore.training.schedules import Moment, SchedulePart, schedule_named

At = Callable[[Moment], float]


def rate_at(plan: ObjectivePlan) -> At:
    """The function that gives the learning rate at each moment. Raises UserError."""
    lr = _given(plan)["lr"]
    assert isinstance(lr, int | float)
    at = _in_turns(plan, [_factor(schedule) for schedule in _schedules(plan)], rises=True)
    return lambda moment: lr * at(moment)


def momentum_at(plan: ObjectivePlan) -> At | None:
    """The function that gives the momentum at each moment; None where it stays as it is.

    What is momentum to Adam and its like is the first of the betas. Raises UserError.
    """
    own = _own_momentum(plan)
    ways = [_momentum(schedule) for schedule in _schedules(plan)]
    if own is None or not any(ways):
        return None
    return _in_turns(plan, [way or _steady(own) for way in ways], rises=False)


def learning_rates(plan: Plan, steps: int, epoch_steps: int = 0) -> list[float]:
    """The learning rate of the first objective at each of so many steps, for a preview."""
    rate = rate_at(plan.objectives[0])
    length = epoch_steps or max(1, steps // max(1, plan.epochs))
    return [rate(Moment(step, steps, length)) for step in range(steps)]


def starts(steps: int, shares: Sequence[float], warm: int = 0) -> list[int]:
    """The step at which each schedule of a chain begins, and at last where the run ends."""
    whole = sum(shares)
    return [warm, *(warm + round((steps - warm) * at / whole) for at in accumulate(shares))]


def _schedules(plan: ObjectivePlan) -> tuple[Schedule, ...]:
    return plan.schedule, *plan.then


def _given(plan: ObjectivePlan) -> dict[str, object]:
    optimizer = optimizer_of(plan)
    return checked(optimizer.name, optimizer.params, plan.optimizer.params)


def _own_momentum(plan: ObjectivePlan) -> float | None:
    """What the optimizer has of it by itself; None for one that has none."""
    given = _given(plan)
    betas = given.get("betas")
    found = betas[0] if isinstance(betas, tuple) else given.get("momentum")
    return float(found) if isinstance(found, int | float) else None


def _steady(value: float) -> At:
    return lambda _: value


def _factor(schedule: Schedule) -> At:
    part, params = _part(schedule)
    return lambda moment: part.factor(moment, params)


def _momentum(schedule: Schedule) -> At | None:
    part, params = _part(schedule)
    momentum = part.momentum
    if momentum is None or not params["cycle_momentum"]:
        return None
    return lambda moment: momentum(moment, params)


def _part(schedule: Schedule) -> tuple[SchedulePart, dict[str, object]]:
    """The row of the table and its checked params."""
    part = schedule_named(schedule.name)
    return part, checked(f"The schedule {part.title}", part.params, schedule.params)


def _in_turns(plan: ObjectivePlan, ways: Sequence[At], *, rises: bool) -> At:
    """Each way in its part of the run, after a warm-up in which the first one `rises` or stays."""
    warmup = plan.warmup
    if len(ways) == 1 and not warmup:
        return ways[0]
    shares = [schedule.share for schedule in _schedules(plan)]

    def at(moment: Moment) -> float:
        warm = round(warmup * moment.steps)
        if moment.step < warm:
            share = (moment.step + 1) / warm if rises else 1.0
            return share * ways[0](moment.part(moment.step, 1))
        firsts = starts(moment.steps, shares, warm)
        place = max(i for i, first in enumerate(firsts[:-1]) if first <= moment.step or not i)
        first, end = firsts[place], firsts[place + 1]
        return ways[place](moment.part(first, end - first))

    return at
