"""Read-only Python text with line numbers, coloured, with marked lines."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from gui import theme
from gui.highlight import Highlighter
from gui.theme import Theme

MARGIN = 12
AHEAD = 24
"""How many lines ahead it looks for the place where old and new text meet again."""


class CodeView(QPlainTextEdit):
    """The generated code; `line_clicked` is a line (from 1) that was clicked."""

    line_clicked = Signal(int)

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: list[str] = [""]
        self._marked: tuple[int, ...] = ()
        self._pressed_at = QPoint()
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { border: 0; background: transparent; padding: 0; }")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        font = theme.code_font()
        font.setFeature(QFont.Tag("calt"), 0)  # `->` is two characters, not an arrow
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._numbers = _LineNumbers(self)
        self._highlighter = Highlighter(self.document(), look)
        self.updateRequest.connect(self._on_update_requested)
        self._fit_numbers()

    @property
    def marked(self) -> tuple[int, ...]:
        """The marked lines, from 1."""
        return self._marked

    def set_theme(self, look: Theme) -> None:
        """Take the colours of a theme."""
        self._look = look
        self._highlighter.set_theme(look)
        self.mark_lines(self._marked)

    def show_text(self, text: str) -> None:
        """Show a text, touching only the lines that differ; what is in sight stays there."""
        lines = text.split("\n")
        if lines == self._lines:
            return
        place = self.verticalScrollBar().value()
        if len(self._lines) < 2:
            self.setPlainText(text)
        else:
            self._change_lines(lines)
        self._lines = lines
        self._fit_numbers()
        self.verticalScrollBar().setValue(place)

    def mark_lines(self, lines: Collection[int], *, scroll: bool = False) -> None:
        """Mark these lines (from 1), and bring the first of them into sight if asked."""
        self._marked = tuple(sorted(lines))
        self.setExtraSelections([self._mark(line) for line in self._marked])
        self._numbers.update()
        if scroll and self._marked and not any(map(self._is_in_sight, self._marked)):
            self.show_line(self._marked[0])

    def show_line(self, line: int) -> None:
        """Scroll so that a line stands in the upper third."""
        rows = self.viewport().height() // max(1, self.fontMetrics().height())
        self.verticalScrollBar().setValue(max(0, line - 1 - rows // 3))

    def find_text(self, wanted: str, *, backward: bool = False, anew: bool = False) -> bool:
        """Select the next place of a text, going round at the end; whether there is one."""
        flags = QTextCursor.MoveOperation.Start if not backward else QTextCursor.MoveOperation.End
        if anew:
            cursor = self.textCursor()
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
        if not wanted:
            return False
        direction = self.document().FindFlag.FindBackward if backward else None
        options = direction if direction is not None else self.document().FindFlag(0)
        if self.find(wanted, options):
            return True
        self.moveCursor(flags)
        return self.find(wanted, options)

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines in sight into the column at the left."""
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        block, marked = self.firstVisibleBlock(), set(self._marked)
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        height = self.blockBoundingRect(block).height()
        width = self._numbers.width() - MARGIN
        while block.isValid() and top <= event.rect().bottom():
            line = block.blockNumber() + 1
            if line in marked:
                painter.fillRect(QRect(0, round(top), 3, round(height)), QColor(self._look.accent))
            painter.setPen(QColor(self._look.text if line in marked else self._look.tertiary))
            painter.drawText(
                QRect(0, round(top), width, round(height)), Qt.AlignmentFlag.AlignRight, str(line)
            )
            block, top = block.next(), top + height
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        area = self.contentsRect()
        self._numbers.setGeometry(area.left(), area.top(), self._numbers_width(), area.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        moved = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.button() is Qt.MouseButton.LeftButton and moved < 4:
            cursor = self.cursorForPosition(event.position().toPoint())
            self.line_clicked.emit(cursor.blockNumber() + 1)

    def _change_lines(self, lines: list[str]) -> None:
        changes = _changes(self._lines, lines)
        cursor = QTextCursor(self.document())
        # No edit block: it would join the changes, and everything between them be coloured anew.
        for first, last, new in reversed(changes):
            self._replace_lines(cursor, first, last, new)

    def _replace_lines(self, cursor: QTextCursor, first: int, last: int, new: list[str]) -> None:
        """Put `new` in the place of the lines from `first` up to but not with `last`."""
        document = self.document()
        if first >= document.blockCount():
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText("\n" + "\n".join(new))
            return
        cursor.setPosition(document.findBlockByNumber(first).position())
        if last < document.blockCount():
            end = document.findBlockByNumber(last).position()
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText("".join(f"{line}\n" for line in new))
            return
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText("\n".join(new))
        if not new and first:
            cursor.deletePreviousChar()

    def _mark(self, line: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.format.setBackground(theme.color(self._look.accent, 0.16))
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        mark.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        return mark

    def _is_in_sight(self, line: int) -> bool:
        first = self.firstVisibleBlock().blockNumber() + 1
        rows = self.viewport().height() // max(1, self.fontMetrics().height())
        return first <= line < first + rows

    def _numbers_width(self) -> int:
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0") * digits + 2 * MARGIN

    def _fit_numbers(self) -> None:
        width = self._numbers_width()
        if width != self.viewportMargins().left():
            self.setViewportMargins(width, 0, 0, 0)
            self._numbers.setGeometry(0, 0, width, self.contentsRect().height())
        self._numbers.update()

    def _on_update_requested(self, area: QRect, moved: int) -> None:
        if moved:
            self._numbers.scroll(0, moved)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())


class _LineNumbers(QWidget):
    """The column at the left; clicking it is clicking the line."""

    def __init__(self, view: CodeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        return QSize(40, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._view.paint_numbers(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = QPoint(0, event.position().toPoint().y())
        self._view.line_clicked.emit(self._view.cursorForPosition(at).blockNumber() + 1)


def _changes(old: list[str], new: list[str]) -> list[tuple[int, int, list[str]]]:
    """Which lines of `old` become which lines: (first, last + 1, new lines), from the top.

    It walks both once and looks a few lines ahead where they part; difflib takes 20 ms here.
    """
    found: list[tuple[int, int, list[str]]] = []
    tail = _common_tail(old, new)
    i, j, end, new_end = 0, 0, len(old) - tail, len(new) - tail
    while i < end or j < new_end:
        if i < end and j < new_end and old[i] == new[j]:
            i, j = i + 1, j + 1
            continue
        to_i, to_j = _meeting(old[i : min(i + AHEAD, end)], new[j : min(j + AHEAD, new_end)])
        next_i, next_j = (end, new_end) if to_i < 0 else (i + to_i, j + to_j)
        found.append((i, next_i, new[j:next_j]))
        i, j = next_i, next_j
    return found


def _common_tail(old: list[str], new: list[str]) -> int:
    """How many lines at the end are the same."""
    shorter = min(len(old), len(new))
    pairs = zip(reversed(old), reversed(new), strict=False)
    return next((count for count, (a, b) in enumerate(pairs) if a != b), shorter)


def _meeting(old: list[str], new: list[str]) -> tuple[int, int]:
    """Where two runs of lines meet again first; (-1, -1) for nowhere."""
    for total in range(1, len(old) + len(new) - 1):
        for i in range(max(0, total - len(new) + 1), min(total, len(old) - 1) + 1):
            if old[i] == new[total - i] and old[i].strip():
                return i, total - i
    return -1, -1
