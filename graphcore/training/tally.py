"""The values of steps on their way from the device to the curves.

Each step leaves its scalars where they are; a few times a second they are copied all at once, so
that no step waits for the device.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from graphcore.training.events import StepsDone


class Tally:
    """Collects one row a step: scalars on the device, then numbers that we know anyway.

    `names` are those of a row's values; one without a name is not told.
    """

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
        rows = torch.stack([_single(value) for value in self._scalars]).view(count, -1).tolist()
        found = [[*row, *numbers] for row, numbers in zip(rows, self._numbers, strict=True)]
        self._scalars, self._numbers = [], []
        self._first += count
        return found

    def told(self, rows: list[list[float]]) -> StepsDone:
        """The event for rows that were just taken."""
        columns = zip(*rows, strict=True)
        named = zip(self.names, columns, strict=True)
        values = {name: tuple(column) for name, column in named if name}
        return StepsDone(self._first - len(rows), values)


def _single(value: Tensor) -> Tensor:
    """The value as float32; asking costs less than a conversion that changes nothing."""
    return value if value.dtype == torch.float32 else value.to(torch.float32)
