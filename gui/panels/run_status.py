"""The live state of a run: what can be done with it, how far it is, what it measures."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from graphcore.training.events import (
    Compiled,
    EpochDone,
    Evaluated,
    Event,
    Finished,
    Started,
    StepsDone,
    Warned,
)
from graphcore.training.metric_table import METRICS
from gui import assets, format, theme
from gui.panels.legend import figure
from gui.panels.tiles import Tile, label, set_role
from gui.runner import Runner
from gui.theme import Appearance

BUSY = ("preparing", "training", "paused", "stopping")


class RunStatus(QWidget):
    """Buttons, progress and tiles; it asks for things by signals and mirrors the runner."""

    train_asked = Signal()
    restart_asked = Signal()

    def __init__(
        self, runner: Runner, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._appearance = runner, appearance
        self._why_not = self._finished = self._warning = self._reads = self._speeds = ""
        self._seconds = 0.0
        self._has_moved_on = False
        self._tiles: dict[tuple[str, str], Tile] = {}
        self.main_button = QPushButton(self)
        self.main_button.setObjectName("primary")
        self.main_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.main_button.clicked.connect(self._on_main_clicked)
        self.stop_button = QPushButton(self.tr("Stop"), self)
        self.stop_button.setToolTip(self.tr("End the run; what it learned is kept"))
        self.stop_button.clicked.connect(lambda: runner.stop())
        self.restart_button = QPushButton(self.tr("Restart with what fits"), self)
        self.restart_button.setToolTip(
            self.tr("Train the drawing as it is now, with this run's weights where they fit")
        )
        self.restart_button.clicked.connect(self.restart_asked)
        self._reason = label("", "secondary", wraps=True)
        self._epoch, self._left = label(), label("", "secondary")
        self._speed = label("", "caption")
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress of the run"))
        self._how = label("", "caption", wraps=True)
        self._note = label("", "warn", wraps=True)
        for figures in (self._epoch, self._left, self._speed):
            figures.setFont(theme.figure_font(12))
        self._lay_out()
        self.refresh()
        appearance.changed.connect(self.refresh)

    @property
    def tiles(self) -> dict[str, str]:
        """What the tiles say, by `train loss`, `val accuracy` …"""
        return {f"{part} {name}": tile.text for (part, name), tile in self._tiles.items()}

    def add_above_figures(self, widget: QWidget) -> None:
        """Something more about runs, where it is seen without scrolling."""
        self._column.insertWidget(self._column.indexOf(self._grid), widget)

    def set_why_not(self, reason: str) -> None:
        """Why Train is off; empty where it is on."""
        self._why_not = reason
        self.refresh()

    def set_moved_on(self, has_moved_on: bool) -> None:
        """Whether the drawing is not the one that is being trained."""
        self._has_moved_on = has_moved_on
        self.refresh()

    def feed(self, events: list[Event]) -> None:
        """Take in what a run says."""
        latest = dict[tuple[str, str], float]()  # an epoch may take a few milliseconds
        for event in events:
            match event:
                case Started(readers=readers):
                    latest.clear()
                    self._begin()
                    self._reads = _reading(readers)
                case Compiled():
                    self._speeds = _compiling(event)
                case StepsDone(values=values):
                    ends = {name: numbers[-1] for name, numbers in values.items() if numbers}
                    latest |= _by_part("train", ends)
                case EpochDone():
                    self._seconds += event.seconds
                    latest |= _by_part("train", event.train) | _by_part("val", event.val)
                case Evaluated(val=val):
                    latest |= _by_part("val", val)
                case Warned(message=message):
                    self._warning = message
                case Finished():
                    self._finished = self._ending(event)
        for (part, name), value in latest.items():
            self._tile(part, name).show_figure(figure(value))
        self.refresh()

    def refresh(self) -> None:
        """Show how things stand now."""
        state, color = self._runner.state, self._appearance.theme
        text, icon, tip, is_on = self._main_look()
        self.main_button.setText(text)
        self.main_button.setToolTip(tip)
        self.main_button.setEnabled(is_on)
        is_primary = state != "training"
        tone = color.on_accent if is_primary else color.text
        assets.put_beside(self.main_button, icon, tone, 14, color.disabled)
        name = "primary" if is_primary else ""
        if self.main_button.objectName() != name:
            self.main_button.setObjectName(name)
            self.main_button.style().polish(self.main_button)
        self.stop_button.setVisible(state in BUSY)
        self.stop_button.setEnabled(state != "stopping")
        assets.put_beside(self.stop_button, "stop", color.text)
        self._show_sentence()
        self._show_progress()

    # -- what is shown -----------------------------------------------------------------------

    def _main_look(self) -> tuple[str, str, str, bool]:
        """Text, icon, tooltip and whether it is on."""
        match self._runner.state:
            case "preparing":
                return self.tr("Preparing …"), "clock", self.tr("Data and model load."), False
            case "training":
                return self.tr("Pause"), "pause", self.tr("Hold the run after this step"), True
            case "paused":
                return self.tr("Resume"), "play", self.tr("Go on with the run"), True
            case "stopping":
                return self.tr("Stopping …"), "clock", self.tr("The run saves its state."), False
        tip = self._why_not or self.tr("Train the drawing by this plan")
        return self.tr("Train"), "play", tip, not self._why_not

    def _show_sentence(self) -> None:
        state, error = self._runner.state, self._runner.error
        text, role = "", "secondary"
        if state == "failed" and error is not None:
            text, role = f"{error.message} {error.hint}".strip(), "error"
        elif state not in BUSY and self._why_not:
            text, role = self._why_not, "warn"
        elif state == "ended":
            text, role = self._finished, "secondary"
        self._reason.setText(text)
        set_role(self._reason, role)
        self._reason.setVisible(bool(text))
        moved = self.tr("The drawing has moved on since this run began.")
        followed = self.tr("Another program trains this run; it goes on when this window closes.")
        note = moved if state in BUSY and self._has_moved_on else self._warning
        if state in BUSY and self._runner.way == "followed":
            note = followed
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.restart_button.setVisible(note == moved and state in ("training", "paused"))

    def _show_progress(self) -> None:
        runner = self._runner
        has_run = runner.state in BUSY or bool(self._tiles)
        for widget in (self._epoch, self._left, self._bar, self._speed):
            widget.setVisible(has_run)
        how = " ".join(part for part in (self._reads, self._speeds) if part)
        self._how.setText(how)
        self._how.setVisible(has_run and bool(how))
        if not has_run:
            return
        self._bar.setValue(round(1000 * runner.step / runner.steps) if runner.steps else 0)
        # The runner counts the epochs that are over; a person counts the one under way.
        current = min(runner.epoch + (runner.state in BUSY), runner.epochs)
        self._epoch.setText(
            self.tr("Epoch {0} / {1}").format(current, runner.epochs) if runner.epochs else ""
        )
        step = self.tr("Step {0} of {1}").format(format.exact(runner.step),
                                                 format.exact(runner.steps))  # fmt: skip
        self._epoch.setToolTip(step)
        self._bar.setToolTip(step)
        is_moving = runner.state == "training" and runner.seconds_left is not None
        left = self.tr("{0} left").format(format.duration(runner.seconds_left or 0))
        self._left.setText(left if is_moving else "")
        speed = format.exact(round(runner.samples_per_second or 0))
        self._speed.setText(self.tr("{0} samples/s").format(speed))

    def _ending(self, event: Finished) -> str:
        seconds = self._seconds
        took = f"{seconds:.1f}{format.THIN}s" if seconds < 10 else format.duration(seconds)
        match event.reason:
            case "done":
                return self.tr("Done: {0} epochs in {1}.").format(event.epoch, took)
            case "stopped":
                return self.tr("Stopped after {0} epochs; what it learned is kept.").format(
                    event.epoch
                )
        return self.tr("Interrupted after {0} epochs; its state is saved.").format(event.epoch)

    def _begin(self) -> None:
        self._finished = self._warning = self._reads = self._speeds = ""
        self._seconds = 0.0
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.deleteLater()
        self._tiles = {}

    def _tile(self, part: str, name: str) -> Tile:
        key = (part, name)
        if key not in self._tiles:
            title = METRICS[name].title if name in METRICS else self.tr("Loss")
            side = self.tr("train") if part == "train" else self.tr("validation")
            rows = [*dict.fromkeys(name for _, name in self._tiles), name]
            self._tiles[key] = Tile(f"{title} · {side}", self)
            self._grid.addWidget(self._tiles[key], rows.index(name), part == "val")
        return self._tiles[key]

    def _on_main_clicked(self) -> None:
        match self._runner.state:
            case "training":
                self._runner.pause()
            case "paused":
                self._runner.resume()
            case "preparing" | "stopping":
                return
            case _:
                self.train_asked.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.main_button, 1)
        buttons.addWidget(self.stop_button)
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(self._epoch)
        facts.addStretch(1)
        facts.addWidget(self._speed)
        facts.addWidget(self._left)
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(buttons)
        layout.addWidget(self._reason)
        layout.addLayout(facts)
        layout.addWidget(self._bar)
        layout.addWidget(self._how)
        layout.addWidget(self._note)
        layout.addWidget(self.restart_button)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self._column = layout


def _by_part(part: str, values: Mapping[str, float]) -> dict[tuple[str, str], float]:
    """What is shown of them, keyed by the tile."""
    return {(part, name): values[name] for name in ("loss", *METRICS) if name in values}


def _reading(readers: int) -> str:
    """How samples come to the run."""
    if readers < 0:
        return _say("Samples are held in memory.")
    if readers == 0:
        return _say("Samples are read batch by batch.")
    if readers == 1:
        return _say("Samples are read by a process of its own.")
    return _say("Samples are read by {0} processes.").format(readers)


def _compiling(event: Compiled) -> str:
    """How making the steps faster went."""
    if not event.mode:
        return _say("Steps are not compiled: {0}").format(event.reason)
    took = f"{event.seconds:.1f}{format.THIN}s"
    if event.mode == "cuda graph":
        return _say("A step is one CUDA graph, made in {0}.").format(took)
    if not event.breaks:
        return _say("Compiled ({0}) in {1}, in one piece.").format(event.mode, took)
    text = _say("Compiled ({0}) in {1}: {2} graphs, parted by: {3}")
    return text.format(event.mode, took, event.graphs, "; ".join(event.breaks))


def _say(text: str) -> str:
    return QCoreApplication.translate("RunStatus", text)
