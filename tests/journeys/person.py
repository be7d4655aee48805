"""A person at a real screen: a mouse and a keyboard that xdotool moves, and eyes on the window."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from graphcore.project.graph import Node
from gui.main_window import MainWindow
from gui.panels.palette import PalettePanel

PATIENCE_MS = 30_000
STEPS = 12
WHEEL_DOWN, WHEEL_UP = "5", "4"


def _comes_to_rest(widget: QWidget) -> Callable[[], bool]:
    """Whether a widget lies where it did the last ten times this was asked."""
    places: list[tuple[int, int]] = []

    def lies_still() -> bool:
        spot = widget.mapToGlobal(widget.rect().center())
        places.append((spot.x(), spot.y()))
        return len(places) >= 10 and len(set(places[-10:])) == 1

    return lies_still


class Hands:
    """Hands on the machine; Qt's loop goes on while they act, that of a drag included."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def wait_until(self, is_so: Callable[[], object], patience_ms: int = PATIENCE_MS) -> None:
        """Go on once it is so; fail where that takes too long."""
        self._qtbot.waitUntil(lambda: bool(is_so()), timeout=patience_ms)

    def watch(self, is_still_so: Callable[[], object], for_ms: int) -> None:
        """Fail if it ceases to be so within that time."""
        clock = QElapsedTimer()
        clock.start()
        seen: list[bool] = []

        def is_over() -> bool:
            seen.append(bool(is_still_so()))
            return clock.elapsed() >= for_ms or not seen[-1]

        self.wait_until(is_over)
        assert all(seen)

    def run(self, *command: str | Path, folder: Path | None = None) -> int:
        """The exit status of another program."""
        process = subprocess.Popen([str(word) for word in command], cwd=folder)
        self.wait_until(lambda: process.poll() is not None, 120_000)
        return process.returncode

    def sees(self, title: str) -> bool:
        """Whether some window, of this process or another, has a title that matches."""
        command = ["xdotool", "search", "--onlyvisible", "--name", title]
        return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Press at one spot of the screen, move in steps, and let go at another."""
        words = ["mousemove", *_words(start), "sleep", "0.05", "mousedown", "1"]
        for step in range(1, STEPS + 1):
            words += ["mousemove", *_words(start + (end - start) * step / STEPS), "sleep", "0.03"]
        self._act(*words, "sleep", "0.1", "mouseup", "1")

    def press(self, *keys: str, times: int = 1) -> None:
        """Press keys such as `ctrl+z`, one after the other."""
        self._act("key", "--delay", "30", *(keys * times))

    def type(self, text: str) -> None:
        """Type a text."""
        self._act("type", "--delay", "12", text)

    def _act(self, *words: str) -> None:
        process = subprocess.Popen(["xdotool", *words])
        self.wait_until(lambda: process.poll() is not None)
        assert process.returncode == 0


class Person(Hands):
    """Hands and eyes on one window of this process; acts through the X server alone."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        super().__init__(qtbot)
        self.window = window

    # -- looking -----------------------------------------------------------------------------

    def node(self, name: str) -> Node:
        found = self.window.document.project.graph.by_name(name)
        assert found is not None, f"there is no {name}"
        return found

    def dialog(self, kind: type[QDialog] = QDialog) -> QDialog:
        """The dialog that is open, once it is there and has the keyboard."""
        self.wait_until(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, kind)
        self.wait_until(found.isActiveWindow)
        return found

    def button(self, text: str, within: QWidget | None = None) -> QAbstractButton:
        """The visible button that says this (an ampersand or an icon's gap does not count)."""
        where, found = within or self.window, list[QAbstractButton]()

        def is_there() -> bool:
            found[:] = [
                button
                for button in where.findChildren(QAbstractButton)
                if button.isVisible() and text in button.text().replace("&", "")
            ]
            return bool(found)

        self.wait_until(is_there)
        return found[0]

    def field(self, name: str) -> QLineEdit:
        """The visible field of a param."""
        found = self.window.findChildren(QLineEdit)
        return next(f for f in found if f.isVisible() and f.accessibleName() == name)

    # -- mouse -------------------------------------------------------------------------------

    def click(self, widget: QWidget, spot: QPoint | None = None, *, button: str = "1") -> None:
        """Click a widget in its middle or at a spot of it, after scrolling there if need be."""
        self._reach(widget)
        self.wait_until(lambda: widget.visibleRegion().contains(spot or widget.rect().center()))
        at = widget.mapToGlobal(spot or widget.rect().center())
        self._act("mousemove", *_words(at), "sleep", "0.05", "click", button)

    def draw_line(self, widget: QWidget, points: list[tuple[float, float]]) -> None:
        """Draw on a widget; points are shares of its width and height."""
        spots = [QPoint(round(x * widget.width()), round(y * widget.height())) for x, y in points]
        first, *rest = [widget.mapToGlobal(spot) for spot in spots]
        words = ["mousemove", *_words(first), "sleep", "0.05", "mousedown", "1"]
        for spot in rest:
            words += ["mousemove", *_words(spot), "sleep", "0.02"]
        self._act(*words, "mouseup", "1")

    def replace_text(self, widget: QWidget, text: str) -> None:
        """Click into a field and type something else."""
        self.click(widget)
        self.press("ctrl+a")
        self.type(text)

    # -- things of the window ----------------------------------------------------------------

    def open_panel(self, title: str) -> None:
        """Click the tab of a panel."""
        for bar in self.window.findChildren(QTabBar):
            for index in range(bar.count() if bar.isVisible() else 0):
                if bar.tabText(index).startswith(title):
                    self.click(bar, bar.tabRect(index).center())
                    return
        raise AssertionError(f"there is no tab {title}")

    def choose(self, *titles: str) -> None:
        """Click through the menus, such as File, Export, Export TorchScript…"""
        bar: QMenuBar | QMenu = self.window.menuBar()
        for title in titles:
            self.wait_until(bar.isVisible)
            texts = {action.text().replace("&", ""): action for action in bar.actions()}
            assert title in texts, f"{title} is not among {list(texts)}"
            self.click(bar, bar.actionGeometry(texts[title]).center())
            bar = texts[title].menu() or bar

    def drag_from_palette(self, kind: str, words: str, spot: QPoint) -> None:
        """Search a kind and drag it to a spot of the canvas."""
        panel = self.window.docks["palette"].panel
        assert isinstance(panel, PalettePanel)
        before = len(self.window.document.project.graph.nodes)
        self.replace_text(panel.findChild(QLineEdit), words)
        self.wait_until(lambda: panel.point_of(kind) is not None)
        row = panel.point_of(kind)
        assert row is not None
        self.drag(panel.mapToGlobal(row), self.window.canvas.viewport().mapToGlobal(spot))
        self.wait_until(lambda: len(self.window.document.project.graph.nodes) == before + 1)

    def wire(self, source: str, target: str) -> None:
        """Draw a wire from `node.port` to `node.port`."""
        (source, output), (target, slot) = source.split("."), target.split(".")
        canvas, first, second = self.window.canvas, self.node(source), self.node(target)
        start = canvas.point_of_port(first.id, output, is_output=True)
        end = canvas.point_of_port(second.id, slot, is_output=False)
        to_screen = canvas.viewport().mapToGlobal
        self.drag(to_screen(start), to_screen(end))
        wires = self.window.document.project.graph.wires
        self.wait_until(lambda: (second.id, slot) in wires)

    def select(self, name: str) -> None:
        """Click a card."""
        canvas, node = self.window.canvas, self.node(name)
        self.click(canvas.viewport(), canvas.point_of(node.id))
        self.wait_until(lambda: self.window.selection.single == node.id)

    def _reach(self, widget: QWidget) -> None:
        """Turn the wheel until a widget in a scrolled page can be clicked."""
        self.wait_until(_comes_to_rest(widget))
        parent = widget.parentWidget()
        while parent is not None and not isinstance(parent, QAbstractScrollArea):
            parent = parent.parentWidget()
        for _ in range(40):
            if parent is None or widget.visibleRegion().contains(widget.rect().center()):
                return
            middle = widget.mapTo(parent, widget.rect().center()).y()
            button = WHEEL_DOWN if middle > parent.height() / 2 else WHEEL_UP
            at = parent.mapToGlobal(QPoint(parent.width() - 4, parent.height() // 2))
            self._act("mousemove", *_words(at), "click", button)


def _words(point: QPoint) -> tuple[str, str]:
    return str(point.x()), str(point.y())
