"""The largest batch whose steps fit in memory, found by trying in a process that may die of it."""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graphcore.errors import UserError
from graphcore.project.project import Project
from graphcore.worker import DeadError, Worker

TITLE = "The process that tries batches"
_CLOSE_ENOUGH = 16
"""The search ends where less than a 16th lies between what fits and what doesn't."""
_MMAP_THRESHOLD, _KEPT_BELOW = -3, 2**15
"""M_MMAP_THRESHOLD of malloc.h, and the bytes from which on memory is the system's own."""
_STEPPED: list[bool] = []
"""Not empty once this process has trained a step."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to try; no device means the plan's, and 0 `most_bytes` all the memory that is free."""

    device: str = ""
    most_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """One trial: whether a batch of that size fits, the memory it took, and where it ran out."""

    batch: int
    fits: bool
    peak_bytes: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """The largest batch that fits (0: none does) of those tried; `most` is all there are."""

    batch: int
    most: int
    wanted: int
    tried: tuple[Tried, ...]


def largest_batch(
    project: Project, folder: Path | None, order: Order, tell: Callable[[Tried], object],
    cancel: threading.Event | None = None,
) -> Fit:  # fmt: skip
    """Try batches of the project's training samples, each told as it is known.

    Raises UserError where the project can't be trained at all, and CancelledError.
    """
    tried: list[Tried] = []
    with _Trials(project, folder, order, cancel) as trials:
        most = trials.samples()

        def fits(batch: int) -> bool:
            tried.append(trials.attempt(batch))
            tell(tried[-1])
            return tried[-1].fits

        found = search(min(project.plan.batch_size, most), most, fits)
    return Fit(found, most, project.plan.batch_size, tuple(tried))


def search(start: int, most: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `most` that fits, to within a 16th; 0 where not even 1 does."""
    low, high = 0, most + 1
    batch = start
    while low < batch < high:
        low, high = (batch, high) if fits(batch) else (low, batch)
        if high > most:
            batch = min(2 * low, most)
        elif not low:
            batch = high // 2
        elif high - low > max(1, low // _CLOSE_ENOUGH):
            batch = (low + high) // 2
        else:
            break
    return low


class _Trials:
    """The process that tries; one that dies of a batch is followed by another."""

    def __init__(
        self, project: Project, folder: Path | None, order: Order, cancel: threading.Event | None
    ) -> None:
        self._given = (project, folder, order)
        self._cancel = cancel
        self._worker = self._begun()

    def samples(self) -> int:
        found: int = self._worker.ask("count_samples", *self._given)
        return found

    def attempt(self, batch: int) -> Tried:
        try:
            found: Tried = self._worker.ask("try_batch", *self._given, batch)
        except DeadError as error:
            self._worker.close()
            self._worker = self._begun()
            return Tried(batch, False, None, error.message)
        return found

    def _begun(self) -> Worker:
        return Worker("graphcore.training.fitting", self._cancel, TITLE)

    def __enter__(self) -> _Trials:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.close()


# -- in that process -------------------------------------------------------------------------


def count_samples(project: Project, folder: Path | None, order: Order) -> int:
    """How many samples there are to train on."""
    from graphcore.training.setup import sample_count

    return sample_count(_prepared(project, folder, order).data.train)


def try_batch(project: Project, folder: Path | None, order: Order, batch: int) -> Tried:
    """Train two steps of that batch, the second with all that an optimizer keeps."""
    from graphcore.training.events import Failed
    from graphcore.training.feeding import feed_of
    from graphcore.training.memory import PeakMemory
    from graphcore.training.setup import TrainingData

    _give_memory_back()
    ready = _prepared(project, folder, order)
    feed = feed_of(ready.data.train)
    if not _STEPPED:  # what a process loads with its first step is no batch's
        _STEPPED.append(True)
        few = TrainingData(next(feed.in_order(min(2, batch))))
        list(_steps(ready, few, replace(project.plan, batch_size=2, epochs=1)))
    data = TrainingData(next(feed.in_order(batch)))
    plan = replace(project.plan, batch_size=batch, epochs=2)
    peak = PeakMemory(ready.device)
    with _limited(order, str(ready.device)):
        for event in _steps(ready, data, plan):
            if isinstance(event, Failed):
                if event.cause == "memory":
                    return Tried(batch, False, None, event.message)
                raise UserError(event.message, event.hint)
    return Tried(batch, True, peak.bytes())


def _give_memory_back() -> None:
    """What one trial has freed goes back to the system, so that the next is measured alike.

    The C library of Linux (glibc's mallopt(3)) keeps what was freed for later, and more of it the
    larger that was.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    with suppress(AttributeError):  # another C library
        library.mallopt(_MMAP_THRESHOLD, _KEPT_BELOW)
        library.malloc_trim(0)


def _steps(ready: Any, data: Any, plan: Any) -> Iterator[Any]:
    from graphcore.training.control import Control
    from graphcore.training.loop import train
    from graphcore.training.setup import Setup

    setup = Setup(device=ready.device, terms=ready.code.objectives, metrics=ready.metrics,
                  lines=ready.code.lines, counted=ready.counted)  # fmt: skip
    return train(ready.objective, data, plan, Control(), setup)


def _prepared(project: Project, folder: Path | None, order: Order) -> Any:
    from graphcore.project.admission import admit
    from graphcore.project.modules import needs_process
    from graphcore.project.trust import trusted_files
    from graphcore.training.prepare import prepare

    if needs_process(project):
        admit(trusted_files(project, folder))
    return prepare(project, folder, order.device)


@contextmanager
def _limited(order: Order, device: str) -> Iterator[None]:
    """A real limit: this process gets no more than is free, or than was said.

    On a GPU that is the device's own. Without one, a system would rather end other programs, or
    swap for minutes, than refuse.
    """
    if device != "cpu" or sys.platform == "win32":
        yield
        return
    import resource

    import torch

    from graphcore.training.memory import address_bytes, free_bytes

    room = order.most_bytes or int(0.9 * free_bytes(torch.device("cpu")))
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (address_bytes() + room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
