"""Dialogs that have room on the screen, however small it is or large its pixels are."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog

# What the system puts around a window.
_FRAME = QSize(16, 40)


def open_fitted(dialog: QDialog) -> None:
    """Open a dialog, no larger than the screen."""
    room = dialog.screen().availableSize() - _FRAME
    dialog.setMinimumSize(dialog.minimumSize().boundedTo(room))
    if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):  # others are as large as they must be
        dialog.resize(dialog.size().boundedTo(room))
    dialog.open()
