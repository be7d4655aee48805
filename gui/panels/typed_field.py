"""A field that is typed: what a line of text means for a param, or why it means nothing."""

from __future__ import annotations

import ast
import contextlib
import math
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import Param
from graphcore.kinds.line import Line
from graphcore.kinds.params import Choice, Dtype, Float, Int, Numbers, Size, TypeText
from graphcore.kinds.texts import Equation, Named, Subscript
from graphcore.project.edits import MISSING
from gui import format

PATIENCE_MS = 600
"""How long a half-typed value may stand before it is called wrong."""


class _Different:
    """What a field shows where several nodes differ."""

    def __repr__(self) -> str:
        return "DIFFERENT"


DIFFERENT = _Different()


def read(text: str, param: Param, names: Mapping[str, object]) -> object:
    """The value that a text means for a param. Raises UserError where it means none.

    An empty text is MISSING; one that begins with `=` is a Formula (tried on `names`); a sum
    such as `64*7*7` is its result. Numbers of a tensor are floats with or without a point, since
    both look the same on a card; whole ones are a matter of its dtype.
    """
    plain = text.strip()
    if not plain:
        return MISSING
    if plain.startswith("="):
        formula = Formula(plain[1:].strip())
        param.check(evaluate(formula, names))
        return formula
    if isinstance(param.type, TypeText | Choice | Dtype | Named | Equation | Subscript | Line):
        return param.check(plain)
    if isinstance(param.type, Size | Float) and plain in param.type.words:
        return plain
    value = param.check(_literal(plain, param))
    return _as_floats(value) if isinstance(param.type, Numbers) else value


def _as_floats(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(_as_floats(item) for item in value)
    return float(value) if isinstance(value, int) else value


def _literal(text: str, param: Param) -> object:
    try:
        return evaluate(Formula(text), {})
    except UserError:
        pass
    try:  # lists with brackets, as Python and torch's documentation write them
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError) as error:
        raise UserError(
            f"“{text[:40]}” is not allowed here.", f"It must be {param.type.describe()}."
        ) from error


