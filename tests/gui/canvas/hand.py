"""A hand that acts on a canvas as a person does: mouse, keys and drops."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QPaintEvent,
    QRegion,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from graphcore.project.graph import Graph, Node
from graphcore.project.project import Project
from gui.analyser import Analyser
from gui.canvas.drops import KIND_MIME
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.selection import Selection

NO = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Hand:
    """Mouse and keys on a canvas; nodes are called by their names."""

    def __init__(
        self, view: CanvasView, document: Document, analyser: Analyser, selection: Selection
    ) -> None:
        self.view, self.document, self.selection = view, document, selection
        self.analyser = analyser

    @property
    def graph(self) -> Graph:
        return self.document.project.graph

    def node(self, name: str) -> Node:
        found = self.graph.by_name(name)
        assert found is not None, f"there is no {name}"
        return found

    def names(self) -> set[str]:
        return {node.name for node in self.graph.nodes.values()}

    def place(self, name: str) -> tuple[int, int]:
        return self.document.project.layout["main"][self.node(name).id]

    def wires(self) -> set[str]:
        """Every wire as `conv.output > relu.input`."""
        names = {node.id: node.name for node in self.graph.nodes.values()}
        return {f"{names[w.source]}.{w.output} > {names[w.target]}.{w.input}"
                for w in self.graph.wires.values()}  # fmt: skip

    def at(self, name: str) -> QPoint:
        return self.view.point_of(self.node(name).id)

    def output(self, name: str, port: str = "output") -> QPoint:
        return self.view.point_of_port(self.node(name).id, port, is_output=True)

    def input(self, name: str, port: str = "input") -> QPoint:
        return self.view.point_of_port(self.node(name).id, port, is_output=False)

    def middle_of_wire(self, name: str, port: str = "input") -> QPoint:
        return self.view.point_of_wire((self.node(name).id, port))

    def start_of_wire(self, name: str, port: str = "input") -> QPoint:
        """On the first bit of a wire, beside the port where it begins."""
        item = self.view.canvas.wires[self.node(name).id, port]
        path = item.path()
        return self.view.mapFromScene(path.pointAtPercent(path.percentAtLength(16.0)))

    def empty_spot(self) -> QPoint:
        """A spot of the paper where nothing is."""
        return QPoint(12, self.view.viewport().height() - 12)

    def click(self, spot: QPoint, modifiers: Qt.KeyboardModifier = NO) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, modifiers, spot)

    def double_click(self, spot: QPoint) -> None:
        self.click(spot)
        QTest.mouseDClick(self.view.viewport(), LEFT, NO, spot)

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        modifiers: Qt.KeyboardModifier = NO,
        button: Qt.MouseButton = LEFT,
        *,
        release: bool = True,
    ) -> None:
        self.drag_through([start, end], modifiers, button, release=release)

    def drag_through(
        self,
        spots: Sequence[QPoint],
        modifiers: Qt.KeyboardModifier = NO,
        button: Qt.MouseButton = LEFT,
        *,
        release: bool = True,
    ) -> None:
        """A drag from the first of these spots to the last."""
        port = self.view.viewport()
        QTest.mouseMove(port, spots[0])
        QTest.mousePress(port, button, modifiers, spots[0])
        for start, end in pairwise(spots):
            for step in range(1, 9):
                self._move(port, start + (end - start) * step / 8)
        if release:
            QTest.mouseRelease(port, button, modifiers, spots[-1])

    def _move(self, port: QWidget, spot: QPoint) -> None:
        QTest.mouseMove(port, spot)
        QApplication.processEvents()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO) -> None:
        target = QApplication.focusWidget() or self.view
        QTest.keyClick(target, key, modifiers)

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def hover(self, spot: QPoint) -> None:
        QTest.mouseMove(self.view.viewport(), spot)
        QApplication.processEvents()

    def drop_kind(self, kind: str, spot: QPoint) -> None:
        """What a drag from the palette does, enter to drop."""
        data = _data_of(kind)
        self.drop(data, spot)

    def carry_kind(self, kind: str, spot: QPoint) -> None:
        """The same, and it is not dropped yet."""
        data = _data_of(kind)
        self._carry(data, spot)

    def drop_file(self, path: str, spot: QPoint) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path)])
        self.drop(data, spot)

    def drop(self, data: QMimeData, spot: QPoint) -> None:
        self._carry(data, spot)
        event = QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, data, LEFT, NO)
        QApplication.sendEvent(self.view.viewport(), event)

    def _carry(self, data: QMimeData, spot: QPoint) -> None:
        copy = Qt.DropAction.CopyAction
        for event in (
            QDragEnterEvent(spot, copy, data, LEFT, NO),
            QDragMoveEvent(spot, copy, data, LEFT, NO),
        ):
            QApplication.sendEvent(self.view.viewport(), event)

    def wheel(self, spot: QPoint, turns: int, modifiers: Qt.KeyboardModifier = NO) -> None:
        port = self.view.viewport()
        event = QWheelEvent(QPointF(spot), QPointF(port.mapToGlobal(spot)), QPoint(),
                            QPoint(0, 120 * turns), Qt.MouseButton.NoButton, modifiers,
                            Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
        QApplication.sendEvent(port, event)

    def swipe(self, spot: QPoint, by: QPoint) -> None:
        port = self.view.viewport()
        event = QWheelEvent(QPointF(spot), QPointF(port.mapToGlobal(spot)), by, by,
                            Qt.MouseButton.NoButton, NO, Qt.ScrollPhase.ScrollUpdate,
                            False)  # fmt: skip
        QApplication.sendEvent(port, event)

    def hold_space(self) -> None:
        QTest.keyPress(self.view, Qt.Key.Key_Space)

    def hold_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, times: int) -> None:
        """A key held down until it has repeated that often."""
        for _ in range(times):
            press = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", True)
            QApplication.sendEvent(self.view, press)
        QTest.keyRelease(self.view, key, modifiers)

    def menu_at(self, spot: QPoint) -> QMenu:
        """The context menu that pops up there."""
        port = self.view.viewport()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, port.mapToGlobal(spot))
        QApplication.sendEvent(port, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu

    def choose(self, spot: QPoint, text: str) -> None:
        """Click an entry of the context menu that pops up there."""
        menu = self.menu_at(spot)
        entry = next(action for action in menu.actions() if action.text() == text)
        assert entry.isEnabled()
        QTest.mouseClick(menu, LEFT, NO, menu.actionGeometry(entry).center())

    def click_minimap_right(self) -> None:
        """A click near the right edge of the minimap, half way down."""
        minimap = next(w for w in self.view.findChildren(QWidget) if w.toolTip() and w.isVisible())
        QTest.mouseClick(minimap, LEFT, NO, QPoint(minimap.width() - 16, minimap.height() // 2))

    def tooltip_at(self, spot: QPoint) -> str:
        """What Qt is given to show when the mouse rests there."""
        port = self.view.viewport()
        event = QHelpEvent(QEvent.Type.ToolTip, spot, port.mapToGlobal(spot))
        QApplication.sendEvent(port, event)
        text = QToolTip.text()
        QToolTip.hideText()
        return text

    def analyse(self, qtbot: QtBot) -> None:
        """Waits until the analysis of the project as it stands is there."""
        with qtbot.waitSignal(self.analyser.analysed, timeout=60_000):
            self.analyser.refresh()

    def settle(self, qtbot: QtBot) -> None:
        """Waits until a layout that was asked for is there and every card in its place."""
        qtbot.waitUntil(lambda: not self.view.tidying.is_busy, timeout=20_000)

    def picture(self) -> QImage:
        return self.view.grab().toImage()

    def is_seen(self, name: str) -> bool:
        """Whether a whole card is in the window."""
        return self.view.seen().contains(self.view.canvas.nodes[self.node(name).id].rect)

    def search_rows(self) -> list[str]:
        """The titles that the search lists."""
        rows = self.view.findChild(QListWidget)
        assert rows is not None
        return [rows.item(row).text() for row in range(rows.count())]

    def history_text(self) -> str:
        return self.document.history.undoText()

    def undo_and_redo_hold(self, before: Project, after: Project) -> None:
        """One step back and forth gives exactly these projects."""
        self.document.history.undo()
        assert self.document.project == before
        self.document.history.redo()
        assert self.document.project == after


class Painted(QObject):
    """What of a widget was painted since it was watched."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.area, self.region = QRect(), QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.area = self.area.united(event.rect())
            self.region += event.region()
        return False


def _data_of(kind: str) -> QMimeData:
    data = QMimeData()
    data.setData(KIND_MIME, kind.encode())
    return data
