"""The history panel: every change by name, and a click goes back to it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QUndoView,
    QVBoxLayout,
    QWidget,
)

from gui.document import Document


class HistoryPanel(QWidget):
    """The changes of the open project, oldest first; the chosen one is how things stand."""

    def __init__(self, *, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self._view = QUndoView(document.history, self)
        self._view.setEmptyLabel(self.tr("As it was opened"))
        self._view.setAccessibleName(self.tr("History of changes"))
        self._view.setToolTip(self.tr("Click a change to go back or forward to it."))
        self._view.setUniformItemSizes(True)
        self._view.setItemDelegate(_Rows(self._view))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._view)


class _Rows(QStyledItemDelegate):
    """Rows of one height, whenever they were added."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), 30)
