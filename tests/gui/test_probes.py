"""Probes on wires of a window: put there by menu and keys, shown live, and never in the file."""

from __future__ import annotations

import base64

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Set
from graphcore.project.file import to_text
from graphcore.project.graph import Slot
from graphcore.training.events import Probed
from gui.canvas.probe_item import ProbeItem
from gui.main_window import MainWindow
from tests.gui.canvas.hand import Hand
from tests.gui.conftest import OpenWindow, keys

LEFT = Qt.MouseButton.LeftButton


def digits(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    window = open_window(template="digits-cnn")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    window.canvas.setFocus()
    return window


def wire(window: MainWindow, target: str, port: str = "input") -> Slot:
    node = window.document.project.graph.by_name(target)
    assert node is not None
    return node.id, port


def click(window: MainWindow, spot: QPoint) -> None:
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=spot)


def put(window: MainWindow, target: str) -> ProbeItem:
    """A probe on the wire into a node, by keys."""
    window.selection.select((), {wire(window, target)})
    keys(window, "Shift+P", window.canvas)
    return window.canvas.canvas.probes.items[probed_key(window, target)]


def probed_key(window: MainWindow, target: str) -> tuple[str, str]:
    key = window.canvas.canvas.probes.key(wire(window, target))
    assert key is not None
    return key


def look(path: str, direction: str = "forward", mean: float = 0.25) -> Probed:
    picture = base64.b64encode(bytes(range(0, 256, 16))).decode()
    return Probed(7, path, "output", direction, (64, 16, 8, 8), -1, 2, mean, 0.5, 0.25, 0.125, 0,
                  tuple(range(64)), "map", (4, 4, 1), picture)  # fmt: skip


