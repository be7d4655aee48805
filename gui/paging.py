"""A drawing on sheets of paper: how it is turned, cut and scaled. Pure geometry."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

LARGEST = 1.0
"""So many points of the paper a unit of the drawing takes at most, as on the screen at 100 %."""
READABLE = 0.5
"""The words on a card are 11 units high, so 5.5 points on paper: small, and still read."""


def is_wide(area: QRectF) -> bool:
    """Whether the sheet lies on its side."""
    return area.width() > area.height()


def scale_on_one(area: QRectF, sheet: QSizeF) -> float:
    """Points of the paper a unit of the drawing where all of it is on one sheet."""
    return min(LARGEST, sheet.width() / area.width(), sheet.height() / area.height())


def sheets(area: QRectF, sheet: QSizeF, *, is_one: bool) -> Sequence[QRectF]:
    """The parts of the drawing that are on the sheets, row by row, each the size of a sheet.

    The drawing is in the middle of all of them together.
    """
    scale = scale_on_one(area, sheet)
    if not is_one:
        scale = max(scale, READABLE)
    width, height = sheet.width() / scale, sheet.height() / scale
    columns, rows = (math.ceil(round(x, 3)) for x in (area.width() / width, area.height() / height))
    corner = area.center() - QPointF(columns * width / 2, rows * height / 2)
    return [
        QRectF(corner.x() + column * width, corner.y() + row * height, width, height)
        for row in range(rows)
        for column in range(columns)
    ]
