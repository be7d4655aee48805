"""Blocks by hand: made of a selection, named, entered, told apart and unpacked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF

from graphcore.analysis.alike import alike_by
from graphcore.errors import UserError
from graphcore.project.arranging import Box, pinned
from graphcore.project.closing import closed_up
from graphcore.project.edits import Edit, Rename, RenameDefinition, Together
from graphcore.project.folding import folded
from graphcore.project.graph import NodeId
from graphcore.project.notes import moved_notes, nodes_in, notes_of
from graphcore.project.structure import collapse, free_block_name, make_unique
from graphcore.project.unpacking import unpack
from gui.canvas import changes
from gui.canvas.commands import Commands
from gui.canvas.geometry import CARD_WIDTH, card_height
from gui.canvas.naming import NameField
from gui.document import new_gesture


class Blocks(Commands):
    """The verbs of a CanvasView that are about blocks; each is one change."""

    _naming: NameField | None = None

    def make_block(self) -> None:
        """The selected nodes as one block, whose name can be typed at once."""
        project, name = self.document.project, free_block_name(self.document.project)
        try:
            edit = collapse(project, self.selection.nodes, name, self.canvas.definition,
                            self.selection.notes)  # fmt: skip
        except UserError as error:
            self.refused.emit(error)
            return
        before, gesture = set(self.canvas.graph.nodes), new_gesture()
        if self.do(edit, self.tr("Make block {}").format(name), gesture=gesture):
            block = next(iter(set(self.canvas.graph.nodes) - before))
            self.selection.select({block})
            self.show_node(block)
            self._ask_name(block, name, gesture)

    def _ask_name(self, block: NodeId, name: str, gesture: int) -> None:
        """A field over the new card; what is typed belongs to the same change."""
        self.close_naming()
        field = self._naming = NameField(name, self.canvas.look, self)
        corner = self.mapFromScene(self.canvas.nodes[block].rect.topLeft())
        field.move(self.viewport().mapTo(self, corner) + QPoint(0, -field.sizeHint().height() - 8))

        def rename(new: str) -> None:
            if new != name and self.canvas.graph.nodes.get(block) is not None:
                self._rename(block, name, new, gesture)

        field.named.connect(rename)
        field.closed.connect(self._on_naming_closed)
        field.show()
        field.raise_()
        field.line.setFocus()
        field.line.selectAll()

    def _rename(self, block: NodeId, name: str, new: str, gesture: int) -> None:
        definition = self.canvas.definition
        short = f"{new[:1].lower()}{new[1:]}"
        short = self.canvas.graph.free_name(short if short != new else f"{new}_1")
        edits: tuple[Edit, ...] = (RenameDefinition(name, new),)
        try:
            edits = (*edits, Rename(block, short, definition))
            self.document.do(Together(edits), self.tr("Make block {}").format(new), gesture=gesture)
        except UserError as error:
            self.refused.emit(error)

    def close_naming(self) -> None:
        """The field for a name is gone; the name stays as it was."""
        if self._naming is not None:
            self._naming.close_field()

    def _on_naming_closed(self) -> None:
        self._naming = None
        self.setFocus()

    def unpack_block(self) -> None:
        """The selected block's nodes in its place, selected."""
        block = self.selection.single
        if block is None:
            return
        before, definition = set(self.canvas.graph.nodes), self.canvas.definition
        name = self.canvas.graph.nodes[block].name
        try:
            edit = unpack(self.document.project, block, definition)
        except UserError as error:
            self.refused.emit(error)
            return
        if self.do(edit, self.tr("Unpack {}").format(name)):
            self.selection.select(set(self.canvas.graph.nodes) - before)

    def fold_repeats(self) -> None:
        """What is drawn several times in a row, of the selection or of all, as repeated blocks."""
        project, name = self.document.project, self.canvas.definition
        facts = self.selection.place.facts(self.canvas.analysis).values()
        repeated = {node.id for node in self.canvas.graph.nodes.values() if node.repeat}
        try:
            edit = folded(project, name, alike_by(facts), self.selection.nodes)
        except UserError as error:
            self.refused.emit(error)
            return
        was_whole = self.is_whole_shown
        if self.do(Together((edit, self._closing(edit))), self.tr("Fold repeats")):
            if was_whole:
                self.frame_all()
            nodes = self.canvas.graph.nodes.values()
            self.selection.select(n.id for n in nodes if n.repeat and n.id not in repeated)

    def _closing(self, edit: Edit) -> Edit:
        """What closes the gaps that this edit leaves in the drawing; frames go with their nodes."""
        name, after = self.canvas.definition, self.document.project.copy()
        edit.apply(after)
        graph, width = after.definitions[name].graph, round(CARD_WIDTH)
        left = graph.nodes
        before: dict[NodeId, Box] = {
            node: (*changes.as_point(item.pos()), width, round(item.height))
            for node, item in self.canvas.nodes.items()
        }
        cards = {node: box for node, box in before.items() if node in left}
        for node in left.keys() - before.keys():
            inputs, outputs = after.ports(left[node])
            high = round(card_height(len(inputs), len(outputs)))
            cards[node] = (*after.layout[name][node], width, high)
        gone = [box for node, box in before.items() if node not in left]
        found = closed_up(cards, gone, pinned(graph, left))
        places = {node: QPointF(*at) for node, at in found.items()}
        ways = changes.shifts(after, places, name)
        frames = [
            moved_notes(after, (key,), way)
            for key, note in notes_of(after, name).items()
            if note.is_frame and (inside := nodes_in(note, cards))
            for way in [ways.get(next(iter(inside)), (0, 0))]
            if way != (0, 0) and all(ways.get(node) == way for node in inside)
        ]
        return Together((changes.moved(after, places, name), *frames))

    def make_block_unique(self) -> None:
        """The selected block with a definition of its own."""
        block = self.selection.single
        if block is None:
            return
        name = self.canvas.graph.nodes[block].name
        try:
            edit = make_unique(self.document.project, block, self.canvas.definition)
        except UserError as error:
            self.refused.emit(error)
            return
        if self.do(edit, self.tr("Make {} unique").format(name)):
            self.selection.select({block})

    def leave_block(self) -> None:
        """Climbs out of the block, which is selected then."""
        steps = self.selection.place.steps
        if steps:
            self.selection.place.leave()
            self.selection.select({steps[-1]})

    def climb_to(self, depth: int) -> None:
        """Shows the drawing that many blocks deep."""
        steps = self.selection.place.steps
        if depth < len(steps):
            self.selection.place.go(steps[:depth])
            self.selection.select({steps[depth]})

    def delete_or_leave(self) -> None:
        """Deletes what is selected; with nothing selected, climbs out of the block."""
        if not self.selection.is_empty:
            self.delete_selection()
        else:
            self.leave_block()
