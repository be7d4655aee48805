"""Long field wires are two labelled stubs, whole while somebody looks at them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt

from graphcore.project.edits import Rename
from graphcore.project.file import to_text
from graphcore.project.graph import Slot
from tests.gui.canvas.hand import SHIFT, Hand

K = Qt.Key


def long_wire(hand: Hand) -> Slot:
    """From the labels of the Dataset to the loss."""
    return hand.node("loss").id, "target"


def reach(hand: Hand, slot: Slot) -> float:
    """How far apart the ends of what is drawn of a wire are when its pieces are put together."""
    pieces = hand.view.canvas.wires[slot].path().toSubpathPolygons()
    return sum(piece.boundingRect().width() for piece in pieces)


def stub(hand: Hand, slot: Slot, *, at_start: bool) -> QPoint:
    label = hand.view.canvas.stubs.labels[slot][0 if at_start else 1]
    return hand.view.mapFromScene(label.rect.center())


def test_a_long_field_wire_shows_at_its_ends_only_with_what_it_leads_to(digits: Hand) -> None:
    slot = long_wire(digits)
    start, end = digits.view.canvas.stubs.labels[slot]
    assert (start.text, end.text) == ("→ loss", "label →")
    assert reach(digits, slot) < 40
    assert digits.view.canvas.stubs.labels.keys() == {slot}
    digits.document.do(Rename(digits.node("loss").id, "cost"), "Rename")
    assert start.text == "→ cost"


def test_hovering_a_stub_shows_the_whole_wire(digits: Hand) -> None:
    slot = long_wire(digits)
    digits.hover(stub(digits, slot, at_start=True))
    assert reach(digits, slot) > 1000
    digits.hover(digits.empty_spot())
    assert reach(digits, slot) < 40


def test_a_click_on_a_stub_goes_to_the_other_end(digits: Hand) -> None:
    slot = long_wire(digits)
    digits.view.set_zoom(1.0)
    digits.view.show_node(digits.node("data").id)
    assert not digits.is_seen("loss")
    digits.click(stub(digits, slot, at_start=True))
    assert digits.is_seen("loss")
    assert digits.selection.wires == {slot}
    assert reach(digits, slot) > 1000
    digits.click(stub(digits, slot, at_start=False))
    assert digits.is_seen("data")


def test_e_goes_from_end_to_end_of_the_selected_wire(digits: Hand) -> None:
    slot = long_wire(digits)
    digits.view.set_zoom(1.0)
    digits.selection.select((), {slot})
    digits.view.show_node(digits.node("data").id)
    digits.key(K.Key_E)
    assert digits.is_seen("loss")
    digits.key(K.Key_E)
    assert digits.is_seen("data")


def test_shift_w_and_the_menu_switch_a_wire_and_the_file_stays_as_it_is(digits: Hand) -> None:
    before, slot = to_text(digits.document.project), (digits.node("relu").id, "input")
    digits.click(digits.middle_of_wire("relu"))
    digits.key(K.Key_W, SHIFT)
    assert slot in digits.view.canvas.stubs.labels
    digits.selection.select()
    assert reach(digits, slot) < 40
    digits.choose(stub(digits, slot, at_start=True), "Show as two stubs")
    digits.selection.select()
    assert slot not in digits.view.canvas.stubs.labels
    assert to_text(digits.document.project) == before
    assert not digits.document.history.canUndo()


def test_the_rule_is_switched_off_for_all(digits: Hand) -> None:
    slot = long_wire(digits)
    digits.view.canvas.stubs.follow_rule(False)
    assert not digits.view.canvas.stubs.labels
    assert reach(digits, slot) > 1000
    digits.view.canvas.stubs.follow_rule(True)
    assert slot in digits.view.canvas.stubs.labels
