"""The drawing from afar: hundreds of cards and wires painted from lists, not item by item."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from graphcore.parsing import no_collection
from graphcore.project.graph import NodeId
from gui.canvas.geometry import CARD_WIDTH, edges
from gui.canvas.mark_painting import paint_far_marks
from gui.canvas.note_item import paint_far_note, paint_far_title
from gui.canvas.shade_painting import write_far_figure
from gui.canvas.style import NO_PEN, TINTS, Style, tint_step

if TYPE_CHECKING:
    from gui.canvas.node_item import NodeItem
    from gui.canvas.note_item import NoteItem
    from gui.canvas.scene import CanvasScene
    from gui.canvas.wire_item import WireItem

_PLAIN_BELOW = 0.15
_PIECE, _FEW = 2000, 100
_FIGURES_FROM = 0.17
BAR = 14.0
"""How high the bar of an overlay is on a card that is seen from afar."""

Stroke = Callable[[QPainter], object]
"""Paints a piece; the painter is in scene units."""
Row = tuple[float, float, float]
"""The left edge, the top and the height of a card, all in scene units."""
BarRow = tuple[float, float, float, float]
"""The same of a bar, and how full it is."""
Line = tuple[float, float, float, float]
AnyRow = TypeVar("AnyRow", Row, BarRow, Line)
Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a drawing an Overview shows."""

    cards: list[NodeItem]
    wires: Iterable[WireItem]
    notes: list[NoteItem]


def whole(scene: CanvasScene) -> Part:
    """All of it."""
    return Part(list(scene.nodes.values()), scene.wires.values(), list(scene.notes))


def held(scene: CanvasScene) -> Part:
    """What a hand moves, with its wires."""
    wires = [scene.wires[slot] for slot in scene.slots_at(scene.held)]
    notes = [note for note in scene.notes if note.key in scene.notes.held]
    return Part([scene.nodes[node] for node in scene.held], wires, notes)


def resting(scene: CanvasScene) -> Part:
    """All but that."""
    slots = scene.slots_at(scene.held)
    cards = [card for node, card in scene.nodes.items() if node not in scene.held]
    wires = [wire for slot, wire in scene.wires.items() if slot not in slots]
    return Part(cards, wires, [note for note in scene.notes if note.key not in scene.notes.held])


