"""A gesture: what a hand does between a mouse button going down and coming up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt

from gui.canvas.hits import Hit

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_STARTS_AFTER = 4
ADD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


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
        self._there = frozenset(view.canvas.graph.nodes)

    @property
    def can_go_on(self) -> bool:
        """Whether every node is still there that was there at the beginning."""
        return self._there <= self.scene.graph.nodes.keys()

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
