"""Details of the window: room for the title, drops anywhere, folded changes, mistakes, closing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from graphcore.project import templates
from graphcore.project.edits import Set
from graphcore.project.file import save
from graphcore.training.runs import store_for
from gui.crash import CrashGuard, log_file, start_logging
from gui.dialogs.certificate import CertificateDialog
from gui.document import Document, new_gesture
from gui.exporting import Order
from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow, dialog_of, press


def analysed(window: MainWindow, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(
        lambda: bool(window.analyser.analysis.nodes) and window.analyser.is_current,
        timeout=60_000,
    )
    window.commands.refresh()
    return window


def test_the_title_has_the_room_there_is(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(template="digits-cnn")
    qtbot.waitUntil(lambda: window.tool_bar.title.text() == window.files.title)
    window.document.do(Set(("title",), 20 * "A long story "), "Rename")
    window.files.changed.emit()
    qtbot.waitUntil(lambda: "…" in window.tool_bar.title.text())
    train = window.tool_bar.train
    assert train.mapTo(window, train.rect().topRight()).x() <= window.width()


@pytest.mark.parametrize("target", ["tool_bar", "palette"])
def test_a_project_may_be_dropped_anywhere(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, target: str
) -> None:
    file = tmp_path / "iris.netwright"
    save(templates.open_template("iris"), file)
    window = open_window()
    palette = window.docks["palette"].panel
    below = window.tool_bar.train if target == "tool_bar" else palette.findChildren(QLabel)[0]
    drop(below, file)
    qtbot.waitUntil(lambda: window.document.path == file)


def drop(widget, file: Path) -> None:
    """Drop a file on a widget: as Qt does, on the first one above it that takes drops."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    mouse, keyboard = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy, spot = Qt.DropAction.CopyAction, widget.rect().center()
    while widget is not None:
        at = widget.rect().center()
        enter = QDragEnterEvent(at, copy, mime, mouse, keyboard)
        enter.ignore()
        if widget.acceptDrops():
            QApplication.sendEvent(widget, enter)
        if widget.acceptDrops() and enter.isAccepted():
            QApplication.sendEvent(widget, QDropEvent(QPointF(spot), copy, mime, mouse, keyboard))
            return
        widget = widget.parentWidget()
    pytest.fail("nobody took the file")


def test_a_folded_change_is_called_what_it_became(qapp: QApplication) -> None:
    document, gesture = Document(), new_gesture()
    for epochs in (2, 20):
        document.do(Set(("plan", "epochs"), epochs), f"Set epochs to {epochs}", gesture=gesture)
    assert document.history.count() == 1
    assert document.history.undoText() == "Set epochs to 20"


def test_wires_that_loop_are_framed_too(open_window: OpenWindow) -> None:
    window = open_window(template="digits-cnn")
    canvas = window.canvas
    canvas.frame_all()
    drawn = QRectF()
    for wire in canvas.canvas.wires.values():
        drawn = drawn.united(wire.sceneBoundingRect())
    assert canvas.seen().adjusted(8, 8, -8, -8).contains(drawn)
    assert canvas.canvas.drawn_bounds().contains(drawn)


def test_the_canvas_keeps_its_middle(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(template="digits-cnn")
    window.canvas.zoom_in()  # somebody looks closer
    before, width = window.canvas.seen().center(), window.canvas.viewport().width()
    window.resize(1600, 1000)
    qtbot.waitUntil(lambda: window.canvas.viewport().width() > width)
    after = window.canvas.seen().center()
    assert (after - before).manhattanLength() < 8


def test_a_framed_drawing_stays_framed_until_somebody_looks_closer(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(template="digits-cnn")
    canvas = window.canvas
    for size in ((2400, 1400), (1280, 720)):
        width = canvas.viewport().width()
        window.resize(*size)
        qtbot.waitUntil(lambda width=width: canvas.viewport().width() != width)
        qtbot.waitUntil(lambda: canvas.seen().contains(canvas.canvas.drawn_bounds()))
    canvas.zoom_in()
    zoom, width = canvas.zoom, canvas.viewport().width()
    window.resize(1500, 900)
    qtbot.waitUntil(lambda: canvas.viewport().width() != width)
    assert canvas.zoom == zoom


def test_a_chosen_run_is_shown_and_can_be_tried_and_examined(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(template="iris")
    run = store_for(None).create(window.document.project)
    told = []
    for name in ("tryout", "results"):
        panel = type(window.docks[name].panel)
        monkeypatch.setattr(panel, "show_run", lambda _, r: told.append(r))
    window.docks["runs"].panel.run_chosen.emit(run)
    assert told == [run, run]
    qtbot.waitUntil(lambda: window.docks["plots"].panel.run == run)


def test_the_summary_says_what_an_output_gives_and_names_whole(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = analysed(open_window(template="two-heads"), qtbot)
    window.docks.raise_panel("summary")
    (table,) = window.docks["summary"].panel.findChildren(QTableView)
    model = table.model()
    rows = [[model.index(row, column).data() for column in range(3)]
            for row in range(model.rowCount())]  # fmt: skip
    assert ["redrawn", "Output", "1 × 8 × 8"] in rows
    widest = max(table.fontMetrics().horizontalAdvance(name) for name, *_ in rows)
    assert table.columnWidth(0) > widest + 16


def test_train_in_the_panel_does_what_the_command_does(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = analysed(open_window(template="iris"), qtbot)
    window.docks.raise_panel("training")
    cleared = []
    window.canvas.clear_values = lambda: cleared.append(True)  # type: ignore[method-assign]
    (train,) = [
        button for button in window.docks["training"].panel.findChildren(QPushButton)
        if button.text().strip() == "Train" and button.isVisible()
    ]  # fmt: skip
    qtbot.waitUntil(train.isEnabled)
    QTest.mouseClick(train, Qt.MouseButton.LeftButton)
    assert window.runner.is_busy
    assert cleared
    qtbot.waitUntil(lambda: not window.docks["plots"].panel.visibleRegion().isEmpty())
    window.runner.close()


def test_closing_gives_up_an_export(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = analysed(open_window(template="iris"), qtbot)
    folder = tmp_path / "out"
    folder.mkdir()
    window.exporting.start(Order(None, "initial", folder / "model.pt"))
    qtbot.waitUntil(lambda: any(folder.iterdir()), timeout=30_000)
    window.exporting.stop()
    assert list(folder.iterdir()) == []


def test_the_folder_of_an_export_is_opened(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    window = analysed(open_window(template="iris"), qtbot)
    with qtbot.waitSignal(window.exporting.finished, timeout=120_000):
        window.exporting.start(Order(None, "initial", tmp_path / "model.pt"))
    report = dialog_of(window, CertificateDialog)
    press(report, "Open folder")
    report.close()
    assert opened == [str(tmp_path)]


def test_a_mistake_is_saved_logged_and_can_be_copied(
    open_window: OpenWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(template="iris")
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    start_logging()
    rescued: list[bool] = []
    guard = CrashGuard(lambda: rescued.append(True), window)
    guard.install()
    try:
        raise ZeroDivisionError("a mistake of ours")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    box = dialog_of(window, QMessageBox)
    assert rescued == [True]
    assert "ZeroDivisionError: a mistake of ours" in log_file().read_text(encoding="utf-8")
    press(box, "Copy details")
    assert box.isVisible()
    assert "a mistake of ours" in QGuiApplication.clipboard().text()
    press(box, "Close")
