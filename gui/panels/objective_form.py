"""Optimizer and schedule of one objective as a form; every change is an edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import Param
from graphcore.project.edits import MISSING, Set
from graphcore.project.plan import ObjectivePlan, Optimizer, Schedule
from graphcore.training.parts import OPTIMIZERS
from graphcore.training.schedules import SCHEDULES
from gui import format
from gui.document import Document
from gui.panels.form import ParamForm
from gui.panels.param_row import ParamRow, Scope
from gui.panels.quiet_button import dress_quietly
from gui.panels.quiet_combo import QuietCombo
from gui.panels.rate_preview import RatePreview, marks, rates
from gui.panels.schedule_box import SHARE, WARMUP, ScheduleBox, fill_schedules
from gui.panels.tiles import label
from gui.theme import Appearance

FREQUENT = ("learning_rate", "weight_decay", "momentum")
SPELLED_OUT = {"lr": "learning_rate"}
"""What torch calls briefly is called in full in the form."""


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
        fill_schedules(self.schedule)
        self.optimizer.activated.connect(self._on_optimizer_chosen)
        self.schedule.activated.connect(self._on_schedule_chosen)
        self._preview = RatePreview(appearance, self)
        self.warmup = ParamRow(WARMUP, appearance, self)
        self.warmup.entered.connect(lambda v, g: self._on_number("warmup", self.warmup, v, g))
        self.share = ParamRow(SHARE, appearance, self)
        self.share.entered.connect(
            lambda v, gesture: self._on_number("schedule.share", self.share, v, gesture)
        )
        self.then: list[ScheduleBox] = []
        self._chain = QVBoxLayout()
        self.add = QToolButton(self)
        self.add.setText(self.tr("Then another schedule"))
        self.add.setToolTip(self.tr("The rate follows several schedules, one after the other"))
        self.add.clicked.connect(self._on_add)
        self._headings = [label("", "heading"), label("", "heading")]
        self._about = [label("", "caption", wraps=True), label("", "caption", wraps=True)]
        self._more = QToolButton(self)
        self._more.setCheckable(True)
        self._more.setText(self.tr("More settings"))
        self._more.toggled.connect(self._on_more_toggled)
        appearance.changed.connect(self._paint)
        self._forms: dict[str, ParamForm] = {}
        self._shown: dict[str, dict[str, object]] = {}
        self._made: dict[str, str] = {}
        self._numbers: dict[str, object] = {}
        self._boxes = {"optimizer": QVBoxLayout(), "schedule": QVBoxLayout()}
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(18)
        for place, (part, combo) in enumerate(
            (("optimizer", self.optimizer), ("schedule", self.schedule))
        ):
            self._columns.addWidget(self._column(part, combo, place), 1)
        self._paint()

    def _paint(self) -> None:
        look = self._appearance.theme
        dress_quietly(self.add, "plus", look)
        icon = "chevron-down" if self._more.isChecked() else "chevron-right"
        dress_quietly(self._more, icon, look)

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
        self._show_chain(mine)
        self._preview.show_rates(rates(mine, plan, epoch_steps), marks(mine))

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
            rows.addWidget(self.share)
            rows.addLayout(self._chain)
            rows.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
            rows.addWidget(self.warmup)
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
        self._paint()
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

    def _show_chain(self, mine: ObjectivePlan) -> None:
        for row, value in ((self.warmup, mine.warmup), (self.share, mine.schedule.share)):
            shown = MISSING if value == row.param.default else value
            if self._numbers.get(row.param.name, None) != shown:
                self._numbers[row.param.name] = shown
                row.show_values([shown], Scope())
        self.share.setVisible(bool(mine.then))
        while len(self.then) > len(mine.then):
            box = self.then.pop()
            self._chain.removeWidget(box)
            box.hide()
            box.deleteLater()
        while len(self.then) < len(mine.then):
            self._add_box(len(self.then))
        for box, schedule in zip(self.then, mine.then, strict=True):
            box.show_schedule(schedule)

    def _add_box(self, place: int) -> None:
        box = ScheduleBox(place, self._appearance, self)
        box.chosen.connect(lambda name: self._on_next_chosen(place, name))
        box.entered.connect(
            lambda name, value, gesture: self._on_next_entered(place, name, value, gesture)
        )
        box.dropped.connect(lambda: self._on_dropped(place))
        self.then.append(box)
        self._chain.addWidget(box)

    def _on_add(self) -> None:
        then = (*self._mine.then, Schedule("cosine"))
        self._document.do(Set(self._path("then"), then), self.tr("Add a schedule to the chain"))

    def _on_dropped(self, place: int) -> None:
        then = tuple(item for at, item in enumerate(self._mine.then) if at != place)
        text = self.tr("Take a schedule out of the chain")
        self._document.do(Set(self._path("then"), then), text)

    def _on_next_chosen(self, place: int, name: str) -> None:
        before = self._mine.then[place]
        if name != before.name and name in SCHEDULES:
            text = self.tr("Schedule {0}").format(SCHEDULES[name].title)
            fresh = Schedule(name, {}, before.share)
            self._document.do(Set((*self._path("then"), place), fresh), text)

    def _on_next_entered(self, place: int, name: str, value: object, gesture: int) -> None:
        box = self.then[place]
        row = box.share if name == "share" or box.form is None else box.form.rows[name]
        where = ("share",) if name == "share" else ("params", name)
        self._enter((*self._path("then"), place, *where), row, value, gesture)

    def _on_number(self, name: str, row: ParamRow, value: object, gesture: int) -> None:
        self._enter((*self._path(name.partition(".")[0]), *name.split(".")[1:]), row, value,
                    gesture)  # fmt: skip

    def _enter(
        self, path: tuple[str | int, ...], row: ParamRow, value: object, gesture: int
    ) -> None:
        """A number of the plan becomes another one; what is wrong is said under its row."""
        is_param = "params" in path
        try:
            chosen = value if value is MISSING and is_param else plain(value, row.param)
            shown = row.param.default if chosen is MISSING else chosen
            text = self.tr("Set {0} to {1}").format(words(row.param.name), format.value(shown))
            self._document.do(Set(path, chosen), text, gesture=gesture)
        except UserError as error:
            row.complain(f"{error.message} {error.hint}")

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
    return replace(param, name=name, title=param.title or format.title(name))
