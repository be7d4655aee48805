"""The time of a training step against loops written by hand, with the same threads.

Each peer does the work that ours does: shuffles, gathers batches, trains, and keeps the loss and
the accuracy of every step. `tuned` is what an expert writes (fused optimizer, nothing copied from
the device before the end); `plain` is what the tutorials show (an ordinary DataLoader, default
optimizer, `.item()` each step).
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, TensorDataset

from graphcore.project.plan import ObjectivePlan, Optimizer, Plan
from graphcore.training.control import Control
from graphcore.training.events import Finished
from graphcore.training.loop import train
from graphcore.training.metrics import Metric, accuracy
from graphcore.training.setup import Setup, TrainingData

SAMPLES, BATCH, ROUNDS = 1437, 64, 9


class Objective(nn.Module):
    """As the code writer writes it."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self.model = model
        self.loss = nn.CrossEntropyLoss()

    def forward(self, image: Tensor, label: Tensor) -> dict[str, Tensor]:
        scores = self.model(image)
        return {"loss": self.loss(scores, label), "tap:head.output": scores}


def small_cnn() -> nn.Module:
    """Two convolutions over 8 × 8 pixels."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.Flatten(), nn.Linear(512, 10),
    )  # fmt: skip


def tiny_mlp() -> nn.Module:
    """So little work that every microsecond around it counts."""
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))


@dataclass(frozen=True, slots=True)
class Case:
    """A model and how many epochs one round takes."""

    name: str
    make: Callable[[], nn.Module]
    epochs: int


CASES = (Case("small CNN, 8 × 8, batch 64", small_cnn, 6), Case("tiny MLP, batch 64", tiny_mlp, 25))


def samples() -> dict[str, Tensor]:
    """As many random pictures as the digits have."""
    source = torch.Generator().manual_seed(0)
    return {
        "image": torch.rand(SAMPLES, 1, 8, 8, generator=source),
        "label": torch.randint(10, (SAMPLES,), generator=source),
    }


def ours(case: Case, data: Mapping[str, Tensor]) -> None:
    """The loop of Netwright, without a folder to save in."""
    objective = Objective(case.make())
    main = ObjectivePlan("main", Optimizer("AdamW", {"lr": 1e-3}))
    plan = Plan((main,), epochs=case.epochs, batch_size=BATCH, threads=torch.get_num_threads())
    metric = Metric("accuracy", "tap:head.output", "label", accuracy)
    setup = Setup(metrics=(metric,))
    for event in train(objective, TrainingData(data), plan, Control(), setup):
        last = event
    assert isinstance(last, Finished)


def tuned(case: Case, data: Mapping[str, Tensor]) -> None:
    """A loop by hand, as fast as one would write it."""
    model, loss_of = case.make(), nn.CrossEntropyLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, fused=True)
    images, labels = data["image"], data["label"]
    for _ in range(case.epochs):
        losses, hits = [], []
        for index in torch.randperm(SAMPLES).split(BATCH):
            image, label = images[index], labels[index]
            scores = model(image)
            loss = loss_of(scores, label)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
            hits.append((scores.detach().argmax(1) == label).float().mean())
        torch.stack(losses).tolist()
        torch.stack(hits).tolist()


def plain(case: Case, data: Mapping[str, Tensor]) -> None:
    """A loop by hand as the tutorials show it."""
    model, loss_of = case.make(), nn.CrossEntropyLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    loader = DataLoader(TensorDataset(data["image"], data["label"]), BATCH, shuffle=True)
    for _ in range(case.epochs):
        losses, hits = [], []
        for image, label in loader:
            scores = model(image)
            loss = loss_of(scores, label)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            hits.append((scores.argmax(1) == label).float().mean().item())


def run() -> Iterator[dict[str, object]]:
    """One line for each model and peer: microseconds a step, and how many times better ours is."""
    for case in CASES:
        data, steps = samples(), case.epochs * -(-SAMPLES // BATCH)
        times = _times((ours, tuned, plain), case, data)
        for peer in (tuned, plain):
            yield {
                "name": f"step, {case.name}",
                "ours": round(times[ours] / steps * 1e6, 1),
                "peer": round(times[peer] / steps * 1e6, 1),
                "peer_name": f"{peer.__name__} loop by hand",
                "unit": "us",
                "ratio": round(times[peer] / times[ours], 3),
            }


Loop = Callable[[Case, Mapping[str, Tensor]], None]


def _times(loops: tuple[Loop, ...], case: Case, data: Mapping[str, Tensor]) -> dict[Loop, float]:
    """Seconds of the median round of each; rounds take turns, so that all share the weather."""
    found: dict[Loop, list[float]] = {loop: [] for loop in loops}
    for turn in range(ROUNDS + 1):
        for loop in loops:
            torch.manual_seed(turn)
            began = perf_counter()
            loop(case, data)
            if turn:
                found[loop].append(perf_counter() - began)
    return {loop: statistics.median(times) for loop, times in found.items()}
