"""The form of a wire, measured from where it begins: wires that run alike have it in common."""

from __future__ import annotations

from functools import cached_property, lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from gui.canvas.geometry import box_around, dotted_path, pieces_of, stub_path, wire_path

Corner = tuple[float, float]
_RIM = 2.0
"""So far a pen reaches at most beyond the line that it draws."""


class WireForm:
    """A path through corners, made when somebody sees it; its box is known without.

    Nobody changes it.
    """

    def __init__(self, corners: tuple[Corner, ...], *, has_dots: bool, is_open: bool) -> None:
        self._corners, self._has_dots, self._is_open = corners, has_dots, is_open

    @cached_property
    def box(self) -> QRectF:
        """What it is drawn in."""
        if self._has_dots:
            return self.path.controlPointRect().adjusted(-_RIM, -_RIM, _RIM, _RIM)
        return box_around(self._corners, _RIM)

    @cached_property
    def path(self) -> QPainterPath:
        """What is drawn: all of it, or the two ends of one that is open."""
        draw = stub_path if self._is_open else dotted_path if self._has_dots else wire_path
        return draw([QPointF(*corner) for corner in self._corners])

    @cached_property
    def pieces(self) -> list[QLineF]:
        """The same in straight pieces."""
        return pieces_of(self.path)

    @cached_property
    def polygons(self) -> list[QPolygonF]:
        """The same as polygons, one for each part."""
        return self.path.toSubpathPolygons() or [QPolygonF()]


@lru_cache(maxsize=2048)
def wire_form(corners: tuple[Corner, ...], *, has_dots: bool, is_open: bool) -> WireForm:
    """The form of a wire through these corners, the first of them at 0, 0."""
    return WireForm(corners, has_dots=has_dots, is_open=is_open)
