"""How an objective is computed by several processes: replicas that agree, or shards of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training.company import Company
from graphcore.training.compiling import Forward, Gradients, compile_objective
from graphcore.training.events import Compiled
from graphcore.training.feeding import Batch

Results = Mapping[str, Tensor]
Losses = Callable[[Results], Sequence[Tensor]]


def shard(objective: nn.Module, plan: Plan, company: Company) -> None:
    """Divide the params among the processes, where the plan says fsdp.

    To be done before an optimizer knows them. Raises UserError where the plan can't be followed.
    """
    if company.size == 1:
        return
    if len(plan.objectives) > 1:
        raise UserError(
            "A plan with several objectives is followed by one process alone.",
            "Train it without --nproc.",
        )
    if plan.parallel == "fsdp":
        from torch.distributed.fsdp import fully_shard

        for module in _parts(objective):
            fully_shard(module)
        fully_shard(objective)


def _parts(objective: nn.Module) -> list[nn.Module]:
    """What is gathered, computed and let go at a time: the blocks of the model, turn by turn."""
    model = getattr(objective, "model", objective)
    found: list[nn.Module] = []
    for child in model.children():
        turns = list(child) if isinstance(child, nn.ModuleList) else [child]
        found += [turn for turn in turns if any(True for _ in turn.children())]
    return found


class Together(Protocol):
    """An objective that several processes compute."""

    def __call__(self, **batch: Tensor) -> dict[str, Tensor]:
        """What the objective returns, of this process's batch."""

    def compile(self, mode: str, batch: Batch, gradients: Gradients) -> Compiled:
        """Have it compiled from now on, where that can be; tell how that went."""

    def holding(self, batch: Batch) -> AbstractContextManager[None]:
        """Meanwhile gradients are added up here and not sent."""


def together(
    objective: nn.Module, plan: Plan, losses: Losses, device: torch.device
) -> Together:  # fmt: skip
    """The objective as the plan's way of working together computes it; `shard` comes before."""
    if plan.parallel == "fsdp":
        return Shards(objective)
    return Replicas(objective, losses, device)


class Replicas:
    """Computes an objective so that every process gets the mean of all gradients.

    What takes part is only known from a batch: a head that no loss reads has no gradient to wait
    for.
    """

    def __init__(self, objective: nn.Module, losses: Losses, device: torch.device) -> None:
        self._objective, self._losses, self._device = objective, losses, device
        self._replica: DistributedDataParallel | None = None
        self._forward: Forward | None = None

    def __call__(self, **batch: Tensor) -> dict[str, Tensor]:
        self._replica = self._replica or self._made(batch)
        forward: Forward = self._forward or self._replica
        return forward(**batch)

    def compile(self, mode: str, batch: Batch, gradients: Gradients) -> Compiled:
        """Have it compiled from now on, and tell how that went; every process does the same."""
        self._replica = self._replica or self._made(batch)
        self._forward, told = compile_objective(self._replica, mode, batch, gradients)
        return told

    @contextmanager
    def holding(self, batch: Batch) -> Iterator[None]:
        """Meanwhile gradients are added up here and not sent."""
        self._replica = self._replica or self._made(batch)
        with self._replica.no_sync():
            yield

    def _made(self, batch: Batch) -> DistributedDataParallel:
        where = [self._device.index] if self._device.type == "cuda" else None
        return DistributedDataParallel(
            self._objective, device_ids=where, find_unused_parameters=self._has_idle(batch)
        )

    def _has_idle(self, batch: Batch) -> bool:
        """Whether some param that may change has no gradient; draws no random number."""
        params = [param for param in self._objective.parameters() if param.requires_grad]
        was_training = {module: module.training for module in self._objective.modules()}
        self._objective.eval()
        devices = [self._device] if self._device.type == "cuda" else []
        with torch.random.fork_rng(devices=devices):
            total = torch.stack(list(self._losses(self._objective(**batch)))).sum()
            found = torch.autograd.grad(total, params, allow_unused=True)
        for module, mode in was_training.items():
            module.training = mode
        return any(gradient is None for gradient in found)


class Shards:
    """Computes an objective whose params are divided: `shard` has prepared it."""

    def __init__(self, objective: nn.Module) -> None:
        self._objective: Any = objective

    def compile(self, mode: str, batch: Batch, gradients: Gradients) -> Compiled:
        """Nothing: what is gathered and let go step by step is computed as it is."""
        return Compiled("", 0.0, reason="a model in shards is not compiled yet")

    def __call__(self, **batch: Tensor) -> dict[str, Tensor]:
        found: dict[str, Tensor] = self._objective(**batch)
        return found

    @contextmanager
    def holding(self, batch: Batch) -> Iterator[None]:
        """Meanwhile gradients are added up here and not sent."""
        self._objective.set_requires_gradient_sync(False)
        yield
        self._objective.set_requires_gradient_sync(True)
