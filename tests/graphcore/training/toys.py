"""Small objectives and data for the tests of training, written as the code writer writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import torch
from torch import Tensor, nn

from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.training.control import Control
from graphcore.training.events import EpochDone, Event, StepsDone
from graphcore.training.loop import train
from graphcore.training.measuring.classes import accuracy
from graphcore.training.metrics import Metric
from graphcore.training.setup import Setup, TrainingData

ACCURACY = Metric("accuracy", "tap:head.output", "label", accuracy)


class Model(nn.Module):
    """Points of the plane to scores of two classes, with noise so that order matters."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(2, 16)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(16, 2)

    def forward(self, point: Tensor) -> Tensor:
        return self.head(self.dropout(torch.relu(self.first(point))))


class Objective(nn.Module):
    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model
        self.loss = nn.CrossEntropyLoss()

    def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
        scores = self.model(point)
        return {"loss": self.loss(scores, label), "tap:head.output": scores}


def objective(seed: int = 0) -> Objective:
    torch.manual_seed(seed)
    return Objective(Model())


def points(count: int, seed: int = 1) -> dict[str, Tensor]:
    """Points whose class is whether they lie right of a line."""
    point = torch.randn(count, 2, generator=torch.Generator().manual_seed(seed))
    return {"point": point, "label": (point[:, 0] > point[:, 1]).long()}


def data(train_count: int = 150, val_count: int = 40) -> TrainingData:
    return TrainingData(points(train_count), points(val_count, 2))


def plan(
    *, optimizer: str = "AdamW", lr: float = 0.01, schedule: str = "cosine", **changes: object
) -> Plan:
    main = ObjectivePlan("main", Optimizer(optimizer, {"lr": lr}), Schedule(schedule))
    return replace(Plan((main,), epochs=3, batch_size=32, seed=3, threads=1), **changes)


def events(
    *, model: nn.Module | None = None, samples: TrainingData | None = None, how: Plan | None = None,
    control: Control | None = None, folder: Path | None = None, **setup: object,
) -> list[Event]:  # fmt: skip
    """All events of a run."""
    given = {"metrics": (ACCURACY,), "folder": folder, **setup}
    return list(
        train(model or objective(), samples or data(), how or plan(), control or Control(),
              Setup(**given))  # type: ignore[arg-type]
    )  # fmt: skip


def series(found: Iterable[Event], name: str) -> list[float]:
    """A series put together from the events, which must leave no gap."""
    values: list[float] = []
    for event in found:
        if isinstance(event, StepsDone):
            assert event.first_step == len(values)
            values.extend(event.values[name])
    return values


def epochs(found: Iterable[Event]) -> list[EpochDone]:
    return [event for event in found if isinstance(event, EpochDone)]
