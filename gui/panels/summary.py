"""The layer table: every node with its output, parameters, work and memory."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from graphcore.analysis.alike import alike_by
from graphcore.project.definitions import MAIN
from graphcore.project.folding import Repeat, repeats
from gui import format, theme
from gui.analyser import Analyser
from gui.document import Document
from gui.panels.layer_table import Column, LayerTable, Row, ShareBar
from gui.panels.panel import Panel
from gui.panels.tiles import label
from gui.selection import Selection
from gui.tasks import Latest
from gui.theme import Appearance

FOLD = "graph.fold"
LATER_MS = 200
MOST_NODES, WORTH_NODES = 2000, 6
"""Larger drawings are not looked through; what folds fewer nodes is not worth a word."""


class SummaryPanel(Panel):
    """One row a node; selecting rows selects the nodes and the other way round.

    Where the drawing repeats itself, a button below says so; `command_asked` then carries the
    name of the command that folds it.
    """

    command_asked = Signal(str)

    def __init__(
        self, *, document: Document, analyser: Analyser, selection: Selection,
        appearance: Appearance, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("summary", parent)
        self._document, self._analyser, self._selection = document, analyser, selection
        self._appearance = appearance
        self._model = LayerTable(appearance, self)
        self._table = QTableView(self)
        self._totals = label("", "secondary", wraps=True)
        self._totals.setFont(theme.figure_font(12, QFont.Weight.Medium))
        self._empty = label(
            self.tr("No layers yet. Drag one from the palette onto the canvas."), "secondary",
            wraps=True,
        )  # fmt: skip
        self._empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._offer = QPushButton(self.tr("Fold repeats"), self, flat=True)
        self._offer.hide()
        self._offer.clicked.connect(self._on_offer_taken)
        self._repeats = Latest(LATER_MS, self)
        self._repeats.done.connect(self._on_repeats_found)
        self._set_up_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._table, 1)
        footer = QHBoxLayout()
        footer.setContentsMargins(8, 2, 8, 0)
        footer.addWidget(self._totals, 1)
        footer.addWidget(self._offer)
        layout.addLayout(footer)
        analyser.analysed.connect(self.mark_stale)
        selection.changed.connect(self._on_selection_changed)
        appearance.changed.connect(self.mark_stale)

    def _set_up_table(self) -> None:
        table = self._table
        table.setModel(self._model)
        table.setItemDelegateForColumn(Column.SHARE, ShareBar(self._appearance, table))
        table.setAccessibleName(self.tr("Layers"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setFont(theme.figure_font())
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        header = table.horizontalHeader()
        for column, width in enumerate((150, 125, 110, 100, 80, 80, 80)):
            header.resizeSection(column, width)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(80)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        table.selectionModel().selectionChanged.connect(self._on_rows_selected)
        copy = QShortcut(QKeySequence.StandardKey.Copy, table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)

    def refresh(self) -> None:
        project, analysis = self._document.project, self._analyser.analysis
        rows = []
        for facts in analysis.nodes.values():
            node = project.graph.nodes.get(facts.node)
            if node is None:
                continue  # deleted a moment ago; the next analysis knows
            kind = project.kind(node.kind)
            # An Output puts nothing out; what comes in is what the model gives.
            given = facts.inputs if kind.role == "output" else facts.outputs
            output = next(iter(given.values()), None)
            share = facts.parameters / analysis.parameters if analysis.parameters else 0.0
            shown = format.type_text(output) if given else ""
            rows.append(
                Row(facts.node, node.name, kind.title, kind.family, shown, facts.parameters,
                    share, facts.flops, facts.memory)
            )  # fmt: skip
        self._model.show_rows(rows)
        self._empty.setVisible(not rows)
        self._table.setVisible(bool(rows))
        self._totals.setText(
            self.tr("{0} nodes  ·  {1} parameters  ·  {2} FLOPs a sample  ·  {3} a training step")
            .format(len(rows), format.exact(analysis.parameters), format.count(analysis.flops),
                    format.byte_count(analysis.memory_bytes))
            if rows else ""
        )  # fmt: skip
        self._on_selection_changed()
        self._look_for_repeats()

    def stop(self) -> None:
        """End the worker; for closing."""
        self._repeats.stop()

    def _look_for_repeats(self) -> None:
        project, facts = self._document.project.copy(), self._analyser.analysis.by_node
        self._offer.hide()
        if len(facts) <= MOST_NODES:
            self._repeats.request(lambda: repeats(project, MAIN, alike_by(facts.values())))

    def _on_repeats_found(self, found: list[Repeat]) -> None:
        worth = [each for each in found if len(each.nodes) >= WORTH_NODES]
        self._offer.setVisible(bool(worth))
        if not worth:
            return
        turns, nodes = len(worth[0].turns), len(worth[0].turns[0])
        text = self.tr("Fold {0} × {1} nodes")
        self._offer.setText(text.format(turns, nodes))
        told = self.tr("{0} turns of {1} nodes are drawn alike, one after the other. They can be "
                       "one block that is repeated.")  # fmt: skip
        self._offer.setToolTip(told.format(turns, nodes))
        self._offer.setAccessibleDescription(self._offer.toolTip())

    def _on_offer_taken(self) -> None:
        self._selection.place.go(())  # all of the main drawing is meant
        self._selection.select()
        self.command_asked.emit(FOLD)

    def copy(self) -> None:
        """Put the selected rows, or all of them, into the clipboard as tab-separated text."""
        rows = sorted(index.row() for index in self._table.selectionModel().selectedRows())
        text = self._model.text(rows or range(self._model.rowCount()))
        QGuiApplication.clipboard().setText(text)

    def _on_rows_selected(self) -> None:
        if self._model.is_settling:
            return
        chosen = self._table.selectionModel().selectedRows()
        nodes = [self._model.node_at(index.row()) for index in chosen]
        self._selection.place.go(())  # the rows are nodes of the main drawing
        self._selection.select(nodes)

    def _on_selection_changed(self) -> None:
        if not self.isVisible():
            self.mark_stale()
            return
        rows = self._model.rows_of(self._selection.nodes)
        current = {index.row() for index in self._table.selectionModel().selectedRows()}
        if set(rows) == current:
            return
        selected = QItemSelection()
        for row in rows:
            selected.select(self._model.index(row, 0), self._model.index(row, len(Column) - 1))
        with self._model.settling():
            self._table.selectionModel().select(
                selected, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            if rows:
                self._table.selectionModel().setCurrentIndex(
                    self._model.index(rows[0], 0), QItemSelectionModel.SelectionFlag.NoUpdate
                )
        if len(rows) == 1:
            self._table.scrollTo(self._model.index(rows[0], 0))
