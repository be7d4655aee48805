"""Frames and sticky notes by keys and menus: made, written, coloured, pulled."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtWidgets import QApplication

from graphcore.project.edits import MISSING, Set
from graphcore.project.notes import (
    STICKY_COLOR,
    STICKY_SIZE,
    around,
    box_of,
    new_note_id,
    next_color,
    recolored,
    resized,
)
from graphcore.project.project import Note
from gui.canvas import changes
from gui.canvas.arranging import Arranging
from gui.canvas.geometry import GRID, snapped
from gui.canvas.note_field import NoteField
from gui.canvas.note_geometry import HEADER
from gui.document import new_gesture


class Noting(Arranging):
    """The verbs of a CanvasView that are about frames and sticky notes."""

    _note_field: NoteField | None = None

    # Making

    def frame_nodes(self) -> None:
        """A frame around what is selected, whose title can be typed at once."""
        chosen, project = self.selection, self.document.project
        held = [box_of(project.notes[key]) for key in chosen.notes]
        box = around([*self.canvas.notes.room_of(chosen.nodes), *held])
        if box is None:
            return
        key, gesture = new_note_id(), new_gesture()
        edit = Set(("notes", key), Note(self.canvas.definition, *box))
        if self.do(edit, self.tr("Frame {} nodes").format(len(chosen.nodes)), gesture=gesture):
            self.selection.select((), (), {key})
            self.edit_note(key, gesture)

    def add_note(self, at: QPoint | None = None) -> None:
        """A field for a new sticky note at a spot of the viewport; what has no words is none."""
        corner = snapped(self.mapToScene(at if at is not None else self.cursor_spot()))
        definition, box = self.canvas.definition, QRectF(corner, QPointF(*STICKY_SIZE) + corner)

        def write(text: str) -> None:
            if text:
                key, (x, y) = new_note_id(), changes.as_point(corner)
                note = Note(definition, x, y, *STICKY_SIZE, text=text, color=STICKY_COLOR)
                if self.do(Set(("notes", key), note), self.tr("Add note")):
                    self.selection.select((), (), {key})

        self._open_field("", box, is_title=False).written.connect(write)

    # Writing

    def edit_note(self, key: str | None = None, gesture: int = -1) -> None:
        """A field over the title of a frame, or over the words of a note."""
        key = key or self.selection.single_note
        note = self.document.project.notes.get(key) if key is not None else None
        if key is None or note is None:
            return
        text, box = (note.title if note.is_frame else note.text), self.canvas.notes.items[key].rect
        field = self._open_field(text, box, is_title=note.is_frame)
        field.written.connect(lambda new: self._write(key, new, gesture))
        field.selectAll()

    def _write(self, key: str, text: str, gesture: int) -> None:
        note = self.document.project.notes.get(key)
        if note is None:
            return
        if note.is_frame:
            if text != note.title:
                name = self.tr("Name frame “{}”").format(text)
                self.do(Set(("notes", key), replace(note, title=text)), name, gesture=gesture)
        elif not text:
            self.do(Set(("notes", key), MISSING), self.tr("Delete note"))
        elif text != note.text:
            self.do(Set(("notes", key), replace(note, text=text)), self.tr("Write note"))

    def _open_field(self, text: str, box: QRectF, *, is_title: bool) -> NoteField:
        self.close_note_field()

        def where() -> tuple[QRect, float]:
            rect = self.mapFromScene(box).boundingRect()
            if is_title:
                rect.setHeight(round(HEADER * self.zoom))
            return rect.translated(self.viewport().pos()), self.zoom

        field = self._note_field = NoteField(text, where, self.canvas.look, self, is_title=is_title)
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        for signal in (self.zoomed, *(bar.valueChanged for bar in bars)):
            signal.connect(field.place)
        field.closed.connect(self._on_note_field_closed)
        field.show()
        field.raise_()
        field.setFocus()
        return field

    def close_note_field(self) -> None:
        """The field for words is gone, and they count."""
        if self._note_field is not None:
            self._note_field.finish(takes=True)

    def _on_note_field_closed(self) -> None:
        self._note_field = None
        if QApplication.focusWidget() in (None, self.viewport()):
            self.setFocus()

    # Looks and sizes

    def color_notes(self, color: str | None = None) -> None:
        """The selected notes in a colour, or in the one after theirs."""
        chosen, project = self.selection.notes, self.document.project
        if chosen:
            first = project.notes[min(chosen)].color
            wanted = next_color(first) if color is None else color
            self.do(recolored(project, chosen, wanted), self.tr("Change the colour"))

    def stretch_note(self, across: int, down: int) -> None:
        """The selected note so many grid steps wider and taller; while held it is one change."""
        key = self.selection.single_note
        if key is None:
            return
        self._nudge = self._nudge or new_gesture()
        note = self.document.project.notes[key]
        x, y, width, height = box_of(note)
        new = resized(note, (x, y, width + across * GRID, height + down * GRID))
        if new != note:
            self.do(Set(("notes", key), new), self.note_text(key, "resize"), gesture=self._nudge)

    def fit_frame(self) -> None:
        """The selected frame just around what lies in it."""
        key = self.selection.single_note
        if key is None:
            return
        project, (nodes, notes) = self.document.project, self.canvas.notes.content([key])
        held = [box_of(project.notes[other]) for other in notes]
        box = around([*self.canvas.notes.room_of(nodes), *held])
        if box is None:
            self.told.emit(self.tr("Nothing lies in this frame. Move nodes into it first."))
            return
        new = resized(project.notes[key], box)
        if new != project.notes[key]:
            self.do(Set(("notes", key), new), self.tr("Fit the frame"))

    # Going to them

    def select_framed(self) -> None:
        """What lies in the selected frames is selected too."""
        nodes, notes = self.canvas.notes.content(self.selection.notes)
        chosen = self.selection
        chosen.select(chosen.nodes | nodes, chosen.wires, chosen.notes | notes, chosen.dots)

    def next_note(self) -> None:
        """Selects the next frame or note, by rows, and brings it into view."""
        items = sorted(self.canvas.notes, key=lambda item: (item.note.y, item.note.x, item.key))
        keys = [item.key for item in items]
        now = self.selection.single_note
        if keys:
            self.show_note(keys[(keys.index(now) + 1) % len(keys) if now in keys else 0])

    def show_note(self, key: str) -> None:
        """Selects a note and brings it into view."""
        note = self.document.project.notes[key]
        self.selection.place.show(note.definition)
        self.selection.select((), (), {key})
        rect = self.canvas.notes.items[key].rect
        if not self.seen().contains(rect):
            self.ensureVisible(rect, 40, 40)
