"""The values of steps on their way from the device to the curves.

Each step leaves its scalars where they are; a few times a second they are copied all at once, so
that no step waits for the device.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from graphcore.training.events import StepsDone


class Tally:
    """Collects one row a step: scalars on the device, then numbers that we know anyway."""

    def __init__(self, names: Sequence[str], first_step: int = 0) -> None:
        self.names = tuple(names)
        self._first = first_step
        self._scalars: list[Tensor] = []
        self._numbers: list[tuple[float, ...]] = []

    def add(self, scalars: Sequence[Tensor], *numbers: float) -> None:
        """Note a step's values in the order of `names`; nothing is copied."""
        self._scalars.extend(scalars)
        self._numbers.append(numbers)

    def take(self) -> list[list[float]]:
        """The rows since the last time, copied from the device at once."""
        count = len(self._numbers)
        if not count:
            return []
        block = torch.stack([scalar.to(torch.float32) for scalar in self._scalars])
        rows = block.view(count, -1).tolist()
        found = [[*row, *numbers] for row, numbers in zip(rows, self._numbers, strict=True)]
        self._scalars, self._numbers = [], []
        self._first += count
        return found

    def told(self, rows: list[list[float]]) -> StepsDone:
        """The event for rows that were just taken."""
        columns = zip(*rows, strict=True)
        values = {name: tuple(column) for name, column in zip(self.names, columns, strict=True)}
        return StepsDone(self._first - len(rows), values)


def means(names: Sequence[str], rows: list[list[float]], sizes: list[int]) -> dict[str, float]:
    """The mean of each column over samples: rows count as often as their batch had samples.

    Summed exactly, so that it doesn't matter how the rows came in.
    """
    total = sum(sizes)
    if not total:
        return {}
    return {
        name: math.fsum(row[place] * size for row, size in zip(rows, sizes, strict=True)) / total
        if all(math.isfinite(row[place]) for row in rows)
        else math.nan
        for place, name in enumerate(names)
    }
