"""The panels around the canvas: made from one table, movable, closable, remembered."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from gui import assets, theme
from gui.theme import Appearance

Area = Qt.DockWidgetArea
LEFT, RIGHT, BOTTOM = Area.LeftDockWidgetArea, Area.RightDockWidgetArea, Area.BottomDockWidgetArea
# Tabs have icons where nine of them have room, from this width of the window.
ICONS_FROM = 1600
_TABS = "QMainWindow > QTabBar::tab { padding: 0 8px; font-size: 12px; min-height: 24px; }"
TALLEST_BOTTOM = 180
PALETTE_WIDTH, INSPECTOR_WIDTH, BOTTOM_HEIGHT = 220, 290, 236


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One panel: where its class is, what it is called and where it stands at first."""

    name: str
    module: str
    class_name: str
    title: str
    icon: str
    area: Qt.DockWidgetArea
    is_shown: bool = True


class Docks(QObject):
    """The docks of a window by panel name; `shown` names a panel that came into view."""

    shown = Signal(str)

    def __init__(
        self, window: QMainWindow, rows: tuple[PanelRow, ...], shared: Mapping[str, object]
    ) -> None:
        super().__init__(window)
        self._window, self._rows = window, rows
        self._docks: dict[str, PanelDock] = {}
        appearance = shared["appearance"]
        assert isinstance(appearance, Appearance)
        for row in rows:
            dock = PanelDock(row, make_panel(row, shared), appearance, window)
            dock.visibilityChanged.connect(self._on_visibility_changed)
            dock.dockLocationChanged.connect(self._tidy_soon)
            dock.topLevelChanged.connect(self._tidy_soon)
            self._docks[row.name] = dock
        self._appearance = appearance
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._tidy)
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
        window.setStyleSheet(_TABS)
        window.installEventFilter(self)
        self.reset()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._tidy_soon()
        return super().eventFilter(watched, event)

    def __getitem__(self, name: str) -> PanelDock:
        return self._docks[name]

    def __contains__(self, name: str) -> bool:
        return name in self._docks

    def __iter__(self) -> Iterator[PanelDock]:
        return iter(self._docks.values())

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
            self._window.resizeDocks([bottom[0]], [BOTTOM_HEIGHT], Qt.Orientation.Vertical)

    def _on_visibility_changed(self, visible: bool) -> None:
        dock = self.sender()
        if isinstance(dock, PanelDock) and visible:
            self.shown.emit(dock.row.name)
        self._tidy_soon()

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


def make_panel(row: PanelRow, shared: Mapping[str, object]) -> QWidget:
    """The panel of a row, given only those shared objects that its constructor names."""
    made = getattr(importlib.import_module(row.module), row.class_name)
    wanted = inspect.signature(made.__init__).parameters
    panel = made(**{name: thing for name, thing in shared.items() if name in wanted})
    assert isinstance(panel, QWidget)
    return panel


class PanelDock(QDockWidget):
    """A panel on a rounded surface with a slim title that moves, floats and closes it."""

    def __init__(
        self, row: PanelRow, panel: QWidget, appearance: Appearance, window: QMainWindow
    ) -> None:
        super().__init__(QCoreApplication.translate("panels", row.title), window)
        self.row, self.panel, self._appearance = row, panel, appearance
        self.setObjectName(f"dock_{row.name}")
        self._title = _Title(self, appearance)
        self._no_title = QWidget(self)
        self._no_title.setFixedHeight(6)
        self._surface = QWidget(self)
        layout = QHBoxLayout(self._surface)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.addWidget(_fitted(panel, row.area))
        self.setWidget(self._surface)
        self.setTitleBarWidget(self._title)
        appearance.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def show_title(self, wanted: bool) -> None:
        """Show or hide the title row."""
        widget = self._title if wanted else self._no_title
        if self.titleBarWidget() is not widget:
            self.titleBarWidget().hide()
            self.setTitleBarWidget(widget)
            widget.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._appearance.theme.panel))
        painter.drawRoundedRect(self.rect(), 10, 10)

    def _on_theme_changed(self) -> None:
        icon = assets.icon(self.row.icon, self._appearance.theme.secondary, 16)
        self.toggleViewAction().setIcon(icon)
        self.update()


def _fitted(panel: QWidget, area: Qt.DockWidgetArea) -> QWidget:
    """The panel, scrolled where it needs more height than a small screen has for it."""
    if area != BOTTOM or panel.minimumSizeHint().height() <= TALLEST_BOTTOM:
        return panel
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.viewport().setAutoFillBackground(False)
    scroll.setWidget(panel)
    panel.setAutoFillBackground(False)
    return scroll


class _Title(QWidget):
    """The name of a panel; its buttons appear while the pointer is over it."""

    def __init__(self, dock: QDockWidget, appearance: Appearance) -> None:
        super().__init__(dock)
        self._appearance = appearance
        name = QLabel(dock.windowTitle())
        name.setProperty("role", "heading")
        self._float = self._button(self.tr("Undock this panel"))
        self._close = self._button(self.tr("Close this panel; the View menu brings it back"))
        self._float.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self._close.clicked.connect(dock.close)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 0)
        row.setSpacing(0)
        row.addWidget(name, 1)
        row.addWidget(self._float)
        row.addWidget(self._close)
        self.setFixedHeight(26)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        appearance.changed.connect(self._paint_icons)
        self._show_buttons(False)
        self._paint_icons()

    def event(self, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.Enter:
                self._show_buttons(True)
            case QEvent.Type.Leave:
                self._show_buttons(False)
        return super().event(event)

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(20, 20)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setStyleSheet("padding: 0; border-radius: 4px;")
        return button

    def _show_buttons(self, visible: bool) -> None:
        self._float.setVisible(visible)
        self._close.setVisible(visible)

    def _paint_icons(self) -> None:
        color = self._appearance.theme.secondary
        self._float.setIcon(assets.icon("float", color, 14))
        self._close.setIcon(assets.icon("close", color, 14))
