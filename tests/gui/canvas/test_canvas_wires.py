"""Wires are drawn, put elsewhere, taken off, healed and inserted into."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPolygonF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.canvas import wire_form
from gui.canvas.geometry import box_around, distance_to, pieces_of, wire_path
from tests.gui.canvas.hand import ALT, CTRL, LEFT, NO, Hand

K = Qt.Key


def test_drag_from_output_to_input_connects(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.drag(branches.output("add"), branches.input("relu"))
    assert "add.output > relu.input" in branches.wires()
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_drag_backwards_connects_too(branches: Hand) -> None:
    branches.drag(branches.input("relu"), branches.output("add"))
    assert "add.output > relu.input" in branches.wires()


def test_the_wire_snaps_to_the_nearest_port_that_fits(branches: Hand) -> None:
    branches.drag(branches.output("add"), branches.input("relu") + QPoint(-12, 10))
    assert "add.output > relu.input" in branches.wires()


def test_dropped_on_a_card_it_takes_the_free_port(branches: Hand) -> None:
    branches.drag(branches.output("x"), branches.at("add"))
    assert "x.output > add.tensors.2" in branches.wires()


def test_a_variadic_node_grows_a_slot(branches: Hand) -> None:
    slots = branches.view.canvas.nodes[branches.node("add").id].inputs
    assert slots == ("tensors.0", "tensors.1", "tensors.2")
    branches.drag(branches.output("x"), branches.input("add", "tensors.2"))
    assert branches.view.canvas.nodes[branches.node("add").id].inputs[-1] == "tensors.3"


def test_a_wire_that_would_close_a_circle_does_not_fit(branches: Hand) -> None:
    branches.drag(branches.output("add"), branches.input("shortcut"))
    assert branches.document.history.count() == 0
    assert "x.output > shortcut.input" in branches.wires()


def test_an_integer_does_not_fit_where_a_float_is_needed(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    digits.drag(digits.output("data", "label"), digits.input("loss", "input"))
    assert "data.label > loss.input" not in digits.wires()
    assert "head.output > loss.input" in digits.wires()


def test_a_dimmed_port_says_why_it_does_not_fit(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    start = digits.output("data", "label")
    digits.drag(start, digits.input("loss", "input"), release=False)
    assert digits.view.said == (
        "“loss.input” doesn't fit: it takes decimal numbers, and “data” gives int64[B]."
    )
    digits.hover(digits.empty_spot())
    assert digits.view.said == ""
    digits.key(K.Key_Escape)
    QTest.mouseRelease(digits.view.viewport(), LEFT, NO, digits.empty_spot())


def test_a_port_that_would_close_a_circle_says_so(branches: Hand) -> None:
    branches.drag(branches.output("add"), branches.input("shortcut"), release=False)
    assert branches.view.said == "A wire from “add” to “shortcut” would close a circle."
    branches.key(K.Key_Escape)
    assert branches.view.said == ""
    QTest.mouseRelease(branches.view.viewport(), LEFT, NO, branches.empty_spot())


def test_an_output_over_an_output_says_where_wires_lead(branches: Hand) -> None:
    branches.drag(branches.output("add"), branches.output("conv"), release=False)
    assert "from an output (at right) to an input (at left)" in branches.view.said
    branches.key(K.Key_Escape)
    QTest.mouseRelease(branches.view.viewport(), LEFT, NO, branches.empty_spot())


def test_ports_that_do_not_fit_are_dimmed_during_a_drag(branches: Hand) -> None:
    branches.drag(branches.output("add"), branches.input("relu"), release=False)
    cards = branches.view.canvas.nodes
    assert cards[branches.node("conv").id].fitting == frozenset()
    assert cards[branches.node("relu").id].fitting == {("input", False)}
    branches.key(K.Key_Escape)
    assert cards[branches.node("conv").id].fitting is None
    assert branches.document.history.count() == 0


def test_drag_a_wires_end_to_another_port(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.drag(branches.input("shortcut"), branches.input("relu"))
    assert "x.output > relu.input" in branches.wires()
    assert "x.output > shortcut.input" not in branches.wires()
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_drag_a_wires_end_into_empty_space_detaches(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.drag(branches.input("shortcut"), branches.empty_spot())
    assert "x.output > shortcut.input" not in branches.wires()
    assert len(branches.wires()) == 3
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_a_wire_dropped_where_it_was_changes_nothing(branches: Hand) -> None:
    spot = branches.input("shortcut")
    branches.drag(spot, spot + QPoint(5, 4))
    assert branches.document.history.count() == 0
    assert len(branches.wires()) == 4


def test_a_click_on_a_wire_selects_it_and_delete_takes_it(branches: Hand) -> None:
    branches.click(branches.middle_of_wire("conv"))
    assert branches.selection.wires == {(branches.node("conv").id, "input")}
    branches.key(K.Key_Delete)
    assert "x.output > conv.input" not in branches.wires()


def test_delete_heals_the_wire(digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.click(digits.at("relu"))
    digits.key(K.Key_Delete)
    assert "relu" not in digits.names()
    assert "conv.output > pool.input" in digits.wires()
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_delete_of_a_run_heals_across_it(digits: Hand) -> None:
    digits.click(digits.at("relu"))
    digits.click(digits.at("pool"), CTRL)
    digits.key(K.Key_Delete)
    assert "conv.output > flatten.input" in digits.wires()


def test_control_delete_does_not_heal(digits: Hand) -> None:
    digits.click(digits.at("relu"))
    digits.key(K.Key_Delete, CTRL)
    assert "conv.output > pool.input" not in digits.wires()
    assert "relu" not in digits.names()


def test_what_has_two_inputs_does_not_heal(branches: Hand) -> None:
    branches.drag(branches.output("add"), branches.input("relu"))
    branches.click(branches.at("add"))
    branches.key(K.Key_Delete)
    assert not any("relu" in wire for wire in branches.wires())


def test_a_lone_node_dropped_on_a_wire_goes_into_it(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.drag(branches.at("relu"), branches.middle_of_wire("add", "tensors.1"))
    assert {"shortcut.output > relu.input", "relu.output > add.tensors.1"} <= branches.wires()
    branches.undo_and_redo_hold(before, branches.document.project.copy())


@pytest.mark.parametrize(("kind", "name", "is_lit"),
                         [("nn.GELU", "gelu", True), ("io.Output", "output", False)])  # fmt: skip
def test_only_a_wire_that_takes_the_carried_node_is_lit(
    branches: Hand, kind: str, name: str, is_lit: bool
) -> None:
    branches.view.add_kind(kind, QPointF(264, 400))
    before, add = branches.wires(), branches.node("add").id
    spot = branches.middle_of_wire("add", "tensors.1")
    branches.drag(branches.at(name), spot, release=False)
    assert branches.view.canvas.hovered.wire == ((add, "tensors.1") if is_lit else None)
    QTest.mouseRelease(branches.view.viewport(), LEFT, NO, spot)
    assert (branches.wires() != before) == is_lit


def test_alt_keeps_a_dropped_node_out_of_the_wire(branches: Hand) -> None:
    branches.drag(branches.at("relu"), branches.middle_of_wire("add", "tensors.1"), ALT)
    assert not any("relu" in wire for wire in branches.wires())


def test_hovering_a_wire_says_its_type(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    assert "float32[B, 16, 8, 8]" in digits.tooltip_at(digits.middle_of_wire("relu"))


def test_undo_in_the_middle_of_a_wire_ends_the_drag(branches: Hand) -> None:
    """What the hand holds may be gone: letting go connects nothing and breaks nothing."""
    branches.view.add_kind("nn.ReLU", QPointF(600, 400))
    before = branches.wires()
    branches.drag(branches.output("relu2"), branches.input("relu"), release=False)
    branches.document.history.undo()
    QTest.mouseMove(branches.view.viewport(), branches.input("add", "tensors.0"))
    QTest.mouseRelease(branches.view.viewport(), LEFT, NO, branches.input("relu"))
    assert branches.wires() == before
    assert "relu2" not in branches.names()


@pytest.mark.parametrize("points", [
    [(0, 0), (60, 200)], [(0, 0), (900, -400)], [(0, 0), (40, 0), (40, 90), (-300, 90), (-300, 9)],
])  # fmt: skip
def test_straight_pieces_run_where_the_wire_runs(points: list[tuple[float, float]]) -> None:
    path = wire_path([QPointF(*point) for point in points])
    pieces = pieces_of(path)
    assert all(a.p2() == b.p1() for a, b in itertools.pairwise(pieces))
    assert (pieces[0].p1(), pieces[-1].p2()) == (path.pointAtPercent(0), path.pointAtPercent(1))
    line = QPolygonF([pieces[0].p1(), *(piece.p2() for piece in pieces)])
    assert max(distance_to(line, path.pointAtPercent(n / 200)) for n in range(201)) < 0.6


@pytest.mark.parametrize("points", [
    [(0, 0), (60, 200)], [(0, 0), (16, 3)], [(0, 0), (900, -400)], [(7, 5), (7, 5)],
    [(9, 0), (0, 2)],
    [(0, 0), (40, 0), (40, 90), (-300, 90), (-300, 9)],
])  # fmt: skip
def test_a_wire_is_drawn_within_its_box(points: list[tuple[float, float]]) -> None:
    corners = [QPointF(*point) for point in points]
    box, path = box_around(points, 0.01), wire_path(corners)
    assert all(box.contains(path.pointAtPercent(n / 200)) for n in range(201))


def test_a_wire_goes_along_with_both_its_ends_as_it_is(
    branches: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {branches.node("conv").id, branches.node("add").id}
    item = branches.view.canvas.wires[branches.node("add").id, "tensors.0"]
    before = branches.view.canvas.nodes[branches.node("conv").id].pos()
    path = item.path()
    made: list[QPointF] = []
    monkeypatch.setattr(wire_form, "wire_path", lambda way: made.append(way[-1]) or wire_path(way))
    branches.selection.select(chosen)
    branches.drag(branches.at("conv"), branches.at("conv") + QPoint(-70, 150))
    way = branches.view.canvas.nodes[branches.node("conv").id].pos() - before
    assert not way.isNull()
    assert item.path() == path.translated(way)
    assert item.path().pointAtPercent(0) == item.points[0]
    assert item.distance(item.middle) < 1
    assert item.distance(item.middle - way) > 20
    assert path.pointAtPercent(1) - path.pointAtPercent(0) not in made


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0])
def test_a_wire_is_seen_from_near_and_far(branches: Hand, zoom: float) -> None:
    """In pieces from afar, as a curve from nearby: half way along it there is no paper."""
    branches.view.set_zoom(zoom)
    slot = next(iter(branches.view.canvas.wires))
    branches.view.look_at(branches.view.canvas.wires[slot].middle)
    spot = branches.view.point_of_wire(slot)
    shown = branches.picture().pixelColor(spot)
    branches.view.canvas.wires[slot].hide()
    assert shown != branches.picture().pixelColor(spot)
