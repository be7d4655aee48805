"""The dots of the scene: items that lie on wires, and which one is where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsEllipseItem

from graphcore.project.dots import Dot, Points, dots_of, key_of
from graphcore.project.graph import Slot
from gui.canvas.style import Style

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

_RADIUS = 5.0
_Z = -0.5


class DotItem(QGraphicsEllipseItem):
    """One dot, in the colour of its wire; filled where it is selected."""

    def __init__(self) -> None:
        super().__init__(-_RADIUS, -_RADIUS, 2 * _RADIUS, 2 * _RADIUS)
        self.setZValue(_Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_as(self, style: Style, pen: QPen, *, is_selected: bool) -> None:
        """With the pen of its wire."""
        self.setPen(style.hot_wire if is_selected else pen)
        self.setBrush(style.hot_wire.brush() if is_selected else style.canvas)


class Dots:
    """One item a dot of the shown drawing; `preview` holds dots of wires (by their keys) that are
    shown elsewhere while a hand moves them."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.items: dict[Dot, DotItem] = {}
        self.preview: Mapping[str, Points] = {}

    def of(self, slot: Slot) -> list[QPointF]:
        """Where the dots of a wire are shown."""
        points = self.preview.get(key_of(slot)) if self.preview else None
        if points is None:
            scene = self._scene
            points = dots_of(scene.document.project, slot, scene.definition)
        return [QPointF(*point) for point in points]

    def lay(self, slot: Slot) -> list[QPointF]:
        """The dots of that wire, with an item each and none for a wire that is gone."""
        points = self.of(slot) if slot in self._scene.wires else []
        if not points and not self.items:
            return points
        for place, point in enumerate(points):
            if (slot, place) not in self.items:
                self.items[slot, place] = item = DotItem()
                self._scene.addItem(item)
            self.items[slot, place].setPos(point)
        beyond = len(points)
        while (slot, beyond) in self.items:
            self._scene.removeItem(self.items.pop((slot, beyond)))
            beyond += 1
        if points:
            self.show(slot)
        return points

    def clear(self) -> None:
        """No dots."""
        for item in self.items.values():
            self._scene.removeItem(item)
        self.items, self.preview = {}, {}

    def show(self, slot: Slot) -> None:
        """The dots of a wire look as it does."""
        place, scene = 0, self._scene
        while (slot, place) in self.items:
            chosen = (slot, place) in scene.selection.dots
            pen = scene.wires[slot].pen()
            self.items[slot, place].show_as(scene.look, pen, is_selected=chosen)
            place += 1

    def show_selection(self) -> None:
        """The selected ones are filled."""
        for slot in {slot for slot, _ in self.items}:
            self.show(slot)

    def at(self, point: QPointF, scale: float) -> Dot | None:
        """The dot there."""
        reach = max(_RADIUS + 3, 8.0 / scale)
        for dot, item in self.items.items():
            away = item.pos() - point
            if away.x() ** 2 + away.y() ** 2 <= reach**2:
                return dot
        return None

    def touched(self, area: QRectF) -> set[Dot]:
        """What a rubber band takes."""
        return {dot for dot, item in self.items.items() if area.contains(item.pos())}
