"""A value in a few numbers, a histogram and a small picture.

Some of its numbers are taken where it comes by; they are looked at later, on the CPU, where numpy
says what they are several times sooner than torch. Taking waits for no device, and no random number
is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

BINS = 64
SIDE = 64
"""Pictures are at most so many points wide and high."""
MOST_TAKEN, MOST_NUMBERS, MOST_FOR_SPREAD = 2**15, 2**13, 2**12
"""Of a larger value at most so many numbers are taken, spread over all its dims, to see what is
dead. So many of them are enough for the rest, and so many for the spread alone."""
MOST_TILES = 16

Form = Literal["", "image", "map"]
Floats = NDArray[np.float32]
Numbers = TypeVar("Numbers", Tensor, Floats)


@dataclass(frozen=True, slots=True)
class Taken:
    """Numbers of a value of that shape, spread over it, and the planes [C, H, W] of its picture."""

    some: Tensor
    planes: Tensor
    shape: tuple[int, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What was seen.

    `numbers` are the lowest and the highest, mean, spread, and shares: of zeros, of features that
    are 0 in all samples, and of what is no number. `counts` are a histogram from the lowest to the
    highest. `picture` holds points from 0 to 255; `size` are its height, width and colours.
    """

    numbers: tuple[float, ...]
    counts: tuple[int, ...]
    size: tuple[int, ...]
    picture: bytes


@torch.no_grad()
def taken(value: Tensor, scale: Tensor | None = None) -> Taken | None:
    """What is needed of a value [B, …] over a scale to look at it; None for one without numbers."""
    if not value.numel() or value.is_complex() or value.is_sparse:
        return None
    shape = tuple(value.shape)
    form, planes = _planes(value)
    some, planes = (
        part.to(torch.float32, copy=True) for part in (_some(value, MOST_TAKEN), planes)
    )
    if scale is not None:
        some, planes = some / scale, planes / scale
    return Taken(some, planes, shape, form)


@torch.no_grad()
def taken_for_spread(value: Tensor) -> Tensor:
    """The few numbers that say how far a value is spread."""
    return _some(value, MOST_FOR_SPREAD).flatten().to(torch.float32, copy=True)


def glimpses(taken: Sequence[Taken]) -> list[Glimpse]:
    """Looks at what was taken; its device is waited for once."""
    arrays = _arrays([part for one in taken for part in (one.some, one.planes)])
    with np.errstate(all="ignore"):  # an inf is told, whatever it came from
        return [
            _glimpse(one.form, some, planes)
            for one, some, planes in zip(taken, arrays[::2], arrays[1::2], strict=True)
        ]


def spreads(taken: Sequence[Tensor]) -> list[float]:
    """The standard deviation of each of these; their device is waited for once."""
    with np.errstate(all="ignore"):
        return [_spread(numbers, numbers.mean()) for numbers in _arrays(taken)]


def _arrays(tensors: Sequence[Tensor]) -> list[Floats]:
    if any(one.device.type != "cpu" for one in tensors):
        whole = torch.cat([one.flatten() for one in tensors]).cpu()
        parts = torch.split(whole, [one.numel() for one in tensors])
        tensors = [part.view(one.shape) for part, one in zip(parts, tensors, strict=True)]
    return [one.numpy() for one in tensors]


def _glimpse(form: Form, some: Floats, planes: Floats) -> Glimpse:
    few = np.ravel(_some(some, MOST_NUMBERS))
    is_number = np.isfinite(few)
    nans = 1 - _share(is_number)
    numbers = np.where(is_number, few, np.float32(0)) if nans else few
    low, high, mean = float(numbers.min()), float(numbers.max()), numbers.mean()
    picture = _picture(form, planes)
    size = (*picture.shape[1:], picture.shape[0]) if form else ()
    zeros, dead = 1 - _share(few != 0), _dead(some)
    facts = (low, high, float(mean), _spread(numbers, mean), zeros, dead, nans)
    return Glimpse(facts, _counts(numbers, low, high), size, picture.tobytes())


def _some(value: Numbers, most: int) -> Numbers:
    """At most so many of the numbers, spread over all dims."""
    shape = tuple(value.shape)
    return value if math.prod(shape) <= most else value[_steps(shape, most)]


