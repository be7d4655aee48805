"""Problems, code and layer summary."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QTableWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from graphcore.analysis.result import Analysis, Repair
from graphcore.code.code import Code
from graphcore.project.edits import SetParam
from graphcore.project.graph import NodeId
from gui.highlight import spans
from gui.panels.code import CodePanel
from gui.panels.code_view import CodeView
from gui.panels.problems import ProblemsPanel
from gui.panels.summary import SummaryPanel
from gui.theme import Appearance
from tests.gui.panels.conftest import Desk
from tests.gui.panels.given import TEXT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def problems(desk: Desk, shown: Callable[..., QWidget]) -> QWidget:
    return shown(ProblemsPanel(document=desk.document, analyser=desk.analyser,
                               selection=desk.selection, appearance=desk.appearance),
                 900, 300)  # fmt: skip


@pytest.fixture
def code(desk: Desk, shown: Callable[..., QWidget]) -> QWidget:
    return shown(CodePanel(document=desk.document, analyser=desk.analyser,
                           selection=desk.selection, appearance=desk.appearance),
                 900, 300)  # fmt: skip


@pytest.fixture
def summary(desk: Desk, shown: Callable[..., QWidget]) -> QWidget:
    return shown(SummaryPanel(document=desk.document, analyser=desk.analyser,
                              selection=desk.selection, appearance=desk.appearance),
                 900, 300)  # fmt: skip


def click_row(qtbot: QtBot, view: QAbstractItemView, row: int, column: int = 0) -> None:
    index = view.model().index(row, column)
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def column(view: QAbstractItemView, number: int) -> list[str]:
    model = view.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def texts(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def button(panel: QWidget, start: str) -> QWidget:
    buttons = [*panel.findChildren(QPushButton), *panel.findChildren(QToolButton)]
    return next(
        b for b in buttons
        if b.isVisible() and (b.text().startswith(start) or b.accessibleName().startswith(start))
    )  # fmt: skip


def proven(qtbot: QtBot, panel: QWidget, start: str) -> QWidget:
    """A Fix button: it comes when its repair was tried in the background."""

    def there() -> bool:
        names = [b.accessibleName() for b in panel.findChildren(QPushButton) if b.isVisible()]
        return any(name.startswith(start) for name in names)

    qtbot.waitUntil(there, timeout=20_000)  # the first proof loads torch
    return button(panel, start)


def test_a_repair_that_does_not_help_is_not_offered(
    qtbot: QtBot, desk: Desk, problems: QWidget
) -> None:
    """Of two repairs, the one that breaks the network is left out."""
    proven(qtbot, problems, "Fix: Linear")
    bad = Repair("Use 3 channels", SetParam(NodeId("conv"), "in_channels", 3))
    good = Repair("Use 8 filters", SetParam(NodeId("conv"), "out_channels", 8))
    told = desk.analyser.analysis
    one = replace(told.problems[1], message="Conv2d “conv” is odd.", repairs=(bad, good))
    desk.analyser.tell(replace(told, problems=(one,)))
    fix = proven(qtbot, problems, "Fix: Conv2d “conv” is odd")
    assert fix.toolTip() == "Use 8 filters"


def test_problems_are_listed_gravest_first(problems: QWidget) -> None:
    table = problems.findChild(QTableWidget)
    assert column(table, 0) == ["Error", "Warning", "Info"]
    assert column(table, 1) == ["conv", "head", "relu"]


def test_a_problem_leads_to_its_node(qtbot: QtBot, desk: Desk, problems: QWidget) -> None:
    with qtbot.waitSignal(problems.node_chosen) as chosen:
        click_row(qtbot, problems.findChild(QTableWidget), 1, 2)
    assert chosen.args == ["head"]
    assert desk.selection.single == "head"


def test_severities_can_be_hidden(qtbot: QtBot, problems: QWidget) -> None:
    qtbot.mouseClick(button(problems, "Error 1"), LEFT)
    table = problems.findChild(QTableWidget)
    qtbot.waitUntil(lambda: column(table, 1) == ["head", "relu"])


def test_fix_does_the_only_repair(qtbot: QtBot, desk: Desk, problems: QWidget) -> None:
    qtbot.mouseClick(proven(qtbot, problems, "Fix: Linear"), LEFT)
    assert desk.param("head", "out_features") == 10
    assert desk.document.history.undoText() == "Set out_features of head to 10"


def test_fix_offers_several_repairs_in_a_menu(qtbot: QtBot, desk: Desk, problems: QWidget) -> None:
    menu = proven(qtbot, problems, "Fix: Conv2d").menu()
    next(action for action in menu.actions() if action.text() == "Use 8 filters").trigger()
    assert desk.param("conv", "out_channels") == 8


def test_a_menu_of_the_list_stays_while_a_newer_analysis_comes_in(
    qtbot: QtBot, desk: Desk, problems: QWidget
) -> None:
    rows = problems.findChild(QTableWidget)
    assert rows is not None
    fix = proven(qtbot, problems, "Fix: Conv2d")
    assert isinstance(fix, QPushButton)
    menu = fix.menu()
    menu.popup(fix.mapToGlobal(QPoint(0, fix.height())))
    told = desk.analyser.analysis
    desk.analyser.tell(replace(told, problems=told.problems[:2]))
    QApplication.processEvents()
    assert menu.isVisible()
    assert rows.rowCount() == 3
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: rows.rowCount() == 2)


def test_counts_are_told_even_while_hidden(qtbot: QtBot, desk: Desk, problems: QWidget) -> None:
    problems.hide()
    found = desk.analyser.analysis
    with qtbot.waitSignal(problems.count_changed) as counted:
        desk.analyser.tell(Analysis(found.nodes, found.problems))
    assert counted.args == [1, 1]
    with qtbot.waitSignal(problems.count_changed) as counted:
        desk.analyser.tell(Analysis(found.nodes))
    assert counted.args == [0, 0]
    problems.show()
    assert "No problems." in texts(problems)
    desk.analyser.is_known = False
    desk.analyser.tell()
    QCoreApplication.processEvents()
    assert "No problems." not in texts(problems)


def test_selecting_a_node_marks_its_lines(qtbot: QtBot, desk: Desk, code: QWidget) -> None:
    desk.selection.select([NodeId("relu")])
    assert code.findChild(CodeView).marked == (13, 19)
    desk.selection.select([NodeId("relu"), NodeId("head")])
    assert code.findChild(CodeView).marked == (13, 15, 19, 21)


def test_clicking_a_line_selects_its_node(qtbot: QtBot, desk: Desk, code: QWidget) -> None:
    view = code.findChild(CodeView)
    view.show_line(1)
    block = view.document().findBlockByNumber(11)
    area = view.blockBoundingGeometry(block).translated(view.contentOffset())
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(60, round(area.center().y())))
    assert desk.selection.single == "conv"


def test_copy_copies_the_whole_file(qtbot: QtBot, code: QWidget) -> None:
    qtbot.mouseClick(button(code, "Copy"), LEFT)
    assert QGuiApplication.clipboard().text() == TEXT


def test_save_writes_the_whole_file(qtbot: QtBot, code: QWidget, tmp_path: Path) -> None:
    qtbot.mouseClick(button(code, "Save"), LEFT)
    dialog = code.findChild(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    line = dialog.findChild(QLineEdit)
    dialog.setDirectory(str(tmp_path))
    line.selectAll()
    qtbot.keyClicks(line, "net")
    line.completer().popup().hide()
    qtbot.mouseClick(dialog.findChild(QDialogButtonBox).buttons()[0], LEFT)
    qtbot.waitUntil(lambda: (tmp_path / "net.py").exists())
    assert (tmp_path / "net.py").read_text(encoding="utf-8") == TEXT


def test_find_goes_from_place_to_place(qtbot: QtBot, code: QWidget) -> None:
    qtbot.mouseClick(button(code, "Find in the code"), LEFT)
    line = next(field for field in code.findChildren(QLineEdit) if field.isVisible())
    qtbot.keyClicks(line, "flatten")
    view = code.findChild(CodeView)
    assert view.textCursor().blockNumber() == 13
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert view.textCursor().selectedText().lower() == "flatten"
    assert "5 places" in texts(code)
    qtbot.keyClicks(line, "xyz")
    assert "Not there" in texts(code)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not line.isVisible()


def test_new_code_keeps_the_place(qtbot: QtBot, desk: Desk, code: QWidget) -> None:
    lines = [f"x{i} = {i}" for i in range(300)]
    desk.analyser.tell(code=Code("\n".join(lines) + "\n"))
    view = code.findChild(CodeView)
    qtbot.waitUntil(lambda: "x299" in view.toPlainText())
    view.verticalScrollBar().setValue(120)
    lines[3] = "x3 = 33"
    desk.analyser.tell(code=Code("\n".join(lines) + "\n"))
    qtbot.waitUntil(lambda: "x3 = 33" in view.toPlainText())
    assert view.verticalScrollBar().value() == 120


line_lists = st.lists(st.sampled_from(["a = 1", "b = 2", "", "    c = d", '"""', "e"]), max_size=9)


