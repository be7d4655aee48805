"""Laying out off the window's thread: the newest wish wins, and an edit meanwhile drops it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation

from graphcore.project.arranging import Flow, tidied
from graphcore.project.edits import Edit
from graphcore.project.graph import NodeId
from gui import motion
from gui.tasks import Latest

if TYPE_CHECKING:
    from gui.canvas.arranging import Arranging

MOTION_MS = 140
# So many cards can be laid anew for every frame.
MOST_MOVING = 250
Places = Mapping[NodeId, QPointF]


class Tidying(QObject):
    """Asks for a layout of what a view shows, and shows it as one change when it is there."""

    def __init__(self, view: Arranging) -> None:
        super().__init__(view)
        self._view = view
        self._text, self._is_whole, self._is_asked = "", False, False
        self._held: Edit | None = None
        self._latest = Latest(0, self)
        self._latest.done.connect(self._on_done)
        self._latest.failed.connect(_raise)
        self._glide = Glide(view)
        view.document.edited.connect(self._on_edited)
        view.document.replaced.connect(self.drop)
        view.selection.place.moved.connect(self.drop)

    def ask(self, only: Iterable[NodeId], text: str, way: Flow = "right") -> None:
        """Lay out these nodes, or all, on a snapshot of the project as it is now."""
        view, chosen = self._view, frozenset(only)
        if not view.canvas.nodes:
            return
        project, name = view.document.project.copy(), view.canvas.definition
        boxes = view.boxes(view.canvas.nodes)
        size = view.viewport().size()
        room = max(1, size.width()), max(1, size.height())
        self._text, self._is_whole, self._is_asked = text, not chosen, True
        self._latest.request(lambda: tidied(project, name, boxes, room, chosen, way))

    @property
    def is_busy(self) -> bool:
        """Whether a layout is still to come, or cards are on their way."""
        return self._is_asked or self._glide.is_running

    def drop(self) -> bool:
        """Never mind: what is asked for will not be shown. Whether something was."""
        was_asked, self._is_asked, self._held = self._is_asked, False, None
        self._glide.finish()
        return was_asked

    def hold_still(self) -> None:
        """A hand takes hold of the drawing: cards that glide are where they belong."""
        self._glide.finish()

    def deliver(self) -> None:
        """The hand has let go: a layout that came meanwhile is shown."""
        edit, self._held = self._held, None
        if edit is not None and self._is_asked:
            self._show(edit)

    def cancel(self) -> bool:
        """Drop what is asked for and say so. Whether something was."""
        was_asked = self.drop()
        if was_asked:
            self._view.told.emit(self.tr("Tidying up was cancelled."))
        return was_asked

    def stop(self) -> None:
        """End the worker; for closing."""
        self.drop()
        self._latest.stop()

    def _on_edited(self, _: object) -> None:
        if self.drop():
            self._view.told.emit(self.tr("The drawing changed meanwhile, so it was not laid out."))

    def _on_done(self, edit: Edit | None) -> None:
        if not self._is_asked:
            return
        if edit is None:
            self._is_asked = False
            told = self.tr("All of it is pinned. Unpin a node (P) to let it move.")
            self._view.told.emit(told)
        elif self._view.is_in_hand:
            self._held = edit
        else:
            self._show(edit)

    def _show(self, edit: Edit) -> None:
        self._is_asked, view = False, self._view
        before = {node: item.pos() for node, item in view.canvas.nodes.items()}
        if view.do(edit, self._text):
            if self._is_whole:
                view.frame_all()
            self._glide.start(before)


class Glide(QObject):
    """Cards on their way from where they were to where the document has them by now."""

    def __init__(self, view: Arranging) -> None:
        super().__init__(view)
        self._view = view
        self._ways: dict[NodeId, tuple[QPointF, QPointF]] = {}
        self._clock = QVariantAnimation(self)
        self._clock.setDuration(MOTION_MS)
        self._clock.setStartValue(0.0)
        self._clock.setEndValue(1.0)
        self._clock.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._clock.valueChanged.connect(self._show)
        self._clock.finished.connect(self.finish)

    @property
    def is_running(self) -> bool:
        """Whether cards are on their way."""
        return bool(self._ways)

    def start(self, before: Places) -> None:
        """Begin at these places; at once at the end where motion is not wanted."""
        items = self._view.canvas.nodes
        ways = {n: (at, items[n].pos()) for n, at in before.items() if at != items[n].pos()}
        if ways and len(items) <= MOST_MOVING and not motion.is_reduced():
            self._ways = ways
            self._clock.start()

    def finish(self) -> None:
        """All cards where the document has them."""
        nodes, self._ways = self._ways.keys() & self._view.canvas.nodes.keys(), {}
        self._clock.stop()
        if nodes:
            self._view.canvas.end_preview(nodes)

    def _show(self, share: float) -> None:
        places = {node: start + (end - start) * share for node, (start, end) in self._ways.items()}
        if places:
            self._view.canvas.preview(places)


def _raise(error: Exception) -> None:
    """A mistake in a worker is a mistake of ours: the excepthook tells it."""
    raise error
