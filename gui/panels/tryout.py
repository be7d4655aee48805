"""The tryout panel: what the model says of samples it never saw, and of what you draw yourself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from graphcore.data.scaling import from_model
from graphcore.errors import UserError
from graphcore.project.edits import Edit
from graphcore.training.events import EpochDone, Event, Finished
from graphcore.training.runs import Run
from gui.analyser import Analyser, only_moves
from gui.document import Document
from gui.notices import Notices
from gui.panels.comparison import Comparison
from gui.panels.empty import EmptyState
from gui.panels.front_stack import FrontStack
from gui.panels.own_input import Bars, DrawnInput, TypedInput
from gui.panels.panel import Panel
from gui.panels.tiles import label
from gui.predictions import Answers, NoAnswer, Oracle, Question, Trial
from gui.runner import Runner
from gui.samples import SampleSource
from gui.tasks import Latest
from gui.theme import Appearance
from gui.thumbnails import thumbnail

WIDE = 720
OWN_WIDTH = 370
EPOCHS_EVERY_MS = 1000
STROKES_EVERY_MS = 50
MADE = 120


class TryoutPanel(Panel):
    """Predictions beside true labels at left, an input of one's own at right."""

    def __init__(
        self,
        *,
        document: Document,
        analyser: Analyser,
        runner: Runner,
        appearance: Appearance,
        samples: SampleSource,
        notices: Notices | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("tryout", parent)
        self._document, self._analyser, self._runner = document, analyser, runner
        self._appearance, self._samples = appearance, samples
        self._run: Run | None = None
        self._untrained = False
        self._trial: Trial | None = None
        self._oracle = Oracle()
        self._examining, self._asking = Latest(0, self), Latest(0, self)
        self._examining.done.connect(self._on_examined)
        self._asking.done.connect(self._on_answered)
        self._asking.failed.connect(self._on_refused)
        self._pace = QTimer(self, singleShot=True, interval=EPOCHS_EVERY_MS)
        self._pace.timeout.connect(self.mark_stale)
        self._throttle = QTimer(self, singleShot=True, interval=STROKES_EVERY_MS)
        self._throttle.timeout.connect(self._ask)
        self._lay_out()
        document.edited.connect(self._on_edited)
        document.replaced.connect(self._on_replaced)
        samples.loaded.connect(self.mark_stale)
        runner.drained.connect(self._on_drained)
        runner.changed.connect(self._on_state_changed)

    @property
    def is_trying(self) -> bool:
        """Whether predictions are shown; otherwise it says why not."""
        return self._stack.currentIndex() == 1

    def show_run(self, run: Run) -> None:
        """Try the model of that run."""
        self._run = run
        self.mark_stale()

    def refresh(self) -> None:
        """Ask the model again, off the GUI thread."""
        project, path = self._document.project, self._document.path
        if not project.graph.nodes or not project.data.source:
            self._say(NoAnswer(self.tr("Nothing to try yet"),
                               self.tr("Choose data and draw a network first.")))  # fmt: skip
            return
        if self._samples.samples is None:
            self._say(NoAnswer(*self._samples.why_none))
            return
        run = self._run or (self._runner.run if self._has_epochs() else None)
        question = Question(project.copy(), path, run, self._untrained, self._samples.samples)
        self._examining.request(lambda: self._oracle.examine(question))

    def stop(self) -> None:
        """End the workers; for closing."""
        self._oracle.stop()
        self._examining.stop()
        self._asking.stop()

    # -- news --------------------------------------------------------------------------------

    def _has_epochs(self) -> bool:
        return self._runner.run is not None and self._runner.epoch > 0

    def _on_drained(self, events: list[Event]) -> None:
        if any(isinstance(event, EpochDone | Finished) for event in events):
            if self._runner.run is not None:
                self._run = None  # the live run is what a person wants to see grow
            if not self._pace.isActive():
                self._pace.start()

    def _on_state_changed(self) -> None:
        if self._runner.state in ("ended", "failed"):
            self.mark_stale()

    def _on_edited(self, edit: Edit) -> None:
        # A run's model stays what it was; only untrained weights follow the drawing.
        if not only_moves(edit) and (self._untrained or not self.is_trying):
            self.mark_stale()

    def _on_replaced(self) -> None:
        self._run, self._untrained = None, False
        self.mark_stale()

    def _on_examined(self, found: Answers | NoAnswer) -> None:
        if isinstance(found, NoAnswer):
            self._say(found)
            return
        self._trial = found.trial
        self._stack.setCurrentIndex(1)
        self.comparison.show_answers(found)
        self._fit_own(found.trial)
        self._ask()

    def _say(self, answer: NoAnswer) -> None:
        self._trial = None
        self.empty.say_answer(answer)
        self.untrained_button.setVisible(answer.can_try_untrained)
        self._stack.setCurrentIndex(0)

    def _on_untrained_asked(self) -> None:
        self._untrained = True
        self.mark_stale()

    # -- an input of one's own ---------------------------------------------------------------

    def _fit_own(self, trial: Trial) -> None:
        self.drawn.setVisible(trial.takes_picture)
        self.typed.setVisible(not trial.takes_picture)
        if not trial.takes_picture:
            self.typed.fit(trial)
        self.bars.setVisible(trial.form == "classes")
        self._made.setVisible(trial.form != "classes")
        words = (
            self.tr("Draw one yourself") if trial.takes_picture else self.tr("Type one yourself")
        )
        self._heading.setText(words)

    def _on_changed(self) -> None:
        if not self._throttle.isActive():
            self._throttle.start()

    def _ask(self) -> None:
        trial = self._trial
        if trial is None:
            return
        read = self.drawn.reader(trial) if trial.takes_picture else self.typed.reader(trial)
        self._asking.request(_asked(self._oracle, trial, read))

    def _on_answered(self, found: tuple[Trial, np.ndarray | None, np.ndarray | None]) -> None:
        trial, raw, answer = found
        if trial is not self._trial:
            return
        if trial.takes_picture:
            self.drawn.show_seen(trial, raw)
        if trial.form == "classes":
            self.bars.show_probabilities(trial.class_names, answer)
        else:
            self._show_made(trial, answer)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._say(NoAnswer(self.tr("That did not work"), f"{error.message} {error.hint}"))

    def _show_made(self, trial: Trial, answer: np.ndarray | None) -> None:
        self._made.setPixmap(QPixmap())
        if answer is None:
            self._made.setText(self.tr("Draw something."))
            return
        target, data = trial.target, self._document.project.data
        if trial.form == "picture" and target is not None:
            picture = from_model(target, answer, data)[0]
            low, high = target.low or 0.0, 1.0 if target.high is None else target.high
            self._made.setPixmap(QPixmap.fromImage(thumbnail(picture, low, high, MADE)))
            return
        values = from_model(target, answer, data) if target is not None else answer
        self._made.setText(", ".join(f"{value:.4g}" for value in values.ravel()[:8]))

    # -- look --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        Direction = QBoxLayout.Direction
        self._row.setDirection(Direction.LeftToRight if is_wide else Direction.TopToBottom)
        self._own.setMaximumWidth(OWN_WIDTH if is_wide else 16777215)
        self._own.setMinimumWidth(OWN_WIDTH if is_wide else 0)

    def _lay_out(self) -> None:
        self.empty = EmptyState("pencil", self.tr("Train first"), "", self._appearance, self)
        self.untrained_button = QPushButton(self.tr("Try untrained weights"), self)
        self.untrained_button.setToolTip(self.tr("See what the network guesses before it learns"))
        self.untrained_button.clicked.connect(self._on_untrained_asked)
        self.untrained_button.hide()
        self.empty.add_button(self.untrained_button)
        content = QWidget(self)
        self.comparison = Comparison(self._appearance, content)
        self._own = self._make_own(content)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._row.setContentsMargins(12, 6, 12, 8)
        self._row.setSpacing(18)
        self._row.addWidget(self.comparison, 1)
        self._row.addWidget(self._own)
        self._stack = FrontStack(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(content)

    def _make_own(self, parent: QWidget) -> QWidget:
        own = QWidget(parent)
        self._heading = label("", "heading")
        self.drawn, self.typed = DrawnInput(self._appearance, own), TypedInput(own)
        self.drawn.changed.connect(self._on_changed)
        self.typed.changed.connect(self._on_changed)
        self.typed.hide()
        self.bars = Bars(self._appearance, own)
        self._made = QLabel(own)
        self._made.setProperty("role", "stat")
        self._made.setWordWrap(True)
        self._made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._made.setAccessibleName(self.tr("What the model makes of it"))
        self._made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.drawn, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.typed, 1)
        row.addWidget(self.bars, 1)
        row.addWidget(self._made, 1)
        layout = QVBoxLayout(own)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._heading)
        layout.addLayout(row, 1)
        return own


def _asked(
    oracle: Oracle, trial: Trial, read: Callable[[], np.ndarray | None]
) -> Callable[[], tuple[Trial, np.ndarray | None, np.ndarray | None]]:
    def work() -> tuple[Trial, np.ndarray | None, np.ndarray | None]:
        raw = read()
        if raw is None:
            return trial, None, None
        answer = oracle.answer(raw[None])
        return trial, raw, answer[0] if trial.form == "classes" else answer

    return work
