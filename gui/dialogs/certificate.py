"""What was exported, and that it gives what the model gives."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from graphcore.export.certificate import Certificate
from gui import assets, format, theme


class CertificateDialog(QDialog):
    """The largest difference, size and sha256 of the file, and its input contract."""

    def __init__(self, certificate: Certificate, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._certificate, self._folder = certificate, folder
        self.setWindowTitle(self.tr("Exported"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addLayout(self._verdict())
        column.addLayout(self._facts())
        column.addWidget(_heading(self.tr("Input contract, also beside the file as JSON")))
        column.addWidget(self._contract(), 1)
        column.addWidget(self._buttons())
        self.resize(680, 480)

    def _verdict(self) -> QHBoxLayout:
        passed = self._certificate.passed
        icon, text = QLabel(), QLabel()
        tone = self.palette().accent().color().name() if passed else "#F0716F"
        icon.setPixmap(assets.pixmap("success" if passed else "error", tone, 24))
        text.setText(
            self.tr("The file gives what the model gives.")
            if passed
            else self.tr("The file differs from the model more than allowed.")
        )
        text.setProperty("role", "title")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(icon)
        row.addWidget(text, 1)
        return row

    def _facts(self) -> QFormLayout:
        found = self._certificate
        weights = {"best": self.tr("best epoch"), "last": self.tr("last epoch")}.get(
            found.weights, self.tr("untrained")
        )
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(6)
        sizes = self.tr(" and ").join(str(size) for size in found.batch_sizes)
        for name, text in (
            (self.tr("File"), found.file),
            (self.tr("Size"), format.byte_count(found.bytes)),
            (self.tr("sha256"), found.sha256),
            (self.tr("Weights"), f"{weights} · {found.run}" if found.run else weights),
            (
                self.tr("Largest difference"),
                self.tr("{:.3g}, allowed {:.3g}").format(found.difference, found.tolerance),
            ),
            (
                self.tr("Compared on"),
                self.tr("{} samples ({}) in batches of {}, in process {}").format(
                    found.samples, found.samples_from, sizes, found.pid
                ),
            ),
            (self.tr("Note"), found.note),
        ):
            if text:
                form.addRow(_secondary(name), _selectable(text))
        return form

    def _contract(self) -> QPlainTextEdit:
        lines = self._certificate.to_text().splitlines()
        told = [line for line in lines if line.startswith(("Input ", "Output "))]
        page = QPlainTextEdit("\n\n".join(told))
        page.setReadOnly(True)
        page.setFont(theme.code_font(12))
        page.setAccessibleName(self.tr("Input contract"))
        return page

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        copy = buttons.addButton(self.tr("Copy report"), role)
        copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self._certificate.to_text())
        )
        show = buttons.addButton(self.tr("Open folder"), role)
        folder = str(self._folder)  # the certificate knows the file's name alone
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        buttons.rejected.connect(self.reject)
        return buttons


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def _secondary(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "secondary")
    return label


def _selectable(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
