"""What probes cost: in a run with 8 of them, steps that are looked at beside those that are not.

Processor time is compared: the work is on one thread, and what else the machine does must not
count. Whole runs with and without probes differ by more than probes cost; steps of the same run,
next to each other, don't.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, process_time

import torch

from graphcore.training.control import Control
from graphcore.training.events import Event, Probed, StepsDone
from graphcore.training.runs import store_for
from graphcore.training.session import train_project
from tests.benchmarks._loops import CASES, Case

SECONDS, SECONDS_BEFORE = 120.0, 6.0
EPOCH_STEPS, NEAR = 48, 4
PROBES = {
    "small CNN, 8 × 8, batch 64": (
        "conv1", "relu1", "conv2", "relu2", "pool", "flatten", "dropout", "head"),
    "ResNet-18, 32 × 32, batch 16": (
        "conv", "norm", "relu", "stage1.0.conv1", "stage2.relu", "stage3.total", "pool", "head"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Steps from one telling to the next, and those whose looks were told of at its beginning."""

    first: int
    steps: int
    seconds: float
    told: frozenset[int]
    is_plain: bool


def run() -> Iterator[dict[str, object]]:
    """For each case: steps a second with 8 probes over those without."""
    torch.set_num_threads(1)
    for case in CASES:
        if case.name in PROBES:
            yield _measured(case, PROBES[case.name])


def _measured(case: Case, probes: tuple[str, ...]) -> dict[str, object]:
    every, often = _stretches(case, probes)
    looked = frozenset[int]().union(*(one.told for one in every))
    looks = {one: sum(one.first < step <= one.first + one.steps for step in looked)
             for one in every if one.is_plain}  # fmt: skip
    others = [one for one in looks if not (looks[one] or one.told)]
    each = statistics.median(one.seconds / one.steps for one in others)
    looking = _beyond([one for one in looks if looks[one] and not one.told], others)
    telling = _beyond([one for one in looks if one.told and not looks[one]], others)
    steps, seen = sum(one.steps for one in looks), sum(looks.values())
    whole = each * steps + seen * (looking + telling)
    return {
        "name": f"steps with 8 probes ({seen / whole:.1f} looks a second of processor time, "
                f"{often:.1f} by the clock, of {1e3 * looking:.1f} + {1e3 * telling:.1f} ms), "
                f"{case.name}",
        "ours": round(steps / whole, 2), "peer": round(1 / each, 2), "peer_name": "without probes",
        "unit": "1/s", "ratio": round(each * steps / whole, 4),
    }  # fmt: skip


def _beyond(stretches: list[_Stretch], others: list[_Stretch]) -> float:
    """What such stretches take beyond their steps, as the next others take them; the mean.

    Of the middle half: the machine is shared.
    """
    found = []
    for one in stretches:
        near = sorted(others, key=lambda other: abs(other.first - one.first))[:NEAR]
        each = statistics.fmean(other.seconds / other.steps for other in near)
        found.append(one.seconds - one.steps * each)
    found.sort()
    return statistics.fmean(found[len(found) // 4 : -(len(found) // 4) or None])


def _stretches(case: Case, probes: tuple[str, ...]) -> tuple[list[_Stretch], float]:
    """What was told in a run after its first seconds, and looks a second by the clock."""
    large = replace(case, samples=EPOCH_STEPS * case.batch)
    found, began = list[_Stretch](), perf_counter() + SECONDS_BEFORE
    with tempfile.TemporaryDirectory() as home:
        project, control = large.project(10**6, 1), Control()
        run = store_for(Path(home) / "a.netwright").create(project)
        for name in probes:
            control.probe(name)
        for events, seconds in _tellings(train_project(project, run, control, Path(home))):
            done, told = events[-1], {event.step for event in events if isinstance(event, Probed)}
            if isinstance(done, StepsDone) and perf_counter() > began:
                is_plain = all(isinstance(event, StepsDone | Probed) for event in events)
                count = len(next(iter(done.values.values())))
                found.append(_Stretch(done.first_step, count, seconds, frozenset(told), is_plain))
            if perf_counter() > began + SECONDS:
                control.stop()
    return found, len(frozenset[int]().union(*(one.told for one in found))) / SECONDS


def _tellings(events: Iterator[Event]) -> Iterator[tuple[list[Event], float]]:
    """Events up to the next values of steps, and the processor seconds these took."""
    together, began = list[Event](), process_time()
    for event in events:
        together.append(event)
        if isinstance(event, StepsDone):
            yield together, process_time() - began
            together, began = [], process_time()
