"""The state of a run on disk: everything that it needs to go on as if it had never ended.

One safetensors file holds model, optimizers, random numbers and the place in the epoch; equal
states are equal bytes. `last` and `best` are plain weights of the model, for export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from graphcore.errors import UserError
from graphcore.training.averaging import Average
from graphcore.training.company import ALONE, Company
from graphcore.training.minimizers import Minimizer
from graphcore.training.optimizer_state import flattened, gathered
from graphcore.training.randomness import random_state, restore_random, state_of_process
from graphcore.training.shards import divided_like, put, whole

Tensors = dict[str, Tensor]


class Kept(Protocol):
    """What else has a state, in tensors whose names begin with a word of its own."""

    def state(self) -> Mapping[str, Tensor]:
        """The tensors that it needs to go on."""

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Go on from a checkpoint's tensors, among which are its own. Raises KeyError."""


@dataclass(slots=True)
class Position:
    """Where a run stands: `step` steps, `epoch` whole epochs, and `done` steps of the next.

    `rows` are the values of these steps, and what their targets weigh where these are counted
    (float32 [done, values]); `best` is the best epoch's score so far, and `watched` the number that
    was watched in each epoch.
    """

    step: int = 0
    epoch: int = 0
    done: int = 0
    rows: list[list[float]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    best: tuple[float, float] | None = None
    watched: list[float] = field(default_factory=list)

    def moved(self, samples: int) -> None:
        """One more step is done, over so many samples."""
        self.step += 1
        self.done += 1
        self.sizes.append(samples)

    def end_epoch(self, watched: float) -> None:
        """All steps of the epoch are done."""
        self.epoch, self.done = self.epoch + 1, 0
        self.rows, self.sizes = [], []
        self.watched.append(watched)


def copied(
    state: Mapping[str, object], over: Mapping[str, Tensor] = MappingProxyType({})
) -> Tensors:
    """Copies in main memory, so that training may go on while they are written.

    They are made in place of those `over` that nobody needs any more: fresh memory costs more
    than the copy.
    """
    return {
        name: over[name].copy_(whole(value.detach()))
        if name in over
        else whole(value.detach()).to("cpu", copy=True).contiguous()
        for name, value in state.items()
        if isinstance(value, Tensor)
    }


def weights_of(
    objective: nn.Module,
    average: Average | None = None,
    over: Mapping[str, Tensor] = MappingProxyType({}),
) -> Tensors:
    """A copy of the model's weights by the names that an export has, averaged where they are."""
    model = getattr(objective, "model", objective)
    return copied(average.of(model) if average is not None else model.state_dict(), over)


def weights_in(state: Tensors, objective: nn.Module) -> Tensors:
    """The model's weights by the names that an export has, as they lie in a state of its run."""
    prefix = "objective.model." if hasattr(objective, "model") else "objective."
    return {k.removeprefix(prefix): v for k, v in state.items() if k.startswith(prefix)}


def state_of(
    objective: nn.Module, minimizers: tuple[Minimizer, ...], position: Position,
    others: Iterable[Kept] = (), company: Company = ALONE,
) -> Tensors:  # fmt: skip
    """A copy of everything that decides how the run goes on; the others of a company help."""
    state: dict[str, object] = {
        f"objective.{name}": value for name, value in objective.state_dict().items()
    }
    for minimizer in minimizers:
        for name, param in zip(minimizer.names, minimizer.params, strict=True):
            for key, value in flattened(minimizer.optimizer.state.get(param, {})).items():
                state[f"optimizer.{minimizer.name}.{name}:{key}"] = value
    for other in others:
        state |= other.state()
    state |= _random_states(company, any(param.is_cuda for param in objective.parameters()))
    state["position"] = torch.tensor([position.step, position.epoch, position.done])
    state["epoch.rows"] = torch.tensor(position.rows, dtype=torch.float32)
    state["epoch.sizes"] = torch.tensor(position.sizes, dtype=torch.int64)
    state["watched"] = torch.tensor(position.watched, dtype=torch.float64)
    if position.best is not None:
        state["best"] = torch.tensor(position.best, dtype=torch.float64)
    return copied(state)


def _random_states(company: Company, uses_cuda: bool) -> dict[str, Tensor]:
    """Where the generators of every process stand; those of the first under their plain names."""
    first, *others = company.all(random_state(uses_cuda))
    found = dict(first)
    for rank, state in enumerate(others, 1):
        found |= {f"process.{rank}.{name}": value for name, value in state.items()}
    return found


def restore(
    path: Path, objective: nn.Module, minimizers: tuple[Minimizer, ...],
    others: Iterable[Kept] = (), company: Company = ALONE,
) -> Position:  # fmt: skip
    """Put a checkpoint's state back in place; where the run stood. Raises UserError."""
    state = read_tensors(path)
    try:
        own = {name.removeprefix("objective."): value for name, value in state.items()
               if name.startswith("objective.")}  # fmt: skip
        objective.load_state_dict(divided_like(own, objective.state_dict()))
        for minimizer in minimizers:
            _restore_optimizer(minimizer, state)
        for other in others:
            other.load(state)
        own_draws = state_of_process(state, company.rank)
        if own_draws or company.is_first:  # another process may have had no part in it then
            restore_random(own_draws)
        step, epoch, done = state["position"].tolist()
        best = state["best"].tolist() if "best" in state else None
        rows, sizes = state["epoch.rows"].tolist(), state["epoch.sizes"].tolist()
        watched = state["watched"].tolist() if "watched" in state else []
    except (KeyError, RuntimeError, ValueError) as error:
        raise UserError(
            f"{path.name} does not fit this project: {error}.", "Start a new run."
        ) from error
    return Position(step, epoch, done, rows, sizes, (best[0], best[1]) if best else None, watched)


def _restore_optimizer(minimizer: Minimizer, state: Tensors) -> None:
    # A step count lives on the CPU, unless one kernel moves all params.
    is_fused = bool(minimizer.optimizer.defaults.get("fused"))
    for name, param in zip(minimizer.names, minimizer.params, strict=True):
        prefix = f"optimizer.{minimizer.name}.{name}:"
        own = {
            key.removeprefix(prefix): _placed(value, param, is_fused)
            for key, value in state.items()
            if key.startswith(prefix)
        }
        if own:
            minimizer.optimizer.state[param] = gathered(own)


def _placed(value: Tensor, param: Tensor, is_fused: bool) -> Tensor:
    """On the param's device, and in its layout: one kernel walks through both alike."""
    if value.shape == param.shape and value.ndim:
        return put(torch.empty_like(param, dtype=value.dtype), value)
    # Copied, since a product of vectors depends in its last bit on where they lie in memory.
    return value.to(param.device if value.ndim or is_fused else "cpu", copy=True)


def read_tensors(path: Path) -> Tensors:
    """The tensors of a safetensors file. Raises UserError where it can't be read."""
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise UserError(
            f"{path} can't be read: {error}.", "It may be damaged; use another run."
        ) from error


def load_weights(model: nn.Module, path: Path) -> None:
    """Put weights of a file into a model. Raises UserError where they don't fit it."""
    put_weights(model, read_tensors(path), path.name)


def put_weights(model: nn.Module, tensors: Mapping[str, Tensor], name: str = "memory") -> None:
    """Put weights into a model. Raises UserError where they don't fit it."""
    try:
        model.load_state_dict(dict(tensors))
    except RuntimeError as error:
        raise UserError(
            f"The weights in {name} don't fit the drawing, which has changed since.",
            "Open the run's own project, or train again.",
        ) from error
