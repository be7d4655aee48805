"""What is looked at now and then while a run trains: gradients, updates, speed and the machine.

Looking costs: it is done at most ten times a second, ever more rarely in a long run, and never so
often that it takes more than half a hundredth of the time. Nothing is copied from the device
before the run tells its values anyway, and no weight moves otherwise than without it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from torch import Tensor, nn

from graphcore.training.events import Sampled
from graphcore.training.machine import Machine
from graphcore.training.minimizers import Minimizer
from graphcore.training.runs import Run
from graphcore.training.setup import Setup
from graphcore.training.shards import own_part

MOST_SHARE = 0.005
OFTEN, RARELY = 0.1, 30.0
THINNING = 600
"""A run of any length is looked at about that often, and as often again whenever it is e times
as long."""
COPIED_BYTES = 64 * 2**20
"""Weights that are kept beside themselves for a step; of more, each time others."""


@dataclass(slots=True)
class _Look:
    """One look: what is known here, and norms that still lie on the device.

    `norms` are those of the gradients of the params `known`, then of what the params `kept` moved
    by, then of these params themselves.
    """

    step: int
    values: dict[str, float]
    known: list[int]
    kept: list[int]
    norms: Tensor


class Watch:
    """Counts the seconds of a run, and looks at a step when it is due.

    `params` are those that the run moves, by the path of their node; a step takes `step_samples`
    samples.
    """

    def __init__(
        self,
        params: Mapping[str, Sequence[nn.Parameter]],
        device: torch.device,
        step_samples: float = 1.0,
        seconds_before: float = 0.0,
    ) -> None:
        self._nodes: dict[str, list[int]] = {}
        self._params: list[nn.Parameter] = []
        for path, own in params.items():
            self._nodes[path] = list(range(len(self._params), len(self._params) + len(own)))
            self._params.extend(own)
        self._machine, self._step_samples = Machine(device), step_samples
        self._began = perf_counter() - seconds_before
        self._due = self._last_at = perf_counter()
        self._last_step: int | None = None
        self._turn = 0
        self._kept: dict[int, Tensor] = {}
        self._looks: list[_Look] = []
        self._is_looking = False
        self._cost = 0.0

    def seconds(self) -> float:
        """How long the run has been at work, pauses included."""
        return perf_counter() - self._began

    def before(self) -> None:
        """Called before the params move; keeps some of them where this step is looked at."""
        began = perf_counter()
        self._is_looking = began >= self._due
        if self._is_looking:
            kept = self._next_turn()
            now = [self._params[place].detach() for place in kept]
            copies = torch._foreach_mul(now, 1.0) if now else ()
            self._kept = dict(zip(kept, copies, strict=True))
            self._cost = perf_counter() - began

    def after(self, step: int) -> None:
        """Called after the params moved, `step` steps being over."""
        if not self._is_looking:
            return
        began = perf_counter()
        known = [place for place, param in enumerate(self._params) if _is_plain(param.grad)]
        values = {**self._speed(step, began), **self._machine.values()}
        self._looks.append(_Look(step, values, known, list(self._kept), self._norms(known)))
        self._kept = {}
        now = perf_counter()
        self._cost += now - began
        thinned = min(RARELY, (now - self._began) / THINNING)
        self._due = now + max(OFTEN, thinned, self._cost / MOST_SHARE)

    def told(self) -> Iterator[Sampled]:
        """What was seen since the last time, copied from the device now."""
        if not self._looks:
            return
        began = perf_counter()
        seen = [Sampled(look.step, _rounded({**look.values, **self._by_node(look)}))
                for look in self._looks]  # fmt: skip
        self._looks = []
        self._due += (perf_counter() - began) / MOST_SHARE
        yield from seen

    def _next_turn(self) -> list[int]:
        """The params to keep this time: all where they are few, else those of the next nodes."""
        found, room, paths = list[int](), COPIED_BYTES, list(self._nodes)
        for turn in range(len(paths)):
            own = self._nodes[paths[(self._turn + turn) % len(paths)]]
            room -= sum(self._params[place].nbytes for place in own)
            if found and room < 0:
                self._turn = (self._turn + turn) % len(paths)
                break
            found += own
        return found

    @torch.no_grad()
    def _norms(self, known: list[int]) -> Tensor:
        grads = [grad for place in known if (grad := self._params[place].grad) is not None]
        params: list[Tensor] = [self._params[place] for place in self._kept]
        moved = [param - kept for param, kept in zip(params, self._kept.values(), strict=True)]
        tensors = [*grads, *moved, *params]
        if not tensors:
            return torch.empty(0)
        return torch.stack(torch._foreach_norm(tensors, 2, dtype=torch.float32))

    def _speed(self, step: int, at: float) -> dict[str, float]:
        last, since = self._last_step, at - self._last_at
        self._last_step, self._last_at = step, at
        if last is None or since <= 0:
            return {}
        return {"samples_per_second": (step - last) * self._step_samples / since}

    def _by_node(self, look: _Look) -> dict[str, float]:
        norms, kept = look.norms.tolist(), len(look.kept)
        grads, rest = norms[: len(look.known)], norms[len(look.known) :]
        found = {"gradient_norm": math.hypot(*grads)} if grads else {}
        for path, norm in self._together(look.known, grads).items():
            found[f"gradient_norm.{path}"] = norm
        sizes = self._together(look.kept, rest[kept:])
        for path, norm in self._together(look.kept, rest[:kept]).items():
            if sizes[path]:  # a layer whose weights are all 0 has no ratio yet
                found[f"update_ratio.{path}"] = norm / sizes[path]
        return found

    def _together(self, places: list[int], norms: list[float]) -> dict[str, float]:
        """The norm over all params of each node; nodes of which some are missing are left out."""
        by_place = dict(zip(places, norms, strict=True))
        return {
            path: math.hypot(*(by_place[place] for place in own))
            for path, own in self._nodes.items()
            if all(place in by_place for place in own)
        }


def make_watch(
    objective: nn.Module,
    minimizers: Sequence[Minimizer],
    setup: Setup,
    step_samples: float,
    step: int,
) -> Watch:
    """A watch over a run that begins, or goes on, at that step."""
    moved = {param for minimizer in minimizers for param in minimizer.params}
    nodes: dict[str, list[nn.Parameter]] = {}
    for name, param in objective.named_parameters():
        # The norms of what is divided would have to be asked for by every process.
        if param in moved and own_part(param) is param:
            nodes.setdefault(_node_path(objective, name), []).append(param)
    return Watch(nodes, setup.device, step_samples, _seconds_before(setup.folder, step))


def _seconds_before(folder: Path | None, step: int) -> float:
    """How long a run was at work in its first steps, as its folder says; 0 where it doesn't."""
    known = Run(folder).series("seconds")[:step] if folder is not None else np.empty(0)
    known = known[np.isfinite(known)]
    return float(known[-1]) if len(known) else 0.0


def _node_path(objective: nn.Module, name: str) -> str:
    """What is inside a layer of torch, such as `attention.out_proj`, belongs to the layer."""
    at, path = objective, list[str]()
    for part in name.split("."):
        path.append(part)
        at = getattr(at, part)
        is_list = isinstance(at, nn.ModuleList | nn.ModuleDict | nn.Sequential)
        if type(at).__module__.startswith("torch.nn") and not is_list:
            break
    return ".".join(path).removeprefix("model.")


def _is_plain(grad: Tensor | None) -> bool:
    """Sparse gradients and those that lie on several machines are not looked at."""
    return type(grad) is Tensor and not grad.is_sparse


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    """Six digits are enough to look at, and half as long to write."""
    return {name: float(f"{value:.6g}") for name, value in values.items()}
