"""What stands on empty paper: what to do next."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import assets
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
        self._text.setText(
            self.tr("Drag a layer here, press Tab to search, or open a template.\n"
                    "Wires go from a port at the right of one card to one at the left of another.")
        )  # fmt: skip
        box = QVBoxLayout(self)
        box.setSpacing(8)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(label)

    def restyle(self, theme: Theme) -> None:
        """In the colours of that theme."""
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(assets.pixmap("graph", theme.tertiary, 40, ratio))

    def center_in(self, area: QRect) -> None:
        """In the middle of an area of the parent."""
        self.adjustSize()
        self.move(area.center() - self.rect().center())
