"""What the steps came to, told a few times a second."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from time import perf_counter

from torch import Tensor

from graphcore.training.checkpoint import Position
from graphcore.training.diverging import DivergedError, look_for_nan
from graphcore.training.events import Event, StepsDone
from graphcore.training.means import means
from graphcore.training.metrics import Measures
from graphcore.training.tally import Tally
from graphcore.training.watch import Watch

TOLD_EVERY = 0.1


class Teller:
    """Collects the values of steps, tells them, and remembers those of the epoch in `at`.

    `watch` has the clock, and what was looked at now and then.
    """

    def __init__(self, measures: Measures, at: Position, watch: Watch) -> None:
        self._measures, self._at, self._watch = measures, at, watch
        of_epoch = (*measures.names, *("" for _ in measures.counted))
        self._width = len(of_epoch)
        for row in at.rows:  # of a version that counted no targets
            row.extend([math.nan] * (self._width - len(row)))
        self._tally = Tally((*of_epoch, "learning_rate", "seconds"), at.step)
        self._told_at = perf_counter()
        self._diverged: DivergedError | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The series that are told of each step."""
        return tuple(name for name in self._tally.names if name)

    @property
    def is_due(self) -> bool:
        """Whether it is time to tell again."""
        return perf_counter() - self._told_at > TOLD_EVERY

    def add(self, scalars: Sequence[Tensor], rate: float) -> None:
        """Note a step's values; nothing is copied from the device."""
        self._tally.add(scalars, rate, self._watch.seconds())

    @property
    def has_diverged(self) -> bool:
        """Whether some loss was no number."""
        return self._diverged is not None

    def tell(self, *, raises: bool = True) -> Iterator[Event]:
        """What happened since the last time. Raises DivergedError at a loss that is no number.

        Of several processes each tells when it likes, and may raise only where all of them tell.
        """
        self._told_at = perf_counter()
        rows = self._take()
        if rows:
            event = self._tally.told(rows)
            yield event
            yield from self._watch.told()
            if self._diverged is None:  # more of it are no news
                yield from self._look(event)
        if self._diverged is not None and raises:
            raise self._diverged

    def _look(self, event: StepsDone) -> Iterator[Event]:
        try:
            yield from look_for_nan(event)
        except DivergedError as error:
            self._diverged = error

    def is_finite(self) -> bool:
        """Whether the losses that were not told yet are numbers; they are never told then."""
        return all(math.isfinite(row[0]) for row in self._take())

    def means(self) -> dict[str, float]:
        """What the values of the epoch so far come to."""
        return means(self._measures, self._at.rows, self._at.sizes)

    def _take(self) -> list[list[float]]:
        rows = self._tally.take()
        self._at.rows.extend(row[: self._width] for row in rows)
        return rows
