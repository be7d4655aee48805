"""Dragging with Alt held down: a copy goes along, what was there stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from graphcore.project.graph import NodeId
from gui.canvas.geometry import united
from gui.canvas.gesture import Gesture, Press
from gui.canvas.guiding import Guiding
from gui.canvas.wire_item import Ghost

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class DragCopy(Gesture):
    """Alt and drag: outlines follow the hand, and where they are dropped the copies are."""

    cursor = Qt.CursorShape.DragCopyCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        note = view.canvas.notes.items.get(press.hit.note or "")
        on_sticky = note is not None and not note.note.is_frame  # Alt moves a frame alone
        on_card = (press.hit.node is not None and press.hit.port is None) or on_sticky
        return (
            press.is_plain_left and on_card and press.modifiers == Qt.KeyboardModifier.AltModifier
        )

    def __init__(self, view: CanvasView, press: Press) -> None:
        super().__init__(view, press)
        node, note = press.hit.node, press.hit.note
        self._nodes: set[NodeId] = {node} if node is not None else set()
        self._notes: set[str] = {note} if note is not None else set()
        if not (self._nodes <= view.selection.nodes and self._notes <= view.selection.notes):
            view.selection.select(self._nodes, (), self._notes)

    def begin(self) -> None:
        self._shift = QPointF()
        self._ghosts: list[tuple[Ghost, QPointF]] = []
        for node in self.view.selection.nodes:
            item = self.scene.nodes[node]
            ghost = Ghost(item.face.title, self.scene.look, item.face.family, item.height)
            ghost.setPos(item.pos())
            self._ghosts.append((ghost, item.pos()))
            self.scene.addItem(ghost)
        for key in self.view.selection.notes:
            note = self.scene.notes.items[key]
            size = note.rect.width(), note.rect.height()
            ghost = Ghost(note.title, self.scene.look, "", size[1], width=size[0])
            ghost.setPos(note.rect.topLeft())
            self._ghosts.append((ghost, note.rect.topLeft()))
            self.scene.addItem(ghost)
        self._guiding = self._guided()

    def _guided(self) -> Guiding:
        nodes, notes, chosen = self.scene.nodes, self.scene.notes.items, self.view.selection
        (grabbed,) = (*(nodes[n].rect for n in self._nodes), *(notes[k].rect for k in self._notes))
        rects = (*(nodes[n].rect for n in chosen.nodes), *(notes[k].rect for k in chosen.notes))
        return Guiding(self.view, grabbed.topLeft(), (united(rects), grabbed))

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        self._shift = self._guiding.way(at - self.press.at, modifiers)
        for ghost, place in self._ghosts:
            ghost.setPos(place + self._shift)

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.has_moved:
            self.view.selection.select(self._nodes, (), self._notes)
            return
        self.cancel()
        if not self._shift.isNull():
            self.view.put_copy(self._shift)

    def cancel(self) -> None:
        if self.has_moved:
            self._guiding.end()
            for ghost, _ in self._ghosts:
                self.scene.removeItem(ghost)
