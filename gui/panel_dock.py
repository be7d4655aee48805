"""One dock: a panel on a rounded surface, made when it first comes into view."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QScrollArea,
    QToolButton,
    QWidget,
)

from gui import assets, theme
from gui.theme import Appearance

BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
TALLEST_BOTTOM, TITLE_HEIGHT = 180, 26


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


def make_panel(row: PanelRow, shared: Mapping[str, object], parent: QWidget) -> QWidget:
    """The panel of a row, given only those shared objects that its constructor names.

    It has its parent from the first: Qt would dress all that is in it again for one given later.
    """
    made = getattr(importlib.import_module(row.module), row.class_name)
    wanted = inspect.signature(made.__init__).parameters
    given = {name: thing for name, thing in shared.items() if name in wanted}
    panel = made(**given, parent=parent)
    assert isinstance(panel, QWidget)
    return panel


class PanelDock(QDockWidget):
    """A panel on a rounded surface with a slim title that moves, floats and closes it.

    The panel is made when someone first asks for it; `made` hears of it then.
    """

    made = Signal(str)
    covered = Signal()
    """The keyboard was in it when another tab was raised."""

    def __init__(
        self,
        row: PanelRow,
        make: Callable[[QWidget], QWidget],
        appearance: Appearance,
        window: QMainWindow,
    ) -> None:
        super().__init__(QCoreApplication.translate("panels", row.title), window)
        self.row, self._make, self._appearance = row, make, appearance
        self._panel: QWidget | None = None
        self._is_seen = True
        self._has_focus = False
        self.setObjectName(f"dock_{row.name}")
        self._title = _Title(self, appearance)
        self._no_title = QWidget(self)
        self._no_title.setFixedHeight(6)
        self._surface = QWidget(self)
        layout = QHBoxLayout(self._surface)
        layout.setContentsMargins(0, 0, 0, 2)
        self.setWidget(self._surface)
        self.setTitleBarWidget(self._title)
        appearance.changed.connect(self._on_theme_changed)
        self.visibilityChanged.connect(self._on_visibility_changed)
        self._on_theme_changed()

    @property
    def is_made(self) -> bool:
        """Whether its panel exists yet."""
        return self._panel is not None

    @property
    def is_seen(self) -> bool:
        """Whether it is in front of the tabs beside it."""
        return self._is_seen

    @property
    def panel(self) -> QWidget:
        """The panel; made now if nobody asked for it before."""
        if self._panel is None:
            scroll = QScrollArea(self._surface)  # first, so that Tab comes to it before the panel
            self._panel = self._make(self._surface)
            self._fitted = _fitted(self._panel, self.row.area, scroll)
            layout = self._surface.layout()
            assert layout is not None
            layout.addWidget(self._fitted)
            self._fitted.setVisible(self._is_seen)  # by itself Qt would show it a turn later
            self.made.emit(self.row.name)
        return self._panel

    def show_title(self, wanted: bool) -> None:
        """Show or hide the title row."""
        widget = self._title if wanted else self._no_title
        if self.titleBarWidget() is not widget:
            self.titleBarWidget().hide()
            self.setTitleBarWidget(widget)
            widget.show()

    def show_focus(self, has_focus: bool) -> None:
        """Outline the panel while the keyboard is in it, as the canvas is."""
        if has_focus != self._has_focus:
            self._has_focus = has_focus
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._appearance.theme.panel))
        painter.drawRoundedRect(self.rect(), 10, 10)
        if self._has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.color(self._appearance.theme.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)

    def _on_visibility_changed(self, is_seen: bool) -> None:
        """To Qt the panels of other tabs are visible; here they are not, and so rest."""
        self._is_seen = is_seen
        if self._panel is None:
            return
        keyboard = self.window().focusWidget()
        if not is_seen and keyboard is not None and self._surface.isAncestorOf(keyboard):
            self.setFocus()  # else Qt would give it to whatever field is next
            self.covered.emit()
        self._fitted.setVisible(is_seen)

    def _on_theme_changed(self) -> None:
        icon = assets.icon(self.row.icon, self._appearance.theme.secondary, 16)
        self.toggleViewAction().setIcon(icon)
        self.update()


def _fitted(panel: QWidget, area: Qt.DockWidgetArea, scroll: QScrollArea) -> QWidget:
    """The panel, scrolled where it needs more height than a small screen has for it."""
    tallest = min(TALLEST_BOTTOM, panel.screen().availableSize().height() // 6)
    if area != BOTTOM or panel.minimumSizeHint().height() <= tallest:
        scroll.deleteLater()
        return panel
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
        self.setFixedHeight(TITLE_HEIGHT)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        appearance.changed.connect(self._paint_icons)
        self._show_buttons(False)
        self._paint_icons()

    def sizeHint(self) -> QSize:
        # A dock asks for this alone, and would put the panel over the lower part of the words.
        return QSize(super().sizeHint().width(), TITLE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), TITLE_HEIGHT)

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
