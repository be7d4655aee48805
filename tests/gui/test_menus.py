"""The menu bar by mouse, and choices that outlive the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from gui.canvas.minimap import Minimap
from gui.main_window import MainWindow
from gui.preferences import Preferences
from tests.gui.conftest import OpenWindow, keys

LEFT = Qt.MouseButton.LeftButton


def click_through(qtbot: QtBot, bar: QMenuBar | QMenu, *titles: str) -> None:
    """Click entries of menus, one in the other."""
    for title in titles:
        qtbot.waitUntil(bar.isVisible)
        texts = {action.text().replace("&", ""): action for action in bar.actions()}
        action = texts[title]
        assert action.isEnabled(), title
        QTest.mouseClick(bar, LEFT, pos=bar.actionGeometry(action).center())
        bar = action.menu() or bar


def names(window: MainWindow) -> dict[str, tuple[int, int]]:
    """Where every node lies, by name."""
    project = window.document.project
    return {node.name: project.layout["main"][node.id] for node in project.graph.nodes.values()}


def select(window: MainWindow, *wanted: str) -> None:
    """Click these cards, the second one and those after with Ctrl."""
    for at, name in enumerate(wanted):
        node = window.document.project.graph.by_name(name)
        assert node is not None
        held = Qt.KeyboardModifier.ControlModifier if at else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(window.canvas.viewport(), LEFT, held, window.canvas.point_of(node.id))


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    found = open_window(template="digits-cnn")
    found.canvas.frame_all()
    return found


def test_the_menu_bar_aligns_and_distributes(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "conv1", "pool", "loss")
    click_through(qtbot, window.menuBar(), "Graph", "Align", "Align left")
    places = names(window)
    assert places["conv1"][0] == places["pool"][0] == places["loss"][0]
    click_through(qtbot, window.menuBar(), "Graph", "Align", "Distribute down")
    tops = sorted(names(window)[name][1] for name in ("conv1", "pool", "loss"))
    assert window.document.history.undoText().startswith(("Distribute", "Spread")), tops


def test_the_menu_bar_pastes_with_outer_wires(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "relu1")
    click_through(qtbot, window.menuBar(), "Edit", "Copy")
    qtbot.waitUntil(window.commands["edit.paste_wired"].isEnabled)
    click_through(qtbot, window.menuBar(), "Edit", "Paste with outer wires")
    graph = window.document.project.graph
    fed = {graph.nodes[w.target].name for w in graph.wires.values()
           if graph.nodes[w.source].name == "conv1"}  # fmt: skip
    assert len(fed) == 2


def is_minimap_seen(window: MainWindow) -> bool:
    return window.findChild(Minimap).isVisible()


def test_the_minimap_is_hidden_by_keys_and_by_menu_for_good(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow
) -> None:
    assert is_minimap_seen(window)
    keys(window, "Ctrl+Shift+M")
    assert not is_minimap_seen(window)
    keys(window, "Ctrl+Shift+M")
    assert is_minimap_seen(window)
    click_through(qtbot, menu_of_paper(window.canvas.viewport()), "Minimap")
    assert not is_minimap_seen(window)
    assert not Preferences().shows_minimap
    assert not is_minimap_seen(open_window(template="digits-cnn"))


def menu_of_paper(port: QWidget) -> QMenu:
    spot = QPoint(12, port.height() - 12)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(port, QContextMenuEvent(reason, spot, port.mapToGlobal(spot)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_every_menu_fits_on_a_small_laptop(window: MainWindow) -> None:
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        assert menu.sizeHint().height() <= 740, menu.title()
