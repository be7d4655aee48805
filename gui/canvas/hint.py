"""A line at the foot of the canvas: what is happening, and which keys go on from here."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.theme import Theme

_FOOT = 18


class Hint(QLabel):
    """Hidden while there is nothing to say; clicks go through it to the canvas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()

    def show_text(self, text: str, theme: Theme, area: QRect) -> None:
        """These words, at the foot of an area of the parent; none hide it."""
        self.setText(text)
        self.setVisible(bool(text))
        self.setStyleSheet(
            f"QLabel#hint {{ background: {theme.panel}; color: {theme.text};"
            f" border: 1px solid {theme.strong_line}; border-radius: 10px; padding: 6px 12px; }}"
        )
        self.setWordWrap(False)
        self.adjustSize()
        if self.width() > area.width() - 2 * _FOOT:
            self.setWordWrap(True)
            self.setFixedWidth(area.width() - 2 * _FOOT)
            self.adjustSize()
        self.move(area.center().x() - self.width() // 2, area.bottom() - self.height() - _FOOT)
        self.raise_()
