"""Presentation mode: drawing and curves alone, large; ended, the window is as it was."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Set
from gui.canvas.hint import Hint
from gui.main_window import MainWindow
from gui.panels.curve_plot import CurvePlot
from gui.panels.plot_grid import WIDTH, PlotGrid
from tests.gui.conftest import OpenWindow

K = Qt.Key


def key(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def look_at(window: MainWindow, qtbot: QtBot) -> None:
    """The keyboard is in the drawing: another test's window may have had it."""
    window.activateWindow()
    window.canvas.setFocus()
    qtbot.waitUntil(window.canvas.hasFocus)


def parts(window: MainWindow) -> dict[str, bool]:
    """What is shown beside the canvas."""
    others = {"menu": window.menuBar(), "state": window.statusBar(), "tools": window.tool_bar}
    shown = {name: part.isVisible() for name, part in others.items()}
    return shown | {dock.row.name: dock.isVisible() for dock in window.docks}


def test_f11_leaves_the_drawing_alone_and_escape_restores_the_window(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(template="digits-cnn")
    look_at(window, qtbot)
    window.docks["outline"].hide()
    before, place = parts(window), window.geometry()
    window.canvas.set_zoom(0.7)
    key(K.Key_F11)
    assert window.isFullScreen()
    assert not any(parts(window).values())
    qtbot.waitUntil(lambda: window.canvas.is_whole_shown)
    key(K.Key_Escape)
    assert not window.isFullScreen()
    assert parts(window) == before
    assert window.geometry() == place
    qtbot.waitUntil(lambda: abs(window.canvas.zoom - 0.7) < 1e-6)
    assert not window.document.history.canUndo()


def test_a_run_brings_its_curves_which_grow_meanwhile(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(template="digits-cnn")
    window.document.do(Set(("plan", "epochs"), 1), "Epochs")
    qtbot.waitUntil(lambda: window.commands["train.start"].isEnabled(), timeout=60_000)
    look_at(window, qtbot)
    key(K.Key_F11)
    assert not window.docks["plots"].isVisible()
    key(K.Key_F5)
    qtbot.waitUntil(lambda: window.docks["plots"].isVisible(), timeout=60_000)
    qtbot.waitUntil(lambda: window.docks["plots"].height() > 0.4 * window.height(), timeout=60_000)
    assert {name for name, shown in parts(window).items() if shown} == {"plots"}
    qtbot.waitUntil(lambda: not window.runner.is_busy, timeout=120_000)
    qtbot.waitUntil(lambda: window.docks["plots"].height() < 0.4 * window.height())
    grid = window.docks["plots"].panel.findChild(PlotGrid)
    # A short run may be over before its plots are made, one a turn.
    qtbot.waitUntil(lambda: len(grid.inside.findChildren(CurvePlot)) > 3, timeout=60_000)
    room = grid.viewport().rect()
    places = [plot.geometry() for plot in grid.inside.findChildren(CurvePlot)]
    seen = [place for place in places if place.intersects(room)]
    assert len(seen) < len(places)
    assert all(room.contains(place) and place.width() >= 1.5 * WIDTH for place in seen)
    key(K.Key_F11)
    assert parts(window)["palette"]
    assert parts(window)["tools"]


def test_its_hint_keeps_off_the_legend_on_a_small_screen(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(template="digits-cnn")
    look_at(window, qtbot)
    window.overlaying.choose("parameters")
    key(K.Key_F11)
    legend = window.canvas.legend
    (hint,) = [part for part in window.canvas.findChildren(Hint) if part.isVisible()]
    window.canvas.setFixedSize(640, 480)
    qtbot.waitUntil(lambda: window.canvas.rect().contains(hint.geometry()))
    assert legend.isVisible()
    assert not legend.geometry().intersects(hint.geometry())
    key(K.Key_Escape)


def test_nothing_lies_over_the_drawing_on_a_small_screen(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    """Where the legend leaves no room above it, the drawing goes beside it."""
    window = open_window(template="digits-cnn")
    look_at(window, qtbot)
    key(K.Key_F11)
    canvas = window.canvas
    (hint,) = [part for part in canvas.findChildren(Hint) if part.isVisible()]
    for size in ((480, 154), (640, 234), (640, 600)):
        canvas.setFixedSize(*size)
        window.overlaying.choose("parameters")
        qtbot.waitUntil(lambda: canvas.is_whole_shown and canvas.legend.isVisible())
        legend = canvas.legend.geometry()
        assert not legend.intersects(hint.geometry())
        assert canvas.seen().contains(canvas.canvas.bounds())
        assert not canvas.canvas.cards_in(canvas.mapToScene(legend).boundingRect())
        window.overlaying.choose("parameters")
    key(K.Key_Escape)
