"""Samples beside what the model makes of them: a sheet of pictures, or rows of a table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui import theme
from gui.exhibits import Exhibit
from gui.panels.tiles import label
from gui.theme import Appearance

PICTURE = 64
TEXT_HEIGHT = 22
FIRST_COLUMN = 190


class Gallery(QWidget):
    """Walked with the arrow keys; each sample says what it is when it is reached."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._exhibits: list[Exhibit] = []
        self._columns: tuple[str, ...] = ()
        self.sheet = QListWidget(self)
        self.sheet.setViewMode(QListView.ViewMode.IconMode)
        self.sheet.setResizeMode(QListView.ResizeMode.Adjust)
        self.sheet.setMovement(QListView.Movement.Static)
        self.sheet.setUniformItemSizes(True)
        self.sheet.setSpacing(2)
        self.sheet.setAccessibleName(self.tr("Predictions beside the truth"))
        self.table = QTableWidget(self)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAccessibleName(self.tr("Predictions beside the truth"))
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setDefaultSectionSize(92)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for view in (self.sheet, self.table):
            view.setFrameShape(QListWidget.Shape.NoFrame)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.sheet)
        self._stack.addWidget(self.table)
        self._nothing = label(self.tr("There is no such sample."), "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self._nothing)
        appearance.changed.connect(self._paint)

    @property
    def texts(self) -> list[str]:
        """What stands below the pictures, or first in the rows."""
        return [exhibit.text for exhibit in self._exhibits]

    def show_exhibits(self, exhibits: list[Exhibit], columns: tuple[str, ...]) -> None:
        """Show these; without pictures as a table whose further columns are called so."""
        self._exhibits, self._columns = exhibits, columns
        has_pictures = any(not exhibit.picture.isNull() for exhibit in exhibits)
        self._stack.setCurrentIndex(2 if not exhibits else 0 if has_pictures else 1)
        self._paint()

    def _paint(self) -> None:
        match self._stack.currentIndex():
            case 0:
                self._fill_sheet()
            case 1:
                self._fill_table()

    def _fill_sheet(self) -> None:
        self.sheet.clear()
        size = max((e.picture.size() for e in self._exhibits), key=lambda s: s.width(),
                   default=QSize(PICTURE, PICTURE))  # fmt: skip
        widest = max((self.fontMetrics().horizontalAdvance(t) for t in self.texts), default=0)
        width = max(size.width(), min(widest, 160)) + 16
        self.sheet.setIconSize(size)
        self.sheet.setGridSize(QSize(width, size.height() + TEXT_HEIGHT + 14))
        for exhibit in self._exhibits:
            picture = QIcon(QPixmap.fromImage(exhibit.picture))
            item = QListWidgetItem(picture, exhibit.text)
            item.setToolTip(exhibit.tip)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, exhibit.tip)
            item.setForeground(self._tone(exhibit))
            self.sheet.addItem(item)

    def _fill_table(self) -> None:
        heads = [self.tr("Truth → prediction"), *self._columns]
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(self._exhibits))
        self.table.setColumnWidth(0, FIRST_COLUMN)
        for row, exhibit in enumerate(self._exhibits):
            for column, text in enumerate((exhibit.text, *exhibit.cells)):
                item = QTableWidgetItem(text)
                item.setFont(theme.figure_font(12))
                item.setToolTip(exhibit.tip)
                if column == 0:
                    item.setForeground(self._tone(exhibit))
                self.table.setItem(row, column, item)

    def _tone(self, exhibit: Exhibit) -> QColor:
        look = self._appearance.theme
        tones = {True: look.ok, False: look.error, None: look.text}
        return theme.color(tones[exhibit.is_right])
