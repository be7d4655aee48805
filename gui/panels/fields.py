"""Fields made for the type of a param: what is typed becomes a checked value or a reason why not.

A field shows a value with `show_value` and emits `entered` with what a person made of it: a
value that the type allows, a Formula, or MISSING for “as it was before anyone chose”. It never
emits what is not allowed: `refused` carries the reason then, and "" once all is well again.
"""

from __future__ import annotations

import ast
import contextlib
import math
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Bool, Choice, Dtype, Float, Int, Numbers, Size, TypeText
from graphcore.project.edits import MISSING
from gui import assets, format

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
    such as `64*7*7` is its result.
    """
    plain = text.strip()
    if not plain:
        return MISSING
    if plain.startswith("="):
        formula = Formula(plain[1:].strip())
        param.check(evaluate(formula, names))
        return formula
    if isinstance(param.type, TypeText | Choice | Dtype):
        return param.check(plain)
    if isinstance(param.type, Size) and plain in param.type.words:
        return plain
    return param.check(_literal(plain, param))


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
        self.line.setAccessibleName(param.name)
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


class SizeField(Field):
    """One number for all axes, one for each, or a word; the link joins the axes."""

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(param, parent)
        assert isinstance(param.type, Size)
        self._size = param.type
        self._shown: object = MISSING
        self._effective: object = None
        self.whole = TextField(param, self)
        self.setFocusProxy(self.whole)
        self._layout.addWidget(self.whole, 1)
        single = Param(param.name, Int(self._size.low))
        self.axes = [TextField(single, self) for _ in range(self._size.axes)]
        for place, axis in enumerate(self.axes):
            axis.line.setAccessibleName(f"{param.name} {place + 1}")
            axis.line.setStyleSheet("QLineEdit { padding: 0 4px; }")
            axis.entered.connect(self._on_axis_entered)
            axis.refused.connect(self.refused)
            self._layout.addWidget(axis, 1)
        self._link = QToolButton(self)
        self._link.setFixedSize(22, 22)
        self._link.setAccessibleName(self.tr("Link the axes of {0}").format(param.name))
        self._link.clicked.connect(self._on_link_clicked)
        self._link.setVisible(self._size.axes > 1)
        self._layout.addWidget(self._link)
        if self._size.words:
            self._layout.addWidget(self._words_button())
        self.whole.entered.connect(self._on_whole_entered)
        self.whole.line.finished.connect(self._on_whole_finished)
        self.whole.refused.connect(self.refused)

    def show_value(self, value: object, effective: object) -> None:
        self._effective = effective
        self._shown = value
        current = effective if value is MISSING else value
        is_split = isinstance(current, tuple)
        is_split &= not self.whole.line.is_typing  # it must not vanish under the keys
        self._split(is_split)
        self.whole.show_value(value, effective)
        if is_split:
            assert isinstance(current, tuple)
            for axis, item in zip(self.axes, current, strict=False):
                axis.show_value(item if value is not MISSING else MISSING, item)

    def set_names(self, names: Mapping[str, object], offers: Iterable[str] = ()) -> None:
        self.whole.set_names(names, offers)

    def abandon(self) -> None:
        for field in (self.whole, *self.axes):
            field.abandon()

    def _words_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(self.tr("A word instead of a number: {0}").format(
            ", ".join(self._size.words)))  # fmt: skip
        button.setAccessibleName(self.tr("Words for {0}").format(self.param.name))
        menu = QMenu(button)
        for word in self._size.words:
            action = QAction(word, menu)
            action.triggered.connect(lambda _=False, word=word: self.entered.emit(word))
            menu.addAction(action)
        button.setMenu(menu)
        button.setFixedWidth(20)
        return button

    def _split(self, is_split: bool) -> None:
        self.whole.setVisible(not is_split)
        for axis in self.axes:
            axis.setVisible(is_split)
        color = self.palette().placeholderText().color().name()
        self._link.setIcon(assets.icon("unlink" if is_split else "link", color, 14))
        self._link.setToolTip(
            self.tr("One number an axis. Click for one number for all axes.")
            if is_split
            else self.tr("One number for all axes. Click for one number an axis.")
        )

    def _on_link_clicked(self) -> None:
        value = self._effective if self._shown is MISSING else self._shown
        if isinstance(value, tuple):
            first = value[0] if isinstance(value, tuple) else value
            self.entered.emit(first if isinstance(first, int) else MISSING)
        else:
            number = value if isinstance(value, int) else self._size.low
            self.entered.emit((number,) * self._size.axes)

    def _on_whole_entered(self, value: object) -> None:
        self._shown = value
        self.entered.emit(value)

    def _on_whole_finished(self) -> None:
        if not self.whole.line.is_typing:
            self.show_value(self._shown, self._effective)

    def _on_axis_entered(self, _: object) -> None:
        found = []
        for axis in self.axes:
            text = axis.line.text() or axis.line.placeholderText()
            try:
                found.append(read(text, axis.param, {}))
            except UserError:
                return
        self._shown = tuple(found)
        self.entered.emit(self._shown)


class ChoiceField(Field):
    """One of a few words, from a list."""

    def __init__(self, param: Param, options: tuple[str, ...], parent: QWidget | None) -> None:
        super().__init__(param, parent)
        self.combo = QComboBox(self)
        self.combo.setAccessibleName(param.name)
        self.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.combo.installEventFilter(self)
        self.setFocusProxy(self.combo)
        if param.optional:
            self.combo.addItem(self.tr("automatic"), None)
        for option in options:
            self.combo.addItem(option, option)
        self._layout.addWidget(self.combo, 1)
        self.combo.activated.connect(self._on_activated)

    def show_value(self, value: object, effective: object) -> None:
        shown = effective if value is MISSING else value
        self.combo.setPlaceholderText(format.NOTHING)
        if isinstance(shown, Formula) and self.combo.findText(str(shown)) < 0:
            self.combo.addItem(str(shown), shown)
        places = range(self.combo.count())
        found = next((i for i in places if self.combo.itemData(i) == shown), -1)
        self.combo.setCurrentIndex(-1 if value is DIFFERENT else found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The wheel scrolls the panel; it must not change a value that it happens to pass.
        if isinstance(event, QWheelEvent) and not self.combo.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _on_activated(self, index: int) -> None:
        self.entered.emit(self.combo.itemData(index))


class BoolField(Field):
    """A check mark."""

    def __init__(self, param: Param, parent: QWidget | None = None) -> None:
        super().__init__(param, parent)
        self.check = QCheckBox(self)
        self.check.setAccessibleName(param.name)
        self.setFocusProxy(self.check)
        self._layout.addWidget(self.check)
        self._layout.addStretch(1)
        self.check.clicked.connect(self._on_clicked)

    def show_value(self, value: object, effective: object) -> None:
        shown = effective if value is MISSING else value
        self.check.setTristate(value is DIFFERENT)
        if value is DIFFERENT:
            self.check.setCheckState(Qt.CheckState.PartiallyChecked)
        else:
            self.check.setChecked(shown is True)
        self.check.setText(f"{shown}" if isinstance(shown, Formula) else "")

    def _on_clicked(self) -> None:
        self.check.setTristate(False)
        self.entered.emit(self.check.isChecked())


def field_for(param: Param, parent: QWidget | None = None) -> Field:
    """The field that suits a param's type."""
    match param.type:
        case Bool():
            return BoolField(param, parent)
        case Choice(options=options) | Dtype(options=options):
            return ChoiceField(param, options, parent)
        case Size():
            return SizeField(param, parent)
        case _:
            return TextField(param, parent)


def takes_formulas(param: Param) -> bool:
    """Whether formulas are offered while this param is typed."""
    return not isinstance(param.type, Bool | Choice | Dtype | Numbers | TypeText)


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
