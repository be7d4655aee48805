"""How the drawing shall be exported: what of it, in which look, how large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
)

from gui import theme
from gui.canvas.posing import Part, posing
from gui.picture import LARGEST_SIDE, Wish

if TYPE_CHECKING:
    from gui.main_window import MainWindow

USUAL_SCALE = 2.0


class PictureDialog(QDialog):
    """`wished` carries the Wish; the file is asked for afterwards."""

    wished = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(self.tr("Export the drawing"))
        self.setMinimumWidth(420)
        self.what, self.look = self._new_what(), self._new_look()
        self.ground = QCheckBox(self.tr("Transparent"))
        self.ground.setAccessibleName(self.tr("Transparent background"))
        self.scale = QDoubleSpinBox(minimum=0.25, maximum=8.0, singleStep=0.5, value=USUAL_SCALE)
        self.scale.setAccessibleName(self.tr("Scale"))
        self.scale.setSuffix(" ×")
        self.size_said = QLabel()
        self.size_said.setProperty("role", "secondary")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        choose = self._buttons.addButton(self.tr("Choose a file…"), role)
        choose.setObjectName("primary")
        choose.setDefault(True)
        self._lay_out()
        self._buttons.accepted.connect(self._on_accepted)
        self._buttons.rejected.connect(self.reject)
        self.what.activated.connect(self._say_size)
        self.scale.valueChanged.connect(self._say_size)
        self._say_size()

    @property
    def wish(self) -> Wish:
        """What is chosen now."""
        is_transparent = self.ground.isChecked()
        return Wish(
            self.look.currentData(), self.scale.value(), is_transparent, self.what.currentData()
        )

    def _new_what(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("What"))
        selection = self._window.selection
        blocks = selection.place.blocks
        whole = self.tr("The block “{}”").format(blocks[-1].name) if blocks else ""
        box.addItem(whole or self.tr("The whole drawing"), None)
        if selection.nodes or selection.notes:
            box.addItem(self.tr("What is selected"), Part(selection.nodes, selection.notes))
        return box

    def _new_look(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(self.tr("Theme"))
        is_safe = self._window.appearance.colors == "safe"
        box.addItem(self.tr("As it is shown"), None)
        box.addItem(self.tr("Dark"), theme.DARK_SAFE if is_safe else theme.DARK)
        box.addItem(self.tr("Light"), theme.LIGHT_SAFE if is_safe else theme.LIGHT)
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("What"), self.what)
        form.addRow(self.tr("Theme"), self.look)
        form.addRow(self.tr("Background"), self.ground)
        form.addRow(self.tr("Scale"), self.scale)
        form.addRow("", self.size_said)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(self._buttons)

    def _say_size(self) -> None:
        wish = self.wish
        with posing(self._window.canvas.canvas, None, wish.part) as area:
            size = (area.size() * wish.scale).toSize()
        text = self.tr("{0} × {1} pixels").format(size.width(), size.height())
        if max(size.width(), size.height()) > LARGEST_SIDE:
            text = self.tr("{0} × {1} pixels: too large for PNG, not for SVG and PDF").format(
                size.width(), size.height()
            )
        self.size_said.setText(text)

    def _on_accepted(self) -> None:
        wish = self.wish
        self.accept()
        self.wished.emit(wish)
