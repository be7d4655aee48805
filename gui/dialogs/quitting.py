"""What quitting would lose, in one list: which projects to save, and what becomes of runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class QuittingDialog(QDialog):
    """`chosen` carries the windows to save before all of them close."""

    chosen = Signal(object)

    def __init__(self, windows: Sequence[MainWindow], parent: QWidget) -> None:
        super().__init__(parent)
        self._windows = tuple(windows)
        self.setWindowTitle(self.tr("Quit Netwright"))
        self.setMinimumWidth(460)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Projects to save"))
        for window in windows:
            self._add_row(window)
        self.list.setCurrentRow(0)
        self.lets_go_on = QCheckBox(self.tr("Let runs in a process of their own go on"), self)
        self.lets_go_on.setChecked(True)
        self.lets_go_on.setVisible(any(window.runner.can_be_left for window in windows))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole
        plain = self._buttons.addButton(self.tr("Quit without saving"), role.DestructiveRole)
        self._save = self._buttons.addButton(self.tr("Save and quit"), role.AcceptRole)
        self._save.setObjectName("primary")
        self._save.setDefault(True)
        self._lay_out()
        plain.clicked.connect(lambda: self._finish([]))
        self._buttons.accepted.connect(lambda: self._finish(self._ticked()))
        self._buttons.rejected.connect(self.reject)
        self.list.itemChanged.connect(self._on_item_changed)
        self._on_item_changed()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(
            QLabel(self.tr("Tick what shall be saved before all windows close."), self)
        )
        column.addWidget(self.list)
        if any(window.runner.is_busy for window in self._windows):
            column.addWidget(QLabel(self.tr("Runs are stopped; their weights are kept."), self))
        column.addWidget(self.lets_go_on)
        column.addWidget(self._buttons)

    def _add_row(self, window: MainWindow) -> None:
        title, is_busy = window.files.title, window.runner.is_busy
        if not window.document.is_changed:
            text = self.tr("{}: a run is under way")
        elif is_busy:
            text = self.tr("{}: unsaved changes, and a run is under way")
        else:
            text = self.tr("{}: unsaved changes")
        item = QListWidgetItem(text.format(title), self.list)
        item.setToolTip(str(window.document.path or self.tr("Not saved to a file yet")))
        if window.document.is_changed:
            item.setCheckState(Qt.CheckState.Checked)
        else:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)

    def _ticked(self) -> list[MainWindow]:
        rows = ((window, self.list.item(row)) for row, window in enumerate(self._windows))
        return [
            window
            for window, item in rows
            if window.document.is_changed and item.checkState() == Qt.CheckState.Checked
        ]

    def _on_item_changed(self) -> None:
        self._save.setEnabled(bool(self._ticked()))

    def _finish(self, saved: list[MainWindow]) -> None:
        self.accept()
        if self.lets_go_on.isVisibleTo(self) and self.lets_go_on.isChecked():
            for window in self._windows:
                window.runner.leave()
        self.chosen.emit(saved)
