"""What every panel here has in common: it refreshes once per burst of news, and only when seen."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


class Panel(QWidget):
    """A widget that calls `refresh` when it is stale and visible, never more than once a turn."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._is_stale = True
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh_if_stale)

    def refresh(self) -> None:
        """Show how things stand now; each panel says how."""
        raise NotImplementedError

    def mark_stale(self) -> None:
        """Refresh soon, or when it is shown."""
        self._is_stale = True
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_stale()

    def _refresh_if_stale(self) -> None:
        if self._is_stale and self.isVisible():
            self._is_stale = False
            self.refresh()
