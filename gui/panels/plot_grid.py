"""The plots in as many columns as there is room for, scrolled where they are more."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

WIDTH, HEIGHT, GAP = 290, 168, 12
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


class PlotGrid(QScrollArea):
    """Widgets of one size; one of them may have all the room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(False)
        self.setStyleSheet("QScrollArea, #plots_inside { background: transparent; }")
        self.inside = QWidget()
        self.inside.setObjectName("plots_inside")
        self.setWidget(self.inside)
        self._shown: list[QWidget] = []
        self._alone: QWidget | None = None
        self._grow = 1.0

    @property
    def alone(self) -> QWidget | None:
        """The one that has all the room; None where they share it."""
        return self._alone

    def show_all(self, widgets: Iterable[QWidget]) -> None:
        """Show these, in this order."""
        self._shown = list(widgets)
        if self._alone not in self._shown:
            self._alone = None
        self._arrange()

    def show_alone(self, widget: QWidget | None) -> None:
        """Give one of them all the room, or let them share it again."""
        self._alone = widget
        self._arrange()

    def grow(self, times: float) -> None:
        """Widgets that many times as large as at a desk: fewer fit, and each can be read."""
        self._grow = times
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def _arrange(self) -> None:
        room = self.maximumViewportSize()
        shown = [self._alone] if self._alone is not None else self._shown
        for widget in self.inside.findChildren(QWidget, options=_DIRECT):
            widget.setVisible(widget in shown)
        least = round(WIDTH * self._grow)
        columns = max(1, min(len(shown), (room.width() + GAP) // (least + GAP)))
        rows = -(-len(shown) // columns) if shown else 0
        lowest = min(round(HEIGHT * self._grow), room.height())
        if self._grow > 1:  # nothing half seen, and nobody scrolls
            whole = max(1, (room.height() + GAP) // (lowest + GAP))
            lowest = (room.height() - (whole - 1) * GAP) // whole
        height = max(lowest, (room.height() - (rows - 1) * GAP) // max(1, rows))
        total = rows * height + max(0, rows - 1) * GAP
        wide = room.width()
        if total > room.height():
            wide -= self.verticalScrollBar().sizeHint().width() + 2
        width = (wide - (columns - 1) * GAP) // columns
        self.inside.resize(wide, total)
        for place, widget in enumerate(shown):
            row, column = divmod(place, columns)
            widget.setGeometry(QRect(column * (width + GAP), row * (height + GAP), width, height))
