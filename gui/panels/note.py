"""A few lines of free text."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class NoteField(QPlainTextEdit):
    """Free text; `typed` carries it after every key."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(64)
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

    def _on_text_changed(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.typed.emit(text)
