"""The runs panel: what was trained so far, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedLayout,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.training import about, trash
from graphcore.training.about import About
from graphcore.training.events import EpochDone, Event, Failed, Finished, Started
from graphcore.training.runs import Run, store_for
from gui import assets
from gui.document import Document
from gui.notices import Notices
from gui.panels.empty import EmptyState
from gui.panels.panel import Panel
from gui.panels.run_actions import RunActions
from gui.panels.run_details import RunDetails, nothing_chosen
from gui.panels.run_differences import RunDifferences
from gui.panels.run_reading import RunReading
from gui.panels.run_table import NAME, STAR, Row, RunFilter, RunTable
from gui.panels.run_view import make_view
from gui.runner import Runner
from gui.tasks import Latest
from gui.theme import Appearance

DETAILS_FROM = 640
EPOCHS_MS = 500
"""Epochs may take a few milliseconds; nobody reads a table that fast."""
FOLLOW_MS = 2000
"""How often runs that another program writes are looked at."""


class RunsPanel(Panel):
    """The runs of this project, newest first, with what is said of them and differs between them.

    Choosing one tells `run_chosen`, several `runs_chosen`; neither takes the panel away.
    """

    run_chosen = Signal(object)
    runs_chosen = Signal(object)
    curves_asked = Signal(object)
    resume_asked = Signal(object)
    again_asked = Signal(object)
    duplicate_asked = Signal(object)
    follow_asked = Signal(object)
    export_asked = Signal(object)
    project_asked = Signal(object)

    def __init__(
        self,
        *,
        document: Document,
        runner: Runner,
        appearance: Appearance,
        notices: Notices | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("runs", parent)
        self._document, self._runner, self._notices = document, runner, notices
        self._appearance = appearance
        self._table = RunTable(appearance, self)
        self._seen = RunFilter(self._table, self)
        self._outside: list[Run] = []
        self._thrown: list[Run] = []
        self._runs, self._reading = RunReading(), Latest(0, self)
        self._reading.done.connect(self._on_read)
        self._following = QTimer(self, interval=FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        self._following.start()
        self._epochs = QTimer(self, singleShot=True, interval=EPOCHS_MS)
        self._epochs.timeout.connect(self.mark_stale)
        self._lay_out()
        self._make_actions()
        self._table.said.connect(self._say)
        runner.changed.connect(self.mark_stale)
        runner.drained.connect(self._on_drained)
        document.replaced.connect(self.mark_stale)
        document.saved_as.connect(self.mark_stale)
        appearance.changed.connect(self._on_theme_changed)

    @property
    def chosen(self) -> Run | None:
        """The run that is selected, the first of several."""
        return self.all_chosen[0] if self.all_chosen else None

    @property
    def all_chosen(self) -> list[Run]:
        """Every run that is selected, from the top."""
        return [row.run for row in self._chosen_rows()]

    @property
    def table(self) -> QTableView:
        """The table of runs."""
        return self._view

    def refresh(self) -> None:
        """Read the folders anew, off the GUI thread."""
        store, outside = store_for(self._document.path), list(self._outside)
        self._reading.request(partial(self._runs.read, store, outside))

    def choose(self, run: Run) -> None:
        """Select a run."""
        place = self._seen.place_of(run)
        if place >= 0:  # `selectRow` does nothing before the table was first laid out
            self._view.setCurrentIndex(self._seen.index(place, 0))

    def add(self, run: Run) -> None:
        """List a run that lies elsewhere, such as one made on another machine, and show it."""
        if run not in self._outside:
            self._outside.insert(0, run)
        self.mark_stale()
        self.run_chosen.emit(run)

    def mark_shown(self, runs: list[Run]) -> None:
        """Which runs' curves are on the screen."""
        self._table.mark_shown(runs)

    def delete(self, runs: Sequence[Run]) -> None:
        """Move runs into the trash beside the runs; a notice takes them back."""
        thrown = list[Run]()
        for run in runs:
            try:
                thrown.append(trash.throw_away(run))
            except UserError as error:
                self._tell(error.message, "warning", hint=error.hint)
        if not thrown:
            return
        self._thrown = thrown
        self._fit_actions()
        self._outside = [run for run in self._outside if run not in runs]
        self.mark_stale()
        what = thrown[0].id if len(thrown) == 1 else self.tr("{0} runs").format(len(thrown))
        text = self.tr("In the trash beside the runs: {0}.").format(what)
        self._tell(text, "info", ((self.tr("Undo"), self._take_back),))

    def stop(self) -> None:
        """End the workers; for closing."""
        self.details.flush()
        self._following.stop()
        self._epochs.stop()
        self._reading.stop()
        self.differences.stop()

    # -- news --------------------------------------------------------------------------------

    def _on_drained(self, events: list[Event]) -> None:
        if any(isinstance(e, Started | Finished | Failed) for e in events):
            self.mark_stale()
        elif any(isinstance(e, EpochDone) for e in events) and not self._epochs.isActive():
            self._epochs.start()

    def _on_read(self, rows: list[Row]) -> None:
        chosen = self.all_chosen
        has_moved = self._table.show_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        if has_moved and chosen:
            self._choose_again(chosen)
        self._fit_actions()
        self._fit_details()

    def _choose_again(self, runs: Sequence[Run]) -> None:
        """A new row above moved those that were chosen: that is no new choice."""
        model = self._view.selectionModel()
        model.blockSignals(True)
        for run in runs:
            place = self._seen.place_of(run)
            if place >= 0:
                model.select(self._seen.index(place, 0), _WHOLE_ROW)
        model.blockSignals(False)
        self._view.viewport().update()

    def _follow(self) -> None:
        states = (row.summary.state for row in self._table.rows)
        if self.isVisible() and "running" in states:
            self.mark_stale()

    def _on_theme_changed(self) -> None:
        self._table.repaint()
        self._paint_icon()

    def _on_selected(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        runs = self.all_chosen
        self._fit_actions()
        self._fit_details()
        if len(runs) > 1:
            self.runs_chosen.emit(runs)
        elif runs and (selected.indexes() or deselected.indexes()):
            self.run_chosen.emit(runs[0])

    def _take_back(self) -> None:
        for run in self._thrown:
            try:
                trash.take_back(run)
            except UserError as error:
                self._tell(error.message, "warning", hint=error.hint)
        self._thrown = []
        self._fit_actions()
        self.mark_stale()

    def _say(self, run: Run, said: About) -> None:
        """Write down what is said of a run."""
        try:
            about.say(run, said)
            self._table.say(run, said)
            self._fit_details()
        except UserError as error:
            self._tell(error.message, "warning", hint=error.hint)
        self.mark_stale()

    def _tell(self, message: str, severity: str, choices: tuple = (), hint: str = "") -> None:
        if self._notices is not None:
            self._notices.tell(message, hint, severity, choices)  # type: ignore[arg-type]

    # -- what can be done --------------------------------------------------------------------

    def _make_actions(self) -> None:
        acts: dict[str, Callable[[Run], object]] = {
            "curves": lambda _: self._ask_curves(),
            "resume": self.resume_asked.emit,
            "again": self.again_asked.emit,
            "duplicate": self.duplicate_asked.emit,
            "follow": self.follow_asked.emit,
            "folder": lambda run: QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.folder))),
            "copy": lambda run: QGuiApplication.clipboard().setText(run.id),
            "export": self.export_asked.emit,
            "project": self.project_asked.emit,
            "rename": self._rename,
            "star": lambda _: self._star(),
            "delete": lambda _: self.delete(self.all_chosen),
        }
        self._actions = RunActions(self._view, self._runner, self._appearance)
        self.actions_by_name = self._actions.by_name
        for name, act in acts.items():
            self.actions_by_name[name].triggered.connect(partial(self._act, act))
        self.actions_by_name["restore"].triggered.connect(lambda _: self._take_back())
        self._paint_icon()
        self._fit_actions()

    def _act(self, act: Callable[[Run], object], _: bool = False) -> None:
        if self.chosen is not None:
            act(self.chosen)

    def _ask_curves(self) -> None:
        self.curves_asked.emit(self.all_chosen)

    def _rename(self, run: Run) -> None:
        place = self._seen.place_of(run)
        self._view.edit(self._seen.index(place, NAME))

    def _star(self) -> None:
        """A star for all of them, or where all have one, for none."""
        rows = self._chosen_rows()
        wanted = not all(row.about.is_favourite for row in rows)
        for row in rows:
            self._say(row.run, replace(row.about, is_favourite=wanted))

    def _chosen_rows(self) -> list[Row]:
        places = sorted(index.row() for index in self._view.selectionModel().selectedRows())
        return [self._seen.row_at(place) for place in places]

    def _fit_actions(self) -> None:
        self._actions.fit(self._chosen_rows(), bool(self._thrown))

    def _fit_details(self) -> None:
        rows = self._chosen_rows()
        self._beside.setCurrentIndex(min(2, len(rows)))
        if len(rows) == 1:
            self.details.show_row(rows[0])
        elif rows:
            self.differences.compare(rows)

    def _on_menu_asked(self, at: QPoint) -> None:
        if self._view.indexAt(at).isValid():
            self._fit_actions()
            self._actions.menu.popup(self._view.viewport().mapToGlobal(at))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() not in (STAR, NAME):
            self._ask_curves()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == STAR:
            row = self._seen.row_at(index.row())
            self._say(row.run, replace(row.about, is_favourite=not row.about.is_favourite))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= DETAILS_FROM)

    def _paint_icon(self) -> None:
        self._only.setIcon(assets.icon("star", self._appearance.theme.secondary, 16))

    def _lay_out(self) -> None:
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(self.tr("Filter by name, tag, note or state"))
        self._field.setAccessibleName(self.tr("Filter the runs"))
        self._field.setClearButtonEnabled(True)
        self._only = QToolButton(self)
        self._only.setCheckable(True)
        self._only.setToolTip(self.tr("Favourites only"))
        self._only.setAccessibleName(self.tr("Favourites only"))
        self._field.textChanged.connect(lambda _: self._look())
        self._only.toggled.connect(lambda _: self._look())
        self._view = make_view(self._seen, self)
        self._view.customContextMenuRequested.connect(self._on_menu_asked)
        self._view.doubleClicked.connect(self._on_double_clicked)
        self._view.clicked.connect(self._on_clicked)
        self._view.selectionModel().selectionChanged.connect(self._on_selected)
        self.details = RunDetails(self._appearance, self)
        self.details.said.connect(self._say)
        self.details.curves_asked.connect(lambda _: self._ask_curves())
        self.differences = RunDifferences(self._appearance, self)
        self._beside = QStackedLayout()
        hint = self.tr("Choose a run to name it; with Ctrl or Shift several, to compare them.")
        nothing = nothing_chosen(hint)
        nothing.setParent(self)  # a layout without a widget shows its first page: as a window
        for page in (nothing, self.details, self.differences):
            self._beside.addWidget(page)
        empty = EmptyState(
            "clock", self.tr("No runs yet"),
            self.tr("Each press of Train leaves a run here, with its curves and its weights."),
            self._appearance, self,
        )  # fmt: skip
        self._stack = QStackedLayout(self)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._make_page())

    def _make_page(self) -> QWidget:
        """The table with its filter at left, what is said of the chosen ones at right."""
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._field, 1)
        top.addWidget(self._only)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self._view, 1)
        self._side = QWidget(self)
        self._side.setLayout(self._beside)
        self._side.setMinimumWidth(200)
        page = QSplitter(Qt.Orientation.Horizontal, self)
        page.setContentsMargins(8, 6, 8, 6)
        page.setChildrenCollapsible(False)
        page.addWidget(left)
        page.addWidget(self._side)
        page.setStretchFactor(0, 5)
        page.setStretchFactor(1, 2)
        page.setSizes([750, 300])
        return page

    def _look(self) -> None:
        self._seen.look_for(self._field.text(), self._only.isChecked())


_WHOLE_ROW = (
    QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
)  # fmt: skip
