"""Samples in memory: raw values as they were read, one array a field."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphcore.errors import UserError

Array = NDArray[Any]
"""Raw values of a field; `Pictures` and memory-mapped arrays read when they are indexed."""

# Beyond this many bytes raw values stay in their files, or are refused where that can't be.
MOST_BYTES = 4 * 2**30
_LOOKED_AT = 1000


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
        """Memory that the raw values take, or would take if they were not left in their files."""
        return sum(array.nbytes for array in self.arrays.values())


def can_be_held(size: int) -> bool:
    """Whether raw values of so many bytes are read into memory."""
    return size <= MOST_BYTES


def looked_at(array: Array) -> Array:
    """The array; of one that is left in its files 1,000 samples, evenly spaced."""
    if isinstance(array, np.ndarray):
        return array
    return readable(array, _spaced(len(array), _LOOKED_AT))


def readable(array: Array, rows: NDArray[np.int64]) -> Array:
    """The samples at these rows; of what is left in files those that can be read.

    Raises UserError where none of them can.
    """
    if isinstance(array, np.ndarray):
        return array[rows]
    found = [values for row in rows if (values := _tried(array, int(row))) is not None]
    if not found:
        raise UserError(
            "None of the samples can be read any more.", "Look whether their files are there."
        )
    return np.stack(found)


def _tried(array: Array, row: int) -> Array | None:
    try:
        values: Array = array[row]
    except Exception:  # Pillow's readers raise nearly anything on a damaged file
        return None
    return values


def thinned(rows: NDArray[np.int64], array: Array, most: int) -> NDArray[np.int64]:
    """The rows to look at for a mean: all, or so many, evenly spaced, of what can't be held."""
    return rows if isinstance(array, np.ndarray) else rows[_spaced(len(rows), most)]


def _spaced(count: int, most: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, max(0, count - 1), min(count, most)).astype(np.int64))


def fingerprint_of(samples: Samples) -> str:
    """The sha256 of what was read: name, dtype, shape, bytes and class names of every field.

    It covers the decoded values, not the files: moving or repacking data changes nothing, one
    changed pixel, one more row or another order of classes does. Of what can't be held it takes
    1,000 samples, evenly spaced.
    """
    digest = hashlib.sha256()
    for name in sorted(samples.arrays):
        array = samples.arrays[name]
        little = array.dtype.newbyteorder("<")
        head = (name, little.str, array.shape, samples.class_names.get(name, ()))
        digest.update(repr(head).encode())
        values = looked_at(array).astype(little, copy=False)
        digest.update(np.ascontiguousarray(values).data)
    return digest.hexdigest()
