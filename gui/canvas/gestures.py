"""What a hand does with the mouse, one class a gesture.

A new gesture is a new class in GESTURES: `starts` says whether a press begins it, then it hears
`move` until `finish` or `cancel`. It changes the document once, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from graphcore.project.graph import NodeId, Wire
from gui.canvas import changes
from gui.canvas.fit import Loose, fitting
from gui.canvas.geometry import snapped
from gui.canvas.landing import insertion, wire_under
from gui.canvas.scene import NOTHING, Hit
from gui.canvas.wire_item import Band, DrawnWire, Guides

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_STARTS_AFTER = 4
_SNAP_REACH = 36.0
_END_OF_WIRE = 40.0
_ADD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True, slots=True)
class Press:
    """A mouse button going down: where in the scene and in the viewport, and on what."""

    button: Qt.MouseButton
    modifiers: Qt.KeyboardModifier
    at: QPointF
    spot: QPoint
    hit: Hit
    is_space_down: bool = False

    @property
    def is_plain_left(self) -> bool:
        """Whether it is the left button without the space bar."""
        return self.button == Qt.MouseButton.LeftButton and not self.is_space_down


class Gesture:
    """From press to release. `has_moved` once the mouse left the place where it went down."""

    cursor: Qt.CursorShape | None = None

    def __init__(self, view: CanvasView, press: Press) -> None:
        self.view, self.scene, self.press = view, view.canvas, press
        self.has_moved = False

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        """Whether such a press begins this gesture."""
        raise NotImplementedError

    def hear(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The mouse is there now; trembling does not count."""
        away = (spot - self.press.spot).manhattanLength()
        if not self.has_moved and away < _STARTS_AFTER:
            return
        if not self.has_moved:
            self.has_moved = True
            self.begin()
        self.move(at, spot, modifiers)

    def begin(self) -> None:
        """The mouse moves for the first time."""

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """The mouse moves."""

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """The button is up."""

    def cancel(self) -> None:
        """Never mind."""


class Pan(Gesture):
    """Middle button, or left with the space bar: the paper follows the hand."""

    cursor = Qt.CursorShape.ClosedHandCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        left = press.button == Qt.MouseButton.LeftButton
        return press.button == Qt.MouseButton.MiddleButton or (left and press.is_space_down)

    def begin(self) -> None:
        self._last = self.press.spot

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self.view.pan(self._last - spot)
        self._last = spot


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
        self._line = DrawnWire(self.scene.style)
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
        self.scene.pills.name_ports(self._target[0] if self._target else None)
        here = self.scene.nodes[loose.node].port_point(loose.port, is_output=loose.is_output)
        start, stop = (here, end) if loose.is_output else (end, here)
        self._line.follow(start, stop, has_target=self._target is not None)

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
            self._connect(loose.wire_to(*target))
        elif self._old is not None:
            self._detach(self._old)
        elif self.scene.hit(at, self.view.zoom).node is None:
            self.view.open_search(self.view.mapFromScene(at), loose)

    def _connect(self, wire: Wire) -> None:
        if self.scene.wires.get((wire.target, wire.input)) is not None:
            existing = self.scene.wires[wire.target, wire.input].wire
            if existing == wire:
                return
        edit = changes.connected(self.scene.document.project, wire, self._old)
        names = [self.scene.graph.nodes[node].name for node in (wire.source, wire.target)]
        self.view.do(edit, self.view.tr("Connect {} to {}").format(*names))

    def _detach(self, wire: Wire) -> None:
        edit = changes.removed(self.scene.document.project, (), [(wire.target, wire.input)],
                               heal=False)  # fmt: skip
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