class Field(QWidget):
    """One value of one param."""

    entered = Signal(object)
    refused = Signal(str)

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.param = param
        # Half a line has other names, and so other ports: wires would be lost while it is typed.
        self.waits = isinstance(param.type, Line)
        self.names: Mapping[str, object] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def show_value(self, value: object, effective: object) -> None:
        """Show a value, MISSING or DIFFERENT; `effective` is what counts where it is MISSING."""
        raise NotImplementedError

    def set_names(self, names: Mapping[str, object], offers: Iterable[str] = ()) -> None:
        """The names that a formula may use, and those of them to offer while one is typed."""
        self.names = names

    def abandon(self) -> None:
        """Drop what is half typed: the field is about to show something else."""

    def start_editing(self) -> None:
        """Give it the keyboard, its text selected."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class TextField(Field):
    """A line that is read as the param's type: numbers and sums, lists, types, formulas."""

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(param, parent)
        self.line = ValueLine(self)
        self.line.setAccessibleName(param.title or param.name)
        self.setFocusProxy(self.line)
        self._result = QLabel(self)
        self._result.hide()
        self._result.setProperty("role", "secondary")
        self._layout.addWidget(self.line, 1)
        self._layout.addWidget(self._result)
        self._shown: object = MISSING
        self._effective: object = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._complain)
        self._completer: QCompleter | None = None
        self._offers = QStringListModel(self)
        self.line.textEdited.connect(self._on_typed)
        self.line.finished.connect(self._on_finished)
        self.line.escaped.connect(self._on_escaped)
        self.line.stepped.connect(self._on_stepped)

    def show_value(self, value: object, effective: object) -> None:
        self._effective = effective
        self.line.setPlaceholderText(
            format.NOTHING if value is DIFFERENT else format.value(effective)
        )
        if self.line.is_typing and _same(value, self._shown):
            self._show_result()
            return
        self._shown = value
        self._restore()

    def abandon(self) -> None:
        self._patience.stop()
        self.line.is_typing = False
        self._restore()

    def set_names(self, names: Mapping[str, object], offers: Iterable[str] = ()) -> None:
        self.names = names
        found = sorted(f"={name}" for name in offers)
        if self._completer is None:
            if not found:
                return
            self._completer = QCompleter(self)
            self._completer.setModel(self._offers)
            self._completer.activated[str].connect(  # type: ignore[index]
                self._on_completed
            )
            self.line.setCompleter(self._completer)
        if self._offers.stringList() != found:
            self._offers.setStringList(found)

    def _restore(self) -> None:
        text = "" if self._shown in (MISSING, DIFFERENT) else format.value(self._shown)
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0 if not self.line.hasFocus() else len(text))
        self.line.setToolTip(text if isinstance(self._shown, Formula) else "")
        self._show_result()
        self._say("")

    def _show_result(self) -> None:
        is_formula = isinstance(self._shown, Formula)
        self._result.setVisible(is_formula)
        if is_formula:
            with contextlib.suppress(UserError):
                value = evaluate(self._shown, self.names)  # type: ignore[arg-type]
                self._result.setText(f"= {format.value(value)}")

    def _on_typed(self, text: str) -> None:
        self._patience.stop()
        try:
            value = read(text, self.param, self.names)
        except UserError:
            self._patience.start()
            return
        self._say("")
        if not self.waits:
            self._take(value)

    def _take(self, value: object) -> None:
        if value is MISSING and self._shown is DIFFERENT:
            return
        if not _same(value, self._shown):
            self._shown = value
            self._show_result()
            self.entered.emit(value)

    def _on_completed(self, text: str) -> None:
        self.line.setText(text)
        self._on_typed(text)

    def _on_finished(self) -> None:
        if self._complain():
            if self.waits:
                self._take(read(self.line.text(), self.param, self.names))
            self._restore()
        else:
            self.line.is_typing = True  # what is wrong stays to be mended, or Escape drops it

    def _on_escaped(self) -> None:
        self._patience.stop()
        self._restore()

    def _on_stepped(self, steps: int) -> None:
        value = self._effective if self._shown is MISSING else self._shown
        if isinstance(self.param.type, Int | Float | Size) and isinstance(value, int | float):
            with contextlib.suppress(UserError):
                moved = self.param.check(_moved(value, steps))
                self.line.setText(format.value(moved))
                self._on_typed(self.line.text())

    def _complain(self) -> bool:
        """Whether the text can be read; if not it says why."""
        self._patience.stop()
        try:
            read(self.line.text(), self.param, self.names)
        except UserError as error:
            self._say(f"{error.message} {error.hint}")
            return False
        self._say("")
        return True

    def _say(self, message: str) -> None:
        self.line.set_wrong(bool(message))
        self.refused.emit(message)


_POPUP_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up,
               Qt.Key.Key_Down)  # fmt: skip


class ValueLine(QLineEdit):
    """A line that tells Escape, the arrow keys and the end of typing apart."""

    escaped = Signal()
    stepped = Signal(int)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(28)
        self.is_typing = False
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
        if event.key() in _POPUP_KEYS and self._offers_are_open():
            event.ignore()  # the list of offers wants it
            return
        steps = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        match event.key():
            case Qt.Key.Key_Escape:
                self.is_typing = False
                self.escaped.emit()
            case Qt.Key.Key_Up:
                self.stepped.emit(steps)
            case Qt.Key.Key_Down:
                self.stepped.emit(-steps)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.is_typing = False
                self.finished.emit()
                self.selectAll()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.is_typing:
            self.is_typing = False
            self.finished.emit()

    def _offers_are_open(self) -> bool:
        popup = self.completer().popup() if self.completer() else None
        return popup is not None and popup.isVisible()

    def _on_text_edited(self) -> None:
        self.is_typing = True


def _same(first: object, second: object) -> bool:
    return type(first) is type(second) and first == second


def _moved(value: int | float, steps: int) -> int | float:
    """A number some steps on: by one, or by one in a float's first digit."""
    if isinstance(value, int):
        return value + steps
    size = math.floor(math.log10(abs(value))) if value else -1
    if value and steps < 0 < value and math.isclose(value, 10.0**size):
        size -= 1
    return float(f"{value + steps * 10.0**size:.12g}")
