"""The runs panel: what was trained so far, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStackedLayout,
    QTableView,
    QWidget,
)

from graphcore.training.events import EpochDone, Event, Failed, Finished, Started
from graphcore.training.runs import Run, RunStore, RunSummary, store_for
from gui import assets
from gui.document import Document
from gui.notices import Notices
from gui.panels.empty import EmptyState
from gui.panels.panel import Panel
from gui.panels.run_table import NAME, RunTable
from gui.runner import Runner
from gui.tasks import Latest
from gui.theme import Appearance

ROW_HEIGHT = 30
TRASH = "trash"
FOLLOW_MS = 2000
"""How often runs that another program writes are looked at."""

ENDED_EARLY = ("stopped", "interrupted", "failed")

Key = tuple[Path, int, int]


class RunsPanel(Panel):
    """The runs of this project, newest first; choosing one tells `run_chosen`."""

    run_chosen = Signal(object)
    resume_asked = Signal(object)
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
        self._known: dict[Key, RunSummary] = {}
        self._reading = Latest(0, self)
        self._reading.done.connect(self._on_read)
        self._following = QTimer(self, interval=FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        self._following.start()
        self._lay_out()
        self._make_actions()
        runner.changed.connect(self.mark_stale)
        runner.drained.connect(self._on_drained)
        document.replaced.connect(self.mark_stale)
        document.saved_as.connect(self.mark_stale)
        appearance.changed.connect(self._on_theme_changed)

    @property
    def chosen(self) -> Run | None:
        """The run that is selected."""
        rows = self._view.selectionModel().selectedRows()
        return self._table.run_at(rows[0].row()) if rows else None

    @property
    def table(self) -> QTableView:
        """The table of runs."""
        return self._view

    def refresh(self) -> None:
        """Read the folders anew, off the GUI thread."""
        store, known = store_for(self._document.path), dict(self._known)
        self._reading.request(partial(_read, store, known))

    def choose(self, run: Run) -> None:
        """Select a run."""
        row = self._table.row_of(run)
        if row >= 0:
            self._view.selectRow(row)

    def delete(self, run: Run) -> None:
        """Move a run into the trash beside the runs; a notice takes it back."""
        if run.is_live:
            return
        trash = run.folder.parent / TRASH
        try:
            trash.mkdir(exist_ok=True)
            moved = run.folder.rename(trash / run.id)
        except OSError as error:
            self._tell(self.tr("The run can't be moved to the trash: {0}.").format(error.strerror),
                       "warning")  # fmt: skip
            return
        self.mark_stale()
        back = (self.tr("Undo"), partial(self._take_back, moved, run))
        self._tell(self.tr("{0} is in the trash beside the runs.").format(run.id), "info", (back,))

    def stop(self) -> None:
        """End the worker; for closing."""
        self._following.stop()
        self._reading.stop()

    # -- news --------------------------------------------------------------------------------

    def _on_drained(self, events: list[Event]) -> None:
        if any(isinstance(e, Started | EpochDone | Finished | Failed) for e in events):
            self.mark_stale()

    def _on_read(self, found: tuple[list[tuple[Run, RunSummary]], dict[Key, RunSummary]]) -> None:
        rows, self._known = found
        chosen = self.chosen
        before = [self._table.run_at(i) for i in range(self._table.rowCount())]
        self._table.show_runs(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        if before != [run for run, _ in rows] and chosen is not None:
            # A new row above moved the chosen one: that is no new choice.
            self._view.selectionModel().blockSignals(True)
            self.choose(chosen)
            self._view.selectionModel().blockSignals(False)

    def _follow(self) -> None:
        states = (self._table.summary_at(i).state for i in range(self._table.rowCount()))
        if self.isVisible() and "running" in states:
            self.mark_stale()

    def _on_theme_changed(self) -> None:
        self._table.repaint()
        self._paint_icons()

    def _on_selected(self, selected: QItemSelection) -> None:
        chosen = self.chosen
        self._fit_actions()
        if chosen is not None and selected.indexes():
            self.run_chosen.emit(chosen)

    def _take_back(self, moved: Path, run: Run) -> None:
        try:
            moved.rename(run.folder)
        except OSError as error:
            self._tell(self.tr("The run can't be taken back: {0}.").format(error.strerror),
                       "warning")  # fmt: skip
        self.mark_stale()

    def _tell(self, message: str, severity: str, choices: tuple = ()) -> None:
        if self._notices is not None:
            self._notices.tell(message, "", severity, choices)  # type: ignore[arg-type]

    # -- what can be done --------------------------------------------------------------------

    _ACTIONS: ClassVar[tuple[tuple[str, str, str, str], ...]] = (
        ("curves", "curves", "Show its curves", ""),
        ("resume", "play", "Resume", ""),
        ("follow", "eye", "Follow", ""),
        ("folder", "folder", "Open its folder", ""),
        ("copy", "copy", "Copy its id", "Ctrl+C"),
        ("export", "export", "Export its model …", ""),
        ("project", "open", "Open its project", ""),
        ("delete", "delete", "Move to the trash", "Del"),
    )

    def _make_actions(self) -> None:
        acts: dict[str, Callable[[Run], object]] = {
            "curves": self.run_chosen.emit,
            "resume": self.resume_asked.emit,
            "follow": self.follow_asked.emit,
            "folder": lambda run: QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.folder))),
            "copy": lambda run: QGuiApplication.clipboard().setText(run.id),
            "export": self.export_asked.emit,
            "project": self.project_asked.emit,
            "delete": self.delete,
        }
        self._menu = QMenu(self)
        self.actions_by_name: dict[str, QAction] = {}
        for name, _, text, keys in self._ACTIONS:
            action = QAction(self.tr(text), self)
            if keys:
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(partial(self._act, acts[name]))
            self.actions_by_name[name] = action
            if name in ("export", "delete"):
                self._menu.addSeparator()
            self._menu.addAction(action)
            self._view.addAction(action)
        self._menu.setToolTipsVisible(True)
        self._paint_icons()
        self._fit_actions()

    def _act(self, act: Callable[[Run], object], _: bool = False) -> None:
        if self.chosen is not None:
            act(self.chosen)

    def _fit_actions(self) -> None:
        row = self._table.row_of(self.chosen)
        summary = self._table.summary_at(row) if row >= 0 else None
        for action in self.actions_by_name.values():
            action.setEnabled(summary is not None)
            action.setToolTip("")
        if summary is not None and summary.state == "running":
            self.actions_by_name["delete"].setEnabled(False)
            self.actions_by_name["delete"].setToolTip(self.tr("The run is under way; stop it."))
        self._fit_going_on(summary)
        if summary is not None and not summary.epochs:
            self.actions_by_name["export"].setEnabled(False)
            self.actions_by_name["export"].setToolTip(self.tr("No epoch of it is over yet."))

    def _fit_going_on(self, summary: RunSummary | None) -> None:
        resume, follow = self.actions_by_name["resume"], self.actions_by_name["follow"]
        runner = self._runner
        is_followed = runner.is_busy and runner.way == "followed" and runner.run == self.chosen
        follow.setText(self.tr("Follow no more") if is_followed else self.tr("Follow"))
        is_live = summary is not None and summary.state == "running"
        follow.setVisible(is_live and (is_followed or runner.run != self.chosen))
        follow.setEnabled(is_followed or not runner.is_busy)
        resume.setVisible(not is_live)
        ended_early = summary is not None and summary.state in ENDED_EARLY
        resume.setEnabled(ended_early and not runner.is_busy)
        if summary is not None and not ended_early:
            resume.setToolTip(self.tr("It ended as planned; train again for more epochs."))

    def _on_menu_asked(self, at: QPoint) -> None:
        if self._view.indexAt(at).isValid():
            self._fit_actions()
            self._menu.popup(self._view.viewport().mapToGlobal(at))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.run_chosen.emit(self._table.run_at(index.row()))

    def _paint_icons(self) -> None:
        for name, icon, _, _ in self._ACTIONS:
            color = self._appearance.theme.secondary
            self.actions_by_name[name].setIcon(assets.icon(icon, color, 16))

    def _lay_out(self) -> None:
        self._view = QTableView(self)
        self._view.setModel(self._table)
        self._view.setAccessibleName(self.tr("Runs"))
        self._view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._view.setShowGrid(False)
        self._view.setWordWrap(False)
        self._view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._view.setTabKeyNavigation(False)
        self._view.verticalHeader().hide()
        self._view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self._view.horizontalHeader()
        header.setHighlightSections(False)
        for column, width in enumerate((116, 128, 76, 104, 84, 92, 72, 220)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(60)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._on_menu_asked)
        self._view.doubleClicked.connect(self._on_double_clicked)
        self._view.selectionModel().selectionChanged.connect(self._on_selected)
        empty = EmptyState(
            "clock", self.tr("No runs yet"),
            self.tr("Each press of Train leaves a run here, with its curves and its weights."),
            self._appearance, self,
        )  # fmt: skip
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(8, 4, 8, 4)
        self._stack.addWidget(empty)
        self._stack.addWidget(self._view)


def _read(
    store: RunStore, known: dict[Key, RunSummary]
) -> tuple[list[tuple[Run, RunSummary]], dict[Key, RunSummary]]:
    """Every run with its summary; files that didn't change are not read again."""
    rows, kept = list[tuple[Run, RunSummary]](), dict[Key, RunSummary]()
    for run in store.runs():
        key = _key(run)
        summary = known.get(key)
        if summary is None or summary.state == "running":
            summary = run.summary
        kept[key] = summary
        rows.append((run, summary))
    return rows, kept


def _key(run: Run) -> Key:
    try:
        found = run.events_path.stat()
    except OSError:
        return run.folder, 0, 0
    return run.folder, found.st_mtime_ns, found.st_size
