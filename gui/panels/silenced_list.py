"""What was silenced anywhere in the project, each to be told again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from graphcore.project.definitions import MAIN
from graphcore.project.help import rule_title, sections
from graphcore.project.project import Project
from graphcore.project.silencing import Silence, silenced
from gui.theme import Appearance

MOST_ROWS = 200


class SilencedList(QTableWidget):
    """A row for each rule at each node; `told_again` carries a Silence."""

    told_again = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._appearance = appearance
        self._shown: list[tuple[Silence, str]] = []
        self.setAccessibleName(self.tr("Problems silenced"))
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        for column, width in ((0, 170), (1, 180), (3, 110)):
            self.horizontalHeader().resizeSection(column, width)
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.hide()

    def show_project(self, project: Project) -> int:
        """Show the silences of a project, in place where they are the same; how many there are."""
        found = [(one, _where(project, one)) for one in silenced(project)]
        if found != self._shown:
            self._shown = found
            self.setRowCount(0)
            self.setRowCount(min(len(found), MOST_ROWS))
            for row, (one, where) in enumerate(found[:MOST_ROWS]):
                self._fill(row, one, where)
        return len(found)

    def _fill(self, row: int, one: Silence, where: str) -> None:
        title = rule_title(one.rule)
        section = sections().get(one.rule)
        words = _first_sentence(section.text) if section else ""
        for column, text in enumerate((title, where, words)):
            item = QTableWidgetItem(text)
            item.setToolTip(words or title)
            self.setItem(row, column, item)
        button = QPushButton(self.tr("Tell again"))
        button.setAccessibleName(self.tr("Tell again: {0} at {1}").format(title, where))
        button.clicked.connect(lambda: self.told_again.emit(one))
        self.setCellWidget(row, 3, button)
        self.setRowHeight(row, 38)


def _where(project: Project, one: Silence) -> str:
    name = project.definitions[one.definition].graph.nodes[one.node].name
    return name if one.definition == MAIN else f"{name} in {one.definition}"


def _first_sentence(text: str) -> str:
    """What a section says first, without the severity and in plain letters."""
    words = " ".join(text.split("\n\n")[0].split())
    words = words.partition("* ")[2] if words.startswith("*") else words
    return f"{words.replace('*', '').replace('`', '').partition('. ')[0].rstrip('.')}."
