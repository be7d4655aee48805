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
    """How the learning rate moves: a schedule by name with its params.

    In a chain each takes its `share` of the steps, as a part of the sum of all shares.
    """

    name: str = "constant"
    params: Mapping[str, object] = field(default_factory=dict)
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class ObjectivePlan:
    """How one objective is minimized: over which params, and every how many steps.

    The learning rate rises for the `warmup` share of the run, then follows `schedule`, and after
    it those in `then`.
    """

    name: str = "main"
    optimizer: Optimizer = Optimizer()
    schedule: Schedule = Schedule()
    params: str = "*"
    every: int = 1
    warmup: float = 0.0
    then: tuple[Schedule, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a run needs beside the model and the data.

    `device` is `auto`, `cpu`, `cuda`, `cuda:1`, `mps`; `threads` 0 leaves the choice to us.
    `precision` is one of PRECISIONS, `compile` empty or a mode of torch.compile. A step of the
    optimizer takes `accumulate` batches; gradients are cut at `clip_norm` in all and `clip_value`
    each. `ema` is the decay of the weights' running mean. `loading` is one of LOADINGS, with
    `workers` processes. `monitor` names the metric by which an epoch is best (empty: our choice);
    after `patience` epochs that are not better by `min_delta` the run ends. `keep` checkpoints
    stay. `processes` of this machine train together, in one of the ways of PARALLEL, each on
    batches of `batch_size`. Every number that is 0 is off.
    """

    objectives: tuple[ObjectivePlan, ...] = (ObjectivePlan(),)
    epochs: int = 10
    batch_size: int = 64
    seed: int = 0
    threads: int = 0
    device: str = "auto"
    precision: str = "float32"
    metrics: tuple[str, ...] = ()
    clip_norm: float = 0.0
    clip_value: float = 0.0
    accumulate: int = 1
    ema: float = 0.0
    channels_last: bool = False
    compile: str = ""
    cuda_graphs: bool = False
    deterministic: bool = False
    loading: str = "auto"
    workers: int = 0
    monitor: str = ""
    patience: int = 0
    min_delta: float = 0.0
    keep: int = 2
    processes: int = 1
    parallel: str = "ddp"


PRECISIONS = ("float32", "tf32", "bfloat16", "float16")
COMPILE_MODES = ("", "default", "reduce-overhead", "max-autotune")
PARALLEL = ("ddp", "fsdp")
LOADINGS = ("auto", "memory", "stream")
