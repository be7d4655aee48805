"""What the viewport shows on the screen, taken from there instead of being painted once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


@dataclass(frozen=True, slots=True)
class Screen:
    """The picture of the whole window, and where in it a viewport lies, in pixels of the screen."""

    image: QImage
    corner: QPointF
    ratio: float

    def put(self, painter: QPainter, target: QRectF, rect: QRect) -> None:
        """Paint a rectangle of the viewport somewhere else."""
        place = QPointF(rect.topLeft()) * self.ratio + self.corner
        painter.drawImage(target, self.image, QRectF(place, QSizeF(rect.size()) * self.ratio))


def screen_of(view: CanvasView) -> Screen | None:
    """The screen as it is once all is painted that waits to be.

    It must not be held on to. None where the viewport is not on a screen, or where Qt keeps no
    picture of the window in memory.
    """
    viewport, window = view.viewport(), view.window()
    handle = window.windowHandle()
    if handle is None or not handle.isExposed() or not viewport.updatesEnabled():
        return None
    viewport.repaint(0, 0, 1, 1)  # and with it all that waits
    store = viewport.backingStore()
    image = store.paintDevice() if store is not None else None
    ratio = viewport.devicePixelRatioF()
    corner = QPointF(viewport.mapTo(window, QPoint())) * ratio
    place = QRectF(corner, QSizeF(viewport.size()) * ratio).toRect()
    if not isinstance(image, QImage) or not image.rect().contains(place):
        return None
    return Screen(image, corner, ratio)


def covered_by_others(viewport: QWidget) -> QRegion:
    """Where other widgets are painted over it: its children, and what its window has above it."""
    region, below, corner = QRegion(), viewport, QPoint()
    region += _of(viewport.children(), corner)
    while (parent := below.parentWidget()) is not None and not below.isWindow():
        corner -= below.pos()
        siblings = parent.children()
        region += _of(siblings[siblings.index(below) + 1 :], corner)
        below = parent
    return region & viewport.rect()


def _of(children: list[QObject], corner: QPoint) -> QRegion:
    region = QRegion()
    for child in children:
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            region += QRect(child.pos() + corner, child.size())
    return region
