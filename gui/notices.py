"""What the program has to say to the person: bars above the canvas, never a modal dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from gui import assets
from gui.theme import Appearance, Theme, mix

Severity = Literal["info", "warning", "error"]
Choice = tuple[str, Callable[[], None]]

MOST_BARS = 3
INFO_STAYS_MS = 8000
_ICONS = {"info": "info", "warning": "warning", "error": "error"}


class Notices(QWidget):
    """A stack of at most three bars, the newest at the bottom; info goes away by itself."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAccessibleName(self.tr("Notices"))
        self._shown: list[NoticeBar] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()
        appearance.changed.connect(self._on_theme_changed)

    def tell(
        self,
        message: str,
        hint: str = "",
        severity: Severity = "info",
        choices: Sequence[Choice] = (),
    ) -> None:
        """Show a sentence, what to do about it, and buttons that do it.

        The same message is shown once, however often it is told.
        """
        for bar in list(self._shown):
            if bar.message == message:
                self._drop(bar)
        while len(self._shown) >= MOST_BARS:
            self._drop(self._shown[0])
        bar = NoticeBar(message, hint, severity, choices, self._appearance.theme)
        bar.close_button.clicked.connect(lambda: self._drop(bar))
        for button in bar.choice_buttons:
            button.clicked.connect(lambda: self._drop(bar))
        self._layout.addWidget(bar)
        self._shown.append(bar)
        self.show()
        if severity == "info" and not choices:
            QTimer.singleShot(INFO_STAYS_MS, bar, lambda: self._drop(bar))

    def tell_error(self, error: UserError) -> None:
        """Show what the world said no to."""
        self.tell(error.message, error.hint, "error")

    def clear(self) -> None:
        """Take every bar away."""
        for bar in list(self._shown):
            self._drop(bar)

    def _drop(self, bar: NoticeBar) -> None:
        if bar in self._shown:
            self._shown.remove(bar)
            self._layout.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
            self.setVisible(bool(self._shown))

    def _on_theme_changed(self, theme: Theme) -> None:
        for bar in list(self._shown):
            bar.paint_with(theme)


class NoticeBar(QFrame):
    """One notice: icon, message, hint, the ways out, and a cross."""

    def __init__(
        self,
        message: str,
        hint: str,
        severity: Severity,
        choices: Sequence[Choice],
        theme: Theme,
    ) -> None:
        super().__init__()
        self.message, self._severity = message, severity
        self.setObjectName("notice")
        self.setAccessibleName(f"{message} {hint}".strip())
        self._icon = QLabel()
        self._icon.setFixedSize(18, 18)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setText(f"{message} {hint}".strip())
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choice_buttons = [self._choice_button(*choice) for choice in choices]
        self.close_button = QToolButton()
        self.close_button.setIconSize(QSize(16, 16))
        self.close_button.setToolTip(self.tr("Close this notice"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self._lay_out()
        self.paint_with(theme)

    def paint_with(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        tone = {"info": theme.accent, "warning": theme.warn, "error": theme.error}[self._severity]
        self._icon.setPixmap(
            assets.pixmap(_ICONS[self._severity], tone, 18, self.devicePixelRatioF())
        )
        self.close_button.setIcon(assets.icon("close", theme.secondary, 16))
        self.setStyleSheet(
            f"QFrame#notice {{ background: {mix(tone, theme.panel, 0.13)};"
            f" border: 1px solid {mix(tone, theme.panel, 0.45)}; border-radius: 8px; }}"
        )

    def _choice_button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.clicked.connect(lambda: act())
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        for button in self.choice_buttons:
            row.addWidget(button)
        row.addWidget(self.close_button)
