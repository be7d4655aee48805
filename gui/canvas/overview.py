"""The drawing from afar: hundreds of cards and wires painted from arrays, not item by item."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from graphcore.project.graph import NodeId
from graphcore.project.reading import no_collection
from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.mark_painting import paint_far_marks
from gui.canvas.note_item import paint_far_note, paint_far_title
from gui.canvas.style import NO_PEN

if TYPE_CHECKING:
    from gui.canvas.node_item import NodeItem
    from gui.canvas.note_item import NoteItem
    from gui.canvas.scene import CanvasScene

_PLAIN_BELOW = 0.15
_PIECE = 2000

Stroke = Callable[[QPainter], object]
"""Paints a piece; the painter is in scene units."""


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
        self._selected: tuple[int, frozenset[NodeId]] = (-1, frozenset())
        self._rings: list[QRectF] = []

    def paint(self, painter: QPainter, area: QRectF, zoom: float) -> None:
        """Everything in that part of the scene but the selection; the painter is in scene units."""
        with no_collection():
            for stroke in self.strokes(area, zoom):
                stroke(painter)

    def strokes(self, area: QRectF, zoom: float) -> Iterator[Stroke]:
        """The same in pieces of about a millisecond, so that others can have their turn between."""
        # Lists of thousands of lines and boxes would set off a walk over all that Python holds.
        with no_collection():
            self._learn()
        notes = [note for note in self._scene.notes if note.rect.intersects(area)]
        below = sorted(notes, key=lambda note: note.zValue())
        yield lambda painter: _each(paint_far_note, painter, below, zoom)
        yield from self._wire_strokes(area)
        yield from self._card_strokes(area, zoom)
        yield lambda painter: self._paint_marks(painter, area, zoom)
        yield lambda painter: _each(paint_far_title, painter, notes, zoom)

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
        wrong = scene.wrong_nodes()
        self._wrong = np.array([node in wrong for node, _ in items], dtype=bool)
        lines = []
        for wire in scene.wires.values():
            corners = [(point.x(), point.y()) for point in wire.points]
            lines += [(*a, *b) for a, b in itertools.pairwise(corners)]
        self._lines = np.array(lines, dtype=float).reshape(-1, 4)

    def _is_frozen_around(self) -> bool:
        return any("freeze" in block.settings for block in self._scene.place.blocks)

    def _wire_strokes(self, area: QRectF) -> Iterator[Stroke]:
        x1, y1, x2, y2 = self._lines.T
        seen = (np.minimum(x1, x2) < area.right()) & (np.maximum(x1, x2) > area.left())
        seen &= (np.minimum(y1, y2) < area.bottom()) & (np.maximum(y1, y2) > area.top())
        pen = QPen(self._scene.look.wire)
        pen.setWidthF(0)
        for rows in _pieces(self._lines[seen]):
            yield partial(_draw_lines, pen, [QLineF(*line) for line in rows])

    def _card_strokes(self, area: QRectF, zoom: float) -> Iterator[Stroke]:
        style, cards = self._scene.look, self._cards
        seen = (cards[:, 0] < area.right()) & (cards[:, 0] + CARD_WIDTH > area.left())
        seen &= (cards[:, 1] < area.bottom()) & (cards[:, 1] + cards[:, 2] > area.top())
        if zoom > _PLAIN_BELOW:
            border = QPen(style.border)
            border.setWidthF(0)
            yield from _boxes(border, style.node, cards[seen], _whole)
        for number, name in enumerate(self._names):
            rows, brush = cards[seen & (self._families == number)], style.family(name).brush
            yield from _boxes(NO_PEN, brush, rows, _chip if zoom > _PLAIN_BELOW else _whole)
        ring = QPen(style.state_border("error"))
        ring.setCosmetic(True)
        yield from _boxes(ring, QBrush(Qt.BrushStyle.NoBrush), cards[seen & self._wrong], _whole)

    def _paint_marks(self, painter: QPainter, area: QRectF, zoom: float) -> None:
        """Bypassed, muted, shared, repeated: few nodes are, so each is painted by itself."""
        for item in self._marked:
            if item.face.marks and item.rect.intersects(area):
                paint_far_marks(painter, self._scene.look, item.rect, item.face.marks, zoom,
                                beside=zoom > _PLAIN_BELOW)  # fmt: skip

    def paint_selection(self, painter: QPainter, zoom: float) -> None:
        """A ring around each selected card; the painter is in scene units."""
        ring = QPen(self._scene.look.selected_border)
        is_plain = zoom <= _PLAIN_BELOW
        ring.setWidthF(0 if is_plain else 2 / zoom)
        painter.setPen(ring)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        with no_collection():
            painter.drawRects(self._selected_rects())
            if is_plain:  # two thin rings, each painted ten times as fast as a broad one
                painter.translate(1 / zoom, 1 / zoom)
                painter.drawRects(self._selected_rects())

    def _selected_rects(self) -> list[QRectF]:
        """The selected cards, asked for their places only when those or the selection change."""
        state = (self._scene.version, self._scene.selection.nodes)
        if state[0] != self._selected[0] or state[1] is not self._selected[1]:
            nodes = self._scene.nodes
            self._selected = state
            self._rings = [nodes[node].rect for node in state[1] if node in nodes]
        return self._rings


def set_hints(painter: QPainter, zoom: float) -> None:
    """Smooth lines, unless cards are but a few pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, zoom > _PLAIN_BELOW)


def _pieces(rows: np.ndarray) -> Iterator[list]:
    for start in range(0, len(rows), _PIECE):
        yield rows[start : start + _PIECE].tolist()


def _boxes(
    pen: QPen, brush: QBrush | QColor, rows: np.ndarray, box: Callable[[list], QRectF]
) -> Iterator[Stroke]:
    for piece in _pieces(rows):
        yield partial(_draw_boxes, pen, brush, [box(row) for row in piece])


def _whole(row: list[float]) -> QRectF:
    return QRectF(row[0], row[1], CARD_WIDTH, row[2])


def _chip(row: list[float]) -> QRectF:
    return QRectF(row[0] + 20, row[1] + row[2] / 2 - 22, 44, 44)


def _draw_lines(pen: QPen, lines: list[QLineF], painter: QPainter) -> None:
    painter.setPen(pen)
    painter.drawLines(lines)


def _draw_boxes(pen: QPen, brush: QBrush | QColor, boxes: list[QRectF], painter: QPainter) -> None:
    painter.setPen(pen)
    painter.setBrush(brush)
    painter.drawRects(boxes)


def _each(paint: Callable, painter: QPainter, notes: list[NoteItem], zoom: float) -> None:
    for note in notes:
        paint(painter, note, zoom)
