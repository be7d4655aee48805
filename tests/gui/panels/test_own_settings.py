"""A node's own settings in the inspector, silence and help in both lists of problems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableWidget,
    QTextBrowser,
    QToolButton,
    QTreeWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from graphcore.analysis.result import Problem
from graphcore.kinds.inits import INITS
from graphcore.project.edits import AddNode, Set
from graphcore.project.graph import Node, NodeId
from gui.dialogs.problem_help import ProblemHelpDialog
from gui.panels.inspector import InspectorPanel
from gui.panels.problems import ProblemsPanel
from tests.gui.panels.conftest import Desk
from tests.gui.panels.given import analysis_of_classifier

Select = Callable[..., InspectorPanel]
LEFT, K = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def select(desk: Desk, shown: Callable[..., QWidget]) -> Select:
    """Chooses nodes and shows them; conv and head have weights of known sizes."""
    told = analysis_of_classifier()
    weights = {"conv": (("weight", (16, 1, 3, 3)), ("bias", (16,))),
               "head": (("weight", (64, 1024)), ("bias", (64,)))}  # fmt: skip
    nodes = {p: replace(f, weights=weights.get(p, ())) for p, f in told.nodes.items()}
    desk.analyser.analysis = replace(told, nodes=nodes)
    panel = shown(InspectorPanel(document=desk.document, analyser=desk.analyser,
                                 selection=desk.selection, appearance=desk.appearance),
                  300, 1400)  # fmt: skip

    def choose(*names: str) -> InspectorPanel:
        desk.selection.select(NodeId(name) for name in names)
        QCoreApplication.processEvents()
        return panel

    return choose


def seen(panel: QWidget, kind: type, name: str) -> list:
    """The visible widgets of that class with that name or text."""
    return [
        w for w in panel.findChildren(kind)
        if w.isVisible() and (w.accessibleName() == name or getattr(w, "text", str)() == name)
    ]  # fmt: skip


def unfold(qtbot: QtBot, panel: QWidget, title: str) -> None:
    qtbot.mouseClick(seen(panel, QToolButton, title)[0], LEFT)
    QCoreApplication.processEvents()


def choose(combo: QComboBox, text: str) -> None:
    """Choose a row of a list by its keys, as a person without a mouse does."""
    combo.setFocus()
    target = combo.findText(text)
    assert target >= 0, [combo.itemText(row) for row in range(combo.count())]
    for _ in range(combo.count()):
        if combo.currentIndex() == target:
            break
        QTest.keyClick(combo, K.Key_Down if combo.currentIndex() < target else K.Key_Up)
    QCoreApplication.processEvents()


def settings(desk: Desk, name: str) -> dict[str, object]:
    return dict(desk.document.project.graph.nodes[NodeId(name)].settings)


def test_sections_are_folded_and_stay_as_they_were_left(qtbot: QtBot, select: Select) -> None:
    panel = select("conv")
    assert not seen(panel, QCheckBox, "freeze")
    unfold(qtbot, panel, "Training")
    assert seen(panel, QCheckBox, "freeze")
    assert seen(select("head"), QCheckBox, "freeze")
    unfold(qtbot, panel, "Training")
    assert not seen(select("conv"), QCheckBox, "freeze")


def test_rate_and_decay_of_a_layer(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    unfold(qtbot, panel, "Training")
    rate = seen(panel, QLineEdit, "Learning rate ×")[0]
    rate.setFocus()
    qtbot.keyClicks(rate, "0.1")
    choose(seen(panel, QComboBox, "Weight decay")[0], "off")
    assert settings(desk, "head") == {"lr_factor": 0.1, "decay": False}
    choose(seen(panel, QComboBox, "Weight decay")[0], "as planned")
    assert settings(desk, "head") == {"lr_factor": 0.1}
    said = [word.text() for word in panel.findChildren(QLabel) if word.isVisible()]
    assert "rate × 0.1" in said


def test_how_weights_begin(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    unfold(qtbot, panel, "Training")
    choose(seen(panel, QComboBox, "Weights begin")[0], "Kaiming normal")
    init = settings(desk, "head")["init"]
    assert init == {"name": "kaiming_normal_", "params": {"nonlinearity": "relu"}}
    choose(seen(panel, QComboBox, "mode")[0], "fan_out")
    choose(seen(panel, QComboBox, "Bias begins")[0], "Ones")
    assert settings(desk, "head")["init"] == {
        "name": "kaiming_normal_",
        "params": {"nonlinearity": "relu", "mode": "fan_out"},
        "bias": {"name": "ones_"},
    }
    choose(seen(panel, QComboBox, "Bias begins")[0], "Zeros")
    choose(seen(panel, QComboBox, "Weights begin")[0], "As torch does")
    assert settings(desk, "head") == {}


def test_a_beginning_that_does_not_fit_can_not_be_chosen(qtbot: QtBot, select: Select) -> None:
    panel = select("head")
    unfold(qtbot, panel, "Training")
    combo = seen(panel, QComboBox, "Weights begin")[0]
    model = combo.model()
    on = {
        combo.itemData(row)
        for row in range(combo.count())
        if model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsEnabled
    }
    assert INITS.keys() - on == {"dirac_"}


def test_several_kinds_are_frozen_and_bypassed_at_once(
    qtbot: QtBot, desk: Desk, select: Select
) -> None:
    panel = select("conv", "head", "relu", "data")
    unfold(qtbot, panel, "Training")
    unfold(qtbot, panel, "Structure")
    qtbot.mouseClick(seen(panel, QCheckBox, "freeze")[0], LEFT)
    qtbot.mouseClick(seen(panel, QCheckBox, "bypass")[0], LEFT)
    assert settings(desk, "conv") == settings(desk, "head") == {"freeze": True, "bypass": True}
    assert settings(desk, "data") == {}
    assert desk.document.history.count() == 2


def add_conv(desk: Desk) -> None:
    """A second convolution beside the first, of which the analysis knows the sizes."""
    node = Node(NodeId("conv2"), "nn.Conv2d", "conv2", {"out_channels": 16}, order=9)
    desk.document.do(AddNode(node), "add")
    told = desk.analyser.analysis
    facts = replace(told.nodes["conv"], path="conv2", node=node.id)
    desk.analyser.tell(replace(told, nodes={**told.nodes, "conv2": facts}))
    QCoreApplication.processEvents()


def test_a_layer_uses_the_weights_of_another(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("conv")
    add_conv(desk)
    select("conv2")
    unfold(qtbot, panel, "Structure")
    choose(seen(panel, QComboBox, "Weights of")[0], "conv")
    assert settings(desk, "conv2") == {"shares": "conv"}
    assert "Uses the weights and options of conv." in texts(panel)
    assert "used by conv2 too" in texts(select("conv"))
    select("conv2")
    choose(seen(panel, QComboBox, "Weights of")[0], "its own")
    assert settings(desk, "conv2") == {}


def test_a_weight_is_tied_to_one_of_its_shape(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    add_conv(desk)
    select("conv2")
    unfold(qtbot, panel, "Structure")
    row = seen(panel, QComboBox, "Tie weight to")[0]
    assert [row.itemText(place) for place in range(row.count())] == ["its own", "conv.weight"]
    choose(row, "conv.weight")
    assert settings(desk, "conv2") == {"ties": {"weight": "conv.weight"}}


def texts(panel: QWidget) -> str:
    return "\n".join(word.text() for word in panel.findChildren(QLabel) if word.isVisible())


# Silence and help


def warned(desk: Desk) -> Problem:
    """The analysis tells of a warning at head that the help explains."""
    told = desk.analyser.analysis
    one = replace(told.problems[0], rule="no_nonlinearity", repairs=())
    desk.analyser.tell(replace(told, problems=(one, told.problems[1])))
    for _ in range(3):  # told, filled in, laid out
        QCoreApplication.processEvents()
    return one


def test_silenced_in_the_inspector_and_told_again(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    warned(desk)
    qtbot.mouseClick(seen(panel, QToolButton, "Silence here")[0], LEFT)
    QCoreApplication.processEvents()
    assert settings(desk, "head") == {"silenced": ("no_nonlinearity",)}
    assert desk.document.history.undoText() == "Silence No nonlinearity at head"
    unfold(qtbot, panel, "Problems silenced: 1")
    qtbot.mouseClick(seen(panel, QPushButton, "Tell again: No nonlinearity")[0], LEFT)
    assert settings(desk, "head") == {}


def test_an_error_can_not_be_silenced(desk: Desk, select: Select) -> None:
    panel = select("conv")
    warned(desk)
    assert "expects 3 channels" in texts(panel)
    assert not seen(panel, QToolButton, "Silence here")


def test_learn_more_asks_for_the_rule(qtbot: QtBot, desk: Desk, select: Select) -> None:
    panel = select("head")
    warned(desk)
    with qtbot.waitSignal(panel.learn_asked) as asked:
        qtbot.mouseClick(seen(panel, QToolButton, "Learn more")[0], LEFT)
    assert asked.args == ["no_nonlinearity"]


@pytest.fixture
def problems(desk: Desk, shown: Callable[..., QWidget]) -> QWidget:
    return shown(ProblemsPanel(document=desk.document, analyser=desk.analyser,
                               selection=desk.selection, appearance=desk.appearance),
                 900, 300)  # fmt: skip


def test_silenced_in_the_list_and_told_again(qtbot: QtBot, desk: Desk, problems: QWidget) -> None:
    one = warned(desk)
    more = seen(problems, QToolButton, f"More: {one.message}")[0]
    menu = more.menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Silence here", "Learn more"]
    menu.actions()[0].trigger()
    assert settings(desk, "head") == {"silenced": ("no_nonlinearity",)}
    desk.analyser.tell()
    QCoreApplication.processEvents()
    qtbot.mouseClick(seen(problems, QToolButton, "Silenced 1")[0], LEFT)
    QCoreApplication.processEvents()
    rows = seen(problems, QTableWidget, "Problems silenced")[0]
    assert [rows.item(0, column).text() for column in (0, 1)] == ["No nonlinearity", "head"]
    qtbot.mouseClick(seen(problems, QPushButton, "Tell again: No nonlinearity at head")[0], LEFT)
    assert settings(desk, "head") == {}


def test_silence_is_shown_that_came_with_the_file(desk: Desk, problems: QWidget) -> None:
    path = ("nodes", "main", "conv", "settings", "silenced")
    Set(path, ("padding_only", "a-rule-of-another-time")).apply(desk.document.project)
    desk.analyser.tell()
    QCoreApplication.processEvents()
    assert seen(problems, QToolButton, "Silenced 2")


def test_the_help_opens_at_the_rule(qtbot: QtBot, shown: Callable[..., QWidget]) -> None:
    parent = shown(QWidget())
    dialog = ProblemHelpDialog(parent, "softmax_before_loss")
    qtbot.addWidget(dialog)
    page, tree = dialog.findChild(QTextBrowser), dialog.findChild(QTreeWidget)
    assert "Softmax before loss" in page.toPlainText()
    assert "What to do" in page.toPlainText()
    assert tree.currentItem().text(0) == "Softmax before loss"
    field = dialog.findChild(QLineEdit)
    qtbot.keyClicks(field, "receptive")
    assert "Receptive field" in page.toPlainText()
