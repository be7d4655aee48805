"""What a hand switches at the selected nodes: bypass, mute, freeze, shared weights, turns."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from graphcore.errors import UserError
from graphcore.project.edits import MISSING, Edit, Set, Together
from graphcore.project.lending import shared
from graphcore.project.switches import Switch, is_on, switched
from gui.canvas.blocks import Blocks

# What a change is called in the history, on and off.
_CHANGES: dict[Switch, tuple[str, str]] = {
    "bypass": ("Bypass {}", "Stop bypassing {}"),
    "mute": ("Mute {}", "Unmute {}"),
    "freeze": ("Freeze {}", "Thaw {}"),
}


class Switching(Blocks):
    """The verbs of a CanvasView that are about nodes' own settings; each is one change."""

    def is_switched(self, switch: Switch) -> bool:
        """Whether all selected nodes that have such a switch have it on."""
        project, name = self.document.project, self.canvas.definition
        return is_on(project, self.selection.nodes, switch, name)

    def switch(self, switch: Switch) -> None:
        """On at all selected nodes, or off where it is on at all of them."""
        project, name = self.document.project, self.canvas.definition
        text = _CHANGES[switch][self.is_switched(switch)]
        try:
            edit = switched(project, self.selection.nodes, switch, name)
        except UserError as error:
            self.refused.emit(error)
            return
        self.do(edit, QCoreApplication.translate("switches", text).format(self._chosen()))

    def share(self) -> None:
        """The selected layers use the weights of the one that was made first."""
        try:
            edit = shared(self.document.project, self.selection.nodes, self.canvas.definition)
        except UserError as error:
            self.refused.emit(error)
            return
        self.do(edit, self.tr("Share the weights of {}").format(self._chosen()))

    def unshare(self) -> None:
        """The selected nodes have weights of their own again."""
        nodes, name = self.canvas.graph.nodes, self.canvas.definition
        edits: list[Edit] = [
            Set(("nodes", name, node, "settings", "shares"), MISSING)
            for node in sorted(self.selection.nodes)
            if nodes[node].shares
        ]
        if edits:
            self.do(Together(tuple(edits)), self.tr("Unshare {}").format(self._chosen()))

    def turn(self, by: int) -> None:
        """Shows the next or the previous turn of the innermost repeated block."""
        levels = list(enumerate(self.selection.place.levels))
        for depth, (node, turn) in reversed(levels):
            if node.repeat:
                self.selection.place.turn_to(depth, max(0, min(node.repeat - 1, turn + by)))
                return

    def _chosen(self) -> str:
        """The selected node by name, or how many there are."""
        nodes = self.selection.nodes
        if len(nodes) == 1:
            return self.canvas.graph.nodes[next(iter(nodes))].name
        return self.tr("{} nodes").format(len(nodes))
