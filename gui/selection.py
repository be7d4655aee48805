"""What is selected on the canvas: view state, shared by canvas and panels, never in an edit."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from graphcore.project.dots import Dot
from graphcore.project.graph import NodeId, Slot
from gui.place import Place


class Selection(QObject):
    """Selected nodes, wires (by the slot they end in), notes and dots; `changed` after a change.

    All of them lie in the drawing at `place`; nothing is selected after that has moved.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.nodes: frozenset[NodeId] = frozenset()
        self.wires: frozenset[Slot] = frozenset()
        self.notes: frozenset[str] = frozenset()
        self.dots: frozenset[Dot] = frozenset()
        self.place = Place(self)
        self.place.moved.connect(lambda: self.select())

    def select(
        self, nodes: Iterable[NodeId] = (), wires: Iterable[Slot] = (),
        notes: Iterable[str] = (), dots: Iterable[Dot] = (),
    ) -> None:  # fmt: skip
        """Exactly these are selected now; of nodes only those that are still drawn there."""
        new = self.place.drawn(nodes), frozenset(wires), frozenset(notes), frozenset(dots)
        if new != (self.nodes, self.wires, self.notes, self.dots):
            self.nodes, self.wires, self.notes, self.dots = new
            self.changed.emit()

    @property
    def single(self) -> NodeId | None:
        """The node, where exactly one is selected."""
        return next(iter(self.nodes)) if len(self.nodes) == 1 else None

    @property
    def single_note(self) -> str | None:
        """The frame or sticky note, where it is all that is selected."""
        only = len(self.notes) == 1 and not (self.nodes or self.wires or self.dots)
        return next(iter(self.notes)) if only else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is selected."""
        return not (self.nodes or self.wires or self.notes or self.dots)
