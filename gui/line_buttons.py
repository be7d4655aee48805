"""The small buttons that Qt puts into a line, with names for ears."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QToolButton


def let_clear(line: QLineEdit) -> None:
    """A button at the end of a line empties it."""
    line.setClearButtonEnabled(True)
    name_buttons(line)


def name_buttons(line: QLineEdit) -> None:
    """What the buttons in a line are called; an icon at its beginning is called as the line is."""
    clear = QCoreApplication.translate("line_buttons", "Clear the text")
    for button in line.findChildren(QToolButton):
        is_icon = button.defaultAction() in line.actions()
        button.setAccessibleName(line.accessibleName() if is_icon else clear)
