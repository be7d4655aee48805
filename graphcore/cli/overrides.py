"""`--set KEY=VALUE`: other values of the plan and of the data's split, checked as in the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, replace

from graphcore.cli.terminal import UsageError
from graphcore.errors import UserError
from graphcore.project.allowed import DATA, PLAN
from graphcore.project.data import DataChoice, Split
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.project.project import Project
from graphcore.training.parts import checked, optimizer_of, schedule_of

PLAN_KEYS = tuple(item.name for item in fields(Plan) if item.name not in ("objectives", "metrics"))
SPLIT_KEYS = tuple(item.name for item in fields(Split))


def with_settings(project: Project, settings: Iterable[str]) -> Project:
    """A copy of the project with these `key=value` texts applied, names before their params.

    Raises UsageError for a key that is unknown or a value that is not allowed.
    """
    found = project.copy()
    pairs = [_pair(text) for text in settings]
    for key, value in sorted(pairs, key=lambda pair: not pair[0].endswith(".name")):
        try:
            _apply(found, key, value)
        except UsageError:
            raise
        except UserError as error:
            raise UsageError(f"--set {key}: {error.message}", error.hint) from error
    return found


def _pair(text: str) -> tuple[str, object]:
    key, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--set {text} has no value.", "Write it as optimizer.lr=0.01.")
    try:
        return key.strip(), json.loads(value)
    except (ValueError, RecursionError):
        return key.strip(), value.strip()


def _apply(project: Project, key: str, value: object) -> None:
    match key.split("."):
        case [name] if name in PLAN_KEYS:
            project.plan = PLAN(_record(project.plan) | {name: value}, "plan")
        case ["data", "split", name] if name in SPLIT_KEYS:
            split = _record(project.data.split) | {name: value}
            project.data = DATA(_record(project.data) | {"split": split}, "data")
        case ["optimizer", name]:
            _change_objective(project, lambda plan: _with_optimizer(plan, name, value))
        case ["schedule", name]:
            _change_objective(project, lambda plan: _with_schedule(plan, name, value))
        case _:
            raise UsageError(f"There is no “{key}” to set.", f"There are: {', '.join(_known())}.")


def _record(value: Plan | Split | DataChoice) -> dict[str, object]:
    """The fields of a value by name, as a file would hold them."""
    return {item.name: getattr(value, item.name) for item in fields(value)}


def _known() -> tuple[str, ...]:
    split = (f"data.split.{name}" for name in SPLIT_KEYS)
    return (*PLAN_KEYS, "optimizer.name", "optimizer.lr and its other params", "schedule.name",
            "schedule.… (its params)", *split)  # fmt: skip


def _change_objective(project: Project, change: Callable[[ObjectivePlan], ObjectivePlan]) -> None:
    """What is said of “the” optimizer and schedule is said of the first objective's."""
    first, *others = project.plan.objectives
    project.plan = PLAN(replace(project.plan, objectives=(change(first), *others)), "plan")


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
    part = schedule_of(plan)
    params = {**plan.schedule.params, name: value}
    checked(f"The schedule {part.title}", part.params, params)
    return replace(plan, schedule=replace(plan.schedule, params=params))
