"""Words typed right where they will stand: the title of a frame, the text of a sticky note."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.canvas.style import Style
from gui.theme import font

_SMALLEST_FONT, _LARGEST_FONT = 11, 30


class NoteField(QPlainTextEdit):
    """`written` carries the words after a click elsewhere.

    Enter ends a title and Escape leaves it as it was. In the text of a note Enter begins a line,
    and Escape or Ctrl+Enter ends it: what somebody wrote is never lost by a key.
    """

    written = Signal(str)
    closed = Signal()

    def __init__(
        self, text: str, where: Callable[[], tuple[QRect, float]], style: Style, parent: QWidget,
        *, is_title: bool,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._where, self._is_title, self._is_done = where, is_title, False
        self.setObjectName("note_field")
        self.setAccessibleName(
            self.tr("Title of the frame") if is_title else self.tr("Text of the note")
        )
        self.setPlaceholderText(self.tr("Title") if is_title else self.tr("Write a note…"))
        self.setPlainText(text)
        self.setTabChangesFocus(True)
        if is_title:
            off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(off)
            self.setHorizontalScrollBarPolicy(off)
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        theme = style.theme
        self.setStyleSheet(
            f"QPlainTextEdit#note_field {{ background: {theme.panel}; color: {theme.text};"
            f" border: 1px solid {theme.accent}; border-radius: 6px; padding: 1px 4px; }}"
        )
        self.place()

    def place(self) -> None:
        """Over what it edits, wherever that is seen now."""
        rect, zoom = self._where()
        size = 15 if self._is_title else 13
        made = font(max(_SMALLEST_FONT, min(_LARGEST_FONT, round(size * zoom))))
        self.setFont(made)
        height = self.fontMetrics().height() + 16 if self._is_title else max(72, rect.height())
        self.setGeometry(rect.x(), rect.y(), max(150, rect.width()), height)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # letters are words here, not commands of the canvas
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        has_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.finish(takes=not self._is_title)
        elif is_enter and (self._is_title or has_ctrl):
            self.finish(takes=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A context menu of the field takes the focus for a while only.
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finish(takes=True)

    def finish(self, *, takes: bool) -> None:
        """The field is gone; with `takes` its words count."""
        if self._is_done:
            return
        self._is_done = True
        text = self.toPlainText().strip()
        if self._is_title:
            text = " ".join(text.split())
        view = self.parentWidget()
        if self.hasFocus() and view is not None:
            view.setFocus()
        self.hide()
        self.closed.emit()
        if takes:
            self.written.emit(text)
        self.deleteLater()
