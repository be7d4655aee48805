"""The problems panel: what stands in the way, and the buttons that mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
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
    do_silence,
    fix_button,
    fix_word,
    is_explained,
    learn_words,
    severity_color,
    severity_icon,
    severity_word,
    silence_words,
    tell_again,
)
from gui.panels.proofs import Proofs
from gui.panels.silenced_list import SilencedList
from gui.panels.tiles import label
from gui.selection import Selection
from gui.theme import Appearance

if TYPE_CHECKING:
    from gui.notices import Notices

SEVERITIES = ("error", "warning", "info")
MOST_ROWS = 100
ROOMY, NARROWEST = 360, 230
"""From this width on the severities have their words; without them it goes narrower."""
"""More rows than this are counted, not shown: nobody reads them before mending the first."""


class ProblemsPanel(Panel):
    """Problems with the gravest first, and on request those that were silenced.

    `count_changed` carries errors and warnings, `learn_asked` the name of a rule.
    """

    count_changed = Signal(int, int)
    node_chosen = Signal(str)
    learn_asked = Signal(str)

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
        self._hushed = QToolButton(self)
        self._silenced = SilencedList(appearance, self)
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
        fix = 100 + self.fontMetrics().horizontalAdvance(fix_word())
        for column, width in ((0, 96), (1, 130), (3, fix)):
            header.resizeSection(column, width)
        header.setMinimumSectionSize(80)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._on_section_resized)
        self._table.verticalScrollBar().valueChanged.connect(self._make_buttons)
        self._table.verticalScrollBar().rangeChanged.connect(self._make_buttons)
        self._table.itemClicked.connect(self._on_item_chosen)
        self._table.itemActivated.connect(self._on_item_chosen)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._on_menu_asked)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(4)
        for severity, button in self._filters.items():
            button.setCheckable(True)
            button.setChecked(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setToolTip(self.tr("Show or hide: {0}").format(severity_word(severity)))
            button.toggled.connect(self.mark_stale)
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self._more)
        self._hushed.setCheckable(True)
        self._hushed.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._hushed.setToolTip(self.tr("Show what was silenced, to have it told again"))
        self._hushed.toggled.connect(self.mark_stale)
        self._silenced.told_again.connect(lambda one: tell_again(self._document, one))
        bar.addWidget(self._hushed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(bar)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._silenced, 1)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 24, 12, 0)

    def stop(self) -> None:
        """End the worker; for closing."""
        self._proofs.stop()

    @property
    def _is_menu_open(self) -> bool:
        """Whether a hand is in a menu of the list: new rows would take it away."""
        return any(menu.isVisible() for menu in self._table.findChildren(QMenu))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().boundedTo(QSize(NARROWEST, 4000))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.oldSize().width() < ROOMY) != (event.size().width() < ROOMY):
            self.mark_stale()

    def refresh(self) -> None:
        if self._is_menu_open:
            return  # the menu asks again as it closes
        problems = self._analyser.analysis.problems
        wanted = [s for s in SEVERITIES if self._filters[s].isChecked()]
        found = tuple(
            problem for severity in wanted for problem in problems if problem.severity == severity
        )
        for severity, button in self._filters.items():
            number = sum(problem.severity == severity for problem in problems)
            word = severity_word(severity) if self.width() >= ROOMY else ""
            button.setText(f"{word} {number}".strip())
            button.setAccessibleName(f"{severity_word(severity)} {number}")
            color = severity_color(severity, self._appearance.theme)
            assets.put_beside(button, severity_icon(severity), color)
        if self._show_silenced():
            return
        self._show_words(bool(problems), len(found))
        if found != self._shown:
            self._shown = found
            self._fill(found[:MOST_ROWS])
        else:
            self._make_buttons()

    def _show_silenced(self) -> bool:
        """Whether the silenced ones are shown instead of the others."""
        number = self._silenced.show_project(self._document.project)
        self._hushed.setText(self.tr("Silenced {}").format(number))
        assets.put_beside(self._hushed, "eye-off", self._appearance.theme.secondary)
        self._hushed.setVisible(bool(number))
        is_on = bool(number) and self._hushed.isChecked()
        if not number:
            self._hushed.setChecked(False)
        self._silenced.setVisible(is_on)
        if is_on:
            self._table.hide()
            self._empty.hide()
        return is_on

    def _show_words(self, has_any: bool, shown: int) -> None:
        if not self._document.project.graph.nodes:
            text = self.tr("Nothing to check yet. Drag a layer from the palette onto the canvas.")
        elif has_any:
            text = self.tr("Nothing of the severities that are switched on.")
        elif not self._analyser.is_known:
            text = ""
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
        if self._is_menu_open:
            return
        for row in self._seen_rows():
            problem = self._proofs.offered(self._rows[row])
            if row in self._buttons and self._buttons[row] == problem.repairs:
                continue
            self._buttons[row] = problem.repairs
            self._table.removeCellWidget(row, 3)
            self._table.setCellWidget(row, 3, self._cell(problem))

    def _item(self, problem: Problem, text: str, icon: QIcon | None = None) -> QTableWidgetItem:
        item = QTableWidgetItem(icon or QIcon(), text)
        item.setData(Qt.ItemDataRole.UserRole, problem.path)
        item.setToolTip(problem.details or problem.message)
        return item

    def _cell(self, problem: Problem) -> QWidget:
        """What can be done about a problem: fix it, let it be, read about it."""
        cell = QWidget(self._table)
        layout = QHBoxLayout(cell)
        layout.setContentsMargins(4, 2, 4, 2)
        layout.setSpacing(2)
        top = Qt.AlignmentFlag.AlignTop
        layout.addStretch(1)
        if problem.repairs:
            layout.addWidget(fix_button(problem, self._fix, cell), 0, top)
        if problem.can_be_silenced or is_explained(problem):
            layout.addWidget(self._more_button(problem, cell), 0, top)
        for menu in cell.findChildren(QMenu):
            menu.aboutToHide.connect(self.mark_stale)
        return cell

    def _more_button(self, problem: Problem, cell: QWidget) -> QToolButton:
        button = QToolButton(cell)
        button.setIcon(assets.icon("more", self._appearance.theme.secondary, 16))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFixedSize(30, 26)
        button.setStyleSheet(
            "QToolButton { padding: 0; } QToolButton::menu-indicator { image: none; }"
        )
        button.setToolTip(self.tr("Silence it, or learn more"))
        button.setAccessibleName(self.tr("More: {}").format(problem.message))
        button.setMenu(self._menu(problem, button))
        return button

    def _menu(self, problem: Problem, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        if problem.can_be_silenced:
            text, tip = silence_words()
            action = menu.addAction(assets.icon("eye-off", size=16), text)
            action.setToolTip(tip)
            action.triggered.connect(lambda: do_silence(self._document, problem))
        if is_explained(problem):
            text, tip = learn_words()
            action = menu.addAction(assets.icon("help", size=16), text)
            action.setToolTip(tip)
            action.triggered.connect(lambda: self.learn_asked.emit(problem.rule))
        return menu

    def _on_menu_asked(self, spot: QPoint) -> None:
        row = self._table.rowAt(spot.y())
        if 0 <= row < len(self._rows):
            menu = self._menu(self._rows[row], self._table)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.aboutToHide.connect(self.mark_stale)
            if not menu.isEmpty():
                menu.popup(self._table.viewport().mapToGlobal(spot))

    def _fit_rows(self, column_width: int = 0) -> None:
        """Rows tall enough for their messages, measured here: Qt would ask every cell."""
        metrics = self._table.fontMetrics()
        width = max(80, (column_width or self._table.columnWidth(2)) - 20)
        flags = Qt.TextFlag.TextWordWrap
        for row, problem in enumerate(self._rows):
            height = metrics.boundingRect(0, 0, width, 4000, flags, problem.message).height()
            self._table.setRowHeight(row, max(38, height + 12))

    def _fix(self, repair: Repair) -> None:
        do_repair(self._document, repair, self._notices)

    def _on_section_resized(self, column: int, _: int, width: int) -> None:
        if column == 2:
            self._fit_rows(width)  # the table itself doesn't know it yet

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
