"""The frames and sticky notes of the scene: items that follow the document, and what is where."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from graphcore.project.graph import NodeId
from graphcore.project.notes import Box, nodes_in, notes_in, notes_of
from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.note_geometry import edge_at, is_on_title
from gui.canvas.note_item import NoteItem

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Notes:
    """One item a note of the shown drawing, by its id."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.items: dict[str, NoteItem] = {}
        self.held: frozenset[str] = frozenset()
        """Those that a gesture shows elsewhere."""

    def __iter__(self) -> Iterator[NoteItem]:
        return iter(self.items.values())

    def sync(self) -> None:
        """Items just as the project has notes in this drawing."""
        scene = self._scene
        wanted = notes_of(scene.document.project, scene.definition)
        for key in self.items.keys() - wanted.keys():
            scene.removeItem(self.items.pop(key))
        for key, note in wanted.items():
            item = self.items.get(key)
            if item is None:
                self.items[key] = item = NoteItem(key, note, scene.look)
                item.is_selected = key in scene.selection.notes
                scene.addItem(item)
            elif item.note is not note:
                item.show_note(note)

    def preview(self, places: Mapping[str, QRectF]) -> None:
        """Shows notes elsewhere than the document has them, until `end_preview`."""
        self.held = frozenset(places)
        for key, rect in places.items():
            if key in self.items:
                self.items[key].show_at(rect)
        self._scene.placed.emit()

    def end_preview(self) -> None:
        """Shows all notes where the document has them."""
        self.held = frozenset()
        for item in self:
            item.show_note(item.note)

    def restyle(self) -> None:
        """In the scene's new style."""
        for item in self:
            item.style = self._scene.look
            item.update()

    def show_selection(self) -> None:
        """The selected ones have handles."""
        for key, item in self.items.items():
            if item.is_selected != (key in self._scene.selection.notes):
                item.is_selected = not item.is_selected
                item.update()

    def show_hovered(self, key: str | None) -> None:
        """Lifts the one under the mouse."""
        for item in self:
            if item.is_hovered != (item.key == key):
                item.is_hovered = not item.is_hovered
                item.update()

    # What is where

    def at(self, point: QPointF, scale: float, *, is_over: bool) -> tuple[str, str] | None:
        """The note there and its edge; `is_over` asks for those that lie over wires.

        A frame is taken by its title or its edges only: what is inside belongs to the cards.
        """
        found = [item for item in self if item.note.is_frame != is_over]
        for item in sorted(found, key=_area):
            edge = edge_at(item.rect, point, scale)
            if edge or (item.rect.contains(point) if is_over
                        else is_on_title(item.rect, point, scale)):  # fmt: skip
                return item.key, edge
        return None

    def touched(self, area: QRectF) -> set[str]:
        """What a rubber band takes: notes that it touches, frames that it holds as a whole."""
        return {
            item.key
            for item in self
            if (area.contains(item.rect) if item.note.is_frame else area.intersects(item.rect))
        }

    def content(self, keys: Iterable[str]) -> tuple[frozenset[NodeId], frozenset[str]]:
        """The nodes and notes that lie in these frames."""
        project, boxes = self._scene.document.project, self.boxes()
        frames = [key for key in keys if key in self.items and project.notes[key].is_frame]
        nodes = frozenset(n for key in frames for n in nodes_in(project.notes[key], boxes))
        return nodes, frozenset(n for key in frames for n in notes_in(project, key))

    def boxes(self, nodes: Iterable[NodeId] | None = None) -> dict[NodeId, Box]:
        """Where the cards of these nodes lie, or of all."""
        cards = self._scene.nodes
        return {
            node: (round(item.x()), round(item.y()), round(CARD_WIDTH), round(item.height))
            for node in (cards if nodes is None else nodes)
            for item in [cards[node]]
        }

    def room_of(self, nodes: Collection[NodeId]) -> list[Box]:
        """What a frame around these nodes has to hold: the cards, and the loops of their wires."""
        wires = (
            item
            for item in self._scene.wires.values()
            if item.wire.source in nodes and item.wire.target in nodes
        )
        loops = (QPolygonF(item.points).boundingRect().toAlignedRect() for item in wires)
        return [
            *self.boxes(nodes).values(),
            *((loop.x(), loop.y(), loop.width(), loop.height()) for loop in loops),
        ]


def _area(item: NoteItem) -> float:
    return item.rect.width() * item.rect.height()
