"""The runs that wait, with what can be done to each: earlier, later, out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui import assets
from gui.panels.tiles import ElidedLabel, label
from gui.run_queue import RunQueue
from gui.theme import Appearance


class QueueList(QWidget):
    """A row for each run that waits; nothing at all where none does."""

    def __init__(
        self, queue: RunQueue, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._queue, self._appearance = queue, appearance
        self._rows: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self._layout.addWidget(label(self.tr("Waiting"), "secondary"))
        self._next = QPushButton(self.tr("Start the next"), self)
        self._next.clicked.connect(queue.go_on)
        queue.changed.connect(self.refresh)
        queue.held.connect(self.refresh)
        appearance.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show who waits now."""
        for row in self._rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        waiting = self._queue.waiting
        self._rows = [self._row(place, item.title) for place, item in enumerate(waiting)]
        for row in self._rows:
            self._layout.addWidget(row)
        self._layout.removeWidget(self._next)
        self._layout.addWidget(self._next)
        self._next.setVisible(self._queue.is_held)
        self.setVisible(bool(waiting))

    def _row(self, place: int, title: str) -> QWidget:
        row, name = QWidget(self), ElidedLabel()
        name.set_whole(f"{place + 1}  {title}")
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(name, 1)
        last = len(self._queue.waiting) - 1
        for icon, text, act, is_on in (
            ("chevron-up", self.tr("Earlier"), partial(self._queue.move, place, -1), place > 0),
            ("chevron-down", self.tr("Later"), partial(self._queue.move, place, 1), place < last),
            ("close", self.tr("Take out"), partial(self._queue.remove, place), True),
        ):
            button = QToolButton(row)
            look = self._appearance.theme
            button.setIcon(assets.icon(icon, look.text, 14, look.disabled))
            button.setIconSize(QSize(14, 14))
            button.setToolTip(text)
            button.setAccessibleName(f"{text}: {title}")
            button.setEnabled(is_on)
            button.clicked.connect(act)
            line.addWidget(button)
        return row
