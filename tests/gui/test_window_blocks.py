"""Blocks in the window: inspector, palette, code and problems follow into the block."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView, QTableWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from graphcore.kinds.formula import Formula
from graphcore.project.edits import Set, SetParam
from graphcore.project.file import save
from graphcore.project.graph import Graph, Node
from graphcore.project.project import Note
from gui.main_window import MainWindow
from gui.panels.code import CodePanel
from gui.panels.code_view import CodeView
from tests.graphcore.code.test_blocks import network
from tests.gui.conftest import OpenWindow, keys, press

K = Qt.Key


class Bench:
    """A window on two stages of two residual blocks, and what a person reads and does there."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    @property
    def graph(self) -> Graph:
        return self.window.selection.place.graph(self.window.document.project)

    def node(self, name: str) -> Node:
        found = self.graph.by_name(name)
        assert found is not None
        return found

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.window.analyser.is_current, timeout=60_000)
        QCoreApplication.processEvents()

    def pick(self, *names: str) -> None:
        self.window.selection.select({self.node(name).id for name in names})
        QCoreApplication.processEvents()

    def enter(self, *names: str) -> None:
        for name in names:
            self.pick(name)
            self.window.canvas.setFocus()
            QTest.keyClick(self.window.canvas, K.Key_Down, Qt.KeyboardModifier.AltModifier)
        QCoreApplication.processEvents()

    @property
    def inspector(self) -> QWidget:
        return self.window.docks["inspector"].panel

    def texts(self) -> str:
        """Every label that is seen in the inspector."""
        return "\n".join(w.text() for w in self.inspector.findChildren(QLabel) if w.isVisible())

    def line(self, name: str) -> QLineEdit:
        return next(w for w in self.inspector.findChildren(QLineEdit)
                    if w.accessibleName() == name and w.isVisible())  # fmt: skip

    def type(self, line: QLineEdit, text: str) -> None:
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, K.Key_Return)
        self.wait()

    def button(self, name: str) -> QToolButton:
        def found() -> list[QToolButton]:
            return [w for w in self.inspector.findChildren(QToolButton)
                    if name in w.accessibleName() and w.isVisible()]  # fmt: skip

        self.qtbot.waitUntil(lambda: bool(found()))
        return found()[0]


@pytest.fixture
def bench(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> Bench:
    path = tmp_path / "network.netwright"
    save(network().project, path)
    found = Bench(open_window(path), qtbot)
    found.window.docks.raise_panel("inspector")
    found.wait()
    keys(found.window, "L", found.window.canvas)
    return found


def test_the_inspector_of_an_instance(bench: Bench) -> None:
    bench.pick("stage0")
    assert bench.line("Name of the definition").text() == "Stage"
    assert "2 blocks share it" in bench.texts()
    bench.type(bench.line("size"), "4")
    assert bench.node("stage0").params["size"] == 4
    assert bench.window.analyser.analysis.nodes["stage0.first"].params["width"] == 4
    bench.type(bench.line("Name of the definition"), "Level")
    assert bench.node("stage1").kind == "block.Level"
    press(bench.inspector, "Make unique")
    assert bench.node("stage0").kind == "block.Level2"
    bench.pick("stage0")
    press(bench.inspector, "Enter")
    assert bench.window.selection.place.definition == "Level2"


def test_unpacking_from_the_inspector(bench: Bench) -> None:
    bench.pick("stage0")
    press(bench.inspector, "Unpack")
    assert {"first", "second"} <= {node.name for node in bench.graph.nodes.values()}


def test_the_page_of_the_definition(bench: Bench) -> None:
    bench.enter("stage0", "first")
    assert bench.line("Name of the definition").text() == "Residual"
    assert "in  x  3 × 16 × 16" in bench.texts()
    bench.type(bench.line("Name of param width"), "channels")
    assert bench.node("conv1").params["out_channels"] == Formula("channels")
    bench.type(bench.line("Default of channels"), "12")
    params = bench.window.document.project.definitions["Residual"].params
    assert params["channels"].default == 12
    press(bench.inspector, "Add a param")
    assert "width" in bench.window.document.project.definitions["Residual"].params
    QTest.mouseClick(bench.button("Remove width"), Qt.MouseButton.LeftButton)
    assert set(bench.window.document.project.definitions["Residual"].params) == {"channels"}


def test_a_param_is_exposed_by_a_click(bench: Bench) -> None:
    bench.enter("stage0", "first")
    bench.pick("conv1")
    name = "Expose Padding"
    QTest.mouseClick(bench.button(name), Qt.MouseButton.LeftButton)
    assert bench.node("conv1").params["padding"] == Formula("padding")
    assert bench.window.document.project.definitions["Residual"].params["padding"].default == 1
    assert bench.window.document.history.undoText() == "Expose padding of conv1"
    bench.window.document.history.undo()
    assert bench.node("conv1").params["padding"] == 1


def test_a_param_is_exposed_by_keys_and_its_block_made_unique(bench: Bench) -> None:
    bench.enter("stage0", "first")
    bench.pick("conv1")
    keys(bench.window, "Alt+Return", bench.window.canvas)
    tab_to(bench, "Expose Padding")
    QTest.keyClick(focused(bench), K.Key_Space)
    assert bench.node("conv1").params["padding"] == Formula("padding")
    bench.window.selection.select()
    keys(bench.window, "F6", bench.window.canvas)
    keys(bench.window, "F6", focused(bench))
    tab_to(bench, "Name of param padding")
    keys(bench.window, "Ctrl+A", focused(bench))
    QTest.keyClicks(focused(bench), "border")
    QTest.keyClick(focused(bench), K.Key_Return)
    assert bench.node("conv1").params["padding"] == Formula("border")
    keys(bench.window, "Ctrl+1", focused(bench))
    keys(bench.window, "Alt+Up", bench.window.canvas)
    bench.pick("first")
    keys(bench.window, "U", bench.window.canvas)
    assert bench.node("first").kind == "block.Residual2"
    assert bench.node("second").kind == "block.Residual"


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_exposed_params_are_reordered(by: str, bench: Bench) -> None:
    bench.enter("stage0", "first")
    press(bench.inspector, "Add a param")
    press(bench.inspector, "Add a param")
    definition = bench.window.document.project.definitions["Residual"]
    assert list(definition.params) == ["width", "width2", "width3"]
    for _ in range(2):
        button = bench.button("Move width3 up")
        if by == "mouse":
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        else:
            tab_to(bench, "Move width3 up", K.Key_Backtab)
            QTest.keyClick(focused(bench), K.Key_Space)
    definition = bench.window.document.project.definitions["Residual"]
    assert list(definition.params) == ["width3", "width", "width2"]
    assert "width3" in focused(bench).accessibleName()
    assert not bench.button("Move width3 up").isEnabled()
    bench.wait()
    text = bench.window.analyser.code.text
    assert text.index("width3: ") < text.index("width: ") < text.index("width2: ")
    bench.window.document.history.undo()
    bench.window.document.history.undo()
    definition = bench.window.document.project.definitions["Residual"]
    assert list(definition.params) == ["width", "width2", "width3"]


def tab_to(bench: Bench, name: str, key: Qt.Key = K.Key_Tab) -> None:
    """Press Tab or Shift+Tab until the thing of that name has the keyboard."""
    walked: list[str] = []
    while name not in focused(bench).accessibleName():
        walked.append(focused(bench).accessibleName())
        assert len(walked) < 60, "|".join(walked)
        QTest.keyClick(focused(bench), key)


def focused(bench: Bench) -> QWidget:
    found = bench.window.focusWidget()
    assert found is not None
    return found


def test_the_code_marks_the_lines_of_the_class(bench: Bench) -> None:
    bench.window.docks.raise_panel("code")
    bench.enter("stage1", "second")
    bench.pick("conv2")
    panel = bench.window.docks["code"].panel
    assert isinstance(panel, CodePanel)
    view = panel.findChild(CodeView)
    assert view is not None
    lines = bench.window.analyser.code.text.splitlines()
    marked = [lines[line - 1].strip() for line in view.marked]
    assert marked[0] == "self.conv2 = nn.Conv2d(width, width * 2, 1)"
    assert marked[1].startswith("conv2 = self.conv2(")


def test_a_problem_inside_is_gone_to(bench: Bench) -> None:
    inner = bench.window.document.project.definitions["Residual"].graph.by_name("conv1")
    assert inner is not None
    bench.window.document.do(SetParam(inner.id, "padding", 0, "Residual"), "Break it")
    bench.window.selection.place.go(())
    bench.wait()
    bench.window.docks.raise_panel("problems")
    table = bench.window.docks["problems"].panel.findChild(QTableWidget)
    assert table is not None
    bench.qtbot.waitUntil(lambda: table.rowCount() > 0)
    item = table.item(0, 2)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton,
                     pos=table.visualItemRect(item).center())  # fmt: skip
    assert bench.window.selection.place.prefix == "stage0.first."
    node = bench.window.selection.single
    assert node is not None
    assert bench.window.canvas.badge_at(node) == "error"


