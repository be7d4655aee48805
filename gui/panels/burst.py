"""Changes that belong together: a burst of typing, a drag, a key that is held."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from gui.document import new_gesture

BURST_MS = 1500
"""Typing with shorter pauses than this is one change."""


class Burst:
    """The gesture number of a burst of typing, a new one after a pause."""

    def __init__(self, owner: QWidget) -> None:
        self._number = -1
        self._pause = QTimer(owner, singleShot=True, interval=BURST_MS)
        self._pause.timeout.connect(self.end)

    def next(self) -> int:
        """The number of the burst that this change belongs to."""
        if self._number < 0:
            self._number = new_gesture()
        self._pause.start()
        return self._number

    def end(self) -> None:
        """The next change begins a new burst."""
        self._number = -1
