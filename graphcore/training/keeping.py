"""What a run keeps on disk: its states, and the weights that are newest and best."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from graphcore.project.plan import Plan
from graphcore.training.blame import all_finite
from graphcore.training.checkpoint import Position, Tensors, state_of, weights_in, weights_of
from graphcore.training.diverging import DivergedError
from graphcore.training.events import Saved, Warned
from graphcore.training.setup import Setup
from graphcore.training.stepping import Stepper
from graphcore.training.writer import Writer

SAVED_EVERY = 1.0
SAVED_WITHIN = 30.0
"""Seconds between two states at least, at the end of epochs and within a long one."""
SAVED_SHARE = 0.01
"""Saving takes no larger part of the time: copies are made between two steps, and whoever writes
them takes a core from a run that computes on all of them."""
SAVED_AFTER = 60.0
"""Then a state is saved whatever it costs."""


class Keeper:
    """Has states and weights written in the background; without a folder it keeps nothing.

    The best weights go to the disk with the next state, or at the end.
    """

    def __init__(self, stepper: Stepper, at: Position, plan: Plan, setup: Setup) -> None:
        self._stepper, self._at = stepper, at
        self._writer = Writer(setup.folder, plan.keep) if setup.folder else None
        self._saved_at = perf_counter()
        self._copying = 0.0
        self._best: Tensors = {}
        self._best_step = 0
        # What lies in shards is put together by all processes, though one alone writes.
        self._keeps = self._writer is not None or setup.company.size > 1

    @property
    def is_due(self) -> bool:
        """Whether the state is older than a moment."""
        return self._is_older(SAVED_EVERY)

    @property
    def is_overdue(self) -> bool:
        """Whether so much would be lost now that the end of the epoch is too far."""
        return self._is_older(SAVED_WITHIN)

    def _is_older(self, seconds: float) -> bool:
        """Whether the state is so old; where saving costs much, or goes on, it may be older."""
        age, writer = perf_counter() - self._saved_at, self._writer
        if writer is None or age <= seconds or age > max(seconds, SAVED_AFTER):
            return age > seconds
        return not writer.is_busy and age > (self._copying + writer.seconds) / SAVED_SHARE

    def put_off(self) -> None:
        """Count the seconds anew: a state is as good as saved."""
        self._saved_at = perf_counter()

    def save(self) -> None:
        """Have the whole state and the weights written.

        Raises DivergedError where they are no numbers: what was saved before is still good.
        """
        self._saved_at = began = perf_counter()
        stepper, at = self._stepper, self._at
        if not all(stepper.company.all(all_finite(stepper.objective.parameters()))):
            raise DivergedError("the weights became no numbers", at.step - 1)
        if self._keeps:
            state = state_of(
                stepper.objective, stepper.minimizers, at, stepper.others, stepper.company
            )
            self._put_best()
            self._put(f"checkpoints/{at.step}.safetensors", state, at.step)
            if stepper.average is None:
                self._put("last.safetensors", weights_in(state, stepper.objective), at.step)
            else:
                self.put_last()
            self._copying = perf_counter() - began

    def put_last(self) -> None:
        """Have the model's weights written as the newest."""
        if self._keeps:
            weights = weights_of(self._stepper.objective, self._stepper.average)
            self._put("last.safetensors", weights, self._at.step)

    def keep_best(self) -> None:
        """Take the model's weights as the best."""
        if self._keeps:
            stepper = self._stepper
            self._best = weights_of(stepper.objective, stepper.average, self._best)
            self._best_step = self._at.step

    def _put_best(self) -> None:
        if self._best:
            self._put("best.safetensors", self._best, self._best_step)
            self._best = {}

    def _put(self, name: str, tensors: Tensors, step: int) -> None:
        if self._writer is not None:
            self._writer.put(name, tensors, step)

    def told(self) -> Iterable[Saved | Warned]:
        """What was saved, or could not be, since this was last asked."""
        return self._writer.told() if self._writer is not None else ()

    @property
    def unsaved(self) -> dict[str, Tensors]:
        """What the disk refused to the end, by file name; ask after `close`."""
        return self._writer.unsaved if self._writer is not None else {}

    def close(self) -> None:
        """Write all that waits and end the writer; twice is once."""
        if self._writer is not None:
            self._put_best()
            self._writer.close()
