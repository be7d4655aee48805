"""The drawing from afar: hundreds of cards and wires painted from arrays, not item by item."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from graphcore.project.reading import no_collection
from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.mark_painting import paint_far_marks
from gui.canvas.note_item import paint_far_note, paint_far_title
from gui.canvas.style import NO_PEN

if TYPE_CHECKING:
    from gui.canvas.node_item import NodeItem
    from gui.canvas.scene import CanvasScene

_PLAIN_BELOW = 0.15


class Overview:
    """Arrays of what lies where, made again only when places change."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self._version = -1
        self._cards = np.zeros((0, 3))
        self._families = np.zeros(0, dtype=np.int32)
        self._names: list[str] = []
        self._wrong = np.zeros(0, dtype=bool)
        self._marked: list[NodeItem] = []
        self._order: list = []
        self._lines = np.zeros((0, 4))

    def paint(self, painter: QPainter, area: QRectF, zoom: float) -> None:
        """Everything in that part of the scene; the painter is in scene units."""
        # Lists of thousands of lines and boxes would set off a walk over all that Python holds.
        with no_collection():
            self._learn()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, zoom > _PLAIN_BELOW)
            notes = [note for note in self._scene.notes if note.rect.intersects(area)]
            for note in sorted(notes, key=lambda note: note.zValue()):
                paint_far_note(painter, note, zoom)
            self._paint_wires(painter, area)
            self._paint_cards(painter, area, zoom)
            self._paint_marks(painter, area, zoom)
            self._paint_selection(painter, zoom)
            for note in notes:
                paint_far_title(painter, note, zoom)

    def _learn(self) -> None:
        scene = self._scene
        if self._version == scene.version:
            return
        self._version = scene.version
        project, nodes = scene.document.project, scene.graph.nodes
        items = [(node, item) for node, item in scene.nodes.items() if node in nodes]
        places = [(item.x(), item.y(), item.height) for _, item in items]
        self._cards = np.array(places, dtype=float).reshape(-1, 3)
        families = [project.kind(nodes[node].kind).family for node, _ in items]
        self._names = sorted(set(families))
        numbers = {name: number for number, name in enumerate(self._names)}
        self._families = np.array([numbers[name] for name in families], dtype=np.int32)
        self._marked = [
            item for node, item in items if nodes[node].settings or self._is_frozen_around()
        ]
        self._wrong = np.array([bool(scene.problems(node)) for node, _ in items], dtype=bool)
        lines = []
        for wire in scene.wires.values():
            corners = [(point.x(), point.y()) for point in wire.points]
            lines += [(*a, *b) for a, b in itertools.pairwise(corners)]
        self._lines = np.array(lines, dtype=float).reshape(-1, 4)

    def _is_frozen_around(self) -> bool:
        return any("freeze" in block.settings for block in self._scene.place.blocks)

    def _paint_wires(self, painter: QPainter, area: QRectF) -> None:
        x1, y1, x2, y2 = self._lines.T
        seen = (np.minimum(x1, x2) < area.right()) & (np.maximum(x1, x2) > area.left())
        seen &= (np.minimum(y1, y2) < area.bottom()) & (np.maximum(y1, y2) > area.top())
        pen = QPen(self._scene.look.wire)
        pen.setWidthF(0)
        painter.setPen(pen)
        painter.drawLines([QLineF(*line) for line in self._lines[seen].tolist()])

    def _paint_cards(self, painter: QPainter, area: QRectF, zoom: float) -> None:
        style, cards = self._scene.look, self._cards
        seen = (cards[:, 0] < area.right()) & (cards[:, 0] + CARD_WIDTH > area.left())
        seen &= (cards[:, 1] < area.bottom()) & (cards[:, 1] + cards[:, 2] > area.top())
        is_far = zoom <= _PLAIN_BELOW
        if not is_far:
            border = QPen(style.border)
            border.setWidthF(0)
            painter.setPen(border)
            painter.setBrush(style.node)
            painter.drawRects([QRectF(x, y, CARD_WIDTH, h) for x, y, h in cards[seen].tolist()])
        painter.setPen(NO_PEN)
        for number, name in enumerate(self._names):
            painter.setBrush(style.family(name).brush)
            rows = cards[seen & (self._families == number)].tolist()
            if is_far:
                painter.drawRects([QRectF(x, y, CARD_WIDTH, h) for x, y, h in rows])
            else:
                painter.drawRects([QRectF(x + 20, y + h / 2 - 22, 44, 44) for x, y, h in rows])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = QPen(style.state_border("error"))
        ring.setCosmetic(True)
        painter.setPen(ring)
        wrong = cards[seen & self._wrong].tolist()
        painter.drawRects([QRectF(x, y, CARD_WIDTH, h) for x, y, h in wrong])

    def _paint_marks(self, painter: QPainter, area: QRectF, zoom: float) -> None:
        """Bypassed, muted, shared, repeated: few nodes are, so each is painted by itself."""
        for item in self._marked:
            if item.face.marks and item.rect.intersects(area):
                paint_far_marks(painter, self._scene.look, item.rect, item.face.marks, zoom,
                                beside=zoom > _PLAIN_BELOW)  # fmt: skip

    def _paint_selection(self, painter: QPainter, zoom: float) -> None:
        ring = QPen(self._scene.look.selected_border)
        ring.setWidthF(2 / zoom)
        painter.setPen(ring)
        for node in self._scene.selection.nodes:
            if node in self._scene.nodes:
                painter.drawRect(self._scene.nodes[node].rect)
