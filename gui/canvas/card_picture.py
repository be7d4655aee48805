"""The picture of a card: one that looks as it did a moment ago is put there, not painted again."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap, QPixmapCache, QTransform

from gui.canvas.geometry import edges

_ROOM_KB = 96 * 1024
"""For all cards together: those that are seen at 300 % take about half of it."""
_LEAST_STRETCH, _MORE_STRETCH, _KINDS_OF_STRETCH = 1.5, 0.25, 7
"""While somebody zooms a picture is stretched so far; not all alike, else all were due at once."""
_NOWHERE = QTransform()
Paint = Callable[[QPainter], object]


class CardPicture:
    """What a card looks like, in pixels of the screen.

    While somebody zooms each frame is another: the picture is stretched until that would show, and
    painted anew when the card is next seen at the same zoom. Where the card has moved by parts of a
    pixel, the picture is put at the nearest whole one.
    """

    __slots__ = ("_corner", "_key", "_looks", "_made_for", "_part", "_stretch", "_zoom")

    def __init__(self) -> None:
        self._zoom = self._made_for = 0.0
        self._stretch = _LEAST_STRETCH + _MORE_STRETCH * (id(self) // 64 % _KINDS_OF_STRETCH)
        self._looks: tuple[object, ...] | None = None
        self._key: QPixmapCache.Key | None = None
        self._corner, self._part = (0, 0), (0.0, 0.0)

    def paint(
        self,
        painter: QPainter,
        looks: tuple[object, ...],
        bounds: QRectF,
        paint: Paint,
        plainly: Paint | None = None,
    ) -> None:
        """Paint by `paint`, or as before where the card looks as it did.

        The painter is in units of the card and `bounds` too; `paint` covers no more than those.
        Where there is no time for that, what had to be painted anew is painted `plainly`.
        """
        place, ratio = painter.worldTransform(), painter.device().devicePixelRatio()
        zoom = place.m11() * ratio
        is_zooming, self._zoom = self._zoom not in (0.0, zoom), zoom
        picture = QPixmap()
        is_kept = self._key is not None and QPixmapCache.find(self._key, picture)
        is_as_before = is_kept and looks == self._looks
        if plainly is not None and not is_as_before:
            self._zoom = 0.0
            plainly(painter)
            return
        if not is_as_before or (plainly is None and not self._will_do(zoom, is_zooming)):
            self._looks, self._made_for = looks, zoom
            picture = self._drawn(place, ratio, bounds, paint, painter.renderHints())
        painter.setOpacity(1.0)
        if zoom == self._made_for:
            self._put(painter, picture, place, ratio)
        else:
            self._put_stretched(painter, picture)

    def rest(self) -> None:
        """Nobody zooms any more: next time it is painted anew, not stretched."""
        self._zoom = 0.0

    def _will_do(self, zoom: float, is_zooming: bool) -> bool:
        """Whether the picture is sharp enough for this frame."""
        if zoom == self._made_for:
            return True
        away = zoom / self._made_for
        return is_zooming and 1 / self._stretch < away < self._stretch

    def _put(self, painter: QPainter, picture: QPixmap, place: QTransform, ratio: float) -> None:
        """At whole pixels of the screen."""
        x = round(place.dx() * ratio - self._part[0]) + self._corner[0]
        y = round(place.dy() * ratio - self._part[1]) + self._corner[1]
        painter.setWorldTransform(_NOWHERE)
        painter.drawPixmap(QPointF(x / ratio, y / ratio), picture)
        painter.setWorldTransform(place)

    def _put_stretched(self, painter: QPainter, picture: QPixmap) -> None:
        left, top = (
            (corner - part) / self._made_for
            for corner, part in zip(self._corner, self._part, strict=True)
        )
        width, height = picture.width() / self._made_for, picture.height() / self._made_for
        # Its rim is empty: smooth edges would only take twice as long.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawPixmap(QRectF(left, top, width, height), picture, QRectF(picture.rect()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _drawn(
        self,
        place: QTransform,
        ratio: float,
        bounds: QRectF,
        paint: Paint,
        hints: QPainter.RenderHint,
    ) -> QPixmap:
        """The card with the same part of a pixel to the left and above as it has on the screen.

        A pixel more around it: what is smooth at the edge reaches over it.
        """
        x, y = place.dx() * ratio, place.dy() * ratio
        self._part = x - math.floor(x), y - math.floor(y)
        zoom = place.m11() * ratio
        left, top, right, bottom = (side * zoom for side in edges(bounds))
        self._corner = math.floor(left) - 1, math.floor(top) - 1
        picture = QPixmap(
            math.ceil(right) + 2 - self._corner[0], math.ceil(bottom) + 2 - self._corner[1]
        )
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        inner = QPainter(picture)
        inner.setRenderHints(hints)
        inner.translate(
            (self._part[0] - self._corner[0]) / ratio, (self._part[1] - self._corner[1]) / ratio
        )
        inner.scale(place.m11(), place.m11())
        paint(inner)
        inner.end()
        if QPixmapCache.cacheLimit() < _ROOM_KB:
            QPixmapCache.setCacheLimit(_ROOM_KB)
        self._key = QPixmapCache.insert(picture)
        return picture
