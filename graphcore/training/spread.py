"""Several runs of one plan that differ in their seed alone: what they came to, and how far apart.

Torch-free.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean of a measure over runs, and its standard deviation (of a sample; nan for one)."""

    mean: float
    deviation: float
    count: int

    def __str__(self) -> str:
        return f"{self.mean:.4f} ± {self.deviation:.4f}" if self.count > 1 else f"{self.mean:.4f}"


def spread(runs: Iterable[Mapping[str, float]]) -> dict[str, Spread]:
    """The spread of every measure that all runs have, in the order of the first."""
    found = [run for run in runs if run]
    names = [name for name in (found[0] if found else ()) if all(name in run for run in found)]
    return {name: _spread([run[name] for run in found]) for name in names}


def _spread(values: list[float]) -> Spread:
    if not all(math.isfinite(value) for value in values):
        return Spread(math.nan, math.nan, len(values))
    deviation = statistics.stdev(values) if len(values) > 1 else math.nan
    return Spread(statistics.fmean(values), deviation, len(values))
