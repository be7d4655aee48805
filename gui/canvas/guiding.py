"""What a hand moves lines up with what lies around it, and guides show along what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from graphcore.project.graph import NodeId
from gui.canvas import alignment
from gui.canvas.alignment import Around, Box
from gui.canvas.geometry import snapped
from gui.canvas.guide_items import GapItem, LineItem

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

_REACH = 6.0  # pixels


class Guiding:
    """Turns the way of a hand into the way of what it moves, for as long as a gesture lasts.

    The grabbed thing was at `home`. Guides win over the grid within a few pixels; with Ctrl
    nothing snaps. `but` and `but_notes` move too, so they guide nothing.
    """

    def __init__(
        self,
        view: CanvasView,
        home: QPointF,
        moving: Sequence[QRectF],
        but: Collection[NodeId] = (),
        but_notes: Collection[str] = (),
    ) -> None:
        self._view, self._scene, self._home = view, view.canvas, home
        self._moving = [QRectF(rect) for rect in moving]
        self._but, self._but_notes = frozenset(but), frozenset(but_notes)
        self._seen, self._around = QRectF(), alignment.around(())
        self._shown: tuple[alignment.Line | alignment.Gap, ...] = ()
        self._items: list[LineItem | GapItem] = []

    def way(self, by: QPointF, modifiers: Qt.KeyboardModifier) -> QPointF:
        """How far to move what follows a hand that has gone so far, in whole units."""
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self._show([])
            return QPointF(by.toPoint())
        grid = snapped(self._home + by) - self._home
        if not self._view.has_guides or self._view.is_far:
            self._show([])
            return grid
        known = self._known()
        across, down = alignment.way_to(known, self._boxes(by), _REACH / self._view.zoom)
        way = QPointF(grid.x() if across is None else round(by.x() + across),
                      grid.y() if down is None else round(by.y() + down))  # fmt: skip
        boxes = self._boxes(way)
        self._show([*alignment.lines(known, boxes), *alignment.gaps(known, boxes[0])])
        return way

    def end(self) -> None:
        """No guides any more."""
        self._show([])

    def _boxes(self, by: QPointF) -> list[Box]:
        return [_box(rect.translated(by)) for rect in self._moving]

    def _known(self) -> Around:
        """What is in view and stays, looked up anew only where somebody looks elsewhere."""
        seen = self._view.seen()
        if seen != self._seen:
            self._seen = seen
            cards = [c.rect for c in self._scene.cards_in(seen) if c.node not in self._but]
            notes = [note for note in self._scene.notes
                     if note.key not in self._but_notes and note.rect.intersects(seen)]  # fmt: skip
            solid = [*cards, *(note.rect for note in notes if not note.note.is_frame)]
            frames = [note.rect for note in notes if note.note.is_frame]
            self._around = alignment.around(map(_box, solid), map(_box, frames))
        return self._around

    def _show(self, guides: Sequence[alignment.Line | alignment.Gap]) -> None:
        if self._shown == tuple(guides):
            return
        for item in self._items:
            self._scene.removeItem(item)
        self._shown, zoom, look = tuple(guides), self._view.zoom, self._scene.look
        self._items = [
            LineItem(guide, look, zoom) if isinstance(guide, alignment.Line)
            else GapItem(guide, look, zoom)
            for guide in guides
        ]  # fmt: skip
        for item in self._items:
            self._scene.addItem(item)


def _box(rect: QRectF) -> Box:
    return rect.left(), rect.top(), rect.right(), rect.bottom()
