"""Finding nodes: the bar that Ctrl+F opens over the drawing."""

from __future__ import annotations

from gui.canvas.find_bar import FindBar
from gui.canvas.noting import Noting


class Finding(Noting):
    """The part of a CanvasView that finds nodes, also inside blocks."""

    _find_bar: FindBar | None = None

    def open_find(self) -> None:
        """The bar to find a node; where it is open already, its text is selected."""
        if self._find_bar is None:
            self._find_bar = FindBar(self.canvas, self)
            self._find_bar.chosen.connect(self.reveal)
            self._find_bar.note_chosen.connect(self.show_note)
            self._find_bar.closed.connect(self._on_find_closed)
            self._find_bar.show()
        self._find_bar.raise_()
        self._find_bar.field.setFocus()
        self._find_bar.field.selectAll()

    def reveal(self, path: str) -> None:
        """Shows the drawing that holds the node at a path, selects it and brings it into view."""
        node = self.selection.place.reveal(path)
        if node is not None:
            self.selection.select({node})
            self.show_node(node)

    def _on_find_closed(self) -> None:
        self._find_bar = None
        self.setFocus()
