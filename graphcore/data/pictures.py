"""Pictures that stay in their files: an array that reads only the samples it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
_MOST_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Pictures:
    """As an array uint8 [samples, C, H, W] that is read anew each time it is indexed.

    An index is a number, a slice, or an array of numbers or truths along the first axis. Raises
    what Pillow raises where a file can't be read, with the file's name.
    """

    files: Sequence[Path]
    channels: int
    size: tuple[int, int]

    dtype = np.dtype(np.uint8)
    ndim = 4

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Samples, channels, height, width."""
        return len(self.files), self.channels, *self.size

    @property
    def nbytes(self) -> int:
        """What all of them would take in memory."""
        return int(np.prod(self.shape, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, index: Any) -> NDArray[np.uint8]:
        if isinstance(index, int | np.integer):
            return pixels(self.files[int(index)], self.size, self.channels)
        rows = np.arange(len(self))[index]
        found = np.empty((len(rows), self.channels, *self.size), np.uint8)
        for place, row in enumerate(rows):
            found[place] = pixels(self.files[int(row)], self.size, self.channels)
        return found


def opened(path: Path) -> Image.Image:
    """The picture with only its header read. Raises whatever Pillow raises, and ValueError."""
    image = Image.open(path, formats=FORMATS)
    if image.width * image.height > _MOST_PIXELS:
        image.close()
        raise ValueError("too many pixels")
    return image


def pixels(path: Path, size: tuple[int, int], channels: int) -> NDArray[np.uint8]:
    """One picture as uint8 [C, H, W], upright."""
    with opened(path) as image:
        if image.mode.startswith("I"):  # 16 bits a pixel; plain conversion would cut them off
            deep = np.asarray(image).astype(np.uint32) >> 8
            upright: Image.Image = Image.fromarray(deep.clip(0, 255).astype(np.uint8))
        else:
            upright = ImageOps.exif_transpose(image)
        flat = upright.convert("L" if channels == 1 else "RGB")
    if flat.size != (size[1], size[0]):
        flat = flat.resize((size[1], size[0]), Image.Resampling.BILINEAR, reducing_gap=2.0)
    array = np.asarray(flat, dtype=np.uint8)
    return array[None] if channels == 1 else array.transpose(2, 0, 1)
