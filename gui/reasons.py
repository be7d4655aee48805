"""Why a command is off, as the sentence that its tooltip shows; empty where it is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from graphcore.analysis.overlays import MEASURED, Overlay
from graphcore.analysis.result import Analysis, Value
from graphcore.project.arranging import pinned, why_none_spread
from graphcore.project.exposing import instances
from graphcore.project.graph import NodeId
from graphcore.project.healing import outer_wires
from graphcore.project.lending import why_not_shared
from graphcore.project.notes import notes_of
from graphcore.project.swapping import why_not_swapped
from graphcore.project.switches import Switch, why_none
from graphcore.types import Tensor
from gui.canvas import clipboard
from gui.canvas.telling import fault_before

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _say(text: str) -> str:
    return QCoreApplication.translate("reasons", text)


def never(window: MainWindow) -> str:
    """Always on."""
    return ""


def no_other_window(window: MainWindow) -> str:
    """This is the only window."""
    return "" if len(window.windows) > 1 else _say("There is no other window.")


def no_undo(window: MainWindow) -> str:
    """There is nothing to take back."""
    return "" if window.document.history.canUndo() else _say("Nothing was changed yet.")


def no_redo(window: MainWindow) -> str:
    """Nothing was taken back."""
    return "" if window.document.history.canRedo() else _say("Nothing was undone.")


def nothing_selected(window: MainWindow) -> str:
    """Neither node nor wire nor note is selected."""
    if not window.selection.is_empty:
        return ""
    return _say("Select a node or a wire first.")


def no_node_selected(window: MainWindow) -> str:
    """No node is selected."""
    return "" if window.selection.nodes else _say("Select a node first.")


def no_wire_selected(window: MainWindow) -> str:
    """No single wire and no dot of one is selected."""
    chosen = window.canvas.chosen_wire is not None
    return "" if chosen else _say("Select a wire first.")


def no_probe_selected(window: MainWindow) -> str:
    """The selected wire has no probe."""
    has_one = window.canvas.canvas.probes.has(window.canvas.chosen_wire)
    return "" if has_one else _say("Select a wire with a probe first.")


def no_probes(window: MainWindow) -> str:
    """There is no probe."""
    return "" if window.canvas.canvas.probes.names else _say("There is no probe.")


def no_wire_near(window: MainWindow) -> str:
    """Neither a node with wires nor a wire is selected."""
    node = window.selection.single
    has_wires = node is not None and bool(window.canvas.canvas.wires_at(node))
    is_near = has_wires or window.canvas.chosen_wire is not None
    return "" if is_near else _say("Select a node that has wires first.")


def no_problem_here(window: MainWindow) -> str:
    """Nothing is wrong with the selected node, nor with one that it owes its input to."""
    node = window.selection.single
    if node is None:
        return no_node_selected(window) or _say("Select one node.")
    scene = window.canvas.canvas
    if scene.problems(node) or fault_before(scene, node):
        return ""
    return _say("Nothing is wrong with this node.")


def no_problems(window: MainWindow) -> str:
    """No node of the project has a problem."""
    return "" if window.explaining.paths() else _say("Nothing is wrong with any node.")


def nothing_to_copy(window: MainWindow) -> str:
    """Neither a node nor a note is selected."""
    chosen = window.selection.nodes or window.selection.notes
    return "" if chosen else _say("Select a node, a frame or a note first.")


def nothing_to_wire(window: MainWindow) -> str:
    """Neither a node, a note nor a single wire is selected."""
    is_wire = window.canvas.chosen_wire is not None
    return "" if is_wire else nothing_to_copy(window)


def no_note_selected(window: MainWindow) -> str:
    """Neither a frame nor a sticky note is selected."""
    return "" if window.selection.notes else _say("Select a frame or a note first.")


def no_notes(window: MainWindow) -> str:
    """There is no frame and no note in the shown drawing."""
    shown = window.selection.place.definition
    if notes_of(window.document.project, shown):
        return ""
    return _say("There is no frame and no note here.")


def no_two_selected(window: MainWindow) -> str:
    """Fewer than two nodes are selected."""
    return "" if len(window.selection.nodes) > 1 else _say("Select two or more nodes first.")


def no_three_selected(window: MainWindow) -> str:
    """Fewer than three nodes that are not pinned are selected."""
    graph = window.selection.place.graph(window.document.project)
    chosen = window.selection.nodes & graph.nodes.keys()
    return why_none_spread(len(chosen - pinned(graph, chosen)))


def nothing_to_swap(window: MainWindow) -> str:
    """No selected node has two inputs."""
    place, project = window.selection.place, window.document.project
    return why_not_swapped(project, window.selection.nodes, place.definition)


def nothing_to_detach(window: MainWindow) -> str:
    """No wire leads from the selected nodes to others."""
    graph = window.selection.place.graph(window.document.project)
    if not window.selection.nodes:
        return no_node_selected(window)
    is_wired = bool(outer_wires(graph, window.selection.nodes))
    return "" if is_wired else _say("No wire leads from here to other nodes.")


def nothing_to_open(window: MainWindow) -> str:
    """Neither a single node nor a single note is selected."""
    chosen = window.selection.single is not None or window.selection.single_note is not None
    return "" if chosen else _say("Select one node, frame or note first.")


def no_block_selected(window: MainWindow) -> str:
    """No single block is selected."""
    is_block = window.canvas.is_block(window.selection.single)
    return "" if is_block else _say("Select one block first.")


def not_shared(window: MainWindow) -> str:
    """The selected block's definition has no other instance."""
    node = window.selection.single
    if node is None or not window.canvas.is_block(node):
        return no_block_selected(window)
    project = window.document.project
    name = window.selection.place.graph(project).nodes[node].kind.removeprefix("block.")
    if len(instances(project, name)) > 1:
        return ""
    return _say("It is unique already: no other block shares its definition.")


