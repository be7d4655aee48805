"""Optimizers over the params of an objective, one for each objective of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import torch
from torch import Tensor, nn

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Plan
from graphcore.training.parts import Moment, checked, optimizer_of, rate_at

Settings = Mapping[str, Mapping[str, object]]
"""Settings of nodes by path; `freeze`, `lr_factor` and `decay` matter here."""


@dataclass(slots=True)
class Minimizer:
    """One objective at work: the optimizer over its params, and their learning rate.

    `params` are in the optimizer's order, and `names` are theirs.
    """

    name: str
    optimizer: torch.optim.Optimizer
    names: tuple[str, ...]
    params: list[nn.Parameter]
    rate: Callable[[Moment], float]
    every: int
    now: float = -1.0

    def set_rate(self, moment: Moment) -> None:
        """Give every group the learning rate of that moment."""
        rate = self.rate(moment)
        if rate != self.now:
            self.now = rate
            for group in self.optimizer.param_groups:
                group["lr"] = rate * group["lr_factor"]


def make_minimizers(objective: nn.Module, plan: Plan, settings: Settings) -> tuple[Minimizer, ...]:
    """A minimizer for each objective of the plan; freezes params whose node says so.

    Raises UserError where an objective has no param or an optimizer's params are wrong.
    """
    for _, path, param in _named_params(objective, settings):
        param.requires_grad_(not _setting(settings, path, "freeze", False))
    return tuple(_make(objective, item, settings) for item in plan.objectives)


def frozen_modules(objective: nn.Module, settings: Settings) -> tuple[nn.Module, ...]:
    """The frozen layers: they stay in eval mode, or their running statistics would move."""
    return tuple(
        module
        for name, module in objective.named_modules()
        if name and settings.get(_path(name), {}).get("freeze", False)
    )


def minimize(minimizers: tuple[Minimizer, ...], losses: list[Tensor], moment: Moment) -> None:
    """Move the params one step down the losses, one of which is each minimizer's.

    Where there are several, every gradient is taken before any param moves: each objective sees
    the same model.
    """
    turns = [item for item in minimizers if moment.step % item.every == 0]
    if len(minimizers) > 1:
        _take_gradients(minimizers, losses, turns)
    elif turns:
        # What Optimizer.zero_grad does, without what it notes for the profiler.
        for param in minimizers[0].params:
            param.grad = None
        losses[0].backward()  # type: ignore[no-untyped-call]
    for minimizer in minimizers:
        minimizer.set_rate(moment)
    for minimizer in turns:
        minimizer.optimizer.step()


def _take_gradients(
    minimizers: tuple[Minimizer, ...], losses: list[Tensor], turns: list[Minimizer]
) -> None:
    for minimizer, loss in zip(minimizers, losses, strict=True):
        if minimizer in turns:
            params = minimizer.params
            grads = torch.autograd.grad(loss, params, retain_graph=True, allow_unused=True)
            for param, grad in zip(params, grads, strict=True):
                param.grad = grad


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
        if not group.pop("decay") and "weight_decay" in given:
            group["weight_decay"] = 0.0
    optimizer = _optimizer(part.name, groups, given, part.fused)
    params = [param for group in groups for param in group["params"]]
    every = max(1, plan.every)
    return Minimizer(plan.name, optimizer, tuple(names), params, rate_at(plan), every)


def _optimizer(
    name: str, groups: list[dict[str, Any]], given: dict[str, object], fused: bool
) -> torch.optim.Optimizer:
    params = [param for group in groups for param in group["params"]]
    kinds = {param.device.type for param in params}
    fused = fused and kinds <= {"cpu", "cuda"} and all(p.is_floating_point() for p in params)
    try:
        made: torch.optim.Optimizer = getattr(torch.optim, name)(
            groups, **given, **({"fused": True} if fused else {})
        )
    except ValueError as error:
        raise UserError(
            f"{name} refuses its params: {error}.", "Change them in the plan."
        ) from error
    return made


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
