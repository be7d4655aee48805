"""Whether things may move on their own."""

from __future__ import annotations

import os


def is_reduced() -> bool:
    """Whether nothing should glide or fade; NETWRIGHT_REDUCED_MOTION=1 asks for that."""
    return os.environ.get("NETWRIGHT_REDUCED_MOTION", "") not in ("", "0")
