"""What a run is given beside its objective and its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor

from graphcore.training.metrics import Metric
from graphcore.training.minimizers import Settings

Fields = Mapping[str, Tensor]


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Samples by the objective's arguments, each [samples, ...], already on the device."""

    train: Fields
    validation: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run needs beside objective, data and plan.

    `terms` says which objective each term is of (none: every key is of `main`). `settings` are
    those of nodes by path, `lines` the generated code's. Without a `folder` nothing is saved;
    `resume` is a checkpoint to go on from. `free_cores` are left to others where the plan leaves
    the number of threads to us.
    """

    run: str = ""
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    terms: Mapping[str, str] = field(default_factory=lambda: {"loss": "main"})
    metrics: Sequence[Metric] = ()
    settings: Settings = field(default_factory=dict)
    lines: Mapping[int, str] = field(default_factory=dict)
    folder: Path | None = None
    resume: Path | None = None
    free_cores: int = 0


def sample_count(fields: Fields) -> int:
    """How many samples these are."""
    return len(next(iter(fields.values()), ()))
