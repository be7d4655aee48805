"""How much room samples take and there is in main memory. Torch-free."""

from __future__ import annotations

import math
import os
from contextlib import suppress
from pathlib import Path

from graphcore.project.data import DataChoice
from graphcore.types import Tensor

_UNKNOWN_FREE = 4 * 2**30
ROOM_FOR_COPIES = 2.5
"""Samples are scaled, then divided into parts: so often they are in memory for a moment."""


def sample_bytes(data: DataChoice) -> int | None:
    """What all samples take as the model sees them; None where a size is open or none are known.

    That is four bytes a float, eight a whole number.
    """
    total = 0
    for field in data.fields:
        kind = field.type
        if not isinstance(kind, Tensor) or not all(isinstance(dim, int) for dim in kind.dims):
            return None
        numbers = math.prod(dim for dim in kind.dims if isinstance(dim, int))
        total += numbers * (4 if kind.is_float else 8)
    return total * data.samples if data.samples and data.fields else None


def free_memory() -> int:
    """The bytes of main memory that are free; a careful guess where the system doesn't say."""
    with suppress(OSError, ValueError, IndexError):
        text = Path("/proc/meminfo").read_text("ascii")
        return int(text.partition("MemAvailable:")[2].split()[0]) * 1024
    with suppress(OSError, ValueError, AttributeError):
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return _UNKNOWN_FREE
