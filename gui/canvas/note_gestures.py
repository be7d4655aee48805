"""Frames and sticky notes by hand: moved with what lies in them, and pulled at their edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt

from graphcore.project.edits import Set, Together
from graphcore.project.notes import moved_notes, resized
from gui.canvas import changes
from gui.canvas.geometry import united
from gui.canvas.gesture import ADD, Gesture, Press
from gui.canvas.guiding import Guiding
from gui.canvas.note_geometry import cursor_for, stretched

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class MoveNote(Gesture):
    """A frame and all that lies in it, or with Alt the frame alone; what is selected comes along.

    Cards that are selected beside notes are moved by this gesture too.
    """

    cursor = Qt.CursorShape.SizeAllCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        among = press.hit.node in view.selection.nodes and bool(view.selection.notes)
        on_card = among and press.hit.port is None and not press.modifiers
        return press.is_plain_left and (press.hit.note is not None or on_card)

    def __init__(self, view: CanvasView, press: Press) -> None:
        super().__init__(view, press)
        note, chosen = press.hit.note, view.selection
        self._was_selected = note is None or note in chosen.notes
        if note is not None and not self._was_selected:
            kept = press.modifiers & ADD
            chosen.select(chosen.nodes if kept else (), chosen.wires if kept else (),
                          {*chosen.notes, note} if kept else {note},
                          chosen.dots if kept else ())  # fmt: skip

    def begin(self) -> None:
        scene, chosen = self.scene, self.view.selection
        self._shift = QPointF()
        nodes, notes = scene.notes.content(chosen.notes)
        self._inside = nodes - chosen.nodes, notes - chosen.notes
        self._cards = {node: scene.nodes[node].pos() for node in nodes | chosen.nodes}
        self._boxes = {key: QRectF(scene.notes.items[key].rect) for key in notes | chosen.notes}
        rects = [*self._boxes.values(), *(scene.nodes[node].rect for node in self._cards)]
        grabbed = self._grabbed()
        self._guiding = Guiding(self.view, grabbed.topLeft(), (united(rects), grabbed),
                                self._cards, self._boxes)  # fmt: skip

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self._shift = self._guiding.way(at - self.press.at, modifiers)
        self._with_content = not modifiers & Qt.KeyboardModifier.AltModifier
        here = self.scene.nodes
        cards = {n: p for n, p in self._places(all_of_it=True).items() if n in here}
        self.scene.preview(cards, self.view.selection.dots, self._shift)
        self.scene.notes.preview({
            key: box.translated(QPointF() if self._stays(key, 1) else self._shift)
            for key, box in self._boxes.items()
        })  # fmt: skip

    def _grabbed(self) -> QRectF:
        note, node = self.press.hit.note, self.press.hit.node
        if note is not None:
            return self._boxes[note]
        assert node is not None
        return self.scene.nodes[node].rect

    def _stays(self, key: str, kind: int) -> bool:
        return not self._with_content and key in self._inside[kind]

    def _places(self, *, all_of_it: bool = False) -> dict:
        return {
            node: place if self._stays(node, 0) else place + self._shift
            for node, place in self._cards.items()
            if all_of_it or not self._stays(node, 0)
        }

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.has_moved:
            self._click(modifiers)
            return
        self.cancel()
        if self._shift.isNull():
            return
        self._with_content = not modifiers & Qt.KeyboardModifier.AltModifier
        project, there = self.scene.document.project, self.scene.graph.nodes
        places = {node: at for node, at in self._places().items() if node in there}
        notes = [k for k in self._boxes if k in project.notes and not self._stays(k, 1)]
        edit = Together((
            changes.moved(project, places, self.scene.definition, self.view.selection.dots,
                          self._shift),
            moved_notes(project, notes, changes.as_point(self._shift)),
        ))  # fmt: skip
        self.view.do(edit, self.view.moving_notes_text())

    def _click(self, modifiers: Qt.KeyboardModifier) -> None:
        chosen, hit = self.view.selection, self.press.hit
        own_nodes = {hit.node} if hit.node is not None else set()
        own_notes = {hit.note} if hit.note is not None else set()
        if not modifiers & ADD:
            chosen.select(own_nodes, (), own_notes)
        elif self._was_selected:
            chosen.select(chosen.nodes - own_nodes, chosen.wires, chosen.notes - own_notes,
                          chosen.dots)  # fmt: skip

    def cancel(self) -> None:
        if self.has_moved:
            self._guiding.end()
            self.scene.notes.end_preview()
            self.scene.end_preview(self._cards)


class ResizeNote(Gesture):
    """An edge or a corner of a frame or a note, along the grid."""

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        return press.is_plain_left and bool(press.hit.edge) and not press.modifiers & ADD

    def __init__(self, view: CanvasView, press: Press) -> None:
        super().__init__(view, press)
        assert press.hit.note is not None
        self._key: str = press.hit.note
        self.cursor = cursor_for(press.hit.edge)
        view.selection.select((), (), {self._key})

    def begin(self) -> None:
        self._start = QRectF(self.scene.notes.items[self._key].rect)
        self._box = QRectF(self._start)

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self._box = stretched(self._start, self.press.hit.edge, at - self.press.at)
        self.scene.notes.preview({self._key: self._box})

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.has_moved:
            return
        self.cancel()
        note = self.scene.document.project.notes.get(self._key)
        if note is not None and self._box != self._start:
            x, y = changes.as_point(self._box.topLeft())
            size = round(self._box.width()), round(self._box.height())
            edit = Set(("notes", self._key), resized(note, (x, y, *size)))
            self.view.do(edit, self.view.note_text(self._key, "resize"))

    def cancel(self) -> None:
        if self.has_moved:
            self.scene.notes.end_preview()
