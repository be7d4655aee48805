"""What a disk says when it takes no state: in two libraries' words. Torch-free."""

from __future__ import annotations

import re

from safetensors import SafetensorError

REFUSALS = (OSError, SafetensorError)
"""safetensors has an error of its own where a disk is full."""


def reason(error: BaseException) -> str:
    """The system's own words, without a full stop."""
    found = getattr(error, "strerror", None) or re.sub(r"\(os error \d+\)", "", str(error))
    return found.rpartition(": ")[2].strip().rstrip(".")
