"""What a run is given beside its objective and its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from graphcore.training.company import ALONE, Company
from graphcore.training.events import Changed
from graphcore.training.feeding import Feed, Fields, feed_of
from graphcore.training.metrics import Metric
from graphcore.training.minimizers import Settings

if TYPE_CHECKING:
    from graphcore.training.tapping import Tapper


@dataclass(frozen=True, slots=True)
class TrainingData:
    """Samples by the arguments of the objective, held on the device, or what feeds them."""

    train: Fields | Feed
    validation: Fields | Feed = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """What a run needs beside objective, data and plan.

    `terms` says which objective each term is of (none: every key is of `main`). `settings` are
    those of nodes by path, `lines` the generated code's. Without a `folder` nothing is saved;
    `resume` is a checkpoint to go on from, and `changes` those of the plan before it.
    `free_cores` are left to others where the plan leaves the number of threads to us.
    `company` are the processes that train together.
    `tapped` makes the objective with taps at what is probed; without it nothing can be.
    `counted` says which argument holds the targets of a term that is a mean over those that count.
    """

    run: str = ""
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))
    terms: Mapping[str, str] = field(default_factory=lambda: {"loss": "main"})
    metrics: Sequence[Metric] = ()
    settings: Settings = field(default_factory=dict)
    lines: Mapping[int, str] = field(default_factory=dict)
    folder: Path | None = None
    resume: Path | None = None
    changes: tuple[Changed, ...] = ()
    free_cores: int = 0
    company: Company = ALONE
    tapped: Tapper | None = None
    counted: Mapping[str, str | None] = field(default_factory=dict)


def sample_count(samples: Fields | Feed) -> int:
    """How many samples these are."""
    return feed_of(samples).count
