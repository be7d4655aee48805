"""The way out of a block: main ▸ stage0 ▸ first, each to be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from gui import assets
from gui.theme import Theme, color


class Breadcrumb(QFrame):
    """A row of levels over the canvas, hidden in the main drawing; `chosen` carries a depth."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("breadcrumb")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Where you are"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 3, 12, 3)
        self._row.setSpacing(2)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._theme: Theme | None = None
        self.hide()

    def show_levels(self, levels: Sequence[tuple[str, str]]) -> None:
        """Show these blocks (name, definition), outermost first; none hides the row."""
        if tuple(levels) == self._shown:
            return
        self._shown = tuple(levels)
        self._fill()
        self.setVisible(bool(levels))

    def restyle(self, theme: Theme) -> None:
        """In the colours of that theme."""
        self._theme = theme
        panel = color(theme.panel).name()
        self.setStyleSheet(
            f"QFrame#breadcrumb {{ background: {panel}; border: 1px solid {theme.line};"
            " border-radius: 8px; }"
            f"QFrame#breadcrumb QToolButton {{ color: {theme.secondary}; padding: 2px 6px; }}"
            f"QFrame#breadcrumb QToolButton:hover {{ color: {theme.text}; }}"
            f"QFrame#breadcrumb QLabel {{ color: {theme.text}; padding: 0; }}"
        )
        self._fill()

    def _fill(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        levels = [(self.tr("main"), self.tr("the main drawing")), *self._shown]
        for depth, (name, definition) in enumerate(levels[:-1]):
            self._row.addWidget(self._button(depth, name, definition))
            self._row.addWidget(self._arrow())
        name, definition = levels[-1]
        last = QLabel(name, self)
        last.setContentsMargins(6, 2, 0, 2)
        last.setToolTip(self.tr("Block {}").format(definition))
        self._row.addWidget(last)
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.show()
        self.adjustSize()

    def _button(self, depth: int, name: str, definition: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(name)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self.tr("Climb out to {} (Escape is one level)").format(definition))
        button.setAccessibleName(self.tr("Climb out to {}").format(name))
        button.clicked.connect(lambda: self.chosen.emit(depth))
        return button

    def _arrow(self) -> QLabel:
        arrow = QLabel(self)
        tone = self._theme.tertiary if self._theme else "#888888"
        arrow.setPixmap(assets.pixmap("chevron-right", tone, 12, self.devicePixelRatioF()))
        arrow.setFixedSize(QSize(14, 16))
        arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return arrow
