"""Dots on wires to route them: put there, moved, selected and taken off, by mouse and by keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from graphcore.project.writing import to_text
from tests.gui.canvas.hand import ALT, CTRL, LEFT, NO, SHIFT, Hand

K = Qt.Key


def dots(hand: Hand, name: str = "relu") -> tuple[tuple[int, int], ...]:
    """The dots of the wire into that node, in order."""
    return hand.document.project.dots["main"].get(f"{hand.node(name).id}.input", ())


def dot(hand: Hand, place: int = 0, name: str = "relu") -> QPoint:
    """Where a dot is in the window."""
    x, y = dots(hand, name)[place]
    return hand.view.mapFromScene(x, y)


def put(hand: Hand, name: str = "relu") -> None:
    hand.double_click(hand.middle_of_wire(name))


def test_dots_on_wires_a_double_click_puts_one_there(digits: Hand) -> None:
    before, spot = digits.document.project.copy(), digits.middle_of_wire("relu")
    put(digits)
    assert (dot(digits) - spot).manhattanLength() <= 3
    assert digits.history_text() == "Put a dot on the wire"
    assert len(digits.selection.dots) == 1
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_dots_on_wires_alt_click_puts_one_and_alt_drag_leads_it(digits: Hand) -> None:
    digits.click(digits.middle_of_wire("relu"), ALT)
    assert len(dots(digits)) == 1
    spot = digits.middle_of_wire("pool")
    digits.drag(spot, spot + QPoint(0, 50), ALT)
    assert (dot(digits, name="pool") - spot - QPoint(0, 50)).manhattanLength() <= 3
    assert digits.document.history.count() == 2


def test_dots_on_wires_are_dragged_along_the_grid_and_with_alt_freely(digits: Hand) -> None:
    put(digits)
    digits.drag(dot(digits), dot(digits) + QPoint(7, 90))
    ((x, y),) = dots(digits)
    assert (x % 24, y % 24) == (0, 0)
    assert digits.history_text() == "Move dot"
    digits.drag(dot(digits), dot(digits) + QPoint(5, -23), ALT)
    assert any(side % 24 for side in dots(digits)[0])
    wire = digits.view.canvas.wires[digits.node("relu").id, "input"]
    assert wire.distance(digits.view.mapToScene(dot(digits))) < 2


def test_escape_in_a_drag_leaves_the_dot_where_it_was(digits: Hand) -> None:
    put(digits)
    before = dots(digits)
    digits.drag(dot(digits), dot(digits) + QPoint(0, 90), release=False)
    assert digits.view.canvas.dots.of((digits.node("relu").id, "input"))[0].y() != before[0][1]
    digits.key(K.Key_Escape)
    assert dots(digits) == before
    assert digits.view.canvas.dots.of((digits.node("relu").id, "input"))[0].y() == before[0][1]


def test_several_dots_on_one_wire_keep_their_order(digits: Hand) -> None:
    put(digits)
    digits.drag(dot(digits), dot(digits) + QPoint(0, 120))
    wire = digits.view.canvas.wires[digits.node("relu").id, "input"]
    for share in (0.75, 0.2):
        digits.double_click(digits.view.mapFromScene(wire.path().pointAtPercent(share)))
    points = dots(digits)
    assert len(points) == 3
    assert points[1][1] == max(y for _, y in points)
    assert points[0][0] < points[2][0]


def test_dots_on_wires_are_taken_off_by_delete_and_by_a_double_click(digits: Hand) -> None:
    put(digits)
    digits.click(dot(digits))
    digits.key(K.Key_Delete)
    assert dots(digits) == ()
    assert digits.history_text() == "Take off dot"
    assert "conv.output > relu.input" in digits.wires()
    put(digits)
    digits.double_click(dot(digits))
    assert dots(digits) == ()


def test_dots_move_with_the_selection(digits: Hand) -> None:
    put(digits)
    digits.click(dot(digits))
    digits.click(digits.at("relu"), CTRL)
    before, place = dots(digits), digits.place("relu")
    digits.drag(digits.at("relu"), digits.at("relu") + QPoint(0, 100))
    by = digits.place("relu")[1] - place[1]
    assert by > 0
    assert dots(digits) == ((before[0][0], before[0][1] + by),)
    digits.document.history.undo()
    digits.drag(dot(digits), dot(digits) + QPoint(0, 100))
    assert digits.place("relu")[1] > place[1]
    assert digits.history_text() == "Move 2 things"


def test_dots_go_along_with_both_ends_and_stay_with_one(digits: Hand) -> None:
    put(digits)
    before = dots(digits)
    digits.click(digits.at("conv"))
    digits.key(K.Key_Down, CTRL)
    assert dots(digits) == before
    digits.click(digits.at("relu"), SHIFT)
    digits.key(K.Key_Down, CTRL)
    assert dots(digits) == ((before[0][0], before[0][1] + 24),)


def test_a_rubber_band_takes_dots_too(digits: Hand) -> None:
    put(digits)
    digits.drag(dot(digits), dot(digits) + QPoint(0, 160))
    here = dot(digits)
    digits.drag(here - QPoint(30, 30), here + QPoint(30, 30))
    assert len(digits.selection.dots) == 1
    assert not digits.selection.nodes


def test_dots_by_keys_put_moved_and_taken_off(digits: Hand) -> None:
    digits.click(digits.at("conv"))
    digits.key(K.Key_W)
    digits.key(K.Key_W)
    assert digits.selection.wires == {(digits.node("relu").id, "input")}
    digits.key(K.Key_Period)
    ((_, y),) = dots(digits)
    for _ in range(2):
        digits.key(K.Key_Down, CTRL)
    ((_, lower),) = dots(digits)
    assert lower % 24 == 0
    assert lower > y
    digits.key(K.Key_Period)
    assert len(dots(digits)) == 2
    digits.click(digits.empty_spot())
    digits.click(digits.at("relu"))
    digits.key(K.Key_W)
    digits.key(K.Key_W)
    assert digits.selection.dots == {((digits.node("relu").id, "input"), 0)}
    digits.key(K.Key_Delete)
    assert len(dots(digits)) == 1


def test_a_node_dropped_on_a_wire_gives_each_half_its_dots(digits: Hand) -> None:
    put(digits)
    digits.drag(dot(digits), dot(digits) + QPoint(0, 120))
    wire = digits.view.canvas.wires[digits.node("relu").id, "input"]
    digits.double_click(digits.view.mapFromScene(wire.path().pointAtPercent(0.8)))
    first, second = dots(digits)
    before = digits.document.project.copy()
    middle = digits.view.mapFromScene((first[0] + second[0]) // 2, (first[1] + second[1]) // 2)
    digits.drop_kind("nn.Dropout", middle)
    assert dots(digits, "dropout") == (first,)
    assert dots(digits) == (second,)
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_copies_of_both_ends_have_the_dots_too(digits: Hand) -> None:
    put(digits)
    (before,) = dots(digits)
    start = digits.place("conv")
    digits.click(digits.at("conv"))
    digits.click(digits.at("relu"), SHIFT)
    digits.key(K.Key_D, CTRL)
    place = digits.place("conv2")
    by = place[0] - start[0], place[1] - start[1]
    assert dots(digits, "relu2") == ((before[0] + by[0], before[1] + by[1]),)
    assert '"dots"' in to_text(digits.document.project)
    QGuiApplication.clipboard().clear()


def test_an_end_put_elsewhere_keeps_the_dots(digits: Hand) -> None:
    put(digits)
    kept = dots(digits)
    digits.drag(digits.start_of_wire("relu"), digits.output("data", "image"))
    assert "data.image > relu.input" in digits.wires()
    assert dots(digits) == kept


def test_the_menu_of_a_wire_puts_dots_on_and_takes_them_off(digits: Hand) -> None:
    for spot, text, count in (
        (digits.middle_of_wire("relu"), "Put a dot here", 1),
        (digits.middle_of_wire("relu"), "Take off the dot", 0),
    ):
        menu = digits.menu_at(spot)
        next(a for a in menu.actions() if a.text().startswith(text)).trigger()
        menu.close()
        assert len(dots(digits)) == count


def test_a_dot_that_undo_takes_away_in_mid_drag_ends_the_drag(digits: Hand) -> None:
    put(digits)
    digits.drag(dot(digits), dot(digits) + QPoint(0, 90), release=False)
    digits.document.history.undo()
    assert not digits.view.is_in_hand
    QTest.mouseRelease(digits.view.viewport(), LEFT, NO, digits.empty_spot())
    assert dots(digits) == ()


def test_a_wire_that_heals_keeps_the_dots_of_its_end(digits: Hand) -> None:
    put(digits, "pool")
    kept = dots(digits, "pool")
    before = digits.document.project.copy()
    digits.click(digits.at("relu"))
    digits.key(K.Key_Delete)
    assert "conv.output > pool.input" in digits.wires()
    assert dots(digits, "pool") == kept
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_selected_dots_of_a_wire_that_heals_go_with_the_node(digits: Hand) -> None:
    put(digits, "pool")
    digits.click(dot(digits, name="pool"))
    digits.click(digits.at("relu"), CTRL)
    digits.key(K.Key_Delete)
    assert "conv.output > pool.input" in digits.wires()
    assert dots(digits, "pool") == ()
    assert digits.history_text() == "Delete 2 things"


def test_a_frame_that_is_moved_takes_dots_between_its_nodes_along(digits: Hand) -> None:
    put(digits)
    ((x, y),) = dots(digits)
    digits.click(digits.at("conv"))
    digits.click(digits.at("relu"), SHIFT)
    digits.key(K.Key_J, CTRL)
    digits.key(K.Key_Escape)
    (key,) = digits.document.project.notes
    title = digits.view.point_of_note(key)
    digits.drag(title, title + QPoint(0, -80))
    assert dots(digits)[0][1] < y
    assert dots(digits)[0][0] == x
