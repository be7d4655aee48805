"""Which samples train, which validate and which test."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graphcore.data.samples import Samples
from graphcore.project.data import DataChoice

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Split3:
    """Sorted indices of the samples; every sample is in exactly one part."""

    train: Indices
    validation: Indices
    test: Indices


def split(choice: DataChoice, samples: Samples) -> Split3:
    """The three parts, the same on every machine for the same seed and samples.

    Stratified on the first field with classes: each part holds about the same share of every
    class. Training keeps at least one sample, validation too where there are two or more and
    its share is above zero.
    """
    labels = _labels(choice, samples) if choice.split.stratify else None
    order = _order(len(samples), choice.split.seed, labels)
    validation, test = sizes(len(samples), choice.split.validation, choice.split.test)
    parts = np.split(order, [validation, validation + test])
    return Split3(train=np.sort(parts[2]), validation=np.sort(parts[0]), test=np.sort(parts[1]))


def sizes(samples: int, validation: float, test: float) -> tuple[int, int]:
    """How many of the samples validate and how many test; the others train."""
    free = max(samples - 1, 0)
    first = min(_count(samples, validation), free)
    return first, min(_count(samples, test), free - first)


def _count(samples: int, share: float) -> int:
    if not math.isfinite(share) or share <= 0:
        return 0
    return max(1, round(min(share, 1.0) * samples))


def _labels(choice: DataChoice, samples: Samples) -> NDArray[np.int64] | None:
    for field in choice.fields:
        if field.classes is not None and field.name in samples.arrays:
            return samples.arrays[field.name].astype(np.int64, copy=False)
    return None


def _order(count: int, seed: int, labels: NDArray[np.int64] | None) -> Indices:
    """Shuffled indices; with labels, every stretch from the front has each class's share."""
    # Sorting raw doubles is steadier over versions of numpy than its shuffle.
    draws = np.random.Generator(np.random.PCG64(abs(int(seed)))).random(count)
    shuffled = np.argsort(draws, kind="stable")
    if labels is None or labels.ndim != 1:
        return shuffled
    drawn = labels[shuffled]
    by_class = np.argsort(drawn, kind="stable")
    _, starts, counts = np.unique(drawn[by_class], return_index=True, return_counts=True)
    rank = np.arange(count) - np.repeat(starts, counts)
    place = np.empty(count)
    place[by_class] = (rank + 0.5) / np.repeat(counts, counts)
    return shuffled[np.argsort(place, kind="stable")]
