"""What was said to a run while it took a step: save, evaluate, change, pause, stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter

from graphcore.training.changes import Setting
from graphcore.training.checkpoint import Position
from graphcore.training.control import Control
from graphcore.training.events import Changed, Event
from graphcore.training.keeping import Keeper
from graphcore.training.parking import Parked
from graphcore.training.telling import Teller

HELD_TURN = 0.25
Evaluate = Callable[[], Iterator[Event]]
Change = Callable[[Setting], Iterator[Event]]
Park = Callable[[], Parked | None]


class Heeder:
    """Does what the control asks for between two steps; `held_seconds` is how long that took.

    What it can't do itself it has the loop do: `evaluate`, `change`, and `park` the state.
    """

    def __init__(
        self, control: Control, teller: Teller, keeper: Keeper, at: Position,
        evaluate: Evaluate, change: Change, park: Park,
    ) -> None:  # fmt: skip
        self._control, self._teller, self._keeper, self._at = control, teller, keeper, at
        self._evaluate, self._change, self._park = evaluate, change, park
        self.held_seconds = 0.0

    def heed(self) -> Iterator[Event]:
        """Do all that was asked, one after the other, and stand still as asked."""
        began = perf_counter()
        yield from self._teller.tell()  # a loss that is no number ends the run: it isn't saved
        yield from self._do_asked()
        if self._control.is_paused:
            yield from self._hold()
        self.held_seconds += perf_counter() - began

    def _do_asked(self) -> Iterator[Event]:
        for asked in self._control.take():
            match asked:
                case Setting():
                    yield from self._change(asked)
                case "evaluate":
                    yield from self._evaluate()
                case "save":
                    self._keeper.save()

    def _hold(self) -> Iterator[Event]:
        """Sleep until the run may go on."""
        yield from self._keeper.told()
        yield Changed("paused", True, self._at.step)
        parked: Parked | None = None
        has_freed = False
        while not self._control.is_stopping:
            if self._control.has_news:
                _bring_back(parked)
                parked, has_freed = None, False
                yield from self._do_asked()
            if self._control.frees_device and not has_freed:
                parked, has_freed = self._park(), True
                yield Changed("freed", parked.bytes if parked else 0, self._at.step)
            yield from self._keeper.told()
            if self._control.wait(HELD_TURN):
                break
        _bring_back(parked)
        if not self._control.is_stopping:
            yield Changed("paused", False, self._at.step)


def _bring_back(parked: Parked | None) -> None:
    if parked is not None:
        parked.back()
