"""What a run's saved weights look like: facts, a histogram and small pictures. Torch-free."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from graphcore.errors import UserError

BINS = 64
SIDE = 64
"""A map is at most so many points wide and high."""
MOST_FILTERS = 64
MOST_NAMED = 8

Array = NDArray[Any]
Form = Literal["", "filters", "map"]


@dataclass(frozen=True, slots=True, eq=False)
class WeightLook:
    """One tensor of the weights, its numbers as they are but for those that are none.

    `zeros` and `nans` are shares. `counts` lie in bins of one width from `low` to `high`. Pictures
    are bytes: filters [n, h, w] or [n, h, w, 3], each from its lowest to its highest number; a map
    [1, h, w] has 0 at 128. Filters of other than 1 or 3 channels show their first.
    """

    name: str
    shape: tuple[int, ...]
    mean: float
    spread: float
    low: float
    high: float
    zeros: float
    nans: float
    counts: tuple[int, ...]
    form: Form
    pictures: NDArray[np.uint8]


def looks_at(path: Path, node: str = "") -> tuple[WeightLook, ...]:
    """The weights at a node's path (`stage1.conv1`) and inside it; of all where none is named.

    Only these tensors are read. Raises UserError where the file can't be read or has none there.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            names = list(file.keys())
            found = [(name, _read(path, file, name)) for name in _at(names, node)]
    except (OSError, SafetensorError, TypeError, ValueError) as error:
        raise UserError(
            f"{path} can't be read: {error}.", "It may be damaged; use another run."
        ) from error
    if not found:
        raise UserError(f"There are no weights of “{node}” in {path}.", _known(names))
    return tuple(look_at(name, value) for name, value in found)


def look_at(name: str, value: Array) -> WeightLook:
    """A look at one tensor of any shape."""
    numbers = np.asarray(value).astype(np.float32, copy=False)
    is_number = np.isfinite(numbers)
    some = numbers[is_number]
    nans = 1 - some.size / max(numbers.size, 1)
    form, pictures = _pictures(np.where(is_number, numbers, 0) if nans else numbers)
    if not some.size:
        return WeightLook(name, value.shape, 0, 0, 0, 0, 0, nans, (0,) * BINS, form, pictures)
    low, high = float(some.min()), float(some.max())
    counts, _ = np.histogram(some.astype(np.float64), BINS, (low, high))
    return WeightLook(
        name, value.shape, float(some.mean(dtype=np.float64)), float(some.std(dtype=np.float64)),
        low, high, 1 - np.count_nonzero(some) / some.size, nans,
        tuple(int(count) for count in counts), form, pictures,
    )  # fmt: skip


def _read(path: Path, file: Any, name: str) -> Array:
    """A tensor as numpy has it; bfloat16, which it has not, as float32."""
    if file.get_slice(name).get_dtype() != "BF16":
        return np.asarray(file.get_tensor(name))
    with path.open("rb") as raw:
        size = int.from_bytes(raw.read(8), "little")
        facts = json.loads(raw.read(size))[name]
        first, end = facts["data_offsets"]
        raw.seek(8 + size + first)
        halves = np.frombuffer(raw.read(end - first), "<u2")
    # It is the upper half of a float32.
    return (halves.astype("<u4") << 16).view("<f4").reshape(facts["shape"])


def _at(names: Sequence[str], node: str) -> list[str]:
    """The names at a node, weights before the rest of what their layer has."""
    found = [name for name in names if not node or name.startswith(f"{node}.")]
    return sorted(found, key=lambda name: (_owner(name), not name.endswith(".weight"), name))


def _owner(name: str) -> str:
    return name.rpartition(".")[0]


def _known(names: Sequence[str]) -> str:
    owners = sorted({_owner(name) for name in names})
    more = ", …" if len(owners) > MOST_NAMED else "."
    return f"There are those of {', '.join(owners[:MOST_NAMED])}{more}"


def _pictures(numbers: Array) -> tuple[Form, NDArray[np.uint8]]:
    if numbers.ndim < 2 or not numbers.size:
        return "", np.zeros((0, 0, 0), np.uint8)
    if numbers.ndim == 4 and min(numbers.shape[2:]) > 1:
        some = numbers[:MOST_FILTERS]
        filters = some.transpose(0, 2, 3, 1) if some.shape[1] == 3 else some[:, 0]
        return "filters", _stretched(filters)
    small = _shrunk(numbers.reshape(len(numbers), -1))
    most = float(np.abs(small).max()) or 1.0
    return "map", (small / most * 127 + 128).round().astype(np.uint8)[None]


def _stretched(filters: Array) -> NDArray[np.uint8]:
    """Each filter from 0 at its lowest to 255 at its highest; one that is even is all 128."""
    rest = tuple(range(1, filters.ndim))
    low, high = filters.min(rest, keepdims=True), filters.max(rest, keepdims=True)
    is_even = high == low
    shares = np.where(is_even, 128 / 255, (filters - low) / np.where(is_even, 1, high - low))
    made: NDArray[np.uint8] = (shares * 255).round().astype(np.uint8)
    return made


def _shrunk(plane: Array) -> Array:
    """The means [≤ SIDE, ≤ SIDE] of the numbers [h, w] that come together."""
    for axis, size in enumerate(plane.shape):
        if size > SIDE:
            starts = np.linspace(0, size, SIDE, endpoint=False).astype(int)
            counts = np.diff([*starts, size])
            sums = np.add.reduceat(plane, starts, axis=axis)
            plane = sums / (counts[:, None] if axis == 0 else counts)
    return plane
