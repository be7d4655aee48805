"""What is dropped onto the canvas: kinds from the palette, and files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from gui.canvas.commands import Commands
from gui.canvas.hits import NOTHING, Hit
from gui.canvas.landing import height_of, landing
from gui.canvas.wire_item import Ghost

KIND_MIME = "application/x-netwright-kind"


class Drops(Commands):
    """The part of a CanvasView that takes drops.

    `files_dropped` carries the Paths of one drop, and where in the scene they fell.
    """

    files_dropped = Signal(object, QPointF)

    _ghost: Ghost | None = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._accepts(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if not self._accepts(event):
            event.ignore()
            return
        event.acceptProposedAction()
        if event.mimeData().hasFormat(KIND_MIME):
            self._show_ghost(_kind_in(event), self.mapToScene(event.position().toPoint()))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_ghost()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop_ghost()
        event.acceptProposedAction()
        at = self.mapToScene(event.position().toPoint())
        if event.mimeData().hasFormat(KIND_MIME):
            self.add_kind(_kind_in(event), at)
            self.setFocus()
        else:
            self.files_dropped.emit(files_in(event), at)

    def _accepts(self, event: QDropEvent) -> bool:
        data = event.mimeData()
        return data.hasFormat(KIND_MIME) or bool(files_in(event))

    def _show_ghost(self, kind_name: str, at: QPointF) -> None:
        known = self.library or self.document.project
        kind = known.kind(kind_name)
        if self._ghost is None:
            height = height_of(self.canvas, kind)
            self._ghost = Ghost(kind.title, self.canvas.look, kind.family, height)
            self.canvas.addItem(self._ghost)
        place, wire = landing(self.canvas, kind, at)
        self._ghost.setPos(place)
        self.canvas.hover(Hit(wire=(wire.target, wire.input)) if wire else NOTHING)

    def _drop_ghost(self) -> None:
        self.canvas.hover(NOTHING)
        if self._ghost is not None:
            self.canvas.removeItem(self._ghost)
            self._ghost = None


def files_in(event: QDropEvent) -> list[Path]:
    """The files and folders of this machine in a drop."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]


def _kind_in(event: QDropEvent) -> str:
    return bytes(event.mimeData().data(KIND_MIME).data()).decode("utf-8", "replace")
