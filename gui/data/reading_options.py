"""What can be chosen about reading: a table's target column, the size and color of pictures."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from graphcore.data.samples import Samples
from graphcore.project.data import DataChoice
from gui.data.words import QuietWheel, label


class ReadingOptions(QWidget):
    """Fields for the options of the source on show; `chosen` carries all its options anew."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = DataChoice()
        self.target = QComboBox()
        self.target.setAccessibleName(self.tr("What to predict"))
        self.target.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.height_box, self.width_box = self._pixels(), self._pixels()
        self.height_box.setAccessibleName(self.tr("Height of the pictures"))
        self.width_box.setAccessibleName(self.tr("Width of the pictures"))
        self.color = QComboBox()
        self.color.setAccessibleName(self.tr("Color of the pictures"))
        self.color.addItem(self.tr("Gray"), "gray")
        self.color.addItem(self.tr("Color"), "rgb")
        self._table_row, self._picture_row = QWidget(), QWidget()
        self._lay_out()
        QuietWheel(self).watch(self.target, self.height_box, self.width_box, self.color)
        self.target.activated.connect(self._on_target_chosen)
        self.color.activated.connect(self._on_pictures_chosen)
        self.height_box.editingFinished.connect(self._on_pictures_chosen)
        self.width_box.editingFinished.connect(self._on_pictures_chosen)

    def show_choice(self, choice: DataChoice, samples: Samples | None) -> None:
        """Show how a choice reads its data."""
        self._choice = choice
        is_table = choice.source == "csv" and samples is not None
        is_folder = choice.source == "images" and samples is not None
        self._table_row.setVisible(is_table)
        self._picture_row.setVisible(is_folder)
        self.setVisible(is_table or is_folder)
        if samples is None:
            return
        if is_table:
            if [self.target.itemText(at) for at in range(self.target.count())] != [
                *samples.columns
            ]:
                self.target.clear()
                self.target.addItems(list(samples.columns))
            self.target.setCurrentText(samples.target[0] if samples.target else "")
        if is_folder:
            channels, height, width = samples.arrays["image"].shape[1:]
            self.height_box.setValue(height)
            self.width_box.setValue(width)
            self.color.setCurrentIndex(0 if channels == 1 else 1)

    def _pixels(self) -> QSpinBox:
        box = QSpinBox()
        box.setRange(1, 4096)
        box.setKeyboardTracking(False)
        box.setFixedWidth(70)
        return box

    def _lay_out(self) -> None:
        table = QHBoxLayout(self._table_row)
        table.setContentsMargins(0, 0, 0, 0)
        table.addWidget(label(self.tr("Predict")))
        table.addWidget(self.target, 1)
        pictures = QHBoxLayout(self._picture_row)
        pictures.setContentsMargins(0, 0, 0, 0)
        pictures.setSpacing(6)
        pictures.addWidget(label(self.tr("Read as")))
        pictures.addStretch(1)
        for widget in (self.height_box, label("×"), self.width_box, self.color):
            pictures.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table_row)
        layout.addWidget(self._picture_row)

    def _on_target_chosen(self) -> None:
        self.chosen.emit({**self._choice.options, "target": self.target.currentText()})

    def _on_pictures_chosen(self) -> None:
        size = [self.height_box.value(), self.width_box.value()]
        color = self.color.currentData()
        image = self._choice.field("image")
        shape = tuple(getattr(image.type, "dims", ())) if image is not None else ()
        if shape != (1 if color == "gray" else 3, *size):
            self.chosen.emit({**self._choice.options, "size": size, "color": color})
