"""The way out of a block: main ▸ stage0 · turn 2 of 6 ▸ first, each to be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from gui import assets
from gui.theme import Theme, color


@dataclass(frozen=True, slots=True)
class Level:
    """A block dived into; `turn` of `turns` is shown, which are 0 where it is not repeated."""

    name: str
    definition: str
    turn: int = 0
    turns: int = 0


class Breadcrumb(QFrame):
    """A row of levels over the canvas, hidden in the main drawing.

    `chosen` carries a depth to climb to, `turned` the place of a repeated block in the row and
    the turn of it that shall be shown.
    """

    chosen = Signal(int)
    turned = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("breadcrumb")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAccessibleName(self.tr("Where you are"))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 3, 12, 3)
        self._row.setSpacing(2)
        self._shown: tuple[Level, ...] = ()
        self._choosers: dict[int, QComboBox] = {}
        self._theme: Theme | None = None
        self.hide()

    def show_levels(self, levels: Sequence[Level]) -> None:
        """Show these blocks, outermost first; none hides the row."""
        before, self._shown = self._shown, tuple(levels)
        if self._shown == before:
            return
        # Only another turn: a chooser that is in use must not be made anew.
        if [replace(level, turn=0) for level in before] == [
            replace(level, turn=0) for level in self._shown
        ]:
            for place, chooser in self._choosers.items():
                chooser.setCurrentIndex(self._shown[place].turn)
        else:
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
            f"QFrame#breadcrumb QComboBox {{ color: {theme.text}; background: {theme.raised};"
            " padding: 1px 6px; min-height: 18px; }"
            f"QFrame#breadcrumb QLabel {{ color: {theme.text}; padding: 0; }}"
        )
        self._fill()

    def _fill(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._choosers = {}
        names = [self.tr("main"), *(level.name for level in self._shown)]
        abouts = [self.tr("the main drawing"), *(level.definition for level in self._shown)]
        for depth, (name, about) in enumerate(zip(names, abouts, strict=True)):
            is_last = depth == len(self._shown)
            level = self._last(name, about) if is_last else self._button(depth, name, about)
            self._row.addWidget(level)
            if depth and self._shown[depth - 1].turns:
                self._row.addWidget(self._chooser(depth - 1))
            if not is_last:
                self._row.addWidget(self._arrow())
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.show()
        self.adjustSize()

    def _last(self, name: str, definition: str) -> QLabel:
        last = QLabel(name, self)
        last.setContentsMargins(6, 2, 4, 2)
        last.setToolTip(self.tr("Block {}").format(definition))
        return last

    def _chooser(self, place: int) -> QComboBox:
        """Which turn of a repeated block the shapes and params are of."""
        level = self._shown[place]
        chooser = self._choosers[place] = QComboBox(self)
        text = self.tr("turn {0} of {1}")
        chooser.addItems([text.format(n, level.turns) for n in range(1, level.turns + 1)])
        chooser.setCurrentIndex(level.turn)
        chooser.setMaxVisibleItems(12)
        chooser.setAccessibleName(self.tr("Turn of {}").format(level.name))
        chooser.setToolTip(
            self.tr("Which turn of {} is shown: sizes may differ").format(level.name)
        )
        chooser.activated.connect(lambda turn: self.turned.emit(place, turn))
        return chooser

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
