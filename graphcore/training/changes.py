"""Other values of a plan by key, before a run and while it goes on. Torch-free."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

from graphcore.errors import UserError
from graphcore.project.allowed import PLAN
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.training.events import Changed
from graphcore.training.metric_table import METRICS
from graphcore.training.parts import checked, optimizer_of
from graphcore.training.schedules import schedule_named, schedule_of

PLAN_KEYS = tuple(item.name for item in fields(Plan) if item.name != "objectives")
MOVABLE = ("epochs", "clip_norm", "clip_value", "monitor", "patience", "min_delta")
"""What of a plan may change while a run goes on, beside optimizers' numbers and schedules."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A key with another value; a `factor` multiplies the value that there is."""

    key: str
    value: object
    is_factor: bool = False


def setting(text: str) -> Setting:
    """What `optimizer.lr=0.01` or `optimizer.lr*=0.5` says. Raises UserError."""
    key, equals, value = text.partition("=")
    key, is_factor = key.strip(), key.rstrip().endswith("*")
    if not equals or not key.rstrip("* "):
        raise UserError(f"{text.strip()[:60]} has no value.", "Write it as optimizer.lr=0.01.")
    try:
        found: object = json.loads(value)
    except (ValueError, RecursionError):
        found = value.strip()
    return Setting(key.rstrip("* "), found, is_factor)


def with_setting(plan: Plan, key: str, value: object) -> Plan:
    """The plan with another value. Raises UserError for an unknown key or a wrong value.

    “the” optimizer and schedule are the first objective's; those of another objective are called
    `objectives.NAME.optimizer.lr`.
    """
    match key.split("."):
        case ["metrics"] if not isinstance(value, list):
            return with_setting(plan, key, _metrics(value))
        case [name] if name in PLAN_KEYS:
            record = {item.name: getattr(plan, item.name) for item in fields(plan)}
            checked_plan: Plan = PLAN(record | {name: value}, "plan")
            return checked_plan
        case ["warmup"]:
            return _with(plan, replace(plan.objectives[0], warmup=value))  # type: ignore[arg-type]
        case ["then"]:
            return _with(plan, replace(plan.objectives[0], then=_chain(value)))
        case ["objectives", objective, part, name] if part in _CHANGES:
            return _with_objective(plan, objective, part, name, value)
        case [part, name] if part in _CHANGES:
            return _with_objective(plan, plan.objectives[0].name, part, name, value)
    raise UserError(f"There is no “{key}” to set.", f"There are: {', '.join(known_keys())}.")


def _metrics(value: object) -> list[str]:
    """The names in `accuracy,f1`. Raises UserError for one that is no metric."""
    found = [name.strip() for name in str(value).split(",") if name.strip()]
    for name in found:
        if name not in METRICS:
            raise UserError(f"There is no metric “{name}”.", f"There are: {', '.join(METRICS)}.")
    return found


def _chain(value: object) -> tuple[Schedule, ...]:
    """The schedules in `cosine:2,linear`, each with its share of the run. Raises UserError."""
    if not isinstance(value, str):
        return value  # type: ignore[return-value]  # records, which the plan checks
    pairs = (item.strip().partition(":") for item in value.split(",") if item.strip())
    return tuple(
        Schedule(schedule_named(name).name, {}, _share(share or "1")) for name, _, share in pairs
    )


