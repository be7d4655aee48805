"""Wires without a mouse: chosen, drawn, put elsewhere and taken off by keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent

from graphcore.project.edits import Connect, Together
from graphcore.project.graph import NodeId, Wire
from graphcore.project.healing import detached, outer_wires
from gui.canvas import changes
from gui.canvas.commands import Commands
from gui.canvas.fit import wire_fits
from gui.canvas.hint import Hint
from gui.canvas.key_wire import KeyWire, ports_at
from gui.voice import announce

_BRIEFLY_MS = 4000


class Joining(Commands):
    """The verbs of a CanvasView that are about wires; each is one change."""

    _hint: Hint | None = None
    _key_wire: KeyWire | None = None

    def say(self, text: str, *, aloud: bool = True) -> None:
        """A line at the foot of the canvas; empty takes it away. Aloud, screen readers hear it."""
        if self._hint is None:
            self._hint = Hint(self)
        others = [part.geometry() for part in (self.minimap, self.legend) if part.isVisible()]
        self._hint.show_text(text, self.canvas.look.theme, self.viewport().rect(), others)
        if text and aloud:
            announce(self, text)

    def say_briefly(self, text: str) -> None:
        """A line at the foot of the canvas that goes by itself, unless another took its place."""
        self.say(text)
        QTimer.singleShot(_BRIEFLY_MS, self, lambda: self.say("") if self.said == text else None)

    @property
    def said(self) -> str:
        """The line at the foot of the canvas; empty while there is none."""
        return self._hint.text() if self._hint is not None and self._hint.isVisible() else ""

    def detach(self) -> None:
        """The selected nodes off their wires to others, which are joined; one change."""
        canvas, chosen = self.canvas, self.selection.nodes
        if outer_wires(canvas.graph, chosen):
            edit = detached(self.document.project, chosen, canvas.definition,
                            partial(wire_fits, canvas))  # fmt: skip
            self.do(edit, self.detaching_text(chosen))

    def detaching_text(self, nodes: frozenset[NodeId]) -> str:
        """What taking nodes off their wires is called in the history."""
        if len(nodes) == 1:
            return self.tr("Detach {}").format(self.canvas.graph.nodes[next(iter(nodes))].name)
        return self.tr("Detach {} nodes").format(len(nodes))

    def start_wire(self) -> None:
        """A wire from the selected nodes, led by arrows until Enter or Escape; opens a note."""
        self.end_wire()
        if not self.selection.nodes:
            self.open_selected()
        nodes, cards = self.selection.nodes, self.canvas.nodes
        found = [cards[node] for node in nodes if cards[node].outputs or cards[node].inputs]
        if found:
            first = min(found, key=lambda card: (not card.outputs, card.y(), card.x()))
            self._key_wire = KeyWire(self, ports_at(self, first.node))  # type: ignore[arg-type]

    def hears_wire(self, event: QKeyEvent) -> bool:
        """Whether a key was for the wire that is being drawn by keys."""
        return self._key_wire is not None and self._key_wire.hear(event)

    @property
    def is_wiring(self) -> bool:
        """Whether a wire is being drawn by keys."""
        return self._key_wire is not None

    def end_wire(self, wires: Sequence[Wire] = (), old: Wire | None = None) -> None:
        """No wire is drawn by keys any more; these are made, and where they go is selected.

        `old` is the wire that was pulled off to make one.
        """
        if self._key_wire is None:
            return
        drawn, self._key_wire = self._key_wire, None
        self.say("")
        drawn.end()
        if old is not None and wires:
            if self.connect_wire(wires[0], old):
                self.selection.select((), {(wires[0].target, wires[0].input)})
        elif wires and self.connect_all(wires):
            self.selection.select({wires[0].target})

    def connect_wire(self, wire: Wire, old: Wire | None = None) -> bool:
        """A wire, where `old` is the one that was pulled off to make it; one change."""
        canvas = self.canvas
        if canvas.graph.wires.get((wire.target, wire.input)) == wire:
            return False
        edit = changes.connected(self.document.project, wire, old, canvas.definition)
        names = [canvas.graph.nodes[node].name for node in (wire.source, wire.target)]
        return self.do(edit, self.tr("Connect {} to {}").format(*names))

    def connect_all(self, wires: Sequence[Wire]) -> bool:
        """These wires, as one change."""
        graph, name = self.canvas.graph, self.canvas.definition
        new = [wire for wire in wires if graph.wires.get((wire.target, wire.input)) != wire]
        if not new:
            return False
        source, target = (graph.nodes[node].name for node in (new[0].source, new[0].target))
        text = self.tr("Connect {} to {}").format(source, target)
        if len(new) > 1:
            text = self.tr("Connect {} nodes to {}").format(len(new), target)
        return self.do(Together(tuple(Connect(wire, name) for wire in new)), text)
