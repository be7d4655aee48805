"""What a panel shows where there is nothing yet: an icon, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import assets
from gui.theme import Appearance

if TYPE_CHECKING:
    from gui.predictions import NoAnswer

ICON = 28


class EmptyState(QWidget):
    """An icon over a title over a sentence, in the middle; `layout` takes a button below."""

    def __init__(
        self, icon: str, title: str, sentence: str, appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._icon_name, self._appearance = icon, appearance
        self._icon, self._title, self._sentence = QLabel(), QLabel(title), QLabel(sentence)
        self._title.setProperty("role", "title")
        self._sentence.setProperty("role", "secondary")
        self._sentence.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(6)
        layout.addStretch(1)
        for label in (self._icon, self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(label)
        self._below = QVBoxLayout()
        layout.addLayout(self._below)
        layout.addStretch(2)
        appearance.changed.connect(self._paint_icon)
        self._paint_icon()

    @property
    def sentence(self) -> str:
        """What it says to do."""
        return self._sentence.text()

    def say(self, title: str, sentence: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._sentence.setText(sentence)

    def say_answer(self, answer: NoAnswer) -> None:
        """Why there is no answer; a sentence with something of the model in it stays English."""
        title, sentence = (
            QCoreApplication.translate("answers", text) for text in (answer.title, answer.sentence)
        )
        self.say(title, sentence)

    def add_button(self, button: QWidget) -> None:
        """A way out, below the sentence."""
        self._below.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _paint_icon(self) -> None:
        color = self._appearance.theme.tertiary
        self._icon.setPixmap(assets.pixmap(self._icon_name, color, ICON, self.devicePixelRatioF()))
