"""From afar the drawing is a picture: never a stale one, and crisp at rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphcore.analysis.result import Problem
from graphcore.project.edits import RemoveNode, Set
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from gui.theme import Appearance
from tests.benchmarks._drawing import drawing
from tests.gui.canvas.hand import Hand

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


def test_a_card_that_moved_is_not_shown_where_it_was(far: Hand) -> None:
    place = chip(far)
    shown = color_at(far, place)
    far.document.do(Set(("layout", "main", FIRST), (264, 144)), "Move")
    assert color_at(far, chip(far)) == shown
    assert color_at(far, place) != shown


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
    from PySide6.QtCore import QPoint

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
    name = far.document.project.graph.nodes[FIRST].name
    wrong = Problem("unwired", "error", "build", name, "", "Nothing is wired here.")
    far.analyser.analysis = replace(far.analyser.analysis, problems=(wrong,))
    far.analyser.analysed.emit()
    assert edge_colors(far, rect) != before


def edge_colors(hand: Hand, rect: QRectF) -> list[str]:
    """What is painted across the left edge of a card, at half its height."""
    edge = hand.view.mapFromScene(QPointF(rect.left(), rect.center().y()))
    image = hand.view.viewport().grab().toImage()
    return [image.pixelColor(edge.x() + x, edge.y()).name() for x in range(-2, 3)]
