"""The plots panel: what a run measures, drawn while it is measured."""

from __future__ import annotations

import csv
import importlib
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QSlider,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.training.events import Event, Started
from graphcore.training.parts import METRICS
from graphcore.training.runs import Run
from gui import assets
from gui.document import Document
from gui.panels.empty import EmptyState
from gui.panels.series import Curves
from gui.panels.tiles import ElidedLabel, set_role
from gui.runner import Runner
from gui.tasks import Latest
from gui.theme import Appearance

if TYPE_CHECKING:
    from gui.panels.curve_plot import CurvePlot

_PLOT = "gui.panels.curve_plot"
REDRAW_MS, TURN_MS = 100, 25
SIDE_BY_SIDE = 560


class PlotsPanel(QWidget):
    """One plot a quantity; follows the live run, or shows the run that was chosen."""

    failed = Signal(object)

    def __init__(
        self,
        *,
        document: Document,
        runner: Runner,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("plots")
        self._document, self._runner, self._appearance = document, runner, appearance
        self._live, self._shown = Curves(), Curves()
        self._run: Run | None = None
        self._plots: dict[str, CurvePlot] = {}
        self._is_due = True
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._timer.timeout.connect(self._begin_turns)
        # Drawn one after the other: all at once would hold up the mouse for two frames.
        self._turns: list[str] = []
        self._turn = QTimer(self, singleShot=True, interval=TURN_MS)
        self._turn.timeout.connect(self._draw_next)
        self._reading, self._writing = Latest(0, self), Latest(0, self)
        self._loading = Latest(0, self)
        self._loading.done.connect(self._mark_due)
        self._reading.done.connect(self._on_read)
        self._reading.failed.connect(self._on_failed)
        self._writing.failed.connect(self._on_failed)
        self._lay_out()
        self._paint_icons()
        runner.drained.connect(self._on_drained)
        runner.changed.connect(self._on_state_changed)
        document.replaced.connect(self._on_replaced)
        appearance.changed.connect(self._paint_icons)

    # -- what is shown -----------------------------------------------------------------------

    @property
    def run(self) -> Run | None:
        """The run whose curves are shown; None before there is one."""
        return self._run

    @property
    def plots(self) -> dict[str, CurvePlot]:
        """The plots by quantity: `loss`, `accuracy` …"""
        return dict(self._plots)

    def values(self, name: str) -> list[float]:
        """What is drawn under a name such as `train loss`, `smooth loss` or `val accuracy`."""
        self._redraw_if_due()
        for plot in self._plots.values():
            if name in plot.drawn:
                return [float(value) for value in plot.drawn[name]]
        return []

    def show_run(self, run: Run) -> None:
        """Show the curves of a run, whether it is over or live."""
        if run == self._runner.run and self._live.length:
            self._show(run, self._live)
        else:
            self._reading.request(lambda: (run, Curves.read(run)))

    def save(self, path: Path) -> None:
        """Write what is shown to a picture or, for a name that ends in .csv, to a table."""
        if path.suffix.lower() == ".csv":
            columns, epoch_steps = self._shown.rows(), self._shown.epoch_steps
            self._writing.request(lambda: _write_table(path, columns, epoch_steps))
            return
        if not self._area.grab().save(str(path)):
            error = UserError(f"{path.name} can't be written.", "Choose another folder or type.")
            self._on_failed(error)

    def reset_zoom(self) -> None:
        """Show the whole run in every plot."""
        for plot in self._plots.values():
            plot.reset_zoom()
        self._reset.setEnabled(False)

    def stop(self) -> None:
        """End the workers; for closing."""
        for worker in (self._reading, self._writing, self._loading):
            worker.stop()

    # -- news --------------------------------------------------------------------------------

    def _on_drained(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Started):
                self._begin()
            self._live.feed(event)
        if self._shown is self._live:
            self._mark_due()

    def _begin(self) -> None:
        """A new run: its curves take the place of whatever was looked at."""
        self._live = Curves()
        self._show(self._runner.run, self._live)
        self.reset_zoom()

    def _on_state_changed(self) -> None:
        if self._runner.state == "preparing" and _PLOT not in sys.modules:
            self._loading.request(lambda: importlib.import_module(_PLOT))
        self._back.setVisible(self._can_go_back())
        self._name_run()

    def _on_read(self, found: tuple[Run, Curves]) -> None:
        self._show(*found)
        self.reset_zoom()

    def _on_replaced(self) -> None:
        if self._runner.state not in ("preparing", "training", "paused", "stopping"):
            self._show(None, Curves())

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._says.set_whole(f"{error.message} {error.hint}")
        set_role(self._says, "error")
        self.failed.emit(error)

    def _show(self, run: Run | None, curves: Curves) -> None:
        self._run, self._shown = run, curves
        self._back.setVisible(self._can_go_back())
        self._name_run()
        self._mark_due()

    def _can_go_back(self) -> bool:
        return self._shown is not self._live and self._live.length > 0

    def _name_run(self) -> None:
        text = self._run.id if self._run else ""
        if self._shown is self._live and self._runner.state in ("training", "paused"):
            text = self.tr("{0} · live").format(text) if text else self.tr("live")
        set_role(self._says, "caption")
        self._says.set_whole(text)

    # -- drawing -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._redraw_if_due()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= SIDE_BY_SIDE
        Direction = QBoxLayout.Direction
        self._row.setDirection(Direction.LeftToRight if is_wide else Direction.TopToBottom)
        self._slider.setVisible(self.width() >= 420)
        self._mark_due()

    def _mark_due(self) -> None:
        self._is_due = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _redraw_if_due(self) -> None:
        """All that is due, at once."""
        self._begin_turns()
        while self._turns:
            self._draw_next()

    def _begin_turns(self) -> None:
        if not (self._is_due and self.isVisible()):
            return
        self._is_due = False
        if self._shown.length and _PLOT not in sys.modules:
            # pyqtgraph takes a fifth of a second: not in the window's thread, nor at start.
            self._is_due = True
            if not self._loading.is_busy:
                self._loading.request(lambda: importlib.import_module(_PLOT))
            return
        quantities = self._shown.quantities()
        self._stack.setCurrentIndex(1 if self._shown.length else 0)
        self._bar.setVisible(self._shown.length > 0)
        if self._shown.length:
            self._fit_plots(tuple(quantities))
            if len(self._plots) < len(quantities):
                self._mark_due()
            self._turns = list(self._plots)
            self._turn.start()

    def _draw_next(self) -> None:
        name = self._turns.pop(0) if self._turns else ""
        names = self._shown.quantities().get(name)
        if name in self._plots and names:
            self._plots[name].draw(self._shown, names, self._view())
        if self._turns:
            self._turn.start()

    def _fit_plots(self, names: tuple[str, ...]) -> None:
        from gui.panels.curve_plot import CurvePlot

        for gone in [name for name in self._plots if name not in names]:
            self._plots.pop(gone).deleteLater()
        for place, name in enumerate(names):
            if name not in self._plots:
                plot = CurvePlot(name, _title(name), self._appearance, self._area)
                plot.zoomed.connect(lambda: self._reset.setEnabled(True))
                self._plots[name] = plot
                self._row.insertWidget(place, plot, 1)
                plot.draw(self._shown, self._shown.quantities()[name], self._view())
                break  # each takes a frame's time to make, so one a turn

    def _view(self):
        from gui.panels.curve_plot import View

        return View(
            "epoch" if self._epochs.isChecked() else "step",
            self._slider.value() / 100,
            self._log.isChecked(),
        )

    # -- the row of controls -----------------------------------------------------------------

    def _lay_out(self) -> None:
        self._says = ElidedLabel("caption", self)
        self._back = self._button(self.tr("Live run"), self.tr("Show the run that was begun last"))
        self._back.clicked.connect(lambda: self._show(self._runner.run, self._live))
        self._back.hide()
        self._steps = self._button(self.tr("Steps"), self.tr("Count steps along the bottom"))
        self._epochs = self._button(self.tr("Epochs"), self.tr("Count epochs along the bottom"))
        self._log = self._button(self.tr("Log"), self.tr("Logarithmic height"))
        units = QButtonGroup(self)
        for button in (self._steps, self._epochs, self._log):
            button.setCheckable(True)
            button.toggled.connect(self._mark_due)
        units.addButton(self._steps)
        units.addButton(self._epochs)
        self._steps.setChecked(True)
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(0, 100)
        self._slider.setValue(40)
        self._slider.setFixedWidth(96)
        self._slider.setAccessibleName(self.tr("Smoothing"))
        self._slider.setToolTip(self.tr("Smoothing of the thick line"))
        self._slider.valueChanged.connect(self._mark_due)
        self._reset = self._button("", self.tr("Show the whole run (double-click a plot)"))
        self._reset.setAccessibleName(self.tr("Reset zoom"))
        self._reset.clicked.connect(self.reset_zoom)
        self._reset.setEnabled(False)
        self._export = self._button("", self.tr("Save the plots"))
        self._export.setAccessibleName(self.tr("Save the plots"))
        self._export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._export.setMenu(self._make_menu())
        self._export.setStyleSheet("padding: 2px 18px 2px 4px;")
        self._bar = QWidget(self)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(4)
        bar.addWidget(self._says, 1)
        for widget in (self._back, self._steps, self._epochs, self._log, self._slider,
                       self._reset, self._export):  # fmt: skip
            bar.addWidget(widget)
        self._area = QWidget(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._area)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._empty = EmptyState(
            "curves", self.tr("No curves yet"),
            self.tr("Press Train to watch the loss fall, or choose a run among the runs."),
            self._appearance, self,
        )  # fmt: skip
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self._bar)
        layout.addLayout(self._stack, 1)
        self._bar.hide()

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setIconSize(QSize(16, 16))
        button.setStyleSheet("padding: 2px 6px; font-size: 12px;")
        return button

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self._picture = QAction(self.tr("Save as a picture (PNG) …"), menu)
        self._picture.triggered.connect(lambda: self._ask_where("curves.png", "PNG (*.png)"))
        self._table = QAction(self.tr("Save the values (CSV) …"), menu)
        self._table.triggered.connect(lambda: self._ask_where("curves.csv", "CSV (*.csv)"))
        menu.addActions([self._picture, self._table])
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._shown.length:
            self._export.menu().popup(event.globalPos())

    def _ask_where(self, name: str, kinds: str) -> None:
        dialog = QFileDialog(self, self.tr("Save the curves"), name, kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.open()

    def _paint_icons(self) -> None:
        color = self._appearance.theme.secondary
        self._reset.setIcon(assets.icon("fit", color, 16))
        self._export.setIcon(assets.icon("download", color, 16))


def _title(quantity: str) -> str:
    if quantity in METRICS:
        return METRICS[quantity].title
    return quantity.replace("_", " ").capitalize()


def _write_table(path: Path, columns: list[tuple[str, list[float]]], epoch_steps: int) -> None:
    """One row a step; a cell is empty where nothing was measured."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["step", "epoch", *(name for name, _ in columns)])
            for step, row in enumerate(zip(*(values for _, values in columns), strict=True)):
                cells = ["" if math.isnan(value) else repr(value) for value in row]
                writer.writerow([step, step // epoch_steps + 1 if epoch_steps else "", *cells])
    except OSError as error:
        raise UserError(
            f"{path.name} can't be written: {error.strerror}.", "Choose another folder."
        ) from error
