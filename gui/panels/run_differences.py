"""What differs between the runs that are chosen, as a table: plan, data, drawing, environment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphcore.training.differences import Difference, Part, differences
from gui import theme
from gui.panels.run_table import Row, swatch
from gui.panels.strands import run_line, short_id
from gui.panels.tiles import ElidedLabel
from gui.tasks import Latest
from gui.theme import Appearance

ROW_HEIGHT = 24


class RunDifferences(QWidget):
    """A row a fact that is not the same in all of them, a column a run."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: tuple[Row, ...] = ()
        self._says = ElidedLabel("caption", self)
        self.table = _Table(self)
        self._comparing = Latest(0, self)
        self._comparing.done.connect(self._on_compared)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._says)
        layout.addWidget(self.table, 1)
        appearance.changed.connect(self._show_heads)

    def compare(self, rows: Sequence[Row]) -> None:
        """Read what differs between these runs, off the GUI thread."""
        before, self._rows = self._rows, tuple(rows)
        if [row.run for row in before] == [row.run for row in rows]:
            self._show_heads()
            return
        self._says.set_whole(self.tr("Comparing …"))
        runs = [row.run for row in rows]
        self._comparing.request(partial(differences, runs))

    def stop(self) -> None:
        """End the worker; for closing."""
        self._comparing.stop()

    def _on_compared(self, found: list[Difference]) -> None:
        texts = [_results(self._rows), *found] if len(self._rows) > 1 else []
        nothing = self.tr("Nothing differs between them but what they came to.")
        said = self.tr("Runs: {0} · differences: {1}").format(len(self._rows), len(found))
        self._says.set_whole(said if found else nothing)
        self.table.setColumnCount(1 + len(self._rows))
        self.table.setRowCount(len(texts))
        for place, item in enumerate(texts):
            self.table.setItem(place, 0, _cell(_named(item), item.what))
            for column, text in enumerate(item.values):
                self.table.setItem(place, column + 1, _cell(text, text))
        self._show_heads()
        self.table.resizeColumnToContents(0)
        self.table.setColumnWidth(0, min(260, self.table.columnWidth(0) + 8))

    def _show_heads(self) -> None:
        if self.table.columnCount() != 1 + len(self._rows):
            return
        self.table.setHorizontalHeaderItem(0, QTableWidgetItem(self.tr("Differs")))
        for place, row in enumerate(self._rows):
            head = QTableWidgetItem(row.about.name or short_id(row.run))
            head.setIcon(QIcon(swatch(run_line(place, self._appearance.theme))))
            head.setToolTip(str(row.run.folder))
            self.table.setHorizontalHeaderItem(place + 1, head)


class _Table(QTableWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What differs between the runs"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setDefaultSectionSize(120)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def keyPressEvent(self, event) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.selected_text())
        else:
            super().keyPressEvent(event)

    def selected_text(self) -> str:
        """The cells that are selected, as rows with tabs between."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            rows.setdefault(index.row(), []).append(str(index.data()))
        return "\n".join("\t".join(row) for row in rows.values())


def _results(rows: Sequence[Row]) -> Difference:
    """What they came to, above what differs: the reason that one looks."""
    best = [f"{row.summary.best['loss']:.4g}" if "loss" in row.summary.best else "—"
            for row in rows]  # fmt: skip
    return Difference("plan", "", tuple(best))


def _named(item: Difference) -> str:
    if not item.what:
        return QCoreApplication.translate("runs", "Best loss")
    what = item.what.removeprefix("objectives.main.").replace("_", " ")
    return f"{_part(item.part)} · {what}"


def _part(part: Part) -> str:
    words = {
        "plan": QCoreApplication.translate("differences", "Plan"),
        "data": QCoreApplication.translate("differences", "Data"),
        "drawing": QCoreApplication.translate("differences", "Drawing"),
        "environment": QCoreApplication.translate("differences", "Environment"),
    }
    return words[part]


def _cell(text: str, tip: str) -> QTableWidgetItem:
    made = QTableWidgetItem(text)
    made.setFont(theme.figure_font(12))
    made.setToolTip(tip)
    made.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return made
