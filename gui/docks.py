"""The panels around the canvas: made from one table, movable, closable, remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QTabBar, QTabWidget, QWidget

from gui import assets
from gui.panel_dock import PanelDock, PanelRow, make_panel
from gui.theme import Appearance

Area = Qt.DockWidgetArea
LEFT, RIGHT, BOTTOM = Area.LeftDockWidgetArea, Area.RightDockWidgetArea, Area.BottomDockWidgetArea
# Tabs have icons where nine of them have room, from this width of the window.
ICONS_FROM = 1600
ROOMY = 1100
"""From this width of the window on all panels have room beside the canvas."""

PALETTE_WIDTH, INSPECTOR_WIDTH, BOTTOM_HEIGHT = 220, 290, 236


class Docks(QObject):
    """The docks of a window by panel name.

    A panel is made when it first comes into view or is asked for; `made` names it. `shown` names
    one that came into view. `completed` once, when `make_rest` has made those nobody asked for.
    """

    made = Signal(str)
    shown = Signal(str)
    completed = Signal()

    def __init__(
        self, window: QMainWindow, rows: tuple[PanelRow, ...], shared: Mapping[str, object]
    ) -> None:
        super().__init__(window)
        self._window, self._rows = window, rows
        self._docks: dict[str, PanelDock] = {}
        appearance = shared["appearance"]
        assert isinstance(appearance, Appearance)
        for row in rows:
            dock = PanelDock(row, partial(make_panel, row, shared), appearance, window)
            dock.made.connect(self.made)
            dock.visibilityChanged.connect(self._on_visibility_changed)
            dock.covered.connect(partial(QTimer.singleShot, 0, self, partial(self._go_on, dock)))
            dock.dockLocationChanged.connect(self._tidy_soon)
            dock.topLevelChanged.connect(self._tidy_soon)
            self._docks[row.name] = dock
        self._appearance = appearance
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._tidy)
        self._rest = QTimer(self, interval=0)
        self._rest.timeout.connect(self._make_next)
        appearance.changed.connect(self._tidy_soon)
        window.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        window.setTabPosition(Area.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, LEFT),
            (Qt.Corner.TopLeftCorner, LEFT),
            (Qt.Corner.BottomRightCorner, RIGHT),
            (Qt.Corner.TopRightCorner, RIGHT),
        ):
            window.setCorner(corner, area)
        window.installEventFilter(self)
        self.reset()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent):
            self._tidy_soon()
            if event.oldSize().width() < ROOMY <= event.size().width():
                QTimer.singleShot(0, self, self._widen_squeezed)
        return super().eventFilter(watched, event)

    def __getitem__(self, name: str) -> PanelDock:
        return self._docks[name]

    def __contains__(self, name: str) -> bool:
        return name in self._docks

    def __iter__(self) -> Iterator[PanelDock]:
        return iter(self._docks.values())

    @property
    def panels(self) -> list[QWidget]:
        """The panels that were made so far."""
        return [dock.panel for dock in self if dock.is_made]

    def make_rest(self) -> None:
        """Make the panels that nobody has seen yet, one a turn, so that the window goes on."""
        self._rest.start()

    def stop(self) -> None:
        """Make no more panels; for closing."""
        self._rest.stop()

    def raise_panel(self, name: str, *, take_focus: bool = True) -> None:
        """Bring a panel into view, in front of the tabs beside it."""
        self._docks[name].show()
        self._docks[name].raise_()
        if take_focus:
            self._docks[name].panel.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reset(self) -> None:
        """Put every panel where it stands at first."""
        first: dict[Qt.DockWidgetArea, PanelDock] = {}
        for row in self._rows:
            dock = self._docks[row.name]
            dock.setFloating(False)
            self._window.addDockWidget(row.area, dock)
            if row.area in first:
                self._window.tabifyDockWidget(first[row.area], dock)
            else:
                first[row.area] = dock
            dock.setVisible(row.is_shown)
        for dock in first.values():
            dock.raise_()
        self.set_sizes()
        self._tidy_soon()

    def set_sizes(self) -> None:
        """Give the areas the sizes that they have at first."""
        by_name = self._docks
        sides = [(by_name[n], w) for n, w in _SIDES.items() if n in by_name]
        if sides:
            docks, widths = zip(*sides, strict=True)
            self._window.resizeDocks(list(docks), list(widths), Qt.Orientation.Horizontal)
        bottom = [dock for row in self._rows if row.area == BOTTOM for dock in [by_name[row.name]]]
        if bottom:
            height = min(BOTTOM_HEIGHT, self._window.screen().availableSize().height() // 3)
            self._window.resizeDocks([bottom[0]], [height], Qt.Orientation.Vertical)

    def _widen_squeezed(self) -> None:
        """Give panels that a small window had narrowed their first width again."""
        docks = [self._docks[name] for name in _SIDES if name in self._docks]
        if any(d.isVisible() and d.width() < _SIDES[d.row.name] * 3 // 4 for d in docks):
            self.set_sizes()

    def _on_visibility_changed(self, visible: bool) -> None:
        dock = self.sender()
        if isinstance(dock, PanelDock) and visible and dock.panel:
            self.shown.emit(dock.row.name)
        self._tidy_soon()

    def _go_on(self, covered: PanelDock) -> None:
        """The keyboard goes from a panel to the one that was raised in front of it."""
        if self._window.focusWidget() is covered:
            for dock in self._window.tabifiedDockWidgets(covered):
                if isinstance(dock, PanelDock) and dock.is_seen:
                    dock.panel.setFocus()

    def _make_next(self) -> None:
        waiting = next((dock for dock in self if not dock.is_made), None)
        if waiting is not None and waiting.panel:
            return
        self._rest.stop()
        self.completed.emit()

    def _tidy_soon(self) -> None:
        self._timer.start()

    def _tidy(self) -> None:
        """A dock in a row of tabs needs no title of its own; its tab gets the icon."""
        for dock in self._docks.values():
            beside = self._window.tabifiedDockWidgets(dock)
            dock.show_title(dock.isFloating() or all(d.isHidden() for d in beside))
        for bar in self._window.findChildren(QTabBar):
            if bar.parent() is self._window:
                self._dress(bar)

    def _dress(self, bar: QTabBar) -> None:
        bar.setDrawBase(False)
        bar.setExpanding(False)
        bar.setElideMode(Qt.TextElideMode.ElideNone)
        bar.setUsesScrollButtons(True)
        bar.setIconSize(QSize(14, 14))
        bar.setAccessibleName(self.tr("Panels"))
        icons = {dock.windowTitle(): dock.row.icon for dock in self}
        wide = self._window.width() >= ICONS_FROM
        for index in range(bar.count()):
            name = icons.get(bar.tabText(index)) if wide else None
            color = self._appearance.theme.secondary
            bar.setTabIcon(index, assets.icon(name, color, 14) if name else QIcon())


_SIDES = {"palette": PALETTE_WIDTH, "inspector": INSPECTOR_WIDTH}
