"""Wires without a mouse: chosen, drawn, put elsewhere and taken off by keys."""

from __future__ import annotations

from functools import partial

from graphcore.project.graph import NodeId
from graphcore.project.healing import detached, outer_wires
from gui.canvas.commands import Commands
from gui.canvas.fit import wire_fits
from gui.canvas.hint import Hint
from gui.canvas.telling import announce


class Joining(Commands):
    """The verbs of a CanvasView that are about wires; each is one change."""

    _hint: Hint | None = None

    def say(self, text: str) -> None:
        """A line at the foot of the canvas, which screen readers hear too; empty takes it away."""
        if self._hint is None:
            self._hint = Hint(self)
        self._hint.show_text(text, self.canvas.look.theme, self.viewport().rect())
        if text:
            announce(self, text)

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
