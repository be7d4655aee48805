"""The window as a whole: panels, tool bar, themes, closing, training, values on wires."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

import main
from graphcore.project import templates
from graphcore.project.edits import Rename, Set, SetParam
from gui.dialogs.certificate import CertificateDialog
from gui.dialogs.export import ExportDialog
from gui.main_window import PANELS, MainWindow
from gui.notices import NoticeBar
from gui.panel_dock import BOTTOM
from gui.panels.code_view import CodeView
from gui.render import render
from tests.gui.conftest import OpenWindow, dialog_of, keys, press


def wait_for(qtbot: QtBot, question: Callable[[], bool], seconds: int = 60) -> None:
    qtbot.waitUntil(question, timeout=seconds * 1000)


def analysed(window: MainWindow, qtbot: QtBot) -> MainWindow:
    wait_for(qtbot, lambda: bool(window.analyser.analysis.nodes) and window.analyser.is_current)
    window.commands.refresh()
    return window


def test_every_panel_is_there(open_window: OpenWindow) -> None:
    window = open_window(template="digits-cnn")
    for row in PANELS:
        window.docks.raise_panel(row.name)
        assert window.docks[row.name].panel.isVisible(), row.name
        assert window.docks[row.name].panel.objectName() == row.name


def test_a_panel_behind_another_tab_rests_and_is_up_to_date_when_it_is_raised(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(template="digits-cnn")
    with qtbot.waitSignal(window.docks.completed, timeout=20_000):
        window.docks.make_rest()
    window.docks.raise_panel("training")
    field = window.docks["training"].panel.findChild(QLineEdit)
    field.setFocus()
    window.docks.raise_panel("plots", take_focus=False)
    qtbot.waitUntil(lambda: window.focusWidget() is window.docks["plots"].panel)
    text = window.docks["code"].panel.findChild(CodeView)
    at_bottom = [row.name for row in PANELS if row.area == BOTTOM]
    seen = [name for name in at_bottom if window.docks[name].panel.isVisible()]
    assert seen == ["plots"]
    before = text.toPlainText()
    conv = window.document.project.graph.by_name("conv1")
    assert conv is not None
    window.document.do(Rename(conv.id, "first"), "rename")
    analysed(window, qtbot)
    assert text.toPlainText() == before
    window.docks.raise_panel("code")
    wait_for(qtbot, lambda: "self.first" in text.toPlainText())
    assert not window.docks["plots"].panel.isVisible()


def test_no_part_of_a_panel_is_a_window_for_a_moment(open_window: OpenWindow, qtbot: QtBot) -> None:
    """It would flash, and take the keyboard from where it is."""
    window = open_window(template="digits-cnn")
    seen = _Windows()
    QApplication.instance().installEventFilter(seen)
    with qtbot.waitSignal(window.docks.completed, timeout=20_000):
        window.docks.make_rest()
    QApplication.instance().removeEventFilter(seen)
    assert seen.shown == []


class _Windows(QObject):
    """Every widget that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and watched.isWindow():
            self.shown.append(watched)
        return False


