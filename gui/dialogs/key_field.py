"""A field that takes the keys that are pressed in it, instead of what they would do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gui.canvas.keys import pressed, shown_keys

_MODIFIERS = (
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock,
)  # fmt: skip


class KeyField(QLineEdit):
    """Shows the keys of a command; with the keyboard in it, the next press is `taken`.

    Escape leaves it (`left`): every other key, Tab too, belongs to whoever chooses keys.
    """

    taken = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._keys = ""

    def show_keys(self, keys: str) -> None:
        """These are the keys now."""
        self._keys = keys
        self._say()

    def event(self, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.ShortcutOverride | QEvent.Type.Shortcut:
                event.accept()
                return True
            case QEvent.Type.KeyPress:  # before Qt makes Tab move the keyboard on
                assert isinstance(event, QKeyEvent)
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() not in _MODIFIERS:
            self.taken.emit(pressed(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._say()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._say()

    def _say(self) -> None:
        self.setPlaceholderText(self.tr("Press the keys") if self.hasFocus() else self.tr("None"))
        self.setText("" if self.hasFocus() else shown_keys(self._keys))
