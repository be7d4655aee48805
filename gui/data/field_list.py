"""The fields of the data: name, type, range, classes, and how each is scaled."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from graphcore.project.data import DataChoice, Field
from graphcore.types import Tensor
from gui import theme
from gui.data.words import QuietWheel, label, number

_MOST_NAMES = 12
_MOST_MEANS = 4


def facts_in_words(field: Field) -> str:
    """Range, spread and classes of a field in one line or two."""
    said = _tr("{0} classes: {1}")
    if field.classes is not None:
        names = ", ".join(name[:24] for name in field.class_names[:_MOST_NAMES])
        more = " …" if len(field.class_names) > _MOST_NAMES else ""
        return said.format(field.classes, names + more)
    parts = []
    if field.low is not None and field.high is not None:
        parts.append(f"{number(field.low)} … {number(field.high)}")
    if 0 < len(field.mean) <= _MOST_MEANS and len(field.std) == len(field.mean):
        mean, spread = (", ".join(map(number, values)) for values in (field.mean, field.std))
        parts.append(_tr("mean {0}").format(mean))
        parts.append(_tr("spread {0}").format(spread))
    return (" · " if len(field.mean) <= 1 else "\n").join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("FieldList", text)


class FieldCard(QFrame):
    """One field; `normalized` carries its name and how a person wants it scaled."""

    normalized = Signal(str, str)

    def __init__(self, field: Field, normalization: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        name = label(field.name, "stat")
        kind = label(str(field.type), "secondary")
        kind.setFont(theme.code_font(12))
        kind.setToolTip(self.tr("Type of one sample, as the model sees it"))
        self.facts = label(facts_in_words(field), "secondary", wraps=True)
        self.combo = QComboBox(self)  # or it would be shown as a window of its own
        for title, value, tip in (
            (self.tr("As it is"), "none", self.tr("Values go into the model unchanged")),
            (self.tr("0 … 1"), "unit", self.tr("Scaled by the lowest and highest value")),
            (self.tr("Mean 0, spread 1"), "standard",
             self.tr("Scaled by mean and spread of the training samples")),
        ):  # fmt: skip
            self.combo.addItem(title, value)
            self.combo.setItemData(self.combo.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.combo.setCurrentIndex(max(0, self.combo.findData(normalization)))
        self.combo.setAccessibleName(self.tr("How {0} is scaled").format(field.name))
        self.combo.setToolTip(self.tr("How values are scaled before the model sees them"))
        is_float = isinstance(field.type, Tensor) and field.type.is_float
        self.combo.setVisible(is_float)
        QuietWheel(self).watch(self.combo)
        self.combo.activated.connect(
            lambda: self.normalized.emit(field.name, self.combo.currentData())
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setVerticalSpacing(3)
        grid.addWidget(name, 0, 0)
        grid.addWidget(kind, 0, 1, 1, 2)
        grid.addWidget(self.facts, 1, 0, 1, 2 if is_float else 3)
        grid.addWidget(self.combo, 1, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)


class FieldList(QWidget):
    """A card for each field; `normalized` carries a field's name and its new scaling."""

    normalized = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: object = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)

    def show_choice(self, choice: DataChoice) -> None:
        """Show the fields of a choice; cards stay where nothing about the fields changed."""
        wanted = (choice.fields, dict(choice.normalize))
        if wanted == self._shown:
            return
        self._shown = wanted
        while self._layout.count():
            item = self._layout.takeAt(0)
            if item is not None and (card := item.widget()) is not None:
                card.hide()
                card.deleteLater()
        for field in choice.fields:
            card = FieldCard(field, choice.normalize.get(field.name, "none"), self)
            card.normalized.connect(self.normalized)
            self._layout.addWidget(card)
