"""The dialog of a speed trial: what it does, a batch to try, and what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from gui import format

if TYPE_CHECKING:
    from graphcore.training.speed import Speed
    from gui.speed_trial import SpeedTrial

MOST_BATCH = 65_536


class SpeedDialog(QDialog):
    """Begins a trial, waits for it, shows its figures; closing it ends the trial."""

    def __init__(self, trial: SpeedTrial, parent: QWidget) -> None:
        super().__init__(parent)
        self._trial = trial
        self.setWindowTitle(self.tr("Speed trial"))
        self.setMinimumWidth(460)
        self._batch = QSpinBox(self, minimum=0, maximum=MOST_BATCH)
        self._batch.setSpecialValueText(self.tr("as many as fit"))
        self._batch.setAccessibleName(self.tr("Samples of a step"))
        self._busy = QProgressBar(self, maximum=0, textVisible=False)
        self._busy.hide()
        self._says = _text("")
        self._says.setAccessibleName(self.tr("What the trial says"))
        self._figures = QFormLayout()
        self._figures.setHorizontalSpacing(20)
        self._start = QPushButton(self.tr("Start"), self)
        self._lay_out()
        self._start.clicked.connect(self._on_start_clicked)
        trial.finished.connect(self._on_finished)
        trial.failed.connect(self._on_failed)
        self.finished.connect(trial.cancel)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(_text(self.tr(
            "A copy of the drawing trains for a few steps on numbers at random, with a loss on "
            "each output where none is drawn. It says how fast a step is; nothing can be learned "
            "from such numbers, and the project stays as it is."
        )))  # fmt: skip
        form = QFormLayout()
        form.addRow(self.tr("Batch"), self._batch)
        column.addLayout(form)
        column.addWidget(self._busy)
        column.addLayout(self._figures)
        column.addWidget(self._says)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self._start, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._start.setDefault(True)

    def _on_start_clicked(self) -> None:
        self._show_busy(True)
        self._says.setText(self.tr("Trying… a large drawing takes a minute."))
        while self._figures.rowCount():
            self._figures.removeRow(0)
        self._trial.start(self._batch.value())

    def _show_busy(self, is_busy: bool) -> None:
        self._busy.setVisible(is_busy)
        self._start.setEnabled(not is_busy)
        self._batch.setEnabled(not is_busy)

    def _on_finished(self, speed: Speed) -> None:
        self._show_busy(False)
        peak = format.byte_count(speed.peak_bytes) if speed.peak_bytes is not None else "–"
        threads = self.tr(", {} threads").format(speed.threads) if speed.device == "cpu" else ""
        for name, text in (
            (self.tr("Samples a second"), _figure(speed.samples_per_second)),
            (self.tr("A step"), self.tr("{} ms").format(_figure(speed.ms_per_step))),
            (self.tr("Peak memory"), peak),
            (self.tr("Batch"), str(speed.batch)),
            (self.tr("Computed on"), speed.device + threads),
        ):
            self._figures.addRow(name, QLabel(text))
        lines = [self.tr("Numbers at random: nothing can be learned.")]
        lines += [self.tr("Added for the trial: {}.").format(words) for words in speed.added]
        if not self._batch.value() and speed.batch < speed.wanted:
            lines.append(self.tr("The plan's batch of {} would not fit here or take long.")
                         .format(speed.wanted))  # fmt: skip
        self._says.setText("\n".join(lines))
        QTimer.singleShot(0, self, self._grow)  # once the new rows are shown

    def _grow(self) -> None:
        """Take the height that the text needs: wrapped labels don't ask for it themselves."""
        column = self.layout()
        assert column is not None
        column.activate()
        self.resize(self.width(), max(self.height(), column.totalHeightForWidth(self.width())))

    def _on_failed(self, error: UserError) -> None:
        self._show_busy(False)
        self._says.setText(str(error))


def _text(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _figure(value: float) -> str:
    """15,290 and 41.9 and 0.048: what is worth reading."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