def test_a_block_tells_of_problems_inside(bench: Bench) -> None:
    bench.pick("stage0")
    assert "adds a bias" in bench.texts()


def test_a_row_of_the_summary_leads_out(bench: Bench) -> None:
    bench.enter("stage0")
    bench.window.docks.raise_panel("summary")
    table = bench.window.docks["summary"].panel.findChild(QTableView)
    assert table is not None
    bench.qtbot.waitUntil(lambda: table.model().rowCount() == 7)
    spot = table.visualRect(table.model().index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert bench.window.selection.place.is_main
    assert bench.window.selection.single == bench.node("stage0").id


def test_the_palette_lists_blocks(bench: Bench) -> None:
    panel = bench.window.docks["palette"].panel
    assert panel.point_of("block.Residual") is not None  # type: ignore[attr-defined]
    before = len(bench.graph.nodes)
    bench.window.canvas.add_kind("block.Residual")
    assert len(bench.graph.nodes) == before + 1


def test_commands_say_why_they_are_off(bench: Bench) -> None:
    bench.pick("head")
    bench.window.commands.refresh()
    assert "Select one block" in bench.window.commands["graph.unpack"].toolTip()
    assert "main drawing" in bench.window.commands["graph.leave"].toolTip()
    bench.enter("stage0")
    bench.window.commands.refresh()
    assert bench.window.commands["graph.leave"].isEnabled()
    keys(bench.window, "Alt+Up", bench.window.canvas)
    assert bench.window.selection.place.is_main


def test_where_only_a_note_is_it_is_found_and_selected(open_window: OpenWindow) -> None:
    window = open_window()
    window.commands.refresh()
    assert not window.commands["edit.find"].isEnabled()
    note = Note("main", 0, 0, 200, 100, text="Read me")
    window.document.do(Set(("notes", "n1"), note), "Add a note")
    window.commands.refresh()
    for name in ("edit.find", "edit.select_all", "view.frame_all"):
        assert window.commands[name].isEnabled(), name


def test_the_bar_below_counts_what_is_shown(bench: Bench) -> None:
    bench.enter("stage1")
    bench.wait()
    bench.window.commands.refresh()
    shown = [w.text() for w in bench.window.statusBar().findChildren(QLabel) if w.isVisible()]
    assert any(text.startswith(f"{len(bench.graph.nodes)} nodes") for text in shown), shown
