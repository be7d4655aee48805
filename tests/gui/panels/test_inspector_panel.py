"""The inspector: every option of what is selected, by mouse and keys."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from graphcore.analysis.result import Analysis, NodeFacts
from graphcore.kinds.formula import Formula
from graphcore.project.edits import AddNode, Connect, RemoveNode, SetParam, Together
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.project.make import new_node
from graphcore.project.project import Project
from gui.panels.definition_page import DefinitionPage
from gui.panels.inspector import InspectorPanel
from gui.panels.tiles import Tile
from tests.gui.panels.conftest import Desk
from tests.gui.panels.given import analysis_of_classifier

Select = Callable[..., InspectorPanel]


@pytest.fixture
def inspector(desk: Desk, shown: Callable[..., InspectorPanel]) -> InspectorPanel:
    return shown(
        InspectorPanel(
            document=desk.document, analyser=desk.analyser, selection=desk.selection,
            appearance=desk.appearance,
        )
    )  # fmt: skip


@pytest.fixture
def select(qtbot: QtBot, desk: Desk, inspector: InspectorPanel) -> Select:
    def choose(*names: str) -> InspectorPanel:
        desk.selection.select(NodeId(name) for name in names)
        QCoreApplication.processEvents()
        return inspector

    return choose


def visible(panel: QWidget, kind: type, name: str) -> QWidget:
    """The visible widget of that class and accessible name."""
    found = [w for w in panel.findChildren(kind) if w.isVisible() and w.accessibleName() == name]
    assert len(found) == 1, [w.accessibleName() for w in panel.findChildren(kind) if w.isVisible()]
    return found[0]


def line(panel: QWidget, name: str) -> QLineEdit:
    found = visible(panel, QLineEdit, name)
    assert isinstance(found, QLineEdit)
    return found


def button(panel: QWidget, start: str) -> QWidget:
    """The visible button whose name or text begins so."""
    buttons = [*panel.findChildren(QPushButton), *panel.findChildren(QToolButton)]
    return next(
        b for b in buttons
        if b.isVisible() and (b.accessibleName().startswith(start) or b.text().startswith(start))
    )  # fmt: skip


def texts(panel: QWidget) -> str:
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def tile(panel: QWidget, caption: str) -> str:
    found = visible(panel, Tile, caption)
    assert isinstance(found, Tile)
    return found.text


def retype(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


class Watch(QObject):
    """What happens to a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.heard: set[QEvent.Type] = set()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.heard.add(event.type())
        return False


