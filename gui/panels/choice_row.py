"""A list to choose from with its caption, in line with the fields of a form."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from gui.panels.param_row import LABEL_WIDTH
from gui.panels.tiles import label

_BUTTON_ROOM = 30


class _Still(QObject):
    """The wheel scrolls the panel; it must not change a value that it happens to pass."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_passing = isinstance(watched, QWidget) and not watched.hasFocus()
        if isinstance(event, QWheelEvent) and is_passing:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def captioned(title: str, combo: QComboBox) -> QHBoxLayout:
    """The row of a caption and its list, which the wheel leaves alone without the focus."""
    combo.setAccessibleName(title)
    combo.setPlaceholderText("–")
    combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    combo.installEventFilter(_Still(combo))
    caption = label(title, "secondary", wraps=True)
    caption.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    caption.setFixedWidth(LABEL_WIDTH)
    caption.setBuddy(combo)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, _BUTTON_ROOM, 0)  # the fields of a form have a button there
    row.setSpacing(4)
    row.addWidget(caption)
    row.addWidget(combo, 1)
    return row
