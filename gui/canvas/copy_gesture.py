"""Dragging with Alt held down: a copy goes along, what was there stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from graphcore.project.graph import NodeId
from gui.canvas.geometry import snapped
from gui.canvas.gesture import Gesture, Press
from gui.canvas.wire_item import Ghost

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class DragCopy(Gesture):
    """Alt and drag: outlines follow the hand, and where they are dropped the copies are."""

    cursor = Qt.CursorShape.DragCopyCursor

    @staticmethod
    def starts(view: CanvasView, press: Press) -> bool:
        on_card = press.hit.node is not None and press.hit.port is None
        return (
            press.is_plain_left and on_card and press.modifiers == Qt.KeyboardModifier.AltModifier
        )

    def __init__(self, view: CanvasView, press: Press) -> None:
        super().__init__(view, press)
        node = press.hit.node
        assert node is not None
        self._grabbed: NodeId = node
        if node not in view.selection.nodes:
            view.selection.select({node})

    def begin(self) -> None:
        self._shift = QPointF()
        self._ghosts: list[tuple[Ghost, QPointF]] = []
        for node in self.view.selection.nodes:
            item = self.scene.nodes[node]
            ghost = Ghost(item.face.title, self.scene.look, item.face.family, item.height)
            ghost.setPos(item.pos())
            self._ghosts.append((ghost, item.pos()))
            self.scene.addItem(ghost)

    def move(self, at: QPointF, spot: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        home = self.scene.nodes[self._grabbed].pos()
        self._shift = snapped(home + at - self.press.at) - home
        for ghost, place in self._ghosts:
            ghost.setPos(place + self._shift)

    def finish(self, at: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if not self.has_moved:
            self.view.selection.select({self._grabbed})
            return
        self.cancel()
        if not self._shift.isNull():
            self.view.put_copy(self._shift)

    def cancel(self) -> None:
        if self.has_moved:
            for ghost, _ in self._ghosts:
                self.scene.removeItem(ghost)