@given(texts=st.lists(line_lists, min_size=2, max_size=5))
def test_the_view_shows_any_text_after_any_other(
    appearance: Appearance, texts: list[list[str]]
) -> None:
    view = CodeView(appearance.theme)
    for lines in texts:
        view.show_text("\n".join(lines))
        assert view.toPlainText() == "\n".join(lines)
    view.deleteLater()


def test_python_is_told_apart() -> None:
    found, is_open = spans('    def forward(self) -> None:  # "go"')
    words = {kind: '    def forward(self) -> None:  # "go"'[s : s + n] for s, n, kind in found}
    assert words["defined"] == "forward"
    assert words["comment"] == '# "go"'
    assert words["builtin"] == "self"
    assert not is_open
    assert spans('x = """open')[1]
    assert spans('still" open', inside_string=True) == ([(0, 11, "string")], True)
    assert spans('end""" + 1', inside_string=True) == ([(0, 6, "string"), (9, 1, "number")], False)


def test_the_summary_counts_everything(summary: QWidget) -> None:
    table = summary.findChild(QTableView)
    assert column(table, 0) == ["data", "conv", "relu", "flatten", "head", "loss"]
    assert column(table, 2)[1] == "16 × 8 × 8"
    shown = texts(summary)
    assert shown.startswith("6 nodes")
    assert "760 parameters" in shown


