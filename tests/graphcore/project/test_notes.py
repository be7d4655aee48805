"""Frames and sticky notes: what lies in them, and how they follow blocks."""

from __future__ import annotations

import pytest

from graphcore.errors import UserError
from graphcore.project.definitions import Definition
from graphcore.project.edits import (
    MISSING,
    AddDefinition,
    RemoveDefinition,
    Set,
    Together,
    touched_definitions,
    touched_nodes,
)
from graphcore.project.file import parse, to_text
from graphcore.project.graph import NodeId
from graphcore.project.notes import (
    COLORS,
    around,
    copied_notes,
    moved_notes,
    next_color,
    nodes_in,
    notes_in,
    recolored,
    resized,
    without_notes,
)
from graphcore.project.project import Note, Project
from graphcore.project.structure import collapse, make_unique
from graphcore.project.unpacking import unpack
from tests.build import digits_cnn

FRAME = Note("main", 0, 0, 600, 300, title="Encoder")


def project_with(**notes: Note) -> Project:
    project = digits_cnn()
    for key, note in notes.items():
        Set(("notes", key), note).apply(project)
    return project


def test_a_node_lies_in_a_frame_when_its_middle_does() -> None:
    boxes = {
        NodeId("in"): (100, 100, 190, 84), NodeId("half"): (-94, 0, 190, 84),
        NodeId("out"): (-96, 0, 190, 84), NodeId("below"): (0, 259, 190, 84),
    }  # fmt: skip
    assert nodes_in(FRAME, boxes) == {"in", "half"}


def test_a_note_lies_in_a_frame_when_all_of_it_does() -> None:
    inner, outside = Note("main", 10, 10, 100, 100, text="Hello"), Note("main", 550, 10, 100, 100)
    project = project_with(a=FRAME, b=inner, c=outside, d=FRAME)
    assert notes_in(project, "a") == {"b"}  # neither itself nor one of the same size
    assert notes_in(project, "b") == frozenset()


def test_a_frame_goes_around_cards_with_room_for_its_title() -> None:
    box = around([(0, 0, 190, 84), (264, 144, 190, 84)])
    assert box is not None
    left, top, width, height = box
    assert left < 0
    assert top < -24
    assert left + width > 454
    assert top + height > 228
    assert around([]) is None


def test_a_note_stays_large_enough_to_hold() -> None:
    assert resized(FRAME, (5, 6, 1, -40)).width == resized(FRAME, (5, 6, 1, -40)).height > 20


def test_what_has_no_text_is_a_frame() -> None:
    assert FRAME.is_frame
    assert not Note("main", 0, 0, 9, 9, title="Head", text="Words").is_frame


def test_moved_recolored_copied_and_gone_can_be_taken_back() -> None:
    project = project_with(a=FRAME)
    before = project.copy()
    edits = (
        moved_notes(project, ["a"], (24, -24)), recolored(project, ["a"], "blue"),
        copied_notes([FRAME], "main", (48, 48))[0], without_notes(["a"]),
    )  # fmt: skip
    for edit in edits:
        back = edit.apply(project)
        assert project != before
        back.apply(project)
        assert project == before
    assert {next_color(color) for color in COLORS} == set(COLORS)
    assert next_color("#123456") == ""


def test_an_edit_of_a_note_touches_no_node_and_names_its_drawing() -> None:
    assert touched_nodes(Set(("notes", "a"), FRAME)) == set()
    assert touched_definitions(Set(("notes", "a"), FRAME)) == {"main"}
    assert touched_definitions(Set(("notes", "a"), MISSING)) == set()


def test_a_note_in_no_drawing_is_refused() -> None:
    project = project_with()
    with pytest.raises(UserError, match="no definition"):
        Set(("notes", "a"), Note("Gone", 0, 0, 9, 9)).apply(project)
    assert not project.notes


def test_notes_of_a_block_go_with_it_and_come_back() -> None:
    project = project_with()
    AddDefinition("Stage", Definition()).apply(project)
    Set(("notes", "a"), Note("Stage", 0, 0, 99, 99)).apply(project)
    before = project.copy()
    back = RemoveDefinition("Stage").apply(project)
    assert not project.notes
    parse(to_text(project))  # a note without a drawing could not be opened
    back.apply(project)
    assert project == before


def test_notes_follow_into_a_block_and_out_again() -> None:
    project = project_with(a=FRAME)
    collapse(project, [NodeId("conv"), NodeId("relu")], "Stage", notes=["a"]).apply(project)
    assert project.notes["a"].definition == "Stage"
    block = next(n.id for n in project.graph.nodes.values() if n.kind == "block.Stage")
    unique = make_unique(project, block)
    back = unique.apply(project)
    assert {note.definition for note in project.notes.values()} == {"Stage", "Stage2"}
    back.apply(project)
    unpack(project, block).apply(project)
    assert sorted(note.definition for note in project.notes.values()) == ["Stage", "main"]


def test_together_with_a_wrong_one_nothing_changes() -> None:
    project = project_with(a=FRAME)
    before = project.copy()
    with pytest.raises(UserError):
        Together((without_notes(["a"]), Set(("notes", "b"), Note("x", 0, 0, 9, 9)))).apply(project)
    assert project == before
