"""A wire that is drawn by keys: arrows choose where it goes, Enter ends it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from graphcore.project.graph import NodeId, Wire
from gui.canvas.fit import Loose, bundle, fitting
from gui.canvas.hits import NOTHING, Hit
from gui.canvas.wire_item import DrawnWire

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_K = Qt.Key
_WAYS = {_K.Key_Right: (1, 0), _K.Key_Left: (-1, 0), _K.Key_Down: (0, 1), _K.Key_Up: (0, -1)}
_END = (_K.Key_Return, _K.Key_Enter)
_BESIDE = 170.0  # from a port to the middle of a card beside it
Spot = tuple[NodeId, str]


def ports_at(view: CanvasView, node: NodeId) -> list[Loose]:
    """Where a wire can begin at a node: its outputs, its free inputs, those that have a wire."""
    card, wires = view.canvas.nodes[node], view.canvas.wires
    free = sorted(card.inputs, key=lambda name: (node, name) in wires)
    return [*(Loose(node, name, True) for name in card.outputs),
            *(Loose(node, name, False) for name in free)]  # fmt: skip


class KeyWire:
    """From a port of a node to the port that is chosen; `end` takes away what it showed."""

    old: Wire | None = None

    def __init__(self, view: CanvasView, ports: Sequence[Loose]) -> None:
        self._view, self._scene, self._ports = view, view.canvas, ports
        self._line = DrawnWire(self._scene.look)
        self._scene.addItem(self._line)
        self._target: Spot | None = None
        self._begin_at(0)

    def hear(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the wire; all but modifiers do, so that none goes astray."""
        key = Qt.Key(event.key())
        if key == _K.Key_Escape:
            self._view.end_wire()
        elif key in _END:
            self._view.end_wire(self.wires(), self.old)
        elif key == _K.Key_Space and self.old is None:
            self._search()
        elif key in _WAYS and self._target is not None:
            self._choose(self._next(_WAYS[key]))
        elif key in (_K.Key_Tab, _K.Key_Backtab):
            self._begin_at(self._at + (1 if key == _K.Key_Tab else -1))
        return True

    def wires(self) -> list[Wire]:
        """What Enter draws now: a wire, or one from each selected node into a merge."""
        if self._target is None:
            return []
        return bundle(self._scene, self._loose, *self._target, self._view.selection.nodes)

    def end(self) -> None:
        """Nothing of it is shown any more."""
        self._scene.removeItem(self._line)
        self._scene.pills.name_ports(None)
        self._scene.hover(NOTHING)
        self._scene.show_fitting(None)

    def _begin_at(self, at: int) -> None:
        self._at = at % len(self._ports)
        self._loose = self._ports[self._at]
        fits = fitting(self._scene, self._loose)
        self._scene.show_fitting(fits)
        self._spots = [(node, name) for node, ports in fits.items() for name, _ in sorted(ports)]
        self._choose(self._first())

    def _first(self) -> Spot | None:
        return min(self._spots, key=self._distance, default=None)

    def _search(self) -> None:
        """A new node for the wire to end at, among the kinds that fit, as in empty space."""
        view, way = self._view, _BESIDE if self._loose.is_output else -_BESIDE
        spot = view.mapFromScene(self._start() + QPointF(way, 0.0))
        view.end_wire()
        view.open_search(spot, self._loose)

    def _distance(self, spot: Spot) -> tuple[bool, bool, float]:
        """Free ports ahead come first, near ones before others."""
        way = self._point(spot) - self._start()
        ahead = way.x() > 0 if self._loose.is_output else way.x() < 0
        return spot in self._scene.wires, not ahead, math.hypot(way.x(), way.y())

    def _next(self, way: tuple[int, int]) -> Spot | None:
        """The nearest port that lies that way; the same where there is none."""
        assert self._target is not None
        here, best = self._point(self._target), (math.inf, self._target)
        for spot in self._spots:
            delta = self._point(spot) - here
            ahead = delta.x() * way[0] + delta.y() * way[1]
            aside = abs(delta.x() * way[1]) + abs(delta.y() * way[0])
            if ahead > 0.5:
                best = min(best, (ahead + 2 * aside, spot))
        return best[1]

    def _point(self, spot: Spot) -> QPointF:
        far_side = not self._loose.is_output
        return self._scene.nodes[spot[0]].port_point(spot[1], is_output=far_side)

    def _start(self) -> QPointF:
        loose = self._loose
        return self._scene.nodes[loose.node].port_point(loose.port, is_output=loose.is_output)

    def _choose(self, target: Spot | None) -> None:
        self._target = target
        start = end = self._start()
        if target is not None:
            self._view.show_node(target[0])
            end = self._point(target)
            self._scene.hover(Hit(target[0], (target[1], not self._loose.is_output)))
        self._scene.pills.name_ports(target[0] if target else None)
        ends = (start, end) if self._loose.is_output else (end, start)
        self._line.follow(*ends, has_target=target is not None)
        self._view.say(self._words())

    def _words(self) -> str:
        """What Enter would do, and the keys."""
        view, nodes, wires = self._view, self._scene.graph.nodes, self.wires()
        if not wires:
            name, port = nodes[self._loose.node].name, self._loose.port
            text = view.tr(
                "No port fits {0}.{1}. Space adds a node, Tab takes another port, Escape ends."
            )
            return text.format(name, port)
        first, target = wires[0], nodes[wires[0].target].name
        if len(wires) > 1:
            text = view.tr("{0} wires to {1}. Arrows choose, Enter wires them, Escape ends.")
            return text.format(len(wires), target)
        text = view.tr(
            "{0}.{1} to {2}.{3}. Arrows choose, Enter wires; Tab: another port, Space: a new node."
        )
        return text.format(nodes[first.source].name, first.output, target, first.input)


class PulledWire(KeyWire):
    """An end of the wire `old`, put elsewhere; Tab takes its other end."""

    def __init__(self, view: CanvasView, old: Wire) -> None:
        self.old: Wire = old
        view.canvas.wires[old.target, old.input].setOpacity(0.25)
        ends = (Loose(old.source, old.output, True), Loose(old.target, old.input, False))
        super().__init__(view, ends)

    def wires(self) -> list[Wire]:
        """The wire as it would be: alone, whatever is selected."""
        return [self._loose.wire_to(*self._target)] if self._target is not None else []

    def end(self) -> None:
        super().end()
        item = self._scene.wires.get((self.old.target, self.old.input))
        if item is not None:
            item.setOpacity(1.0)
        self._view.tell_wire()

    def _first(self) -> Spot | None:
        """Where the end is now."""
        old = self.old
        here = (old.target, old.input) if self._loose.is_output else (old.source, old.output)
        return here if here in self._spots else super()._first()

    def _words(self) -> str:
        wires = self.wires()
        if not wires:
            return super()._words()
        view, nodes, wire = self._view, self._scene.graph.nodes, wires[0]
        text = view.tr(
            "{0}.{1} to {2}.{3}. Arrows put this end elsewhere, Tab the other, Enter ends."
        )
        names = nodes[wire.source].name, nodes[wire.target].name
        return text.format(names[0], wire.output, names[1], wire.input)
