"""What stands on empty paper: what to do next."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import assets
from gui.canvas.keys import shown_keys
from gui.theme import Theme


class EmptyHint(QWidget):
    """Three ways to begin; clicks and drops go through it to the canvas."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon, self._title, self._text = QLabel(self), QLabel(self), QLabel(self)
        self._title.setProperty("role", "title")
        self._text.setProperty("role", "secondary")
        self._title.setText(self.tr("Nothing drawn yet"))
        box = QVBoxLayout(self)
        box.setSpacing(8)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(label)

    def name_key(self, keys: str) -> None:
        """Say how to begin, with the keys that search."""
        first = self.tr("Drag a layer here, or open a template.")
        if keys:
            first = self.tr("Drag a layer here, press {} to search, or open a template.")
        wires = self.tr("Wires go from a port at the right of one card to one at the left of "
                        "another.")  # fmt: skip
        self._text.setText(f"{first.format(shown_keys(keys))}\n{wires}")

    def restyle(self, theme: Theme) -> None:
        """In the colours of that theme."""
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(assets.pixmap("graph", theme.tertiary, 40, ratio))

    def center_in(self, area: QRect) -> None:
        """In the middle of an area of the parent."""
        self.adjustSize()
        self.move(area.center() - self.rect().center())
