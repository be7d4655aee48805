"""Which class of a person's own becomes a layer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.project.modules import check_source

_SOURCE = Qt.ItemDataRole.UserRole


class ModuleDialog(QDialog):
    """The classes beside the project, a field for an import path, and a way to another file.

    `chosen` carries a source such as `my_layers.py:Gate`, `file_chosen` the Path of a file.
    """

    chosen = Signal(str)
    file_chosen = Signal(object)

    def __init__(self, sources: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Python module"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Classes beside the project"))
        for source in sources:
            place, _, name = source.partition(":")
            item = QListWidgetItem(f"{name}  ·  {place}", self.list)
            item.setData(_SOURCE, source)
        about = QLabel(
            self.tr("Classes of the .py files beside the project:") if sources
            else self.tr("There is no .py file with a layer beside the project."), self,
        )  # fmt: skip
        self.list.setVisible(bool(sources))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("timm.layers:SwiGLU")
        self.field.setAccessibleName(self.tr("Import path"))
        path_about = QLabel(self.tr("Or a class of an installed package; adding it imports it:"))
        self.message = QLabel(self)
        self.message.setProperty("role", "error")
        self.message.setWordWrap(True)
        self.message.hide()
        other = QPushButton(self.tr("Another file…"), self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        add = self.buttons.addButton(self.tr("Add"), QDialogButtonBox.ButtonRole.AcceptRole)
        add.setObjectName("primary")
        self.buttons.addButton(other, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for widget in (about, self.list, path_about, self.field, self.message, self.buttons):
            column.addWidget(widget)
        self.list.itemDoubleClicked.connect(self.accept)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        other.clicked.connect(self._on_other_clicked)
        self.list.setCurrentRow(0)
        self.resize(460, 360 if sources else 180)

    def accept(self) -> None:
        item = self.list.currentItem()
        source = self.field.text().strip() or (str(item.data(_SOURCE)) if item else "")
        try:
            check_source(source)
        except UserError as error:
            self.message.setText(str(error))
            self.message.show()
            return
        super().accept()
        self.chosen.emit(source)

    def _on_other_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Python file"), "", "Python (*.py)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file_selected)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _on_file_selected(self, path: str) -> None:
        super().reject()
        self.file_chosen.emit(Path(path))
