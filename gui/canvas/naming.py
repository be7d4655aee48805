"""A name typed over the canvas, right where the named thing is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from gui.canvas.style import Style


class NameField(QFrame):
    """`named` carries what was typed, after Enter or a click elsewhere; Escape leaves the name."""

    named = Signal(str)
    closed = Signal()

    def __init__(self, name: str, style: Style, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("naming")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = style.theme
        self.setStyleSheet(
            f"QFrame#naming {{ background: {theme.panel}; border: 1px solid {theme.strong_line};"
            " border-radius: 10px; }"
        )
        self._is_done = False
        self.line = QLineEdit(name, self)
        self.line.setAccessibleName(self.tr("Name of the block"))
        self.line.setToolTip(self.tr("The class that the block prints as. Enter takes it."))
        self.line.setMinimumWidth(170)
        self.line.installEventFilter(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(6, 6, 6, 6)
        box.addWidget(self.line)
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # letters mean the name here, not a command of the window
            return True
        if event.type() == QEvent.Type.FocusOut and not self._is_done:
            self._finish(takes=True)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._finish(takes=True)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._finish(takes=False)
                return True
        return super().eventFilter(watched, event)

    def close_field(self) -> None:
        """Gone, with the name as it was."""
        self._finish(takes=False)

    def _finish(self, *, takes: bool) -> None:
        if self._is_done:
            return
        self._is_done = True
        text = self.line.text().strip()
        self.hide()
        self.closed.emit()
        if takes and text:
            self.named.emit(text)
        self.deleteLater()
