"""Where the files that ship with the program are."""

from __future__ import annotations

from pathlib import Path

# In a clone and in an installed copy alike, the folder lies beside graphcore.
FOLDER = Path(__file__).resolve().parents[2] / "resources"


def resource(relative: str) -> Path:
    """The path of a shipped file or folder, such as `templates` or `samples/digits.npz`."""
    return FOLDER / relative
