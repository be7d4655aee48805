"""The loss curve of a template is that of a loop written by hand, to the last bit."""

from __future__ import annotations

from copy import deepcopy

import pytest
import torch
from torch import Tensor, nn

from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.project.templates import open_template
from graphcore.training.control import Control
from graphcore.training.events import Finished, StepsDone
from graphcore.training.feeding import Held, feed_of
from graphcore.training.loop import train
from graphcore.training.prepare import Prepared, prepare
from graphcore.training.setup import Setup, TrainingData

SAMPLES, BATCH, EPOCHS, SEED = 150, 32, 2, 5
TEMPLATES = ("iris", "digits-mlp", "digits-cnn", "digits-autoencoder", "two-heads")
PARAMS = {"SGD": {"lr": 0.05, "momentum": 0.9}, "AdamW": {"lr": 1e-3}, "RMSprop": {"lr": 1e-3}}


@pytest.fixture(scope="module", params=TEMPLATES)
def ready(request: pytest.FixtureRequest) -> Prepared:
    """A template made ready once for all optimizers."""
    return prepare(open_template(request.param), None, "cpu")


def some_samples(ready: Prepared) -> dict[str, Tensor]:
    feed = feed_of(ready.data.train)
    assert isinstance(feed, Held)
    return {name: values[:SAMPLES].clone() for name, values in feed.fields.items()}


def loss_of(results: dict[str, Tensor], terms: tuple[str, ...]) -> Tensor:
    total = results[terms[0]]
    for term in terms[1:]:
        total = total + results[term]
    return total


def by_hand(model: nn.Module, data: dict[str, Tensor], terms: tuple[str, ...],
            optimizer: torch.optim.Optimizer) -> list[float]:  # fmt: skip
    losses = []
    count = len(next(iter(data.values())))
    for epoch in range(EPOCHS):
        source = torch.Generator().manual_seed(SEED * 1_000_003 + epoch)
        model.train()
        for index in torch.randperm(count, generator=source).split(BATCH):
            loss = loss_of(model(**{name: values[index] for name, values in data.items()}), terms)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


@pytest.mark.parametrize("name", PARAMS)
def test_the_curve_is_that_of_a_loop_by_hand(ready: Prepared, name: str) -> None:
    data, terms = some_samples(ready), ready.code.objectives
    main = ObjectivePlan("main", Optimizer(name, PARAMS[name]), Schedule())
    plan = Plan((main,), epochs=EPOCHS, batch_size=BATCH, seed=SEED, threads=1)
    ours, theirs = deepcopy(ready.objective), deepcopy(ready.objective)
    torch.manual_seed(1)
    setup = Setup(terms=terms, metrics=ready.metrics)
    events = list(train(ours, TrainingData(data), plan, Control(), setup))
    assert isinstance(events[-1], Finished)
    found = [loss for event in events if isinstance(event, StepsDone)
             for loss in event.values["loss"]]  # fmt: skip

    torch.manual_seed(1)
    fused = {} if name == "RMSprop" else {"fused": True}
    optimizer = getattr(torch.optim, name)(theirs.parameters(), **PARAMS[name], **fused)
    assert found == by_hand(theirs, data, tuple(terms), optimizer)
    assert len(found) >= 2 * EPOCHS
    pairs = zip(ours.parameters(), theirs.parameters(), strict=True)
    assert all(torch.equal(one, other) for one, other in pairs)
