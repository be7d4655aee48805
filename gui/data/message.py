"""A sentence in the data panel: what is being done, what went wrong, what was left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from gui import assets
from gui.data.words import label
from gui.theme import Theme, mix

Tone = Literal["info", "warning", "error", "busy"]
_ICONS = {"info": "info", "warning": "warning", "error": "error", "busy": "clock"}


class Message(QFrame):
    """An icon, a sentence and, where something can be done at once, a button for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._tone: Tone = "info"
        self._act: Callable[[], None] = lambda: None
        self._icon = label()
        self.text = label(wraps=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.clicked.connect(lambda: self._act())
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setHorizontalSpacing(8)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, 0, 1)
        grid.addWidget(self.button, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        self.hide()

    def tell(
        self, text: str, tone: Tone, theme: Theme, button: str = "",
        act: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        """Show a sentence; an empty one hides the message."""
        self._tone, self._act = tone, act
        self.text.setText(text)
        self.setAccessibleName(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.paint_with(theme)
        self.setVisible(bool(text))

    def paint_with(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        tones = {"warning": theme.warn, "error": theme.error}
        tone = tones.get(self._tone, theme.accent)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(assets.pixmap(_ICONS[self._tone], tone, 16, ratio))
        self.setStyleSheet(
            f"QFrame#message {{ background: {mix(tone, theme.panel, 0.12)};"
            f" border: 1px solid {mix(tone, theme.panel, 0.35)}; border-radius: 8px; }}"
        )