def test_a_probe_lies_on_its_wire_and_its_card_covers_no_other(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = digits(open_window, qtbot)
    before = to_text(window.document.project)
    items = [put(window, target) for target in ("relu1", "conv2", "pool", "head")]
    assert window.canvas.canvas.probes.names == (
        "conv1:output", "relu1:output", "relu2:output", "dropout:output",
    )  # fmt: skip
    areas = [item.area for item in items]
    for place, area in enumerate(areas):
        assert not window.canvas.canvas.cards_in(area)
        assert not any(area.intersects(other) for other in areas[place + 1 :])
    assert to_text(window.document.project) == before
    assert not window.document.history.canUndo()
    window.selection.select((), {wire(window, "relu1")})
    keys(window, "Shift+P", window.canvas)
    assert len(window.canvas.canvas.probes.names) == 3
    window.commands["graph.no_probes"].trigger()
    assert not window.canvas.canvas.probes.items


def test_a_click_shuts_and_opens_the_card_and_a_hand_moves_it(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = digits(open_window, qtbot)
    item = put(window, "relu1")
    view = window.canvas
    start = view.mapFromScene(item.area.center())
    wide = item.area.width()
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    for step in (1, 2, 3):
        QTest.mouseMove(view.viewport(), start + QPoint(20 * step, 10 * step))
    QTest.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(60, 30))
    moved = view.mapFromScene(item.area.center()) - start
    assert (moved - QPoint(60, 30)).manhattanLength() <= 4
    click(window, view.mapFromScene(item.area.center()))
    assert item.area.width() < wide
    click(window, view.mapFromScene(item.area.center()))
    assert item.area.width() == wide
    keys(window, "Alt+P", view)
    assert item.area.width() < wide


def hand_of(window: MainWindow) -> Hand:
    return Hand(window.canvas, window.document, window.analyser, window.selection)


def test_a_probe_is_put_and_taken_off_by_the_menu(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = digits(open_window, qtbot)
    view, slot = window.canvas, wire(window, "conv2")
    for count in (1, 0):
        menu = hand_of(window).menu_at(view.point_of_wire(slot))
        (entry,) = [action for action in menu.actions() if action.text() == "Probe"]
        assert entry.isChecked() == (count == 0)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
        assert len(view.canvas.probes.items) == count


def test_what_is_seen_is_shown_and_said(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = digits(open_window, qtbot)
    item = put(window, "relu1")
    empty = window.canvas.grab().toImage()
    window.runner.drained.emit([look("conv1"), look("conv1", "backward", 1e-6), look("pool")])
    assert item.value == look("conv1")
    assert item.gradient == look("conv1", "backward", 1e-6)
    assert window.canvas.grab().toImage() != empty
    window.selection.select()
    window.selection.select((), {wire(window, "relu1")})
    said = window.canvas.accessibleDescription().replace("\u202f", " ")
    assert "Probed after step 7: mean 0.25, spread 0.5, 25 % zeros, 12 % dead." in said
    assert "Its gradient: mean 1.0e\u22126, spread 0.5, 25 % zeros, 12 % dead." in said


def test_a_run_looks_at_what_has_a_probe(open_window: OpenWindow, qtbot: QtBot) -> None:
    """Those that were there before it began, and those that came since."""
    window = digits(open_window, qtbot)
    first = put(window, "relu1")
    window.train()
    qtbot.waitUntil(lambda: first.value is not None, timeout=60_000)
    second = put(window, "head")
    qtbot.waitUntil(lambda: second.gradient is not None, timeout=60_000)
    assert first.value is not None
    assert first.value.shape[1:] == (16, 8, 8)
    assert second.gradient is not None
    assert second.gradient.shape[1:] == (512,)
    assert sum(second.gradient.counts)
    window.runner.stop()
    qtbot.waitUntil(lambda: not window.runner.is_busy, timeout=60_000)


def test_hovering_a_wire_without_a_probe_says_how_to_see_its_values(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = digits(open_window, qtbot)
    window.document.do(Set(("plan", "epochs"), 400), "Epochs")
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=60_000)
    hand = Hand(window.canvas, window.document, window.analyser, window.selection)
    window.train()
    spot = hand.middle_of_wire("relu1")
    how = "This run doesn&#x27;t look at its values. To see them, select the wire and put a probe"
    qtbot.waitUntil(lambda: f"{how} on it (Shift+P)." in hand.tooltip_at(spot), timeout=60_000)
    assert "float32[B, 16, 8, 8]" in hand.tooltip_at(spot)
    hand.click(spot)
    assert "put a probe on it (Shift+P)." in window.canvas.said
    hand.key(Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: "Probed after step" in hand.tooltip_at(spot), timeout=60_000)
    window.runner.stop()
    qtbot.waitUntil(lambda: not window.runner.is_busy, timeout=60_000)
    assert how not in hand.tooltip_at(hand.middle_of_wire("pool"))


def test_a_probe_inside_a_block_goes_with_its_turn(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(template="resnet18")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    node = window.document.project.graph.by_name("stage1")
    assert node is not None
    window.canvas.open_node(node.id)
    graph = window.selection.place.graph(window.document.project)
    inner = graph.by_name("norm1")
    assert inner is not None
    window.canvas.setFocus()
    window.selection.select((), {(inner.id, "input")})
    keys(window, "Shift+P", window.canvas)
    assert window.canvas.canvas.probes.names == ("stage1.0.conv1:output",)
    assert window.canvas.canvas.probes.items
    window.canvas.leave_block()
    assert not window.canvas.canvas.probes.items
    window.canvas.open_node(node.id)
    assert window.canvas.canvas.probes.items


def test_bars_show_what_was_chosen_while_a_run_goes_on(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = digits(open_window, qtbot)

    def bar(name: str) -> float | None:
        return window.canvas.canvas.nodes[wire(window, name)[0]].bar

    window.train()
    qtbot.waitUntil(lambda: bar("conv1") is not None, timeout=60_000)
    assert bar("head") is not None
    assert bar("relu1") is None  # it has no params, so no gradients of its own
    window.commands["view.bar_spread"].trigger()
    qtbot.waitUntil(lambda: bar("relu1") is not None, timeout=60_000)
    window.commands["view.bar_none"].trigger()
    assert bar("relu1") is bar("conv1") is None
    window.commands["view.bar_gradient"].trigger()
    window.runner.stop()
    qtbot.waitUntil(lambda: not window.runner.is_busy, timeout=60_000)
    assert bar("conv1") is None
