"""From afar the drawing is a picture: never a stale one, and crisp at rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphcore.analysis.result import Problem
from graphcore.project.edits import RemoveNode, Set
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from gui.canvas import wire_form
from gui.canvas.geometry import wire_path
from gui.canvas.hits import Hit
from gui.canvas.note_item import NoteItem
from gui.canvas.overview import Overview, held, resting
from gui.theme import Appearance
from tests.benchmarks._drawing import drawing
from tests.gui.canvas.hand import Hand, Painted

FIRST = NodeId("n0")


@pytest.fixture
def far(open_canvas: Callable[[Project], Hand], qtbot: QtBot) -> Hand:
    """400 nodes, all in view, looked at for a while."""
    hand = open_canvas(drawing(400))
    hand.view.setFocus()
    QTest.keySequence(hand.view, QKeySequence("Home"))
    assert hand.view.zoom < 0.4
    qtbot.waitUntil(lambda: hand.view.is_far_picture_ready)
    return hand


def color_at(hand: Hand, point: QPointF) -> QColor:
    """What is painted at a point of the scene."""
    return hand.view.viewport().grab().toImage().pixelColor(hand.view.mapFromScene(point))


def chip(hand: Hand) -> QPointF:
    """The middle of the first card's icon."""
    rect = hand.view.canvas.nodes[FIRST].rect
    return QPointF(rect.x() + 42, rect.center().y())


def find_fault(hand: Hand, node: NodeId) -> None:
    """What a new analysis does that finds a node wrong."""
    name = hand.document.project.graph.nodes[node].name
    wrong = Problem("unwired", "error", "build", name, "", "Nothing is wired here.")
    hand.analyser.analysis = replace(hand.analyser.analysis, problems=(wrong,))
    hand.analyser.analysed.emit()


def test_a_card_that_moved_is_not_shown_where_it_was(far: Hand) -> None:
    place = chip(far)
    shown = color_at(far, place)
    far.document.do(Set(("layout", "main", FIRST), (264, 144)), "Move")
    assert color_at(far, chip(far)) == shown
    assert color_at(far, place) != shown


def test_a_card_is_seen_where_it_is_dragged(far: Hand) -> None:
    port, spot, left = far.view.viewport(), far.at("node0"), Qt.MouseButton.LeftButton
    places, shown = [chip(far)], color_at(far, chip(far))
    QTest.mousePress(port, left, pos=spot)
    for way in (QPoint(60, 45), QPoint(60, 90), QPoint(90, 135)):
        painted = Painted(port)
        QTest.mouseMove(port, spot + way)
        QCoreApplication.processEvents()
        assert painted.area.contains(port.rect())
        assert color_at(far, chip(far)) == shown
        assert all(color_at(far, place) != shown for place in places)
        places.append(chip(far))
    QTest.mouseRelease(port, left, pos=spot + way)
    assert color_at(far, chip(far)) == shown


@pytest.fixture
def framed(far: Hand, qtbot: QtBot) -> NoteItem:
    """A frame around the first rows."""
    nodes = sorted(far.view.canvas.nodes, key=lambda node: far.view.canvas.nodes[node].y())[:160]
    far.view.selection.select(nodes)
    far.view.frame_nodes()
    far.view.close_note_field()
    far.view.selection.select()
    qtbot.waitUntil(lambda: far.view.is_far_picture_ready)
    (note,) = far.view.canvas.notes
    return note


def edge_of(hand: Hand, note: NoteItem, edge: str) -> QPoint:
    """A spot on the title ("") or the right edge of a frame that a hand can take."""
    rect = hand.view.mapFromScene(note.rect).boundingRect()
    hits = {
        spot: hand.view.canvas.hit(hand.view.mapToScene(spot), hand.view.zoom)
        for x in range(rect.left(), rect.right() + 4, 2)
        for y in range(rect.top(), rect.bottom(), 4)
        for spot in [QPoint(x, y)]
    }
    return next(spot for spot, hit in hits.items() if hit == Hit(note=note.key, edge=edge))


