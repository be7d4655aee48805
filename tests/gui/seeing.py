"""How colours look to people who see fewer of them, and how far apart they are then."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from PySide6.QtGui import QColor

# Machado, Oliveira and Fernandes 2009, "A physiologically-based model for simulation of color
# vision deficiency", table 1 at severity 1.0; for linear RGB.
SIGHTS = {
    "usual": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868],
                            [0.114503, 0.786281, 0.099216],
                            [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968],
                              [0.280085, 0.672501, 0.047413],
                              [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779],
                            [-0.078411, 0.930809, 0.147602],
                            [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
# Oklab (Björn Ottosson 2020), where equal distances look alike.
_CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                   [0.2119034982, 0.6806995451, 0.1073969566],
                   [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                 [1.9779984951, -2.4285922050, 0.4505937099],
                 [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip


def least_distance(colors: list[str], sight: str) -> float:
    """How far apart the two most alike of these colours are, 0 to about 1."""
    seen = [_seen(color, sight) for color in colors]
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2))


def _seen(color: str, sight: str) -> np.ndarray:
    made = QColor(color)
    value = np.array([made.redF(), made.greenF(), made.blueF()])
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return _LAB @ np.cbrt(_CONES @ np.clip(SIGHTS[sight] @ linear, 0, 1))
