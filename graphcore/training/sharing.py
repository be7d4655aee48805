"""What the processes of a run share: samples, and what is said to the first of them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import torch
from torch import Tensor

from graphcore.training.company import Company
from graphcore.training.control import Control, obey
from graphcore.training.feeding import Batch, Feed

PAUSE_TURN = 0.25
HEARS_EVERY = 8
"""Steps between two moments in which all processes hear what was said to the first."""


def shared(feed: Feed, company: Company) -> Feed:
    """This process's part of a feed; alone it is all of it."""
    return feed if company.size == 1 else SharedFeed(feed, company)


def heard_by_all(control: Control, company: Company) -> Control:
    """A control that says the same in every process; alone it is the control itself."""
    return control if company.size == 1 else SharedControl(company, control)


class SharedFeed:
    """One process's part of each batch of a feed, and of all samples in order.

    Where a last batch has fewer samples than there are processes, some take one that another has
    too; `Company.part` says how many of a batch really are this process's.
    """

    def __init__(self, feed: Feed, company: Company) -> None:
        self._feed, self._company = feed, company

    @property
    def count(self) -> int:
        """How many samples all processes have together."""
        return self._feed.count

    @property
    def readers(self) -> int:
        """How many processes read for this one; -1 where its samples are held."""
        return self._feed.readers

    def batches(self, order: Tensor, size: int) -> Iterator[Batch]:
        """The part of each batch; `size` is that of all parts together."""
        parts = [self._part(places) for places in torch.split(order, size)] if len(order) else []
        own = torch.cat(parts) if parts else order
        return self._feed.batches(own, max((len(part) for part in parts), default=1))

    def in_order(self, size: int) -> Iterator[Batch]:
        """A stretch of the samples, `size` at a time."""
        return self._feed.batches(self._company.part(torch.arange(self.count)), size)

    def complaints(self) -> list[str]:
        """What could not be read here."""
        return self._feed.complaints()

    def close(self) -> None:
        """Let go of what reads."""
        self._feed.close()

    def _part(self, places: Tensor) -> Tensor:
        own = self._company.part(places)
        return own if len(own) else places[:1]


class SharedControl(Control):
    """Obeys what is said to the first process's control, at the same step in all of them.

    They hear it together, in every eighth step that asks for news and while they stand still.
    """

    def __init__(self, company: Company, heard: Control) -> None:
        self._company, self._asked_for_news, self._news = company, 0, False
        self._waiting: list[str] = []
        super().__init__()
        if company.is_first:
            heard.listen(self._waiting.append)

    @property
    def has_news(self) -> bool:
        """Whether anything was said since the loop last took it."""
        self._asked_for_news += 1
        if self._asked_for_news % HEARS_EVERY == 0:
            self._hear()
        return self._news

    @has_news.setter
    def has_news(self, value: bool) -> None:
        self._news = value

    def wait(self, most_seconds: float | None = None) -> bool:
        """Stand still for a moment, or until the first process may go on; whether it may."""
        while True:
            self._hear()
            if not self.is_paused:
                return True
            time.sleep(PAUSE_TURN)
            if most_seconds is not None:
                return False

    def _hear(self) -> None:
        count = len(self._waiting)
        words = self._company.first(self._waiting[:count])
        del self._waiting[:count]
        for word in words:
            obey(self, word)
