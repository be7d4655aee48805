"""How the table of runs looks: its columns by what matters, its rows to choose one or several."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from gui.panels.run_table import (
    DEVICE,
    EPOCHS,
    LOSS,
    METRIC,
    NAME,
    STAR,
    STARTED,
    STATE,
    TAGS,
    TIME,
    RunFilter,
)

ROW_HEIGHT = 30
# What matters first is at left: the rest is a scroll away where there is little room.
AS_SEEN = ((STAR, 40), (STATE, 108), (NAME, 216), (METRIC, 92), (LOSS, 78), (EPOCHS, 72),
            (STARTED, 124), (TIME, 84), (DEVICE, 64), (TAGS, 110))  # fmt: skip


def make_view(shown: RunFilter, panel: QWidget) -> QTableView:
    """The table, newest run first."""
    view = QTableView(panel)
    view.setModel(shown)
    view.setAccessibleName(panel.tr("Runs"))
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # F2 is an action
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    view.setTabKeyNavigation(False)
    view.setIconSize(QSize(22, 16))
    view.setSortingEnabled(True)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)  # newest first
    header.setSortIndicatorClearable(True)
    header.setMinimumSectionSize(28)
    for place, (column, width) in enumerate(AS_SEEN):
        header.moveSection(header.visualIndex(column), place)
        header.resizeSection(column, width)
    header.setStretchLastSection(True)
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    return view
