"""Probes and bars of the canvas in a window: what the run is asked for, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from graphcore.analysis.overlays import levels
from graphcore.training.control import EVERY
from graphcore.training.events import Event, Probed, Sampled, Spread

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Probing(QObject):
    """Asks the run, wherever it is computed, to look at what has a probe."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._scene = window, window.canvas.canvas
        self._scene.probed.connect(self._on_probed)
        self._norms: Mapping[str, float] = {}
        self._spreads: Mapping[str, float] = {}
        window.runner.drained.connect(self._on_drained)
        window.runner.changed.connect(self._on_runner_changed)
        self._ask()

    def choose_bar(self, name: str) -> None:
        """Show this on the cards while a run trains: gradient, spread, time or none."""
        self._window.preferences.bar = name
        if name == "time" and not self._window.overlaying.seconds:
            self._window.overlaying.measure()
        self._ask()
        self._show_bars()

    def _ask(self) -> None:
        every = (EVERY,) if self._window.preferences.bar == "spread" else ()
        self._window.runner.probe((*self._scene.probes.names, *every))

    def _on_probed(self) -> None:
        self._ask()
        self._window.commands.refresh_soon()

    def _on_drained(self, events: Sequence[Event]) -> None:
        self._scene.probes.learn(event for event in events if isinstance(event, Probed))
        for event in events:
            if isinstance(event, Sampled) and (found := _norms(event.values)):
                self._norms = found
            elif isinstance(event, Spread):
                self._spreads = event.values
        self._show_bars()

    def _on_runner_changed(self) -> None:
        if self._window.runner.state == "preparing":
            self._norms, self._spreads = {}, {}
        self._scene.is_training = self._window.runner.is_busy
        self._window.canvas.tell_wire()
        self._show_bars()

    def _show_bars(self) -> None:
        """Bars while a run goes on, and none else."""
        window, scene = self._window, self._scene
        choice = window.preferences.bar if window.runner.is_busy else "none"
        known = {"gradient": self._norms, "spread": self._spreads,
                 "time": window.overlaying.seconds}.get(choice, {})  # fmt: skip
        paths = {node.id: f"{scene.place.prefix}{node.name}" for node in scene.graph.nodes.values()}
        found = levels(known, paths, by_decades=choice == "gradient") if known else {}
        for node, card in scene.nodes.items():
            card.show_bar(found.get(node))


def _norms(values: Mapping[str, float]) -> dict[str, float]:
    start = "gradient_norm."
    return {name.removeprefix(start): value for name, value in values.items()
            if name.startswith(start)}  # fmt: skip
