"""Batches of samples that aren't all held: workers read and scale them ahead of time."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from graphcore.data.mapped import Mapped
from graphcore.data.pictures import Pictures
from graphcore.data.samples import Array, Samples
from graphcore.data.scaling import to_model
from graphcore.errors import UserError
from graphcore.project.data import DataChoice

AHEAD = 4
"""Batches that each worker has ready before they are asked for."""
MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Batch:
    """Samples as the model sees them, by field, and what could not be read among them."""

    fields: dict[str, Tensor]
    unreadable: tuple[str, ...] = ()

    def pin_memory(self) -> Batch:
        """The same in memory that a GPU fetches from by itself; the loader asks for it."""
        pinned = {name: values.pin_memory() for name, values in self.fields.items()}
        return Batch(pinned, self.unreadable)


class Stream:
    """Some samples of a choice, a batch at a time in any order; `close` ends the workers.

    `count` is how many they are. With `workers` 0 the caller's own thread reads them. A picture
    that can't be read is left out of its batch and noted, once, in what `complaints` returns.
    """

    def __init__(
        self, choice: DataChoice, samples: Samples, rows: Array, device: torch.device,
        workers: int = 0,
    ) -> None:  # fmt: skip
        self.count, self.workers = len(rows), workers
        self._order = _Order()
        self._device = device
        self._known: set[str] = set()
        self._new: list[str] = []
        self._loader: DataLoader[Batch] | None = DataLoader(
            _Reading(choice, samples.arrays, np.asarray(rows)),
            batch_sampler=self._order,
            num_workers=workers,
            collate_fn=_as_it_is,
            pin_memory=device.type == "cuda",
            prefetch_factor=AHEAD if workers else None,
            persistent_workers=workers > 0,
            multiprocessing_context=_context() if workers else None,
            # The loader draws a seed for its workers: not from the numbers that dropout draws.
            generator=torch.Generator(),
        )

    def batches(self, order: Tensor, size: int) -> Iterator[dict[str, Tensor]]:
        """The samples at the places in `order` [count], `size` at a time, on the device.

        Raises UserError where no sample of a batch can be read.
        """
        assert self._loader is not None
        self._order.batches = [part.tolist() for part in torch.split(order, size)] if size else []
        for batch in self._loader:
            self._note(batch.unreadable)
            if not batch.fields:
                raise UserError(
                    f"None of the {len(batch.unreadable)} samples of a batch can be read, first "
                    f"“{batch.unreadable[0]}”.",
                    "Look whether the folder is still there, then resume the run.",
                )
            yield {
                name: values.to(self._device, non_blocking=True)
                for name, values in batch.fields.items()
            }

    def complaints(self) -> list[str]:
        """Sentences about what could not be read since this was last asked."""
        new, self._new = self._new, []
        if not new:
            return []
        names = ", ".join(f"“{name}”" for name in new[:3]) + (" …" if len(new) > 3 else "")
        what = "A picture can't be read and is" if len(new) == 1 else f"{len(new)} pictures are"
        return [f"{what} left out of training: {names}."]

    def close(self) -> None:
        """End the workers; twice is once."""
        self._loader = None

    def _note(self, unreadable: Sequence[str]) -> None:
        fresh = [name for name in unreadable if name not in self._known]
        self._known.update(fresh)
        self._new += fresh


def workers_for(samples: Samples, wanted: int = 0) -> int:
    """How many workers read: as many as wanted, else by the work that reading takes.

    Pictures are decoded, arrays in files are waited for; what lies in memory needs no worker.
    """
    if wanted > 0:
        return min(wanted, 4 * (os.cpu_count() or 1))
    kinds: set[type[Any]] = {type(array) for array in samples.arrays.values()}
    spare = max(1, (os.cpu_count() or 1) - 1)
    if Pictures in kinds:
        return min(MOST_WORKERS, spare)
    return min(2, spare) if Mapped in kinds else 0


def model_bytes(choice: DataChoice, samples: Samples) -> int:
    """What all samples take as the model sees them: four bytes a float, eight a whole number."""
    total = 0
    for item in choice.fields:
        array = samples.arrays.get(item.name)
        if array is not None:
            total += array.nbytes // array.dtype.itemsize * _width(item.type)
    return total


def _width(type: Any) -> int:
    return 4 if getattr(type, "is_float", False) else 8


@dataclass(slots=True)
class _Order:
    """The places of each batch in turn, which change from epoch to epoch."""

    batches: list[list[int]] = field(default_factory=list)

    def __iter__(self) -> Iterator[list[int]]:
        return iter(self.batches)

    def __len__(self) -> int:
        return len(self.batches)


class _Reading(Dataset[Batch]):
    """What a worker does: it reads the samples of a batch and scales them."""

    def __init__(self, choice: DataChoice, arrays: Mapping[str, Array], rows: Array) -> None:
        self._choice, self._rows = choice, rows
        self._arrays = {item.name: arrays[item.name] for item in choice.fields}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitems__(self, places: list[int]) -> Batch:
        rows = self._rows[places]
        try:
            return Batch(self._read(rows))
        except Exception:  # Pillow's readers raise nearly anything on a damaged file
            return self._read_what_can(rows)

    def _read(self, rows: Array) -> dict[str, Tensor]:
        return {
            item.name: torch.from_numpy(to_model(item, self._arrays[item.name][rows], self._choice))
            for item in self._choice.fields
        }

    def _read_what_can(self, rows: Array) -> Batch:
        good, bad = list[int](), list[str]()
        for row in rows.tolist():
            try:
                self._read(np.array([row]))
            except Exception:  # as above
                bad.append(self._name(row))
            else:
                good.append(row)
        return Batch(self._read(np.array(good)) if good else {}, tuple(bad))

    def _name(self, row: int) -> str:
        for array in self._arrays.values():
            if isinstance(array, Pictures):
                return array.files[row].name
        return f"sample {row + 1:,}"


def _as_it_is(batch: Any) -> Any:
    return batch


def _context() -> str:
    """How workers start: never as a fork of a process that has threads, as ours has."""
    ways = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in ways and sys.platform != "darwin" else "spawn"
