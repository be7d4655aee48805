"""While somebody zooms a picture is shown scaled: never a wrong one, and all is sharp at rest."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from graphcore.project.edits import RemoveNode, Set
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from gui.canvas.card_picture import CardPicture
from gui.theme import Appearance
from tests.benchmarks._drawing import drawing
from tests.gui.canvas.hand import Hand

MIDDLE = QPoint(600, 380)


@pytest.fixture
def near(open_canvas: Callable[[Project], Hand], qtbot: QtBot) -> Hand:
    """A hundred nodes, some dozens of them in view, looked at for a while."""
    hand = open_canvas(drawing(100))
    hand.view.set_zoom(0.6)
    hand.view.look_at(hand.view.canvas.bounds().center())
    rest(hand, qtbot)
    return hand


def rest(hand: Hand, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: hand.view.is_sharp)
    QCoreApplication.processEvents()


def turn(hand: Hand, notches: int) -> None:
    """The wheel turned in the middle, each notch painted."""
    for _ in range(abs(notches)):
        hand.wheel(MIDDLE, notches // abs(notches))
        QCoreApplication.processEvents()


def seen(hand: Hand) -> QImage:
    """What is painted; looked at twice, since a card is stretched when it is first painted."""
    hand.view.viewport().grab()
    return hand.view.viewport().grab().toImage()


def in_the_middle(hand: Hand) -> NodeId:
    at = hand.view.mapToScene(MIDDLE)
    cards = hand.view.canvas.nodes.values()
    return min(cards, key=lambda card: (card.rect.center() - at).manhattanLength()).node


def chip(hand: Hand, node: NodeId) -> QColor:
    """What is painted behind the icon of a card, where it is now."""
    corner = hand.view.canvas.nodes[node].rect.topLeft()
    return seen(hand).pixelColor(hand.view.mapFromScene(corner + QPointF(15, 15)))


def edge(hand: Hand, node: NodeId) -> list[str]:
    """What is painted across the lower edge of a card, half way along it."""
    rect = hand.view.canvas.nodes[node].rect
    at = hand.view.mapFromScene(QPointF(rect.center().x(), rect.bottom()))
    return [seen(hand).pixelColor(at + QPoint(0, y)).name() for y in range(-3, 4)]


def painted_anew(hand: Hand) -> QImage:
    hand.view.zoom_picture.drop()
    return seen(hand)


def likeness(one: QImage, other: QImage, blur: int = 8) -> float:
    """The share that looks alike from a step back, where no word can be read."""
    size, smooth = one.size() / blur, Qt.TransformationMode.SmoothTransformation
    one, other = (image.scaled(size, mode=smooth) for image in (one, other))
    spots = list(product(range(size.width()), range(size.height())))
    alike = [
        abs(one.pixelColor(*spot).lightness() - other.pixelColor(*spot).lightness()) < 8
        for spot in spots
    ]
    return sum(alike) / len(spots)


def test_a_step_paints_no_card_that_was_seen(near: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    near.view.set_minimap_visible(False)
    QCoreApplication.processEvents()
    asked, paint = [], CardPicture.paint
    monkeypatch.setattr(CardPicture, "paint", lambda *of: (asked.append(of[0]), paint(*of)))
    turn(near, 1)
    assert len(asked) <= 1  # in the corner, whose pixel is how Qt is told to paint what waits
    near.view.viewport().grab()
    assert len(asked) <= 1


@pytest.mark.parametrize("notches", [1, 3, -1, -2])
def test_what_is_shown_meanwhile_looks_as_if_painted(near: Hand, notches: int) -> None:
    """Everywhere: what comes into view from outside the picture, too."""
    near.selection.select({in_the_middle(near)})
    turn(near, notches)
    shown = seen(near)
    assert likeness(shown, painted_anew(near)) > 0.95


def test_what_lies_over_the_drawing_is_not_in_the_picture(near: Hand) -> None:
    spot = near.view.minimap.geometry()
    assert near.view.is_minimap_visible
    near.wheel(spot.bottomRight() + QPoint(5, 5), 1)  # a picture of it would grow beyond it
    QCoreApplication.processEvents()
    above = QRect(spot.left() - 8, spot.top() - 16, spot.width(), 14)
    shown = seen(near).copy(above)
    assert likeness(shown, painted_anew(near).copy(above), blur=2) > 0.9


def test_cards_that_come_into_view_when_time_is_short_are_painted_plainly_till_rest(
    near: Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.canvas.view._HASTE_SECONDS", -1.0)
    made, draw = [], CardPicture._drawn
    monkeypatch.setattr(CardPicture, "_drawn", lambda *of: (made.append(of[0]), draw(*of))[1])
    turn(near, -2)
    assert not made
    shown = seen(near)
    rest(near, qtbot)
    assert made
    assert seen(near) == painted_anew(near) != shown


@pytest.mark.parametrize("notches", [2, -2])
def test_at_rest_all_is_sharp(near: Hand, qtbot: QtBot, notches: int) -> None:
    turn(near, notches)
    assert not near.view.is_sharp
    scaled = seen(near)
    rest(near, qtbot)
    sharp = seen(near)
    assert sharp != scaled
    zoom, center = near.view.zoom, near.view.seen().center()
    near.view.set_zoom(2.0)
    near.view.look_as(zoom, center)
    rest(near, qtbot)
    assert seen(near) == sharp


def test_a_card_that_moves_meanwhile_is_not_shown_where_it_was(near: Hand) -> None:
    node = in_the_middle(near)
    x, y = near.document.project.layout["main"][node]
    turn(near, 1)
    before = near.view.canvas.nodes[node].rect
    old = near.view.mapFromScene(before.topLeft() + QPointF(15, 15))
    shown = seen(near).pixelColor(old)
    near.document.do(Set(("layout", "main", node), (x, y - 72)), "Move")
    assert seen(near).pixelColor(old) != shown
    assert seen(near) == painted_anew(near)


def test_a_node_that_goes_meanwhile_is_gone(near: Hand) -> None:
    turn(near, 1)
    near.document.do(RemoveNode(in_the_middle(near)), "Delete")
    assert seen(near) == painted_anew(near)


def test_a_card_that_is_selected_meanwhile_is_ringed_at_once(near: Hand) -> None:
    node = in_the_middle(near)
    turn(near, 1)
    plain = edge(near, node)
    near.selection.select({node})
    QCoreApplication.processEvents()
    ringed = edge(near, node)
    assert ringed != plain
    painted_anew(near)
    assert edge(near, node) == ringed


def test_only_what_changed_is_painted_anew(near: Hand) -> None:
    node = in_the_middle(near)
    turn(near, 1)
    before = seen(near)
    near.view.set_live(node, "loss 0.4137")
    QCoreApplication.processEvents()
    after, rect = seen(near), near.view.canvas.nodes[node].rect
    place = near.view.viewportTransform().mapRect(rect).toAlignedRect()
    assert after.copy(place) != before.copy(place)
    above, below = near.view.viewport().rect(), near.view.viewport().rect()
    above.setBottom(place.top() - 40)
    below.setTop(place.bottom() + 40)
    for rest_of_it in (above, below):
        assert after.copy(rest_of_it) == before.copy(rest_of_it)
    assert after.copy(place) == painted_anew(near).copy(place)


def test_another_look_is_shown_at_once(near: Hand, appearance: Appearance) -> None:
    turn(near, 1)
    try:
        appearance.choose("light")
        assert seen(near) == painted_anew(near)
    finally:
        appearance.choose("dark")


def test_a_jump_shows_no_picture_scaled_out_of_all_proportion(near: Hand) -> None:
    turn(near, 1)
    near.view.set_zoom(3.0)
    assert seen(near) == painted_anew(near)


def test_from_afar_to_near_the_drawing_stays_where_it_is(
    open_canvas: Callable[[Project], Hand], qtbot: QtBot
) -> None:
    hand = open_canvas(drawing(400))
    hand.view.set_zoom(0.37)
    hand.view.look_at(hand.view.canvas.bounds().center())
    qtbot.waitUntil(lambda: hand.view.is_far_picture_ready)
    node = in_the_middle(hand)
    shown = chip(hand, node)
    hand.wheel(MIDDLE, 1)
    assert hand.view.zoom > 0.4
    assert abs(chip(hand, node).hue() - shown.hue()) < 12
    rest(hand, qtbot)
    assert seen(hand) == painted_anew(hand)


def test_keys_zoom_as_the_wheel_does(near: Hand, qtbot: QtBot) -> None:
    near.view.zoom_out()
    shown = seen(near)
    assert likeness(shown, painted_anew(near)) > 0.95
    rest(near, qtbot)
    assert seen(near) != shown


def test_the_frame_at_rest_stretches_no_card(
    near: Hand, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn(near, -1)
    stretched, put = [], CardPicture._put_stretched
    monkeypatch.setattr(CardPicture, "_put_stretched",
                        lambda *of: (stretched.append(of[0]), put(*of)))  # fmt: skip
    rest(near, qtbot)
    assert not stretched
