"""The history panel: every change by name, and a click or Enter goes there."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.document import Document
from gui.panels.history_rows import HistoryRows
from gui.theme import Appearance
from gui.voice import announce

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class HistoryPanel(QWidget):
    """The changes of the open project, oldest first; the marked one is how things stand.

    Arrows only move the keyboard: a walk through the list changes nothing.
    """

    def __init__(
        self, *, document: Document, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._changes = document.history
        self._rows = HistoryRows(document.history, appearance, self)
        self._view = _List(self)
        self._view.setModel(self._rows)
        self._view.setItemDelegate(_Row(self._view))
        self._view.setUniformItemSizes(True)
        self._view.setAccessibleName(self.tr("History of changes"))
        self._view.setToolTip(self.tr("Click a change to go back or forward to it."))
        self.setFocusProxy(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._view)
        self._view.chosen.connect(self._go_to)
        document.history.indexChanged.connect(self._show_now)
        self._show_now()

    def _go_to(self, row: int) -> None:
        before = self._changes.index()
        if row == before:
            return
        self._changes.setIndex(row)
        text = self.tr("Undone back to: {}") if row < before else self.tr("Done again up to: {}")
        announce(self._view, text.format(self._rows.title(row)))

    def _show_now(self) -> None:
        index = self._rows.index(self._changes.index())
        self._view.setCurrentIndex(index)
        if self._view.isVisible():
            self._view.scrollTo(index)


class _List(QListView):
    """A list whose rows are `chosen` by a click or by Enter."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scrollTo(self.currentIndex())


class _Row(QStyledItemDelegate):
    """Rows of one height, whenever they were added; undone ones stay pale under the selection."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 30)
