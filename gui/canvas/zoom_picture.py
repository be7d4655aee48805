"""While somebody zooms: what was seen as a picture, so that a frame costs next to nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from gui.canvas.shot import Shot, blank_shot, state_of

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_MOST_STRETCH = 1.6
_LEAST_SHARE = 0.7
"""Of what is seen; a picture that shows less is taken anew."""
_MOST_STALE = 300
_BIT = 0.01


class ZoomPicture(QObject):
    """What was seen before a step of zooming, shown scaled until it has rested.

    Around it, and where an item has changed since, all is painted as ever. A picture of other
    places or another look is not shown at all.
    """

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._shot: Shot | None = None
        self._stale: list[QRectF] = []

    def keep(self) -> None:
        """Before a step: what is seen now, unless a picture holds."""
        if self.covered(self._seen).isEmpty():
            self._take()

    def renew(self) -> None:
        """After a step: where the picture shows too little, what is seen now is the picture."""
        seen = self._seen
        if _size(self.covered(seen)) < _LEAST_SHARE * _size(seen):
            self._take()

    def drop(self) -> None:
        """Paint all as ever again."""
        if self._shot is not None:
            self._shot, self._stale = None, []
            self._view.canvas.changed.disconnect(self._on_changed)

    def covered(self, region: QRegion) -> QRegion:
        """What the picture shows of a region of the viewport, as it is."""
        view, shot = self._view, self._shot
        if shot is None or shot.state != state_of(view):
            return QRegion()
        if not 1 / _MOST_STRETCH < view.zoom / shot.zoom < _MOST_STRETCH:
            return QRegion()
        found = region & _whole_pixels(shot.place(view))
        to_viewport = view.viewportTransform()
        for area in self._stale:
            found -= to_viewport.mapRect(area).toAlignedRect().adjusted(-2, -2, 2, 2)
        return found

    def paint(self, region: QRegion) -> None:
        """A region that is covered, over what was painted around it."""
        if self._shot is None or region.isEmpty():
            return
        painter = QPainter(self._view.viewport())
        painter.setClipRegion(region)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._shot.put(painter, self._view)
        painter.end()

    @property
    def _seen(self) -> QRegion:
        return QRegion(self._view.viewport().rect())

    def _take(self) -> None:
        viewport = self._view.viewport()
        shot = blank_shot(self._view, viewport.rect())
        viewport.render(shot.pixmap, QPoint(), QRegion(), QWidget.RenderFlag(0))
        self.drop()
        self._shot = shot
        self._view.canvas.changed.connect(self._on_changed)

    def _on_changed(self, areas: list[QRectF]) -> None:
        self._stale += areas
        if len(self._stale) > _MOST_STALE:
            self.drop()


def _size(region: QRegion) -> int:
    return sum(rect.width() * rect.height() for rect in region)  # type: ignore[attr-defined]


def _whole_pixels(place: QRectF) -> QRect:
    """The pixels that lie in a rectangle as a whole."""
    place = place.adjusted(-_BIT, -_BIT, _BIT, _BIT)
    first = QPoint(math.ceil(place.left()), math.ceil(place.top()))
    return QRect(first, QPoint(math.floor(place.right()) - 1, math.floor(place.bottom()) - 1))
