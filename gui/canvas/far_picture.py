"""The drawing from afar as a picture that pans and zooms at once, and is drawn anew at rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, QTimer
from PySide6.QtGui import QPainter, QPixmap

from gui.canvas.overview import Overview, Stroke, set_hints

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

REST_MS = 120
"""So long nobody moved before the picture is drawn anew."""
_TURN_SECONDS = 0.006
_MARGIN = 0.5
"""How far the picture reaches beyond what is seen, in widths and heights of the viewport."""


@dataclass(frozen=True, slots=True)
class _Shot:
    """A picture of a part of the scene, and what it was drawn from."""

    area: QRectF
    zoom: float
    state: object
    pixmap: QPixmap


class FarPicture(QObject):
    """Paints an Overview, from a picture where that still holds.

    A picture of another zoom is scaled for as long as somebody zooms. Where places changed, all is
    painted as it is now, and a new picture follows, some milliseconds a turn.
    """

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view, self._overview = view, Overview(view.canvas)
        self._shot: _Shot | None = None
        self._made: _Shot | None = None
        self._strokes: Iterator[Stroke] = iter(())
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._begin)
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """That part of the viewport, the selection over it."""
        view, zoom = self._view, self._view.zoom
        area = view.mapToScene(rect.adjusted(-2, -2, 2, 2)).boundingRect()
        shot = self._shot
        if shot is not None and self._holds(shot, area):
            self._put(painter, shot)
            if shot.zoom != zoom:
                self._rest.start()
        else:
            painter.setWorldTransform(view.viewportTransform())
            set_hints(painter, zoom)
            self._overview.paint(painter, area, zoom)
            if not self._rest.isActive() and not self._turn.isActive():
                self._rest.start()
        painter.setWorldTransform(view.viewportTransform())
        set_hints(painter, zoom)
        self._overview.paint_selection(painter, zoom)

    @property
    def is_ready(self) -> bool:
        """Whether there is a picture of the drawing as it is, at this zoom."""
        shot = self._shot
        return shot is not None and shot.state == self._state() and shot.zoom == self._view.zoom

    def _state(self) -> object:
        scene = self._view.canvas
        return scene.version, id(scene.look), self._view.viewport().devicePixelRatioF()

    def _holds(self, shot: _Shot, area: QRectF) -> bool:
        """Whether the picture shows all of this part, as it is."""
        drawn = area.intersected(self._view.canvas.drawn_bounds())
        return shot.state == self._state() and (drawn.isEmpty() or shot.area.contains(drawn))

    def _put(self, painter: QPainter, shot: _Shot) -> None:
        corner = self._view.viewportTransform().map(shot.area.topLeft())
        if shot.zoom == self._view.zoom:
            painter.drawPixmap(corner.toPoint(), shot.pixmap)
            return
        width, height = (side * self._view.zoom for side in shot.area.size().toTuple())
        whole = QRectF(corner, QSizeF(width, height))
        painter.drawPixmap(whole, shot.pixmap, QRectF(shot.pixmap.rect()))

    def _begin(self) -> None:
        view = self._view
        seen = view.viewport().rect()
        across, down = round(seen.width() * _MARGIN), round(seen.height() * _MARGIN)
        rect = seen.adjusted(-across, -down, across, down)
        ratio = view.viewport().devicePixelRatioF()
        pixmap = QPixmap(round(rect.width() * ratio), round(rect.height() * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(view.canvas.look.canvas.color())
        width, height = rect.width() / view.zoom, rect.height() / view.zoom
        area = QRectF(view.mapToScene(rect.topLeft()), QSizeF(width, height))
        self._made = _Shot(area, view.zoom, self._state(), pixmap)
        self._strokes = self._overview.strokes(area, view.zoom)
        self._turn.start()

    def _go_on(self) -> None:
        """Paint for a few milliseconds; what was begun of a drawing that changed is dropped."""
        made, end = self._made, perf_counter() + _TURN_SECONDS
        if made is None or made.state != self._state() or made.zoom != self._view.zoom:
            self._turn.stop()
            self._rest.start()
            return
        painter = QPainter(made.pixmap)
        painter.scale(made.zoom, made.zoom)
        painter.translate(-made.area.topLeft())
        set_hints(painter, made.zoom)
        for stroke in self._strokes:
            stroke(painter)
            if perf_counter() > end:
                break
        else:
            self._turn.stop()
            self._shot, self._made = made, None
            self._view.viewport().update()
        painter.end()
