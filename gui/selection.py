"""What is selected on the canvas: view state, shared by canvas and panels, never in an edit."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from graphcore.project.graph import NodeId, Slot
from gui.place import Place


class Selection(QObject):
    """Selected nodes and wires (a wire by the slot it ends in); `changed` after every change.

    All of them lie in the drawing at `place`; nothing is selected after that has moved.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nodes: frozenset[NodeId] = frozenset()
        self.wires: frozenset[Slot] = frozenset()
        self.place = Place(self)
        self.place.moved.connect(lambda: self.select())

    def select(self, nodes: Iterable[NodeId] = (), wires: Iterable[Slot] = ()) -> None:
        """Exactly these are selected now."""
        new_nodes, new_wires = frozenset(nodes), frozenset(wires)
        if (new_nodes, new_wires) != (self.nodes, self.wires):
            self.nodes, self.wires = new_nodes, new_wires
            self.changed.emit()

    @property
    def single(self) -> NodeId | None:
        """The node, where exactly one is selected."""
        return next(iter(self.nodes)) if len(self.nodes) == 1 else None
