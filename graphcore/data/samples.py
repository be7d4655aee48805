"""Samples in memory: raw values as they were read, one array a field."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# Beyond this many bytes of raw values a data set is refused rather than swapped to disk.
MOST_BYTES = 4 * 2**30


@dataclass(frozen=True, slots=True)
class Samples:
    """The raw values of every field; the first axis of each array counts the samples.

    Arrays stay as compact as they were read (pictures are uint8). `column_names` names the
    columns of a vector field, `columns` those of a table that may be chosen as target.
    `warnings` are plain sentences about what was left out. `changed` says that these are not
    the samples that the project's facts were read from.
    """

    arrays: Mapping[str, Array]
    class_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    column_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    fingerprint: str = ""
    changed: bool = False

    def __len__(self) -> int:
        return next((len(array) for array in self.arrays.values()), 0)

    @property
    def bytes(self) -> int:
        """Memory taken by the raw values."""
        return sum(array.nbytes for array in self.arrays.values())


def fingerprint_of(samples: Samples) -> str:
    """The sha256 of what was read: name, dtype, shape, bytes and class names of every field.

    It covers the decoded values, not the files: moving or repacking data changes nothing, one
    changed pixel, one more row or another order of classes does.
    """
    digest = hashlib.sha256()
    for name in sorted(samples.arrays):
        array = samples.arrays[name]
        little = array.dtype.newbyteorder("<")
        head = (name, little.str, array.shape, samples.class_names.get(name, ()))
        digest.update(repr(head).encode())
        digest.update(np.ascontiguousarray(array.astype(little, copy=False)).data)
    return digest.hexdigest()