def not_inside(window: MainWindow) -> str:
    """The main drawing is shown."""
    return _say("This is the main drawing.") if window.selection.place.is_main else ""


def no_switch(window: MainWindow, switch: Switch) -> str:
    """No selected node can be bypassed, muted or frozen."""
    place, project = window.selection.place, window.document.project
    nodes = window.selection.nodes
    return no_node_selected(window) or why_none(project, nodes, switch, place.definition)


def no_sharing(window: MainWindow) -> str:
    """The selected nodes can't use one layer."""
    place, project = window.selection.place, window.document.project
    why = why_not_shared(project, window.selection.nodes, place.definition)
    return _say("{0} Select two or more layers of one kind.").format(why) if why else ""


def shares_nothing(window: MainWindow) -> str:
    """No selected node uses the weights of another."""
    nodes = window.selection.place.graph(window.document.project).nodes
    chosen = [nodes[node] for node in window.selection.nodes if node in nodes]
    if any(node.shares for node in chosen):
        return ""
    return no_node_selected(window) or _say("It uses nobody else's weights.")


def no_next_turn(window: MainWindow) -> str:
    """There is no repeated block around what is shown, or its last turn is shown."""
    shown = _shown_turn(window)
    if shown is None:
        return _say("No repeated block is shown.")
    return "" if shown[0] + 1 < shown[1] else _say("This is the last turn.")


def no_previous_turn(window: MainWindow) -> str:
    """There is no repeated block around what is shown, or its first turn is shown."""
    shown = _shown_turn(window)
    if shown is None:
        return _say("No repeated block is shown.")
    return "" if shown[0] else _say("This is the first turn.")


def _shown_turn(window: MainWindow) -> tuple[int, int] | None:
    """The turn of the innermost repeated block, from 0, and how many it takes."""
    levels = reversed(window.selection.place.levels)
    return next(((turn, node.repeat) for node, turn in levels if node.repeat), None)


def empty_canvas(window: MainWindow) -> str:
    """There is no node at all."""
    if window.document.project.graph.nodes:
        return ""
    return _say("The canvas is empty. Drag a layer onto it from the palette.")


def nothing_drawn(window: MainWindow) -> str:
    """The shown drawing has neither nodes nor notes."""
    place, project = window.selection.place, window.document.project
    if place.graph(project).nodes or notes_of(project, place.definition):
        return ""
    return _say("The canvas is empty. Drag a layer onto it from the palette.")


def nothing_to_find(window: MainWindow) -> str:
    """No drawing of the project has nodes or notes."""
    project = window.document.project
    if project.notes or any(drawn.graph.nodes for drawn in project.definitions.values()):
        return ""
    return _say("The canvas is empty. Drag a layer onto it from the palette.")


def nothing_to_paste(window: MainWindow) -> str:
    """The clipboard holds no nodes."""
    return "" if clipboard.watch().holds_text else _say("The clipboard holds no nodes.")


def no_tabs(window: MainWindow) -> str:
    """No panel stands behind another."""
    return "" if window.panes.has_tabs else _say("No panel stands behind another one.")


def already_saved(window: MainWindow) -> str:
    """The file on disk is the project as it stands."""
    if window.document.is_changed or window.document.path is None:
        return ""
    return _say("Everything is saved.")


def no_training(window: MainWindow) -> str:
    """Why Train is off."""
    if window.runner.is_busy:
        return _say("A run is under way.")
    if empty_canvas(window):
        return empty_canvas(window)
    if not window.analyser.is_current:
        return _say("The drawing is being checked.")
    return _blocked(window.analyser.analysis, "train") or _no_terms(window.analyser.analysis)


def _no_terms(analysis: Analysis) -> str:
    if analysis.parts.terms:
        return ""
    return _say("There is no loss to train by. Wire an output into a loss, e.g. CrossEntropyLoss.")


def _blocked(analysis: Analysis, verb: str) -> str:
    verb_found = analysis.blocking("train" if verb == "train" else "export")
    return verb_found[0].message if verb_found else ""


def no_speed_trial(window: MainWindow) -> str:
    """Why a speed trial is off."""
    if empty_canvas(window):
        return empty_canvas(window)
    if window.speed_trial.is_busy:
        return _say("A speed trial is under way.")
    if any(other.runner.is_busy for other in window.windows):
        return _say("A run is under way, which would make the figures wrong.")
    found = [p for p in window.analyser.analysis.problems if p.blocks == "build"]
    return found[0].message if found else ""


