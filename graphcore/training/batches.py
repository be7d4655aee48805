"""The batches of an epoch, in an order that seed and epoch decide."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import torch

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training.company import ALONE, Company
from graphcore.training.feeding import Batch, Feed

_WHOLE = (1.0,)


class Batches:
    """What a run trains on: for each step as many batches as the plan accumulates.

    Raises UserError where there is no sample.
    """

    def __init__(self, feed: Feed, plan: Plan, company: Company = ALONE) -> None:
        self.samples = feed.count
        if not self.samples:
            raise UserError("There is no sample to train on.", "Hold back fewer for validation.")
        self._feed, self._plan, self._company = feed, plan, company
        self._batch = plan.batch_size * company.size
        self.epoch_steps = math.ceil(self.samples / (self._batch * plan.accumulate))

    def of_epoch(self, epoch: int, done: int = 0) -> Iterator[tuple[Batch, ...]]:
        """The batches of each step of an epoch (from 0), after `done` of its steps."""
        source = torch.Generator().manual_seed(self._plan.seed * 1_000_003 + epoch)
        order = torch.randperm(self.samples, generator=source)
        skipped = done * self._step
        if skipped >= self.samples:
            return iter(())  # saved between the last step of an epoch and its end
        found = self._feed.batches(order[skipped:], self._batch)
        return in_steps(found, self._plan.accumulate)

    def shares(self, batches: Sequence[Batch], done: int) -> tuple[int, tuple[float, ...]]:
        """The samples of a step of all processes, and the part of them that each batch here is.

        `done` steps of the epoch came before it.
        """
        if self._company.size == 1:
            return shares_of(batches)
        left = min(self._step, self.samples - done * self._step)
        whole = torch.split(torch.arange(left), self._batch)
        return left, tuple(len(self._company.part(places)) / left for places in whole)

    @property
    def _step(self) -> int:
        """Samples of a whole step, of all processes."""
        return self._batch * self._plan.accumulate


def shares_of(batches: Sequence[Batch]) -> tuple[int, tuple[float, ...]]:
    """The samples of the batches of a step, and the part of them that each batch is."""
    own = [next(iter(batch.values())).shape[0] for batch in batches]
    if len(own) == 1:
        return own[0], _WHOLE
    return sum(own), tuple(count / sum(own) for count in own)


def in_steps(batches: Iterable[Batch], accumulate: int) -> Iterator[tuple[Batch, ...]]:
    """The batches by steps; the last step may have fewer."""
    if accumulate == 1:
        return zip(batches)
    waiting = iter(batches)
    return iter(lambda: tuple(islice(waiting, accumulate)), ())
