"""The canvas for assistive technology: a list of its nodes, in the order of the graph.

The stubs of Qt don't know that an interface may answer None.
"""

from __future__ import annotations

import weakref
from collections.abc import Collection
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from graphcore.project.graph import Graph, NodeId
from gui.canvas.telling import node_words

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


def spoken_order(graph: Graph) -> list[NodeId]:
    """Nodes in the order in which they are heard: each after those that feed it."""
    first = [node.id for node in graph.ordered()]
    behind = graph.nodes.keys() - set(first)  # on a cycle, or after one
    return first + sorted(behind, key=lambda node: graph.nodes[node].order)


# Qt owns what it was given, but Python must not let go of it before Qt does.
_kept: list[CanvasAccess] = []


def _made_for(class_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks for each class of each object when assistive technology first meets it."""
    from gui.canvas.view import CanvasView

    if class_name != CanvasView.__name__ or not isinstance(thing, CanvasView):
        return None
    for access in [access for access in _kept if not shiboken6.isValid(access)]:
        access.forget(frozenset())
        _kept.remove(access)
    _kept.append(CanvasAccess(thing))
    return _kept[-1]


QAccessible.installFactory(_made_for)


class CanvasAccess(QAccessibleWidget):
    """The canvas: first its nodes, each after those that feed it, then its other parts."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view, QAccessible.Role.List)
        self._seen_by = weakref.ref(view)
        self._nodes: dict[NodeId, NodeAccess] = {}

    @property
    def _view(self) -> CanvasView:
        view = self._seen_by()
        assert view is not None  # Qt deletes this with the view
        return view

    def forget(self, drawn: Collection[NodeId]) -> None:
        """Nodes that are not drawn any more can't be asked about."""
        for node in self._nodes.keys() - set(drawn):
            access = self._nodes.pop(node)  # held by this name until Qt has let go of it
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(access))

    def childCount(self) -> int:
        return len(self._ordered()) + super().childCount()

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        order = self._ordered()
        if index < len(order):
            return self._of(order[index]) if index >= 0 else None
        return super().child(index - len(order))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if isinstance(child, NodeAccess):
            return self._ordered().index(child.node) if child.isValid() else -1
        index = super().indexOfChild(child)
        return index + len(self._ordered()) if index >= 0 else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        found = super().childAt(x, y)
        if found is not None and found.object() is not self._view.viewport():
            return found
        spot = self._view.viewport().mapFromGlobal(QPoint(x, y))
        hit = self._view.canvas.hit(self._view.mapToScene(spot), self._view.zoom)
        return self._of(hit.node) if hit.node in self._view.canvas.nodes else found

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        single = self._view.selection.single
        if self._view.hasFocus() and single in self._view.canvas.nodes:
            return self._of(single)
        return super().focusChild()

    def _of(self, node: NodeId | None) -> NodeAccess:
        assert node is not None
        if node not in self._nodes:
            self._nodes[node] = NodeAccess(self._view, node)
            QAccessible.registerAccessibleInterface(self._nodes[node])
        return self._nodes[node]

    def _ordered(self) -> list[NodeId]:
        order = self._view.spoken_order
        self.forget(order)
        return order


class NodeAccess(QAccessibleInterface):
    """One node: its name says it as the canvas does, its description adds the params."""

    def __init__(self, view: CanvasView, node: NodeId) -> None:
        super().__init__()
        self._seen_by, self.node = weakref.ref(view), node

    @property
    def _view(self) -> CanvasView:
        view = self._seen_by()
        assert view is not None
        return view

    def isValid(self) -> bool:
        view = self._seen_by()
        return view is not None and shiboken6.isValid(view) and self.node in view.canvas.nodes

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._view.window().windowHandle()

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._view)

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def text(self, wanted: QAccessible.Text) -> str:
        match wanted:
            case QAccessible.Text.Name:
                return node_words(self._view.canvas, self.node)
            case QAccessible.Text.Description:
                return self._view.canvas.nodes[self.node].face.line
        return ""

    def setText(self, wanted: QAccessible.Text, text: str) -> None:
        """A node is renamed in the inspector, by a change that can be undone."""

    def rect(self) -> QRect:
        card = self._view.canvas.nodes[self.node].rect
        seen = self._view.mapFromScene(card).boundingRect()
        return QRect(self._view.viewport().mapToGlobal(seen.topLeft()), seen.size())

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state, chosen = QAccessible.State(), self._view.selection
        state.selectable = state.focusable = True
        state.selected = self.node in chosen.nodes
        state.focused = self._view.hasFocus() and chosen.single == self.node
        in_sight = self._view.seen().intersects(self._view.canvas.nodes[self.node].rect)
        state.offscreen = not in_sight
        return state
