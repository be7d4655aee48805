"""What brings cards into order: aligned, spread, laid out, pinned; copies and swapped inputs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from PySide6.QtCore import QPointF

from graphcore.errors import UserError
from graphcore.project.arranging import Box, Side, Way, aligned, pinned, spread, with_pin
from graphcore.project.edits import Together
from graphcore.project.graph import NodeId, Wire
from graphcore.project.notes import copied_notes
from graphcore.project.param_edits import pasted_params
from graphcore.project.project import Point, Project
from graphcore.project.swapping import swapped
from gui.canvas import changes, clipboard
from gui.canvas.geometry import CARD_WIDTH
from gui.canvas.switching import Switching
from gui.canvas.tidying import Tidying


class Arranging(Switching):
    """The verbs of a CanvasView that are about where cards lie; each is one change."""

    def align(self, side: Side) -> None:
        """The selected cards with one side in line."""
        boxes = self.boxes(self.selection.nodes)
        if len(boxes) > 1:
            fixed = pinned(self.canvas.graph, boxes)
            self._move_to(aligned(boxes, side, fixed), self.tr("Align {} nodes").format(len(boxes)))

    def spread(self, way: Way) -> None:
        """The selected cards with equal gaps."""
        free = self.selection.nodes - pinned(self.canvas.graph, self.selection.nodes)
        if len(free) > 2:
            text = self.tr("Distribute {} nodes").format(len(free))
            self._move_to(spread(self.boxes(free), way), text)

    def arrange(self) -> None:
        """All nodes in tidy rows around those that are pinned."""
        self.tidying.ask((), self.tr("Tidy up"))

    def arrange_down(self) -> None:
        """Several selected nodes, or all, from top to bottom in columns."""
        chosen = self.selection.nodes if len(self.selection.nodes) > 1 else ()
        self.tidying.ask(chosen, self.tr("Tidy up downwards"), "down")

    def arrange_selection(self) -> None:
        """The selected nodes in tidy rows where they are; the others stay."""
        chosen = self.selection.nodes
        if chosen:
            self.tidying.ask(chosen, self.tr("Tidy up {} nodes").format(len(chosen)))

    @property
    def is_in_hand(self) -> bool:
        """Whether a gesture is under way, which a new layout would spoil."""
        raise NotImplementedError

    @cached_property
    def tidying(self) -> Tidying:
        """What lays out off the window's thread."""
        return Tidying(self)

    def stop(self) -> None:
        """End the worker; for closing."""
        self.tidying.stop()

    def boxes(self, nodes: Iterable[NodeId]) -> dict[NodeId, Box]:
        """Where these cards lie, as (left, top, width, height)."""
        items = {node: self.canvas.nodes[node] for node in nodes}
        return {
            node: (*changes.as_point(item.pos()), round(CARD_WIDTH), round(item.height))
            for node, item in items.items()
        }

    def _move_to(self, places: dict[NodeId, Point], text: str) -> None:
        now = {node: changes.as_point(self.canvas.nodes[node].pos()) for node in places}
        moving = {node: QPointF(*at) for node, at in places.items() if at != now[node]}
        if moving:
            self.do(changes.moved(self.document.project, moving, self.canvas.definition), text)

    # Pins

    @property
    def is_pinned(self) -> bool:
        """Whether all selected nodes are pinned."""
        chosen = self.selection.nodes
        return bool(chosen) and pinned(self.canvas.graph, chosen) == chosen

    def pin(self) -> None:
        """The selected nodes stay where they are when all else is laid out; or no longer."""
        if self.selection.nodes:
            text = self.tr("Unpin {}") if self.is_pinned else self.tr("Pin {}")
            edit = with_pin(self.document.project, self.selection.nodes, self.canvas.definition)
            self.do(edit, text.format(self._chosen()))

    # Wires and copies

    def swap_inputs(self) -> None:
        """The first two inputs of the selected nodes changed over."""
        project, name = self.document.project, self.canvas.definition
        try:
            edit = swapped(project, self.selection.nodes, name)
        except UserError as error:
            self.refused.emit(error)
            return
        self.do(edit, self.tr("Swap the inputs of {}").format(self._chosen()))

    def put_copy(self, shift: QPointF) -> None:
        """A copy of the selected nodes that far away, selected."""
        project, name = self.document.project, self.canvas.definition
        edit, ids, _ = changes.pasted(project, self._part(), shift, name)
        notes = [project.notes[key] for key in self.selection.notes]
        copied, keys = copied_notes(notes, name, changes.as_point(shift))
        text = self.tr("Duplicate {}").format(self._chosen()) if ids else self.tr("Duplicate note")
        if self.do(Together((edit, copied)), text):
            self.selection.select(ids, (), keys)

    def paste_wired(self) -> None:
        """What was copied, fed by what feeds the nodes that it was copied from."""
        try:
            part = clipboard.taken()
        except UserError as error:
            self.refused.emit(error)
            return
        before = self.document.history.index()
        outer = _outer_wires(self.canvas.graph.wires.values(), part)
        self._put(part, self.tr("Paste with wires"), self.mapToScene(self.cursor_spot()),
                  outer=outer)  # fmt: skip
        if not outer and self.document.history.index() > before:
            self.told.emit(self.tr("Nothing outside feeds these nodes here: no wire came along."))

    def paste_params(self) -> None:
        """The options of what was copied at the selected nodes."""
        project, where = self.document.project, self.canvas.definition
        chosen = [
            node.id for node in self.canvas.graph.ordered() if node.id in self.selection.nodes
        ]
        try:
            copied = clipboard.taken().graph
            pasted = pasted_params(project, copied, chosen, where)
        except UserError as error:
            self.refused.emit(error)
            return
        count, names = len(pasted.nodes), ", ".join(pasted.names)
        single = self.tr("Paste options onto {}").format(
            self.canvas.graph.nodes[pasted.nodes[0]].name
        )
        text = single if count == 1 else self.tr("Paste options onto {} nodes").format(count)
        if self.do(pasted.edit, text):
            self.told.emit(
                self.tr("Options taken over: {0}. Nodes changed: {1} of {2}.").format(
                    names, count, len(chosen)
                )
            )


def _outer_wires(wires: Iterable[Wire], part: Project) -> list[Wire]:
    """The wires of this drawing that lead from elsewhere to the nodes that the part copies."""
    own = part.graph.nodes
    return [wire for wire in wires if wire.target in own and wire.source not in own]
