"""Number fields of the inspector: sums, steps, drags, and what is told of a text that is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from graphcore.project.edits import AddNode
from graphcore.project.graph import Node, NodeId
from gui.panels.inspector import InspectorPanel
from gui.theme import contrast
from tests.gui.panels.conftest import Desk
from tests.gui.panels.given import analysis_of_classifier

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
K = Qt.Key


@pytest.fixture
def panel(desk: Desk, shown: Callable[..., InspectorPanel]) -> InspectorPanel:
    """The inspector at `conv`."""
    made = shown(InspectorPanel(document=desk.document, analyser=desk.analyser,
                                selection=desk.selection, appearance=desk.appearance),
                 300, 1200)  # fmt: skip
    desk.selection.select([NodeId("conv")])
    QCoreApplication.processEvents()
    return made


def line(panel: QWidget, name: str) -> QLineEdit:
    found = [w for w in panel.findChildren(QLineEdit) if w.isVisible()]
    return next(w for w in found if w.accessibleName() == name)


def caption(panel: QWidget, text: str) -> QLabel:
    return next(w for w in panel.findChildren(QLabel) if w.isVisible() and w.text() == text)


def texts(panel: QWidget) -> str:
    return "\n".join(word.text() for word in panel.findChildren(QLabel) if word.isVisible())


def retype(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_a_sum_is_previewed(desk: Desk, panel: InspectorPanel) -> None:
    field = line(panel, "out_channels")
    retype(field, "(3+1)//2*8")
    assert "= 16" in texts(panel)
    desk.analyser.tell(analysis_of_classifier())  # as it follows each edit
    QCoreApplication.processEvents()
    assert "= 16" in texts(panel)
    QTest.keyClick(field, K.Key_Return)
    assert field.text() == "16"
    assert "= 16" not in texts(panel)


@pytest.mark.parametrize(
    ("typed", "why"),
    [("9**9**9", "too large"), ("7/2", "comes to 3.5"), ("3,5", "with a point: 3.5"),
     ("abc", "=abc"), ("1/0", "by zero")],
)  # fmt: skip
def test_what_is_wrong_is_told_and_never_done(
    desk: Desk, panel: InspectorPanel, typed: str, why: str
) -> None:
    field = line(panel, "groups")
    retype(field, typed)
    QTest.keyClick(field, K.Key_Return)
    assert why in texts(panel)
    assert field.text() == typed
    assert desk.param("conv", "groups") is None
    assert desk.document.history.count() == 0


@pytest.mark.parametrize("before", ["", "=2*8"])
def test_no_result_stands_beside_a_text_that_was_refused(
    desk: Desk, panel: InspectorPanel, before: str
) -> None:
    field = line(panel, "out_channels")
    if before:
        retype(field, before)
        assert "= 16" in texts(panel)
        QTest.keyClick(field, K.Key_Return)
    retype(field, "64/3")  # 64 counts until the stroke is typed
    desk.analyser.tell(analysis_of_classifier())  # as it follows each edit
    QCoreApplication.processEvents()
    assert "= " not in texts(panel)
    QTest.keyClick(field, K.Key_Return)
    QCoreApplication.processEvents()
    assert "comes to 21.3" in texts(panel)
    assert "= " not in texts(panel)
    QTest.keyClick(field, K.Key_Escape)
    assert field.text() == (before or "16")
    assert ("= 16" in texts(panel)) == bool(before)


def test_who_leaves_a_wrong_text_is_told_that_it_was_not_taken(
    desk: Desk, panel: InspectorPanel
) -> None:
    field = line(panel, "out_channels")
    retype(field, "many")
    line(panel, "groups").setFocus()
    assert field.text() == "16"
    assert "“many” was not taken" in texts(panel)
    desk.analyser.tell()
    QCoreApplication.processEvents()
    assert "“many” was not taken" in texts(panel)
    assert desk.document.history.count() == 0


def test_escape_takes_back_what_was_typed(desk: Desk, panel: InspectorPanel) -> None:
    field = line(panel, "out_channels")
    retype(field, "128")
    assert desk.param("conv", "out_channels") == 128
    QTest.keyClick(field, K.Key_Escape)
    assert (field.text(), desk.param("conv", "out_channels")) == ("16", 16)
    assert desk.document.history.count() == 0


def test_dragging_the_label_is_one_change(desk: Desk, panel: InspectorPanel) -> None:
    label = caption(panel, "Out channels")
    start = QPoint(8, 8)
    QTest.mousePress(label, LEFT, pos=start)
    for pixels in (6, 18, 30):
        QTest.mouseMove(label, start + QPoint(pixels, 0))
        QCoreApplication.processEvents()
    QTest.mouseRelease(label, LEFT, pos=start + QPoint(30, 0))
    assert desk.param("conv", "out_channels") == 21
    assert desk.document.history.count() == 1
    desk.document.history.undo()
    assert desk.param("conv", "out_channels") == 16


def test_a_drag_is_taken_back_by_the_right_button(desk: Desk, panel: InspectorPanel) -> None:
    label = caption(panel, "Out channels")
    QTest.mousePress(label, LEFT, pos=QPoint(8, 8))
    QTest.mouseMove(label, QPoint(68, 8))
    QCoreApplication.processEvents()
    assert desk.param("conv", "out_channels") == 26
    QTest.mousePress(label, RIGHT, pos=QPoint(68, 8))
    QTest.mouseRelease(label, LEFT, pos=QPoint(68, 8))
    assert desk.param("conv", "out_channels") == 16
    assert desk.document.history.count() == 0


def test_control_and_arrows_double_and_halve(desk: Desk, panel: InspectorPanel) -> None:
    field = line(panel, "out_channels")
    field.setFocus()
    QTest.keyClick(field, K.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, K.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert desk.param("conv", "out_channels") == 64
    QTest.keyClick(field, K.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert desk.param("conv", "out_channels") == 32
    assert desk.document.history.count() == 1


def turn_wheel(field: QLineEdit, notches: int) -> None:
    at = QPointF(4, 4)
    event = QWheelEvent(at, field.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QCoreApplication.sendEvent(field, event)


def test_the_wheel_steps_only_the_field_that_has_the_keyboard(
    desk: Desk, panel: InspectorPanel
) -> None:
    field = line(panel, "out_channels")
    line(panel, "groups").setFocus()
    turn_wheel(field, 1)
    assert desk.param("conv", "out_channels") == 16
    field.setFocus()
    turn_wheel(field, 3)
    assert desk.param("conv", "out_channels") == 19


def test_a_line_of_an_expression_has_the_whole_width(desk: Desk, panel: InspectorPanel) -> None:
    desk.document.do(AddNode(Node(NodeId("gate"), "ops.Expression", "gate", {"line": "x"})), "Add")
    desk.selection.select([NodeId("gate")])
    QCoreApplication.processEvents()
    assert line(panel, "line").width() > 0.85 * panel.width()


def test_nodes_of_several_kinds_change_what_they_have_in_common(
    desk: Desk, panel: InspectorPanel
) -> None:
    pool = Node(NodeId("pool"), "nn.MaxPool2d", "pool", {"kernel_size": 2}, order=9)
    desk.document.do(AddNode(pool), "Add")
    before = desk.document.history.count()
    desk.selection.select([NodeId("conv"), pool.id])
    QCoreApplication.processEvents()
    names = {w.accessibleName() for w in panel.findChildren(QLineEdit) if w.isVisible()}
    assert "kernel_size" in names
    assert "out_channels" not in names
    field = line(panel, "kernel_size")
    assert field.placeholderText() == "mixed"
    retype(field, "5")
    assert desk.param("conv", "kernel_size") == desk.param("pool", "kernel_size") == 5
    assert desk.document.history.count() == before + 1
    desk.document.history.undo()
    assert (desk.param("conv", "kernel_size"), desk.param("pool", "kernel_size")) == (3, 2)


def test_nodes_that_have_nothing_in_common_say_so(desk: Desk, panel: InspectorPanel) -> None:
    desk.selection.select([NodeId("conv"), NodeId("flatten")])
    QCoreApplication.processEvents()
    assert "no options in common" in texts(panel)


def test_what_is_offered_can_be_read(desk: Desk, panel: InspectorPanel) -> None:
    """It opens over all else, so it has a ground of its own: it was black on black."""
    field = line(panel, "out_channels")
    retype(field, "=")
    completer = field.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup.isVisible()
    image, theme = popup.grab().toImage(), desk.appearance.theme
    corner = image.pixelColor(image.width() - 5, image.height() - 5)
    assert contrast(theme.text, corner.name()) >= 4.5
    assert abs(corner.lightness() - QColor(theme.panel).lightness()) < 30
    QTest.keyClick(field, K.Key_Escape)
