"""What the canvas shows of document, analysis and theme."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from graphcore.kinds.catalog import CATALOG
from graphcore.project.edits import Rename, Set, SetParam
from graphcore.project.graph import Node, NodeId
from graphcore.project.project import Project
from graphcore.project.templates import open_template
from graphcore.types import ListOf, parse_type
from gui.canvas.face import count_text, face_of, form_of, shape_text
from gui.theme import Appearance
from tests.build import add, wire
from tests.gui.canvas.hand import Hand, Painted


def test_cards_show_shape_and_parameters(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    assert digits.view.shown_text(digits.node("conv").id) == (
        "Conv2d | conv | 16 ch · 3×3 · pad 1 | 16 × 8 × 8 | 160"
    )
    assert "256 → 10" in digits.view.shown_text(digits.node("head").id)
    assert "digits · 1 797 samples" in digits.view.shown_text(digits.node("data").id)


def test_a_param_edit_is_seen_at_once_and_undone(digits: Hand) -> None:
    node = digits.node("conv").id
    digits.document.do(SetParam(node, "kernel_size", (3, 5)), "Kernel")
    assert "3×5" in digits.view.shown_text(node)
    digits.document.do(Rename(node, "stem"), "Rename")
    assert "stem" in digits.view.shown_text(node)
    digits.document.history.undo()
    digits.document.history.undo()
    assert "3×3" in digits.view.shown_text(node)


def test_a_problem_has_a_badge_with_its_message_and_goes_when_mended(
    digits: Hand, qtbot: QtBot
) -> None:
    node = digits.node("head").id
    digits.document.do(SetParam(node, "in_features", 512), "Features")
    digits.analyse(qtbot)
    assert digits.view.badge_at(node) == "error"
    assert "512" in digits.tooltip_at(digits.at("head"))
    digits.click(digits.at("head"))
    assert "error" in digits.view.accessibleDescription()
    digits.document.history.undo()
    digits.analyse(qtbot)
    assert digits.view.badge_at(node) is None


def test_screen_readers_hear_the_selection(digits: Hand, qtbot: QtBot) -> None:
    digits.analyse(qtbot)
    digits.click(digits.at("conv"))
    assert digits.view.accessibleName()
    said = digits.view.accessibleDescription()
    assert said == "Conv2d conv, 16 x 8 x 8, feeds ReLU"


def heard(hand: Hand) -> QAccessibleInterface:
    """The canvas as a screen reader has it."""
    found = QAccessible.queryAccessibleInterface(hand.view)
    assert found is not None
    return found


def test_screen_readers_hear_conv2d_conv1_64_x_16_x_16_feeds_add_3(
    open_canvas: Callable[[Project], Hand], qtbot: QtBot
) -> None:
    project = Project()
    add(project, "io.Input", "x", at=(0, 0), type="float32[3, 16, 16]")
    add(project, "nn.Conv2d", "conv1", at=(264, 0), out_channels=64, kernel_size=3, padding=1)
    add(project, "ops.add", "add3", at=(528, 0))
    wire(project, "x", "conv1")
    wire(project, "conv1", "add3.tensors.0")
    wire(project, "conv1", "add3.tensors.1")
    hand = open_canvas(project)
    hand.analyse(qtbot)
    said = "Conv2d conv1, 64 x 16 x 16, feeds Add 3"
    hand.click(hand.at("conv1"))
    assert hand.view.accessibleDescription() == said
    names = [heard(hand).child(n).text(QAccessible.Text.Name) for n in range(3)]
    assert names[1] == said
    focus = heard(hand).focusChild()
    assert focus.text(QAccessible.Text.Name) == said
    assert focus.state().selected
    assert "pad 1" in focus.text(QAccessible.Text.Description)


def test_the_spoken_order_follows_the_graph(digits: Hand) -> None:
    def order() -> list[str]:
        shown = heard(digits)
        names = [shown.child(n).text(QAccessible.Text.Name) for n in range(len(digits.names()))]
        return [name.partition(",")[0] for name in names]

    assert order() == ["Dataset data", "Conv2d conv", "ReLU", "MaxPool2d pool", "Flatten",
                       "Linear head", "CrossEntropyLoss loss"]  # fmt: skip
    digits.click(digits.at("relu"))
    digits.key(Qt.Key.Key_Delete)
    assert "ReLU" not in order()
    digits.document.history.undo()
    assert order()[2] == "ReLU"


def test_a_node_is_found_by_touch_and_knows_its_place(digits: Hand) -> None:
    spot = digits.view.viewport().mapToGlobal(digits.at("head"))
    found = heard(digits).childAt(spot.x(), spot.y())
    assert found.text(QAccessible.Text.Name).startswith("Linear head")
    assert found.rect().contains(spot)
    assert found.role() == QAccessible.Role.ListItem
    assert found.parent().text(QAccessible.Text.Name) == "Drawing of the network"
    assert heard(digits).indexOfChild(found) == 5


def test_another_project_replaces_everything(digits: Hand) -> None:
    digits.click(digits.at("conv"))
    digits.document.replace(Project(), None)
    assert digits.view.canvas.nodes == {}
    assert digits.selection.nodes == frozenset()
    hint = [label for label in digits.view.findChildren(QLabel) if label.isVisible()]
    assert any("Tab" in label.text() for label in hint)


def test_the_hint_goes_with_the_first_node(blank: Hand) -> None:
    blank.drop_kind("nn.ReLU", blank.view.viewport().rect().center())
    assert not any(label.isVisible() for label in blank.view.findChildren(QLabel))


def test_a_plain_drawing_needs_no_places(open_canvas: Callable[[Project], Hand]) -> None:
    project = Project()
    for number in range(9):
        node = Node(NodeId(f"n{number}"), "nn.ReLU", f"relu{number}", order=number)
        project.graph.nodes[node.id] = node
    hand = open_canvas(project)
    cards = [item.rect for item in hand.view.canvas.nodes.values()]
    assert not any(a.intersects(b) for i, a in enumerate(cards) for b in cards[i + 1 :])


def test_new_fields_give_a_dataset_new_ports(blank: Hand, digits: Hand) -> None:
    blank.drop_kind("data.Dataset", blank.view.viewport().rect().center())
    node = next(iter(blank.graph.nodes))
    assert blank.view.canvas.nodes[node].outputs == ("image", "label")
    fields = digits.document.project.data.fields[:1]
    blank.document.do(Set(("data", "fields"), fields), "Fields")
    assert blank.view.canvas.nodes[node].outputs == ("image",)


def test_live_lines_values_and_thumbnails(digits: Hand) -> None:
    loss, data = digits.node("loss").id, digits.node("data").id
    digits.view.set_live(loss, "loss 0.41")
    assert "loss 0.41" in digits.view.shown_text(loss)
    before = digits.picture()
    digits.view.set_values({(digits.node("conv").id, "output"): "7.0"},
                           {(digits.node("head").id, "output"): "13.0"})  # fmt: skip
    assert digits.picture() != before
    digits.view.clear_values()
    assert digits.picture() == before
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    height = digits.view.canvas.nodes[data].rect.height()
    digits.view.set_thumbnails(data, [image])
    assert digits.view.canvas.nodes[data].rect.height() > height


def test_the_theme_switches_live(digits: Hand, appearance: Appearance) -> None:
    dark = digits.picture().pixelColor(3, 300)
    try:
        appearance.choose("light")
        assert digits.picture().pixelColor(3, 300).lightness() > dark.lightness() + 100
    finally:
        appearance.choose("dark")


def test_a_picture_of_the_whole_drawing(digits: Hand) -> None:
    image = digits.view.to_image(2.0)
    assert image.width() > 2 * 6 * 264
    assert image.height() > 2 * 84


@pytest.mark.parametrize("zoom", [0.05, 0.2, 0.35, 0.5, 1.0, 4.0])
def test_every_zoom_paints(digits: Hand, zoom: float) -> None:
    digits.view.set_zoom(zoom)
    image = digits.picture()
    colors = {image.pixel(x, y) for x in range(0, 1200, 7) for y in range(0, 760, 7)}
    assert len(colors) > 1


def hundreds() -> Project:
    """Two hundred nodes, so many that the canvas shows them from afar."""
    project = Project()
    for number in range(200):
        node = Node(NodeId(f"n{number}"), "nn.ReLU", f"relu{number}", order=number)
        project.graph.nodes[node.id] = node
        project.layout["main"][node.id] = (number % 20 * 264, number // 20 * 144)
    return project


def test_hundreds_of_nodes_from_afar_are_painted_and_can_be_picked(
    open_canvas: Callable[[Project], Hand],
) -> None:
    hand = open_canvas(hundreds())
    assert hand.view.zoom < 0.4
    spot = hand.at("relu105")
    assert hand.picture().pixelColor(spot) != hand.picture().pixelColor(3, 3)
    hand.click(spot)
    assert hand.selection.single == NodeId("n105")


def test_nodes_deleted_from_afar_are_painted_over(
    open_canvas: Callable[[Project], Hand], qtbot: QtBot
) -> None:
    hand = open_canvas(hundreds())
    hand.view.select_all()
    with qtbot.waitExposed(hand.view):
        hand.view.show()
    hand.view.viewport().repaint()
    QCoreApplication.processEvents()  # what selecting asked to paint
    painted = Painted(hand.view.viewport())
    hand.view.delete_selection(heal=False)
    qtbot.waitUntil(lambda: painted.area.contains(hand.view.viewport().rect()))
    assert not hand.document.project.graph.nodes


def test_a_pan_moves_the_old_picture_below_legend_and_minimap(digits: Hand) -> None:
    """What lies in the viewport stays where it is, and keeps no pixel from being moved."""
    view = digits.view
    view.canvas.overlaid.show("parameters")
    view.set_zoom(1.0)
    QCoreApplication.processEvents()
    parts = [view.legend, view.minimap]
    assert all(part.isVisible() for part in parts)
    before, painted = [part.geometry() for part in parts], Painted(view.viewport())
    view.pan(QPoint(20, 0))
    QCoreApplication.processEvents()
    assert [part.geometry() for part in parts] == before
    whole = view.viewport().size()
    most = whole.width() * whole.height() / 3
    assert sum(rect.width() * rect.height() for rect in painted.region) < most
    moved = digits.picture()
    view.viewport().repaint()
    assert digits.picture() == moved


def test_a_node_without_a_place_lies_on_no_other(
    open_canvas: Callable[[Project], Hand],
) -> None:
    project = Project()
    for number in range(6):
        node = Node(NodeId(f"n{number}"), "nn.ReLU", f"relu{number}", order=number)
        project.graph.nodes[node.id] = node
        if number % 2:
            project.layout["main"][node.id] = (number * 264, 0)
    hand = open_canvas(project)
    places = {hand.at(f"relu{number}").toTuple() for number in range(6)}
    assert len(places) == 6


@pytest.mark.parametrize(
    ("text", "shape", "form"),
    [
        ("float32[B, 16, 8, 8]", "16 × 8 × 8", "circle"),
        ("int64[B]", "scalar", "diamond"),
        ("bool[]", "scalar", "triangle"),
        ("float32[3, 4]", "3 × 4", "circle"),
    ],
)
def test_shapes_are_said_without_the_batch(text: str, shape: str, form: str) -> None:
    assert shape_text(parse_type(text)) == shape
    assert form_of(parse_type(text)) == form


def test_odd_types_and_counts() -> None:
    assert form_of(ListOf(parse_type("float32[]"))) == "square"
    assert [count_text(n) for n in (0, 128, 73_856, 1_300_000)] == ["0", "128", "73.9 K", "1.3 M"]


@pytest.mark.parametrize("name", CATALOG)
def test_every_kind_has_a_face(name: str) -> None:
    project = Project()
    node = Node(NodeId("n"), name, "n", project.kind(name).starting_params())
    face = face_of(project, node, project.slots(node), frozenset(), None, ())
    assert face.title
    assert "{" not in face.line


def test_a_repeated_block_says_how_often(open_canvas: Callable[[Project], Hand]) -> None:
    hand = open_canvas(open_template("gpt2-small"))
    assert "12 times · x → y" in hand.view.shown_text(hand.node("blocks").id)


def test_a_whole_drawing_stays_whole_while_the_canvas_shrinks(digits: Hand) -> None:
    """Also where the minimap, which goes then, would leave no room for it."""
    view = digits.view
    for width, height in ((700, 500), (500, 260), (262, 95), (1200, 760)):
        view.resize(width, height)
        assert view.is_whole_shown
        assert view.seen().contains(view.canvas.bounds())
        shown = view.canvas.bounds().size() * view.zoom
        assert shown.width() > width / 2 or shown.height() > height / 2
