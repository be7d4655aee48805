"""One schedule of a chain: what it is, its params, its share of the run, and a way to drop it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from graphcore.kinds.kind import Param
from graphcore.kinds.params import Float
from graphcore.project.edits import MISSING
from graphcore.project.plan import Schedule
from graphcore.training.schedules import SCHEDULES
from gui import assets
from gui.panels.form import ParamForm
from gui.panels.param_row import ParamRow, Scope
from gui.panels.quiet_combo import QuietCombo
from gui.panels.tiles import label
from gui.theme import Appearance

_SHARE = "How much of the run is this schedule's: 2 beside a 1 is two thirds."
_WARMUP = "Share of the run in which the rate rises from near zero; 0 is none."
SHARE = Param("share", Float(1e-6, 1e6), 1.0, help=_SHARE, title="Share")
WARMUP = Param("warmup", Float(0, 0.95), 0.0, help=_WARMUP, title="Warm-up")


def fill_schedules(combo: QuietCombo) -> None:
    """Every schedule, with its help as the tip."""
    for name, schedule in SCHEDULES.items():
        combo.addItem(schedule.title, name)
        combo.setItemData(combo.count() - 1, schedule.help, Qt.ItemDataRole.ToolTipRole)


class ScheduleBox(QWidget):
    """A schedule after the first; `entered` carries param or `share`, value and gesture."""

    chosen = Signal(str)
    entered = Signal(str, object, int)
    dropped = Signal()

    def __init__(self, place: int, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.combo = QuietCombo(self.tr("Schedule {0}").format(place + 2), self)
        fill_schedules(self.combo)
        self.combo.activated.connect(lambda at: self.chosen.emit(str(self.combo.itemData(at))))
        self.drop = QToolButton(self)
        self.drop.setIconSize(QSize(14, 14))
        self.drop.setToolTip(self.tr("Take this schedule out of the chain"))
        self.drop.setAccessibleName(self.drop.toolTip())
        self.drop.clicked.connect(self.dropped)
        self.share = ParamRow(SHARE, appearance, self)
        self.share.entered.connect(lambda v, gesture: self.entered.emit("share", v, gesture))
        self.form: ParamForm | None = None
        self._made, self._shown = "", dict[str, object]()
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(self.tr("then"), "caption"))
        head.addWidget(self.combo, 1)
        head.addWidget(self.drop)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 4, 0, 0)
        self._rows.setSpacing(6)
        self._rows.addLayout(head)
        self._rows.addWidget(self.share)
        appearance.changed.connect(self._paint)
        self._paint()

    def show_schedule(self, schedule: Schedule) -> None:
        """Show it as it stands in the plan."""
        self.combo.setCurrentIndex(self.combo.findData(schedule.name))
        if self._made != schedule.name:
            self._make(schedule.name)
        shown = {"share": schedule.share, **schedule.params}
        if shown != self._shown:
            self._shown = shown
            self.share.show_values([schedule.share if schedule.share != 1 else MISSING], Scope())
            if self.form is not None:
                self.form.show_values([schedule.params], Scope())

    def _make(self, name: str) -> None:
        if self.form is not None:
            self._rows.removeWidget(self.form)
            self.form.deleteLater()
        row = SCHEDULES.get(name)
        self._made, self._shown = name, {}
        self.form = ParamForm(row.params if row else (), self._appearance, self)
        self.form.entered.connect(self.entered)
        self.form.setVisible(bool(row and row.params))
        self._rows.addWidget(self.form)

    def _paint(self) -> None:
        self.drop.setIcon(assets.icon("close", self._appearance.theme.secondary, 14))
