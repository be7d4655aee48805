"""The form of a card: made once for all cards with the same ports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.canvas.geometry import CARD_WIDTH, card_height, port_heights, row_heights
from gui.canvas.style import SHADOW_MARGIN


@dataclass(frozen=True, slots=True)
class CardForm:
    """Its size, its bounds with the shadow, and where each port (name, is it an output) sits.

    Nobody changes it.
    """

    size: QSizeF
    bounds: QRectF
    points: Mapping[tuple[str, bool], QPointF]


@lru_cache(maxsize=1024)
def card_form(
    inputs: tuple[str, ...], outputs: tuple[str, ...], *, has_rows: bool, has_strip: bool
) -> CardForm:
    """For these ports; `has_rows` where each output has a row of its own below the header."""
    size = QSizeF(CARD_WIDTH, card_height(len(inputs), len(outputs), strip=has_strip))
    left = zip(inputs, port_heights(len(inputs)), strict=True)
    heights = row_heights if has_rows else port_heights
    right = zip(outputs, heights(len(outputs)), strict=True)
    points = {(name, False): QPointF(0, y) for name, y in left}
    points |= {(name, True): QPointF(CARD_WIDTH, y) for name, y in right}
    around = SHADOW_MARGIN
    bounds = QRectF(QPointF(), size).adjusted(-around, -around, around, around)
    return CardForm(size, bounds, points)
