"""Optimizers over the params of an objective, one for each objective of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import torch
from torch import Tensor, nn

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Plan
from graphcore.training.optimizers import as_torch_takes, make_optimizer, sparse_params
from graphcore.training.parts import checked, optimizer_of
from graphcore.training.rates import At, momentum_at, rate_at
from graphcore.training.schedules import Moment

Settings = Mapping[str, Mapping[str, object]]
"""Settings of nodes by path; `freeze`, `lr_factor` and `decay` matter here."""


@dataclass(slots=True)
class Minimizer:
    """One objective at work: the optimizer over its params, their learning rate and momentum.

    `params` are in the optimizer's order, and `names` are theirs. With `has_closure` a step takes
    the gradients itself, as often as it wants.
    """

    name: str
    optimizer: torch.optim.Optimizer
    names: tuple[str, ...]
    params: list[nn.Parameter]
    rate: At
    every: int
    momentum: At | None = None
    has_closure: bool = False
    now: float = -1.0

    def move(self) -> None:
        """What Optimizer.step does, without what it notes for the profiler.

        That takes as long as a small layer. The step below it is still one that keeps no history.
        """
        step: Any = type(self.optimizer).step
        (step.__wrapped__ if getattr(step, "hooked", False) else step)(self.optimizer)

    def set_rate(self, moment: Moment) -> None:
        """Give every group the learning rate of that moment, and the momentum where that moves."""
        rate = self.rate(moment)
        if rate != self.now:
            self.now = rate
            for group in self.optimizer.param_groups:
                group["lr"] = rate * group["lr_factor"]
        if self.momentum is not None:
            momentum = self.momentum(moment)
            for group in self.optimizer.param_groups:
                if "betas" in group:
                    group["betas"] = (momentum, *group["betas"][1:])
                else:
                    group["momentum"] = momentum


def make_minimizers(objective: nn.Module, plan: Plan, settings: Settings) -> tuple[Minimizer, ...]:
    """A minimizer for each objective of the plan; freezes params whose node says so.

    Raises UserError where an objective has no param or an optimizer's params are wrong.
    """
    for _, path, param in _named_params(objective, settings):
        param.requires_grad_(not _setting(settings, path, "freeze", False))
    return tuple(_make(objective, item, settings) for item in plan.objectives)


def follow(minimizers: Iterable[Minimizer], plan: Plan) -> None:
    """Have the minimizers go on by other numbers of their optimizers and other schedules."""
    for minimizer, objective in zip(minimizers, plan.objectives, strict=True):
        part = optimizer_of(objective)
        given = checked(part.name, part.params, objective.optimizer.params)
        given.pop("lr")  # the schedule sets it
        for group in minimizer.optimizer.param_groups:
            taken = as_torch_takes(part, given, group)
            own = {name: value for name, value in taken.items() if value is not None}
            group |= own if group["decay"] else {**own, **_spared(own)}
        minimizer.rate, minimizer.now = rate_at(objective), -1.0
        minimizer.momentum = momentum_at(objective)


def frozen_modules(objective: nn.Module, settings: Settings) -> tuple[nn.Module, ...]:
    """The frozen layers: they stay in eval mode, or their running statistics would move."""
    return tuple(
        module
        for name, module in objective.named_modules()
        if name and settings.get(_path(name), {}).get("freeze", False)
    )


def at_turn(minimizers: tuple[Minimizer, ...], moment: Moment) -> list[Minimizer]:
    """Those that move their params in that step, all with the rate of that moment."""
    for minimizer in minimizers:
        minimizer.set_rate(moment)
    return [item for item in minimizers if moment.step % item.every == 0]


def forget_gradients(minimizers: Iterable[Minimizer]) -> None:
    """What Optimizer.zero_grad does, without what it notes for the profiler."""
    for minimizer in minimizers:
        for param in minimizer.params:
            param.grad = None


def add_gradients(
    minimizers: tuple[Minimizer, ...], losses: Sequence[Tensor], turns: Sequence[Minimizer]
) -> None:
    """Add to each param its gradient of its own objective's loss, one of which is each one's.

    Where there are several, every gradient is taken before any param moves: each objective sees
    the same model.
    """
    if len(minimizers) == 1:
        if turns:
            losses[0].backward()  # type: ignore[no-untyped-call]
        return
    for minimizer, loss in zip(minimizers, losses, strict=True):
        if minimizer in turns:
            params = minimizer.params
            grads = torch.autograd.grad(loss, params, retain_graph=True, allow_unused=True)
            for param, grad in zip(params, grads, strict=True):
                if grad is not None:
                    param.grad = grad if param.grad is None else param.grad + grad


def _make(objective: nn.Module, plan: ObjectivePlan, settings: Settings) -> Minimizer:
    part = optimizer_of(plan)
    groups, names = _groups(objective, plan, settings)
    given = checked(plan.optimizer.name, part.params, plan.optimizer.params)
    if not names:
        raise UserError(
            "There is nothing to train: no layer with parameters that may change.",
            "Add one, such as Linear, or thaw one that is frozen.",
        )
    for group in groups:
        group |= {} if group["decay"] else _spared(given)
    params = [param for group in groups for param in group["params"]]
    optimizer = make_optimizer(part, groups, given, sparse_params(objective))
    return Minimizer(
        plan.name, optimizer, tuple(names), params, rate_at(plan), max(1, plan.every),
        momentum_at(plan), part.has_closure,
    )  # fmt: skip


def _spared(given: Mapping[str, object]) -> dict[str, float]:
    """What differs for params that don't shrink."""
    return {"weight_decay": 0.0} if "weight_decay" in given else {}


