"""A field that is typed: numbers and sums, lists, types, formulas, in one line."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLabel, QWidget

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import Param
from graphcore.kinds.line import Line
from graphcore.kinds.stepping import can_step, doubled, stepped
from graphcore.project.edits import MISSING
from gui import format
from gui.panels.typed_value import DIFFERENT, preview, read, shown_text
from gui.panels.value_line import ValueLine

PATIENCE_MS = 600
"""How long a half-typed value may stand before it is called wrong."""


class Field(QWidget):
    """One value of one param.

    `refused` carries why a text was not taken, "" once all is well again. One that `waits` says
    nothing before the end of typing.
    """

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
    """A line that is read as the param's type; what it means counts while it is typed.

    Escape takes back all that was typed. Whoever leaves a text that means nothing gets the value
    that was there, and is told so.
    """

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(param, parent)
        self.line = ValueLine(self)
        self.line.takes_steps = can_step(param.type)
        self.line.setAccessibleName(param.title or param.name)
        self.setFocusProxy(self.line)
        self._result = QLabel(self)
        self._result.hide()
        self._result.setProperty("role", "secondary")
        self._layout.addWidget(self.line, 1)
        self._layout.addWidget(self._result)
        self._shown: object = MISSING
        self._before: object = MISSING
        self._effective: object = None
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_ended)
        self._completer: QCompleter | None = None
        self._offers = QStringListModel(self)
        self.line.textEdited.connect(self._on_typed)
        self.line.finished.connect(self._on_finished)
        self.line.escaped.connect(self._on_escaped)
        self.line.stepped.connect(self._on_stepped)
        self.line.doubled.connect(self._on_doubled)

    def show_value(self, value: object, effective: object) -> None:
        self._effective = effective
        self.line.setPlaceholderText(self._waiting_text(value, effective))
        is_same = _same(value, self._shown)
        if self.line.is_typing and is_same:
            self._show_typed_result()
            return
        self._shown = value
        self._restore()
        if not is_same:
            self._say("")

    def _waiting_text(self, value: object, effective: object) -> str:
        """What stands in the empty line."""
        if value is DIFFERENT or effective is DIFFERENT:
            return self.tr("mixed")
        if effective is None and self.param.infer is not None:
            return self.tr("not known yet")
        return shown_text(effective)

    def abandon(self) -> None:
        self._patience.stop()
        self.line.is_typing = False
        self._restore()
        self._say("")

    def set_names(self, names: Mapping[str, object], offers: Iterable[str] = ()) -> None:
        self.names = names
        found = sorted(f"={name}" for name in offers)
        if self._completer is None:
            if not found:
                return
            self._completer = QCompleter(self)
            if (popup := self._completer.popup()) is not None:
                popup.setObjectName("offers")
            self._completer.setModel(self._offers)
            self._completer.activated[str].connect(  # type: ignore[index]
                self._on_completed
            )
            self.line.setCompleter(self._completer)
        if self._offers.stringList() != found:
            self._offers.setStringList(found)

    def _restore(self) -> None:
        text = shown_text(self._shown)
        self._before = self._shown
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0 if not self.line.hasFocus() else len(text))
        self.line.setToolTip(text if isinstance(self._shown, Formula) else "")
        self._show_result()

    def _show_result(self, typed: str = "") -> None:
        """What a formula or a sum comes to, beside it."""
        text = typed
        if not typed and isinstance(self._shown, Formula):
            with contextlib.suppress(UserError):
                text = f"= {format.value(evaluate(self._shown, self.names))}"
        self._result.setText(text)
        self._result.setVisible(bool(text))

    def _show_typed_result(self) -> None:
        """The same while the text is typed: none beside one that means nothing."""
        text = self.line.text()
        try:
            value = read(text, self.param, self.names)
        except UserError:
            self._result.hide()  # it would be that of another text
        else:
            self._show_result(preview(text, value))

    def _on_typed(self, text: str) -> None:
        self._patience.stop()
        try:
            value = read(text, self.param, self.names)
        except UserError:
            self._result.hide()  # it would be that of another text
            self._patience.start()
            return
        self._say("")
        if not self.waits:
            self._take(value)
        self._show_result(preview(text, value))

    def _take(self, value: object) -> None:
        if value is MISSING and self._shown is DIFFERENT:
            return
        if not _same(value, self._shown):
            self._shown = value
            self.entered.emit(value)

    def _on_completed(self, text: str) -> None:
        self.line.setText(text)
        self._on_typed(text)
        self.line.is_typing = False
        self._on_finished()

    def _on_finished(self) -> None:
        text = self.line.text()
        if self._complain():
            if self.waits:
                self._take(read(text, self.param, self.names))
            self._restore()
        elif self.line.hasFocus():
            self.line.is_typing = True  # after Return it stays to be mended, or Escape drops it
            self._take_back()
        else:
            why = self._why(text)
            self._take_back()
            self._restore()
            self.line.set_wrong(False)
            words = self.tr("“{0}” was not taken. {1}").format(text.strip()[:40], why)
            self.refused.emit(words)

    def _on_escaped(self) -> None:
        self._patience.stop()
        self._take_back()
        self._restore()
        self._say("")

    def _take_back(self) -> None:
        """The value from before the typing: `9**9` must not stay of `9**9**9`."""
        if self._before is not DIFFERENT:
            self._take(self._before)

    def _on_stepped(self, steps: int) -> None:
        self._put(stepped(self.param.type, self._value, steps))

    def _on_doubled(self, is_half: bool) -> None:
        self._put(doubled(self.param.type, self._value, is_half=is_half))

    @property
    def _value(self) -> object:
        return self._effective if self._shown is MISSING else self._shown

    def _put(self, value: object) -> None:
        """Another value, as if it were typed; None leaves all as it is."""
        if value is not None:
            self.line.setText(format.value(value))
            self._on_typed(self.line.text())

    def _on_patience_ended(self) -> None:
        """Half a name is not wrong while names that begin so are offered."""
        popup = self._completer.popup() if self._completer is not None else None
        if popup is not None and popup.isVisible():
            self._patience.start()
        else:
            self._complain()

    def _complain(self) -> bool:
        """Whether the text can be read; if not it says why."""
        self._patience.stop()
        why = self._why(self.line.text())
        self._say(why)
        return not why

    def _why(self, text: str) -> str:
        try:
            read(text, self.param, self.names)
        except UserError as error:
            return f"{error.message} {error.hint}"
        return ""

    def _say(self, message: str) -> None:
        self.line.set_wrong(bool(message))
        self.refused.emit(message)


def _same(first: object, second: object) -> bool:
    return type(first) is type(second) and first == second
