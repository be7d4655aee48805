"""Which wires a person draws as two stubs or whole, remembered by file: looks, not the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class DrawnWires(QObject):
    """Brings a window's wires back as they were drawn when the file was open last."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._document, self._preferences = window.document, window.preferences
        self._scene = window.canvas.canvas
        self._scene.stubs_switched.connect(self._remember)
        window.document.replaced.connect(self._recall)
        window.document.saved_as.connect(self._remember)

    def _recall(self) -> None:
        path = self._document.path
        self._scene.stubs.choose(self._preferences.drawn_wires(path) if path else {})

    def _remember(self) -> None:
        path, project = self._document.path, self._document.project
        if path is not None:
            self._preferences.remember_drawn_wires(path, {
                (name, slot): is_stub
                for (name, slot), is_stub in self._scene.stubs.chosen.items()
                if name in project.definitions and slot in project.definitions[name].graph.wires
            })  # fmt: skip
