"""The plots panel: what runs measure, drawn while it is measured, over each other if wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent, QShowEvent, Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from graphcore.errors import UserError
from graphcore.training.runs import Run
from gui.document import Document
from gui.panels import quantities
from gui.panels.curve_writing import CurveWriting, ask_where
from gui.panels.empty import EmptyState
from gui.panels.plot_bar import PlotBar
from gui.panels.plot_grid import PlotGrid
from gui.panels.shown_runs import ShownRuns
from gui.panels.strands import View
from gui.preferences import Preferences
from gui.runner import Runner
from gui.theme import Appearance

if TYPE_CHECKING:
    from gui.panels.curve_plot import CurvePlot

REDRAW_MS, TURN_MS, GROWN_MS = 100, 25, 1000
DRAW_TURN_MS = 80
"""Between one plot and the next: a run in this process waits for Python's lock meanwhile."""
BUSY = ("preparing", "training", "paused", "stopping")


class PlotsPanel(QWidget):
    """One plot a quantity; follows the live run, or shows the runs that were chosen."""

    failed = Signal(object)
    saved = Signal(str)
    """A sentence that says where the curves are now, or will be: a long table takes its time."""
    runs_shown = Signal(object)
    """The runs whose curves are on the screen, in the order of their colours."""

    def __init__(
        self,
        *,
        document: Document,
        runner: Runner,
        appearance: Appearance,
        preferences: Preferences | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("plots")
        self._runner, self._appearance = runner, appearance
        self._plots: dict[str, CurvePlot] = {}
        self._is_due, self._grow = True, 1.0
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._timer.timeout.connect(self._begin_turns)
        # Drawn one after the other: all at once would hold up the mouse for two frames.
        self._turns: list[str] = []
        self._turn = QTimer(self, singleShot=True, interval=DRAW_TURN_MS)
        self._turn.timeout.connect(self._draw_next)
        self._more = QTimer(self, singleShot=True, interval=TURN_MS)
        self._more.timeout.connect(self._go_on_making)
        self._grown = QTimer(self, interval=GROWN_MS)
        self._grown.timeout.connect(self._read_on)
        self._runs = ShownRuns(runner, self)
        self._runs.changed.connect(self._on_runs_changed)
        self._runs.begun.connect(self.reset_zoom)
        self._runs.grown.connect(self._mark_due)
        self._writing = CurveWriting(self)
        self._writing.said.connect(self.saved)
        for worker in (self._runs, self._writing):
            worker.failed.connect(self._on_failed)
        self._lay_out(preferences)
        runner.changed.connect(self._on_state_changed)
        document.replaced.connect(self._on_replaced)

    # -- what is shown -----------------------------------------------------------------------

    @property
    def run(self) -> Run | None:
        """The first of the runs whose curves are shown; None before there is one."""
        shown = self._runs.shown
        return shown[0].run if shown else None

    @property
    def runs(self) -> list[Run]:
        """All runs whose curves are shown."""
        return self._runs.runs

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
        self.show_runs([run])

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show the curves of several runs over each other."""
        self._runs.show(runs)

    @property
    def has_curves(self) -> bool:
        """Whether there is a run to be seen."""
        return self._runs.has_curves

    def grow(self, times: float) -> None:
        """Letters and lines that many times as large as at a desk; the controls go meanwhile."""
        self._grow = times
        for plot in self._plots.values():
            plot.grow(times)
        self._grid.grow(times)
        self.bar.setVisible(times == 1 and self.has_curves)
        self._mark_due()

    def save(self, path: Path) -> None:
        """Write what is shown as the ending of the name says: a picture (.png, .svg) or a table.

        A folder takes event files for TensorBoard, each run's in a folder of its own.
        """
        shown = self._runs.shown
        if shown and (path.suffix.lower() == ".csv" or path.is_dir()):
            self._writing.write(path, shown)
        elif not self._save_picture(path):
            error = UserError(f"{path.name} can't be written.", "Choose another folder or type.")
            self._on_failed(error)

    def reset_zoom(self) -> None:
        """Show the whole run in every plot."""
        for plot in self._plots.values():
            plot.reset_zoom()
        self.bar.reset.setEnabled(False)

    def stop(self) -> None:
        """End the workers, and give up what is being written; for closing."""
        self._grown.stop()
        self._runs.stop()
        self._writing.stop()

    # -- news --------------------------------------------------------------------------------

    def _on_runs_changed(self) -> None:
        self._on_state_changed()
        self._mark_due()
        self.runs_shown.emit(self.runs)

    def _on_state_changed(self) -> None:
        self.bar.offer_way_back(self._runs.can_go_back)
        self._name_runs()

    def _read_on(self) -> None:
        if self.isVisible():
            self._runs.read_on()

    def _on_replaced(self) -> None:
        if self._runner.state not in BUSY:
            self._runs.show_none()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.bar.say(f"{error.message} {error.hint}", "error")
        self.failed.emit(error)

    def _name_runs(self) -> None:
        text = self.run.id if self.run is not None else ""
        if len(self._runs.shown) > 1:
            text = self.tr("{0} runs over each other").format(len(self._runs.shown))
        elif self._can_be_live():
            text = self.tr("{0} · live").format(text) if text else self.tr("live")
        self.bar.say(text)

    def _can_be_live(self) -> bool:
        return self._runs.is_live_first and self._runner.state in ("training", "paused")

    # -- drawing -----------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grown.start()
        self._redraw_if_due()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
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
        has_curves = self.has_curves
        self._stack.setCurrentIndex(1 if has_curves else 0)
        self.bar.setVisible(has_curves and self._grow == 1)
        if has_curves:
            self._offer()
            self._fit_plots([name for name in self._quantities() if self.bar.shows(name)])
            # Those that were to be drawn keep their turn: else the last ones never had one.
            seen = [name for name, plot in self._plots.items() if _is_seen(plot)]
            waiting = [name for name in self._turns if name in seen]
            self._turns = [*waiting, *(name for name in seen if name not in waiting)]
            self._turn.start()

    def _go_on_making(self) -> None:
        self._is_due = True
        self._begin_turns()

    def _quantities(self) -> dict[str, tuple[str, ...]]:
        """Every plot with its series, those of all runs."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self._runs.shown:
            for name, own in one.curves.quantities().items():
                found[name] = tuple(dict.fromkeys((*found.get(name, ()), *own)))
        return found

    def _offer(self) -> None:
        curves = [one.curves for one in self._runs.shown]
        self.bar.offer_units(all(c.epoch_steps for c in curves), all(c.has_clock for c in curves))
        self.bar.offer_quantities(list(self._quantities()))

    def _draw_next(self) -> None:
        name = self._turns.pop(0) if self._turns else ""
        names = self._quantities().get(name)
        if name in self._plots and names:
            self._plots[name].draw(self._runs.shown, names, self._view())
        if self._turns:
            self._turn.start()

    def _fit_plots(self, names: list[str]) -> None:
        from gui.panels.curve_plot import CurvePlot

        for gone in [name for name in self._plots if name not in names]:
            plot = self._plots.pop(gone)
            plot.hide()
            plot.deleteLater()
        missing = [name for name in names if name not in self._plots]
        for name in missing[:1]:  # each takes a frame's time to make, so one a turn
            title, inside = quantities.title(name), self._grid.inside
            plot = self._made(CurvePlot(name, title, self._appearance, inside))
            plot.draw(self._runs.shown, self._quantities()[name], self._view())
            self._plots[name] = plot
        self._plots = {name: self._plots[name] for name in names if name in self._plots}
        self._grid.show_all(self._plots.values())
        if len(missing) > 1:
            self._more.start()

    def _made(self, plot: CurvePlot) -> CurvePlot:
        plot.zoomed.connect(lambda stretch: self._on_zoomed(plot, stretch))
        plot.pointed.connect(lambda x: self._on_pointed(plot, x))
        plot.opened.connect(lambda: self._open(plot))
        plot.grow(self._grow)
        return plot

    def _on_zoomed(self, by: CurvePlot, stretch: tuple[float, float] | None) -> None:
        """All plots look at the same stretch."""
        for plot in self._plots.values():
            if plot is not by and stretch is None:
                plot.reset_zoom()
            elif plot is not by and stretch is not None:
                plot.look_at(*stretch)
        self.bar.reset.setEnabled(stretch is not None)

    def _on_pointed(self, by: CurvePlot, x: float | None) -> None:
        for plot in self._plots.values():
            if plot is not by and _is_seen(plot):
                plot.point_at(x, is_here=False)

    def _open(self, plot: CurvePlot | None) -> None:
        """Give one plot all the room, or take it back."""
        self._grid.show_alone(None if self._grid.alone is plot else plot)
        self._mark_due()

    def _view(self) -> View:
        return View(self.bar.unit, self.bar.smoothing, self.bar.is_log)

    # -- the rest ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._grid.alone is not None:
            self._open(None)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._runs.shown:
            self.bar.export_menu.popup(event.globalPos())

    def _lay_out(self, preferences: Preferences | None) -> None:
        self.bar = PlotBar(self._appearance, self, preferences)
        self.bar.changed.connect(self._mark_due)
        self.bar.back_asked.connect(self._runs.show_live)
        self.bar.reset_asked.connect(self.reset_zoom)
        self.bar.asked.connect(lambda kind: ask_where(self, kind, self.save))
        self._grid = PlotGrid(self)
        self._grid.verticalScrollBar().valueChanged.connect(self._mark_due)
        self._empty = EmptyState(
            "curves", self.tr("No curves yet"),
            self.tr("Press Train to watch the loss fall, or choose a run among the runs."),
            self._appearance, self,
        )  # fmt: skip
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addLayout(self._stack, 1)
        self.bar.hide()

    def _save_picture(self, path: Path) -> bool:
        from gui.panels.plot_picture import save_picture

        plots = [plot for plot in self._plots.values() if not plot.isHidden()]
        for plot in plots:  # those that were never scrolled to were never drawn
            plot.draw(self._runs.shown, self._quantities()[plot.quantity], self._view())
        for plot in plots:
            plot.draw_as_forms(True)
        try:
            return save_picture(self._grid.inside, path, self._appearance.theme)
        finally:
            for plot in plots:
                plot.draw_as_forms(False)


def _is_seen(plot: QWidget) -> bool:
    return plot.isVisible() and not plot.visibleRegion().isEmpty()
