"""The gesture of dragging a number by its label: to the right it grows, to the left it shrinks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel

PIXELS_A_STEP = 6
SLACK = 4
"""Pixels that a hand may tremble in a click."""


class Scrub(QObject):
    """`moved` carries the steps since the press, with Shift ten for each; `began` comes before.

    `ended` says whether what it came to shall stay: the right button takes it back. A press that
    goes nowhere is `clicked`.
    """

    began = Signal()
    moved = Signal(int)
    ended = Signal(bool)
    clicked = Signal()

    def __init__(self, label: QLabel) -> None:
        super().__init__(label)
        self._start: float | None = None
        self._is_moving = False
        self._steps = 0
        label.setCursor(Qt.CursorShape.SizeHorCursor)
        label.installEventFilter(self)

    @property
    def is_moving(self) -> bool:
        """Whether a drag is under way."""
        return self._is_moving

    def cancel(self) -> None:
        """End the drag and take back what it did."""
        if self._is_moving:
            self._finish(keep=False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        left = event.button() == Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress if left:
                self._start, self._steps = event.globalPosition().x(), 0
                return True
            case QEvent.Type.MouseButtonPress if self._is_moving:
                self._finish(keep=False)
                return True
            case QEvent.Type.MouseMove if self._start is not None:
                self._move(event.globalPosition().x() - self._start, event.modifiers())
                return True
            case QEvent.Type.MouseButtonRelease if left and self._start is not None:
                if self._is_moving:
                    self._finish(keep=True)
                else:
                    self._start = None
                    self.clicked.emit()
                return True
        return False

    def _move(self, pixels: float, modifiers: Qt.KeyboardModifier) -> None:
        if not self._is_moving:
            if abs(pixels) < SLACK:
                return
            self._is_moving = True
            self.began.emit()
        factor = 10 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1
        steps = round(pixels / PIXELS_A_STEP) * factor
        if steps != self._steps:
            self._steps = steps
            self.moved.emit(steps)

    def _finish(self, *, keep: bool) -> None:
        self._start, self._is_moving = None, False
        self.ended.emit(keep)
