"""The plan of training: plain values, checked where they enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Optimizer:
    """An optimizer of torch.optim by name, with the params that differ from its defaults."""

    name: str = "AdamW"
    params: Mapping[str, object] = field(default_factory=lambda: {"lr": 1e-3})


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the learning rate moves: a schedule by name with its params."""

    name: str = "constant"
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ObjectivePlan:
    """How one objective is minimized: over which params, and every how many steps."""

    name: str = "main"
    optimizer: Optimizer = Optimizer()
    schedule: Schedule = Schedule()
    params: str = "*"
    every: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a run needs beside the model and the data.

    `device` is `auto`, `cpu`, `cuda`, `cuda:1`, `mps`; `threads` 0 leaves the choice to us.
    """

    objectives: tuple[ObjectivePlan, ...] = (ObjectivePlan(),)
    epochs: int = 10
    batch_size: int = 64
    seed: int = 0
    threads: int = 0
    device: str = "auto"
    precision: str = "float32"
    metrics: tuple[str, ...] = ()
