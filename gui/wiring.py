"""What one part of the window says to another; panels and canvas don't know each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QImage

from graphcore.project.edits import Edit, touched_nodes
from graphcore.project.graph import NodeId
from gui.canvas.hits import Hit
from gui.canvas.menus import menu_for
from gui.canvas.telling import words_of

if TYPE_CHECKING:
    from graphcore.training.runs import Run
    from gui.main_window import MainWindow

# What keys do to the selected nodes in the outline, too.
OUTLINE_COMMANDS = (
    "edit.delete", "edit.delete_plain", "edit.cut", "edit.copy", "edit.paste", "edit.duplicate",
    "edit.options", "graph.block", "graph.unpack", "graph.bypass", "graph.mute", "graph.leave",
)  # fmt: skip

STRIP_COUNT, STRIP_PIXELS = 4, 60

Tell = Callable[..., object]
# Panel, its signal, and what the window does about it.
LINKS: tuple[tuple[str, str, Callable[[MainWindow], Tell]], ...] = (
    ("palette", "chosen", lambda w: w.user_modules.add_kind),
    ("palette", "update_asked", lambda w: w.my_blocks.update),
    ("palette", "removal_asked", lambda w: w.my_blocks.remove),
    ("palette", "keeping_asked", lambda w: w.my_blocks.keep),
    ("problems", "node_chosen", lambda w: lambda node: show_node(w, node)),
    ("problems", "count_changed", lambda w: lambda *counts: say_count(w, *counts)),
    ("inspector", "code_line_chosen", lambda w: lambda line: show_line(w, line)),
    ("problems", "learn_asked", lambda w: w.dialogs.show_problem_help),
    ("inspector", "learn_asked", lambda w: w.dialogs.show_problem_help),
    ("inspector", "command_asked", lambda w: lambda name: w.commands[name].trigger()),
    ("inspector", "left", lambda w: w.canvas.setFocus),
    ("summary", "command_asked", lambda w: lambda name: w.commands[name].trigger()),
    ("outline", "opened", lambda w: w.canvas.frame_selection),
    ("outline", "menu_asked", lambda w: lambda asked: show_menu(w, *asked)),
    ("outline", "left", lambda w: w.canvas.setFocus),
    ("outline", "refused", lambda w: w.notices.tell_error),
    ("training", "restart_asked", lambda w: w.steering.restart),
    ("plots", "failed", lambda w: w.notices.tell_error),
    ("plots", "saved", lambda w: w.notices.tell),
    ("runs", "run_chosen", lambda w: lambda run: show_runs(w, [run])),
    ("runs", "runs_chosen", lambda w: lambda runs: show_runs(w, runs)),
    ("runs", "curves_asked", lambda w: lambda runs: show_runs(w, runs, raises=True)),
    ("plots", "runs_shown", lambda w: lambda runs: mark_runs(w, runs)),
    ("runs", "resume_asked", lambda w: w.running.resume),
    ("runs", "again_asked", lambda w: w.again.do_again),
    ("runs", "duplicate_asked", lambda w: w.again.ask_for_change),
    ("runs", "follow_asked", lambda w: w.running.follow),
    ("runs", "export_asked", lambda w: w.exporting.ask),
    ("runs", "project_asked", lambda w: lambda run: open_project_of(w, run)),
)  # fmt: skip


def wire_up(window: MainWindow) -> None:
    """Connect canvas and panels, those that are yet to be made too."""
    window.docks.made.connect(lambda name: connect_panel(window, name))
    for dock in window.docks:
        if dock.is_made:
            connect_panel(window, dock.row.name)
    window.canvas.refused.connect(window.notices.tell_error)
    window.canvas.told.connect(window.notices.tell)
    window.files.restore_asked.connect(lambda left: window.windows.restore(left, window))
    window.canvas.node_opened.connect(lambda _: show_options(window))
    Thumbnails(window)


def connect_panel(window: MainWindow, name: str) -> None:
    """Connect a panel that was just made."""
    for panel, signal, tell in LINKS:
        if panel == name:
            getattr(window.docks[panel].panel, signal).connect(tell(window))
    if name == "outline":
        tie_outline(window)


def tie_outline(window: MainWindow) -> None:
    """The outline speaks as the canvas does, and has its commands for what is selected."""
    from gui.panels.outline import OutlinePanel

    panel = window.docks["outline"].panel
    assert isinstance(panel, OutlinePanel)
    panel.speak(
        lambda row, facts, problems: words_of(
            window.document.project, row.definition, row.node, facts, problems, row.blocks
        )
    )
    panel.tree.addActions([window.commands[name] for name in OUTLINE_COMMANDS])


def toggle_guides(window: MainWindow) -> None:
    """Let what is dragged line up with what lies around it, or not, and remember it."""
    window.preferences.shows_guides = not window.preferences.shows_guides


def toggle_stubs(window: MainWindow) -> None:
    """Draw wires of a Dataset that run far at their ends only, or whole, and remember it."""
    window.preferences.shows_stubs = not window.preferences.shows_stubs


def show_menu(window: MainWindow, node: NodeId, spot: QPoint) -> None:
    """The menu that the canvas has for a node, elsewhere on the screen."""
    menu_for(window.canvas, Hit(node=node), window.canvas.cursor_spot()).popup(spot)


def show_node(window: MainWindow, node: str) -> None:
    """Bring a node into view."""
    if node in window.selection.place.graph(window.document.project).nodes:
        window.canvas.show_node(NodeId(node))


def show_options(window: MainWindow, *, of_name: bool = False) -> None:
    """Bring the inspector into view, the keyboard in its first option or in the name."""
    from gui.panels.inspector import InspectorPanel

    window.docks.raise_panel("inspector")
    panel = window.docks["inspector"].panel
    assert isinstance(panel, InspectorPanel)
    if of_name:
        panel.focus_name()
    else:
        panel.focus_options()


def show_line(window: MainWindow, line: int) -> None:
    """Bring a line of the code into view."""
    from gui.panels.code import CodePanel

    window.docks.raise_panel("code")
    panel = window.docks["code"].panel
    assert isinstance(panel, CodePanel)
    panel.show_line(line)


def show_runs(window: MainWindow, runs: Sequence[Run], *, raises: bool = False) -> None:
    """Show the curves of runs over each other; one alone can be tried and examined too."""
    from gui.panels.plots import PlotsPanel
    from gui.panels.results import ResultsPanel
    from gui.panels.tryout import TryoutPanel

    tryout, plots = window.docks["tryout"].panel, window.docks["plots"].panel
    results = window.docks["results"].panel
    assert isinstance(tryout, TryoutPanel)
    assert isinstance(plots, PlotsPanel)
    assert isinstance(results, ResultsPanel)
    if len(runs) == 1:
        tryout.show_run(runs[0])
        results.show_run(runs[0])
    if raises:
        window.docks.raise_panel("plots", take_focus=False)
    if raises or list(runs) != plots.runs:
        plots.show_runs(runs)


def mark_runs(window: MainWindow, runs: Sequence[Run]) -> None:
    """Let the list of runs show how the lines of those that are over each other are drawn."""
    from gui.panels.runs import RunsPanel

    if window.docks["runs"].is_made:
        panel = window.docks["runs"].panel
        assert isinstance(panel, RunsPanel)
        panel.mark_shown(list(runs))


def open_project_of(window: MainWindow, run: Run) -> None:
    """Show the project as it was when a run began, untitled."""
    project = window.files.read(run.project_path)
    if project is not None:
        window.windows.show(project, None, window)


def say_count(window: MainWindow, errors: int, warnings: int) -> None:
    """The tab of the problems says how many there are."""
    title = window.tr("Problems")
    number = errors + warnings
    window.docks["problems"].setWindowTitle(f"{title} {number}" if number else title)


class Thumbnails(QObject):
    """Keeps a strip of samples on every Dataset of the canvas."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._images: list[QImage] = []
        window.samples.loaded.connect(self._on_loaded)
        window.document.replaced.connect(self._show)
        window.document.edited.connect(self._on_edited)

    def _on_loaded(self) -> None:
        self._images = first_pictures(self._window)
        self._show()

    def _on_edited(self, edit: Edit) -> None:
        touched = touched_nodes(edit)
        if touched is None or touched & set(self._datasets()):
            self._show()

    def _show(self) -> None:
        for node in self._datasets():
            self._window.canvas.set_thumbnails(node, self._images)

    def _datasets(self) -> list[NodeId]:
        nodes = self._window.document.project.graph.nodes.values()
        return [node.id for node in nodes if node.kind == "data.Dataset"]


def first_pictures(window: MainWindow) -> list[QImage]:
    """The first samples of the first field of pictures; empty where there is none."""
    from gui.thumbnails import is_picture, thumbnail  # numpy comes with it: never at start

    samples = window.samples.samples
    if samples is None:
        return []
    for field in window.document.project.data.fields:
        values = samples.arrays.get(field.name)
        if values is not None and is_picture(values.shape[1:]):
            low = field.low if field.low is not None else float(values.min())
            high = field.high if field.high is not None else float(values.max())
            return [thumbnail(value, low, high, STRIP_PIXELS) for value in values[:STRIP_COUNT]]
    return []
