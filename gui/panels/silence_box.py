"""The rules that nodes silence, each with a button that lets it be told again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from graphcore.project.help import rule_title
from gui.panels.tiles import label
from gui.theme import Appearance


class SilenceBox(QWidget):
    """`told_again` carries the rule that shall be heard again."""

    told_again = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: list[str] = []
        self._lines: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def show_rules(self, rules: Sequence[str]) -> None:
        """Show these rules, untouched where they are the same as before."""
        if list(rules) == self._shown:
            return
        self._shown = list(rules)
        for line in self._lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._line(rule) for rule in rules]
        for line in self._lines:
            self._layout.addWidget(line)
            line.show()

    def _line(self, rule: str) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(label(rule_title(rule), wraps=True), 1)
        button = QPushButton(self.tr("Tell again"), line)
        button.setAccessibleName(self.tr("Tell again: {}").format(rule_title(rule)))
        button.setToolTip(self.tr("Undo the silence of “{}” at this node").format(rule))
        button.clicked.connect(lambda: self.told_again.emit(rule))
        row.addWidget(button)
        return line
