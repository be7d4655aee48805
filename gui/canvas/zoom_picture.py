"""While somebody zooms: what was seen as a picture, so that a frame costs next to nothing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from gui.canvas.on_screen import covered_by_others, screen_of
from gui.canvas.shot import Shot, state_of, unpainted_shot

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_LEAST_STRETCH, _MOST_STRETCH = 0.45, 1.6
_WORTH = 0.08
"""So much of what is seen has to be missing before it is copied."""
_MOST_COPIES = 6
"""Of each other: every copy of what was scaled is a little less sharp."""
_MARGIN = 0.35
"""How far a picture can grow beyond what was seen first, in widths and heights of that."""
_MOST_STALE = 300
_RIM = 10
"""Round corners are painted over the outermost pixels."""
_BIT = 0.01


class ZoomPicture(QObject):
    """What was seen before a step of zooming, shown scaled until it has rested.

    It is copied from the screen, and what comes into view beside it once it has been painted.
    Around it, and where an item has changed since, all is painted as ever. A picture of another
    look is not shown at all.
    """

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._shot: Shot | None = None
        self._filled = QRectF()
        self._stale: list[QRectF] = []
        self._copies, self._sharp_at = 0, 0.0

    def keep(self) -> None:
        """Before a step: what is seen now, unless the picture has nearly all of it."""
        seen = QRegion(self._area)
        missing = seen - self.covered(seen)
        if _size(missing) < _WORTH * _size(seen):
            return
        if self._can_grow:
            self._grow(missing)
        else:
            self._take()

    def drop(self) -> None:
        """Paint all as ever again."""
        if self._shot is not None:
            self._shot, self._stale = None, []
            self._view.canvas.changed.disconnect(self._on_changed)

    def covered(self, region: QRegion) -> QRegion:
        """What the picture shows of a region of the viewport, as it is."""
        if not self._holds:
            return QRegion()
        to_viewport = self._view.viewportTransform()
        found = region & _whole_pixels(to_viewport.mapRect(self._filled))
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
    def _area(self) -> QRect:
        """What can be seen of the viewport, in its pixels."""
        return self._view.viewport().rect().adjusted(_RIM, _RIM, -_RIM, -_RIM)

    @property
    def _holds(self) -> bool:
        """Whether there is a picture of this look, and of about this zoom."""
        view, shot = self._view, self._shot
        return (
            shot is not None
            and shot.state == state_of(view)
            and _LEAST_STRETCH < view.zoom / shot.zoom < _MOST_STRETCH
        )

    @property
    def _can_grow(self) -> bool:
        """Whether all that is seen has room in the picture, and is around what is in it already."""
        seen, shot = self._seen(), self._shot
        return (
            shot is not None
            and self._holds
            and shot.area.contains(seen)
            and (seen.contains(self._filled) or self._filled.contains(seen))
        )

    def _seen(self) -> QRectF:
        return self._view.mapToScene(self._area).boundingRect()

    def _grow(self, missing: QRegion) -> None:
        """Copy what was painted beside the picture, and what changed."""
        shot, screen = self._shot, screen_of(self._view)
        if shot is None or screen is None:
            return
        to_scene = self._view.viewportTransform().inverted()[0]
        painter = QPainter(shot.pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(shot.zoom, shot.zoom)
        painter.translate(-shot.area.topLeft())
        for rect in missing:  # type: ignore[attr-defined]
            screen.put(painter, to_scene.mapRect(QRectF(rect)), rect)
        painter.end()
        seen = self._seen()
        self._filled = self._filled.united(seen)
        self._stale = [area for area in self._stale if not seen.contains(area)] + self._hidden()

    def _hidden(self) -> list[QRectF]:
        """What of the drawing others are painted over."""
        holes = covered_by_others(self._view.viewport()) & self._area
        return [self._view.mapToScene(hole).boundingRect() for hole in holes]  # type: ignore[attr-defined]

    def _take(self) -> None:
        """What is seen now: from the screen where that is sharp enough, else painted once more."""
        view, area, viewport = self._view, self._area, self._view.viewport()
        is_scaled = self._holds
        self._copies = self._copies + 1 if is_scaled else 0
        self._sharp_at = min(self._sharp_at, view.zoom) if is_scaled else view.zoom
        is_blurred = self._copies > _MOST_COPIES or view.zoom > _MOST_STRETCH * self._sharp_at
        screen = None if is_blurred else screen_of(view)
        self.drop()
        across, down = round(area.width() * _MARGIN), round(area.height() * _MARGIN)
        shot = unpainted_shot(view, area.adjusted(-across, -down, across, down))
        self._filled = self._seen()
        if screen is not None:
            painter = QPainter(shot.pixmap)
            place = QRectF(across, down, area.width(), area.height())
            screen.put(painter, place, area)
            painter.end()
            self._stale = self._hidden()
        else:
            self._copies, self._sharp_at = 0, view.zoom
            part, at = QRegion(area), QPoint(across, down)
            viewport.render(shot.pixmap, at, part, QWidget.RenderFlag(0))
        self._shot = shot
        view.canvas.changed.connect(self._on_changed)

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
