"""Which runs' curves are looked at: the live one, or those that were chosen and read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from graphcore.training.about import about
from graphcore.training.curves import Curves, News
from graphcore.training.events import Event, Started
from graphcore.training.runs import Run
from gui.panels.strands import Shown, short_id
from gui.runner import Runner
from gui.tasks import Latest

Grown = list[tuple[Shown, News | Curves]]


class ShownRuns(QObject):
    """Feeds the live run's curves, and reads those of others off the window's thread.

    A run that begins takes the place of whatever was looked at.
    """

    changed = Signal()
    """Other runs are shown."""
    begun = Signal()
    """They are looked at from their beginning: one began, or was read."""
    grown = Signal()
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._live = Curves()
        self._shown: tuple[Shown, ...] = ()
        self._reading, self._reading_on = Latest(0, self), Latest(0, self)
        self._reading.done.connect(self._on_read)
        self._reading_on.done.connect(self._on_grown)
        for worker in (self._reading, self._reading_on):
            worker.failed.connect(self.failed)
        runner.drained.connect(self._on_drained)

    @property
    def shown(self) -> tuple[Shown, ...]:
        """The runs with their curves, in the order of their colours."""
        return self._shown

    @property
    def runs(self) -> list[Run]:
        """Those of them that have a folder."""
        return [one.run for one in self._shown if one.run is not None]

    @property
    def has_curves(self) -> bool:
        """Whether there is anything to be seen."""
        return any(one.curves.length for one in self._shown)

    @property
    def is_live_first(self) -> bool:
        """Whether the first of them is the live run."""
        return bool(self._shown) and self._shown[0].curves is self._live

    @property
    def can_go_back(self) -> bool:
        """Whether there is a live run, and it is not among them."""
        return self._live.length > 0 and not self._has_live

    @property
    def _has_live(self) -> bool:
        return any(one.curves is self._live for one in self._shown)

    def show(self, runs: Sequence[Run]) -> None:
        """Show the curves of these runs over each other, once they are read."""
        live = self._runner.run if self._live.length else None
        known = {one.run: one.curves for one in self._shown}
        wanted = tuple(runs)
        if wanted == (live,):
            self.show_live()
            return
        kept = {run: self._live if run == live else known.get(run) for run in wanted}
        self._reading.request(lambda: _read(wanted, kept))

    def show_live(self) -> None:
        """Show the live run alone."""
        run = self._runner.run
        self._show((Shown(run, self._live, short_id(run) if run else ""),))

    def show_none(self) -> None:
        """Show nothing."""
        self._show(())

    def read_on(self) -> None:
        """Look whether a run that another program writes has grown."""
        growing = [one for one in self._shown
                   if one.run is not None and one.curves is not self._live
                   and not one.curves.has_ended]  # fmt: skip
        if growing and not self._reading_on.is_busy:
            self._reading_on.request(lambda: [(one, _news(one)) for one in growing])

    def stop(self) -> None:
        """End the workers; for closing."""
        self._reading.stop()
        self._reading_on.stop()

    def _show(self, shown: tuple[Shown, ...]) -> None:
        self._shown = shown
        self.changed.emit()

    def _on_drained(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Started):
                self._live = Curves()
                self.show_live()
                self.begun.emit()
            self._live.feed(event)
        if self._has_live:
            self.grown.emit()

    def _on_read(self, found: tuple[Shown, ...]) -> None:
        self._show(found)
        self.begun.emit()

    def _on_grown(self, found: Grown) -> None:
        for one, news in found:
            if isinstance(news, Curves):
                self._shown = tuple(replace(o, curves=news) if o is one else o for o in self._shown)
            elif one in self._shown:
                one.curves.take(news)
        self.grown.emit()


def _read(runs: Sequence[Run], known: dict[Run, Curves | None]) -> tuple[Shown, ...]:
    """Runs with their curves and what they are called; those that are known are not read again."""
    return tuple(
        Shown(run, known.get(run) or Curves.read(run), about(run).name or short_id(run))
        for run in runs
    )


def _news(one: Shown) -> News | Curves:
    """What a folder holds beyond what was read; all of it where the run began anew from before."""
    assert one.run is not None
    return Curves.read(one.run) if one.curves.is_cut else one.curves.news(one.run)
