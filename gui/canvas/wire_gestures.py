"""Wires by hand: drawn from a port, and taken off where they end."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from graphcore.project.graph import NodeId, Wire
from gui.canvas import changes
from gui.canvas.fit import Loose, bundle, fitting, why_not
from gui.canvas.gesture import Gesture, Press
from gui.canvas.hits import NOTHING, Hit
from gui.canvas.wire_item import DrawnWire

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_SNAP_REACH = 36.0
_END_OF_WIRE, _SHARE_OF_WIRE = 40.0, 0.35


class DrawWire(Gesture):
    """From a port to the nearest port that fits; into empty space it asks for a node."""

    cursor = Qt.CursorShape.CrossCursor
    _old: Wire | None = None

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and press.hit.port is not None

    def begin(self) -> None:
        self._loose = self._find_loose()
        self._fits = fitting(self.scene, self._loose)
        self._target: tuple[NodeId, str] | None = None
        self._line = DrawnWire(self.scene.look)
        self.scene.addItem(self._line)
        self.scene.show_fitting(self._fits)

    def _find_loose(self) -> Loose:
        assert self.press.hit.node is not None
        assert self.press.hit.port is not None
        return Loose(self.press.hit.node, *self.press.hit.port)

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self._target = self._nearest(at)
        loose, end = self._loose, at
        far_side = not loose.is_output
        if self._target is not None:
            node, port = self._target
            end = self.scene.nodes[node].port_point(port, is_output=far_side)
            self.scene.hover(Hit(node, (port, far_side)))
        else:
            self.scene.hover(NOTHING)
        self._explain(at)
        self.scene.pills.name_ports(self._target[0] if self._target else None)
        here = self.scene.nodes[loose.node].port_point(loose.port, is_output=loose.is_output)
        start, stop = (here, end) if loose.is_output else (end, here)
        self._line.follow(start, stop, has_target=self._target is not None)

    def _explain(self, at: QPointF) -> None:
        """Over a port or a card to which the wire can't go, the foot of the canvas says why."""
        hit, loose, why = self.scene.hit(at, self.view.zoom), self._loose, ""
        node, port = hit.node, hit.port
        is_start = node == loose.node and port in (None, (loose.port, loose.is_output))
        if node is not None and not is_start:
            is_dim = port is not None and port not in self._fits.get(node, ())
            if is_dim or self._target is None:
                why = why_not(self.scene, loose, node, port)
        if why != self.view.said:
            self.view.say(why)

    def _nearest(self, at: QPointF) -> tuple[NodeId, str] | None:
        reach = _SNAP_REACH / self.view.zoom
        best: tuple[float, NodeId, str] | None = None
        for node, ports in self._fits.items():
            card = self.scene.nodes[node]
            over = card.rect.contains(at)
            if not over and not card.rect.adjusted(-reach, -reach, reach, reach).contains(at):
                continue
            for name, is_output in ports:
                away = card.port_point(name, is_output=is_output) - at
                length = (away.x() ** 2 + away.y() ** 2) ** 0.5
                taken = not is_output and (node, name) in self.scene.wires
                rank = length + (30.0 if taken and over and length > 12 else 0.0)
                if (over or length <= reach) and (best is None or rank < best[0]):
                    best = (rank, node, name)
        return best[1:] if best else None

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.has_moved:
            self._click(modifiers)
            return
        target, loose = self._target, self._loose
        self._tidy()
        if target is not None:
            chosen = () if self._old is not None else self.view.selection.nodes
            wires = bundle(self.scene, loose, *target, chosen)
            if len(wires) > 1:
                self.view.connect_all(wires)
            else:
                self.view.connect_wire(loose.wire_to(*target), self._old)
        elif self._old is not None:
            self._detach(self._old)
        elif self.scene.hit(at, self.view.zoom).node is None:
            self.view.open_search(self.view.mapFromScene(at), loose)

    def _detach(self, wire: Wire) -> None:
        edit = changes.removed(self.scene.document.project, (), [(wire.target, wire.input)],
                               heal=False, definition=self.scene.definition)  # fmt: skip
        self.view.do(edit, self.view.tr("Detach wire"))

    def _click(self, modifiers: Qt.KeyboardModifier) -> None:
        if self.press.hit.node is not None:
            self.view.selection.select({self.press.hit.node})

    def cancel(self) -> None:
        if self.has_moved:
            self._tidy()

    def _tidy(self) -> None:
        self.scene.removeItem(self._line)
        self.scene.pills.name_ports(None)
        self.scene.hover(NOTHING)
        self.scene.show_fitting(None)
        self.view.say("")
        self.view.tell_wire()


class Rewire(DrawWire):
    """Either end of a wire, taken off where it is: put elsewhere, or dropped to detach."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and _grip(view, press) is not None

    def _find_loose(self) -> Loose:
        grip = _grip(self.view, self.press)
        assert grip is not None
        self._old, by_source = grip
        if by_source:
            return Loose(self._old.target, self._old.input, False)
        return Loose(self._old.source, self._old.output, True)

    def begin(self) -> None:
        super().begin()
        assert self._old is not None
        self.scene.wires[self._old.target, self._old.input].setOpacity(0.25)

    def _click(self, modifiers: Qt.KeyboardModifier) -> None:
        if self.press.hit.wire is not None:
            self.view.selection.select((), {self.press.hit.wire})
        else:
            super()._click(modifiers)

    def _tidy(self) -> None:
        super()._tidy()
        assert self._old is not None
        item = self.scene.wires.get((self._old.target, self._old.input))
        if item is not None:
            item.setOpacity(1.0)


def _grip(view: CanvasView, press: Press) -> tuple[Wire, bool] | None:
    """The wire whose end is under the mouse, and whether that is where it begins.

    An input port holds the wire that ends there; a wire is held by its first and last bit.
    """
    hit, scene = press.hit, view.canvas
    if hit.node is not None and hit.port is not None and not hit.port[1]:
        item = scene.wires.get((hit.node, hit.port[0]))
        return (item.wire, False) if item else None
    if hit.wire is None:
        return None
    item = scene.wires[hit.wire]
    to_start, to_end = (math.dist(point.toTuple(), press.at.toTuple())
                        for point in (item.points[0], item.points[-1]))  # fmt: skip
    reach = min(_END_OF_WIRE, item.path().length() * _SHARE_OF_WIRE)
    if min(to_start, to_end) > reach:
        return None
    return item.wire, to_start < to_end