def test_a_burst_of_typing_is_one_change(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("conv")
    retype(qtbot, line(panel, "out_channels"), "128")
    assert desk.param("conv", "out_channels") == 128
    assert desk.document.history.count() == 1
    desk.document.history.undo()
    qtbot.waitUntil(lambda: line(panel, "out_channels").text() == "16")
    assert desk.param("conv", "out_channels") == 16


def test_arithmetic_is_worked_out(qtbot: QtBot, desk: Desk, select: Select) -> None:
    field = line(select("head"), "out_features")
    retype(qtbot, field, "64*7*7")
    assert desk.param("head", "out_features") == 3136
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "3136"


def test_the_arrow_keys_step(qtbot: QtBot, desk: Desk, select: Select) -> None:
    field = line(select("conv"), "out_channels")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert desk.param("conv", "out_channels") == 27


def test_what_is_wrong_is_explained_and_not_done(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("conv")
    field = line(panel, "out_channels")
    retype(qtbot, field, "many")
    qtbot.waitUntil(lambda: "at least 1" in texts(panel))
    assert desk.param("conv", "out_channels") == 16
    assert desk.document.history.count() == 0
    desk.analyser.tell()
    QCoreApplication.processEvents()
    assert field.text() == "many"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "16"
    assert "at least 1" not in texts(panel)


def wires_into(desk: Desk, node: str) -> set[str]:
    return {slot for target, slot in desk.document.project.graph.wires if target == node}


def test_the_ports_of_an_expression_follow_its_line(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    node = Node(NodeId("gate"), "ops.Expression", "gate", {"line": "x * torch.sigmoid(x)"}, order=9)
    wire = Wire(NodeId("relu"), "output", node.id, "x")
    desk.document.do(Together((AddNode(node), Connect(wire))), "Add")
    before = desk.document.history.count()
    panel = select("gate")
    field = line(panel, "line")
    retype(qtbot, field, "torch.tanh(y)+x")
    assert desk.param("gate", "line") == "x * torch.sigmoid(x)"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.param("gate", "line") == field.text() == "torch.tanh(y) + x"
    assert wires_into(desk, "gate") == {"x"}

    retype(qtbot, field, "y, -y")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert wires_into(desk, "gate") == set()
    assert desk.document.history.count() == before + 2
    desk.document.history.undo()
    assert desk.param("gate", "line") == "torch.tanh(y) + x"
    assert wires_into(desk, "gate") == {"x"}


def test_a_line_that_can_not_be_is_explained_with_its_column(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    desk.document.do(AddNode(Node(NodeId("gate"), "ops.Expression", "gate", {"line": "x"})), "Add")
    panel = select("gate")
    retype(qtbot, line(panel, "line"), "x + x.__class__")
    qtbot.waitUntil(lambda: "at column 5" in texts(panel))
    assert desk.param("gate", "line") == "x"


def test_a_mask_is_filled_with_minus_infinity(qtbot: QtBot, desk: Desk, select: Select) -> None:
    node = Node(NodeId("fill"), "ops.masked_fill", "fill", {"value": 0.0})
    desk.document.do(AddNode(node), "Add")
    retype(qtbot, line(select("fill"), "value"), "-inf")
    assert desk.param("fill", "value") == "-inf"


def test_half_typed_text_does_not_follow_to_another_node(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    other = new_node(desk.document.project, "nn.Conv2d", name="second")
    desk.document.do(AddNode(other), "Add")
    retype(qtbot, line(select("conv"), "out_channels"), "mess")
    panel = select(other.id)
    assert line(panel, "out_channels").text() == "16"
    assert line(panel, "Name").text() == "second"


def test_an_inferred_size_can_be_overridden_and_read_off_again(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    panel = select("head")
    field = line(panel, "in_features")
    assert (field.text(), field.placeholderText()) == ("", "1024")
    retype(qtbot, field, "512")
    assert desk.param("head", "in_features") == 512
    QCoreApplication.processEvents()
    qtbot.mouseClick(button(panel, "In features: Chosen by hand"), Qt.MouseButton.LeftButton)
    assert desk.param("head", "in_features") is None
    qtbot.waitUntil(lambda: field.text() == "")
    qtbot.mouseClick(button(panel, "In features: Read off"), Qt.MouseButton.LeftButton)
    assert desk.param("head", "in_features") == 1024


def test_a_formula_shows_its_value(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    retype(qtbot, line(panel, "out_features"), "=label.classes * 2")
    assert desk.param("head", "out_features") == Formula("label.classes * 2")
    assert "= 20" in texts(panel)


def test_an_unknown_name_in_a_formula_is_explained(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    panel = select("head")
    field = line(panel, "out_features")
    retype(qtbot, field, "=lable.classes")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "label.classes" in texts(panel)
    assert desk.param("head", "out_features") == 64


def test_facts_are_offered_while_a_formula_is_typed(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    field = line(select("head"), "out_features")
    retype(qtbot, field, "=lab")
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == "=label.classes"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert desk.param("head", "out_features") == Formula("label.classes")
    qtbot.keyClick(field, Qt.Key.Key_Escape)  # Enter ended the typing: nothing is taken back
    assert desk.param("head", "out_features") == Formula("label.classes")


def test_enter_takes_a_typed_formula_while_facts_are_offered(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    field = line(select("head"), "out_features")
    retype(qtbot, field, "=label.classes")
    popup = field.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert desk.param("head", "out_features") == Formula("label.classes")


def test_the_last_layer_is_offered_the_classes(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    qtbot.mouseClick(button(panel, "Use =label.classes (10)"), Qt.MouseButton.LeftButton)
    assert desk.param("head", "out_features") == Formula("label.classes")
    qtbot.waitUntil(lambda: "= 10" in texts(panel))
    assert not [b for b in panel.findChildren(QPushButton)
                if b.isVisible() and b.text().startswith("Use")]  # fmt: skip


def test_a_layer_before_another_layer_gets_no_such_offer(select: Select) -> None:
    panel = select("conv")
    offers = [b.text() for b in panel.findChildren(QPushButton) if b.isVisible()]
    assert not any("classes" in text for text in offers)


def test_axes_unlink_and_link(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("conv")
    qtbot.mouseClick(button(panel, "Link the axes of kernel_size"), Qt.MouseButton.LeftButton)
    assert desk.param("conv", "kernel_size") == (3, 3)
    QCoreApplication.processEvents()
    retype(qtbot, line(panel, "kernel_size, width"), "5")
    assert desk.param("conv", "kernel_size") == (3, 5)
    QCoreApplication.processEvents()
    qtbot.mouseClick(button(panel, "Link the axes of kernel_size"), Qt.MouseButton.LeftButton)
    assert desk.param("conv", "kernel_size") == 3


def test_sizes_typed_in_one_line_stay_there_until_done(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    panel = select("conv")
    field = line(panel, "kernel_size")
    retype(qtbot, field, "3, 1")
    QCoreApplication.processEvents()
    qtbot.keyClicks(field, "1")
    assert desk.param("conv", "kernel_size") == (3, 11)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert line(panel, "kernel_size, width").text() == "11"


def test_a_size_may_be_a_word(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("conv")
    retype(qtbot, line(panel, "padding"), "same")
    assert desk.param("conv", "padding") == "same"
    menu = button(panel, "Words for padding").menu()
    next(action for action in menu.actions() if action.text() == "valid").trigger()
    assert desk.param("conv", "padding") == "valid"
    qtbot.waitUntil(lambda: line(panel, "padding").text() == "valid")


def test_choices_and_checks(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("conv")
    combo = visible(panel, QComboBox, "padding_mode")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert desk.param("conv", "padding_mode") == "reflect"
    qtbot.mouseClick(visible(panel, QCheckBox, "bias"), Qt.MouseButton.LeftButton)
    assert desk.param("conv", "bias") is False
    QCoreApplication.processEvents()
    qtbot.mouseClick(button(panel, "Bias: Back to True"), Qt.MouseButton.LeftButton)
    assert desk.param("conv", "bias") is None


def test_several_of_a_kind_change_together(qtbot: QtBot, desk: Desk, select: Select) -> None:
    other = new_node(desk.document.project, "nn.Conv2d")
    desk.document.do(AddNode(other), "Add")
    desk.document.do(SetParam(other.id, "out_channels", 8), "Set")
    panel = select("conv", other.id)
    assert "2 × Conv2d" in texts(panel)
    field = line(panel, "out_channels")
    assert (field.text(), field.placeholderText()) == ("", "mixed")
    retype(qtbot, field, "32")
    assert desk.param("conv", "out_channels") == desk.param(other.id, "out_channels") == 32
    desk.document.history.undo()
    assert desk.param("conv", "out_channels") == 16
    assert desk.param(other.id, "out_channels") == 8


def test_sizes_that_are_read_off_different_inputs_are_mixed(desk: Desk, select: Select) -> None:
    other = new_node(desk.document.project, "nn.Conv2d")
    desk.document.do(AddNode(other), "Add")
    found = analysis_of_classifier()
    facts = NodeFacts(other.name, other.id, {"in_channels": 5})
    desk.analyser.tell(replace(found, nodes={**found.nodes, other.name: facts}))
    field = line(select("conv", other.id), "in_channels")
    assert (field.text(), field.placeholderText()) == ("", "mixed")


def test_what_is_read_off_an_input_that_is_not_there_is_not_known_yet(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    other = new_node(desk.document.project, "nn.Conv2d")
    desk.document.do(AddNode(other), "Add")
    panel = select(other.id)
    assert line(panel, "in_channels").placeholderText() == "not known yet"
    qtbot.mouseClick(button(panel, "In channels: Read off"), Qt.MouseButton.LeftButton)
    assert desk.param(other.id, "in_channels") is None


def test_a_page_that_is_new_is_laid_out_when_it_is_first_seen(desk: Desk, select: Select) -> None:
    """Not a frame later: what is hidden in it would leave gaps, and a scroll bar, for a moment."""
    panel = select("conv")

    def spots() -> list[QRect]:
        lines = [part for part in panel.findChildren(QLineEdit) if part.isVisible()]
        return sorted((QRect(part.mapTo(panel, QPoint()), part.size()) for part in lines),
                      key=QRect.top)  # fmt: skip

    desk.appearance.changed.emit(desk.appearance.theme)
    panel.refresh()
    first = spots()
    QCoreApplication.processEvents()
    assert spots() == first


def test_another_theme_goes_from_page_to_page(desk: Desk, select: Select) -> None:
    panel = select("conv")
    before = line(panel, "out_channels")
    (other,) = panel.findChildren(DefinitionPage)
    watch = Watch(other)
    try:
        desk.appearance.choose("light")
        assert line(panel, "out_channels") is not before
        QCoreApplication.processEvents()
    finally:
        desk.appearance.choose("dark")
    assert QEvent.Type.Show not in watch.heard
    assert QEvent.Type.Paint not in watch.heard


def test_another_project_shows_its_page_at_once(desk: Desk, select: Select) -> None:
    panel = select("conv")
    (other,) = panel.findChildren(DefinitionPage)
    watch = Watch(other)
    desk.document.replace(Project(title="Ten digits"), None)
    assert line(panel, "Title of the project").text() == "Ten digits"
    QCoreApplication.processEvents()
    assert QEvent.Type.Show not in watch.heard


def test_nodes_of_different_kinds_show_totals(select: Select) -> None:
    panel = select("conv", "head")
    assert "2 nodes" in texts(panel)
    assert tile(panel, "Parameters").startswith("65.8")


def test_rename(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("conv")
    field = line(panel, "Name")
    retype(qtbot, field, "stem")
    assert desk.document.project.graph.nodes[NodeId("conv")].name == "conv"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert desk.document.project.graph.nodes[NodeId("conv")].name == "stem"


@pytest.mark.parametrize(("name", "reason"), [("head", "already"), ("2nd", "letter"),
                                              ("class", "Python")])  # fmt: skip
def test_a_name_that_can_not_be_is_explained(
    qtbot: QtBot, desk: Desk, select: Select, name: str, reason: str
) -> None:
    panel = select("conv")
    field = line(panel, "Name")
    retype(qtbot, field, name)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert reason in texts(panel)
    assert desk.document.history.count() == 0
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "conv"


def test_figures_and_shapes(select: Select) -> None:
    panel = select("conv")
    assert tile(panel, "Input") == "1 × 8 × 8"
    assert tile(panel, "Output") == "16 × 8 × 8"
    assert tile(panel, "Parameters") == "160"
    assert tile(panel, "FLOPs").startswith("18.4")


def test_a_note_and_freezing(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    qtbot.keyClicks(visible(panel, QPlainTextEdit, "Note"), "why so wide?")
    qtbot.mouseClick(visible(panel, QToolButton, "Training"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(visible(panel, QCheckBox, "freeze"), Qt.MouseButton.LeftButton)
    node = desk.document.project.graph.nodes[NodeId("head")]
    assert node.note == "why so wide?"
    assert node.settings == {"freeze": True}
    assert desk.document.history.count() == 2


def test_a_note_has_room_for_a_few_lines(qtbot: QtBot, select: Select) -> None:
    note = visible(select("conv"), QPlainTextEdit, "Note")
    assert isinstance(note, QPlainTextEdit)
    before = note.height()
    for _ in range(4):
        qtbot.keyClicks(note, "Some words in this line")
        qtbot.keyClick(note, Qt.Key.Key_Return)
    assert note.height() > before
    assert note.verticalScrollBar().maximum() == 0
    for _ in range(20):
        qtbot.keyClick(note, Qt.Key.Key_Return)
    assert note.verticalScrollBar().maximum() > 0
    assert note.height() < 200


def test_a_layer_without_weights_can_not_be_frozen(select: Select) -> None:
    panel = select("relu")
    names = [c.accessibleName() for c in panel.findChildren(QCheckBox) if c.isVisible()]
    assert "freeze" not in names
    assert "inplace" in names


def test_the_weight_of_a_term(qtbot: QtBot, desk: Desk, select: Select) -> None:
    retype(qtbot, line(select("loss"), "weight"), "0.4")
    assert desk.document.project.graph.nodes[NodeId("loss")].weight == 0.4


def test_a_problem_is_fixed_with_a_click(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    assert "10 classes" in texts(panel)

    def is_proven() -> bool:
        return any("Set out_features of head" in b.accessibleName() + b.text()
                   for b in panel.findChildren(QPushButton) if b.isVisible())  # fmt: skip

    qtbot.waitUntil(is_proven, timeout=20_000)  # the first proof loads torch
    qtbot.mouseClick(button(panel, "Set out_features of head"), Qt.MouseButton.LeftButton)
    assert desk.param("head", "out_features") == 10


def test_lines_of_the_code(qtbot: QtBot, select: Select) -> None:
    panel = select("head")
    with qtbot.waitSignal(panel.code_line_chosen) as chosen:
        qtbot.mouseClick(button(panel, "21"), Qt.MouseButton.LeftButton)
    assert chosen.args == [21]


class Browser(QObject):
    """Takes the pages that would have been opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open_page(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def test_the_documentation_opens(qtbot: QtBot, select: Select) -> None:
    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open_page")
    try:
        qtbot.mouseClick(button(select("conv"), "Documentation"), Qt.MouseButton.LeftButton)
    finally:
        QDesktopServices.unsetUrlHandler("https")
    assert browser.opened == ["https://docs.pytorch.org/docs/stable/generated/torch.nn.Conv2d.html"]


def test_analysis_does_not_disturb_typing(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("conv")
    field = line(panel, "out_channels")
    retype(qtbot, field, "3*")
    desk.analyser.tell(analysis_of_classifier())
    QCoreApplication.processEvents()
    assert line(panel, "out_channels") is field
    assert field.text() == "3*"
    qtbot.keyClicks(field, "4")
    assert desk.param("conv", "out_channels") == 12


def test_nothing_selected_shows_the_project(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select()
    assert tile(panel, "Nodes") == "6"
    assert tile(panel, "Memory a step").startswith("3.34")
    assert "1 error, 1 warning" in texts(panel)
    retype(qtbot, line(panel, "Title of the project"), "Ten digits")
    assert desk.document.project.title == "Ten digits"
    assert desk.document.history.count() == 1


def test_the_project_shows_no_figures_before_it_was_analysed(desk: Desk, select: Select) -> None:
    done, desk.analyser.is_known = desk.analyser.analysis, False
    desk.analyser.tell(Analysis())
    panel = select()
    assert tile(panel, "Nodes") == "6"
    assert {tile(panel, each) for each in ("Parameters", "FLOPs", "Memory a step")} == {"–"}
    assert "No problems" not in texts(panel)
    select("conv", "relu")
    assert {tile(panel, each) for each in ("Parameters", "FLOPs")} == {"–"}
    desk.analyser.is_known = True
    desk.analyser.tell(done)
    select()
    assert tile(panel, "Memory a step").startswith("3.34")
    assert "1 error, 1 warning" in texts(panel)


def test_a_dataset_shows_its_fields(select: Select) -> None:
    assert "label: scalar · int64 · 10 classes" in texts(select("data"))


def test_an_input_asks_for_its_type_only_where_none_is_wired(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    entry = new_node(desk.document.project, "io.Input")
    desk.document.do(AddNode(entry), "Add")
    panel = select(entry.id)
    retype(qtbot, line(panel, "type"), "float32[3, 32, 32]")
    assert desk.param(entry.id, "type") == "float32[3, 32, 32]"


def test_a_deleted_node_gives_way_to_the_project(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("relu")
    desk.document.do(RemoveNode(NodeId("relu")), "Delete")
    qtbot.waitUntil(lambda: tile(panel, "Nodes") == "5")


def test_a_hidden_inspector_waits_until_it_is_shown(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    panel = select("conv")
    field = line(panel, "out_channels")
    panel.hide()
    desk.document.do(SetParam(NodeId("conv"), "out_channels", 99), "Set")
    QCoreApplication.processEvents()
    assert field.text() == "16"
    panel.show()
    assert field.text() == "99"


def test_what_a_node_costs_is_told_as_a_share_of_the_whole(desk: Desk, select: Select) -> None:
    desk.analyser.tell(analysis_of_classifier())
    told = texts(select("conv")).replace("\u2009", " ").replace("\u202f", " ")
    assert "0.2 % of all parameters · 12 % of all FLOPs · 4 KB out for each sample" in told
    assert "of all" not in texts(select("loss"))
