"""The changes of a document as rows: how it was opened, then every change by name."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QUndoStack

from gui import assets, theme
from gui.theme import Appearance

Index = QModelIndex | QPersistentModelIndex
Standing = Literal["done", "now", "undone"]
_ROLE = Qt.ItemDataRole


class HistoryRows(QAbstractListModel):
    """Row 0 is how the project was opened, row n the change n; one of them is how it stands now.

    It reads the stack of changes itself, so there is no second list that could differ.
    """

    def __init__(self, changes: QUndoStack, appearance: Appearance, parent: QObject) -> None:
        super().__init__(parent)
        self._changes, self._appearance = changes, appearance
        self._count = changes.count()
        changes.indexChanged.connect(self._on_changed)
        changes.cleanChanged.connect(self._tell_all)
        appearance.changed.connect(self._tell_all)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count + 1

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        row = index.row()
        if not 0 <= row <= self._changes.count():
            return None
        match role:
            case _ROLE.DisplayRole:
                return self.title(row)
            case _ROLE.AccessibleTextRole | _ROLE.ToolTipRole:
                return self.spoken(row)
            case _ROLE.FontRole:
                heavy = self.standing(row) == "now"
                return theme.font(13, QFont.Weight.Medium if heavy else QFont.Weight.Normal)
            case _ROLE.ForegroundRole:
                look = self._appearance.theme
                return QColor(look.tertiary if self.standing(row) == "undone" else look.text)
            case _ROLE.DecorationRole:
                return self._icon(row)
        return None

    def title(self, row: int) -> str:
        """What a row is called."""
        return self._changes.text(row - 1) if row else self.tr("As it was opened")

    def standing(self, row: int) -> Standing:
        """Whether what a row names holds, is the last that holds, or was undone."""
        now = self._changes.index()
        return "now" if row == now else "undone" if row > now else "done"

    def spoken(self, row: int) -> str:
        """A row for ears: its name, and where it stands."""
        is_saved = row == self._changes.cleanIndex()
        match self.standing(row):
            case "now" if is_saved:
                text = self.tr("{}, how things stand now, as in the file")
            case "now":
                text = self.tr("{}, how things stand now")
            case "undone":
                text = self.tr("{}, undone")
            case _:
                text = self.tr("{}, as in the file") if is_saved else "{}"
        return text.format(self.title(row))

    def _icon(self, row: int) -> object:
        look = self._appearance.theme
        match self.standing(row):
            case "now":
                return assets.icon("chevron-right", look.accent, 16)
            case "undone":
                return assets.icon("redo", look.tertiary, 16)
        return assets.icon("check", look.secondary, 16)

    def _on_changed(self) -> None:
        before, self._count = self._count, self._changes.count()
        if before != self._count:
            self.beginResetModel()
            self.endResetModel()
        else:
            self._tell_all()

    def _tell_all(self, *_: object) -> None:
        self.dataChanged.emit(self.index(0), self.index(self._count))
