"""One param in a form: its name to drag, its field, a way back, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import REQUIRED, Param
from graphcore.kinds.line import Line
from graphcore.kinds.params import TypeText
from graphcore.kinds.stepping import can_step, stepped
from graphcore.kinds.texts import Equation, Weights
from graphcore.project.edits import MISSING
from graphcore.project.exposing import can_be_exposed
from gui import assets, format
from gui.document import new_gesture
from gui.panels.burst import Burst
from gui.panels.fields import SizeField, field_for, takes_formulas
from gui.panels.scrub import Scrub
from gui.panels.tiles import ElidedButton, label, set_role
from gui.panels.typed_field import Field, TextField
from gui.panels.typed_value import DIFFERENT
from gui.theme import Appearance

LABEL_WIDTH = 92
_WIDE = (Line, Equation, Weights, TypeText)
"""Types whose text is long: their fields have a row of their own."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a form knows beside the params: resolved values, names for formulas, offers.

    `resolved` are values that analysis found; `offers` maps a param to a formula worth a click
    and its value. Where `is_inside` a block, a number can be exposed as a param of that block.
    """

    resolved: Mapping[str, object] = field(default_factory=dict)
    names: Mapping[str, object] = field(default_factory=dict)
    offers: Mapping[str, tuple[Formula, object]] = field(default_factory=dict)
    is_inside: bool = False


class ParamRow(QWidget):
    """A param's name, its field, a button to take the choice back, and what is wrong with it.

    `entered` carries a checked value, a Formula or MISSING, and the gesture it belongs to.
    `exposed` carries a value that shall become a param of the block around the node. `attended`
    follows the mouse that comes over the row.
    """

    entered = Signal(object, int)
    exposed = Signal(object)
    attended = Signal()

    def __init__(self, param: Param, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.param = param
        self._appearance = appearance
        self._value: object = MISSING
        self._effective: object = None
        self._offer: Formula | None = None
        self._burst = Burst(self)
        self._name = label(title_of(param), "secondary", wraps=True)
        self._is_wide = isinstance(param.type, _WIDE)
        if not self._is_wide:
            self._name.setFixedWidth(LABEL_WIDTH)
        self.field: Field = field_for(param, self)
        self._name.setBuddy(self.field)
        self._start: object = None
        self._before: object = MISSING
        self._gesture = -1
        self._scrub: Scrub | None = None
        if can_step(param.type):
            self._scrub = self._new_scrub()
        self.button = QToolButton(self)
        self.button.setFixedSize(22, 22)
        self._expose = QToolButton(self)
        self._expose.setFixedSize(22, 22)
        self._expose.setIcon(assets.icon("tag", appearance.theme.secondary, 14))
        self._expose.setToolTip(self.tr("Expose as a param of the block"))
        self._expose.setAccessibleName(
            self.tr("Expose {} as a param of the block").format(title_of(param))
        )
        self._expose.hide()
        self._message = label("", "error", wraps=True)
        self._chip = ElidedButton("", self)
        # It goes when it was clicked; with the focus it would pass that on to whatever is next.
        self._chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        assets.put_beside(self._chip, "fix", appearance.theme.accent)
        self._lay_out()
        for widget in (self._name, self.field):
            widget.setToolTip(help_of(param))
        self.field.setAccessibleDescription(help_of(param))
        self.field.entered.connect(self._on_entered)
        self.field.refused.connect(self.complain)
        self.button.clicked.connect(self._on_button_clicked)
        self._expose.clicked.connect(lambda: self.exposed.emit(self._exposable()))
        self._chip.clicked.connect(self._on_chip_clicked)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._name, 0, 0)
        if self._is_wide:
            grid.addWidget(self.field, 1, 0, 1, 4)
        else:
            grid.addWidget(self.field, 0, 1)
        grid.addWidget(self._expose, 0, 2)
        grid.addWidget(self.button, 0, 3)
        grid.addWidget(self._message, 2, 0, 1, 4)
        grid.addWidget(self._chip, 3, 0, 1, 4)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        policy = self.button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.button.setSizePolicy(policy)
        self._message.hide()
        self._chip.hide()

    def show_values(self, values: Iterable[object], scope: Scope) -> None:
        """Show the value of one node or of several, without disturbing what is being typed."""
        found = list(values)
        is_same = all(type(v) is type(found[0]) and v == found[0] for v in found)
        self._value = found[0] if is_same else DIFFERENT
        self._effective = _effective(self.param, scope)
        if self.param.infer is not None and self._effective is None and len(found) > 1:
            self._effective = DIFFERENT
        numeric = [n for n, v in scope.names.items() if isinstance(v, int | float)]
        self.field.set_names(scope.names, numeric if takes_formulas(self.param) else ())
        self.field.show_value(self._value, self._effective)
        self._show_state()
        self._show_offer(scope)
        self._stand_beside(isinstance(self.field, SizeField) and self.field.is_split)
        is_number = scope.is_inside and can_be_exposed(self._exposable())
        self._expose.setVisible(is_number and takes_formulas(self.param))

    def _stand_beside(self, is_tall: bool) -> None:
        """Name and button stand beside the first of several lines, else in the middle."""
        grid, flag = self.layout(), Qt.AlignmentFlag
        assert isinstance(grid, QGridLayout)
        self._name.setContentsMargins(0, 6 if is_tall else 0, 0, 0)
        grid.setAlignment(self._name, flag.AlignTop if is_tall else flag(0))
        grid.setAlignment(self.button, flag.AlignTop if is_tall else flag(0))

    def abandon(self) -> None:
        """Forget half-typed text: another node is about to be shown."""
        self._burst.end()
        self.field.abandon()
        self.complain("")

    def complain(self, message: str) -> None:
        """Say under the field what is wrong with it; "" for nothing."""
        self._message.setText(message)
        self._message.setVisible(bool(message))
        if not message:
            self._show_state()

    @property
    def is_chosen(self) -> bool:
        """Whether someone chose a value that is not the default."""
        return self._value is not MISSING and self._value != _reset_value(self.param)[1]

    # Dragging the label

    def _new_scrub(self) -> Scrub:
        scrub = Scrub(self._name)
        scrub.began.connect(self._on_scrub_began)
        scrub.moved.connect(self._on_scrubbed)
        scrub.ended.connect(self._on_scrub_ended)
        scrub.clicked.connect(self.field.start_editing)
        return scrub

    def _on_scrub_began(self) -> None:
        self._burst.end()
        self.field.abandon()
        self.field.start_editing()
        self._gesture = new_gesture()
        self._before = self._value
        self._start = self._effective if self._value is MISSING else self._value

    def _on_scrubbed(self, steps: int) -> None:
        value = stepped(self.param.type, self._start, steps)
        if value is not None:
            self.entered.emit(value, self._gesture)

    def _on_scrub_ended(self, keeps: bool) -> None:
        if not keeps and self._before is not DIFFERENT:
            self.entered.emit(self._before, self._gesture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._scrub and self._scrub.is_moving:
            self._scrub.cancel()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.attended.emit()

    def _exposable(self) -> object:
        """The value that a param of the block would begin with; what is inferred stays so."""
        is_open = self._value is MISSING and self.param.infer is None
        return self._effective if is_open else self._value

    def _show_state(self) -> None:
        needs_value = self._value is MISSING and self.param.default is REQUIRED
        needs_value &= self.param.infer is None
        # Params at their default stay quiet.
        set_role(self._name, "warn" if needs_value else "" if self.is_chosen else "secondary")
        if needs_value:
            self._message.setText(self.tr("Needs a value."))
            self._message.show()
        elif self._message.text() == self.tr("Needs a value."):
            self._message.hide()
        icon, words = self._button_look()
        self.button.setVisible(bool(icon))
        if icon:
            self.button.setIcon(assets.icon(icon, self._appearance.theme.secondary, 14))
            self.button.setToolTip(words)
            self.button.setAccessibleName(f"{title_of(self.param)}: {words}")

    def _button_look(self) -> tuple[str, str]:
        if self.param.infer is not None:
            if self._value is MISSING:
                return "lock", self.tr("Read off the input. Click to choose another value.")
            return "unlock", self.tr("Chosen by hand. Click to read it off the input again.")
        target = _reset_value(self.param)
        if self.is_chosen and target[1] is not REQUIRED:
            shown = format.value(target[1]) or self.tr("automatic")
            return "undo", self.tr("Back to {0}").format(shown)
        return "", ""

    def _show_offer(self, scope: Scope) -> None:
        formula, value = scope.offers.get(self.param.name, (None, None))
        self._offer = formula if formula != self._value else None
        self._chip.setVisible(self._offer is not None)
        self._chip.set_whole(self.tr("Use {0} ({1})").format(formula, format.value(value)))
        self._chip.setToolTip(self.tr("Follow the data: the size changes when the data does."))

    def _on_entered(self, value: object) -> None:
        is_typed = isinstance(self.field, TextField | SizeField) and not self.field.waits
        self.entered.emit(value, self._burst.next() if is_typed else -1)

    def _on_button_clicked(self) -> None:
        self._burst.end()
        if self.param.infer is not None and self._value is MISSING:
            if self._effective is not None:
                self.entered.emit(self._effective, -1)
            self.field.start_editing()
            return
        self.field.abandon()
        self.entered.emit(_reset_value(self.param)[0], -1)

    def _on_chip_clicked(self) -> None:
        self._burst.end()
        self.field.abandon()
        if self._chip.hasFocus():
            self.field.start_editing()
        self.entered.emit(self._offer, -1)


def _effective(param: Param, scope: Scope) -> object:
    if param.infer is not None:  # right after an edit other resolved values may be old
        return scope.resolved.get(param.name)
    return None if param.default is REQUIRED else param.default


def _reset_value(param: Param) -> tuple[object, object]:
    """What a reset sets, and the value that counts then (REQUIRED where there is none)."""
    if param.infer is None and param.default is REQUIRED and param.start is not REQUIRED:
        return param.start, param.start
    return MISSING, param.default


def title_of(param: Param) -> str:
    """A param's name as a person reads it, with its unit."""
    words = format.title(param.title or param.name)
    return f"{words}, {param.unit}" if param.unit else words


def help_of(param: Param) -> str:
    """What a param is for, and what it may be."""
    allowed = param.type.describe()
    return f"{param.name}: {param.help}\n{allowed[:1].upper()}{allowed[1:]}."