@pytest.mark.parametrize("edge", ["", "right"])
def test_a_frame_is_seen_where_a_hand_has_it_and_the_rest_is_painted_once(
    far: Hand, framed: NoteItem, edge: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted, paint = [], Overview.paint

    def count(overview: Overview, *given: object) -> None:
        painted.append(overview._part)
        paint(overview, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Overview, "paint", count)
    port, spot, before = far.view.viewport(), edge_of(far, framed, edge), framed.rect.right()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=spot)
    for way in (QPoint(-20, 0), QPoint(-40, 0), QPoint(-60, 0)):
        seen = Painted(port)
        QTest.mouseMove(port, spot + way)
        QCoreApplication.processEvents()
        assert seen.area.contains(port.rect())
        assert framed.rect.right() < before
        before = framed.rect.right()
    assert painted.count(resting) == 1
    assert painted.count(held) == 3
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=spot + way)
    assert not far.view.canvas.notes.held
    assert framed.rect.right() == before


def test_what_changes_while_a_card_is_dragged_is_seen(far: Hand) -> None:
    spot, rect = far.at("node0"), far.view.canvas.nodes[NodeId("n30")].rect
    far.drag(spot, spot + QPoint(60, 45), release=False)
    before = edge_colors(far, rect)
    find_fault(far, NodeId("n30"))
    assert edge_colors(far, rect) != before


def test_a_node_that_goes_is_gone_at_once_and_undo_shows_it(far: Hand) -> None:
    place = chip(far)
    shown = color_at(far, place)
    far.document.do(RemoveNode(FIRST), "Delete")
    assert color_at(far, place) != shown
    far.document.history.undo()
    assert color_at(far, place) == shown


def test_the_picture_takes_the_look_that_was_chosen(
    far: Hand, appearance: Appearance, qtbot: QtBot
) -> None:
    empty = chip(far) - QPointF(90, 90)
    dark = color_at(far, empty)
    try:
        appearance.choose("light")
        assert color_at(far, empty).lightness() > dark.lightness() + 100
    finally:
        appearance.choose("dark")


def test_what_zooming_shows_lies_where_it_is(far: Hand) -> None:
    shown = color_at(far, chip(far))
    far.view.set_zoom(far.view.zoom * 0.9)
    near = color_at(far, chip(far))
    assert abs(near.hue() - shown.hue()) < 12


def test_panning_moves_the_picture_with_the_drawing(far: Hand) -> None:
    shown = color_at(far, chip(far))
    far.view.pan(QPoint(-37, -23))
    assert color_at(far, chip(far)) == shown


def test_a_selected_card_is_ringed_over_the_picture(far: Hand) -> None:
    corner = far.view.canvas.nodes[FIRST].rect.center() - QPointF(95, 0)
    before = color_at(far, corner)
    far.selection.select({FIRST})
    assert color_at(far, corner) != before


def test_a_node_that_became_wrong_is_ringed_though_never_seen_near(far: Hand) -> None:
    rect = far.view.canvas.nodes[FIRST].rect
    before = edge_colors(far, rect)
    find_fault(far, FIRST)
    assert edge_colors(far, rect) != before


def test_a_wire_that_nobody_sees_near_has_no_path(
    open_canvas: Callable[[Project], Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    wire_form.wire_form.cache_clear()
    monkeypatch.setattr(wire_form, "wire_path", lambda way: made.append(way) or wire_path(way))
    hand = open_canvas(drawing(400))
    hand.view.viewport().grab()
    assert hand.view.is_far
    assert not made
    hand.view.set_zoom(1.0)
    hand.view.viewport().grab()
    assert 0 < len(made) < len(hand.view.canvas.wires) / 4


def edge_colors(hand: Hand, rect: QRectF) -> list[str]:
    """What is painted across the left edge of a card, at half its height."""
    edge = hand.view.mapFromScene(QPointF(rect.left(), rect.center().y()))
    image = hand.view.viewport().grab().toImage()
    return [image.pixelColor(edge.x() + x, edge.y()).name() for x in range(-2, 3)]


def test_the_minimap_of_many_cards_is_drawn_anew_in_many_turns(
    far: Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that leaps ends each turn after one piece of the picture."""
    asked = count()
    monkeypatch.setattr("gui.canvas.minimap.perf_counter", lambda: float(next(asked)))
    drawn = far.view.minimap.grab().toImage()
    for place in ((264, 144), (-6000, 0)):  # the second while the first may be half drawn
        far.document.do(Set(("layout", "main", FIRST), place), "Move")
        far.view.minimap.repaint()
    qtbot.waitUntil(lambda: far.view.minimap.grab().toImage() != drawn)
    assert next(asked) > 2 * len(far.graph.nodes) / 250
    QTest.keySequence(far.view, QKeySequence("Home"))
    in_pieces = far.view.minimap.grab().toImage()
    far.document.replace(far.document.project.copy(), None)  # another project is drawn at once
    assert far.view.minimap.grab().toImage() == in_pieces
