"""What a crash left unsaved in several windows: which of it to restore."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.autosave import Leftover
from gui.files import began, is_overtaken, name_of

_LEFTOVER = Qt.ItemDataRole.UserRole


class LeftoversDialog(QDialog):
    """`restore_asked` carries each Leftover that was ticked, one after the other."""

    restore_asked = Signal(object)

    def __init__(self, leftovers: Sequence[Leftover], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Unsaved changes"))
        self.setMinimumWidth(540)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Unsaved changes"))
        for leftover in leftovers:
            self._add_row(leftover)
        self.list.setCurrentRow(0)
        self._buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self._restore = self._button(self.tr("Restore"), role.AcceptRole)
        self._discard = self._button(self.tr("Discard…"), role.DestructiveRole)
        later = self._button(self.tr("Later"), role.RejectRole)
        self._restore.setObjectName("primary")
        self._restore.setDefault(True)
        later.setToolTip(self.tr("It is offered again at the next start."))
        self._lay_out()
        self._restore.clicked.connect(self._on_restore_clicked)
        self._discard.clicked.connect(self._on_discard_clicked)
        later.clicked.connect(self.reject)
        self.list.itemChanged.connect(self._on_item_changed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(QLabel(self.tr("Netwright ended unexpectedly. These were not saved:")))
        column.addWidget(self.list)
        column.addWidget(self._buttons)

    def _button(self, text: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        return self._buttons.addButton(text, role)

    def _add_row(self, leftover: Leftover) -> None:
        text = (
            self.tr(
                "{0}: changes not saved: {1}, since {2}; a copy, as its file was changed meanwhile"
            )
            if is_overtaken(leftover)
            else self.tr("{0}: changes not saved: {1}, since {2}")
        )
        words = text.format(name_of(leftover), leftover.found.steps, began(leftover))
        item = QListWidgetItem(words, self.list)
        item.setToolTip(str(leftover.found.path or ""))
        item.setData(_LEFTOVER, leftover)
        item.setCheckState(Qt.CheckState.Checked)

    def _ticked(self) -> list[Leftover]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [it.data(_LEFTOVER) for it in items if it.checkState() == Qt.CheckState.Checked]

    def _on_item_changed(self) -> None:
        for button in (self._restore, self._discard):
            button.setEnabled(bool(self._ticked()))

    def _on_restore_clicked(self) -> None:
        self.accept()
        for leftover in self._ticked():
            self.restore_asked.emit(leftover)

    def _on_discard_clicked(self) -> None:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Netwright"))
        box.setText(self.tr("Discard what is ticked?"))
        box.setInformativeText(self.tr("These changes can't be restored then."))
        discard = box.addButton(self.tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        discard.clicked.connect(self._forget)
        box.finished.connect(box.deleteLater)
        box.open()

    def _forget(self) -> None:
        for row in reversed(range(self.list.count())):
            item = self.list.item(row)
            if item.checkState() == Qt.CheckState.Checked:
                item.data(_LEFTOVER).forget()
                self.list.takeItem(row)
        if not self.list.count():
            self.accept()