def _groups(
    objective: nn.Module, plan: ObjectivePlan, settings: Settings
) -> tuple[list[dict[str, Any]], list[str]]:
    """Params by what their nodes ask for, and their names in the groups' order."""
    groups: dict[tuple[float, bool], list[tuple[str, nn.Parameter]]] = {}
    for name, path, param in _named_params(objective, settings):
        if param.requires_grad and fnmatchcase(path, plan.params):
            factor = _setting(settings, path, "lr_factor", 1.0)
            decay = bool(_setting(settings, path, "decay", True))
            key = (float(factor) if isinstance(factor, int | float) else 1.0, decay)
            groups.setdefault(key, []).append((name, param))
    found = [
        {"params": [param for _, param in members], "lr_factor": factor, "decay": decay}
        for (factor, decay), members in groups.items()
    ]
    return found, [name for members in groups.values() for name, _ in members]


def _named_params(
    objective: nn.Module, settings: Settings
) -> Iterator[tuple[str, str, nn.Parameter]]:
    """Each param once: its name in the objective, its name as a person knows it, itself.

    A tied weight is known by the name that it has at its owner, wherever that is drawn.
    """
    owned: dict[nn.Parameter, str] = {}
    for name, param in objective.named_parameters(remove_duplicate=False):
        if not _is_tied(settings, _path(name)):
            owned.setdefault(param, _path(name))
    for name, param in objective.named_parameters():
        yield name, owned.get(param, _path(name)), param


def _is_tied(settings: Settings, path: str) -> bool:
    """Whether a weight is said to be another's at the node that it is in."""
    place = path.rfind(".")
    while place > 0:
        ties = settings.get(path[:place], {}).get("ties")
        if isinstance(ties, Mapping) and path[place + 1 :] in ties:
            return True
        place = path.rfind(".", 0, place)
    return False


def _path(name: str) -> str:
    return name.removeprefix("model.")


def _setting(settings: Settings, path: str, name: str, default: object) -> object:
    """The setting of the innermost node around a param: `layer2.conv` before `layer2`."""
    while path:
        if name in settings.get(path, {}):
            return settings[path][name]
        path = path.rpartition(".")[0]
    return default
