"""A growing series of float32 values that can be drawn fast however long it is.

Beside the values it keeps their smallest and largest over stretches of 16, 256, 4096 … values,
and running sums, so that what is drawn costs by the pixel and not by the value. Torch-free.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

FACTOR = 16
MOST_WAITING = 4096
"""So many values are kept as they were told, at 32 bytes each, before they join the others."""
Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


class Pyramid:
    """Append-only values; `len` says how many. NaN and infinities leave holes.

    A run appends far more often than anybody looks: what is new waits for the next look. One thread
    may append while another one looks.
    """

    def __init__(self) -> None:
        self._values = Growing(np.float32)
        self._waiting, self._size = deque[Sequence[float] | Floats](), 0
        self._lock = Lock()
        self._levels: list[tuple[Growing, Growing]] = []
        self._sums, self._counts = Growing(np.float64), Growing(np.float64)
        self._sums.extend(np.zeros(1))
        self._counts.extend(np.zeros(1))

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> Floats:
        """Every value, float32 [len]; a view that the next `extend` may leave behind."""
        if self._waiting:
            with self._lock:
                self._take_in()
        return self._values.seen

    def extend(self, values: Sequence[float] | Floats) -> None:
        """Append values."""
        self._waiting.append(values)
        self._size += len(values)
        if self._size - self._values.size > MOST_WAITING:
            with self._lock:
                self._take_in()

    def settle(self) -> None:
        """Make now what the first look needs; for a thread in which nobody waits."""
        self._extend_levels()
        self._extend_sums()

    def outline(self, low: int, high: int, pixels: int) -> tuple[Doubles, Floats]:
        """x and y of a line that looks like values [low, high) at that many pixels.

        Exactly the values where they are few; else the smallest and largest of each stretch, so
        that no spike is lost. At most about 2 x FACTOR points a pixel.
        """
        self._extend_levels()
        low, high = max(0, low), min(high, len(self))
        level, size = -1, 1
        while level + 1 < len(self._levels) and (high - low) / (size * FACTOR) >= pixels:
            level, size = level + 1, size * FACTOR
        if level < 0 and high - low <= 4 * pixels:
            return np.arange(low, high, dtype=np.float64), self.values[low:high]
        lows, highs = (
            (self.values, self.values) if level < 0 else (part.seen for part in self._levels[level])
        )
        first, last = low // size, max(low // size, high // size)
        return _zigzag(lows[first:last], highs[first:last], first, size, pixels)

    def envelope(self, low: int, high: int, columns: int) -> tuple[Doubles, Floats, Floats]:
        """x, smallest and largest value of each of that many stretches of [low, high).

        x is the middle of a stretch. Empty where every stretch would be a single value.
        """
        self._extend_levels()
        low, high = max(0, low), min(high, len(self))
        level, size = -1, 1
        while level + 1 < len(self._levels) and (high - low) / (size * FACTOR) >= 2 * columns:
            level, size = level + 1, size * FACTOR
        lows, highs = (
            (self.values, self.values) if level < 0 else (part.seen for part in self._levels[level])
        )
        first, last = low // size, high // size
        group = (last - first) // max(1, columns)
        if group * size < 2:
            return np.empty(0), np.empty(0, np.float32), np.empty(0, np.float32)
        kept = (last - first) // group * group
        shape = (-1, group)
        low_of = np.fmin.reduce(_finite(lows[first : first + kept]).reshape(shape), axis=1)
        high_of = np.fmax.reduce(_finite(highs[first : first + kept]).reshape(shape), axis=1)
        middles = first + (np.arange(len(low_of), dtype=np.float64) + 0.5) * group
        return np.asarray(middles * size, np.float64), low_of, high_of

    def means(self, at: npt.ArrayLike, width: int) -> Doubles:
        """The mean of the `width` values around each place.

        Near the start it takes fewer on both sides, so that a fall begins at its top; near the
        end those before only, so that the newest mean is no single value. NaN where no value
        near is a number.
        """
        self._extend_sums()
        half = max(0, width - 1) // 2
        places = np.asarray(at, np.int64)
        before = np.minimum(half, places)
        after = np.minimum(before, len(self) - 1 - places)
        low, high = places - before, places + after + 1
        counts = self._sum_to(high, self._counts, True) - self._sum_to(low, self._counts, True)
        sums = self._sum_to(high, self._sums, False) - self._sum_to(low, self._sums, False)
        room = np.full(len(places), np.nan)
        found: Doubles = np.divide(sums, counts, out=room, where=counts > 0)
        return found

    def _take_in(self) -> None:
        while self._waiting:
            self._values.extend(np.asarray(self._waiting.popleft(), np.float32))

    def _extend_levels(self) -> None:
        lows = highs = self.values
        depth = 0
        while len(lows) >= FACTOR:
            if depth == len(self._levels):
                self._levels.append((Growing(np.float32), Growing(np.float32)))
            low, high = self._levels[depth]
            new = slice(low.size * FACTOR, len(lows) // FACTOR * FACTOR)
            low.extend(np.fmin.reduce(_finite(lows[new]).reshape(-1, FACTOR), axis=1))
            high.extend(np.fmax.reduce(_finite(highs[new]).reshape(-1, FACTOR), axis=1))
            lows, highs, depth = low.seen, high.seen, depth + 1

    def _extend_sums(self) -> None:
        done = self._sums.size - 1
        new = self.values[done * FACTOR : len(self) // FACTOR * FACTOR].reshape(-1, FACTOR)
        if len(new):
            known = np.isfinite(new)
            sums = np.where(known, new, 0).sum(axis=1, dtype=np.float64)
            self._sums.extend(self._sums.seen[-1] + np.cumsum(sums))
            counts = known.sum(axis=1, dtype=np.float64)
            self._counts.extend(self._counts.seen[-1] + np.cumsum(counts))

    def _sum_to(self, ends: npt.NDArray[np.int64], sums: Growing, counts: bool) -> Doubles:
        """The sum (or number) of the values before each end."""
        whole = np.minimum(ends // FACTOR, sums.size - 1)
        index = whole[:, None] * FACTOR + np.arange(FACTOR)
        values = self.values[np.minimum(index, max(0, len(self) - 1))]
        known = np.isfinite(values) & (index < ends[:, None])
        rest = known if counts else np.where(known, values, 0)
        return np.asarray(sums.seen[whole] + rest.sum(axis=1, dtype=np.float64))


class Growing:
    """An array that doubles when it is full."""

    def __init__(self, dtype: type[np.floating[Any]]) -> None:
        self._room = np.empty(1024, dtype)
        self.size = 0

    @property
    def seen(self) -> npt.NDArray[Any]:
        """What there is; a view that the next `extend` may leave behind."""
        return self._room[: self.size]

    def extend(self, values: npt.NDArray[Any]) -> None:
        """Append values."""
        size = self.size + len(values)
        if size > len(self._room):
            room = np.empty(max(size, 2 * len(self._room)), self._room.dtype)
            room[: self.size] = self.seen
            self._room = room
        self._room[self.size : size] = values
        self.size = size


def _finite(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.float32(np.nan))


def _zigzag(
    lows: Floats, highs: Floats, first: int, size: int, pixels: int
) -> tuple[Doubles, Floats]:
    """A line through the smallest and the largest of each stretch, one stretch a pixel or so."""
    group = max(1, len(lows) // max(1, pixels))
    kept = len(lows) // group * group
    low = np.fmin.reduce(lows[:kept].reshape(-1, group), axis=1)
    high = np.fmax.reduce(highs[:kept].reshape(-1, group), axis=1)
    y = np.empty(2 * len(low), np.float32)
    y[0::2], y[1::2] = low, high
    x = np.repeat((first + np.arange(len(low)) * group) * float(size), 2)
    x[1::2] += group * size / 2
    return x, y
