"""Alignment guides: what is dragged lines up by edges, middles and equal gaps."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphcore.project.project import Project
from gui.canvas import alignment
from gui.canvas.guide_items import GapItem, LineItem
from gui.theme import DARK, LIGHT, Theme, contrast
from tests.build import add
from tests.gui.canvas.hand import ALT, CTRL, NO, Hand
from tests.gui.conftest import OpenWindow
from tests.gui.seeing import SIGHTS, least_distance

K = Qt.Key


@pytest.fixture
def loose(open_canvas: Callable[[Project], Hand]) -> Hand:
    """Two cards off the grid in a row with a gap of 110, a tall one, and one to drag."""
    project = Project()
    for name, at in (("a", (7, 5)), ("b", (307, 5)), ("far", (1000, 500))):
        add(project, "nn.ReLU", name, at=at)
    add(project, "nn.MultiheadAttention", "tall", at=(7, 311))
    return open_canvas(project)


def drag_to(
    hand: Hand, name: str, x: float, y: float, keys: Qt.KeyboardModifier = NO, *,
    release: bool = True,
) -> None:  # fmt: skip
    """A drag that would put the card's corner there if nothing snapped, give or take a pixel."""
    here, zoom = hand.place(name), hand.view.zoom
    way = QPoint(round((x - here[0]) * zoom), round((y - here[1]) * zoom))
    hand.drag(hand.at(name), hand.at(name) + way, keys, release=release)


def shown(hand: Hand) -> tuple[list[LineItem], list[GapItem]]:
    items = hand.view.canvas.items()
    return ([i for i in items if isinstance(i, LineItem)],
            [i for i in items if isinstance(i, GapItem)])  # fmt: skip


def height(hand: Hand, name: str) -> float:
    return hand.view.canvas.nodes[hand.node(name).id].height


def test_grid_snap_and_alignment_guides_by_edges(loose: Hand) -> None:
    drag_to(loose, "far", 10, 500, release=False)
    lines, _ = shown(loose)
    assert {(line.line.axis, line.line.at) for line in lines} == {(0, 7.0), (0, 197.0)}
    assert loose.document.history.count() == 0
    loose.key(K.Key_Escape)
    assert shown(loose) == ([], [])
    drag_to(loose, "far", 10, 500)
    assert loose.place("far") == (7, 504)  # across along a guide, down along the grid
    assert loose.document.history.count() == 1
    assert shown(loose) == ([], [])


def test_alignment_guides_by_middles(loose: Hand) -> None:
    middle = 311 + height(loose, "tall") / 2
    top = middle - height(loose, "far") / 2
    assert top not in (311, 311 + height(loose, "tall") - height(loose, "far"))
    drag_to(loose, "far", 900, top + 3, release=False)
    assert [(line.line.axis, line.line.at) for line in shown(loose)[0]] == [(1, middle)]
    loose.key(K.Key_Escape)


def test_equal_gaps_snap_and_are_told(loose: Hand) -> None:
    drag_to(loose, "far", 610, 8, release=False)
    assert [gap.text for gap in shown(loose)[1]] == ["110", "110"]
    loose.key(K.Key_Escape)
    drag_to(loose, "far", 610, 8)
    assert loose.place("far") == (607, 5)


def test_a_card_snaps_to_the_middle_of_a_gap(open_canvas: Callable[[Project], Hand]) -> None:
    project = Project()
    for name, at in (("a", (0, 0)), ("b", (530, 0)), ("far", (300, 400))):
        add(project, "nn.ReLU", name, at=at)
    hand = open_canvas(project)
    drag_to(hand, "far", 262, 60, release=False)
    assert [gap.text for gap in shown(hand)[1]] == ["75", "75"]
    hand.key(K.Key_Escape)


def test_control_moves_freely(loose: Hand) -> None:
    port, left = loose.view.viewport(), Qt.MouseButton.LeftButton
    start = loose.at("far")
    end = start + (loose.at("a") - start) * 0.99
    QTest.mousePress(port, left, NO, start)
    for spot in ((start + end) / 2, end):
        move = QMouseEvent(QEvent.Type.MouseMove, QPointF(spot), QPointF(port.mapToGlobal(spot)),
                           Qt.MouseButton.NoButton, left, CTRL)  # fmt: skip
        QApplication.sendEvent(port, move)
    assert shown(loose) == ([], [])
    QTest.mouseRelease(port, left, CTRL, end)
    wish = QPoint(1000, 500) + ((end - start) / loose.view.zoom)
    away = QPoint(*loose.place("far")) - wish
    assert away.manhattanLength() <= 2
    assert loose.place("far")[0] != 7


def test_many_cards_line_up_as_one(loose: Hand) -> None:
    loose.click(loose.at("b"))
    loose.click(loose.at("far"), CTRL)
    apart = loose.place("far")[0] - loose.place("b")[0]
    drag_to(loose, "far", 1010, 316)
    assert loose.place("far")[1] == 311
    assert loose.place("far")[0] - loose.place("b")[0] == apart


def test_a_copy_lines_up_with_what_it_is_a_copy_of(loose: Hand) -> None:
    drag_to(loose, "b", 610, 8, ALT)
    assert loose.place("relu" if "relu" in loose.names() else "b2") == (607, 5)


def test_guides_can_be_switched_off(open_window: OpenWindow) -> None:
    window = open_window()
    assert window.canvas.has_guides
    window.commands["view.guides"].trigger()
    assert not window.canvas.has_guides
    assert not window.preferences.shows_guides
    window.commands["view.guides"].trigger()


def test_without_guides_the_grid_is_left(loose: Hand) -> None:
    loose.view.has_guides = False
    drag_to(loose, "far", 10, 500)
    assert loose.place("far") == (0, 504)


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_guides_are_told_from_wires_and_cards_by_every_sight(look: Theme, sight: str) -> None:
    others = (look.accent, look.wire, look.secondary, look.canvas, look.node, look.strong_line)
    assert min(least_distance([look.guide, other], sight) for other in others) >= 0.1
    assert contrast(look.guide, look.canvas) >= 3


def test_a_look_among_ten_thousand_boxes_meets_only_those_in_its_row() -> None:
    boxes = [(264.0 * (i % 100), 144.0 * (i // 100), 264.0 * (i % 100) + 190,
              144.0 * (i // 100) + 84) for i in range(10_000)]  # fmt: skip
    known = alignment.around(boxes)
    moved = (264.0 * 50 + 3, 144.0 * 50 - 2, 264.0 * 50 + 193, 144.0 * 50 + 82)
    assert alignment.way_to(known, [moved], 6) == (-3.0, 2.0)
    assert max(len(band) for side in known.bands for band in side.values()) <= 300
