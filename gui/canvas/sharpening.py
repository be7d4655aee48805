"""After somebody has zoomed: all as sharp as it gets."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPainter, QPixmap, QTransform

if TYPE_CHECKING:
    from gui.canvas.node_item import NodeItem
    from gui.canvas.view import CanvasView

REST_MS = 100
_TURN_SECONDS = 0.006


class Sharpening(QObject):
    """At rest the cards' pictures are made for this zoom, some a turn, then all is painted."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._left: list[NodeItem] = []
        self._nowhere = QPixmap(1, 1)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)
        view.zoomed.connect(self._on_zoomed)

    @property
    def is_busy(self) -> bool:
        """Whether what is seen is still to be painted as sharp as it gets."""
        return self._rest.isActive() or self._turn.isActive()

    def _on_zoomed(self) -> None:
        self._turn.stop()
        self._rest.start()

    def _begin(self) -> None:
        view = self._view
        self._left = [] if view.is_far else view.canvas.cards_in(view.seen())
        self._turn.start()

    def _go_on(self) -> None:
        view, end = self._view, perf_counter() + _TURN_SECONDS
        if self._left:
            painter = self._painter()
            while self._left and perf_counter() < end:
                self._sharpen(self._left.pop(), painter)
            painter.end()
        else:
            self._turn.stop()
            view.zoom_picture.drop()
            view.viewport().update()

    def _sharpen(self, card: NodeItem, painter: QPainter) -> None:
        if card.scene() is not None:
            to_viewport = self._view.viewportTransform()
            painter.setWorldTransform(QTransform.fromTranslate(card.x(), card.y()) * to_viewport)
            card.sharpen(painter, self._view.viewport())

    def _painter(self) -> QPainter:
        """Paints to nowhere: what remains is the cards' pictures."""
        self._nowhere.setDevicePixelRatio(self._view.viewport().devicePixelRatioF())
        painter = QPainter(self._nowhere)
        painter.setRenderHints(self._view.renderHints())
        return painter
