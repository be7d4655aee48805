"""Which metrics a run measures: those that fit the losses drawn, in a menu to tick."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from graphcore.analysis.result import Analysis
from graphcore.project.edits import Set
from graphcore.training.metric_choice import chosen_metrics, fitting
from graphcore.training.metric_table import METRICS
from gui.document import Document
from gui.panels.param_row import LABEL_WIDTH
from gui.panels.tiles import ElidedButton, label


class MetricChoice(QWidget):
    """A button that says what is measured, and opens the menu of what could be."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._measured: tuple[str, ...] = ()
        self.button = ElidedButton("", self)
        self.button.setStyleSheet("text-align: left;")  # as a box of choices
        self._menu = QMenu(self.button)
        self._menu.setToolTipsVisible(True)
        self.button.setMenu(self._menu)
        caption = label(self.tr("Metrics"), "secondary")
        caption.setFixedWidth(LABEL_WIDTH)
        caption.setBuddy(self.button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(caption)
        row.addWidget(self.button, 1)

    def show_analysis(self, analysis: Analysis) -> None:
        """Offer what fits the losses that were found."""
        project = self._document.project
        found = chosen_metrics(project, analysis)
        self._measured = tuple(dict.fromkeys(choice.part.name for choice in found))
        titles = ", ".join(METRICS[name].title for name in self._measured)
        is_free = not project.plan.metrics
        text = self.tr("Auto · {0}").format(titles) if is_free and titles else titles
        parts = fitting(project, analysis)
        said = text or self.tr("none fits the losses")
        # Qt knows no padding at the left of a button that opens a menu.
        self.button.set_whole(f"  {said}")
        self.button.setAccessibleName(self.tr("Metrics"))
        self.button.setAccessibleDescription(said)
        self.button.setToolTip(titles or self.tr("Wire a loss that metrics are known for."))
        self.button.setEnabled(bool(parts))
        self._menu.clear()
        self._add(self.tr("Automatic"), self.tr("What is usual for the losses drawn"), is_free, ())
        self._menu.addSeparator()
        for part in parts:
            is_on = part.name in self._measured
            others = tuple(name for name in self._measured if name != part.name)
            names = others if is_on else (*others, part.name)
            self._add(part.title, part.help, is_on, names)

    def _add(self, title: str, tip: str, is_on: bool, names: tuple[str, ...]) -> None:
        action = QAction(title, self._menu)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.setToolTip(tip)
        action.triggered.connect(lambda _=False, names=names: self._choose(names))
        self._menu.addAction(action)

    def _choose(self, names: tuple[str, ...]) -> None:
        if names == self._document.project.plan.metrics:
            return
        text = self.tr("Measure {0}").format(", ".join(names) or self.tr("what is usual"))
        self._document.do(Set(("plan", "metrics"), names), text)
