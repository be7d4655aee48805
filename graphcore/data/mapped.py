"""An array that stays in its file: only the samples that are asked for are read."""

from __future__ import annotations

import mmap
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

_LOCAL_HEADER = 30


@dataclass(frozen=True, slots=True, eq=False)
class Mapped:
    """Numbers [samples, ...] at an offset of a file, in C order, as an array that can be indexed.

    `stored` is the dtype in the file and `stored_shape` the shape there; `dtype` and `axes` say how
    they are given: `axes` as for numpy's transpose, or empty for a new axis behind the samples.
    Travels to other processes as a path, not as its numbers.
    """

    path: Path
    offset: int
    stored: np.dtype[Any]
    stored_shape: tuple[int, ...]
    dtype: np.dtype[Any]
    axes: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape that is given."""
        if not self.axes:
            return self.stored_shape[0], 1, *self.stored_shape[1:]
        return tuple(self.stored_shape[axis] for axis in self.axes)

    @property
    def ndim(self) -> int:
        """How many axes are given."""
        return len(self.shape)

    @property
    def nbytes(self) -> int:
        """What all of it would take in memory."""
        return int(np.prod(self.shape, dtype=np.int64)) * self.dtype.itemsize

    def __len__(self) -> int:
        return self.stored_shape[0]

    def __getitem__(self, index: Any) -> NDArray[Any]:
        is_one = isinstance(index, int | np.integer)
        rows = _opened(self)[[int(index)] if is_one else index]
        turned = rows.transpose(self.axes) if self.axes else rows[:, None]
        found: NDArray[Any] = np.array(turned, dtype=self.dtype, order="C")
        return found[0] if is_one else found


def _opened(array: Mapped) -> NDArray[Any]:
    """The file's pages as numbers; nothing is read before it is looked at."""
    with array.path.open("rb") as file:
        pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    flat = np.frombuffer(
        pages, array.stored, int(np.prod(array.stored_shape, dtype=np.int64)), array.offset
    )
    return flat.reshape(array.stored_shape)


def place_in_zip(path: Path, member: zipfile.ZipInfo) -> int:
    """Where the bytes of a member that isn't compressed begin in the archive."""
    with path.open("rb") as file:
        file.seek(member.header_offset)
        return member.header_offset + _header_length(file)


def _header_length(file: IO[bytes]) -> int:
    """The length of a local header, whose extra field may differ from the directory's."""
    head = file.read(_LOCAL_HEADER)
    name, extra = (int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    return _LOCAL_HEADER + name + extra
