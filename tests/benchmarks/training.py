"""Steps a second of a run as the command line makes it, beside loops by hand and other libraries.

All loops of a case train the same code from the same weights with the same number of threads, in
turns; the first epoch of each doesn't count, and the median of the others does. A ratio above 1
says that ours is faster. Memory is what a process of its own grows by.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
import statistics
import subprocess
import sys
import warnings
from collections.abc import Iterator
from time import perf_counter

import torch

from tests.benchmarks._loops import CASES, Case, Loop, Ready, ours, peers, ready

ROUNDS, THREADS = 3, 1
SECONDS_A_TURN = 3.0
MEMORY_OF = ("ours", "tuned loop by hand")


def run() -> Iterator[dict[str, object]]:
    """One line for each case and peer, then memory of each case."""
    warnings.simplefilter("ignore")
    logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
    torch.set_num_threads(THREADS)
    others = peers()
    for case in CASES:
        speeds = _speeds(case, {"ours": ours, **others})
        for name in others:
            yield {
                "name": f"steps a second, {case.name}",
                "ours": round(speeds["ours"], 1),
                "peer": round(speeds[name], 1),
                "peer_name": name,
                "unit": "/s",
                "ratio": round(speeds["ours"] / speeds[name], 3),
            }
    for case in CASES:
        mine, theirs = (_memory(case, name) for name in MEMORY_OF)
        yield {
            "name": f"memory at most, {case.name}",
            "ours": round(mine / 1024, 1),
            "peer": round(theirs / 1024, 1),
            "peer_name": MEMORY_OF[1],
            "unit": "MiB",
            "ratio": round(theirs / max(1, mine), 3),
        }


def _speeds(case: Case, loops: dict[str, Loop]) -> dict[str, float]:
    """Steps a second of the median epoch of each loop; rounds take turns."""
    probe = ready(case, 2, THREADS)
    epoch = _epochs(loops["tuned loop by hand"], probe)[0]
    start = ready(case, 2 + max(2, round(SECONDS_A_TURN / epoch)), THREADS)
    found: dict[str, list[float]] = {name: [] for name in loops}
    for turn in range(ROUNDS):
        for name, loop in loops.items():
            torch.manual_seed(turn)
            found[name] += _epochs(loop, start)
    steps = -(-case.samples // case.batch)
    return {name: steps / statistics.median(times) for name, times in found.items()}


def _epochs(loop: Loop, start: Ready) -> list[float]:
    """Seconds of every epoch but the first."""
    ends: list[float] = []
    with _quiet():
        loop(start, lambda: ends.append(perf_counter()))
    return [after - before for before, after in itertools.pairwise(ends)]


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without what libraries print."""
    said = io.StringIO()  # some flush what they write to
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        yield


def _memory(case: Case, loop: str) -> int:
    line = [sys.executable, "-m", "tests.benchmarks._loops", case.name, loop]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1])
