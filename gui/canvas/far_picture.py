"""The drawing from afar as a picture that pans and zooms at once, and is drawn anew at rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, QTimer
from PySide6.QtGui import QPainter

from gui.canvas.overview import Overview, Stroke, held, resting, set_hints
from gui.canvas.shot import Shot, blank_shot, state_of

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

REST_MS = 120
"""So long nobody moved before the picture is drawn anew."""
_TURN_SECONDS = 0.006
_MARGIN = 0.5
"""How far the picture reaches beyond what is seen, in widths and heights of the viewport."""


class FarPicture(QObject):
    """Paints an Overview, from a picture where that still holds.

    A picture of another zoom is scaled for as long as somebody zooms. Where places changed, all is
    painted as it is now, and a new picture follows, some milliseconds a turn.
    """

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view, self._overview = view, Overview(view.canvas)
        self._resting, self._held = (Overview(view.canvas, part) for part in (resting, held))
        self._ground: Shot | None = None
        self._shot: Shot | None = None
        self._made: Shot | None = None
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
        if view.canvas.held or view.canvas.notes.held:
            self._paint_held(painter)
        elif shot is not None and self._holds(shot, area):
            shot.put(painter, view)
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

    def _paint_held(self, painter: QPainter) -> None:
        """What a hand moves, over a picture of all that rests meanwhile."""
        view, scene = self._view, self._view.canvas
        state = (scene.settled, scene.held, scene.notes.held, id(scene.look),
                 view.viewportTransform())  # fmt: skip
        ground = self._ground
        if ground is None or ground.state != state:
            ground = self._ground = replace(blank_shot(view, view.viewport().rect()), state=state)
            on_it = _painter_on(ground)
            self._resting.paint(on_it, ground.area, ground.zoom)
            on_it.end()
        ground.put(painter, view)
        painter.setWorldTransform(view.viewportTransform())
        set_hints(painter, view.zoom)
        self._held.paint(painter, ground.area, view.zoom)

    @property
    def is_ready(self) -> bool:
        """Whether there is a picture of the drawing as it is, at this zoom."""
        view, shot = self._view, self._shot
        return shot is not None and (shot.state, shot.zoom) == (state_of(view), view.zoom)

    def _holds(self, shot: Shot, area: QRectF) -> bool:
        """Whether the picture shows all of this part, as it is."""
        drawn = area.intersected(self._view.canvas.drawn_bounds())
        return shot.state == state_of(self._view) and (drawn.isEmpty() or shot.area.contains(drawn))

    def _begin(self) -> None:
        view = self._view
        seen = view.viewport().rect()
        across, down = round(seen.width() * _MARGIN), round(seen.height() * _MARGIN)
        self._ground = None
        made = blank_shot(view, seen.adjusted(-across, -down, across, down))
        self._made = made
        self._strokes = self._overview.strokes(made.area, made.zoom)
        self._turn.start()

    def _go_on(self) -> None:
        """Paint for a few milliseconds; what was begun of a drawing that changed is dropped."""
        made, end = self._made, perf_counter() + _TURN_SECONDS
        if made is None or made.state != state_of(self._view) or made.zoom != self._view.zoom:
            self._turn.stop()
            self._rest.start()
            return
        painter = _painter_on(made)
        for stroke in self._strokes:
            stroke(painter)
            if perf_counter() > end:
                break
        else:
            self._turn.stop()
            self._shot, self._made = made, None
            self._view.viewport().update()
        painter.end()


def _painter_on(shot: Shot) -> QPainter:
    """Paints into a picture in scene units."""
    painter = QPainter(shot.pixmap)
    painter.scale(shot.zoom, shot.zoom)
    painter.translate(-shot.area.topLeft())
    set_hints(painter, shot.zoom)
    return painter
