"""A few lines of free text."""

from __future__ import annotations

import math

from PySide6.QtCore import QSizeF, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

LOWEST, HIGHEST = 64, 168


class NoteField(QPlainTextEdit):
    """Free text, as high as it is up to a few lines; `typed` carries it after every key."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(LOWEST)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setPlaceholderText(self.tr("Anything worth remembering"))
        self.setAccessibleName(self.tr("Note"))
        self.textChanged.connect(self._on_text_changed)

    def show_text(self, text: str) -> None:
        """Show a text unless it is there already."""
        if text != self._shown:
            self._shown = text
            self.setPlainText(text)

    def abandon(self) -> None:
        """Nothing is half typed here: each key counted at once."""

    def _fit(self, size: QSizeF) -> None:
        """The layout of plain text tells its height in lines."""
        around = self.height() - self.viewport().height() + 2 * self.document().documentMargin() + 2
        wanted = math.ceil(size.height() * self.fontMetrics().lineSpacing() + around)
        self.setFixedHeight(max(LOWEST, min(HIGHEST, wanted)))

    def _on_text_changed(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.typed.emit(text)
