"""Which weights go into which file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.training.runs import Run


class ExportDialog(QDialog):
    """Choose a run, its best or last weights, and the file.

    `ordered` carries the run (None: untrained weights), `best` or `last`, and the file's path.
    """

    ordered = Signal(object, str, str)

    def __init__(self, runs: Sequence[Run], output: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export TorchScript"))
        self.run = QComboBox()
        for run in runs:
            self.run.addItem(_told(run), run)
        self.run.addItem(self.tr("Untrained weights"), None)
        self.best = QRadioButton(self.tr("Best epoch"))
        self.last = QRadioButton(self.tr("Last epoch"))
        self.best.setToolTip(self.tr("The weights of the epoch with the best validation result"))
        self.last.setToolTip(self.tr("The weights that the run ended with"))
        self.best.setChecked(True)
        self._group = QButtonGroup(self)
        self._group.addButton(self.best)
        self._group.addButton(self.last)
        self.file = QLineEdit(str(output))
        self.file.setAccessibleName(self.tr("File to write"))
        self.browse = QPushButton(self.tr("Browse…"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.addButton(
            self.tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export.setObjectName("primary")
        self._lay_out()
        self.run.currentIndexChanged.connect(self._on_changed)
        self.file.textChanged.connect(self._on_changed)
        self.browse.clicked.connect(self._on_browse_clicked)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._on_changed()

    def accept(self) -> None:
        output = Path(self.file.text().strip())
        if not output.suffix:
            output = output.with_suffix(".pt")
        super().accept()
        weights = "last" if self.last.isChecked() else "best"
        self.ordered.emit(self.run.currentData(), weights, str(output))

    def _lay_out(self) -> None:
        about = QLabel(
            self.tr(
                "The model is written as one file, loaded back in another process and compared "
                "with the model here. The input contract is written beside it."
            )
        )
        about.setWordWrap(True)
        about.setProperty("role", "secondary")
        weights = QHBoxLayout()
        weights.setSpacing(16)
        weights.addWidget(self.best)
        weights.addWidget(self.last)
        weights.addStretch()
        file = QHBoxLayout()
        file.setSpacing(6)
        file.addWidget(self.file, 1)
        file.addWidget(self.browse)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("Run"), self.run)
        form.addRow(self.tr("Weights"), weights)
        form.addRow(self.tr("File"), file)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(self.buttons)
        self.setMinimumWidth(560)

    def _on_changed(self) -> None:
        trained, named = self.run.currentData() is not None, bool(self.file.text().strip())
        for button in (self.best, self.last):
            button.setEnabled(trained)
        self.export.setEnabled(named)
        self.export.setToolTip("" if named else self.tr("Name the file to write first."))

    def _on_browse_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("File to write"), self.file.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("TorchScript (*.pt)"), self.tr("All files (*)")])
        dialog.setDefaultSuffix("pt")
        dialog.selectFile(Path(self.file.text()).name)
        dialog.fileSelected.connect(self.file.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _told(run: Run) -> str:
    """A run in a line: when, how far, how good."""
    summary, say = run.summary, QCoreApplication.translate
    began = summary.started
    parts = [f"{began.astimezone():%Y-%m-%d %H:%M}" if began else summary.id]
    if summary.epochs:
        parts.append(say("export", "{0} epochs").format(summary.epochs))
    accuracy = summary.best.get("accuracy")
    if accuracy is not None:
        parts.append(say("export", "accuracy {0}").format(f"{accuracy:.3f}"))
    return " · ".join(parts)