def _share(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise UserError(f"“{text}” is no share of a run.", "Write then=cosine:2,linear.") from error


def known_keys() -> tuple[str, ...]:
    """What can be set, in words."""
    return (*PLAN_KEYS, "optimizer.name", "optimizer.lr and its other params", "schedule.name",
            "schedule.share, schedule.… (its params)", "warmup",
            "then (cosine:2,linear)")  # fmt: skip


def moved(plan: Plan, wanted: Setting, step: int) -> Changed:
    """The change that a run makes of its plan before that step; with a factor worked out.

    Raises UserError where that can't change while a run goes on, or the value is not allowed.
    """
    key, value = wanted.key, wanted.value
    _refuse_unmovable(key)
    if wanted.is_factor:
        value = _times(value_of(plan, key), value, key)
    return Changed(key, value_of(with_setting(plan, key, value), key), step)


def refuse_fewer(epochs: int, begun: int) -> None:
    """Raise UserError where a run has begun more epochs than it is to have."""
    if epochs < begun:
        raise UserError(
            f"The run has begun its epoch {begun} already, so it can't end after {epochs}.",
            f"Give it {begun} epochs or more.",
        )


def value_of(plan: Plan, key: str) -> object:
    """What a key stands at, defaults filled in. Raises UserError where there is none."""
    *place, name = key.split(".")
    if not place and name in PLAN_KEYS:
        return getattr(plan, name)
    if not place or place[-1] not in _CHANGES:
        raise UserError(f"There is no “{key}” to set.", f"There are: {', '.join(known_keys())}.")
    objective = _objective(plan, place[1] if len(place) == 3 else plan.objectives[0].name)
    part = optimizer_of(objective) if place[-1] == "optimizer" else schedule_of(objective)
    given = objective.optimizer if place[-1] == "optimizer" else objective.schedule
    return given.name if name == "name" else checked(part.name, part.params, given.params)[name]


def replayed(plan: Plan, changes: Iterable[Changed]) -> Plan:
    """The plan after what a run changed; pauses and the like are passed over."""
    for change in changes:
        if is_of_plan(change):
            plan = with_setting(plan, change.what, change.value)
    return plan


def is_of_plan(change: Changed) -> bool:
    """Whether a change moved the plan."""
    return change.what in MOVABLE or "." in change.what


def _refuse_unmovable(key: str) -> None:
    *place, name = key.split(".")
    part = place[-1] if place else ""
    if (not place and name in MOVABLE) or part == "schedule":
        return
    if part == "optimizer" and name != "name":
        return
    raise UserError(
        f"“{key}” can't change while a run goes on.",
        f"What can: {', '.join(name for name in MOVABLE if name in PLAN_KEYS)}, optimizer.lr and"
        " its other params, schedule.name and its params. For anything else start a new run.",
    )


def _times(value: object, factor: object, key: str) -> float:
    numbers = (value, factor)
    if not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        raise UserError(f"“{key}” can't be multiplied by {factor}.", "Write optimizer.lr*=0.5.")
    return float(value) * float(factor)  # type: ignore[arg-type]


def _objective(plan: Plan, name: str) -> ObjectivePlan:
    for objective in plan.objectives:
        if objective.name == name:
            return objective
    known = ", ".join(objective.name for objective in plan.objectives)
    raise UserError(f"The plan has no objective “{name}”.", f"It has: {known}.")


def _with(plan: Plan, objective: ObjectivePlan) -> Plan:
    """The plan with this objective in place of the one of its name."""
    others = (objective if item.name == objective.name else item for item in plan.objectives)
    found: Plan = PLAN(replace(plan, objectives=tuple(others)), "plan")
    return found


def _with_objective(plan: Plan, objective: str, part: str, name: str, value: object) -> Plan:
    return _with(plan, _CHANGES[part](_objective(plan, objective), name, value))


def _with_optimizer(plan: ObjectivePlan, name: str, value: object) -> ObjectivePlan:
    if name == "name":
        other = replace(plan, optimizer=Optimizer(str(value), {}))
        known = {param.name for param in optimizer_of(other).params}
        kept = {k: v for k, v in plan.optimizer.params.items() if k in known}
        return replace(plan, optimizer=Optimizer(str(value), kept))
    part = optimizer_of(plan)
    params = {**plan.optimizer.params, name: value}
    checked(part.name, part.params, params)
    return replace(plan, optimizer=replace(plan.optimizer, params=params))


def _with_schedule(plan: ObjectivePlan, name: str, value: object) -> ObjectivePlan:
    if name == "name":
        other = replace(plan, schedule=Schedule(str(value), {}))
        known = {param.name for param in schedule_of(other).params}
        kept = {k: v for k, v in plan.schedule.params.items() if k in known}
        return replace(plan, schedule=Schedule(str(value), kept))
    if name == "share":
        return replace(plan, schedule=replace(plan.schedule, share=value))  # type: ignore[arg-type]
    part = schedule_of(plan)
    params = {**plan.schedule.params, name: value}
    checked(f"The schedule {part.title}", part.params, params)
    return replace(plan, schedule=replace(plan.schedule, params=params))


_CHANGES: dict[str, Callable[[ObjectivePlan, str, object], ObjectivePlan]] = {
    "optimizer": _with_optimizer,
    "schedule": _with_schedule,
}