class Overview:
    """What lies where in plain numbers, made again only when places change."""

    def __init__(self, scene: CanvasScene, part: Callable[[CanvasScene], Part] = whole) -> None:
        self._scene, self._part = scene, part
        self._notes: list[NoteItem] = []
        self._learned: tuple[object, ...] = ()
        self._cards: list[Row] = []
        self._by_family: dict[str, list[Row]] = {}
        self._by_step: dict[int, list[Row]] = {}
        self._wrong: list[Row] = []
        self._bars: list[BarRow] = []
        self._figured: list[NodeItem] = []
        self._marked: list[NodeItem] = []
        self._lines: list[Line] = []
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
        notes = [note for note in self._notes if note.rect.intersects(area)]
        below = sorted(notes, key=lambda note: note.zValue())
        yield lambda painter: _each(paint_far_note, painter, below, zoom)
        yield from self._wire_strokes(area)
        yield from self._card_strokes(area, zoom)
        yield lambda painter: self._paint_marks(painter, area, zoom)
        yield lambda painter: _each(paint_far_title, painter, notes, zoom)

    def _learn(self) -> None:
        scene = self._scene
        state = scene.version, scene.notes.held
        if self._learned == state:
            return
        self._learned = state
        project, nodes, wrong = scene.document.project, scene.graph.nodes, scene.wrong_nodes()
        part = self._part(scene)
        self._notes = part.notes
        items = [item for item in part.cards if item.node in nodes]
        self._cards = [(item.x(), item.y(), item.height) for item in items]
        families = (project.kind(nodes[item.node].kind).family for item in items)
        self._by_family = _grouped(families, self._cards)
        self._wrong = [
            row for item, row in zip(items, self._cards, strict=True) if item.node in wrong
        ]
        is_frozen = self._is_frozen_around()
        self._marked = [item for item in items if is_frozen or nodes[item.node].settings]
        self._learn_overlay(items)
        self._lines = []
        for wire in part.wires:
            if wire.is_open:  # its ends are shorter than a pixel
                continue
            corners = [point.toTuple() for point in wire.points]
            self._lines += [a + b for a, b in itertools.pairwise(corners)]

    def _learn_overlay(self, items: list[NodeItem]) -> None:
        found = self._scene.overlaid.figures
        self._figured = [item for item in items if item.node in found]
        steps = (tint_step(found[i.node].level) if i.node in found else 0 for i in items)
        self._by_step = _grouped(steps, self._cards)
        self._bars = [
            (i.x(), i.y() + i.height - BAR, BAR, found[i.node].level) for i in self._figured
        ]

    def _is_frozen_around(self) -> bool:
        return any("freeze" in block.settings for block in self._scene.place.blocks)

    def _wire_strokes(self, area: QRectF) -> Iterator[Stroke]:
        left, top, right, bottom = edges(area)
        seen = [
            line for line in self._lines
            if (line[0] < right or line[2] < right) and (line[0] > left or line[2] > left)
            and (line[1] < bottom or line[3] < bottom) and (line[1] > top or line[3] > top)
        ]  # fmt: skip
        pen = QPen(self._scene.look.wire)
        pen.setWidthF(0)
        for rows in _pieces(seen):
            yield partial(_draw_lines, pen, [QLineF(*line) for line in rows])

    def _card_strokes(self, area: QRectF, zoom: float) -> Iterator[Stroke]:
        style = self._scene.look
        if self._scene.overlaid.name is not None:
            yield from self._shade_strokes(area, zoom)
        else:
            if zoom > _PLAIN_BELOW:
                border = QPen(style.border)
                border.setWidthF(0)
                yield from _boxes(border, style.node, _seen(self._cards, area), _whole)
            for name, rows in self._by_family.items():
                shape = _chip if zoom > _PLAIN_BELOW else _whole
                yield from _boxes(NO_PEN, style.family(name).brush, _seen(rows, area), shape)
        ring = QPen(style.state_border("error"))
        ring.setCosmetic(True)
        yield from _boxes(ring, QBrush(Qt.BrushStyle.NoBrush), _seen(self._wrong, area), _whole)

    def _shade_strokes(self, area: QRectF, zoom: float) -> Iterator[Stroke]:
        """Cards under an overlay: tinted, with a bar, and with the figure where it can be read."""
        style, is_plain = self._scene.look, zoom <= _PLAIN_BELOW
        border = QPen(style.border)
        border.setWidthF(0)
        for step, rows in self._by_step.items():
            brush = style.tint(step / TINTS, far=is_plain)
            pen = NO_PEN if is_plain and step else border
            yield from _boxes(pen, brush, _seen(rows, area), _whole)
        if is_plain:
            return
        bars = _seen(self._bars, area)
        yield from _boxes(NO_PEN, style.track, bars, _whole)
        yield from _boxes(NO_PEN, style.overlay, [row for row in bars if row[3] > 0], _bar)
        if zoom >= _FIGURES_FROM:
            shown = [item for item in self._figured if item.rect.intersects(area)]
            for start in range(0, len(shown), _FEW):
                yield partial(_write_figures, style, shown[start : start + _FEW])

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


def _grouped(keys: Iterable[Key], rows: list[Row]) -> dict[Key, list[Row]]:
    """The rows by their keys, in the order of these."""
    found: dict[Key, list[Row]] = {}
    for key, row in zip(keys, rows, strict=True):
        found.setdefault(key, []).append(row)
    return dict(sorted(found.items()))


def _seen(rows: list[AnyRow], area: QRectF) -> list[AnyRow]:
    """Those that reach into that part of the scene."""
    left, top, right, bottom = edges(area)
    left -= CARD_WIDTH
    return [
        row for row in rows
        if left < row[0] < right and row[1] < bottom and row[1] + row[2] > top
    ]  # fmt: skip


def _pieces(rows: list[AnyRow]) -> Iterator[list[AnyRow]]:
    for start in range(0, len(rows), _PIECE):
        yield rows[start : start + _PIECE]


def _boxes(
    pen: QPen, brush: QBrush | QColor, rows: list[AnyRow], box: Callable[[AnyRow], QRectF]
) -> Iterator[Stroke]:
    for piece in _pieces(rows):
        yield partial(_draw_boxes, pen, brush, [box(row) for row in piece])


def _whole(row: Row | BarRow) -> QRectF:
    return QRectF(row[0], row[1], CARD_WIDTH, row[2])


def _chip(row: Row) -> QRectF:
    return QRectF(row[0] + 20, row[1] + row[2] / 2 - 22, 44, 44)


def _bar(row: BarRow) -> QRectF:
    return QRectF(row[0], row[1], CARD_WIDTH * row[3], row[2])


def _write_figures(style: Style, items: list[NodeItem], painter: QPainter) -> None:
    for item in items:
        if item.shade is not None:
            write_far_figure(painter, style, item.rect, item.shade)


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
