"""The dialog for one other value of a plan: of a run that goes on, or of a duplicate."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training.changes import Setting, moved, setting, value_of
from graphcore.training.schedules import SCHEDULES
from gui.panels.tiles import set_role

RATE, SCHEDULE = "optimizer.lr", "schedule.name"
Row = tuple[str, str]
"""What a person reads, and the key of the plan."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows there are, which words are allowed where, and what is said about the answer.

    `check` raises UserError where a setting is not allowed.
    """

    title: str
    button: str
    promise: str
    rows: Sequence[Row]
    choices: Mapping[str, Sequence[Row]]
    check: Callable[[Setting], object]


class ChangeDialog(QDialog):
    """What to change, what it is now, and what it shall be; a wrong value is told, not taken.

    `chosen` carries it as text, such as `optimizer.lr=0.01`.
    """

    chosen = Signal(str)

    def __init__(self, question: Question, plan: Plan, parent: QWidget) -> None:
        super().__init__(parent)
        self._question, self._plan = question, plan
        self.setWindowTitle(question.title)
        self.setMinimumWidth(420)
        self._what = QComboBox(self)
        self._what.setAccessibleName(self.tr("What to change"))
        self._what.setMaxVisibleItems(20)
        for text, key in question.rows:
            self._what.addItem(text, key)
        self._value, self._word = QLineEdit(self), QComboBox(self)
        self._value.setAccessibleName(self.tr("New value"))
        self._word.setAccessibleName(self.tr("New choice"))
        self._half = QPushButton("÷ 2", self)
        self._tenth = QPushButton("÷ 10", self)
        self._says = QLabel(self, wordWrap=True)
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._what.currentIndexChanged.connect(self._show)
        self._value.textChanged.connect(self._check)
        self._word.currentIndexChanged.connect(self._check)
        self._half.clicked.connect(lambda: self._divide(2))
        self._tenth.clicked.connect(lambda: self._divide(10))
        self._show()
        self._value.setFocus()

    @property
    def _key(self) -> str:
        return str(self._what.currentData())

    @property
    def _text(self) -> str:
        is_word = self._key in self._question.choices
        return f"{self._key}={self._word.currentData() if is_word else self._value.text().strip()}"

    def _show(self) -> None:
        """The value that the chosen thing has now."""
        key, now = self._key, value_of(self._plan, self._key)
        words = self._question.choices.get(key, ())
        self._word.setVisible(bool(words))
        self._value.setVisible(not words)
        self._half.setVisible(key == RATE)
        self._tenth.setVisible(key == RATE)
        self._word.clear()
        for text, word in words:
            self._word.addItem(text, word)
        spoken = str(now).lower() if isinstance(now, bool) else now
        self._word.setCurrentIndex(self._word.findData(spoken))
        self._value.setText(_spelled(now))
        self._value.selectAll()
        self._check()

    def _divide(self, by: int) -> None:
        try:
            self._value.setText(f"{float(self._value.text()) / by:g}")
        except ValueError:
            self._check()

    def _check(self) -> None:
        is_wrong = ""
        try:
            self._question.check(setting(self._text))
        except UserError as error:
            is_wrong = f"{error.message} {error.hint}".strip()
        self._says.setText(is_wrong or self._question.promise)
        set_role(self._says, "error" if is_wrong else "secondary")
        self._ok.setEnabled(not is_wrong)

    def accept(self) -> None:
        """Say what was chosen."""
        self.chosen.emit(self._text)
        super().accept()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for widget in (self._value, self._word, self._half, self._tenth):
            row.addWidget(widget)
        form = QFormLayout()
        form.addRow(self.tr("Change"), self._what)
        form.addRow(self.tr("to"), row)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        accepting = QDialogButtonBox.ButtonRole.AcceptRole
        self._ok = buttons.addButton(self._question.button, accepting)
        self._ok.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self._says)
        column.addStretch(1)
        column.addWidget(buttons)


def _spelled(value: object) -> str:
    if isinstance(value, tuple):
        return json.dumps(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def schedules() -> tuple[Row, ...]:
    """Every schedule with its name in the plan."""
    return tuple((part.title, name) for name, part in SCHEDULES.items())


def change_dialog(plan: Plan, parent: QWidget) -> ChangeDialog:
    """Asks what of a run's plan shall be another from the next step on."""
    rows = (
        (_say("Learning rate"), RATE),
        (_say("Schedule"), SCHEDULE),
        (_say("Limit of the gradient's norm"), "clip_norm"),
        (_say("Limit of each gradient"), "clip_value"),
        (_say("Epochs in all"), "epochs"),
        (_say("Patience in epochs"), "patience"),
    )
    promise = _say("It counts from the next step on, and is marked on the curves.")
    question = Question(
        _say("Change the run"), _say("Change"), promise, rows, {SCHEDULE: schedules()},
        lambda wanted: moved(plan, wanted, 0),
    )  # fmt: skip
    return ChangeDialog(question, plan, parent)


def _say(text: str) -> str:
    return QCoreApplication.translate("ChangeDialog", text)
