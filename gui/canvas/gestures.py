"""What a hand does with the mouse, one class a gesture.

A new gesture is a new class in GESTURES: `starts` says whether a press begins it, then it hears
`move` until `finish` or `cancel`. It changes the document once, at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from graphcore.project.edits import Together
from graphcore.project.graph import NodeId, Wire
from graphcore.project.healing import outer_wires
from gui.canvas import changes
from gui.canvas.copy_gesture import DragCopy
from gui.canvas.dot_gestures import MoveDot, PlaceDot
from gui.canvas.geometry import united
from gui.canvas.gesture import ADD, Gesture, Press
from gui.canvas.guiding import Guiding
from gui.canvas.hits import NOTHING, Hit, badge_at
from gui.canvas.landing import insertion, wire_to_enter
from gui.canvas.note_gestures import MoveNote, ResizeNote
from gui.canvas.shaking import Shaking
from gui.canvas.wire_gestures import DrawWire, Rewire
from gui.canvas.wire_item import Band

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


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


class Move(Gesture):
    """Selected cards along the guides or the grid, with Ctrl freely.

    Dropped on a wire, cards without wires go into it.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and press.hit.node is not None

    def __init__(self, view: CanvasView, press: Press) -> None:
        super().__init__(view, press)
        node, chosen = press.hit.node, view.selection
        assert node is not None
        self._grabbed: NodeId = node
        self._was_selected = node in chosen.nodes
        if not self._was_selected:
            more = chosen.nodes if press.modifiers & ADD else frozenset()
            kept = (chosen.wires, chosen.notes, chosen.dots) if press.modifiers & ADD else ()
            chosen.select({*more, node}, *kept)

    def begin(self) -> None:
        scene = self.scene
        self._starts = {node: scene.nodes[node].pos() for node in self.view.selection.nodes}
        self._starts.setdefault(self._grabbed, scene.nodes[self._grabbed].pos())
        grabbed = scene.nodes[self._grabbed].rect
        whole = united(scene.nodes[node].rect for node in self._starts)
        self._guiding = Guiding(self.view, grabbed.topLeft(), (whole, grabbed), self._starts)
        self._shaking = Shaking(scene, self._starts.keys())
        self._is_free = not outer_wires(scene.graph, self._starts)
        self._wire: Wire | None = None
        self._places, self._shift = dict(self._starts), QPointF()

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        shift = self._guiding.way(at - self.press.at, modifiers)
        self._places = {node: place + shift for node, place in self._starts.items()}
        self._shift = shift
        self.scene.preview(self._places, self.view.selection.dots, shift)
        if self._shaking.hear(spot):
            self._is_free = True
            self.view.say(self.view.tr("Off the wires. Drop it to leave it so; Escape goes back."))
        self._wire = None
        if self._is_free and not modifiers & Qt.KeyboardModifier.AltModifier:
            center = self.scene.nodes[self._grabbed].rect.center()
            self._wire = wire_to_enter(self.scene, center, self._places)
        self.scene.hover(Hit(wire=(self._wire.target, self._wire.input)) if self._wire else NOTHING)

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.has_moved:
            self._click(modifiers)
            return
        wire = None if modifiers & Qt.KeyboardModifier.AltModifier else self._wire
        there = self.scene.graph.nodes
        places = {node: at for node, at in self._places.items() if node in there}
        loose = (self._shaking.edit(),) if self._shaking.is_loose else ()
        self._tidy()
        if not loose and all(place == self._starts[node] for node, place in places.items()):
            return
        edit = insertion(self.scene, wire, places) if wire is not None else None
        text = self.view.tr("Insert into wire")
        if edit is None:
            edit = changes.moved(self.scene.document.project, places, self.scene.definition,
                                 self.view.selection.dots, self._shift)  # fmt: skip
            view, moved = self.view, frozenset(places)
            text = view.detaching_text(moved) if loose else view.moving_text(len(moved))
        self.view.do(Together((*loose, edit)), text)

    def _click(self, modifiers: Qt.KeyboardModifier) -> None:
        chosen, node = self.view.selection, self.press.hit.node
        assert node is not None
        if not modifiers & ADD:
            chosen.select({node})
        elif self._was_selected:
            chosen.select(chosen.nodes - {node}, chosen.wires, chosen.notes, chosen.dots)

    def cancel(self) -> None:
        if self.has_moved:
            self._tidy()

    def _tidy(self) -> None:
        if self._shaking.is_loose:
            self.view.say("")
        self._shaking.end()
        self._guiding.end()
        self.scene.hover(NOTHING)
        self.scene.end_preview(self._starts)


class PressBadge(Gesture):
    """A click on the badge of a card tells what is wrong, with buttons that mend it."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return (
            press.is_plain_left and not view.is_far and badge_at(view.canvas, press.at) is not None
        )

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        node = badge_at(self.scene, self.press.at)
        if node is not None and badge_at(self.scene, at) == node:
            self.view.problems_asked.emit(node)


class PressStub(Gesture):
    """A click on the label at one end of a wire selects it and goes to its other end."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        is_bare = press.hit.wire is not None and press.hit.dot is None
        return press.is_plain_left and is_bare and view.canvas.stubs.at(press.at) is not None

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        label = self.scene.stubs.at(self.press.at)
        if label is not None and not self.has_moved:
            self.view.selection.select((), {label.slot})
            self.view.go_along(label.slot, to_end=label.is_start)


class HoldProbe(Gesture):
    """A click on a probe opens its card or shuts it; dragged, an open card goes along."""

    cursor = Qt.CursorShape.SizeAllCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and view.canvas.probes.at(press.at) is not None

    def begin(self) -> None:
        self._last = self.press.at

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        slot = self.press.hit.wire
        if slot is not None:
            self.scene.probes.move_card(slot, at - self._last)
        self._last = at

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        slot = self.press.hit.wire
        if slot is not None and not self.has_moved:
            self.view.selection.select((), {slot})
            self.scene.probes.switch_card(slot)


class PickWire(Gesture):
    """A click on a wire selects it."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and press.hit.wire is not None

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        slot, chosen = self.press.hit.wire, self.view.selection
        assert slot is not None
        if modifiers & ADD:
            chosen.select(chosen.nodes, chosen.wires ^ {slot}, chosen.notes, chosen.dots)
        else:
            chosen.select((), {slot})


class RubberBand(Gesture):
    """Over empty paper: selects what it touches; a click selects nothing."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and press.hit == NOTHING

    def begin(self) -> None:
        chosen, adds = self.view.selection, self.press.modifiers & ADD
        self._kept = chosen.nodes if adds else frozenset()
        self._kept_notes = chosen.notes if adds else frozenset()
        self._kept_dots = chosen.dots if adds else frozenset()
        self._band = Band(self.scene.look)
        self.scene.addItem(self._band)

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        area = QRectF(self.press.at, at).normalized()
        self._band.stretch(area)
        touched = {item.node for item in self.scene.cards_in(area)}
        notes = self._kept_notes | self.scene.notes.touched(area)
        dots = self._kept_dots | self.scene.dots.touched(area)
        self.view.selection.select(self._kept | touched, (), notes, dots)

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if self.has_moved:
            self.scene.removeItem(self._band)
        elif not modifiers & ADD:
            self.view.selection.select()

    def cancel(self) -> None:
        if self.has_moved:
            self.scene.removeItem(self._band)


GESTURES: tuple[type[Gesture], ...] = (
    Pan, HoldProbe, PressBadge, PressStub, PlaceDot, MoveDot, Rewire, DrawWire, DragCopy,
    ResizeNote, MoveNote, Move, PickWire, RubberBand,
)  # fmt: skip
