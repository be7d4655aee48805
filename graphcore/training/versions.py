"""The versions of the packages that a run's numbers depend on. Torch-free."""

from __future__ import annotations

import importlib.metadata
from functools import cache

PACKAGES = ("netwright", "torch", "numpy", "safetensors")


@cache
def version(package: str) -> str:
    """The version that is installed, with how it was built; empty where it is not."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
