"""What is said aloud, to people who use a screen reader."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, text: str) -> None:
    """Screen readers say this sentence now."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
