"""The plan of training as a form; every change is an edit."""

from __future__ import annotations

import os
from dataclasses import replace
from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.analysis.result import Analysis
from graphcore.errors import UserError
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Float, Int
from graphcore.project.edits import Set
from graphcore.project.plan import Plan
from graphcore.training.metric_choice import chosen_metrics
from gui import assets, format
from gui.document import Document
from gui.panels.metric_choice import MetricChoice
from gui.panels.objective_form import ObjectiveForm, direction, plain, words
from gui.panels.param_row import LABEL_WIDTH, ParamRow, Scope
from gui.panels.plan_more import PlanMore
from gui.panels.quiet_combo import QuietCombo
from gui.panels.tiles import label
from gui.panels.way_choice import WayChoice
from gui.preferences import Preferences
from gui.theme import Appearance

LARGEST_SEED = 9999
_PLAN = Plan()
RUN_PARAMS = (
    Param("epochs", Int(1, 10**6), _PLAN.epochs, help="How often each sample is seen."),
    Param("batch_size", Int(1, 10**7), _PLAN.batch_size, title="Batch size",
          help="Samples in one step."),
    Param("validation", Float(0, 0.95), 0.2,
          help="Share of the samples that is held back to see how well unseen ones do."),
    Param("seed", Int(0, 2**40), _PLAN.seed,
          help="Decides first weights and order of samples; the same seed repeats a run."),
    Param("threads", Int(0, 1024), _PLAN.threads,
          help="Cores that torch computes with; 0 leaves the choice to Netwright."),
)  # fmt: skip


def automatic_threads() -> int:
    """How many threads a run in the window gets where the plan leaves it open."""
    limit = os.environ.get("OMP_NUM_THREADS", "")
    cores = int(limit) if limit.isdecimal() else os.cpu_count() or 1
    return max(1, cores - 1)  # one is left for the window


class PlanForm(QWidget):
    """What the run needs, then optimizer and schedule of each objective."""

    def __init__(
        self,
        document: Document,
        appearance: Appearance,
        preferences: Preferences | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        run = QWidget(self)
        self._way = WayChoice(document, preferences, run) if preferences is not None else None
        self._document, self._appearance = document, appearance
        self._shown: dict[str, object] = {}
        self.run_rows = {param.name: self._row(param, run) for param in RUN_PARAMS}
        self.device = QuietCombo(self.tr("Device"), run)
        self.device.activated.connect(self._on_device_chosen)
        self.metrics = MetricChoice(document, run)
        self.more = PlanMore(document, appearance, run)
        self._threads = label("", "caption", wraps=True)
        self._advice = label("", "warn", wraps=True)
        self._advice.hide()
        self._devices: tuple[tuple[str, str], ...] = ()
        self._objectives: list[ObjectiveForm] = []
        self._count = 3
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(18)
        self._lay_out_run(run)
        self._columns.addWidget(run, 1)
        self._rest = QVBoxLayout()
        self._rest.setSpacing(12)
        self._columns.addLayout(self._rest, 2)
        self.refresh()

    def set_columns(self, count: int) -> None:
        """Stand in one, two or three columns."""
        self._count = count
        self._columns.setDirection(direction(count > 1))
        self._columns.setStretch(1, count - 1)
        for objective in self._objectives:
            objective.set_side_by_side(count > 2)

    def show_devices(self, devices: tuple[tuple[str, str], ...], advice: str) -> None:
        """The devices of this machine, the one that is chosen by itself first."""
        self._devices = devices
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._show_device()

    def show_analysis(self, analysis: Analysis) -> None:
        """Offer what fits the losses that were found: to measure, and to be the best by."""
        self.metrics.show_analysis(analysis)
        found = chosen_metrics(self._document.project, analysis)
        self.more.show_measured([choice.name for choice in found])

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
        self.more.refresh()
        if self._way is not None:
            self._way.refresh()
        if len(self._objectives) != len(plan.objectives):
            self._make_objectives(len(plan.objectives))
        samples = project.data.samples * (1 - split.validation - split.test)
        for objective in self._objectives:
            objective.refresh(ceil(samples / (plan.batch_size * plan.accumulate)))

    def _show(self, name: str, row: ParamRow, value: object) -> None:
        """A row is left alone unless its value moved, so that what is wrong in it stays said."""
        if self._shown.get(name) != value:
            self._shown[name] = value
            row.show_values([value], Scope())

    def _bound_validation(self, most: float) -> None:
        """Something must be left to train on."""
        field = self.run_rows["validation"].field
        field.param = replace(field.param, type=Float(0, round(max(0.0, most), 4)))

    def _lay_out_run(self, run: QWidget) -> None:
        rows = QVBoxLayout(run)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(label(self.tr("Run"), "heading"))
        for name, row in self.run_rows.items():
            rows.addLayout(self._seed_line(row)) if name == "seed" else rows.addWidget(row)
        rows.addWidget(self._threads)
        rows.addWidget(self.metrics)
        rows.addLayout(_line(self.tr("Device"), self.device))
        rows.addWidget(self._advice)
        if self._way is not None:
            rows.addWidget(self._way)  # its words say what it is, and need the room
        rows.addWidget(self.more)
        rows.addStretch(1)

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

    def _row(self, param: Param, parent: QWidget) -> ParamRow:
        row = ParamRow(param, self._appearance, parent)
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
