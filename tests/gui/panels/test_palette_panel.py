"""The palette: finding, folding and picking kinds."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from graphcore.kinds.catalog import CATALOG
from graphcore.project.definitions import Definition
from graphcore.project.edits import AddDefinition
from gui.panels.palette import KIND_MIME, KindTree, PalettePanel
from gui.panels.shelves import matches
from tests.gui.panels.conftest import Desk


@pytest.fixture
def palette(desk: Desk, shown: Callable[..., PalettePanel]) -> PalettePanel:
    return shown(PalettePanel(document=desk.document, appearance=desk.appearance), 220, 700)


def rows(palette: PalettePanel) -> list[str]:
    tree = palette.findChild(KindTree)
    return [tree.topLevelItem(i).text(0) for i in range(tree.topLevelItemCount())]


def item(palette: PalettePanel, text: str) -> QTreeWidgetItem:
    tree = palette.findChild(KindTree)
    return tree.topLevelItem(rows(palette).index(text))


def place(palette: PalettePanel, text: str) -> QPoint:
    tree = palette.findChild(KindTree)
    tree.scrollToItem(item(palette, text))
    return tree.visualItemRect(item(palette, text)).center()


def click(qtbot: QtBot, palette: PalettePanel, text: str) -> None:
    at = place(palette, text)
    qtbot.mouseClick(palette.findChild(KindTree).viewport(), Qt.MouseButton.LeftButton, pos=at)


def search(qtbot: QtBot, palette: PalettePanel, text: str) -> QLineEdit:
    palette.focus_search()
    line = palette.findChild(QLineEdit)
    qtbot.keyClicks(line, text)
    return line


@pytest.mark.parametrize(
    ("text", "first"),
    [("conv", "Conv2d"), ("relu", "ReLU"), ("dense", "Linear"), ("bn2", "BatchNorm2d"),
     ("residual", "add"), ("classification", "CrossEntropyLoss"), ("hardsw", "Hardswish")],
)  # fmt: skip
def test_the_best_match_is_chosen_with_enter(
    qtbot: QtBot, palette: PalettePanel, text: str, first: str
) -> None:
    line = search(qtbot, palette, text)
    assert rows(palette)[0] == first
    with qtbot.waitSignal(palette.chosen) as picked:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert CATALOG[picked.args[0]].title == first


def test_down_goes_to_what_was_found(qtbot: QtBot, palette: PalettePanel) -> None:
    line = search(qtbot, palette, "pool2")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    tree = palette.findChild(KindTree)
    assert tree.hasFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as picked:
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert CATALOG[picked.args[0]].title == rows(palette)[1]


def test_what_is_not_there_is_said(qtbot: QtBot, palette: PalettePanel) -> None:
    line = search(qtbot, palette, "xyzzy")
    texts = [label.text() for label in palette.findChildren(QLabel) if label.isVisible()]
    assert any("xyzzy" in text for text in texts)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert "CONVOLUTION" in rows(palette)


def test_search_reaches_every_kind(desk: Desk) -> None:
    for kind in CATALOG.values():
        assert kind in matches(desk.document.project, kind.title)


def test_a_double_click_picks(qtbot: QtBot, palette: PalettePanel) -> None:
    at = place(palette, "Linear")
    click(qtbot, palette, "Linear")  # a double click begins with a click
    with qtbot.waitSignal(palette.chosen) as picked:
        qtbot.mouseDClick(palette.findChild(KindTree).viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert picked.args == ["nn.Linear"]


def test_a_family_folds_and_is_remembered(qtbot: QtBot, palette: PalettePanel) -> None:
    click(qtbot, palette, "CONVOLUTION")
    qtbot.waitUntil(lambda: "Conv2d" not in rows(palette))
    assert "convolution" in palette.collapsed
    palette.collapsed = palette.collapsed - {"convolution"}
    qtbot.waitUntil(lambda: "Conv2d" in rows(palette))


def test_the_long_tail_is_behind_more(qtbot: QtBot, palette: PalettePanel) -> None:
    assert "Conv3d" not in rows(palette)
    shown = rows(palette)
    more = next(row for row in shown[shown.index("CONVOLUTION") :] if row.endswith("more"))
    click(qtbot, palette, more)
    qtbot.waitUntil(lambda: "Conv3d" in rows(palette))
    assert "convolution/more" not in palette.collapsed


def test_a_drag_carries_the_kind_and_a_ghost(palette: PalettePanel) -> None:
    drag = palette.findChild(KindTree).drag_of(CATALOG["nn.Conv2d"])
    assert bytes(drag.mimeData().data(KIND_MIME).data()) == b"nn.Conv2d"
    assert drag.pixmap().toImage().pixelColor(20, 20).alpha() > 0


def test_tooltips_explain_and_name_the_page(palette: PalettePanel) -> None:
    tip = item(palette, "Linear").toolTip(0)
    assert "weighted sum" in tip
    assert "docs.pytorch.org" in tip


def test_blocks_of_the_project_appear(qtbot: QtBot, desk: Desk, palette: PalettePanel) -> None:
    assert "BLOCKS" not in rows(palette)
    desk.document.do(AddDefinition("Residual", Definition()), "New block")
    qtbot.waitUntil(lambda: "Residual" in rows(palette))


def test_letters_typed_on_the_tree_go_to_the_search(qtbot: QtBot, palette: PalettePanel) -> None:
    qtbot.keyClick(palette.findChild(KindTree), "g")
    assert palette.findChild(QLineEdit).text() == "g"
