"""The panes of the window, walked by keys: the canvas, the panels in sight, what stands above."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QScrollArea, QTabBar, QWidget

from gui.panel_dock import PanelDock
from gui.voice import announce

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Panes(QObject):
    """Takes the keyboard from pane to pane, back to where it was in each of them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last: dict[QWidget, QWidget] = {}
        self.actions = {f"panel.{dock.row.name}": self._new_action(dock) for dock in window.docks}
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def walk(self, by: int) -> None:
        """The keyboard goes to the next pane in sight, or to the one before."""
        panes = self._in_sight()
        now = self._of(QApplication.focusWidget())
        at = panes.index(now) + by if now in panes else 0
        self._enter(panes[at % len(panes)])

    def turn(self, by: int) -> None:
        """The panel at the next tab, or at the one before, comes to the front with the keyboard."""
        bar = self._bar()
        if bar is None:
            return
        title = bar.tabText((bar.currentIndex() + by) % bar.count())
        found = next(dock for dock in self._window.docks if dock.windowTitle() == title)
        self.go_to(found)

    def go_to(self, dock: PanelDock) -> None:
        """A panel comes into view, in front of the tabs beside it, and has the keyboard."""
        self._window.docks.raise_panel(dock.row.name, take_focus=False)
        self._enter(dock)

    @property
    def has_tabs(self) -> bool:
        """Whether panels stand behind each other."""
        return self._bar() is not None

    def _new_action(self, dock: PanelDock) -> QAction:
        shown = dock.toggleViewAction()
        text = self.tr("Panel: {}").format(dock.windowTitle())
        action = QAction(shown.icon(), text, self._window)
        action.triggered.connect(partial(self.go_to, dock))

        def follow() -> None:
            if shiboken6.isValid(action):  # a window that goes may lose it before its docks
                action.setIcon(shown.icon())

        shown.changed.connect(follow)
        self._window.addAction(action)
        return action

    def _bar(self) -> QTabBar | None:
        """The tabs of the pane with the keyboard; else the longest ones."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        found = self._window.findChildren(QTabBar, options=direct)
        bars = [bar for bar in found if bar.isVisible() and bar.count() > 1]
        pane = self._of(QApplication.focusWidget())
        title = pane.windowTitle() if isinstance(pane, PanelDock) else ""
        at = [bar for bar in bars if title and title == bar.tabText(bar.currentIndex())]
        return max(at or bars, key=lambda bar: bar.count(), default=None)

    def _all(self) -> list[QWidget]:
        window = self._window
        return [window.canvas, *window.docks, window.tool_bar, window.notices]

    def _in_sight(self) -> list[QWidget]:
        return [pane for pane in self._all()
                if pane.isVisible() and not pane.visibleRegion().isEmpty()]  # fmt: skip

    def _of(self, widget: QWidget | None) -> QWidget | None:
        if widget is None:
            return None
        return next((p for p in self._all() if p is widget or p.isAncestorOf(widget)), None)

    def _enter(self, pane: QWidget) -> None:
        goal = self._last.get(pane)
        if goal is None or not shiboken6.isValid(goal) or not _can_have_keys(goal, pane):
            goal = _first(pane)
        goal.setFocus(Qt.FocusReason.TabFocusReason)
        announce(goal, self._name(pane))

    def _name(self, pane: QWidget) -> str:
        match pane:
            case PanelDock() | self._window.tool_bar:
                return pane.windowTitle()
        return pane.accessibleName()

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        pane = self._of(now)
        if pane is not None and now is not None:
            self._last[pane] = now
        for dock in self._window.docks:
            dock.show_focus(dock is pane)


def _can_have_keys(widget: QWidget, pane: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and pane.isAncestorOf(widget)


def _first(pane: QWidget) -> QWidget:
    """What stands first in a pane and can have the keyboard; the pane where there is nothing."""
    start = pane.panel if isinstance(pane, PanelDock) else pane
    if start.focusPolicy() & Qt.FocusPolicy.TabFocus or start.focusProxy() is not None:
        return start
    by_tab = Qt.FocusPolicy.TabFocus
    inside = (widget for widget in start.findChildren(QWidget) if widget.focusPolicy() & by_tab)
    found = [widget for widget in inside if _can_have_keys(widget, start)]

    def rank(widget: QWidget) -> tuple[bool, int]:
        # What only scrolls comes last, and what is nearest the corner where reading begins first.
        return type(widget) is QScrollArea, widget.mapTo(start, QPoint()).manhattanLength()

    return min(found, key=rank, default=start)