def not_running(window: MainWindow) -> str:
    """No run is under way."""
    return "" if window.runner.is_busy else _say("No run is under way.")


def no_pause(window: MainWindow) -> str:
    """Why Pause and Resume are off."""
    if window.runner.state in ("training", "paused"):
        return ""
    return not_running(window) or _say("The run is starting or ending.")


def no_change(window: MainWindow) -> str:
    """Why the run's plan can't change."""
    if window.runner.is_busy and window.runner.plan is None:
        return _say("The run has lost its project, so that its plan is not known.")
    return no_pause(window)


def no_freeing(window: MainWindow) -> str:
    """Why there is no memory of a GPU to free."""
    if no_pause(window):
        return no_pause(window)
    if window.runner.device == "cpu":
        return _say("The run computes on the CPU: there is no memory of a GPU to free.")
    return ""


def no_restart(window: MainWindow) -> str:
    """Why there are no weights to restart with."""
    if window.runner.run is None:
        return _say("Nothing was trained in this window yet.")
    if window.runner.way == "followed" or window.runner.state in ("preparing", "stopping"):
        return _say("The run is starting or ending, or another program's.")
    if not window.analyser.is_current:
        return _say("The drawing is being checked.")
    return _blocked(window.analyser.analysis, "train") or _no_terms(window.analyser.analysis)


def no_again(window: MainWindow) -> str:
    """Why there is no run to do again."""
    if window.again.run_meant is None:
        return _say("Choose a run in the Runs panel, or train one.")
    return ""


def no_queue(window: MainWindow) -> str:
    """Why the drawing can't be trained later either."""
    if empty_canvas(window):
        return empty_canvas(window)
    if not window.analyser.is_current:
        return _say("The drawing is being checked.")
    return _blocked(window.analyser.analysis, "train") or _no_terms(window.analyser.analysis)


def no_finding(window: MainWindow) -> str:
    """Why batches can't be tried."""
    if window.steering.is_finding:
        return _say("Batches are being tried.")
    return no_training(window)


def no_stop(window: MainWindow) -> str:
    """Why Stop is off."""
    if window.runner.state == "stopping":
        return _say("The run is ending: it saves its state.")
    return not_running(window)


def no_export(window: MainWindow) -> str:
    """Why exporting the model is off."""
    if empty_canvas(window):
        return empty_canvas(window)
    if not window.analyser.is_current:
        return _say("The drawing is being checked.")
    if not window.analyser.analysis.parts.outputs:
        return _say("There is no model to export: no value reaches an Output or a loss.")
    if window.exporting.is_busy:
        return _say("An export is under way.")
    return _blocked(window.analyser.analysis, "export")


def no_code(window: MainWindow) -> str:
    """Why there is no code to export."""
    if empty_canvas(window):
        return empty_canvas(window)
    return "" if window.analyser.code.text else _say("The code is being written.")


def no_evaluation(window: MainWindow) -> str:
    """Why evaluating once is off."""
    if empty_canvas(window):
        return empty_canvas(window)
    if window.runner.is_busy and window.runner.way == "thread":
        return _say("A run is under way.")
    if window.windows.is_training_here(window):
        return _say("Another window trains, and evaluating here would change its run.")
    found = [p for p in window.analyser.analysis.problems if p.blocks == "build"]
    return found[0].message if found else ""


def no_overlay(overlay: Overlay, window: MainWindow) -> str:
    """Why an overlay has nothing to show; one that is shown can always be taken off."""
    if window.overlaying.shown == overlay:
        return ""
    if empty_canvas(window):
        return empty_canvas(window)
    found = window.analyser.analysis.blocking("build") if overlay in MEASURED else ()
    return found[0].message if found else ""


def no_backward(window: MainWindow) -> str:
    """Why there is nothing to differentiate."""
    if no_evaluation(window):
        return no_evaluation(window)
    if backward_value(window) is None:
        return _say("Select the node whose value shall be differentiated, such as the loss.")
    return ""


def backward_value(window: MainWindow) -> Value | None:
    """What Backward starts from: the selected node's value, else the only number at an end.

    A design of constants ends in one number, a project with one loss in that loss.
    """
    analysis, node = window.analyser.analysis, window.selection.single
    if node is not None:
        return _value(analysis, node, only_numbers=False)
    project = window.document.project
    graph = project.graph
    # An Output only names a value, so what it is wired from is an end too.
    outputs = {n.id for n in graph.nodes.values() if project.kind(n.kind).role == "output"}
    feeding = {wire.source for wire in graph.wires.values() if wire.target not in outputs}
    ends = [_value(analysis, end, only_numbers=True) for end in graph.nodes if end not in feeding]
    found = [value for value in ends if value is not None]
    return found[0] if len(found) == 1 else None


def _value(analysis: Analysis, node: NodeId, only_numbers: bool) -> Value | None:
    facts = analysis.of(node)
    for port, kind in facts.outputs.items() if facts else ():
        if isinstance(kind, Tensor) and kind.is_float and not (only_numbers and kind.dims):
            return Value(node, port)
    return None
