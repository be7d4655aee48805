"""The plan of training as a form; every change is an edit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Float, Int
from graphcore.project.edits import MISSING, Set
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.training.parts import OPTIMIZERS, SCHEDULES
from gui import assets, format
from gui.document import Document
from gui.panels.form import LABEL_WIDTH, ParamForm, ParamRow, Scope
from gui.panels.rate_preview import RatePreview, rates
from gui.panels.tiles import label
from gui.theme import Appearance

LARGEST_SEED = 9999
_PLAN = Plan()
RUN_PARAMS = (
    Param("epochs", Int(1, 10**6), _PLAN.epochs, help="How often each sample is seen."),
    Param("batch_size", Int(1, 10**7), _PLAN.batch_size, help="Samples in one step."),
    Param("validation", Float(0, 0.95), 0.2,
          help="Share of the samples that is held back to see how well unseen ones do."),
    Param("seed", Int(0, 2**40), _PLAN.seed,
          help="Decides first weights and order of samples; the same seed repeats a run."),
    Param("threads", Int(0, 1024), _PLAN.threads,
          help="Cores that torch computes with; 0 leaves the choice to Netwright."),
)  # fmt: skip
FREQUENT = ("learning_rate", "weight_decay", "momentum")
SPELLED_OUT = {"lr": "learning_rate"}
"""What torch calls briefly is called in full in the form."""


def automatic_threads() -> int:
    """How many threads a run in the window gets where the plan leaves it open."""
    limit = os.environ.get("OMP_NUM_THREADS", "")
    cores = int(limit) if limit.isdecimal() else os.cpu_count() or 1
    return max(1, cores - 1)  # one is left for the window


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


class PlanForm(QWidget):
    """What the run needs, then optimizer and schedule of each objective."""

    def __init__(
        self, document: Document, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._appearance = document, appearance
        self._shown: dict[str, object] = {}
        self.run_rows = {param.name: self._row(param) for param in RUN_PARAMS}
        self.device = QuietCombo(self.tr("Device"), self)
        self.device.activated.connect(self._on_device_chosen)
        self._threads = label("", "caption", wraps=True)
        self._advice = label("", "warn", wraps=True)
        self._advice.hide()
        self._devices: tuple[tuple[str, str], ...] = ()
        self._objectives: list[ObjectiveForm] = []
        self._count = 3
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(18)
        self._columns.addWidget(self._run_column(), 1)
        self._rest = QVBoxLayout()
        self._rest.setSpacing(12)
        self._columns.addLayout(self._rest, 2)
        self.refresh()

    def set_columns(self, count: int) -> None:
        """Stand in one, two or three columns."""
        self._count = count
        self._columns.setDirection(_direction(count > 1))
        self._columns.setStretch(1, count - 1)
        for objective in self._objectives:
            objective.set_side_by_side(count > 2)

    def show_devices(self, devices: tuple[tuple[str, str], ...], advice: str) -> None:
        """The devices of this machine, the one that is chosen by itself first."""
        self._devices = devices
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._show_device()

    def refresh(self) -> None:
        """Show the plan as it stands."""
        project = self._document.project
        plan, split = project.plan, project.data.split
        self._bound_validation(0.95 - split.test)
        for name, row in self.run_rows.items():
            value = split.validation if name == "validation" else getattr(plan, name)
            self._show(name, row, value)
        self._threads.setText(
            self.tr("0 is automatic: {0} on this machine").format(automatic_threads())
        )
        self._threads.setVisible(plan.threads == 0)
        self._show_device()
        if len(self._objectives) != len(plan.objectives):
            self._make_objectives(len(plan.objectives))
        samples = project.data.samples * (1 - split.validation - split.test)
        for objective in self._objectives:
            objective.refresh(ceil(samples / plan.batch_size))

    def _show(self, name: str, row: ParamRow, value: object) -> None:
        """A row is left alone unless its value moved, so that what is wrong in it stays said."""
        if self._shown.get(name) != value:
            self._shown[name] = value
            row.show_values([value], Scope())

    def _bound_validation(self, most: float) -> None:
        """Something must be left to train on."""
        field = self.run_rows["validation"].field
        field.param = replace(field.param, type=Float(0, round(max(0.0, most), 4)))

    def _run_column(self) -> QWidget:
        column = QWidget(self)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(label(self.tr("Run"), "heading"))
        for name, row in self.run_rows.items():
            rows.addLayout(self._seed_line(row)) if name == "seed" else rows.addWidget(row)
        rows.addWidget(self._threads)
        rows.addLayout(_line(self.tr("Device"), self.device))
        rows.addWidget(self._advice)
        rows.addStretch(1)
        return column

    def _seed_line(self, row: ParamRow) -> QHBoxLayout:
        self._dice = QToolButton(self)
        self._dice.setIconSize(QSize(16, 16))
        self._dice.setFixedSize(26, 26)
        self._dice.setToolTip(self.tr("Another seed"))
        self._dice.setAccessibleName(self.tr("Another seed"))
        self._dice.clicked.connect(self._on_dice)
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(row, 1)
        line.addWidget(self._dice, 0, Qt.AlignmentFlag.AlignTop)
        self._paint_icons()
        self._appearance.changed.connect(self._paint_icons)
        return line

    def _paint_icons(self) -> None:
        self._dice.setIcon(assets.icon("shuffle", self._appearance.theme.secondary, 16))

    def _row(self, param: Param) -> ParamRow:
        row = ParamRow(param, self._appearance, self)
        row.entered.connect(lambda value, gesture: self._on_run_entered(param, value, gesture))
        return row

    def _make_objectives(self, count: int) -> None:
        for form in self._objectives:
            self._rest.removeWidget(form)
            form.deleteLater()
        self._objectives = [
            ObjectiveForm(index, self._document, self._appearance, self) for index in range(count)
        ]
        for form in self._objectives:
            self._rest.addWidget(form)
            form.set_side_by_side(self._count > 2)
        self._rest.addStretch(1)

    def _show_device(self) -> None:
        wanted = self._document.project.plan.device
        first = self._devices[0][1] if self._devices else ""
        automatic = self.tr("Auto · {0}").format(_short(first)) if first else self.tr("Auto")
        entries = [("auto", automatic, first), *((n, _titled(n, t), t) for n, t in self._devices)]
        if wanted not in [name for name, _, _ in entries]:
            missing = self.tr("{0} · not on this machine") if self._devices else "{0}"
            entries.append((wanted, missing.format(wanted), ""))
        self.device.clear()
        for place, (name, title, tip) in enumerate(entries):
            self.device.addItem(title, name)
            self.device.setItemData(place, tip, Qt.ItemDataRole.ToolTipRole)
        self.device.setCurrentIndex([name for name, _, _ in entries].index(wanted))
        self.device.setToolTip(self.device.currentText())

    def _on_dice(self) -> None:
        before = self._document.project.plan.seed
        # Any other number will do, so the next prime step keeps it free of repeats.
        self._on_run_entered(RUN_PARAMS[3], (before * 31 + 7919) % LARGEST_SEED, -1)

    def _on_device_chosen(self, index: int) -> None:
        name = str(self.device.itemData(index))
        if name != self._document.project.plan.device:
            text = self.tr("Train on {0}").format(name)
            self._document.do(Set(("plan", "device"), name), text)

    def _on_run_entered(self, param: Param, value: object, gesture: int) -> None:
        row = self.run_rows[param.name]
        path = ("data", "split", "validation") if param.name == "validation" else (
            "plan", param.name)  # fmt: skip
        try:
            chosen = plain(value, param)
            text = self.tr("Set {0} to {1}").format(words(param.name), format.value(chosen))
            self._document.do(Set(path, chosen), text, gesture=gesture)
            self._show(param.name, row, chosen)
        except UserError as error:
            row.complain(f"{error.message} {error.hint}")


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
        self._columns.setDirection(_direction(is_wide))

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
        shown = [replace(p, name=SPELLED_OUT.get(p.name, p.name)) for p in params]
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


def _direction(is_wide: bool) -> QBoxLayout.Direction:
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


def _line(text: str, widget: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(4)
    name = label(text, "secondary")
    name.setFixedWidth(LABEL_WIDTH)
    name.setBuddy(widget)
    grid.addWidget(name, 0, 0)
    grid.addWidget(widget, 0, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _short(title: str) -> str:
    """A device's title without the fine print: `CPU` of `CPU, Intel Xeon …`."""
    return title.partition(",")[0]


def _titled(name: str, title: str) -> str:
    return title if name in ("cpu", "mps") else f"{name} · {title}"
