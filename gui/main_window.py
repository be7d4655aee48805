"""The window: it makes its parts and ties them together, and holds no rules of its own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from gui import motion
from gui.actions import Actions
from gui.again import Again
from gui.analyser import Analyser
from gui.asking import Asking
from gui.canvas import clipboard
from gui.canvas.view import CanvasView
from gui.canvas_frame import CanvasFrame
from gui.dialogs.dialogs import Dialogs
from gui.docks import BOTTOM, LEFT, RIGHT, Docks
from gui.document import Document
from gui.drawn_wires import DrawnWires
from gui.drops import Drops
from gui.elsewhere import Elsewhere
from gui.evaluation import Evaluation
from gui.explaining import Explaining
from gui.exporting import Exporting
from gui.files import Files
from gui.library import Library, MyBlocks
from gui.menus import fill_menu_bar
from gui.notices import Notices
from gui.overlaying import Overlaying
from gui.panel_dock import PanelRow
from gui.panes import Panes
from gui.preferences import Preferences
from gui.presenting import Presenting
from gui.printing import Printing
from gui.probing import Probing
from gui.run_queue import RunQueue
from gui.runner import Runner
from gui.running import Running
from gui.samples import SampleSource
from gui.selection import Selection
from gui.speed_trial import SpeedTrial
from gui.state_bar import StateBar
from gui.steering import Steering
from gui.theme import Appearance, Choice, Colors
from gui.tool_bar import ToolBar
from gui.user_modules import UserModules
from gui.windows import Windows
from gui.wiring import wire_up

FIRST_SIZE = (1440, 900)
TITLE_HEIGHT = 40
"""What a title bar takes of the screen at most, above the window."""

PANELS = (
    PanelRow("palette", "gui.panels.palette", "PalettePanel", "Layers", "list", LEFT),
    PanelRow("outline", "gui.panels.outline", "OutlinePanel", "Outline", "outline", LEFT),
    PanelRow("inspector", "gui.panels.inspector", "InspectorPanel", "Inspector", "sliders", RIGHT),
    PanelRow("training", "gui.panels.training", "TrainingPanel", "Training", "run", BOTTOM),
    PanelRow("plots", "gui.panels.plots", "PlotsPanel", "Curves", "curves", BOTTOM),
    PanelRow("problems", "gui.panels.problems", "ProblemsPanel", "Problems", "warning", BOTTOM),
    PanelRow("code", "gui.panels.code", "CodePanel", "Code", "code", BOTTOM),
    PanelRow("summary", "gui.panels.summary", "SummaryPanel", "Summary", "table", BOTTOM),
    PanelRow("data", "gui.panels.data", "DataPanel", "Data", "data", BOTTOM),
    PanelRow("tryout", "gui.panels.tryout", "TryoutPanel", "Try it", "pencil", BOTTOM),
    PanelRow("results", "gui.panels.results", "ResultsPanel", "Results", "compare", BOTTOM),
    PanelRow("runs", "gui.panels.runs", "RunsPanel", "Runs", "clock", BOTTOM),
    PanelRow("history", "gui.panels.history", "HistoryPanel", "History", "history", BOTTOM),
)


class MainWindow(QMainWindow):
    """Canvas in the middle, panels around it, commands above, state below.

    `painted` once, after the window was first painted.
    """

    painted = Signal()

    # Said here because the parts ask the window for each other.
    windows: Windows
    appearance: Appearance
    preferences: Preferences
    document: Document
    analyser: Analyser
    selection: Selection
    runner: Runner
    queue: RunQueue
    samples: SampleSource
    notices: Notices
    files: Files
    canvas: CanvasView
    asking: Asking
    dialogs: Dialogs
    exporting: Exporting
    printing: Printing
    evaluation: Evaluation
    overlaying: Overlaying
    explaining: Explaining
    probing: Probing
    drawn_wires: DrawnWires
    presenting: Presenting
    commands: Actions
    docks: Docks
    tool_bar: ToolBar
    panes: Panes
    drops: Drops
    running: Running
    user_modules: UserModules
    library: Library
    my_blocks: MyBlocks
    speed_trial: SpeedTrial
    steering: Steering
    again: Again
    elsewhere: Elsewhere

    def __init__(self, windows: Windows) -> None:
        super().__init__()
        self.windows = windows
        self.appearance = appearance = windows.appearance
        self.preferences = preferences = windows.preferences
        self.setObjectName("main_window")
        self.document = Document(parent=self)
        self.analyser = Analyser(self.document, self)
        self.selection = Selection(self)
        self.runner = Runner(parent=self)
        self.queue = RunQueue(self.runner, self)
        self.samples = SampleSource(self.document, self)
        self.notices = Notices(appearance)
        self.library = Library(self.document, self)
        self.files = Files(self.document, preferences, self.notices, self)
        self.canvas = CanvasView(self.document, self.analyser, self.selection, appearance)
        self.setCentralWidget(CanvasFrame(self.notices, self.canvas, appearance, self))
        self.asking, self.dialogs = Asking(self), Dialogs(self)
        self.exporting, self.evaluation = Exporting(self), Evaluation(self)
        self.printing, self.overlaying = Printing(self), Overlaying(self)
        self.drops, self.explaining = Drops(self), Explaining(self)
        self.probing = Probing(self)
        self.drawn_wires = DrawnWires(self)
        self.user_modules = UserModules(self)
        self.my_blocks = MyBlocks(self)
        self.speed_trial = SpeedTrial(self)
        self.steering, self.again = Steering(self), Again(self)
        self.elsewhere = Elsewhere(self)
        self.commands = Actions(self)
        self.docks = Docks(self, PANELS, self._shared())
        self.running = Running(self)
        self.tool_bar = ToolBar(self)
        self.addToolBar(self.tool_bar)
        self.setStatusBar(StateBar(self))
        self.panes, self.presenting = Panes(self), Presenting(self)
        self.commands.adopt(self.panes.actions)
        fill_menu_bar(self)
        self.setMinimumSize(480, 300)  # half of a small screen's pixels, at 200 %
        room = self.screen().availableSize() - QSize(0, TITLE_HEIGHT)
        self.resize(QSize(*FIRST_SIZE).boundedTo(room))
        self._was_painted = self._may_close = self._is_closing = self._keeps_unsaved = False
        self._connect()
        wire_up(self)
        self.commands.refresh()

    @property
    def is_design(self) -> bool:
        """Whether the drawing only computes: it has constants, and neither data nor a loss."""
        graph = self.document.project.graph
        roles = {self.document.project.kind(node.kind).role for node in graph.nodes.values()}
        return "constant" in roles and not roles & {"dataset", "input", "loss", "term"}

    def train(self) -> None:
        """Start a run of the project as it stands."""
        self.runner.start(self.document.project, self.document.path)

    def choose_theme(self, choice: Choice) -> None:
        """Switch the look and remember it."""
        self.appearance.choose(choice)
        self.preferences.theme = choice

    def choose_colors(self, colors: Colors) -> None:
        """Switch the colours of families and states and remember it."""
        self.appearance.choose_colors(colors)
        self.preferences.colors = colors

    def toggle_minimap(self) -> None:
        """Show or hide the minimap and remember it."""
        self.preferences.shows_minimap = not self.preferences.shows_minimap

    def stop(self) -> None:
        """End every worker; for closing."""
        self.docks.stop()
        self.running.stop()
        self.runner.close()
        for part in (*self.docks.panels, self.canvas):
            stop = getattr(part, "stop", None)  # only a panel with a worker of its own has one
            if stop is not None:
                stop()
        self.samples.stop()
        self.library.stop()
        self.speed_trial.stop()
        self.steering.stop()
        self.again.stop()
        self.queue.stop()
        self.elsewhere.stop()
        self.evaluation.stop()
        self.overlaying.stop()
        self.explaining.stop()
        self.exporting.stop()
        self.drops.stop()
        self.user_modules.stop()
        self.tool_bar.device.stop()
        self.analyser.stop()

    def close_now(self) -> None:
        """Close without a question; what is unsaved is given up."""
        self._may_close = True
        if not self._is_closing:
            self.close()

    def close_at_once(self) -> None:
        """Close without a question: a run saves its state, unsaved changes can be restored."""
        self._may_close = self._keeps_unsaved = True
        self.asking.dismiss()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            self._is_closing = True
            self.asking.leave(self.close_now)
            self._is_closing = False
        if not self._may_close:  # a question is open; its answer closes or not
            event.ignore()
            return
        self.presenting.end()
        self.windows.part_with(self)
        self.stop()
        self.files.close(keeps_unsaved=self._keeps_unsaved)
        self.preferences.flush()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.presenting.is_on:
            self.presenting.end()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._on_first_painted)  # what it holds is painted next

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and hasattr(self, "commands"):
            if self.isActiveWindow():
                self.windows.active = self
            clipboard.watch().forget()
            self.commands.refresh_soon()

    def _shared(self) -> Mapping[str, object]:
        names = ("document", "analyser", "selection", "appearance", "runner", "samples",
                 "notices", "preferences", "library", "queue")  # fmt: skip
        return {name: getattr(self, name) for name in names}

    def _connect(self) -> None:
        soon = self.commands.refresh_soon
        for signal in (
            self.selection.changed, self.selection.place.moved, self.selection.place.turned,
            self.document.edited, self.document.replaced, self.document.history.indexChanged,
            self.analyser.analysed, self.runner.changed,
            self.files.changed, self.preferences.changed, self.windows.changed,
        ):  # fmt: skip
            signal.connect(soon)
        self.queue.spread_found.connect(self.notices.tell)
        self.queue.refused.connect(self.notices.tell_error)
        self.files.changed.connect(self._say_title)
        self.analyser.failed.connect(_raise)
        self.runner.changed.connect(self._on_runner_changed)
        self.preferences.changed.connect(self._on_preferences_changed)
        self.document.replaced.connect(self._on_replaced)
        self.preferences.refused.connect(self.notices.tell_error)
        self._on_preferences_changed()
        self._say_title()

    def _say_title(self) -> None:
        self.setWindowTitle(f"{self.files.title}[*] – Netwright")
        self.setWindowModified(self.document.is_changed)
        self.setWindowFilePath(str(self.document.path or ""))

    def _on_runner_changed(self) -> None:
        if self.runner.state == "preparing":
            self.evaluation.clear()
            self.docks.raise_panel("plots", take_focus=False)

    def _on_preferences_changed(self) -> None:
        motion.choose(self.preferences.motion)
        self.canvas.set_minimap_visible(self.preferences.shows_minimap)
        self.canvas.has_guides = self.preferences.shows_guides
        self.canvas.canvas.stubs.follow_rule(self.preferences.shows_stubs)

    def _on_replaced(self) -> None:
        self.selection.select()
        self.notices.clear()

    def _on_first_painted(self) -> None:
        self.painted.emit()
        self.docks.make_rest()


def _raise(error: Exception) -> None:
    """A mistake in a worker is a mistake of ours: the excepthook tells it."""
    raise error
