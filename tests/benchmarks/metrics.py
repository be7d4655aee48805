"""What metrics cost a step: our loop that measures what is usual, and all that fits, beside itself
without metrics.

Processor time is compared, in turns: the work is on one thread, and what else the machine does must
not count.
"""

from __future__ import annotations

import copy
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import process_time

import torch

from graphcore.analysis.analyse import analyse
from graphcore.training.control import Control
from graphcore.training.events import Failed
from graphcore.training.loop import train
from graphcore.training.metric_choice import fitting
from graphcore.training.metrics import Metric
from graphcore.training.prepare import Prepared, prepare
from graphcore.training.setup import Setup
from tests.benchmarks._loops import CASES, Case, Ready, ready

ROUNDS, SECONDS_A_TURN = 5, 2.0


def run() -> Iterator[dict[str, object]]:
    """For each case: microseconds a step with the usual metrics and with all, over without any."""
    torch.set_num_threads(1)
    for case in CASES:
        usual = ready(case, 1, 1)
        yield from _compared(case, usual)


def _compared(case: Case, usual: Ready) -> Iterator[dict[str, object]]:
    project = usual.project
    names = tuple(part.name for part in fitting(project, analyse(project)))
    every = prepare(replace(project, plan=replace(project.plan, metrics=names)), None)
    starts = {
        "without metrics": (usual.prepared, ()),
        "what is usual": (usual.prepared, usual.prepared.metrics),
        "all that fit": (every, every.metrics),
    }
    epochs = max(2, round(SECONDS_A_TURN / _seconds(usual, usual.prepared, (), 1)))
    times: dict[str, list[float]] = {name: [] for name in starts}
    for _ in range(ROUNDS):
        for name, (prepared, metrics) in starts.items():
            times[name].append(_seconds(usual, prepared, metrics, epochs))
    steps = epochs * -(-case.samples // case.batch)
    each = {name: statistics.median(found) / steps * 1e6 for name, found in times.items()}
    for name in list(starts)[1:]:
        yield {
            "name": f"step that measures {name}, {case.name}",
            "ours": round(each[name], 1), "peer": round(each["without metrics"], 1),
            "peer_name": "without metrics", "unit": "us",
            "ratio": round(each["without metrics"] / each[name], 3),
        }  # fmt: skip


def _seconds(case: Ready, prepared: Prepared, metrics: Sequence[Metric], epochs: int) -> float:
    """Processor seconds of a run of so many epochs, without a folder."""
    plan = replace(case.plan, epochs=epochs)
    objective = copy.deepcopy(prepared.objective)
    setup = Setup(terms=prepared.code.objectives, metrics=metrics)
    began = process_time()
    for event in train(objective, prepared.data, plan, Control(), setup):
        if isinstance(event, Failed):
            raise RuntimeError(event.message)
    return process_time() - began
