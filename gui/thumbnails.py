"""Small pictures of samples: raw arrays as images."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage


def thumbnail(image: NDArray[Any], low: float, high: float, size: int) -> QImage:
    """A picture [C, H, W] of raw values as an image whose longer side is `size` pixels.

    `low` is black and `high` white. One or two channels are gray, more are red, green, blue.
    Tiny pictures grow without blur, so that every value can be seen; large ones are smoothed.
    """
    made = _image(_bytes(image, low, high))
    tall, wide = made.height(), made.width()
    scale = size / max(tall, wide, 1)
    way = (
        Qt.TransformationMode.FastTransformation
        if scale >= 1
        else Qt.TransformationMode.SmoothTransformation
    )
    return made.scaled(
        max(1, round(wide * scale)), max(1, round(tall * scale)),
        Qt.AspectRatioMode.IgnoreAspectRatio, way,
    )  # fmt: skip


def is_picture(shape: tuple[int, ...]) -> bool:
    """Whether a sample of that shape can be shown as a picture: [C, H, W] with H, W above 1."""
    return len(shape) == 3 and 1 <= shape[0] <= 4 and min(shape[1:]) > 1


def _bytes(image: NDArray[Any], low: float, high: float) -> NDArray[np.uint8]:
    """Gray [H, W] or color [H, W, 3] in 0 … 255."""
    shown = image[:3] if image.shape[0] >= 3 else image[0]
    span = high - low or 1.0
    scaled = (shown.astype(np.float32) - low) * (255.0 / span)
    pixels = np.nan_to_num(scaled, posinf=255, neginf=0).round().clip(0, 255).astype(np.uint8)
    return np.ascontiguousarray(pixels.transpose(1, 2, 0) if pixels.ndim == 3 else pixels)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    is_gray = pixels.ndim == 2
    form = QImage.Format.Format_Grayscale8 if is_gray else QImage.Format.Format_RGB888
    height, width = pixels.shape[:2]
    # The copy owns its bytes; the array may be gone before the picture is painted.
    return QImage(pixels.data, width, height, pixels.strides[0], form).copy()
