"""Frames and sticky notes: what lies in a frame, and where one goes. Pure values.

Boxes are (left, top, width, height) in scene units; y grows downwards.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graphcore.project.edits import MISSING, Edit, Set, Together
from graphcore.project.graph import NodeId
from graphcore.project.project import Note, Project

Box = tuple[int, int, int, int]

COLORS = ("", "yellow", "green", "teal", "blue", "violet", "pink", "red")
"""What a note's `color` may be called; "" is grey. Others (`#RRGGBB`) are taken as they are."""
STICKY_COLOR = "yellow"
STICKY_SIZE = (216, 144)
SMALLEST = 48
_PAD, _TITLE = 24, 48


def new_note_id() -> str:
    """A short random id, so that notes added on two branches don't meet."""
    return secrets.token_hex(4)


def box_of(note: Note) -> Box:
    """Where a note lies."""
    return note.x, note.y, note.width, note.height


def notes_of(project: Project, definition: str) -> dict[str, Note]:
    """The frames and sticky notes of one drawing."""
    return {key: note for key, note in project.notes.items() if note.definition == definition}


def nodes_in(frame: Note, boxes: Mapping[NodeId, Box]) -> frozenset[NodeId]:
    """The nodes that lie in a frame: those the middle of whose card is inside it."""
    left, top, width, height = box_of(frame)
    return frozenset(
        node
        for node, (x, y, w, h) in boxes.items()
        if left <= x + w / 2 <= left + width and top <= y + h / 2 <= top + height
    )


def notes_in(project: Project, frame: str) -> frozenset[str]:
    """The notes that lie in a frame: smaller ones that are inside it as a whole."""
    found = project.notes[frame]
    others = notes_of(project, found.definition)
    return frozenset(key for key, note in others.items() if _is_inside(note, found))


def _is_inside(note: Note, frame: Note) -> bool:
    x, y, width, height = box_of(note)
    left, top, room, depth = box_of(frame)
    return (
        left <= x and top <= y and x + width <= left + room and y + height <= top + depth
        and (width, height) != (room, depth)
    )  # fmt: skip


def around(boxes: Iterable[Box]) -> Box | None:
    """The box of a frame around these, with room for its title; None around nothing."""
    known = list(boxes)
    if not known:
        return None
    left, top = (min(box[axis] for box in known) for axis in (0, 1))
    right, low = (max(box[axis] + box[axis + 2] for box in known) for axis in (0, 1))
    return left - _PAD, top - _TITLE, right - left + 2 * _PAD, low - top + _TITLE + _PAD


def resized(note: Note, box: Box) -> Note:
    """The note in another box, never smaller than can be taken hold of."""
    x, y, width, height = box
    return replace(note, x=x, y=y, width=max(SMALLEST, width), height=max(SMALLEST, height))


def moved_notes(project: Project, notes: Iterable[str], shift: tuple[int, int]) -> Edit:
    """These notes that far away."""
    across, down = shift
    return Together(tuple(
        Set(("notes", key), replace(note, x=note.x + across, y=note.y + down))
        for key in sorted(notes) for note in [project.notes[key]]
    ))  # fmt: skip


def without_notes(notes: Iterable[str]) -> Edit:
    """These notes gone; what lies in a frame stays."""
    return Together(tuple(Set(("notes", key), MISSING) for key in sorted(notes)))


def copied_notes(
    notes: Iterable[Note], definition: str, shift: tuple[int, int] = (0, 0)
) -> tuple[Edit, list[str]]:
    """Copies of notes in a drawing, and their new ids."""
    made = {
        new_note_id(): replace(
            note, definition=definition, x=note.x + shift[0], y=note.y + shift[1]
        )
        for note in notes
    }
    return Together(tuple(Set(("notes", key), note) for key, note in made.items())), list(made)


def recolored(project: Project, notes: Iterable[str], color: str) -> Edit:
    """These notes in another colour."""
    return Together(tuple(
        Set(("notes", key), replace(project.notes[key], color=color)) for key in sorted(notes)
    ))  # fmt: skip


def next_color(color: str) -> str:
    """The colour after this one in the palette; the first after one that is not in it."""
    at = COLORS.index(color) if color in COLORS else -1
    return COLORS[(at + 1) % len(COLORS)]
