"""The state of a run on disk: everything that it needs to go on as if it had never ended.

One safetensors file holds model, optimizers, random numbers and the place in the epoch; equal
states are equal bytes. `last` and `best` are plain weights of the model, for export.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from graphcore.errors import UserError
from graphcore.training.events import Saved, Warned
from graphcore.training.minimizers import Minimizer

KEPT = 2
Tensors = dict[str, Tensor]


@dataclass(slots=True)
class Position:
    """Where a run stands: `step` steps, `epoch` whole epochs, and `done` batches of the next.

    `rows` are the values of these batches (float32 [done, series]); `best` is the best epoch's
    score so far.
    """

    step: int = 0
    epoch: int = 0
    done: int = 0
    rows: list[list[float]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    best: tuple[float, float] | None = None


def copied(state: Mapping[str, object]) -> Tensors:
    """Copies in main memory, so that training may go on while they are written."""
    return {
        name: value.detach().to("cpu", copy=True).contiguous()
        for name, value in state.items()
        if isinstance(value, Tensor)
    }


def weights_of(objective: nn.Module) -> Tensors:
    """A copy of the model's weights by the names that an export has."""
    model = getattr(objective, "model", objective)
    return copied(model.state_dict())


def state_of(
    objective: nn.Module, minimizers: tuple[Minimizer, ...], position: Position
) -> Tensors:
    """A copy of everything that decides how the run goes on."""
    state: dict[str, object] = {
        f"objective.{name}": value for name, value in objective.state_dict().items()
    }
    for minimizer in minimizers:
        for name, param in zip(minimizer.names, minimizer.params, strict=True):
            for key, value in minimizer.optimizer.state.get(param, {}).items():
                state[f"optimizer.{minimizer.name}.{name}:{key}"] = value
    state["random.cpu"] = torch.get_rng_state()
    if any(param.is_cuda for param in objective.parameters()):
        state["random.cuda"] = torch.cuda.get_rng_state()
    state["position"] = torch.tensor([position.step, position.epoch, position.done])
    state["epoch.rows"] = torch.tensor(position.rows, dtype=torch.float32)
    state["epoch.sizes"] = torch.tensor(position.sizes, dtype=torch.int64)
    if position.best is not None:
        state["best"] = torch.tensor(position.best, dtype=torch.float64)
    return copied(state)


def restore(path: Path, objective: nn.Module, minimizers: tuple[Minimizer, ...]) -> Position:
    """Put a checkpoint's state back in place; where the run stood. Raises UserError."""
    state = read_tensors(path)
    try:
        own = {name.removeprefix("objective."): value for name, value in state.items()
               if name.startswith("objective.")}  # fmt: skip
        objective.load_state_dict(own)
        for minimizer in minimizers:
            _restore_optimizer(minimizer, state)
        torch.set_rng_state(state["random.cpu"])
        if "random.cuda" in state and torch.cuda.is_available():
            torch.cuda.set_rng_state(state["random.cuda"])
        step, epoch, done = state["position"].tolist()
        best = state["best"].tolist() if "best" in state else None
        rows, sizes = state["epoch.rows"].tolist(), state["epoch.sizes"].tolist()
    except (KeyError, RuntimeError, ValueError) as error:
        raise UserError(
            f"{path.name} does not fit this project: {error}.", "Start a new run."
        ) from error
    return Position(step, epoch, done, rows, sizes, (best[0], best[1]) if best else None)


def _restore_optimizer(minimizer: Minimizer, state: Tensors) -> None:
    for name, param in zip(minimizer.names, minimizer.params, strict=True):
        prefix = f"optimizer.{minimizer.name}.{name}:"
        for key, value in state.items():
            if key.startswith(prefix):
                # A step count lives on the CPU, unless one kernel moves all params.
                on_device = value.ndim or minimizer.optimizer.defaults.get("fused")
                device = param.device if on_device else torch.device("cpu")
                minimizer.optimizer.state[param][key.removeprefix(prefix)] = value.to(device)


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
    try:
        model.load_state_dict(read_tensors(path))
    except RuntimeError as error:
        raise UserError(
            f"The weights in {path.name} don't fit the drawing, which has changed since.",
            "Open the run's own project, or train again.",
        ) from error


def write_tensors(tensors: Tensors, path: Path) -> None:
    """Write a safetensors file so that there is the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    save_file(tensors, temporary)
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(temporary, path)


@dataclass(slots=True)
class _Job:
    name: str
    step: int
    tensors: Tensors


class Writer:
    """Writes states in a thread of its own; of one file only the newest state that waits.

    `told` says what was saved since it was last asked; `close` writes all that waits and joins.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._jobs: dict[str, _Job] = {}
        self._told: list[Saved | Warned] = []
        self._condition = threading.Condition()
        self._is_open = True
        self._thread = threading.Thread(target=self._work, name="checkpoint writer")
        self._thread.start()

    def put(self, name: str, tensors: Tensors, step: int) -> None:
        """Have `tensors` written soon to the file `name` in the folder."""
        key = "checkpoint" if name.startswith("checkpoints/") else name
        with self._condition:
            self._jobs[key] = _Job(name, step, tensors)
            self._condition.notify()

    def told(self) -> list[Saved | Warned]:
        """What was saved, or could not be, since this was last asked."""
        with self._condition:
            told, self._told = self._told, []
        return told

    def close(self) -> None:
        """Write all that waits and end the thread; twice is once."""
        with self._condition:
            self._is_open = False
            self._condition.notify()
        self._thread.join()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            told = _attempt(self._folder, job)
            with self._condition:
                self._told.append(told)

    def _next(self) -> _Job | None:
        with self._condition:
            self._condition.wait_for(lambda: self._jobs or not self._is_open)
            return self._jobs.pop(next(iter(self._jobs))) if self._jobs else None


def _attempt(folder: Path, job: _Job) -> Saved | Warned:
    try:
        write_tensors(job.tensors, folder / job.name)
        _prune(folder / "checkpoints")
    except (OSError, SafetensorError) as error:
        return Warned(f"{job.name} could not be saved: {error}. Free some space.")
    return Saved(job.step, job.name)


def _prune(folder: Path) -> None:
    """Keep the newest checkpoints only."""
    found = [path for path in folder.glob("*.safetensors") if path.stem.isdecimal()]
    for path in sorted(found, key=lambda path: int(path.stem))[:-KEPT]:
        path.unlink(missing_ok=True)
