"""The results panel: which class is taken for which, the worst and best answers, what is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphcore.errors import UserError
from graphcore.training.events import Event, Finished
from graphcore.training.runs import Run
from gui import assets, format
from gui.document import Document
from gui.exhibits import Exhibit, Look, columns_of, exhibits, pictures_of
from gui.panels.empty import EmptyState
from gui.panels.front_stack import FrontStack
from gui.panels.gallery import PICTURE, Gallery
from gui.panels.legend import figure
from gui.panels.matrix import Matrix
from gui.panels.panel import Panel
from gui.panels.scatter import Scatter
from gui.panels.tiles import ElidedLabel
from gui.predictions import NoAnswer
from gui.results import Examiner, Findings, Request, Weights
from gui.runner import Runner
from gui.samples import SampleSource
from gui.tasks import Latest
from gui.theme import Appearance, Theme

if TYPE_CHECKING:
    from graphcore.training.results import Result

WIDE = 620
NEIGHBOURS = 24
# Neighbours in this row are unlike each other.
_APART = (
    "activation",
    "data",
    "linear",
    "pooling",
    "loss",
    "normalization",
    "merge",
    "convolution",
)


class ResultsPanel(Panel):
    """Counts or a scatter at left, samples at right: the worst, the best, those behind a cell."""

    def __init__(
        self,
        *,
        document: Document,
        runner: Runner,
        appearance: Appearance,
        samples: SampleSource,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("results", parent)
        self._document, self._runner = document, runner
        self._appearance, self._samples = appearance, samples
        self._run: Run | None = None
        self._findings: Findings | None = None
        self._result: Result | None = None
        self._places: Callable[[], Sequence[int]] = tuple
        self._about_places = ""
        self._examiner = Examiner()
        self._examining, self._drawing = Latest(0, self), Latest(0, self)
        self._examining.done.connect(self._on_found)
        self._examining.failed.connect(self._on_failed)
        self._drawing.done.connect(self._on_drawn)
        self._drawing.failed.connect(self._on_failed)
        self._lay_out()
        self._paint_icons()
        appearance.changed.connect(self._on_theme_changed)
        document.replaced.connect(self._on_replaced)
        samples.loaded.connect(self.mark_stale)
        runner.drained.connect(self._on_drained)

    @property
    def result(self) -> Result | None:
        """What is shown; None where it says what to do instead."""
        return self._result if self._stack.currentIndex() == 1 else None

    @property
    def summary(self) -> str:
        """What it says of all samples."""
        return self._says.whole

    @property
    def about(self) -> str:
        """Which samples these are, and whose weights."""
        return self._about.whole

    def show_run(self, run: Run) -> None:
        """Show what the model of that run makes of the samples."""
        self._run = run
        self.mark_stale()

    def refresh(self) -> None:
        """Ask the model again, off the GUI thread."""
        project, path = self._document.project, self._document.path
        if not project.graph.nodes or not project.data.source:
            self._say(NoAnswer(self.tr("No results yet"),
                               self.tr("Choose data, draw a network and train it.")))  # fmt: skip
            return
        samples = self._samples.samples
        if samples is None:
            self._say(NoAnswer(*self._samples.why_none))
            return
        weights: Weights = "last" if self.last.isChecked() else "best"
        request = Request(project.copy(), path, self._run, weights, samples)
        if self._findings is None:
            self._say(NoAnswer(self.tr("One moment"), self.tr("The model answers every sample.")))
        self._examining.request(lambda: self._examiner.find(request))

    def stop(self) -> None:
        """End the workers; for closing."""
        self._examiner.stop()
        self._examining.stop()
        self._drawing.stop()

    # -- news --------------------------------------------------------------------------------

    def _on_drained(self, events: list[Event]) -> None:
        # While it trains, the run needs the processor more; the button asks in between.
        if any(isinstance(event, Finished) for event in events) and self._runner.run is not None:
            self._run = self._runner.run
            self.mark_stale()

    def _on_replaced(self) -> None:
        self._run = self._findings = None
        self.mark_stale()

    def _on_found(self, found: Findings | NoAnswer) -> None:
        if isinstance(found, NoAnswer):
            self._say(found)
            return
        self._findings = found
        before = self.output.currentText()
        names = [result.output for result in found.results]
        self.output.blockSignals(True)
        self.output.clear()
        self.output.addItems(names)
        self.output.setCurrentIndex(names.index(before) if before in names else 0)
        self.output.blockSignals(False)
        self.output.setVisible(len(names) > 1)
        self._stack.setCurrentIndex(1)
        self._show_output()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(NoAnswer(self.tr("That did not work"), f"{error.message} {error.hint}"))

    def _say(self, answer: NoAnswer) -> None:
        self._findings = self._result = None
        self.empty.say_answer(answer)
        self._stack.setCurrentIndex(0)

    # -- what is shown -----------------------------------------------------------------------

    def _show_output(self) -> None:
        """The output that is chosen."""
        if self._findings is None:
            return
        result = self._result = self._findings.results[max(0, self.output.currentIndex())]
        self._says.set_whole(self._sentence(result))
        self._about.set_whole(self._origin(self._findings, result))
        has_counts, is_plot = bool(result.class_names), result.form == "numbers"
        self.matrix.setVisible(has_counts)
        self._plot.setVisible(is_plot)
        if has_counts:
            self._show_counts(result)
        if is_plot:
            self._fill_columns(result)
            self._show_plot()
        self._show_ends()

    def _show_counts(self, result: Result) -> None:
        self.matrix.choose(None)
        if result.form != "labels":
            has_areas = result.form == "areas" and result.true.ndim >= 3
            areas = look_of(self._appearance.theme).areas if has_areas else ()
            self.matrix.show_counts(result.counts, result.class_names, result.class_names,
                                    swatches=areas)  # fmt: skip
            return
        cells = (self.tr("found"), self.tr("missed"), self.tr("false alarm"),
                 self.tr("rightly none"))  # fmt: skip
        self.matrix.show_counts(result.counts, result.class_names, cells, right=(0, 3))

    def _fill_columns(self, result: Result) -> None:
        count = result.true[0].size if len(result) else 1
        if self.column.count() != count:
            self.column.clear()
            self.column.addItems([f"{result.target.name}[{at}]" for at in range(count)])
        self.column.setVisible(count > 1)

    def _show_plot(self) -> None:
        result = self._result
        if result is None or result.form != "numbers" or not len(result):
            return
        at = max(0, self.column.currentIndex())
        true, said = (v.reshape(len(result), -1)[:, at] for v in (result.true, result.said))
        self.scatter.show_values(true, said, rest=self.rest.isChecked())

    def _show_ends(self) -> None:
        """The worst answers, or the best."""
        if self._result is None:
            return
        is_worst = not self.best_ones.isChecked()
        (self.worst_ones if is_worst else self.best_ones).setChecked(True)
        self.matrix.choose(None)
        self.scatter.choose(None)
        text = self.tr("Worst answers first") if is_worst else self.tr("Best answers first")
        result = self._result
        self._show_places(lambda: result.order(worst=is_worst).tolist(), text)

    def _on_cell_chosen(self, row: int, column: int) -> None:
        result = self._result
        if result is not None:
            self._free_ends()
            text = self.matrix.sentence(row, column)
            self._show_places(lambda: result.at(row, column).tolist(), text)

    def _on_point_chosen(self, place: int) -> None:
        result = self._result
        if result is None:
            return
        self._free_ends()
        at = max(0, self.column.currentIndex())
        true, said = (v.reshape(len(result), -1)[:, at] for v in (result.true, result.said))
        away = np.abs(true - true[place]) + np.abs(said - said[place])
        near = np.argsort(away, kind="stable")[:NEIGHBOURS]
        found = [place, *(int(n) for n in near if n != place)]
        self._show_places(lambda: found, self.tr("The chosen sample, and those like it"))

    def _free_ends(self) -> None:
        """Neither the worst nor the best are shown."""
        self._ends.setExclusive(False)
        for button in (self.worst_ones, self.best_ones):
            button.setChecked(False)
        self._ends.setExclusive(True)

    def _show_places(self, places: Callable[[], Sequence[int]], text: str) -> None:
        """Show the samples at places that the worker finds, as pixels may be many."""
        self._places, self._about_places = places, text
        findings, result, samples = self._findings, self._result, self._samples.samples
        if findings is None or result is None or samples is None:
            return
        self._which.set_whole(f"{text} · {order}" if (order := self._order_of_pictures()) else text)
        look = look_of(self._appearance.theme)
        self._drawing.request(lambda: (
            exhibits(findings, result, samples, places(), look), columns_of(findings, samples)
        ))  # fmt: skip

    def _order_of_pictures(self) -> str:
        """What stands beside each other in a sample."""
        findings, result = self._findings, self._result
        if findings is None or result is None:
            return ""
        match pictures_of(findings, result):
            case ("input", "truth", "prediction"):
                return self.tr("input, truth, prediction")
            case ("truth", "prediction"):
                return self.tr("truth, prediction")
        return ""

    def _on_drawn(self, found: tuple[list[Exhibit], tuple[str, ...]]) -> None:
        self.gallery.show_exhibits(*found)

    def _sentence(self, result: Result) -> str:
        if result.form in ("classes", "labels", "areas"):
            right = format.share(result.right)
            if result.form == "classes":
                wrong = int((result.said != result.true).sum())
                return self.tr("{0} right · {1} of {2} wrong").format(right, wrong, len(result))
            return self.tr("{0} right").format(right)
        return self.tr("Off by {0} on average").format(figure(float(result.error.mean())))

    def _origin(self, findings: Findings, result: Result) -> str:
        count = format.exact(len(result))
        if len(result) < result.of:
            count = self.tr("{0} of {1}").format(count, format.exact(result.of))
        part = self.tr("validation") if result.part == "validation" else self.tr("training")
        weights = self.tr("best weights") if findings.weights == "best" else self.tr("last weights")
        return self.tr("{0} {1} samples · {2}, {3}").format(count, part, findings.run.id, weights)

    # -- look --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        Direction = QBoxLayout.Direction
        is_wide = self.width() >= WIDE
        self._row.setDirection(Direction.LeftToRight if is_wide else Direction.TopToBottom)

    def _on_theme_changed(self) -> None:
        self._paint_icons()
        if self._result is not None:
            if self._result.class_names:
                self._show_counts(self._result)
            self._show_places(self._places, self._about_places)  # frames take its colours

    def _paint_icons(self) -> None:
        self._again.setIcon(assets.icon("refresh", self._appearance.theme.secondary, 16))

    def _button(self, text: str, tip: str, *, checkable: bool = True) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setToolTip(tip)
        made.setAccessibleName(text or tip)
        made.setCheckable(checkable)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setStyleSheet("padding: 2px 6px; font-size: 12px;")
        return made

    def _lay_out(self) -> None:
        self.empty = EmptyState("compare", self.tr("No results yet"), "", self._appearance, self)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(4)
        column.addLayout(self._make_top())
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(14)
        self.matrix = Matrix(self._appearance, content)
        self.matrix.chosen.connect(self._on_cell_chosen)
        self._row.addWidget(self.matrix, 1)
        self._row.addWidget(self._make_plot(content), 1)
        self._row.addWidget(self._make_samples(content), 1)
        column.addLayout(self._row, 1)
        self._stack = FrontStack(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(content)

    def _make_top(self) -> QHBoxLayout:
        self._says, self._about = ElidedLabel("", self), ElidedLabel("caption", self)
        self.output = QComboBox(self)
        self.output.setAccessibleName(self.tr("Output"))
        self.output.setToolTip(self.tr("Output"))
        self.output.currentIndexChanged.connect(self._show_output)
        self.best = self._button(self.tr("Best weights"), self.tr("Those of the best epoch"))
        self.last = self._button(self.tr("Last weights"), self.tr("Those that it ended with"))
        self.best.setChecked(True)
        weights = QButtonGroup(self)
        for button in (self.best, self.last):
            weights.addButton(button)
        self.last.toggled.connect(self.mark_stale)
        self._again = self._button("", self.tr("Ask the model again"), checkable=False)
        self._again.setIconSize(QSize(16, 16))
        self._again.clicked.connect(self.mark_stale)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._says, 2)
        row.addWidget(self._about, 3)
        for widget in (self.output, self.best, self.last, self._again):
            row.addWidget(widget)
        return row

    def _make_plot(self, parent: QWidget) -> QWidget:
        self._plot = QWidget(parent)
        self.scatter = Scatter(self._appearance, self._plot)
        self.scatter.chosen.connect(self._on_point_chosen)
        self.rest = self._button(self.tr("Residuals"), self.tr("Show prediction minus truth"))
        self.rest.toggled.connect(self._show_plot)
        self.column = QComboBox(self._plot)
        self.column.setAccessibleName(self.tr("Column of the target"))
        self.column.currentIndexChanged.connect(self._show_plot)
        top = QHBoxLayout()
        top.addWidget(self.rest)
        top.addWidget(self.column)
        top.addStretch(1)
        column = QVBoxLayout(self._plot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.scatter, 1)
        return self._plot

    def _make_samples(self, parent: QWidget) -> QWidget:
        holder = QWidget(parent)
        self._which = ElidedLabel("secondary", holder)
        self.worst_ones = self._button(self.tr("Worst"), self.tr("Show the worst answers"))
        self.best_ones = self._button(self.tr("Best"), self.tr("Show the best answers"))
        self._ends = QButtonGroup(self)
        for button in (self.worst_ones, self.best_ones):
            self._ends.addButton(button)
            button.clicked.connect(self._show_ends)
        self.worst_ones.setChecked(True)
        self.gallery = Gallery(self._appearance, holder)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self._which, 1)
        top.addWidget(self.worst_ones)
        top.addWidget(self.best_ones)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.gallery, 1)
        return holder


def look_of(theme: Theme) -> Look:
    """What pictures take from a theme; the first area is no object, most often."""
    return Look(PICTURE, theme.strong_line,
                (theme.raised, *(theme.families[name] for name in _APART)))  # fmt: skip
