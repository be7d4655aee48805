"""The training panel: the plan as a form, and the run that follows it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from graphcore.errors import UserError
from graphcore.project.edits import Edit
from graphcore.project.project import Project
from gui.analyser import Analyser, only_moves
from gui.document import Document
from gui.notices import Notices
from gui.panels.panel import Panel
from gui.panels.plan_form import PlanForm
from gui.panels.queue_list import QueueList
from gui.panels.run_status import BUSY, RunStatus
from gui.preferences import Preferences
from gui.run_queue import RunQueue
from gui.runner import Runner
from gui.tasks import Latest
from gui.theme import Appearance

WIDE, NARROW = 760, 440
STATUS_WIDTH = 270


def _ask_torch() -> tuple[tuple[tuple[str, str], ...], str]:
    from graphcore.training.devices import advice, devices

    return tuple(devices()), advice()


class TrainingPanel(Panel):
    """The plan at left, Train and the live state at right (below each other where it is narrow)."""

    restart_asked = Signal()

    def __init__(
        self,
        *,
        document: Document,
        analyser: Analyser,
        runner: Runner,
        appearance: Appearance,
        notices: Notices | None = None,
        preferences: Preferences | None = None,
        queue: RunQueue | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("training", parent)
        self._document, self._analyser, self._runner = document, analyser, runner
        self._notices = notices
        self._begun: Project | None = None
        self._devices = Latest(0, self)
        content = self._lay_out()
        self.form = PlanForm(document, appearance, preferences, content)
        self.status = RunStatus(runner, appearance, content)
        if queue is not None:
            self.status.add_above_figures(QueueList(queue, appearance, self.status))
        self._row.addWidget(self.form, 1)
        self._row.addWidget(self.status, 0, Qt.AlignmentFlag.AlignTop)
        self.status.train_asked.connect(self._on_train_asked)
        self.status.restart_asked.connect(self.restart_asked)
        self._devices.done.connect(self._on_devices_found)
        document.edited.connect(self._on_edited)
        document.replaced.connect(self.mark_stale)
        analyser.analysed.connect(self.mark_stale)
        if analyser.analysis.nodes:  # torch is there already
            self._devices.request(_ask_torch)
        else:
            analyser.analysed.connect(self._on_first_analysed)
        analyser.failed.connect(self.mark_stale)
        runner.changed.connect(self._on_state_changed)
        runner.drained.connect(self.status.feed)

    def refresh(self) -> None:
        """Show plan and state as they stand."""
        self.form.refresh()
        self.form.show_analysis(self._analyser.analysis)
        self.status.set_why_not(self._why_not())
        self.status.set_moved_on(self._begun is not None and _differs(self._begun, self._document))

    def stop(self) -> None:
        """End the worker; for closing."""
        self._devices.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE
        Direction = QBoxLayout.Direction
        self._row.setDirection(Direction.LeftToRight if is_wide else Direction.BottomToTop)
        self.status.setFixedWidth(STATUS_WIDTH) if is_wide else self._free_status()
        self.form.set_columns(3 if is_wide else 2 if self.width() >= NARROW else 1)

    def _free_status(self) -> None:
        self.status.setMinimumWidth(0)
        self.status.setMaximumWidth(16777215)

    def _why_not(self) -> str:
        """Why Train is off, in words; empty where it is on."""
        project, analysis = self._document.project, self._analyser.analysis
        if not project.graph.nodes:
            return self.tr("The canvas is empty. Drag a layer onto it from the palette.")
        if not self._analyser.is_current:
            return self.tr("The drawing is being checked.")
        blocking = analysis.blocking("train")
        if blocking:
            more = len(blocking) - 1
            rest = self.tr(" ({0} more in Problems)").format(more) if more else ""
            return f"{blocking[0].message}{rest}"
        if not analysis.parts.terms:
            return self.tr(
                "There is no loss to train by. Wire an output into a loss, e.g. CrossEntropyLoss."
            )
        if not project.data.source:
            return self.tr("There is no data to train on. Choose some in the data panel.")
        return ""

    def _on_edited(self, edit: Edit) -> None:
        if not only_moves(edit):
            self.mark_stale()

    def _on_state_changed(self) -> None:
        if self._runner.state == "preparing" and self._begun is None:
            self._begun = self._document.project.copy()
        elif self._runner.state not in BUSY:
            self._begun = None
        self.status.refresh()
        self.mark_stale()

    def _on_train_asked(self) -> None:
        if self._why_not():
            return
        try:
            self._runner.start(self._document.project.copy(), self._document.path)
        except UserError as error:
            if self._notices is not None:
                self._notices.tell_error(error)

    def _on_first_analysed(self) -> None:
        """Torch is there now, so that this machine's devices can be asked for, once."""
        self._analyser.analysed.disconnect(self._on_first_analysed)
        self._devices.request(_ask_torch)

    def _on_devices_found(self, found: tuple[tuple[tuple[str, str], ...], str]) -> None:
        self.form.show_devices(*found)

    def _lay_out(self) -> QWidget:
        """Where form and status are put."""
        content = QWidget(self)
        content.setObjectName("content")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(18)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        return content


def _differs(begun: Project, document: Document) -> bool:
    now = document.project
    return (begun.definitions, begun.data, begun.plan) != (now.definitions, now.data, now.plan)
