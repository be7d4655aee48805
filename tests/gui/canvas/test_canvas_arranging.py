"""Aligning, spreading, tidying a selection, pinning, copying and swapping inputs."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from pytestqt.qtbot import QtBot

from graphcore.errors import UserError
from graphcore.project.edits import Set, Together
from graphcore.project.notes import nodes_in
from graphcore.project.project import Note, Project
from gui.canvas import clipboard
from tests.build import add, chain
from tests.gui.canvas.hand import ALT, CTRL, SHIFT, Hand

K = Qt.Key


@pytest.fixture
def scattered(open_canvas: Callable[[Project], Hand]) -> Hand:
    """Three nodes, none in line."""
    project = Project()
    for name, at in (("a", (0, 0)), ("b", (312, 200)), ("c", (720, 96))):
        add(project, "nn.ReLU", name, at=at)
    return open_canvas(project)


def pick(hand: Hand, *names: str) -> None:
    for name in names:
        hand.click(hand.at(name), CTRL)


@pytest.mark.parametrize(
    ("key", "axis", "line"),
    [(K.Key_Left, 0, 0), (K.Key_Right, 0, 720), (K.Key_Up, 1, 0), (K.Key_Down, 1, 200)],
)
def test_selected_cards_are_aligned_as_one_change(
    scattered: Hand, key: Qt.Key, axis: int, line: int
) -> None:
    before = scattered.document.project.copy()
    pick(scattered, "a", "b", "c")
    scattered.key(key, CTRL | ALT)
    assert {scattered.place(name)[axis] for name in "abc"} == {line}
    cards = [scattered.view.canvas.nodes[scattered.node(n).id].rect for n in "abc"]
    assert not any(x.intersects(y) for x in cards for y in cards if x is not y)
    assert scattered.document.history.count() == 1
    scattered.undo_and_redo_hold(before, scattered.document.project.copy())


def test_cards_align_with_the_pinned_one(scattered: Hand) -> None:
    pick(scattered, "b")
    scattered.key(K.Key_P)
    pick(scattered, "a", "c")
    scattered.key(K.Key_Up, CTRL | ALT)
    assert [scattered.place(name)[1] for name in "abc"] == [200, 200, 200]


def test_gaps_are_made_equal_by_keys(scattered: Hand) -> None:
    before = scattered.document.project.copy()
    pick(scattered, "a", "b", "c")
    scattered.key(K.Key_H, ALT | SHIFT)
    assert [scattered.place(name)[0] for name in "abc"] == [0, 360, 720]
    scattered.undo_and_redo_hold(before, scattered.document.project.copy())
    scattered.key(K.Key_V, ALT | SHIFT)
    assert sorted(scattered.place(name)[1] for name in "abc") == [0, 108, 216]


def test_tidying_leaves_pinned_nodes_and_covers_none(qtbot: QtBot, digits: Hand) -> None:
    digits.drag(digits.at("pool"), digits.at("pool") + QPoint(0, 150))
    digits.key(K.Key_P)
    place = digits.place("pool")
    assert "Pinned" in digits.tooltip_at(digits.at("pool"))
    digits.key(K.Key_L)
    digits.settle(qtbot)
    assert digits.place("pool") == place
    assert digits.place("conv")[1] == digits.place("relu")[1]
    cards = [item.rect for item in digits.view.canvas.nodes.values()]
    assert not any(x.intersects(y) for x in cards for y in cards if x is not y)
    assert digits.history_text() == "Tidy up"
    digits.click(digits.at("pool"))
    digits.key(K.Key_P)
    digits.key(K.Key_L)
    digits.settle(qtbot)
    assert digits.place("pool") != place


def test_only_the_selection_is_tidied(qtbot: QtBot, digits: Hand) -> None:
    digits.drag(digits.at("relu"), digits.at("relu") + QPoint(10, 160))
    others = {name: digits.place(name) for name in digits.names() - {"conv", "relu"}}
    pick(digits, "conv")
    digits.key(K.Key_L, SHIFT)
    digits.settle(qtbot)
    assert {name: digits.place(name) for name in others} == others
    assert digits.place("relu")[1] == digits.place("conv")[1]
    cards = [item.rect for item in digits.view.canvas.nodes.values()]
    assert not any(x.intersects(y) for x in cards for y in cards if x is not y)


def test_alt_l_lays_out_from_top_to_bottom_as_one_change(qtbot: QtBot, digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.key(Qt.Key.Key_L, ALT)
    digits.settle(qtbot)
    assert digits.place("conv")[0] == digits.place("relu")[0]
    assert digits.place("conv")[1] < digits.place("relu")[1]
    assert digits.history_text() == "Tidy up downwards"
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_alt_drag_leaves_a_copy_behind_and_escape_none(digits: Hand) -> None:
    before = digits.document.project.copy()
    start = digits.at("conv")
    digits.drag(start, start + QPoint(0, 150), ALT, release=False)
    digits.key(K.Key_Escape)
    assert digits.document.project == before
    digits.drag(start, start + QPoint(0, 150), ALT)
    assert digits.place("conv") == before.layout["main"][digits.node("conv").id]
    assert digits.selection.single == digits.node("conv2").id
    assert digits.place("conv2")[1] > digits.place("conv")[1]
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_paste_with_outer_wires_brings_what_feeds_the_nodes(digits: Hand) -> None:
    digits.click(digits.at("relu"))
    digits.key(K.Key_C, CTRL)
    before = digits.document.project.copy()
    digits.key(K.Key_V, CTRL | SHIFT)
    assert "conv.output > relu2.input" in digits.wires()
    digits.undo_and_redo_hold(before, digits.document.project.copy())
    digits.document.history.undo()
    digits.key(K.Key_V, CTRL)
    assert "conv.output > relu2.input" not in digits.wires()


def test_options_of_a_copied_node_are_pasted_onto_all_selected_ones(digits: Hand) -> None:
    project = digits.document.project
    add(project, "nn.Conv2d", "other", **{"out_channels": 99, "kernel_size": 7}, at=(0, 700))
    add(project, "nn.MaxPool2d", "shrink", **{"kernel_size": 9}, at=(264, 700))
    digits.document.replace(project, None)
    digits.view.frame_all()
    digits.click(digits.at("conv"))
    digits.key(K.Key_C, CTRL)
    before = project.copy()
    told: list[str] = []
    digits.view.told.connect(told.append)
    pick(digits, "conv", "other", "shrink")
    digits.key(K.Key_V, CTRL | ALT)
    conv = digits.node("conv").params
    assert digits.node("other").params == conv
    assert digits.node("shrink").params == {"kernel_size": conv["kernel_size"], "padding": 1}
    assert "Nodes changed: 2 of 2." in told[0]
    assert "kernel_size" in told[0]
    assert digits.history_text() == "Paste options onto 2 nodes"
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_options_that_fit_nowhere_are_refused_with_a_sentence(digits: Hand) -> None:
    digits.click(digits.at("conv"))
    digits.key(K.Key_C, CTRL)
    refused: list[UserError] = []
    digits.view.refused.connect(refused.append)
    digits.click(digits.at("relu"))
    digits.key(K.Key_V, CTRL | ALT)
    assert "No selected node takes" in refused[0].message
    assert not digits.document.is_changed


def test_delete_without_joining(digits: Hand) -> None:
    digits.click(digits.at("relu"))
    digits.key(K.Key_Delete, CTRL)
    assert "conv.output > pool.input" not in digits.wires()
    assert "relu" not in digits.names()


def test_alt_s_swaps_the_first_two_inputs(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.click(branches.at("add"))
    branches.key(K.Key_S, ALT)
    assert {"conv.output > add.tensors.1", "shortcut.output > add.tensors.0"} <= branches.wires()
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_what_has_one_input_says_why_it_swaps_none(digits: Hand) -> None:
    told: list[object] = []
    digits.view.refused.connect(told.append)
    digits.click(digits.at("relu"))
    digits.key(K.Key_S, ALT)
    assert "relu" in str(told[0])
    assert digits.document.history.count() == 0


def test_an_input_alone_goes_to_the_other_port(open_canvas: Callable[[Project], Hand]) -> None:
    project = Project()
    chain(project, "nn.ReLU", "ops.sub")
    hand = open_canvas(project)
    wire = next(iter(project.graph.wires.values()))
    node = hand.node("sub")
    hand.selection.select({node.id})
    hand.key(K.Key_S, ALT)
    after = next(iter(project.graph.wires.values()))
    assert after.source == wire.source
    assert after.input != wire.input


def test_escape_cancels_a_layout_that_is_still_to_come(qtbot: QtBot, digits: Hand) -> None:
    before, told = digits.document.project.copy(), list[str]()
    digits.view.told.connect(told.append)
    digits.key(K.Key_L)
    digits.key(K.Key_Escape)
    digits.settle(qtbot)
    assert digits.document.project == before
    assert digits.document.history.count() == 0
    assert "cancelled" in told[0]


def test_an_edit_meanwhile_drops_the_layout_and_says_so(qtbot: QtBot, digits: Hand) -> None:
    told = list[str]()
    digits.view.told.connect(told.append)
    digits.click(digits.at("relu"))
    digits.key(K.Key_L)
    digits.key(K.Key_Right, CTRL)
    digits.settle(qtbot)
    assert digits.document.history.count() == 1
    assert "changed meanwhile" in told[0]


def test_the_newest_of_two_layouts_wins(qtbot: QtBot, digits: Hand) -> None:
    pick(digits, "conv", "relu")
    digits.key(K.Key_L)
    digits.key(K.Key_L, SHIFT)
    digits.settle(qtbot)
    assert digits.document.history.count() == 1
    assert digits.history_text() == "Tidy up 2 nodes"


def test_cards_glide_to_their_places_unless_motion_is_reduced(
    qtbot: QtBot, digits: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = digits.view.canvas.nodes[digits.node("loss").id]
    for is_reduced in (False, True):
        monkeypatch.setattr("gui.motion.is_reduced", lambda answer=is_reduced: answer)
        digits.drag(digits.at("loss"), digits.at("loss") + QPoint(0, 150))
        start = item.pos()
        with qtbot.waitSignal(digits.document.edited):
            digits.key(K.Key_L)
        assert digits.view.tidying.is_busy is not is_reduced
        digits.settle(qtbot)
        assert item.pos() == QPointF(*digits.place("loss")) != start


def test_what_lies_in_a_frame_stays_in_it(qtbot: QtBot, digits: Hand) -> None:
    cards = {name: digits.view.canvas.nodes[digits.node(name).id].rect for name in ("relu", "pool")}
    area = cards["relu"].united(cards["pool"]).adjusted(-30, -50, 30, 90)
    box = (round(area.x()), round(area.y()), round(area.width()), round(area.height()))
    words = Note("main", box[0] + 24, box[1] + box[3] - 60, 150, 48, text="why")
    frame = Note("main", *box, title="Squeeze")
    together = Together((Set(("notes", "f"), frame), Set(("notes", "w"), words)))
    together.apply(digits.document.project)
    before = digits.document.project.copy()
    digits.key(K.Key_L)
    digits.settle(qtbot)
    notes, boxes = digits.document.project.notes, digits.view.boxes(digits.view.canvas.nodes)
    inside = nodes_in(notes["f"], boxes)
    assert {digits.graph.nodes[node].name for node in inside} == {"relu", "pool"}
    assert notes["w"].x - notes["f"].x == words.x - frame.x
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_pasted_code_becomes_nodes_or_is_told_with_its_line(blank: Hand) -> None:
    told: list[object] = []
    blank.view.refused.connect(told.append)
    QGuiApplication.clipboard().setText("nn.Sequential(nn.Linear(64, 32), nn.ReLU())")
    blank.view.setFocus()
    blank.key(K.Key_V, CTRL)
    assert blank.names() == {"linear", "relu"}
    assert blank.wires() == {"linear.output > relu.input"}
    assert blank.document.history.count() == 1
    QGuiApplication.clipboard().setText("nn.Sequential(\n    nn.Linear(64, 32),\n    Mine(3))")
    blank.key(K.Key_V, CTRL)
    assert "Line 3: “Mine”" in str(told[0])
    assert blank.document.history.count() == 1


def copies(hand: Hand, before: set[str]) -> list[str]:
    return sorted(hand.names() - before)


def test_a_paste_lies_in_sight_and_each_one_elsewhere(digits: Hand) -> None:
    digits.view.set_zoom(2.0)
    digits.view.look_at(digits.view.canvas.nodes[digits.node("relu").id].rect.center())
    digits.click(digits.at("relu"))
    digits.key(K.Key_C, CTRL)
    places = set()
    for _ in range(6):
        before = digits.names()
        digits.key(K.Key_V, CTRL)
        (made,) = copies(digits, before)
        assert digits.is_seen(made)
        assert digits.view.zoom == 2.0
        places.add(digits.place(made))
    assert len(places) == 6


def test_a_paste_goes_where_the_mouse_is_and_nothing_moves_that_need_not(digits: Hand) -> None:
    digits.click(digits.at("relu"))
    digits.key(K.Key_C, CTRL)
    spot, before = digits.at("conv") + QPoint(0, 150), digits.names()
    seen = digits.view.seen()
    QCursor.setPos(digits.view.viewport().mapToGlobal(spot))
    digits.hover(spot)
    digits.key(K.Key_V, CTRL)
    (made,) = copies(digits, before)
    assert (digits.at(made) - spot).manhattanLength() < 30
    assert digits.view.seen() == seen


def test_a_paste_too_large_for_the_view_zooms_out(digits: Hand) -> None:
    digits.key(K.Key_A, CTRL)
    digits.key(K.Key_C, CTRL)
    digits.view.set_zoom(2.0)
    before = digits.names()
    digits.key(K.Key_V, CTRL)
    assert all(digits.is_seen(name) for name in copies(digits, before))
    assert digits.view.zoom < 2.0


def test_the_view_glides_to_what_was_pasted_unless_motion_is_reduced(
    qtbot: QtBot, digits: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.motion.is_reduced", lambda: False)
    digits.view.set_zoom(2.0)
    digits.view.look_at(digits.view.canvas.nodes[digits.node("relu").id].rect.center())
    digits.click(digits.at("relu"))
    before = digits.names()
    for _ in range(3):
        digits.key(K.Key_D, CTRL)
    last = digits.graph.nodes[digits.selection.single].name
    qtbot.waitUntil(lambda: digits.is_seen(last), timeout=2_000)
    assert len(copies(digits, before)) == 3


class Foreign:
    """A clipboard whose owner counts how often it has to answer."""

    def __init__(self) -> None:
        self.asked, self.mime = 0, QMimeData()
        self.hearers: list[Callable[[], object]] = []
        self.dataChanged = SimpleNamespace(connect=self.hearers.append)

    def mimeData(self) -> QMimeData:
        self.asked += 1
        return self.mime

    def take(self, text: str) -> None:
        self.mime = QMimeData()
        self.mime.setText(text)
        for hear in self.hearers:
            hear()


def test_the_clipboard_is_asked_only_after_it_changed() -> None:
    """Another program answers, and may take long; the commands want to know after every edit."""
    foreign = Foreign()
    watch = clipboard.Watch(foreign)
    assert [watch.holds_text for _ in range(5)] == [False] * 5
    foreign.take("nn.ReLU()")
    assert [watch.holds_text for _ in range(5)] == [True] * 5
    assert foreign.asked == 2
    watch.forget()  # a window has the keyboard again
    assert watch.holds_text
    assert foreign.asked == 3
