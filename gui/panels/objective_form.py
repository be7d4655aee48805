"""Optimizer and schedule of one objective as a form; every change is an edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import Param
from graphcore.project.edits import MISSING, Set
from graphcore.project.plan import ObjectivePlan, Optimizer, Schedule
from graphcore.training.parts import OPTIMIZERS, SCHEDULES
from gui import format
from gui.document import Document
from gui.panels.form import ParamForm
from gui.panels.param_row import Scope
from gui.panels.rate_preview import RatePreview, rates
from gui.panels.tiles import label
from gui.theme import Appearance

FREQUENT = ("learning_rate", "weight_decay", "momentum")
SPELLED_OUT = {"lr": "learning_rate"}
"""What torch calls briefly is called in full in the form."""


class QuietCombo(QComboBox):
    """A list that the wheel scrolls past instead of changing it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ObjectiveForm(QWidget):
    """Optimizer and schedule of one objective."""

    def __init__(
        self, index: int, document: Document, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._index, self._document, self._appearance = index, document, appearance
        self.optimizer = QuietCombo(self.tr("Optimizer"), self)
        self.schedule = QuietCombo(self.tr("Schedule"), self)
        for name, row in OPTIMIZERS.items():
            self.optimizer.addItem(name, name)
            self.optimizer.setItemData(self.optimizer.count() - 1, row.help,
                                       Qt.ItemDataRole.ToolTipRole)  # fmt: skip
        for name, schedule in SCHEDULES.items():
            self.schedule.addItem(schedule.title, name)
            self.schedule.setItemData(self.schedule.count() - 1, schedule.help,
                                      Qt.ItemDataRole.ToolTipRole)  # fmt: skip
        self.optimizer.activated.connect(self._on_optimizer_chosen)
        self.schedule.activated.connect(self._on_schedule_chosen)
        self._preview = RatePreview(appearance, self)
        self._headings = [label("", "heading"), label("", "heading")]
        self._about = [label("", "caption", wraps=True), label("", "caption", wraps=True)]
        self._more = QToolButton(self)
        self._more.setCheckable(True)
        self._more.setText(self.tr("More settings"))
        self._more.toggled.connect(self._on_more_toggled)
        self._forms: dict[str, ParamForm] = {}
        self._shown: dict[str, dict[str, object]] = {}
        self._made: dict[str, str] = {}
        self._boxes = {"optimizer": QVBoxLayout(), "schedule": QVBoxLayout()}
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(18)
        for place, (part, combo) in enumerate(
            (("optimizer", self.optimizer), ("schedule", self.schedule))
        ):
            self._columns.addWidget(self._column(part, combo, place), 1)

    def set_side_by_side(self, is_wide: bool) -> None:
        """Optimizer and schedule beside or below each other."""
        self._columns.setDirection(direction(is_wide))

    def refresh(self, epoch_steps: int) -> None:
        """Show this objective's part of the plan."""
        plan = self._document.project.plan
        mine = plan.objectives[self._index]
        several = len(plan.objectives) > 1
        for heading, word in zip(
            self._headings,
            (self.tr("Optimizer"), self.tr("Schedule of the learning rate")),
            strict=True,
        ):
            heading.setText(f"{word} · {mine.name}" if several else word)
        self._show("optimizer", self.optimizer, mine.optimizer)
        self._show("schedule", self.schedule, mine.schedule)
        self._preview.show_rates(rates(mine, plan, epoch_steps))

    def _column(self, part: str, combo: QComboBox, place: int) -> QWidget:
        column = QWidget(self)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self._headings[place])
        rows.addWidget(combo)
        rows.addWidget(self._about[place])
        rows.addLayout(self._boxes[part])
        if part == "schedule":
            rows.addWidget(self._preview)
        else:
            rows.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)
        return column

    def _show(self, part: str, combo: QComboBox, chosen: Optimizer | Schedule) -> None:
        found = combo.findData(chosen.name)
        if found < 0:
            combo.addItem(self.tr("{0} · unknown").format(chosen.name), chosen.name)
            found = combo.count() - 1
        combo.setCurrentIndex(found)
        known: Mapping = OPTIMIZERS if part == "optimizer" else SCHEDULES
        row = known.get(chosen.name)
        combo.setToolTip(row.help if row else "")
        self._about[part == "schedule"].setText(row.help if row else "")
        if self._made.get(part) != chosen.name:
            self._make_form(part, chosen.name, row.params if row else ())
        shown = {SPELLED_OUT.get(name, name): value for name, value in chosen.params.items()}
        if self._shown.get(part) != shown:
            self._shown[part] = shown
            self._forms[part].show_values([shown], Scope())

    def _make_form(self, part: str, name: str, params: tuple[Param, ...]) -> None:
        old = self._forms.pop(part, None)
        if old is not None:
            self._boxes[part].removeWidget(old)
            old.deleteLater()
        shown = [_spelled_out(param) for param in params]
        form = ParamForm(shown, self._appearance, self)
        form.entered.connect(
            lambda key, value, gesture: self._on_param_entered(part, key, value, gesture)
        )
        self._forms[part], self._made[part] = form, name
        self._shown.pop(part, None)
        self._boxes[part].addWidget(form)
        form.setVisible(bool(params))
        if part == "optimizer":
            self._more.setVisible(any(param.name not in FREQUENT for param in shown))
            self._on_more_toggled(self._more.isChecked())

    def _on_more_toggled(self, is_open: bool) -> None:
        self._more.setText(self.tr("Fewer settings") if is_open else self.tr("More settings"))
        for name, row in self._forms["optimizer"].rows.items():
            row.setVisible(is_open or name in FREQUENT)

    def _on_optimizer_chosen(self, place: int) -> None:
        name = str(self.optimizer.itemData(place))
        if name != self._mine.optimizer.name and name in OPTIMIZERS:
            rate = next((p.default for p in OPTIMIZERS[name].params if p.name == "lr"), 1e-3)
            # What is a good rate for one optimizer is none for another: begin with its own.
            edit = Set(self._path("optimizer"), Optimizer(name, {"lr": rate}))
            self._document.do(edit, self.tr("Optimize with {0}").format(name))

    def _on_schedule_chosen(self, place: int) -> None:
        name = str(self.schedule.itemData(place))
        if name != self._mine.schedule.name and name in SCHEDULES:
            text = self.tr("Schedule {0}").format(SCHEDULES[name].title)
            self._document.do(Set(self._path("schedule"), Schedule(name)), text)

    def _on_param_entered(self, part: str, name: str, value: object, gesture: int) -> None:
        row = self._forms[part].rows[name]
        name = next((short for short, long in SPELLED_OUT.items() if long == name), name)
        before = getattr(self._mine, part).params.get(name, MISSING)
        if value is MISSING and before is MISSING:
            return
        try:
            chosen = value if value is MISSING else plain(value, row.param)
            shown = row.param.default if chosen is MISSING else chosen
            text = self.tr("Set {0} to {1}").format(words(name), format.value(shown))
            self._document.do(Set((*self._path(part), "params", name), chosen), text,
                              gesture=gesture)  # fmt: skip
            self._show(part, self.optimizer if part == "optimizer" else self.schedule,
                       getattr(self._mine, part))  # fmt: skip
        except UserError as error:
            row.complain(f"{error.message} {error.hint}")

    @property
    def _mine(self) -> ObjectivePlan:
        return self._document.project.plan.objectives[self._index]

    def _path(self, part: str) -> tuple[str | int, ...]:
        return ("plan", "objectives", self._index, part)


def direction(is_wide: bool) -> QBoxLayout.Direction:
    """Beside or below each other."""
    Direction = QBoxLayout.Direction
    return Direction.LeftToRight if is_wide else Direction.TopToBottom


def plain(value: object, param: Param) -> object:
    """The number that was meant: the plan holds no formulas. Raises UserError."""
    if value is MISSING:
        return param.default
    return param.check(evaluate(value, {})) if isinstance(value, Formula) else value


def words(name: str) -> str:
    """A param's name as it stands in the history."""
    return {"lr": "the learning rate", "validation": "the validation share"}.get(
        name, name.replace("_", " ")
    )


def _spelled_out(param: Param) -> Param:
    name = SPELLED_OUT.get(param.name, param.name)
    return replace(param, name=name, title=param.title or name.replace("_", " ").capitalize())