@lru_cache(maxsize=1024)
def _steps(shape: tuple[int, ...], most: int) -> tuple[slice, ...]:
    """How far to go in each dim, so that at most so many numbers remain; features go last.

    Steps are odd: what lies in every second place (a checkerboard of upsampling) is not all or
    nothing then.
    """
    steps = [1] * len(shape)

    def left(dim: int) -> int:
        return -(-shape[dim] // steps[dim])

    feature = _feature(len(shape))
    others = [dim for dim in range(len(shape)) if dim != feature]
    while math.prod(map(left, range(len(shape)))) > most:
        longest = max(others, key=left, default=feature)
        steps[longest if left(longest) > 1 else feature] += 2
    return tuple(slice(None, None, step) for step in steps)


def _feature(dims: int) -> int:
    """The dim of features: channels, else the last."""
    return 1 if dims > 3 else dims - 1


def _share(mask: NDArray[np.bool_]) -> float:
    return float(np.count_nonzero(mask)) / mask.size


def _spread(numbers: Floats, mean: Any) -> float:
    away = numbers - mean
    return math.sqrt(float(away @ away) / away.size)


def _counts(numbers: Floats, low: float, high: float) -> tuple[int, ...]:
    """How many of the numbers lie in each of the bins from the lowest to the highest."""
    if high - low > 1e38:  # the difference would be too large for a number
        numbers, low, high = numbers / np.float32(4), low / 4, high / 4
    scale = (BINS - 1e-3) / max(high - low, 1e-30)
    bins = ((numbers - low) * scale).astype(np.intp)
    return tuple(np.bincount(bins, minlength=BINS).tolist())


def _dead(some: Floats) -> float:
    """The share of features that are 0 in all samples."""
    lives = some != 0
    if some.ndim < 2:
        return float(not lives.any())
    lives = lives.any(0)  # alone: far quicker than all dims at once
    if some.ndim > 2:
        lives = lives.reshape(len(lives), -1).any(1) if some.ndim > 3 else lives.any(0)
    return 1 - _share(lives)


def _planes(value: Tensor) -> tuple[Form, Tensor]:
    """What a picture is made of [C, H, W]: the first sample, of which channels lie side by side.

    Of values with one dim a sample all samples are shown, a row each. Of very many points only some
    are taken.
    """
    if value.ndim < 2:
        return "", value.new_empty((0, 0, 0))
    planes, is_image = value if value.ndim == 2 else value[0], False
    if planes.ndim == 2:
        planes = planes[None]
    else:
        planes = planes.flatten(0, -3) if planes.ndim > 3 else planes
        is_image = len(planes) in (1, 3)
    across = 1 if is_image else _across(len(planes))
    if not is_image:
        planes = planes[: across * across]
    down, aside = (long // (2 * SIDE // across) for long in planes.shape[1:])
    if down > 1 or aside > 1:
        planes = planes[:, :: max(1, down), :: max(1, aside)]
    return "image" if is_image else "map", planes


def _across(count: int) -> int:
    """How many planes lie side by side, in as many rows."""
    return math.isqrt(min(count, MOST_TILES) - 1) + 1


def _picture(form: Form, planes: Floats) -> NDArray[np.uint8]:
    """The planes as one picture [colours, height, width], its points from 0 to 255.

    A map has 0 at 128.
    """
    if not form:
        return planes.astype(np.uint8)
    across = 1 if form == "image" else _across(len(planes))
    is_number = np.isfinite(planes)
    small = _shrunk(planes if is_number.all() else np.where(is_number, planes, 0), SIDE // across)
    low, high = float(small.min()), float(small.max())
    if form == "image":
        points = (small - low) * (255 / max(high - low, 1e-20)) + 0.5
    else:
        points = _tiled(small, across) * (127 / max(high, -low, 1e-20)) + 128.5
    return points.astype(np.uint8)


def _tiled(planes: Floats, across: int) -> Floats:
    """Planes [C, H, W] side by side, in as many rows: [1, …, …]."""
    if across == 1:
        return planes
    count, height, width = planes.shape
    whole = np.zeros((across * across, height, width), np.float32)
    whole[:count] = planes
    rows = whole.reshape(across, across, height, width).transpose(0, 2, 1, 3)
    return rows.reshape(1, across * height, across * width)


def _shrunk(planes: Floats, side: int) -> Floats:
    """Planes [C, H, W] of at most so many points high and wide, each the mean of those there."""
    height, width = planes.shape[1:]
    if width > side:
        planes = planes @ _means(width, side).T
    return _means(height, side) @ planes if height > side else planes


@lru_cache(maxsize=64)
def _means(long: int, side: int) -> Floats:
    """What makes of so many numbers so few means [side, long]."""
    place, starts = np.arange(long), np.arange(side + 1)[:, None] * long // side
    within = (place >= starts[:-1]) & (place < starts[1:])
    means: Floats = (within / within.sum(1, keepdims=True)).astype(np.float32)
    return means
