"""What can be done on the canvas without a mouse: each is one change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRectF, Signal
from PySide6.QtGui import QKeyEvent

from graphcore.errors import UserError
from graphcore.project.dots import without_dots
from graphcore.project.edits import Connect, Edit, Together
from graphcore.project.graph import NodeId, Wire
from graphcore.project.notes import box_of, copied_notes, moved_notes, notes_of, without_notes
from graphcore.project.project import Project
from gui.canvas import changes, clipboard
from gui.canvas.fit import Loose, fitting_kinds, wire_fits
from gui.canvas.geometry import CARD_WIDTH, GRID, ROW_STEP, free_place, snapped, united
from gui.canvas.landing import after, new_at
from gui.canvas.looking import Looking
from gui.canvas.search import Search
from gui.canvas.walking import Direction, neighbour
from gui.document import Document, new_gesture
from gui.library import Library
from gui.selection import Selection

_PASTE_STEP = 48.0
_SAME_LOOK = 4.0
"""So many pixels off nobody has looked elsewhere: a resize rounds."""


class Commands(Looking):
    """The verbs of a CanvasView, kept apart from how it listens.

    `node_opened` carries a node's id, `refused` the UserError of an edit that was not taken,
    `told` a sentence about one that was, `command_asked` the name of a command of the window,
    `problems_asked` the id of a node whose badge was clicked.
    """

    node_opened = Signal(object)
    refused = Signal(object)
    told = Signal(str)
    command_asked = Signal(str)
    problems_asked = Signal(object)

    document: Document
    selection: Selection
    library: Library | None = None
    _nudge: int | None = None
    _framed: tuple[QRectF, float, QPointF] | None = None
    _search: Search | None = None

    def do(self, edit: Edit, text: str, *, gesture: int = -1) -> bool:
        """Applies an edit as one change; where it is refused, `refused` says why."""
        try:
            self.document.do(edit, text, gesture=gesture)
        except UserError as error:
            self.refused.emit(error)
            return False
        return True

    # Adding

    def add_kind(
        self, kind: str, at: QPointF | None = None, *, gesture: int | None = None
    ) -> NodeId | None:
        """A new node of that kind with its middle at a point of the scene, and selected.

        On a wire it goes into the wire; without a point it takes a free place in the middle. It
        is one change with what else has the gesture.
        """
        if at is None:
            at = self.mapToScene(self.viewport().rect().center())
        return self._add(kind, at, None, gesture)

    def _add(
        self, kind: str, at: QPointF, loose: Loose | None, gesture: int | None = None
    ) -> NodeId | None:
        gesture = new_gesture() if gesture is None else gesture
        before = self.document.history.index()
        try:
            kind = self.library.fetch(kind, gesture) if self.library is not None else kind
        except UserError as error:
            self.refused.emit(error)
            return None
        edit, node = new_at(self.canvas, kind, at, loose)
        title = self.document.project.kind(kind).title
        if not self.do(edit, self.tr("Add {}").format(title), gesture=gesture):
            if self.document.history.index() > before:
                self.document.history.undo()  # definitions alone are of no use
            return None
        self.selection.select({node})
        self.show_node(node)
        return node

    def append_kind(self, kind: str) -> NodeId | None:
        """A new node of that kind, hung on the selected node."""
        single = self.selection.single
        if single is None:
            return self.add_kind(kind)
        at, loose = after(self.canvas, single)
        return self._add(kind, at, loose)

    def open_search(self, at: QPoint | None = None, loose: Loose | None = None) -> None:
        """The search for a node to add at a spot of the viewport, or at the mouse.

        With a `loose` wire it lists only what fits, and wires what is chosen.
        """
        spot = at if at is not None else self.cursor_spot()
        place = self.mapToScene(spot)
        self.close_search()
        uses: dict[str, int] = {}
        for node in self.canvas.graph.nodes.values():
            uses[node.kind] = uses.get(node.kind, 0) + 1
        can_hang = loose is None and self.selection.single is not None
        kinds = fitting_kinds(self.canvas, loose)
        search = Search(kinds, uses, self.canvas.look, self, can_hang=can_hang)

        def add(kind: str, append: bool) -> None:
            if append and loose is None:
                self.append_kind(kind)
            else:
                self._add(kind, place, loose)

        search.chosen.connect(add)
        search.closed.connect(self._on_search_closed)
        self._search = search
        room = self.rect().adjusted(8, 8, -8, -8)
        corner = spot + QPoint(8, 8)
        search.move(
            max(room.left(), min(corner.x(), room.right() - search.width())),
            max(room.top(), min(corner.y(), room.bottom() - search.height())),
        )
        search.show()
        search.raise_()
        search.field.setFocus()

    def close_search(self) -> None:
        """The search is gone."""
        if self._search is not None:
            self._search.field.clearFocus()
            self._on_search_closed()

    def _on_search_closed(self) -> None:
        self._search = None
        self.setFocus()

    # Removing, copying

    def delete_selection(self, heal: bool = True) -> None:
        """Selected nodes and wires gone; with `heal`, wires through them are joined."""
        chosen = self.selection
        if not chosen.is_empty:
            project, name = self.document.project.copy(), self.canvas.definition
            dots = without_dots(project, chosen.dots, name)
            dots.apply(project)  # a wire that heals gets the dots that are left
            edit = changes.removed(project, chosen.nodes, chosen.wires, heal=heal, definition=name,
                                   fits=partial(wire_fits, self.canvas))  # fmt: skip
            self.do(Together((dots, edit, without_notes(chosen.notes))), self._deleting_text())

    def _deleting_text(self) -> str:
        nodes, wires, notes = self.selection.nodes, self.selection.wires, self.selection.notes
        if self.selection.single_note is not None:
            return self.note_text(self.selection.single_note, "delete")
        dots = self.selection.dots
        if dots and not (nodes or wires or notes):
            return self.dots_text(len(dots), "delete")
        if notes or dots:
            count = len(nodes) + len(wires) + len(notes) + len(dots)
            return self.tr("Delete {} things").format(count)
        if len(nodes) == 1 and not wires:
            return self.tr("Delete {}").format(self.canvas.graph.nodes[next(iter(nodes))].name)
        if nodes:
            return self.tr("Delete {} nodes").format(len(nodes))
        return self.tr("Delete wire") if len(wires) == 1 else self.tr("Delete wires")

    def copy(self) -> None:
        """Selected nodes, and the wires among them, are on the clipboard as text."""
        if self.selection.nodes or self.selection.notes:
            clipboard.put(self._part())

    def cut(self) -> None:
        """Copied, then gone."""
        if self.selection.nodes or self.selection.notes:
            self.copy()
            self.delete_selection(heal=False)

    def paste(self) -> None:
        """What is on the clipboard, at a free place near the mouse, selected."""
        try:
            part = clipboard.taken()
        except UserError as error:
            self.refused.emit(error)
            return
        self._put(part, self.tr("Paste"), self.mapToScene(self.cursor_spot()))

    def duplicate(self) -> None:
        """A copy of the selected nodes and notes beside them, selected."""
        if self.selection.nodes or self.selection.notes:
            self._put(self._part(), self.tr("Duplicate"), None)

    def _part(self) -> Project:
        """The selected nodes and notes as a project of their own."""
        name, chosen = self.canvas.definition, self.selection
        return changes.part_of(self.document.project, chosen.nodes, name, chosen.notes)

    def _put(
        self, part: Project, text: str, center: QPointF | None, *, outer: Iterable[Wire] = ()
    ) -> None:
        # What leads in from outside (`outer`, by the nodes of the part) leads to the copies too.
        notes = notes_of(part, "main").values()
        whole = united([
            *(QRectF(*part.layout["main"].get(node, (0, 0)), CARD_WIDTH, ROW_STEP - 2 * GRID)
              for node in part.graph.nodes),
            *(QRectF(*box_of(note)) for note in notes),
        ])  # fmt: skip
        left, top = whole.left(), whole.top()
        box = whole.translated(_PASTE_STEP, _PASTE_STEP)
        if center is not None:
            box.moveCenter(center)
        place = free_place(box, [item.rect for item in self.canvas.nodes.values()])
        shift = place - QPointF(left, top)
        project, definition = self.document.project, self.canvas.definition
        edit, ids, renamed = changes.pasted(project, part, shift, definition)
        first = sorted(part.graph.nodes.values(), key=lambda node: node.order)
        copy_of = {node.id: copy for node, copy in zip(first, ids, strict=True)}
        wires = [replace(wire, target=copy_of[wire.target]) for wire in outer]
        copied, keys = copied_notes(notes, definition, changes.as_point(shift))
        edit = Together((edit, *(Connect(wire, definition) for wire in wires), copied))
        if self.do(edit, text):
            self.selection.select(ids, (), keys)
            items = self.canvas.notes.items
            self.bring_into_view(
                united([self.canvas.bounds(ids), *(items[key].rect for key in keys)])
            )
            if renamed:
                self.told.emit(self._renaming_text(renamed))

    def _renaming_text(self, renamed: Mapping[str, str]) -> str:
        """Why blocks are called otherwise here than where they come from."""
        pairs = ", ".join(
            self.tr("“{0}” as “{1}”").format(name, new) for name, new in renamed.items()
        )
        return self.tr(
            "This project has other blocks of the same name, so these came in under new names: {}."
        ).format(pairs)

    def select_all(self) -> None:
        """Every node and note is selected."""
        self.selection.select(self.canvas.nodes, (), self.canvas.notes.items)

    # Looking

    def frame_all(self) -> None:
        """Shows the whole drawing, and again after a resize until somebody looks elsewhere."""
        self.frame(self.canvas.drawn_bounds())
        self._framed = self._look()

    @property
    def is_whole_shown(self) -> bool:
        """Whether the whole drawing is shown, as nobody looked elsewhere since."""
        if self._framed is None:
            return False
        *framed, middle = self._framed
        *now, at = self._look()
        return framed == now and (at - middle).manhattanLength() * self.zoom < _SAME_LOOK

    def _look(self) -> tuple[QRectF, float, QPointF]:
        """What there is to see, and how it is looked at."""
        middle = self.mapToScene(self.viewport().rect().center())
        return self.canvas.drawn_bounds(), self.zoom, middle

    def frame_selection(self) -> None:
        """Shows the selected nodes and notes; all where none is."""
        items, chosen = self.canvas.notes.items, self.selection
        rects = [items[key].rect for key in chosen.notes]
        if chosen.nodes:
            rects.append(self.canvas.bounds(chosen.nodes))
        self.frame(united(rects) if rects else self.canvas.bounds())

    def show_node(self, node: NodeId) -> None:
        """Scrolls only as far as it takes to see a card."""
        rect = self.canvas.nodes[node].rect
        if not self.seen().contains(rect):
            self.ensureVisible(rect, 40, 40)

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom_by(1.25)

    def zoom_out(self) -> None:
        """One step further away."""
        self.zoom_by(1 / 1.25)

    def zoom_to_actual_size(self) -> None:
        """One scene unit a pixel."""
        self.set_zoom(1.0)

    # Moving

    def walk(self, direction: Direction) -> None:
        """Selects the next node that way; the first node where none is selected."""
        places = {node: item.rect.topLeft() for node, item in self.canvas.nodes.items()}
        single = self.selection.single
        if single is None:
            first = next(iter(self.canvas.graph.ordered()), None)
            found = first.id if first else None
        else:
            found = neighbour(self.canvas.graph, places, single, direction)
        if found is not None:
            self.selection.select({found})
            self.show_node(found)

    def nudge(self, across: int, down: int) -> None:
        """Selected nodes that many grid steps away; while the key is held it is one change.

        What lies in a selected frame comes along.
        """
        nodes, notes = self.canvas.notes.content(self.selection.notes)
        chosen, notes = self.selection.nodes | nodes, self.selection.notes | notes
        dots = self.selection.dots
        if not chosen and not notes and not dots:
            return
        self._nudge = self._nudge or new_gesture()
        shift = QPointF(across * GRID, down * GRID)
        places = {node: self.canvas.nodes[node].pos() + shift for node in chosen}
        if len(places) == 1 and not notes and not dots:
            places = {node: snapped(place) for node, place in places.items()}
        if len(dots) == 1 and not places and not notes:
            ((slot, place),) = dots
            home = self.canvas.dots.of(slot)[place]
            shift = snapped(home + shift) - home
        project = self.document.project
        edit: Edit = changes.moved(project, places, self.canvas.definition, dots, shift)
        if notes:
            edit = Together((edit, moved_notes(project, notes, changes.as_point(shift))))
        text = self.moving_notes_text() if notes else self.moving_text(len(places), len(dots))
        self.do(edit, text, gesture=self._nudge)

    def moving_notes_text(self) -> str:
        """What a move of the selected notes is called in the history."""
        single = self.selection.single_note
        if single is not None:
            return self.note_text(single, "move")
        return self.tr("Move {} things").format(len(self.selection.nodes | self.selection.notes))

    def note_text(self, key: str, deed: Literal["move", "resize", "delete"]) -> str:
        """What that deed on a frame or a note is called in the history."""
        note = self.document.project.notes[key]
        frame, sticky = {
            "move": (self.tr("Move frame {}"), self.tr("Move note")),
            "resize": (self.tr("Resize frame {}"), self.tr("Resize note")),
            "delete": (self.tr("Delete frame {}"), self.tr("Delete note")),
        }[deed]
        return frame.format(note.title).strip() if note.is_frame else sticky

    def dots_text(self, count: int, deed: Literal["move", "delete"]) -> str:
        """What that deed on so many dots of wires is called in the history."""
        one, many = {
            "move": (self.tr("Move dot"), self.tr("Move {} dots")),
            "delete": (self.tr("Take off dot"), self.tr("Take off {} dots")),
        }[deed]
        return one if count == 1 else many.format(count)

    def moving_text(self, count: int, dots: int = 0) -> str:
        """What a move of that many nodes and dots is called in the history."""
        if dots and not count:
            return self.dots_text(dots, "move")
        if dots:
            return self.tr("Move {} things").format(count + dots)
        return self.tr("Move node") if count == 1 else self.tr("Move {} nodes").format(count)

    def end_nudge(self, event: QKeyEvent) -> None:
        """The key is up: the next nudge is another change."""
        if not event.isAutoRepeat():
            self._nudge = None

    def open_node(self, node: NodeId) -> None:
        """Dives into a block; asks for the settings of any other node."""
        if self.is_block(node):
            self.selection.place.enter(node)
        else:
            self.node_opened.emit(node)

    def edit_note(self, key: str | None = None, gesture: int = -1) -> None:
        """A field over a note's words; what makes notes knows how."""
        raise NotImplementedError

    def open_selected(self) -> None:
        """Opens the selected node, or the words of the selected note."""
        if self.selection.single is not None:
            self.open_node(self.selection.single)
        elif self.selection.single_note is not None:
            self.edit_note()

    def is_block(self, node: NodeId | None) -> bool:
        """Whether a node of the shown drawing is a block."""
        found = self.canvas.graph.nodes.get(node) if node is not None else None
        return found is not None and self.document.project.kind(found.kind).role == "block"
