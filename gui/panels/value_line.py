"""A line of text that tells Escape, steps and the end of typing apart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_POPUP_KEYS = (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NOTCH = 120
"""A notch of the wheel, in Qt's eighths of a degree."""


class ValueLine(QLineEdit):
    """`stepped` carries steps by arrow keys or wheel, `doubled` whether it is half instead.

    `finished` follows Return and the loss of the focus. Escape is `escaped` while something is
    typed; else it is left to the panel.
    """

    escaped = Signal()
    stepped = Signal(int)
    doubled = Signal(bool)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(28)
        self.is_typing = False
        self.takes_steps = False
        self.textEdited.connect(self._on_text_edited)

    def set_wrong(self, is_wrong: bool) -> None:
        """Whether it is framed as wrong."""
        state = "error" if is_wrong else ""
        if (self.property("state") or "") != state:
            self.setProperty("state", state)
            self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._leaves_to_window(event):
            return False
        return super().event(event)

    def _leaves_to_window(self, event: QEvent) -> bool:
        """Undo and redo are the project's where nothing was typed here that they could change."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            return not self.isUndoAvailable()
        return event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_for_offers(event.key()):
            event.ignore()
            return
        match event.key():
            case Qt.Key.Key_Escape if self.is_typing:
                self.is_typing = False
                self.escaped.emit()
            case Qt.Key.Key_Escape:
                event.ignore()
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self._step(event)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.is_typing = False
                self.finished.emit()
                self.selectAll()
            case _:
                super().keyPressEvent(event)

    def _step(self, event: QKeyEvent) -> None:
        is_up = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp)
        is_page = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.doubled.emit(not is_up)
            return
        many = is_page or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.stepped.emit((1 if is_up else -1) * (10 if many else 1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Without the focus the wheel scrolls the panel; it must not change what it passes.
        notches = event.angleDelta().y() / NOTCH
        if not self.hasFocus() or not self.takes_steps or not notches:
            event.ignore()
            return
        many = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self.stepped.emit(round(notches or 1) * (10 if many else 1))
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in kept and self.is_typing:
            self.is_typing = False
            self.finished.emit()

    def _is_for_offers(self, key: int) -> bool:
        """Whether the list of offers wants a key; Enter means what is typed if none is chosen."""
        popup = self.completer().popup() if self.completer() else None
        if popup is None or not popup.isVisible():
            return False
        if key in _ENDS and not popup.currentIndex().isValid():
            popup.hide()
            return False
        return key in _ENDS or key in _POPUP_KEYS

    def _on_text_edited(self) -> None:
        self.is_typing = True
