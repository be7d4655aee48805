"""The outline: a tree of the drawing that selects with the canvas, used by mouse and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QTreeView
from pytestqt.qtbot import QtBot

from graphcore.analysis.result import Analysis
from graphcore.project.file import save
from graphcore.project.graph import Node, NodeId
from graphcore.project.project import Project
from gui.document import Document
from gui.main_window import MainWindow
from gui.panels.outline_rows import OutlineRows
from gui.theme import Appearance
from tests.graphcore.code.test_blocks import network
from tests.gui.conftest import OpenWindow, keys

K = Qt.Key
NAME = Qt.ItemDataRole.DisplayRole


class Reader:
    """A window with the outline open, and what a person reads and does there."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        keys(window, "Ctrl+Shift+O")
        self.tree = next(
            t for t in window.findChildren(QTreeView) if t.accessibleName().startswith("Outline")
        )
        self.field = next(
            f for f in window.findChildren(QLineEdit) if f.accessibleName() == "Filter the outline"
        )

    @property
    def chosen(self) -> set[str]:
        graph = self.window.selection.place.graph(self.window.document.project)
        return {graph.nodes[node].name for node in self.window.selection.nodes}

    @property
    def marked(self) -> set[str]:
        return {index.data(NAME) for index in self.tree.selectionModel().selectedRows()}

    def names(self, around: QModelIndex | None = None) -> list[str]:
        model, parent = self.tree.model(), around or QModelIndex()
        return [model.index(i, 0, parent).data(NAME) for i in range(model.rowCount(parent))]

    def index(self, *path: str) -> QModelIndex:
        found = QModelIndex()
        for name in path:
            found = self.tree.model().index(self.names(found).index(name), 0, found)
        return found

    def click(
        self, *path: str, with_key: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        self.tree.scrollTo(self.index(*path))
        spot = self.tree.visualRect(self.index(*path)).center()
        QTest.mouseClick(self.tree.viewport(), Qt.MouseButton.LeftButton, with_key, spot)
        QCoreApplication.processEvents()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.tree, key)
        QCoreApplication.processEvents()

    def filter(self, text: str) -> None:
        self.field.setFocus()
        self.field.selectAll()
        QTest.keyClicks(self.field, text)
        QCoreApplication.processEvents()


@pytest.fixture
def reader(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> Reader:
    """Two stages of residual blocks, analysed."""
    save(network().project, tmp_path / "stages.netwright")
    window = open_window(tmp_path / "stages.netwright")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    return Reader(window, qtbot)


def test_the_outline_lists_the_drawing_in_its_order(reader: Reader) -> None:
    graph = reader.window.document.project.graph
    assert reader.names() == [node.name for node in graph.ordered()]
    assert reader.tree.hasFocus()


def test_it_selects_with_the_canvas_both_ways(reader: Reader) -> None:
    first, second = reader.names()[:2]
    reader.click(first)
    reader.click(second, with_key=Qt.KeyboardModifier.ControlModifier)
    assert reader.chosen == {first, second}
    reader.window.canvas.select_all()
    assert reader.marked == set(reader.names())
    reader.window.selection.select()
    assert reader.marked == set()


def block_name(reader: Reader) -> str:
    nodes = reader.window.document.project.graph.ordered()
    return next(node.name for node in nodes if node.kind.startswith("block."))


def test_enter_dives_into_a_block_whose_nodes_nest_below_it(reader: Reader) -> None:
    block = block_name(reader)
    reader.click(block)
    reader.press(K.Key_Return)
    place = reader.window.selection.place
    assert [node.name for node in place.blocks] == [block]
    assert reader.tree.isExpanded(reader.index(block))
    inner = reader.names(reader.index(block))[1]
    assert reader.chosen == set()
    place.go(())
    reader.click(block, inner)
    assert [node.name for node in place.blocks] == [block]
    assert reader.chosen == {inner}
    assert reader.marked == {inner}


def test_f2_renames_and_a_name_that_cannot_be_is_refused_with_a_sentence(reader: Reader) -> None:
    first, second = reader.names()[:2]
    for typed in ("renamed", second):
        reader.click(reader.names()[0])
        reader.press(K.Key_F2)
        editor = QApplication.focusWidget()
        assert isinstance(editor, QLineEdit)
        editor.selectAll()
        QTest.keyClicks(editor, typed)
        QTest.keyClick(editor, K.Key_Return)
        QCoreApplication.processEvents()
    assert reader.names()[0] == "renamed"
    said = [label.text() for label in reader.window.notices.findChildren(QLabel)]
    assert any(second in text for text in said), said
    reader.window.document.history.undo()
    QCoreApplication.processEvents()
    assert reader.names()[0] == first


def test_delete_deletes_as_on_the_canvas_and_undo_brings_the_row_back(reader: Reader) -> None:
    before = reader.names()
    reader.click(before[1])
    reader.press(K.Key_Delete)
    assert reader.names() == [before[0], *before[2:]]
    reader.window.document.history.undo()
    QCoreApplication.processEvents()
    assert reader.names() == before


def test_the_filter_keeps_the_blocks_around_what_it_finds(reader: Reader) -> None:
    block = block_name(reader)
    reader.filter("conv2")
    assert block in reader.names()
    assert set(reader.names()) != {
        node.name for node in reader.window.document.project.graph.ordered()
    }
    assert reader.tree.isExpanded(reader.index(block))
    reader.filter("nothing like that")
    assert reader.tree.isHidden()
    QTest.keyClick(reader.field, K.Key_Escape)
    QCoreApplication.processEvents()
    assert reader.tree.isVisible()
    assert len(reader.names()) > 1


def test_a_row_says_what_the_canvas_says_of_the_node(reader: Reader) -> None:
    for name in reader.names():
        reader.click(name)
        said = reader.index(name).data(Qt.ItemDataRole.AccessibleTextRole)
        assert said == reader.window.canvas.accessibleDescription()


def test_the_menu_is_that_of_the_canvas(reader: Reader) -> None:
    spot: QPoint = reader.tree.visualRect(reader.index(reader.names()[0])).center()
    reader.tree.customContextMenuRequested.emit(spot)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Duplicate" in [action.text() for action in menu.actions()]
    menu.close()


def test_ten_thousand_nodes_are_read_only_where_somebody_looks(
    qtbot: QtBot, session_look: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project()
    for i in range(10_000):
        project.graph.nodes[NodeId(f"n{i}")] = Node(NodeId(f"n{i}"), "nn.ReLU", f"relu{i}", order=i)
    project.graph.changed()
    document, tree = Document(project), QTreeView()
    rows = OutlineRows(document, session_look, tree)
    asked = list[str]()
    kind = Project.kind
    monkeypatch.setattr(Project, "kind", lambda self, name: asked.append(name) or kind(self, name))
    qtbot.addWidget(tree)
    tree.setUniformRowHeights(True)
    tree.setModel(rows)
    rows.show(Analysis())
    with qtbot.waitExposed(tree):
        tree.show()
    assert rows.rowCount() == 10_000
    assert 0 < len(asked) < 1_000
    document.deleteLater()
