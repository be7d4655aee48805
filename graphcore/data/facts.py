"""Fields and their facts, read from raw values without torch."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphcore.data.samples import Array, Samples, looked_at, readable, thinned
from graphcore.project.data import Field
from graphcore.project.graph import RESERVED_NAMES
from graphcore.types import Tensor

MOST_CLASSES = 1000
# Statistics are added up over slices of this many values, so that float64 copies stay small.
_SLICE_VALUES = 4_000_000
_MEASURED = 10_000


def field_name(text: str, taken: Collection[str] = (), fallback: str = "field") -> str:
    """A name near `text` that can stand in the code and is not taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"\W+", "_", plain).strip("_")[:60].rstrip("_")
    if not name or not name[0].isalpha():
        name = f"{fallback}_{name}".rstrip("_")[:60]
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in RESERVED_NAMES:
        name += "_1"
    stem, number = name, 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name


def class_field(name: str, names: Iterable[str]) -> Field:
    """The field of a class label: whole numbers 0 … classes-1."""
    kept = tuple(names)
    high = float(max(len(kept) - 1, 0))
    return Field(name, Tensor((), "int64"), 0.0, high, classes=len(kept), class_names=kept)


def value_field(name: str, array: Array) -> Field:
    """The field of pictures, vectors and other numbers; token numbers stay whole numbers."""
    dims = tuple(int(size) for size in array.shape[1:])
    array = looked_at(array)
    if array.dtype == np.uint8:
        high = int(array.max(initial=1))
        # Pictures use 0 … 255 even where no sample is quite white; coarser scales keep their own.
        return Field(name, Tensor(dims), 0.0, 255.0 if high > 64 else float(high))
    # The shortest text of a float32 (7.9, not 7.90000010) is what the project file shows.
    ends = (array.min(), array.max()) if array.size else (0.0, 0.0)
    low, high_value = (float(str(end)) for end in ends)
    if array.dtype.kind in "iu":
        words = int(high_value) + 1 if low >= 0 else None
        return Field(name, Tensor(dims, "int64"), low, high_value, vocabulary_size=words)
    return Field(name, Tensor(dims), low, high_value)


def default_normalization(field: Field) -> str:
    """How a field is scaled unless a person says otherwise."""
    if field.classes is not None or not isinstance(field.type, Tensor) or not field.type.is_float:
        return "none"
    if len(field.type.dims) == 3:
        return "unit"
    # A single number is most often what is to be predicted: its scale is the person's own.
    return "standard" if field.mean and field.type.dims != (1,) else "none"


def measured(field: Field, samples: Samples, training: NDArray[np.int64]) -> Field:
    """The field with mean and std of the raw training values, one a channel or column.

    Of values that can't be held 10,000 samples stand for all, evenly spaced.
    """
    is_number = isinstance(field.type, Tensor) and field.type.is_float
    if field.classes is not None or not is_number or not len(training):
        return field
    array = samples.arrays[field.name]
    mean, std = _spread(array, thinned(training, array, _MEASURED))
    return replace(field, mean=_rounded(mean), std=_rounded(std))


def _spread(array: Array, rows: NDArray[np.int64]) -> tuple[Array, Array]:
    """Mean and standard deviation over samples and every axis behind the channels.

    Two passes: sums of squares alone lose their digits where the mean is large.
    """
    channels = array.shape[1] if array.ndim > 1 else 1
    per_channel = int(np.prod(array.shape[2:])) if array.ndim > 2 else 1
    step = max(1, _SLICE_VALUES // max(1, channels * per_channel))
    slices = [rows[at : at + step] for at in range(0, len(rows), step)]
    count, total = 0, np.zeros(channels)
    for part in slices:
        values = readable(array, part)
        count += len(values) * per_channel
        total += _by_channel(values, channels).sum(axis=(0, 2))
    mean = total / count
    squares = np.zeros(channels)
    for part in slices:
        offset = _by_channel(readable(array, part), channels) - mean[None, :, None]
        squares += np.einsum("ncx,ncx->c", offset, offset)
    return mean, np.sqrt(squares / count)


def _by_channel(array: Array, channels: int) -> NDArray[np.float64]:
    return array.reshape(len(array), channels, -1).astype(np.float64)


def _rounded(values: Iterable[Any]) -> tuple[float, ...]:
    """Eight digits: as much as float32 holds, and the project file stays readable."""
    return tuple(float(f"{value:.8g}") for value in values)
