"""Labels, numbers and manners that the parts of the data panel share."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QWidget


def label(text: str = "", role: str = "", wraps: bool = False) -> QLabel:
    """A label in one of the style sheet's roles; never rich text, as names come from files."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def number(value: float) -> str:
    """A number short enough to read: three to four digits."""
    if value == int(value) and abs(value) < 1e6:
        return f"{int(value):,}".replace("-", "−")
    shown = f"{value:,.0f}" if 1000 <= abs(value) < 1e7 else f"{value:.3g}"
    return shown.replace("-", "−")


class PercentBox(QDoubleSpinBox):
    """A share as percent, without zeros that say nothing."""

    def textFromValue(self, value: float) -> str:
        return f"{value:g}"


class QuietWheel(QObject):
    """Lets the wheel scroll the panel: a field takes it only when it has the focus."""

    def watch(self, *widgets: QWidget) -> None:
        """Keep the wheel away from these fields."""
        for widget in widgets:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(watched, QWidget):
            return False
        if watched.hasFocus():
            return False
        event.ignore()
        return True
