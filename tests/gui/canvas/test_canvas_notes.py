"""Frames and sticky notes on the canvas, by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListWidget

from graphcore.project.edits import Set
from graphcore.project.project import Note
from tests.gui.canvas.hand import ALT, CTRL, SHIFT, Hand

K = Qt.Key


def framed(hand: Hand, *names: str, title: str = "Encoder") -> str:
    """A frame around these nodes, made with keys; its id."""
    hand.selection.select({hand.node(name).id for name in names})
    hand.key(K.Key_J, CTRL)
    hand.type(title)
    hand.key(K.Key_Return)
    return next(iter(hand.selection.notes))


def note_of(hand: Hand, key: str) -> Note:
    return hand.document.project.notes[key]


def test_ctrl_j_frames_the_selection_and_asks_for_a_title_as_one_change(digits: Hand) -> None:
    key = framed(digits, "conv", "relu")
    assert note_of(digits, key).title == "Encoder"
    assert note_of(digits, key).is_frame
    nodes, _ = digits.view.canvas.notes.content([key])
    assert nodes == {digits.node("conv").id, digits.node("relu").id}
    assert digits.document.history.count() == 1
    digits.document.history.undo()
    assert not digits.document.project.notes
    assert not digits.view.canvas.notes.items


def test_a_frame_has_room_for_wires_that_loop_back_around_its_cards(digits: Hand) -> None:
    """And fitting it to what lies in it keeps that room."""
    x, y = digits.place("conv")
    digits.document.do(Set(("layout", "main", digits.node("relu").id), (x - 24, y + 240)), "Move")
    key = framed(digits, "conv", "relu")
    loop = digits.view.canvas.wires[digits.node("relu").id, "input"].sceneBoundingRect()
    for shown in ("made", "fitted"):
        assert digits.view.canvas.notes.items[key].rect.contains(loop.adjusted(-4, -4, 4, 4)), shown
        digits.key(K.Key_J, CTRL | SHIFT)


@pytest.mark.parametrize(("modifier", "moves"), [(Qt.KeyboardModifier.NoModifier, True),
                                                 (ALT, False)])  # fmt: skip
def test_a_dragged_frame_takes_what_lies_in_it_along_and_alt_leaves_it(
    digits: Hand, modifier: Qt.KeyboardModifier, *, moves: bool
) -> None:
    key = framed(digits, "conv", "relu")
    conv, pool, before = digits.place("conv"), digits.place("pool"), digits.document.project.copy()
    x, y = note_of(digits, key).x, note_of(digits, key).y
    start = digits.view.point_of_note(key)
    digits.drag(start, start + QPoint(0, 120), modifier)
    assert (note_of(digits, key).x, note_of(digits, key).y > y) == (x, True)
    assert (digits.place("conv") != conv) == moves
    assert digits.place("pool") == pool
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_an_edge_is_pulled_and_keys_do_the_same(digits: Hand) -> None:
    key = framed(digits, "conv")
    width, height = note_of(digits, key).width, note_of(digits, key).height
    start = digits.view.point_of_edge(key, "bottom right")
    digits.drag(start, start + QPoint(60, 60))
    assert note_of(digits, key).width > width
    assert note_of(digits, key).height > height
    wide = note_of(digits, key).width
    digits.key(K.Key_Right, SHIFT)
    digits.key(K.Key_Left, SHIFT)
    assert note_of(digits, key).width == wide
    digits.key(K.Key_J, CTRL | SHIFT)
    assert (note_of(digits, key).width, note_of(digits, key).height) == (width, height)


def test_n_writes_a_note_and_without_words_there_is_none(digits: Hand) -> None:
    digits.key(K.Key_N)
    digits.key(K.Key_Escape)
    assert digits.document.history.count() == 0
    digits.key(K.Key_N)
    digits.type("Why so deep?")
    digits.key(K.Key_Return, CTRL)
    (key,) = digits.document.project.notes
    assert note_of(digits, key).text == "Why so deep?"
    assert digits.selection.single_note == key
    digits.double_click(digits.view.point_of_note(key))
    digits.type("Because")
    digits.click(digits.empty_spot())
    assert note_of(digits, key).text == "Because"
    assert "Because" in digits.view.accessibleDescription() or not digits.selection.notes


def test_escape_keeps_what_was_written_in_a_note(digits: Hand) -> None:
    digits.key(K.Key_N)
    digits.type("Mind the shape")
    digits.key(K.Key_Escape)
    (key,) = digits.document.project.notes
    assert note_of(digits, key).text == "Mind the shape"


def test_notes_are_copied_pasted_duplicated_nudged_colored_and_deleted(digits: Hand) -> None:
    key = framed(digits, "conv")
    color, conv = note_of(digits, key).color, digits.place("conv")
    digits.key(K.Key_C, SHIFT)
    assert note_of(digits, key).color != color
    digits.key(K.Key_Down, CTRL)
    assert digits.place("conv") == (conv[0], conv[1] + 24)
    digits.key(K.Key_D, CTRL)
    digits.key(K.Key_C, CTRL)
    digits.key(K.Key_V, CTRL)
    assert len(digits.document.project.notes) == 3
    assert len(digits.selection.notes) == 1
    digits.key(K.Key_A, CTRL)
    assert digits.selection.notes == digits.document.project.notes.keys()
    digits.selection.select((), (), {key})
    digits.key(K.Key_Delete)
    assert key not in digits.document.project.notes
    assert "conv" in digits.names()


def test_ctrl_f_finds_titles_and_texts(digits: Hand) -> None:
    key = framed(digits, "conv")
    digits.selection.select()
    digits.key(K.Key_F, CTRL)
    digits.type("encod")
    rows = digits.view.findChild(QListWidget)
    assert rows is not None
    assert "Encoder" in rows.item(0).text()
    digits.key(K.Key_Return)
    assert digits.selection.single_note == key


def test_shift_n_walks_through_notes_and_says_what_lies_in_them(digits: Hand) -> None:
    framed(digits, "conv")
    framed(digits, "pool", title="Head")
    digits.selection.select()
    said = set()
    for _ in range(2):
        digits.key(K.Key_N, SHIFT)
        said.add(digits.view.accessibleDescription())
    assert said == {"Frame Encoder, around conv", "Frame Head, around pool"}


def test_a_rubber_band_takes_a_frame_that_it_holds_as_a_whole(digits: Hand) -> None:
    key = framed(digits, "conv", "relu")
    digits.selection.select()
    corner = digits.view.point_of_edge(key, "top left") - QPoint(14, 14)
    digits.drag(corner, digits.view.point_of_edge(key, "bottom right") + QPoint(14, 14))
    assert digits.selection.notes == {key}
    digits.selection.select()
    digits.drag(corner, digits.at("conv"))
    assert not digits.selection.notes


@pytest.mark.parametrize("zoom", [0.06, 0.2, 0.5, 1.0, 3.0])
def test_notes_paint_at_every_zoom_and_change_the_picture(digits: Hand, zoom: float) -> None:
    digits.view.set_zoom(zoom)
    before, picture = digits.picture(), digits.view.to_image(0.2)
    frame = Note("main", 0, -100, 900, 400, title="Encoder", color="blue")
    digits.document.do(Set(("notes", "a"), frame), "Frame")
    digits.document.do(Set(("notes", "b"), Note("main", 0, 300, 200, 100, text="Hi")), "Note")
    assert digits.picture() != before
    assert digits.view.to_image(0.2) != picture


def test_a_frame_in_a_block_stays_in_it(digits: Hand) -> None:
    key = framed(digits, "conv", "relu")
    digits.selection.select({digits.node("conv").id, digits.node("relu").id}, (), {key})
    digits.key(K.Key_G, CTRL)
    digits.key(K.Key_Return)
    assert not digits.view.canvas.notes.items
    digits.view.open_selected()
    assert digits.view.canvas.notes.items.keys() == {key}
