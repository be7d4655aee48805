"""Nodes come onto the canvas: drops, search, appending, inserting, pasting."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QListWidget
from pytestqt.qtbot import QtBot

from graphcore.kinds.catalog import CATALOG
from gui.canvas.search import match_cost, ranked
from gui.canvas.wire_item import Ghost
from tests.gui.canvas.hand import CTRL, SHIFT, Hand

K = Qt.Key


def overlaps(hand: Hand) -> bool:
    """Whether any two cards touch."""
    cards = [item.rect for item in hand.view.canvas.nodes.values()]
    return any(a.intersects(b) for i, a in enumerate(cards) for b in cards[i + 1 :])


def test_drop_from_the_palette_adds_a_node_on_the_grid_and_selects_it(blank: Hand) -> None:
    before = blank.document.project.copy()
    blank.drop_kind("nn.Conv2d", QPoint(400, 300))
    x, y = blank.place("conv")
    assert (x % 24, y % 24) == (0, 0)
    assert blank.selection.nodes == {blank.node("conv").id}
    assert (blank.at("conv") - QPoint(400, 300)).manhattanLength() < 40
    blank.undo_and_redo_hold(before, blank.document.project.copy())


def test_drops_on_the_same_spot_never_lie_on_each_other(blank: Hand) -> None:
    for _ in range(6):
        blank.drop_kind("nn.ReLU", QPoint(400, 300))
    assert len(blank.graph.nodes) == 6
    assert not overlaps(blank)


def test_drop_on_a_wire_inserts_the_node_and_makes_room(digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.drop_kind("nn.BatchNorm2d", digits.middle_of_wire("relu"))
    assert digits.history_text() == "Add BatchNorm2d"
    assert {"conv.output > batch_norm.input", "batch_norm.output > relu.input"} <= digits.wires()
    assert "conv.output > relu.input" not in digits.wires()
    assert not overlaps(digits)
    digits.undo_and_redo_hold(before, digits.document.project.copy())


@pytest.mark.parametrize(
    ("kind", "name", "goes_in"),
    [("nn.BatchNorm2d", "batch_norm", True), ("data.Dataset", "data2", False),
     ("nn.Embedding", "embedding", False)],
)  # fmt: skip
def test_the_ghost_lies_where_the_node_will_and_lights_the_wire_that_takes_it(
    digits: Hand, qtbot: QtBot, kind: str, name: str, goes_in: bool
) -> None:
    digits.analyse(qtbot)
    before, spot = digits.wires(), digits.middle_of_wire("relu")
    digits.carry_kind(kind, spot)
    scene = digits.view.canvas
    assert scene.hovered.wire == ((digits.node("relu").id, "input") if goes_in else None)
    (ghost,) = (item for item in scene.items() if isinstance(item, Ghost))
    place = (round(ghost.x()), round(ghost.y()))
    digits.drop_kind(kind, spot)
    assert place == digits.place(name)
    assert (digits.wires() != before) == goes_in


def test_dropped_files_are_told(digits: Hand, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(digits.view.files_dropped) as told:
        digits.drop_file(str(tmp_path / "a.netwright"), QPoint(50, 50))
    assert told.args == [[tmp_path / "a.netwright"], digits.view.mapToScene(QPoint(50, 50))]


def test_tab_searches_and_enter_places(blank: Hand) -> None:
    blank.key(K.Key_Tab)
    blank.type("cv2")
    blank.key(K.Key_Return)
    assert blank.names() == {"conv"}
    assert QApplication.focusWidget() is blank.view


def test_the_search_matches_ranks_by_use_and_helps(digits: Hand) -> None:
    digits.key(K.Key_Tab)
    used = {digits.document.project.kind(n.kind).title for n in digits.graph.nodes.values()}
    assert set(digits.search_rows()[: len(used)]) == used
    digits.type("cv2")
    assert digits.search_rows()[0] == "Conv2d"
    search = QApplication.focusWidget().parentWidget()
    (help_line,) = (label for label in search.findChildren(QLabel) if label.text())
    first = help_line.text()
    assert help_line.isVisible()
    digits.key(K.Key_Down)
    assert help_line.text() != first


def test_double_click_on_paper_searches_there(digits: Hand) -> None:
    digits.double_click(QPoint(300, 120))
    digits.type("gelu")
    digits.key(K.Key_Return)
    assert (digits.at("gelu") - QPoint(300, 120)).manhattanLength() < 60


def test_escape_closes_the_search_and_adds_nothing(digits: Hand) -> None:
    digits.key(K.Key_Tab)
    assert digits.view.findChild(QListWidget) is not None
    digits.key(K.Key_Escape)
    assert QApplication.focusWidget() is digits.view
    assert digits.document.history.count() == 0


def test_arrows_in_the_search_choose_another_row(blank: Hand) -> None:
    blank.key(K.Key_Tab)
    blank.type("conv")
    blank.key(K.Key_Down)
    blank.key(K.Key_Return)
    kind = next(iter(blank.graph.nodes.values())).kind
    assert kind != ranked("conv", list(CATALOG.values()), {})[0].name
    assert "Conv" in kind


def test_shift_enter_hangs_the_node_on_the_selected_one(digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.click(digits.at("pool"))
    digits.key(K.Key_Tab)
    digits.type("dropout2d")
    digits.key(K.Key_Return, SHIFT)
    assert "pool.output > dropout.input" in digits.wires()
    assert not overlaps(digits)
    digits.undo_and_redo_hold(before, digits.document.project.copy())


def test_a_wire_dropped_into_empty_space_asks_for_what_fits(digits: Hand) -> None:
    before = digits.document.project.copy()
    digits.drag(digits.output("conv"), digits.output("conv") + QPoint(40, 160))
    digits.type("sigmoid")
    digits.key(K.Key_Return)
    assert "conv.output > sigmoid.input" in digits.wires()
    digits.undo_and_redo_hold(before, digits.document.project.copy())


@pytest.mark.parametrize(("source", "port", "is_offered"),
                         [("conv", "output", False), ("data", "image", True)])  # fmt: skip
def test_an_input_is_offered_only_to_a_field_of_a_dataset(
    digits: Hand, source: str, port: str, is_offered: bool
) -> None:
    digits.drag(digits.output(source, port), digits.output(source, port) + QPoint(40, 200))
    assert ("Input" in digits.search_rows()) == is_offered
    digits.key(K.Key_Escape)
    digits.click(digits.at(source))
    digits.key(K.Key_Tab)
    digits.type("input")
    digits.key(K.Key_Return, SHIFT)
    added = f"{source}.{port} > input.field"
    assert (added in digits.wires()) == is_offered
    digits.drop_kind("io.Input", digits.middle_of_wire("pool"))
    assert not any(wire.startswith("relu.output > input") for wire in digits.wires())


def test_the_search_tells_of_hanging_only_where_it_can(digits: Hand) -> None:
    def help_text() -> str:
        search = QApplication.focusWidget().parentWidget()
        return "".join(label.text() for label in search.findChildren(QLabel))

    digits.key(K.Key_Tab)
    assert "Shift+Enter" not in help_text()
    digits.key(K.Key_Escape)
    digits.click(digits.at("pool"))
    digits.key(K.Key_Tab)
    assert "Shift+Enter" in help_text()
    digits.key(K.Key_Escape)
    digits.drag(digits.output("conv"), digits.output("conv") + QPoint(40, 160))
    assert digits.search_rows()
    assert "Shift+Enter" not in help_text()


def test_backwards_into_empty_space_lists_only_what_has_an_output(branches: Hand) -> None:
    spot = branches.input("relu")
    branches.drag(spot, spot + QPoint(-60, 140))
    shown = branches.search_rows()
    assert "Conv2d" in shown
    assert "Output" not in shown
    branches.type("tanh")
    branches.key(K.Key_Return)
    assert "tanh.output > relu.input" in branches.wires()


def test_subsequence_match_and_rank_by_use() -> None:
    kinds = list(CATALOG.values())
    assert ranked("cv2", kinds, {})[0].name == "nn.Conv2d"
    assert ranked("dense", kinds, {})[0].name == "nn.Linear"
    assert ranked("", kinds, {"nn.GRU": 3})[0].name == "nn.GRU"
    assert ranked("qqq", kinds, {}) == []
    assert match_cost("relu", "ReLU") < match_cost("relu", "LeakyReLU")


def test_copy_and_paste_through_text(branches: Hand) -> None:
    before = branches.document.project.copy()
    branches.click(branches.at("x"))
    branches.click(branches.at("conv"), CTRL)
    branches.key(K.Key_C, CTRL)
    assert QGuiApplication.clipboard().text().startswith("{")
    branches.key(K.Key_V, CTRL)
    assert {"x2", "conv2"} <= branches.names()
    assert "x2.output > conv2.input" in branches.wires()
    assert branches.node("conv2").params["out_channels"] == 8
    assert branches.selection.nodes == {branches.node("x2").id, branches.node("conv2").id}
    assert not overlaps(branches)
    branches.undo_and_redo_hold(before, branches.document.project.copy())


def test_cut_and_duplicate(branches: Hand) -> None:
    branches.click(branches.at("relu"))
    branches.key(K.Key_D, CTRL)
    assert "relu2" in branches.names()
    branches.key(K.Key_X, CTRL)
    assert "relu2" not in branches.names()
    branches.key(K.Key_V, CTRL)
    assert "relu2" in branches.names()


def test_foreign_text_on_the_clipboard_gets_a_sentence(digits: Hand, qtbot: QtBot) -> None:
    for text in ("hello", '{"a": 1}', "{" * 5000, ""):
        QGuiApplication.clipboard().setText(text)
        with qtbot.waitSignal(digits.view.refused) as told:
            digits.key(K.Key_V, CTRL)
        assert "clipboard" in told.args[0].message
    assert digits.document.history.count() == 0


def test_shortcuts_of_the_window_do_not_reach_into_the_search(digits: Hand) -> None:
    called: list[str] = []
    action = QAction("Search", digits.view)
    action.setShortcut(QKeySequence("Tab"))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda: called.append("Tab"))
    digits.view.addAction(action)
    digits.key(K.Key_Tab)
    digits.type("conv")
    digits.key(K.Key_Tab)
    assert called == []
    rows = digits.view.findChild(QListWidget)
    assert rows is not None
    assert rows.currentRow() == 1
    digits.key(K.Key_Escape)
