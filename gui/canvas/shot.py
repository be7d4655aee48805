"""A picture of a part of the drawing, which is shown scaled where it was taken at another zoom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


@dataclass(frozen=True, slots=True)
class Shot:
    """The picture of an area of the scene, and what it was taken of."""

    area: QRectF
    zoom: float
    state: object
    pixmap: QPixmap

    def place(self, view: CanvasView) -> QRectF:
        """Where the picture lies in the viewport now."""
        corner = view.viewportTransform().map(self.area.topLeft())
        width, height = (side * view.zoom for side in self.area.size().toTuple())
        return QRectF(corner, QSizeF(width, height))

    def put(self, painter: QPainter, view: CanvasView) -> None:
        """Paint it there; the painter is in pixels of the viewport."""
        place = self.place(view)
        if self.zoom == view.zoom:
            painter.drawPixmap(place.topLeft().toPoint(), self.pixmap)
        else:
            painter.drawPixmap(place, self.pixmap, QRectF(self.pixmap.rect()))


def state_of(view: CanvasView) -> object:
    """What a picture of the drawing can't outlive."""
    scene = view.canvas
    return scene.version, id(scene.look), view.viewport().devicePixelRatioF()


def blank_shot(view: CanvasView, rect: QRect) -> Shot:
    """A picture of a part of the viewport, not painted yet."""
    shot = unpainted_shot(view, rect)
    shot.pixmap.fill(view.canvas.look.canvas.color())
    return shot


def unpainted_shot(view: CanvasView, rect: QRect) -> Shot:
    """The same with anything on it: where nothing is painted, nothing of it may be shown."""
    ratio = view.viewport().devicePixelRatioF()
    pixmap = QPixmap(round(rect.width() * ratio), round(rect.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    size = QSizeF(rect.width() / view.zoom, rect.height() / view.zoom)
    area = QRectF(view.mapToScene(rect.topLeft()), size)
    return Shot(area, view.zoom, state_of(view), pixmap)
