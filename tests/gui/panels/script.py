"""A training that says what a test wrote down, through the real runner."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from graphcore.training.control import Control
from graphcore.training.events import (
    Changed,
    EpochDone,
    Event,
    Finished,
    Started,
    StepsDone,
)

STEPS = 20


class Script:
    """Yields `epochs` epochs of 20 steps; with `waits` it holds after them until it is stopped."""

    def __init__(self, epochs: int = 2, *, planned: int = 3, waits: bool = False) -> None:
        self.epochs, self.planned, self.waits = epochs, planned, waits

    def __call__(self, *given: Any) -> Iterator[Event]:
        control: Control = given[2]
        yield started(self.planned)
        for epoch in range(self.epochs):
            yield from epoch_events(epoch)
        yield from self._wait(control) if self.waits else ()
        reason = "stopped" if control.is_stopping else "done"
        yield Finished(reason, self.epochs * STEPS, self.epochs)

    def _wait(self, control: Control) -> Iterator[Event]:
        tick, held = threading.Event(), False
        while not control.is_stopping:
            if control.is_paused != held:
                held = control.is_paused
                yield Changed("paused", held, self.epochs * STEPS)
            tick.wait(0.005)


def started(planned: int) -> Started:
    """The first event."""
    return Started("r", "cpu", 1, planned, STEPS, 100, ("loss", "accuracy", "learning_rate"),
                   at="2026-01-02T03:04:05+00:00", batch_size=64)  # fmt: skip


def epoch_events(epoch: int) -> list[Event]:
    """Twenty steps and the end of an epoch; the loss of step i is 2 / (i + 1)."""
    steps = range(epoch * STEPS, (epoch + 1) * STEPS)
    values = {
        "loss": tuple(2 / (step + 1) for step in steps),
        "accuracy": tuple(step / 100 for step in steps),
        "learning_rate": (0.001,) * STEPS,
    }
    val = {"loss": 0.5 / (epoch + 1), "accuracy": 0.9}
    return [
        StepsDone(steps[0], values),
        EpochDone(epoch + 1, (epoch + 1) * STEPS, {"loss": 0.7, "accuracy": 0.8}, val, 1.5,
                  1840.0, True),
    ]  # fmt: skip
