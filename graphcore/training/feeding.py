"""Where batches come from: samples held on the device, or a stream that reads them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import torch
from torch import Tensor

from graphcore.data.samples import Samples
from graphcore.data.stream import Stream, model_bytes
from graphcore.project.project import Project
from graphcore.training.memory import free_bytes
from graphcore.training.room import ROOM_FOR_COPIES

GATHERED_BYTES = 8 * 2**20

Batch = dict[str, Tensor]
"""Samples by the objective's arguments, each [B, ...], on the device."""

Fields = Mapping[str, Tensor]


class Feed(Protocol):
    """A part of the samples, by batches."""

    @property
    def count(self) -> int:
        """How many samples these are."""

    @property
    def readers(self) -> int:
        """How many processes read them; -1 where they are held."""

    def batches(self, order: Tensor, size: int) -> Iterator[Batch]:
        """The samples at the places in `order`, an int64 tensor on the CPU, `size` at a time."""

    def in_order(self, size: int) -> Iterator[Batch]:
        """All samples as they are, `size` at a time."""

    def complaints(self) -> list[str]:
        """Sentences about samples that were left out since this was last asked."""

    def close(self) -> None:
        """Let go of what reads them."""


class Held:
    """Samples by the objective's arguments, each [samples, ...], that lie on the device."""

    readers = -1

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    @property
    def count(self) -> int:
        """How many samples these are."""
        return len(next(iter(self.fields.values()), ()))

    def batches(self, order: Tensor, size: int) -> Iterator[Batch]:
        """Samples are gathered for many batches at once: one copy in place of many."""
        if not len(order):
            return
        names = tuple(self.fields)
        each = sum(values[:1].nbytes for values in self.fields.values()) * size
        together = size * max(1, GATHERED_BYTES // max(1, each))
        for indices in torch.split(order.to(self.fields[names[0]].device), together):
            gathered = (values.index_select(0, indices) for values in self.fields.values())
            columns = [torch.split(values, size) for values in gathered]
            yield from _rows(names, columns)

    def in_order(self, size: int) -> Iterator[Batch]:
        """All samples as they are, uncopied."""
        columns = [torch.split(values, size) for values in self.fields.values() if len(values)]
        return _rows(tuple(self.fields), columns)

    def complaints(self) -> list[str]:
        """None: all of them are there."""
        return []

    def close(self) -> None:
        """Nothing reads them."""


class Streamed:
    """Samples that a stream reads; `to_arguments` makes the objective's arguments of its fields."""

    def __init__(self, stream: Stream, to_arguments: Callable[[Batch], Batch]) -> None:
        self._stream, self._to_arguments = stream, to_arguments

    @property
    def count(self) -> int:
        """How many samples these are."""
        return self._stream.count

    @property
    def readers(self) -> int:
        """How many processes read; with 0 the one that trains does."""
        return self._stream.workers

    def batches(self, order: Tensor, size: int) -> Iterator[Batch]:
        """The samples at these places, read ahead of time. Raises UserError."""
        for batch in self._stream.batches(order, size):
            yield self._to_arguments(batch)

    def in_order(self, size: int) -> Iterator[Batch]:
        """All samples as they are, read ahead of time. Raises UserError."""
        return self.batches(torch.arange(self.count), size)

    def complaints(self) -> list[str]:
        """Sentences about what could not be read."""
        return self._stream.complaints()

    def close(self) -> None:
        """End the workers."""
        self._stream.close()


def _rows(names: Sequence[str], columns: Sequence[Sequence[Tensor]]) -> Iterator[Batch]:
    return (dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True))


def feed_of(samples: Fields | Feed) -> Feed:
    """The samples as something that gives batches."""
    return Held(samples) if isinstance(samples, Mapping) else samples


def is_streamed(project: Project, samples: Samples, device: torch.device) -> bool:
    """Whether a run reads batch by batch: as the plan says, or where all would not fit.

    On a GPU half of its free memory may be samples; in main memory two and a half times what they
    take must be free, since they are scaled and divided once.
    """
    if project.plan.loading != "auto":
        return project.plan.loading == "stream"
    size = model_bytes(project.data, samples)
    fits_device = device.type == "cpu" or size * 2 <= free_bytes(device)
    return not fits_device or math.ceil(size * ROOM_FOR_COPIES) > free_bytes(torch.device("cpu"))
