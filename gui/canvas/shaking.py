"""Nodes that are shaken while they are dragged come off their wires."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from graphcore.project.edits import Edit
from graphcore.project.graph import NodeId, Slot
from graphcore.project.healing import detached, healed, outer_wires
from gui.canvas.fit import wire_fits
from gui.canvas.wire_item import DrawnWire

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

TURNS, WITHIN, LEAST_WAY = 3, 0.9, 24.0
"""So many turns back in so many seconds are a shake, each after that many pixels at least."""

Trail = Sequence[tuple[float, float, float]]


def is_shaken(trail: Trail) -> bool:
    """Whether a hand that was at these places (x, y, seconds) has just gone to and fro."""
    recent = [spot for spot in trail if trail[-1][2] - spot[2] <= WITHIN]
    ways = ([spot[axis] for spot in recent] for axis in (0, 1))
    return any(_turns(way) >= TURNS for way in ways)


def _turns(values: Iterable[float]) -> int:
    """How often the way turns back, not counting trembles."""
    count, heading, farthest = 0, 0, None
    for value in values:
        if farthest is None or (value - farthest) * heading > 0:
            farthest = value
        elif abs(value - farthest) >= LEAST_WAY:
            count += heading != 0
            heading, farthest = (1 if value > farthest else -1), value
    return count


class Shaking:
    """Hears where dragged nodes are; `is_loose` once they were shaken off their wires."""

    def __init__(self, scene: CanvasScene, nodes: Collection[NodeId]) -> None:
        self._scene, self._nodes = scene, nodes
        self._trail: list[tuple[float, float, float]] = []
        self._cut: list[Slot] = []
        self._lines: list[DrawnWire] = []
        self.is_loose = False

    def hear(self, spot: QPoint) -> bool:
        """The mouse is there now; True where that made the nodes loose."""
        self._trail.append((spot.x(), spot.y(), monotonic()))
        if self.is_loose or not is_shaken(self._trail):
            return False
        cut = outer_wires(self._scene.graph, self._nodes)
        self.is_loose = bool(cut)
        self._cut = [(wire.target, wire.input) for wire in cut]
        for slot in self._cut:
            self._scene.wires[slot].setVisible(False)
        self._show_healed()
        return self.is_loose

    def edit(self) -> Edit:
        """The nodes off their wires, as the project stands."""
        scene = self._scene
        return detached(scene.document.project, self._nodes, scene.definition,
                        partial(wire_fits, scene))  # fmt: skip

    def end(self) -> None:
        """What was shown of it is gone."""
        for line in self._lines:
            self._scene.removeItem(line)
        for slot in self._cut:
            if slot in self._scene.wires:
                self._scene.wires[slot].setVisible(True)
        self._lines, self._cut = [], []

    def _show_healed(self) -> None:
        scene = self._scene
        for wire in healed(scene.graph, self._nodes, partial(wire_fits, scene)):
            start = scene.nodes[wire.source].port_point(wire.output, is_output=True)
            end = scene.nodes[wire.target].port_point(wire.input, is_output=False)
            line = DrawnWire(scene.look)
            line.follow(start, end, has_target=True)
            scene.addItem(line)
            self._lines.append(line)