def test_no_panel_moves_to_another_parent_once_it_is_full(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    moves = _Moves()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(moves)
    window = open_window()
    qtbot.waitUntil(lambda: all(dock.is_made for dock in window.docks), timeout=20_000)
    app.removeEventFilter(moves)
    full = {dock.row.name: len(dock.findChildren(QWidget)) for dock in window.docks}
    assert full["training"] > 300  # Qt dresses so many anew where their panel moves
    assert moves.largest < 150, moves.what


class _Moves(QObject):
    """The largest part that was given another parent, by how many widgets were in it."""

    largest, what = 0, ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange and isinstance(watched, QWidget):
            count = len(watched.findChildren(QWidget))
            if count > self.largest:
                self.largest, self.what = count, f"{type(watched).__name__} of {count} widgets"
        return False


def test_a_closed_panel_comes_back_from_the_view_menu(open_window: OpenWindow) -> None:
    window = open_window()
    dock = window.docks["palette"]
    dock.close()
    assert not dock.isVisible()
    dock.toggleViewAction().trigger()
    assert dock.isVisible()


def test_a_floating_panel_goes_home_when_the_layout_is_reset(open_window: OpenWindow) -> None:
    window = open_window()
    window.docks["inspector"].setFloating(True)
    window.docks["code"].close()
    window.commands["view.reset_layout"].trigger()
    assert not window.docks["inspector"].isFloating()
    assert not window.docks["code"].isHidden()


def test_the_layout_is_remembered(open_window: OpenWindow) -> None:
    first = open_window()
    first.docks["palette"].close()
    first.close()
    second = open_window()
    assert not second.docks["palette"].isVisible()
    assert second.docks["inspector"].isVisible()


@pytest.mark.parametrize("size", [(1280, 720), (1680, 1020), (3840, 2160)])
def test_nothing_is_cut_off(open_window: OpenWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window = open_window(template="digits-cnn")
    window.resize(*size)
    wait_for(qtbot, lambda: window.size() == QSize(*size))
    shown = [window.tool_bar.title, window.tool_bar.train, window.tool_bar.device]
    for widget in shown:
        assert widget.isVisible()
        assert inside(widget, window)
        assert widget.width() >= widget.minimumSizeHint().width()
    assert window.canvas.viewport().width() > 500
    assert window.canvas.viewport().height() > 300
    bars = [bar for bar in window.findChildren(QTabBar) if bar.parent() is window]
    bottom = max((bar for bar in bars if bar.isVisible()), key=QTabBar.count)
    last = bottom.tabRect(bottom.count() - 1)
    assert bottom.rect().contains(last), (bottom.rect(), last)


def inside(widget: QWidget, window: MainWindow) -> bool:
    corner = widget.mapTo(window, widget.rect().bottomRight())
    return window.rect().contains(corner)


def test_the_theme_switches_live_and_is_remembered(open_window: OpenWindow) -> None:
    window = open_window()
    window.commands["view.theme_light"].trigger()
    color = window.grab().toImage().pixelColor(3, window.height() - 3)
    assert color.lightness() > 200
    assert window.preferences.theme == "light"


def test_presentation_mode_leaves_the_drawing_alone_and_escape_ends_it(
    open_window: OpenWindow,
) -> None:
    window = open_window()
    keys(window, "F11")
    assert window.isFullScreen()
    assert not window.docks["palette"].isVisible()
    assert not window.menuBar().isVisible()
    keys(window, "Esc")
    assert not window.isFullScreen()
    assert window.docks["palette"].isVisible()


def test_notices_are_told_once_and_closed(open_window: OpenWindow) -> None:
    window = open_window()
    window.notices.tell("The disk is full.", "Free some space.", "error")
    window.notices.tell("The disk is full.", "Free some space.", "error")
    (bar,) = [bar for bar in window.findChildren(NoticeBar) if bar.isVisible()]
    assert any("Free some space." in label.text() for label in bar.findChildren(QLabel))
    QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_a_palette_click_adds_and_the_state_bar_counts(open_window: OpenWindow) -> None:
    window = open_window()
    window.docks["palette"].panel.chosen.emit("nn.Linear")
    window.commands.refresh()
    texts = [label.text() for label in window.statusBar().findChildren(QLabel)]
    assert any(text.startswith("1 node ·") for text in texts), texts


def test_choosing_a_device_is_an_edit(open_window: OpenWindow) -> None:
    window = open_window()
    chooser = window.tool_bar.device
    chooser.setFocus()
    QTest.keyClick(chooser, Qt.Key.Key_Down)
    assert window.document.project.plan.device == "cpu"
    keys(window, "Ctrl+Z")
    assert window.document.project.plan.device == "auto"
    assert chooser.currentData() == "auto"


def test_backward_shows_the_derivative_and_follows_the_constant(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = analysed(open_window(template="autograd"), qtbot)
    assert window.tool_bar.backward.isVisible()
    QTest.mouseClick(window.tool_bar.backward, Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: "7.0" in pills(window))
    x = window.document.project.graph.by_name("x")
    assert x is not None
    window.document.do(SetParam(x.id, "value", 5.0), "Change x")
    wait_for(qtbot, lambda: "13.0" in pills(window))


def pills(window: MainWindow) -> str:
    """Every text beside a port of the canvas."""
    items = window.canvas.scene().items()
    return " ".join(str(getattr(item, "text", "")) for item in items)


def test_a_run_is_started_and_closing_asks_to_stop_it(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = analysed(open_window(template="digits-cnn"), qtbot)
    window.document.do(Set(("plan", "epochs"), 500), "Train for longer")
    wait_for(qtbot, lambda: window.analyser.is_current)
    window.commands.refresh()
    QTest.mouseClick(window.tool_bar.train, Qt.MouseButton.LeftButton)
    wait_for(qtbot, lambda: window.runner.step > 5)
    assert window.docks["plots"].panel.isVisible()
    assert window.tool_bar.stop.isVisible()
    assert not window.tool_bar.train.isVisible()
    window.document.history.setClean()
    window.close()
    press(dialog_of(window), "Stop the run")
    assert not window.runner.is_busy
    assert not window.isVisible()


def test_untrained_weights_are_asked_about_and_exported(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = analysed(open_window(template="digits-mlp"), qtbot)
    window.commands["file.export"].trigger()
    dialog = dialog_of(window, ExportDialog)
    dialog.file.setText(str(tmp_path / "model.pt"))
    press(dialog, "Export")
    question = dialog_of(window, QMessageBox)
    assert "not trained" in question.text()
    press(question, "Export all the same")
    with qtbot.waitSignal(window.exporting.finished, timeout=120_000):
        pass
    report = dialog_of(window, CertificateDialog)
    texts = " ".join(label.text() for label in report.findChildren(QLabel))
    assert "gives what the model gives" in texts
    assert (tmp_path / "model.pt").stat().st_size > 1000
    report.close()


def test_a_drawing_is_rendered_without_a_window(qapp: object, tmp_path: Path) -> None:
    project = templates.open_template("digits-cnn")
    sizes = [render(project, tmp_path / f"{scale}.png", "light", scale) for scale in (1, 2)]
    assert sizes[1].width() == pytest.approx(2 * sizes[0].width(), abs=2)
    image = QImage(str(tmp_path / "1.png"))
    colors = {image.pixel(x, image.height() // 2) for x in range(0, image.width(), 3)}
    assert len(colors) > 3


@pytest.mark.parametrize(
    ("pyside", "python", "bad"),
    [("6.12.0", (3, 11), True), ("6.11.3", (3, 11), False), ("6.12.0", (3, 12), False),
     ("7.0.1", (3, 11), True)],
)  # fmt: skip
def test_a_pyside_that_aborts_is_refused(pyside: str, python: tuple[int, int], bad: bool) -> None:
    assert main.is_bad_pair(pyside, python) is bad


def test_without_a_display_a_sentence_offers_the_picture() -> None:
    keep = {"PATH": "/usr/bin:/bin", "HOME": "/tmp"}
    done = subprocess.run(
        [sys.executable, main.__file__, "x.netwright"],
        env=keep, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "netwright render x.netwright -o FILE.png" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_panels_out_of_sight_are_made_after_the_first_paint(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(template="digits-cnn")
    wait_for(qtbot, lambda: all(dock.is_made for dock in window.docks))
    assert {panel.objectName() for panel in window.docks.panels} == {row.name for row in PANELS}


def said_by_a_program(code: str, home: Path) -> str:
    """What such a program prints, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(main.__file__).parent,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "NETWRIGHT_HOME": str(home)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    return done.stdout.strip()


def test_plots_are_ready_soon_and_their_types_come_to_be_in_the_window_s_thread(home: Path) -> None:
    code = """
import sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv[:1])
from gui import app as program
from gui.preferences import Preferences
from gui.theme import Appearance
window = program.open_window(Appearance(app, "dark"), Preferences())
made = set()
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("PySide6", "pyqtgraph", "gui.")):
            made.add(threading.current_thread() is threading.main_thread())
sys.meta_path.insert(0, Watch())
def look():
    if "gui.panels.curve_plot" in sys.modules:
        window.commands["train.start"].trigger()
        if window.runner.epoch:
            window.stop()
            print("made", made)
            app.quit()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
app.exec()
"""
    assert said_by_a_program(code, home) == "made {True}"


def test_the_first_paint_comes_without_numpy_plots_and_torch(home: Path) -> None:
    code = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv[:1])
from gui.app import open_window
from gui.preferences import Preferences
from gui.theme import Appearance
window = open_window(Appearance(app, "dark"), Preferences())
heavy = {"numpy", "pyqtgraph", "networkx", "torch", "PIL", "gui.panels.runs", "gui.panels.code"}
def painted():
    print("seen", sorted(heavy & set(sys.modules)))
    window.close()
    app.quit()
window.painted.connect(painted)
app.exec()
"""
    assert said_by_a_program(code, home) == "seen []"
