"""The scene as pictures and paper show it: in a theme, nothing selected, all of it or a part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSignalBlocker
from PySide6.QtWidgets import QGraphicsItem

from graphcore.project.graph import NodeId
from gui.canvas.dots import DotItem
from gui.canvas.hits import NOTHING
from gui.canvas.node_item import NodeItem
from gui.canvas.note_item import NoteItem
from gui.canvas.scene import CanvasScene
from gui.canvas.stubs import StubLabel
from gui.canvas.style import style_of
from gui.canvas.wire_item import WireItem
from gui.theme import Theme

MARGIN = 48.0
_NO_DRAWING = QRectF(0, 0, 480, 300)


@dataclass(frozen=True, slots=True)
class Part:
    """These nodes and notes of the shown drawing, and the wires between the nodes."""

    nodes: frozenset[NodeId]
    notes: frozenset[str] = frozenset()


@contextmanager
def posing(scene: CanvasScene, theme: Theme | None, part: Part | None) -> Iterator[QRectF]:
    """Gives the area that a picture shows; afterwards the scene is as it was before.

    Nobody sees it meanwhile, as the screen is painted in the next turn. Without a theme it is the
    one that is shown, without a part the whole drawing.
    """
    look, chosen, hovered = scene.look, scene.selection, scene.hovered
    kept = chosen.nodes, chosen.wires, chosen.notes, chosen.dots
    hidden = [item for item in scene.items() if part and not _belongs(scene, item, part)]
    hidden = [item for item in hidden if item.isVisible()]
    blocker = QSignalBlocker(chosen)
    chosen.select()
    scene.hover(NOTHING)
    scene.show_selection()
    if theme is not None:
        scene.dress(style_of(theme))
    for item in hidden:
        item.hide()
    try:
        yield _area(scene, part)
    finally:
        for item in hidden:
            item.show()
        if theme is not None:
            scene.dress(look)
        chosen.select(*kept)
        scene.show_selection()
        scene.hover(hovered)
        blocker.unblock()


def _belongs(scene: CanvasScene, item: QGraphicsItem, part: Part) -> bool:
    match item:
        case NodeItem():
            return item.node in part.nodes
        case NoteItem():
            return item.key in part.notes
        case WireItem():
            return {item.wire.source, item.wire.target} <= part.nodes
        case StubLabel():
            wire = scene.wires[item.slot].wire
            return {wire.source, wire.target} <= part.nodes
        case DotItem():
            slot = next(slot for (slot, _), dot in scene.dots.items.items() if dot is item)
            wire = scene.wires[slot].wire
            return {wire.source, wire.target} <= part.nodes
    return scene.bounds(part.nodes).intersects(item.sceneBoundingRect())


def _area(scene: CanvasScene, part: Part | None) -> QRectF:
    if part is None:
        shown = scene.drawn_bounds()
    else:
        items = [item for item in scene.items() if item.isVisible()]
        shown = QRectF()
        for item in items:
            shown = shown.united(item.sceneBoundingRect())
    return shown.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN) if not shown.isEmpty() else _NO_DRAWING
