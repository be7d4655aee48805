"""Where the weights of a part come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WeightsSource:
    """Weights for every path that begins with `prefix`, from a file or a run.

    `map` renames keys of the file to keys of the model where they differ.
    """

    file: str = ""
    run: str = ""
    sha256: str = ""
    prefix: str = ""
    map: Mapping[str, str] = field(default_factory=dict)
