"""A section of a page that can be folded: a heading to press, a few words while it is shut."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui import assets
from gui.panels.tiles import ElidedLabel
from gui.theme import Appearance

Opened = set[str]
"""The titles of sections that stand open, shared by the pages of a panel."""


class Fold(QWidget):
    """What is `inside`, in `rows`, is shown while it is open; `toggled` after that changed."""

    toggled = Signal(bool)

    def __init__(
        self, title: str, opened: Opened, appearance: Appearance, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._title, self._opened, self._appearance = title, opened, appearance
        self.button = QToolButton(self)
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setIconSize(QSize(12, 12))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._words = ElidedLabel("caption", self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self._words, 1)
        self.inside = QWidget(self)
        self.rows = QVBoxLayout(self.inside)
        self.rows.setContentsMargins(0, 2, 0, 4)
        self.rows.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.inside)
        self.button.clicked.connect(self._on_clicked)
        appearance.changed.connect(self._restyle)
        self._restyle()

    def say(self, words: str) -> None:
        """What stands in the section, in a few words beside its title."""
        self._words.set_whole(words)
        self.button.setAccessibleName(f"{self._title}: {words}" if words else self._title)

    def show_state(self) -> None:
        """Open or shut, as the section of that title was left."""
        is_open = self._title in self._opened
        self.button.setChecked(is_open)
        icon = "chevron-down" if is_open else "chevron-right"
        self.button.setIcon(assets.icon(icon, self._appearance.theme.tertiary, 12))
        self.button.setToolTip(self.tr("Fold") if is_open else self.tr("Unfold"))
        self.inside.setVisible(is_open)

    def _restyle(self) -> None:
        theme = self._appearance.theme
        self.button.setStyleSheet(
            "QToolButton { font-size: 11px; font-weight: 500; padding: 2px 6px 2px 0;"
            f" color: {theme.tertiary}; }}"
            "QToolButton:checked { background: transparent; border-color: transparent; }"
            f"QToolButton:checked:focus {{ border-color: {theme.accent}; }}"
        )
        self.show_state()

    def _on_clicked(self, is_open: bool) -> None:
        if is_open:
            self._opened.add(self._title)
        else:
            self._opened.discard(self._title)
        self.show_state()
        self.toggled.emit(is_open)
