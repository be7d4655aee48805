"""A speed trial: a few training steps on numbers at random, timed by the loop that trains."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import torch

from graphcore.analysis.analyse import analyse
from graphcore.analysis.outside import Outside
from graphcore.analysis.result import Analysis
from graphcore.errors import UserError
from graphcore.project.admission import admit
from graphcore.project.modules import needs_process
from graphcore.project.project import Project
from graphcore.project.trust import trusted_files
from graphcore.training.control import Control
from graphcore.training.devices import choose
from graphcore.training.events import EpochDone, Failed, Started
from graphcore.training.loop import train
from graphcore.training.memory import PeakMemory, free_bytes
from graphcore.training.prepare import prepare
from graphcore.training.setup import Setup
from graphcore.training.trial import Sizes, make_trial, samples_for

WARM_STEPS = 2
LONGEST = 30.0
"""Seconds after which no further step begins."""
_STATE_BYTES = 16
"""A parameter with its gradient and two averages of AdamW."""
_WORK_OF_STEP = 3e11
"""FLOPs of a step that a processor takes seconds for."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to try: 0 leaves batch and steps to us, no device means the plan's."""

    batch: int = 0
    steps: int = 8
    device: str = ""
    sizes: Sizes | None = None


@dataclass(frozen=True, slots=True)
class Speed:
    """What a trial found: each step, the samples a second, and the most memory that it took.

    `wanted` is the plan's batch, `batch` the one that was tried; `peak_bytes` is None where the
    system doesn't say.
    """

    title: str
    device: str
    threads: int
    parameters: int
    batch: int
    wanted: int
    steps: int
    ms_per_step: float
    samples_per_second: float
    peak_bytes: int | None
    added: tuple[str, ...]


def measure_speed(
    project: Project, order: Order, folder: Path | None = None, outside: Outside | None = None
) -> Speed:
    """Train a copy for a few steps and say how fast that went.

    The first steps don't count. Raises UserError where the drawing can't run, or not so.
    """
    place, wanted = choose(order.device or project.plan.device), project.plan.batch_size
    one = project.copy()
    make_trial(one, 1, order.sizes, outside=outside).edit.apply(one)
    batch = order.batch or fitting_batch(analyse(one, outside), one, place)
    fresh = project.copy()
    fresh.plan = replace(fresh.plan, batch_size=batch)
    samples = samples_for(fresh, batch * order.steps, order.sizes)
    trial = make_trial(fresh, max(batch, samples // batch * batch), order.sizes, outside=outside)
    trial.edit.apply(fresh)
    fresh.data = replace(fresh.data, split=replace(fresh.data.split, validation=0.0, test=0.0))
    fresh.plan = replace(fresh.plan, accumulate=1)  # a step is one batch here
    peak = PeakMemory(place)
    started, seconds, steps = _timed(fresh, order, folder)
    each = statistics.median(seconds)
    return Speed(
        project.title, started.device, started.threads, started.parameters, batch, wanted, steps,
        each * 1000, batch / each, peak.bytes(), trial.added,
    )  # fmt: skip


def measure_apart(project: Project, order: Order, folder: Path | None) -> Speed:
    """The same in a process of its own, which may run the project's Python files if trusted."""
    if needs_process(project):
        admit(trusted_files(project, folder))
    return measure_speed(project, order, folder)


def fitting_batch(analysis: Analysis, project: Project, device: torch.device) -> int:
    """The plan's batch, halved until a step likely fits half of the memory and takes seconds."""
    batch = project.plan.batch_size
    state = analysis.parameters * _STATE_BYTES
    each = max(1, analysis.memory_bytes - state) / batch
    room = max(0, free_bytes(device) // 2 - state)
    while batch > 1 and (
        batch * each > room or (device.type == "cpu" and 3 * analysis.flops * batch > _WORK_OF_STEP)
    ):
        batch //= 2
    return batch


def _timed(project: Project, order: Order, folder: Path | None) -> tuple[Started, list[float], int]:
    """The first event, seconds a step of each epoch that counts, and how many steps these were."""
    ready = prepare(project, folder, order.device)
    per_epoch = math.ceil(project.data.samples / project.plan.batch_size)
    epochs = math.ceil((order.steps + WARM_STEPS) / per_epoch)
    warm = math.ceil(WARM_STEPS / per_epoch)
    plan = replace(project.plan, epochs=max(epochs, warm + 1))
    setup = Setup(
        device=ready.device, terms=ready.code.objectives, metrics=ready.metrics,
        lines=ready.code.lines, counted=ready.counted,
    )  # fmt: skip
    started: Started | None = None
    seconds: list[float] = []
    began = last = perf_counter()
    control = Control()
    for event in train(ready.objective, ready.data, plan, control, setup):
        match event:
            case Started():
                started, last = event, perf_counter()
            case Failed(message=message, hint=hint):
                raise UserError(message, hint)
            case EpochDone(epoch=epoch):
                now = perf_counter()
                if epoch > warm:
                    seconds.append((now - last) / per_epoch)
                last = now
                if seconds and now - began > LONGEST:
                    control.stop()
    assert started is not None
    return started, seconds, len(seconds) * per_epoch
