"""Selecting, moving, walking and looking around."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.gui.canvas.hand import CTRL, MIDDLE, SHIFT, Hand, Painted

K = Qt.Key


def test_a_drag_moves_a_node_along_the_grid_as_one_change(digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.drag(digits.at("conv"), digits.at("conv") + QPoint(70, 150))
    assert digits.place("conv") != before.layout["main"][digits.node("conv").id]
    assert all(value % 24 == 0 for value in digits.place("conv"))
    assert digits.document.history.count() == 1
    digits.undo_and_redo_hold(before, digits.document.project.copy())
    digits.document.history.undo()
    x, y = digits.place("conv")
    corner = digits.view.canvas.nodes[digits.node("conv").id].rect.topLeft()
    assert (corner.x(), corner.y()) == (x, y)


def test_the_document_does_not_change_before_the_button_is_up(digits: Hand) -> None:
    digits.drag(digits.at("conv"), digits.at("conv") + QPoint(70, 150), release=False)
    assert digits.document.history.count() == 0
    digits.key(K.Key_Escape)
    assert digits.at("conv").y() == digits.at("relu").y()


def test_selected_nodes_move_together(digits: Hand) -> None:
    digits.click(digits.at("conv"))
    digits.click(digits.at("relu"), CTRL)
    digits.drag(digits.at("conv"), digits.at("conv") + QPoint(0, 120))
    assert digits.place("conv")[1] == digits.place("relu")[1] > 0
    assert digits.place("pool")[1] == 0
    assert digits.document.history.count() == 1


def test_click_and_control_click_select(digits: Hand) -> None:
    conv, relu = digits.node("conv").id, digits.node("relu").id
    digits.click(digits.at("conv"))
    assert digits.selection.nodes == {conv}
    digits.click(digits.at("relu"), CTRL)
    assert digits.selection.nodes == {conv, relu}
    digits.click(digits.at("conv"), CTRL)
    assert digits.selection.nodes == {relu}
    digits.click(digits.empty_spot())
    assert digits.selection.nodes == frozenset()


def test_the_rubber_band_selects_what_it_touches(digits: Hand) -> None:
    start = digits.at("conv") + QPoint(-70, -120)
    digits.drag(start, digits.at("relu") + QPoint(0, 10))
    assert digits.selection.nodes == {digits.node("conv").id, digits.node("relu").id}


def test_shift_band_adds_to_the_selection(digits: Hand) -> None:
    digits.click(digits.at("loss"))
    digits.drag(digits.at("conv") + QPoint(-60, -120), digits.at("conv"), SHIFT)
    assert digits.selection.nodes == {digits.node("loss").id, digits.node("conv").id}


def test_arrows_walk_along_wires_and_between_siblings(branches: Hand) -> None:
    branches.click(branches.at("x"))
    for key, name in ((K.Key_Right, "conv"), (K.Key_Down, "shortcut"), (K.Key_Up, "conv"),
                      (K.Key_Right, "add"), (K.Key_Left, "conv")):  # fmt: skip
        branches.key(key)
        assert branches.selection.single == branches.node(name).id
    assert branches.document.history.count() == 0


def test_an_arrow_without_a_selection_goes_to_the_first_node(digits: Hand) -> None:
    digits.key(K.Key_Right)
    assert digits.selection.single == digits.node("data").id


def test_control_arrows_nudge_by_a_grid_step(digits: Hand) -> None:
    x, y = digits.place("conv")
    digits.click(digits.at("conv"))
    digits.key(K.Key_Right, CTRL)
    digits.key(K.Key_Down, CTRL)
    assert digits.place("conv") == (x + 24, y + 24)
    assert digits.document.history.count() == 2


def test_control_a_selects_all(digits: Hand) -> None:
    digits.key(K.Key_A, CTRL)
    assert digits.selection.nodes == set(digits.graph.nodes)


def test_the_wheel_zooms_at_the_cursor(digits: Hand) -> None:
    spot, zoom = digits.at("relu"), digits.view.zoom
    digits.wheel(spot, 3)
    assert digits.view.zoom > zoom
    assert (digits.at("relu") - spot).manhattanLength() <= 3


@pytest.mark.parametrize(("turns", "limit"), [(100, 4.0), (-100, 0.05)])
def test_zoom_has_limits(digits: Hand, turns: int, limit: float) -> None:
    digits.wheel(digits.at("relu"), turns)
    assert digits.view.zoom == pytest.approx(limit)


def test_middle_drag_and_space_drag_pan(digits: Hand) -> None:
    spot = digits.at("relu")
    digits.drag(spot, spot + QPoint(60, 40), button=MIDDLE)
    assert digits.at("relu") == spot + QPoint(60, 40)
    digits.hold_space()
    digits.drag(spot + QPoint(60, 40), spot)
    assert digits.at("relu") == spot
    assert digits.document.history.count() == 0


def test_two_fingers_pan(digits: Hand) -> None:
    spot = digits.at("relu")
    digits.swipe(spot, QPoint(30, -20))
    assert digits.at("relu") == spot + QPoint(30, -20)


def test_home_shows_everything_and_f_the_selection(digits: Hand) -> None:
    digits.wheel(digits.at("relu"), 8)
    assert not digits.is_seen("loss")
    digits.key(K.Key_Home)
    assert digits.is_seen("data")
    assert digits.is_seen("loss")
    zoom = digits.view.zoom
    digits.click(digits.at("loss"))
    digits.key(K.Key_F)
    assert digits.view.zoom > zoom
    assert digits.is_seen("loss")


def test_double_click_on_a_node_asks_for_it(digits: Hand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(digits.view.node_opened) as told:
        digits.double_click(digits.at("conv"))
    assert told.args == [digits.node("conv").id]


def test_the_minimap_moves_the_view_and_can_be_hidden(digits: Hand) -> None:
    digits.wheel(digits.at("data"), 8)
    assert not digits.is_seen("loss")
    digits.click_minimap_right()
    assert digits.is_seen("loss")
    digits.view.set_minimap_visible(False)
    assert not digits.view.is_minimap_visible


def test_the_minimap_shows_a_card_where_a_hand_has_it(digits: Hand) -> None:
    spot = digits.at("relu")
    digits.drag(spot, spot + QPoint(20, 20), release=False)
    QCoreApplication.processEvents()
    painted = Painted(digits.view.minimap)
    QTest.mouseMove(digits.view.viewport(), spot + QPoint(70, 150))
    QCoreApplication.processEvents()
    assert painted.area.contains(digits.view.minimap.rect())
    dragged = digits.view.minimap.grab().toImage()
    digits.key(K.Key_Escape)
    assert digits.view.minimap.grab().toImage() != dragged


def test_l_tidies_up_as_one_change(qtbot: QtBot, branches: Hand) -> None:
    branches.drag(branches.at("relu"), branches.at("conv") + QPoint(30, 30))
    before = branches.document.project.copy()
    branches.click(branches.empty_spot())
    branches.key(K.Key_L)
    branches.settle(qtbot)
    assert branches.document.project.layout != before.layout
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_the_menu_of_a_node_shows_keys_and_acts_on_it(digits: Hand) -> None:
    menu = digits.menu_at(digits.at("relu"))
    assert digits.selection.single == digits.node("relu").id
    entry = next(action for action in menu.actions() if action.text() == "Duplicate")
    assert entry.shortcut().toString() == "Ctrl+D"
    entry.trigger()
    assert "relu2" in digits.names()
    menu.close()


def test_the_menus_of_wire_and_paper(digits: Hand) -> None:
    for spot, text in ((digits.middle_of_wire("relu"), "Delete wire"),
                       (digits.empty_spot(), "Tidy up")):  # fmt: skip
        menu = digits.menu_at(spot)
        assert text in [action.text() for action in menu.actions()]
        menu.close()


def test_a_held_nudge_is_one_change_however_long(digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.click(digits.at("conv"))
    digits.hold_key(K.Key_Down, CTRL, times=1200)
    assert digits.document.history.count() == 1
    digits.undo_and_redo_hold(before, digits.document.project.copy())
