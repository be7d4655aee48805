"""From raw values to what the model sees, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from graphcore.data.samples import Array
from graphcore.project.data import DataChoice, Field
from graphcore.types import Tensor


def to_model(field: Field | str, values: Array, choice: DataChoice) -> Array:
    """Raw values of one field as the model sees them; one sample or a batch.

    `unit` is (x - low) / (high - low), `standard` is (x - mean) / std per channel or column,
    `none` only changes the dtype: float32, or int64 for classes and other whole numbers.
    """
    known = _field(field, choice)
    if not _is_float(known):
        return np.ascontiguousarray(values, dtype=np.int64)
    offset, scale = _offset_and_scale(known, choice, values.ndim)
    scaled = np.array(values, dtype=np.float32, order="C")
    scaled -= offset
    scaled /= scale
    return scaled


def from_model(field: Field | str, values: Array, choice: DataChoice) -> Array:
    """Values as the model gives them back on the raw scale, float32, for showing."""
    known = _field(field, choice)
    if not _is_float(known):
        return np.ascontiguousarray(values)
    offset, scale = _offset_and_scale(known, choice, values.ndim)
    return np.asarray(np.asarray(values, dtype=np.float32) * scale + offset)


def _field(field: Field | str, choice: DataChoice) -> Field:
    if isinstance(field, Field):
        return field
    found = choice.field(field)
    if found is None:
        raise KeyError(field)
    return found


def _is_float(field: Field) -> bool:
    return isinstance(field.type, Tensor) and field.type.is_float


def _offset_and_scale(
    field: Field, choice: DataChoice, rank: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What is taken away and what is divided by, shaped to fit values of that rank."""
    match choice.normalize.get(field.name, "none"):
        case "unit" if field.low is not None and field.high is not None:
            low = np.array(field.low, dtype=np.float32)
            return low, _not_zero(np.array(field.high - field.low))
        case "standard" if field.mean and field.std:
            dims = len(field.type.dims) if isinstance(field.type, Tensor) else rank
            shape = (-1,) + (1,) * (dims - 1) if dims else (-1,)
            mean = np.array(field.mean, dtype=np.float32).reshape(shape)
            return mean, _not_zero(np.array(field.std).reshape(shape))
    return np.zeros((), np.float32), np.ones((), np.float32)


def _not_zero(scale: NDArray[np.float64]) -> NDArray[np.float32]:
    """A constant column or picture is left as it is rather than divided by nothing."""
    kept = scale.astype(np.float32)
    return np.where(kept > 0, kept, np.float32(1))