class Rewire(DrawWire):
    """The end of a wire, taken off where it goes in: put elsewhere, or dropped to detach."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and _wire_end(view, press) is not None

    def _find_loose(self) -> Loose:
        self._old = _wire_end(self.view, self.press)
        assert self._old is not None
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


def _wire_end(view: CanvasView, press: Press) -> Wire | None:
    """The wire whose end is under the mouse: at its input port, or on its last bit."""
    hit, scene = press.hit, view.canvas
    if hit.node is not None and hit.port is not None and not hit.port[1]:
        item = scene.wires.get((hit.node, hit.port[0]))
        return item.wire if item else None
    if hit.wire is None:
        return None
    item = scene.wires[hit.wire]
    away = item.points[-1] - press.at
    near = (away.x() ** 2 + away.y() ** 2) ** 0.5 <= _END_OF_WIRE
    return item.wire if near else None


class Move(Gesture):
    """Selected cards along the grid; a lone card dropped on a wire goes into it."""

    cursor = Qt.CursorShape.SizeAllCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and press.hit.node is not None

    def __init__(self, view: CanvasView, press: Press) -> None:
        super().__init__(view, press)
        node, chosen = press.hit.node, view.selection
        assert node is not None
        self._was_selected = node in chosen.nodes
        if not self._was_selected:
            more = chosen.nodes if press.modifiers & _ADD else frozenset()
            chosen.select({*more, node}, chosen.wires if more else ())

    def begin(self) -> None:
        scene, self._grabbed = self.scene, self.press.hit.node
        self._starts = {node: scene.nodes[node].pos() for node in self.view.selection.nodes}
        self._starts.setdefault(self._grabbed, scene.nodes[self._grabbed].pos())
        self._guides = Guides(scene.style)
        self._wire: Wire | None = None
        self._places = dict(self._starts)
        scene.addItem(self._guides)

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        home = self._starts[self._grabbed]
        shift = snapped(home + at - self.press.at) - home
        self._places = {node: place + shift for node, place in self._starts.items()}
        self.scene.preview(self._places)
        self._guides.show_lines(self._lines())
        free = not modifiers & Qt.KeyboardModifier.AltModifier
        lone = len(self._places) == 1 and not self.scene.wires_at(self._grabbed)
        self._wire = None
        if lone and free:
            self._wire = wire_under(self.scene, self.scene.nodes[self._grabbed].rect.center())
        self.scene.hover(Hit(wire=(self._wire.target, self._wire.input)) if self._wire else NOTHING)

    def _lines(self) -> list[tuple[QPointF, QPointF]]:
        """Guides to the cards whose left or top edge is in line with the grabbed one."""
        card = self.scene.nodes[self._grabbed].rect
        seen = self.view.seen()
        found: dict[bool, QRectF] = {}
        for node, item in self.scene.nodes.items():
            if node in self._places or not seen.intersects(item.rect):
                continue
            for upright in (True, False):
                edge = (item.x(), card.x()) if upright else (item.y(), card.y())
                if abs(edge[0] - edge[1]) < 0.5:
                    found[upright] = found.get(upright, card).united(item.rect)
        lines = []
        for upright, box in found.items():
            start = box.topLeft() - (QPointF(0, 12) if upright else QPointF(12, 0))
            lines.append((start, box.bottomLeft() + QPointF(0, 12) if upright
                          else box.topRight() + QPointF(12, 0)))  # fmt: skip
        return lines

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.has_moved:
            self._click(modifiers)
            return
        wire = None if modifiers & Qt.KeyboardModifier.AltModifier else self._wire
        places = self._places
        self._tidy()
        if places == self._starts:
            return
        project, view = self.scene.document.project, self.view
        if wire is not None:
            edit = insertion(self.scene, wire, self._grabbed, places[self._grabbed])
            if edit is not None:
                view.do(edit, view.tr("Insert into wire"))
                return
        view.do(changes.moved(project, places), view.moving_text(len(places)))

    def _click(self, modifiers: Qt.KeyboardModifier) -> None:
        chosen, node = self.view.selection, self.press.hit.node
        assert node is not None
        if not modifiers & _ADD:
            chosen.select({node})
        elif self._was_selected:
            chosen.select(chosen.nodes - {node}, chosen.wires)

    def cancel(self) -> None:
        if self.has_moved:
            self._tidy()

    def _tidy(self) -> None:
        self.scene.removeItem(self._guides)
        self.scene.hover(NOTHING)
        self.scene.end_preview(self._starts)


class PickWire(Gesture):
    """A click on a wire selects it."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and press.hit.wire is not None

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        slot, chosen = self.press.hit.wire, self.view.selection
        assert slot is not None
        if modifiers & _ADD:
            chosen.select(chosen.nodes, chosen.wires ^ {slot})
        else:
            chosen.select((), {slot})


class RubberBand(Gesture):
    """Over empty paper: selects what it touches; a click selects nothing."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and press.hit == NOTHING

    def begin(self) -> None:
        self._kept = self.view.selection.nodes if self.press.modifiers & _ADD else frozenset()
        self._band = Band(self.scene.style)
        self.scene.addItem(self._band)

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        area = QRectF(self.press.at, at).normalized()
        self._band.stretch(area)
        touched = {node for node, item in self.scene.nodes.items() if area.intersects(item.rect)}
        self.view.selection.select(self._kept | touched)

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self.has_moved:
            self.scene.removeItem(self._band)
        elif not modifiers & _ADD:
            self.view.selection.select()

    def cancel(self) -> None:
        if self.has_moved:
            self.scene.removeItem(self._band)


GESTURES: tuple[type[Gesture], ...] = (Pan, Rewire, DrawWire, Move, PickWire, RubberBand)
