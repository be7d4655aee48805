"""Dots on wires by hand: put there, and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from graphcore.project.dots import Dot, dots_of, key_of
from gui.canvas import changes
from gui.canvas.geometry import place_of_dot, snapped
from gui.canvas.gesture import ADD, Gesture, Press

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_ALT = Qt.KeyboardModifier.AltModifier


class PlaceDot(Gesture):
    """Alt and a press on a wire: a new dot, which follows the hand until it is let go."""

    cursor = Qt.CursorShape.SizeAllCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        hit = press.hit
        on_wire = hit.wire is not None and hit.dot is None
        return press.is_plain_left and on_wire and press.modifiers == _ALT

    def begin(self) -> None:
        slot = self.press.hit.wire
        assert slot is not None
        self._place = place_of_dot(self.scene.wires[slot].points, self.press.at)
        self._before = self.view.corners_as_dots(slot)

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        slot, here = self.press.hit.wire, self._place
        assert slot is not None
        points = (*self._before[:here], changes.as_point(at), *self._before[here:])
        self.scene.preview_dots({key_of(slot): points})

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self.cancel()
        if self.press.hit.wire in self.scene.wires:
            end = at if self.has_moved else self.press.at
            self.view.put_dot(self.press.hit.wire, self.press.at, end)

    def cancel(self) -> None:
        self.scene.preview_dots({})


class MoveDot(Gesture):
    """Selected dots along the grid, with Alt freely; selected cards come along."""

    cursor = Qt.CursorShape.SizeAllCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and press.hit.dot is not None

    def __init__(self, view: CanvasView, press: Press) -> None:
        super().__init__(view, press)
        assert press.hit.wire is not None
        assert press.hit.dot is not None
        self._grabbed: Dot = press.hit.wire, press.hit.dot
        chosen = view.selection
        self._was_selected = self._grabbed in chosen.dots
        if not self._was_selected:
            kept = press.modifiers & ADD
            chosen.select(chosen.nodes if kept else (), chosen.wires if kept else (),
                          chosen.notes if kept else (),
                          {*chosen.dots, self._grabbed} if kept else {self._grabbed})  # fmt: skip

    @property
    def can_go_on(self) -> bool:
        (slot, place), project = self._grabbed, self.scene.document.project
        return super().can_go_on and place < len(dots_of(project, slot, self.scene.definition))

    def begin(self) -> None:
        self._shift = QPointF()
        self._home = self.scene.dots.of(self._grabbed[0])[self._grabbed[1]]
        nodes = self.view.selection.nodes
        self._starts = {node: self.scene.nodes[node].pos() for node in nodes}

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self._shift = self._way(at, modifiers)
        self.scene.preview(self._places(), self.view.selection.dots, self._shift)

    def _way(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> QPointF:
        end = self._home + at - self.press.at
        return (end if modifiers & _ALT else snapped(end)) - self._home

    def _places(self) -> dict:
        return {node: start + self._shift for node, start in self._starts.items()}

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.has_moved:
            self._click(modifiers)
            return
        self.cancel()
        self._shift = self._way(at, modifiers)
        if self._shift.isNull():
            return
        chosen, places = self.view.selection, self._places()
        edit = changes.moved(self.scene.document.project, places, self.scene.definition,
                             chosen.dots, self._shift)  # fmt: skip
        self.view.do(edit, self.view.moving_text(len(places), len(chosen.dots)))

    def _click(self, modifiers: Qt.KeyboardModifier) -> None:
        chosen = self.view.selection
        if not modifiers & ADD:
            chosen.select((), (), (), {self._grabbed})
        elif self._was_selected:
            chosen.select(chosen.nodes, chosen.wires, chosen.notes, chosen.dots - {self._grabbed})

    def cancel(self) -> None:
        if self.has_moved:
            self.scene.end_preview(self._starts)
