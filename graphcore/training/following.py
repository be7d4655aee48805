"""A run that another process writes, heard by reading its folder as it grows. Torch-free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from graphcore.errors import UserError
from graphcore.training.asking import ask
from graphcore.training.control import Control
from graphcore.training.events import Event, Failed, Finished, Started, StepsDone
from graphcore.training.last_look import LookReader
from graphcore.training.lines import Lines
from graphcore.training.runs import Run

LOOKS_EVERY = 0.2


def follow(run: Run, control: Control) -> Iterator[Event]:
    """Everything that the run says, from its beginning to its end; words go to it by its folder.

    Where its process is gone without a word the stream ends with Failed; after `control.leave`
    it just ends.
    """
    control.listen(lambda word: _ask(run, word))
    reader, last = _Reader(run), None
    while not control.is_leaving:
        is_live = run.is_live  # asked first: what it wrote before it ended is read below
        for last in reader.news():
            yield last
        if isinstance(last, Finished | Failed):
            return
        if not is_live:
            yield Failed(
                f"The process of the run died after {reader.step} steps.",
                "Resume goes on from the state that was saved last.", "gone",
            )  # fmt: skip
            return
        control.rest(LOOKS_EVERY)


def _ask(run: Run, word: str) -> None:
    if word != "leave":
        with suppress(UserError):  # a folder that is gone ends the run, and that is told
            ask(run, word)


class _Reader:
    """Reads what came since the last time."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._events, self._samples = Lines(run.events_path), Lines(run.samples_path)
        self._looks = LookReader(run.probes_path)
        self.step = 0

    def news(self) -> Iterator[Event]:
        """The latest beginning of the run, then values of steps, then the other events."""
        events = list(self._events.news())
        yield from [event for event in events if isinstance(event, Started)][-1:]
        yield from self._steps()
        yield from self._samples.news()
        yield from self._looks.news()
        yield from (event for event in events if not isinstance(event, Started))

    def _steps(self) -> Iterator[StepsDone]:
        """Steps whose every value is there."""
        names = self._run.series_names()
        sizes = [self._run.series_path(name).stat().st_size // 4 for name in names]
        upto = min(sizes, default=0)
        if upto > self.step:
            first, self.step = self.step, upto
            yield StepsDone(first, {name: self._values(name, first, upto) for name in names})

    def _values(self, name: str, first: int, upto: int) -> tuple[float, ...]:
        with self._run.series_path(name).open("rb") as file:
            file.seek(first * 4)
            raw = file.read((upto - first) * 4)
        return tuple(np.frombuffer(raw, dtype="<f4").tolist())
