"""The problems panel: what stands in the way, and the buttons that mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.analysis.result import Problem, Repair
from graphcore.project.graph import NodeId
from gui import assets
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.panel import Panel
from gui.panels.problem_list import (
    do_repair,
    fix_button,
    severity_color,
    severity_icon,
    severity_word,
)
from gui.panels.proofs import Proofs
from gui.panels.tiles import label
from gui.selection import Selection
from gui.theme import Appearance

if TYPE_CHECKING:
    from gui.notices import Notices

SEVERITIES = ("error", "warning", "info")
MOST_ROWS = 100
"""More rows than this are counted, not shown: nobody reads them before mending the first."""


class ProblemsPanel(Panel):
    """Problems with the gravest first; `count_changed` carries errors and warnings."""

    count_changed = Signal(int, int)
    node_chosen = Signal(str)

    def __init__(
        self, *, document: Document, analyser: Analyser, selection: Selection,
        appearance: Appearance, notices: Notices | None = None, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("problems", parent)
        self._document, self._analyser, self._selection = document, analyser, selection
        selection.place.watch(document)
        self._appearance, self._notices = appearance, notices
        self._counted: tuple[Problem, ...] = ()
        self._shown: object = None
        self._rows: tuple[Problem, ...] = ()
        self._buttons: dict[int, tuple[Repair, ...]] = {}
        self._proofs = Proofs(document, analyser, self)
        self._filters = {severity: QToolButton(self) for severity in SEVERITIES}
        self._table = QTableWidget(0, 4, self)
        self._empty = label("", "secondary", wraps=True)
        self._more = label("", "secondary")
        self._set_up_table()
        self._lay_out()
        analyser.analysed.connect(self._on_analysed)
        self._proofs.proved.connect(self._show_buttons)
        appearance.changed.connect(self._on_theme_changed)

    def _set_up_table(self) -> None:
        self._table.setAccessibleName(self.tr("Problems"))
        self._table.horizontalHeader().hide()
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setWordWrap(True)
        self._table.setIconSize(QSize(16, 16))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._table.setTabKeyNavigation(False)
        header = self._table.horizontalHeader()
        for column, width in ((0, 96), (1, 130), (3, 84)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._on_section_resized)
        self._table.verticalScrollBar().valueChanged.connect(self._make_buttons)
        self._table.verticalScrollBar().rangeChanged.connect(self._make_buttons)
        self._table.itemClicked.connect(self._on_item_chosen)
        self._table.itemActivated.connect(self._on_item_chosen)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        for severity, button in self._filters.items():
            button.setCheckable(True)
            button.setChecked(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(14, 14))
            button.setToolTip(self.tr("Show or hide: {0}").format(severity_word(severity)))
            button.toggled.connect(self.mark_stale)
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(bar)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._table, 1)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 24, 12, 0)

    def stop(self) -> None:
        """End the worker; for closing."""
        self._proofs.stop()

    def refresh(self) -> None:
        problems = self._analyser.analysis.problems
        wanted = [s for s in SEVERITIES if self._filters[s].isChecked()]
        found = tuple(
            problem for severity in wanted for problem in problems if problem.severity == severity
        )
        for severity, button in self._filters.items():
            number = sum(problem.severity == severity for problem in problems)
            button.setText(f"{severity_word(severity)} {number}")
            color = severity_color(severity, self._appearance.theme)
            button.setIcon(assets.icon(severity_icon(severity), color, 14))
        self._show_words(bool(problems), len(found))
        if found != self._shown:
            self._shown = found
            self._fill(found[:MOST_ROWS])
        else:
            self._make_buttons()

    def _show_words(self, has_any: bool, shown: int) -> None:
        if not self._document.project.graph.nodes:
            text = self.tr("Nothing to check yet. Drag a layer from the palette onto the canvas.")
        elif has_any:
            text = self.tr("Nothing of the severities that are switched on.")
        else:
            text = self.tr("No problems. The drawing can be built.")
        self._empty.setText(text)
        self._empty.setVisible(not shown)
        self._table.setVisible(bool(shown))
        more = shown - MOST_ROWS
        self._more.setText(self.tr("and {0} more").format(more) if more > 0 else "")

    def _fill(self, problems: tuple[Problem, ...]) -> None:
        look = self._appearance.theme
        self._rows, self._buttons = (), {}
        self._table.setRowCount(0)
        self._table.setRowCount(len(problems))
        for row, problem in enumerate(problems):
            texts = (severity_word(problem.severity), problem.path, problem.message, "")
            for column in (1, 2, 3):
                self._table.setItem(row, column, self._item(problem, texts[column]))
            color = severity_color(problem.severity, look)
            icon = assets.icon(severity_icon(problem.severity), color)
            self._table.setItem(row, 0, self._item(problem, texts[0], icon))
        self._rows = problems
        self._fit_rows()
        self._make_buttons()

    def _make_buttons(self) -> None:
        """Fix buttons for the rows in sight, as soon as a repair of theirs is proven."""
        self._proofs.ask(self._rows[row] for row in self._seen_rows())
        self._show_buttons()

    def _seen_rows(self) -> range:
        first = max(0, self._table.rowAt(0))
        last = self._table.rowAt(self._table.viewport().height() - 1)
        return range(
            first, min(last if last >= 0 else len(self._rows) - 1, len(self._rows) - 1) + 1
        )

    def _show_buttons(self) -> None:
        for row in self._seen_rows():
            problem = self._proofs.offered(self._rows[row])
            if self._buttons.get(row, ()) == problem.repairs:
                continue
            self._buttons[row] = problem.repairs
            self._table.removeCellWidget(row, 3)
            if problem.repairs:
                self._table.setCellWidget(row, 3, self._fix_cell(problem))

    def _item(self, problem: Problem, text: str, icon: QIcon | None = None) -> QTableWidgetItem:
        item = QTableWidgetItem(icon or QIcon(), text)
        item.setData(Qt.ItemDataRole.UserRole, problem.path)
        item.setToolTip(problem.details or problem.message)
        return item

    def _fix_cell(self, problem: Problem) -> QWidget:
        cell = QWidget(self._table)
        layout = QHBoxLayout(cell)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.addWidget(fix_button(problem, self._fix, cell), 0, Qt.AlignmentFlag.AlignTop)
        return cell

    def _fit_rows(self) -> None:
        """Rows tall enough for their messages, measured here: Qt would ask every cell."""
        metrics = self._table.fontMetrics()
        width = max(80, self._table.columnWidth(2) - 20)
        flags = Qt.TextFlag.TextWordWrap
        for row, problem in enumerate(self._rows):
            height = metrics.boundingRect(0, 0, width, 4000, flags, problem.message).height()
            self._table.setRowHeight(row, max(38, height + 12))

    def _fix(self, repair: Repair) -> None:
        do_repair(self._document, repair, self._notices)

    def _on_section_resized(self, column: int) -> None:
        if column == 2:
            self._fit_rows()

    def _on_item_chosen(self, item: QTableWidgetItem) -> None:
        path = item.data(Qt.ItemDataRole.UserRole)
        chosen: NodeId | None = self._selection.place.reveal(path)
        if chosen is not None:
            self._selection.select([chosen])
            self.node_chosen.emit(chosen)

    def _on_analysed(self) -> None:
        problems = self._analyser.analysis.problems
        if problems != self._counted:
            self._counted = problems
            severities = [problem.severity for problem in problems]
            self.count_changed.emit(severities.count("error"), severities.count("warning"))
        self.mark_stale()

    def _on_theme_changed(self) -> None:
        self._shown = None
        self.mark_stale()