def test_a_row_selects_its_node_and_the_other_way_round(
    qtbot: QtBot, desk: Desk, summary: QWidget
) -> None:
    table = summary.findChild(QTableView)
    click_row(qtbot, table, 4)
    assert desk.selection.single == "head"
    desk.selection.select([NodeId("conv"), NodeId("relu")])
    rows = {index.row() for index in table.selectionModel().selectedRows()}
    assert rows == {1, 2}
    assert desk.selection.nodes == {"conv", "relu"}


def test_the_summary_sorts_and_keeps_the_selection(
    qtbot: QtBot, desk: Desk, summary: QWidget
) -> None:
    table = summary.findChild(QTableView)
    desk.selection.select([NodeId("conv")])
    header = table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(3) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=at)
    qtbot.mouseClick(header.viewport(), LEFT, pos=at)
    assert column(table, 0)[:2] == ["head", "conv"]
    assert [index.row() for index in table.selectionModel().selectedRows()] == [1]
    assert desk.selection.single == "conv"


def test_selected_rows_are_copied_as_a_table(qtbot: QtBot, desk: Desk, summary: QWidget) -> None:
    table = summary.findChild(QTableView)
    click_row(qtbot, table, 4)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:4] == ["Name", "Kind", "Output", "Parameters"]
    assert lines[1].split("\t")[:4] == ["head", "Linear", "64", "65600"]
    assert len(lines) == 2
