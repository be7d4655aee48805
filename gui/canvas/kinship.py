"""Thin dashed lines between layers that share weights, for the nodes that are looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from graphcore.project.graph import NodeId
from gui.canvas.geometry import CARD_WIDTH

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

_Z = 5.0
Pair = tuple[NodeId, NodeId]


class Kinship(QGraphicsPathItem):
    """One item for all the lines; `pairs` are (user, owner) as they are shown."""

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__()
        self._scene = scene
        self.pairs: tuple[Pair, ...] = ()
        self._known: list[Pair] | None = None
        self.setZValue(_Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        scene.addItem(self)

    def show_for(self, nodes: Collection[NodeId]) -> None:
        """The lines of these nodes: to whose weights they use, and from who uses theirs."""
        cards = self._scene.nodes
        if self._known is None:
            self._known = list(self._all())
        found = [pair for pair in self._known if set(pair) & set(nodes) and set(pair) <= set(cards)]
        if not found and not self.pairs:
            return
        self.pairs = tuple(found)
        path = QPainterPath()
        for user, owner in found:
            start, end = (self._anchor(node) for node in (user, owner))
            lift = QPointF(0, -40)
            path.moveTo(start)
            path.cubicTo(start + lift, end + lift, end)
        line = QPen(QColor(self._scene.look.theme.accent), 1.25)
        line.setCosmetic(True)
        line.setDashPattern([4, 3])
        self.setPen(line)
        self.setPath(path)

    def forget(self) -> None:
        """Look again at who shares with whom: the drawing has changed."""
        self._known = None

    def _anchor(self, node: NodeId) -> QPointF:
        return self._scene.nodes[node].pos() + QPointF(CARD_WIDTH / 2, 0)

    def _all(self) -> Iterator[Pair]:
        """Every user of somebody else's weights in the drawing, with the owner."""
        graph = self._scene.graph
        for node in graph.nodes.values():
            if not node.settings:  # nearly all
                continue
            paths = [path.rpartition(".")[0] or path for path in node.ties.values()]
            for name in dict.fromkeys([node.shares, *paths]):
                owner = graph.by_name(name) if name else None
                if owner is not None and owner.id != node.id:
                    yield node.id, owner.id
