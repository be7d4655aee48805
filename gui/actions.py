"""Every command of the window: one table, from which menus, toolbar and palette are made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence

from graphcore.analysis.overlays import Overlay
from graphcore.project.arranging import Side
from gui import assets, opening_runs, reasons, wiring
from gui.shortcuts import Shortcuts

if TYPE_CHECKING:
    from gui.main_window import MainWindow

Act = Callable[["MainWindow"], object]
Ask = Callable[["MainWindow"], str]
Check = Callable[["MainWindow"], bool]


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do.

    `why_off` answers with a sentence where it can't be done now. `text_now` replaces the text
    where it depends on the moment, `is_on` makes it a check mark. Shortcuts of a command with
    `on_canvas` work only while the canvas has the focus, so that text fields keep their own.
    """

    name: str
    text: str
    shortcut: str
    icon: str
    do: Act
    why_off: Ask = reasons.never
    text_now: Ask | None = None
    is_on: Check | None = None
    on_canvas: bool = False
    help: str = ""


def _undo_text(window: MainWindow) -> str:
    change = window.document.history.undoText()
    return _say("Undo: {}").format(change) if change else _say("Undo")


def _redo_text(window: MainWindow) -> str:
    change = window.document.history.redoText()
    return _say("Redo: {}").format(change) if change else _say("Redo")


def _pause_text(window: MainWindow) -> str:
    return _say("Resume") if window.runner.state == "paused" else _say("Pause")


def _pause_or_resume(window: MainWindow) -> None:
    if window.runner.state == "paused":
        window.runner.resume()
    else:
        window.runner.pause()


def _open_text(window: MainWindow) -> str:
    if window.selection.single_note is not None:
        return _say("Edit title or text")
    if window.selection.single is not None and not window.canvas.is_block(window.selection.single):
        return _say("Show options")
    return _say("Enter block")


def _align(side: Side, window: MainWindow) -> None:
    window.canvas.align(side)


def _overlay(name: Overlay, window: MainWindow) -> None:
    window.overlaying.choose(name)


def _is_overlaid(name: Overlay, window: MainWindow) -> bool:
    return window.overlaying.shown == name


def _bar(name: str, window: MainWindow) -> None:
    window.probing.choose_bar(name)


def _has_bar(name: str, window: MainWindow) -> bool:
    return window.preferences.bar == name


def _rename(window: MainWindow) -> None:
    if window.selection.single_note is not None:
        window.canvas.edit_note()
    else:
        wiring.show_options(window, of_name=True)


def _stretch(across: int, down: int, window: MainWindow) -> None:
    window.canvas.stretch_note(across, down)


_STRETCHES = (
    ("wider", "Frame or note wider", "Shift+Right", 1, 0),
    ("narrower", "Frame or note narrower", "Shift+Left", -1, 0),
    ("taller", "Frame or note taller", "Shift+Down", 0, 1),
    ("lower", "Frame or note lower", "Shift+Up", 0, -1),
)

_SIDES: tuple[tuple[Side, str, str], ...] = (
    ("left", "Align left", "Ctrl+Alt+Left"), ("right", "Align right", "Ctrl+Alt+Right"),
    ("top", "Align top", "Ctrl+Alt+Up"), ("bottom", "Align bottom", "Ctrl+Alt+Down"),
    ("center", "Align centers in a column", ""), ("middle", "Align centers in a row", ""),
)  # fmt: skip

_OVERLAYS: tuple[tuple[Overlay, str, str], ...] = (
    ("shape", "Overlay: shape", "What each node puts out, and where it is large."),
    ("parameters", "Overlay: parameters", "Where the weights are."),
    ("flops", "Overlay: FLOPs", "Where one sample costs work in a forward pass."),
    ("memory", "Overlay: memory", "Where one sample's values take memory."),
    ("time", "Overlay: time", "Where a batch takes time: measured on one, beside the window."),
    ("gradient", "Overlay: gradient", "How strongly each output moves the loss: measured."),
)

_BARS = (
    ("gradient", "Bar during a run: gradient norm", "How large the gradients of a layer are."),
    ("spread", "Bar during a run: activation spread", "How far the values of a node spread."),
    ("time", "Bar during a run: time", "Where a batch takes time: measured on one, beside it."),
    ("none", "No bar during a run", "The cards are as ever."),
)

COMMANDS: tuple[Command, ...] = (
    Command("file.new", "New", "Ctrl+N", "new", lambda w: w.asking.new()),
    Command("file.template", "New from template…", "Ctrl+Alt+N", "template",
            lambda w: w.dialogs.show_templates()),
    Command("file.open", "Open…", "Ctrl+O", "open", lambda w: w.asking.open()),
    Command("file.open_run", "Open a run…", "", "curves", opening_runs.ask_for_run,
            help="The curves of a run that lies elsewhere, such as one of another machine."),
    Command("file.save", "Save", "Ctrl+S", "save", lambda w: w.asking.save(),
            reasons.already_saved),
    Command("file.save_as", "Save as…", "Ctrl+Shift+S", "save", lambda w: w.asking.save_as()),
    Command("file.export", "Export TorchScript…", "Ctrl+E", "export",
            lambda w: w.exporting.ask(), reasons.no_export,
            help="Write the trained model to one file that runs without Netwright."),
    Command("file.export_code", "Export code…", "Ctrl+Shift+E", "code",
            lambda w: w.asking.export_code(), reasons.no_code,
            help="Write the Python code of the model to a file."),
    Command("file.export_drawing", "Export drawing…", "", "image",
            lambda w: w.dialogs.show_picture(), reasons.nothing_drawn,
            help="Write the drawing, or what is selected, as PNG, SVG or PDF."),
    Command("file.print", "Print…", "Ctrl+P", "print", lambda w: w.printing.ask(),
            reasons.nothing_drawn,
            help="The drawing that is shown on paper, after a preview; or as PDF."),
    Command("file.close", "Close window", "Ctrl+W", "", lambda w: w.close()),
    Command("file.quit", "Quit", "Ctrl+Q", "", lambda w: w.windows.quit(),
            help="Close every window, after asking once about all that is unsaved."),
    Command("window.new", "New window", "Ctrl+Shift+N", "new", lambda w: w.windows.add(),
            help="An empty project in a window of its own, beside this one."),
    Command("window.next", "Next window", "Ctrl+Tab", "", lambda w: w.windows.go_on(w, 1),
            reasons.no_other_window),
    Command("window.previous", "Previous window", "Ctrl+Shift+Tab", "",
            lambda w: w.windows.go_on(w, -1), reasons.no_other_window),
    Command("edit.undo", "Undo", "Ctrl+Z", "undo", lambda w: w.document.history.undo(),
            reasons.no_undo, _undo_text),
    Command("edit.redo", "Redo", "Ctrl+Shift+Z", "redo", lambda w: w.document.history.redo(),
            reasons.no_redo, _redo_text),
    Command("edit.cut", "Cut", "Ctrl+X", "cut", lambda w: w.canvas.cut(),
            reasons.nothing_to_copy, on_canvas=True),
    Command("edit.copy", "Copy", "Ctrl+C", "copy", lambda w: w.canvas.copy(),
            reasons.nothing_to_copy, on_canvas=True),
    Command("edit.paste", "Paste", "Ctrl+V", "paste", lambda w: w.canvas.paste(),
            reasons.nothing_to_paste, on_canvas=True),
    Command("edit.paste_wired", "Paste with outer wires", "Ctrl+Shift+V", "paste",
            lambda w: w.canvas.paste_wired(), reasons.nothing_to_paste, on_canvas=True,
            help="What fed the copied nodes feeds the copies too."),
    Command("edit.paste_params", "Paste options only", "Ctrl+Alt+V", "sliders",
            lambda w: w.canvas.paste_params(),
            lambda w: reasons.no_node_selected(w) or reasons.nothing_to_paste(w), on_canvas=True,
            help="The selected nodes take the options of the copied one, as far as they fit."),
    Command("edit.find", "Find a node…", "Ctrl+F", "search", lambda w: w.canvas.open_find(),
            reasons.nothing_to_find, on_canvas=True,
            help="By name, kind, shape or problem, inside blocks too."),
    Command("edit.rename", "Rename", "F2", "text", _rename, reasons.nothing_to_copy, on_canvas=True,
            help="Type another name in the inspector; Escape comes back to the canvas."),
    Command("edit.options", "Change options", "Alt+Return", "sliders",
            lambda w: wiring.show_options(w), reasons.no_node_selected, on_canvas=True,
            help="Go to the first option in the inspector. A double click on a node does too."),
    Command("edit.duplicate", "Duplicate", "Ctrl+D", "duplicate", lambda w: w.canvas.duplicate(),
            reasons.nothing_to_copy, on_canvas=True),
    Command("edit.delete", "Delete", "Del", "delete", lambda w: w.canvas.delete_selection(),
            reasons.nothing_selected, on_canvas=True),
    Command("edit.delete_plain", "Delete without joining", "Ctrl+Del", "delete",
            lambda w: w.canvas.delete_selection(heal=False), reasons.nothing_selected,
            on_canvas=True, help="What fed the nodes does not feed their followers."),
    Command("edit.select_all", "Select all", "Ctrl+A", "", lambda w: w.canvas.select_all(),
            reasons.nothing_drawn, on_canvas=True),
    Command("edit.preferences", "Preferences…", "Ctrl+,", "settings",
            lambda w: w.dialogs.show_preferences()),
    Command("view.frame_all", "Frame all", "Home", "fit", lambda w: w.canvas.frame_all(),
            reasons.nothing_drawn, on_canvas=True, help="Show the whole drawing."),
    Command("view.frame_selection", "Frame selection", "F", "frame",
            lambda w: w.canvas.frame_selection(), reasons.nothing_drawn, on_canvas=True,
            help="Show what is selected as large as it goes; all, where nothing is."),
    Command("view.zoom_in", "Zoom in", "Ctrl++", "zoom-in", lambda w: w.canvas.zoom_in()),
    Command("view.zoom_out", "Zoom out", "Ctrl+-", "zoom-out", lambda w: w.canvas.zoom_out()),
    Command("view.zoom_full", "Actual size", "Ctrl+0", "",
            lambda w: w.canvas.zoom_to_actual_size()),
    *(
        Command(f"view.overlay_{name}", text, f"Alt+{place}", "",
                partial(_overlay, name), partial(reasons.no_overlay, name),
                is_on=partial(_is_overlaid, name), on_canvas=True, help=about)
        for place, (name, text, about) in enumerate(_OVERLAYS, 1)
    ),
    Command("view.overlay_none", "No overlay", "Alt+0", "",
            lambda w: w.overlaying.show(None),
            is_on=lambda w: w.overlaying.shown is None, on_canvas=True,
            help="The cards show shape and parameters, as ever."),
    Command("view.code", "Show code", "Ctrl+Shift+C", "code",
            lambda w: w.docks.raise_panel("code"),
            help="The Python that this drawing is."),
    Command("view.outline", "Show outline", "Ctrl+Shift+O", "outline",
            lambda w: w.docks.raise_panel("outline"),
            help="The drawing as a tree, to walk, filter and select by keys."),
    Command("view.next_pane", "Next pane", "F6", "", lambda w: w.panes.walk(1),
            help="The keyboard goes on to the canvas, the panels in sight and the toolbar."),
    Command("view.previous_pane", "Previous pane", "Shift+F6", "", lambda w: w.panes.walk(-1)),
    Command("view.canvas", "Go to the drawing", "Ctrl+1", "graph",
            lambda w: w.canvas.setFocus(),
            help="The keyboard goes back to the canvas, wherever it is."),
    Command("view.next_tab", "Next panel behind", "Ctrl+PgDown", "", lambda w: w.panes.turn(1),
            reasons.no_tabs, help="Bring the panel at the next tab to the front."),
    Command("view.previous_tab", "Previous panel behind", "Ctrl+PgUp", "",
            lambda w: w.panes.turn(-1), reasons.no_tabs),
    Command("view.minimap", "Minimap", "Ctrl+Shift+M", "minimap", lambda w: w.toggle_minimap(),
            is_on=lambda w: w.preferences.shows_minimap),
    Command("view.guides", "Alignment guides", "Ctrl+U", "", wiring.toggle_guides,
            is_on=lambda w: w.preferences.shows_guides,
            help="What you drag snaps to edges, middles and equal gaps; with Ctrl, freely."),
    Command("view.theme_system", "Follow the system", "", "monitor",
            lambda w: w.choose_theme("system"), is_on=lambda w: w.appearance.choice == "system"),
    Command("view.theme_dark", "Dark", "", "moon", lambda w: w.choose_theme("dark"),
            is_on=lambda w: w.appearance.choice == "dark"),
    Command("view.theme_light", "Light", "", "sun", lambda w: w.choose_theme("light"),
            is_on=lambda w: w.appearance.choice == "light"),
    Command("view.colors", "Colour-blind safe colours", "", "eye",
            lambda w: w.choose_colors("standard" if w.appearance.colors == "safe" else "safe"),
            is_on=lambda w: w.appearance.colors == "safe",
            help="Families and states in colours that everybody tells apart."),
    Command("view.presentation", "Presentation mode", "F11", "eye",
            lambda w: w.presenting.toggle(), is_on=lambda w: w.presenting.is_on,
            help="Drawing and curves alone on the whole screen, large; Escape leaves it."),
    Command("view.reset_layout", "Reset layout", "", "layout", lambda w: w.docks.reset()),
    Command("graph.search", "Add a layer…", "Tab", "search", lambda w: w.canvas.open_search(),
            on_canvas=True, help="Search every layer and put it on the canvas."),
    Command("graph.tidy", "Tidy up", "L", "graph", lambda w: w.canvas.arrange(),
            reasons.empty_canvas, on_canvas=True, help="Lay out the nodes in rows."),
    Command("graph.tidy_down", "Tidy up downwards", "Alt+L", "graph",
            lambda w: w.canvas.arrange_down(), reasons.empty_canvas, on_canvas=True,
            help="Lay out the selected nodes, or all, from top to bottom in columns."),
    Command("graph.tidy_selection", "Tidy up selection", "Shift+L", "graph",
            lambda w: w.canvas.arrange_selection(), reasons.no_node_selected, on_canvas=True,
            help="Lay out the selected nodes where they are."),
    Command("graph.pin", "Pin", "P", "pin", lambda w: w.canvas.pin(), reasons.no_node_selected,
            is_on=lambda w: w.canvas.is_pinned, on_canvas=True,
            help="Tidying up leaves a pinned node where it is."),
    *(
        Command(f"graph.align_{side}", text, keys, "", partial(_align, side),
                reasons.no_two_selected, on_canvas=True)
        for side, text, keys in _SIDES
    ),
    Command("graph.spread_across", "Distribute across", "Alt+Shift+H", "",
            lambda w: w.canvas.spread("across"), reasons.no_three_selected, on_canvas=True,
            help="Make the gaps between the selected nodes equal, from left to right."),
    Command("graph.spread_down", "Distribute down", "Alt+Shift+V", "",
            lambda w: w.canvas.spread("down"), reasons.no_three_selected, on_canvas=True,
            help="Make the gaps between the selected nodes equal, from top to bottom."),
    Command("graph.swap", "Swap inputs", "Alt+S", "shuffle", lambda w: w.canvas.swap_inputs(),
            reasons.nothing_to_swap, on_canvas=True,
            help="Change the first two inputs over."),
    Command("view.next_wire", "Next wire of the node", "W", "link",
            lambda w: w.canvas.next_wire(), reasons.no_wire_near, on_canvas=True,
            help="Select the wires at the selected node one after the other, and their dots."),
    Command("graph.dot", "Put a dot on the wire", ".", "dot", lambda w: w.canvas.put_dot(),
            reasons.no_wire_selected, on_canvas=True,
            help="Lead the wire by a dot, and move that with Ctrl and arrows. A double click too."),
    Command("graph.stubs", "Show wire as two stubs", "Shift+W", "",
            lambda w: w.canvas.switch_stubs(), reasons.no_wire_selected,
            is_on=lambda w: w.canvas.is_stub_chosen, on_canvas=True,
            help="Draw only its ends, each with the name of what it leads to."),
    Command("graph.probe", "Probe on the wire", "Shift+P", "probe",
            lambda w: w.canvas.switch_probe(), reasons.no_wire_selected,
            is_on=lambda w: w.canvas.canvas.probes.has(w.canvas.chosen_wire), on_canvas=True,
            help="While a run trains, look at the value and its gradient a few times a second."),
    Command("graph.probe_card", "Open or shut the probe", "Alt+P", "",
            lambda w: w.canvas.switch_probe_card(), reasons.no_probe_selected,
            is_on=lambda w: w.canvas.canvas.probes.is_open(w.canvas.chosen_wire), on_canvas=True,
            help="Its histograms, numbers and pictures. A click on the probe does too."),
    Command("graph.no_probes", "Take off all probes", "", "",
            lambda w: w.canvas.canvas.probes.clear(), reasons.no_probes),
    Command("view.other_end", "Other end of the wire", "E", "",
            lambda w: w.canvas.go_along(), reasons.no_wire_selected, on_canvas=True,
            help="Bring the far end of the selected wire into view. A click on a stub does too."),
    Command("view.stubs", "Long field wires as stubs", "", "", wiring.toggle_stubs,
            is_on=lambda w: w.preferences.shows_stubs,
            help="Wires from a Dataset that run far show at their ends only."),
    *(
        Command(f"view.bar_{name}", text, "", "", partial(_bar, name),
                is_on=partial(_has_bar, name), help=about)
        for name, text, about in _BARS
    ),
    Command("graph.wire", "Draw a wire", "Return", "link", lambda w: w.canvas.start_wire(),
            reasons.nothing_to_wire, on_canvas=True,
            help="Arrows choose where it goes, Enter ends it. Of a selected wire an end is moved."),
    Command("graph.detach", "Take off its wires", "Alt+D", "unlink", lambda w: w.canvas.detach(),
            reasons.nothing_to_detach, on_canvas=True,
            help="Join what feeds the selected nodes to what they feed. Shaking them does too."),
    Command("view.problem", "Show what is wrong", "F4", "warning", lambda w: w.explaining.show(),
            reasons.no_problem_here, on_canvas=True,
            help="The message at the selected node, or at the one before it that is at fault, "
            "and buttons that mend it: Enter does."),
    Command("view.next_problem", "Next problem", "F3", "", lambda w: w.explaining.go_on(1),
            reasons.no_problems, on_canvas=True,
            help="Go to the next node with a problem, also inside blocks, and show the message."),
    Command("view.previous_problem", "Previous problem", "Shift+F3", "",
            lambda w: w.explaining.go_on(-1), reasons.no_problems, on_canvas=True),
    Command("graph.frame", "Put a frame around", "Ctrl+J", "frame",
            lambda w: w.canvas.frame_nodes(), reasons.nothing_to_copy, on_canvas=True,
            help="A titled frame around the selection; moving it moves what lies in it."),
    Command("graph.note", "Add a note…", "N", "note", lambda w: w.canvas.add_note(),
            on_canvas=True, help="A sticky note on the canvas, for words of your own."),
    Command("graph.edit_note", "Edit title or text", "Shift+F2", "pencil",
            lambda w: w.canvas.edit_note(), reasons.no_note_selected, on_canvas=True,
            help="Write in the selected frame or note. A double click does too."),
    Command("graph.note_color", "Next colour of note", "Shift+C", "dot",
            lambda w: w.canvas.color_notes(), reasons.no_note_selected, on_canvas=True),
    Command("graph.fit_frame", "Fit frame to what lies in it", "Ctrl+Shift+J", "fit",
            lambda w: w.canvas.fit_frame(), reasons.no_note_selected, on_canvas=True),
    Command("graph.select_framed", "Select what lies in the frame", "Alt+J", "pointer",
            lambda w: w.canvas.select_framed(), reasons.no_note_selected, on_canvas=True),
    Command("view.next_note", "Next frame or note", "Shift+N", "note",
            lambda w: w.canvas.next_note(), reasons.no_notes, on_canvas=True,
            help="Select the next frame or note and bring it into view."),
    *(
        Command(f"graph.note_{name}", text, keys, "", partial(_stretch, across, down),
                reasons.no_note_selected, on_canvas=True)
        for name, text, keys, across, down in _STRETCHES
    ),
    Command("graph.block", "Make a block", "Ctrl+G", "group", lambda w: w.canvas.make_block(),
            reasons.no_node_selected, on_canvas=True,
            help="Put the selected nodes into a block, a class of its own in the code."),
    Command("graph.unpack", "Unpack block", "Ctrl+Shift+G", "ungroup",
            lambda w: w.canvas.unpack_block(), reasons.no_block_selected, on_canvas=True,
            help="Put what is in the block in its place."),
    Command("graph.fold", "Fold repeats", "Ctrl+Alt+G", "block",
            lambda w: w.canvas.fold_repeats(), reasons.empty_canvas, on_canvas=True,
            help="Make what is drawn several times in a row one block that is repeated."),
    Command("graph.unique", "Make block unique", "U", "duplicate",
            lambda w: w.canvas.make_block_unique(), reasons.not_shared, on_canvas=True,
            help="Give the block a definition of its own, so that others don't change with it."),
    Command("graph.keep", "Save to my blocks", "", "save", lambda w: w.my_blocks.keep(),
            lambda w: w.my_blocks.why_not_kept(), on_canvas=True,
            help="Keep the block for all your projects; the palette shows it."),
    Command("graph.update", "Update from my blocks", "", "refresh",
            lambda w: w.my_blocks.update(), lambda w: w.my_blocks.why_not_updated(), on_canvas=True,
            help="Make the block what it is among your blocks, wherever this project uses it."),
    Command("graph.enter", "Enter block or open", "Alt+Down", "frame",
            lambda w: w.canvas.open_selected(), reasons.nothing_to_open, _open_text, on_canvas=True,
            help="Show what is in the block. A double click does too."),
    Command("graph.leave", "Leave block", "Alt+Up", "arrow-up", lambda w: w.canvas.leave_block(),
            reasons.not_inside, on_canvas=True, help="Climb out by one level. Escape does too."),
    Command("view.next_turn", "Next turn", "Alt+Right", "chevron-right",
            lambda w: w.canvas.turn(1), reasons.no_next_turn, on_canvas=True,
            help="Show the sizes in the next turn of the repeated block."),
    Command("view.previous_turn", "Previous turn", "Alt+Left", "chevron-left",
            lambda w: w.canvas.turn(-1), reasons.no_previous_turn, on_canvas=True,
            help="Show the sizes in the previous turn of the repeated block."),
    Command("graph.bypass", "Bypass", "Ctrl+B", "bypass", lambda w: w.canvas.switch("bypass"),
            lambda w: reasons.no_switch(w, "bypass"),
            is_on=lambda w: w.canvas.is_switched("bypass"), on_canvas=True,
            help="Pass the first input on unchanged, as if the node were not there."),
    Command("graph.mute", "Mute", "Ctrl+M", "mute", lambda w: w.canvas.switch("mute"),
            lambda w: reasons.no_switch(w, "mute"),
            is_on=lambda w: w.canvas.is_switched("mute"), on_canvas=True,
            help="Put out zeros; the term of a loss doesn't count."),
    Command("graph.freeze", "Freeze weights", "", "snowflake", lambda w: w.canvas.switch("freeze"),
            lambda w: reasons.no_switch(w, "freeze"),
            is_on=lambda w: w.canvas.is_switched("freeze"), on_canvas=True,
            help="Keep these weights as they are while training."),
    Command("graph.share", "Share weights", "", "link", lambda w: w.canvas.share(),
            reasons.no_sharing, on_canvas=True,
            help="Let the selected layers use the weights of the one that was made first."),
    Command("graph.unshare", "Unshare weights", "", "unlink", lambda w: w.canvas.unshare(),
            reasons.shares_nothing, on_canvas=True,
            help="Give the selected layers weights of their own again."),
    Command("graph.evaluate", "Evaluate once", "F7", "probe", lambda w: w.evaluation.forward(),
            reasons.no_evaluation, help="Run the drawing once and show every value on its wire."),
    Command("graph.backward", "Backward", "F8", "backward", lambda w: w.evaluation.backward(),
            reasons.no_backward,
            lambda w: _say("Backward from selected node") if w.selection.single
            else _say("Backward"),
            help="Show the derivative of the selected value by every other."),
    Command("train.start", "Train", "F5", "play", lambda w: w.train(), reasons.no_training,
            help="Train the model as the plan says."),
    Command("train.pause", "Pause", "Ctrl+F5", "pause", _pause_or_resume, reasons.no_pause,
            _pause_text),
    Command("train.stop", "Stop", "Shift+F5", "stop", lambda w: w.runner.stop(), reasons.no_stop,
            help="End the run after this step and keep its weights."),
    Command("train.stop_epoch", "Stop after this epoch", "Ctrl+Shift+F5", "flag",
            lambda w: w.runner.toggle_end_with_epoch(), reasons.no_pause,
            is_on=lambda w: w.runner.ends_with_epoch,
            help="End the run when the epoch is over. Once more, and it goes on after all."),
    Command("train.change", "Change while it runs…", "Alt+F5", "sliders",
            lambda w: w.steering.ask_for_change(), reasons.no_change,
            help="Another learning rate, schedule, limit or number of epochs from the next step."),
    Command("train.evaluate", "Measure now", "", "gauge", lambda w: w.runner.evaluate(),
            reasons.no_pause,
            help="Measure the samples held back at once; the run goes on as if it had not been."),
    Command("train.save", "Save state now", "", "save", lambda w: w.runner.save(),
            reasons.no_pause, help="Save all that the run needs to go on, and go on."),
    Command("train.pause_free", "Pause and free the GPU", "", "memory",
            lambda w: w.runner.pause_free(), reasons.no_freeing,
            help="Hold the run, its state in main memory, so that others can use the GPU."),
    Command("train.enqueue", "Put in the queue", "Shift+Alt+F5", "list",
            lambda w: w.steering.put_in_queue(), reasons.no_queue,
            help="Train the drawing as it is now when the runs before it are over."),
    Command("train.seeds", "Train several seeds…", "", "shuffle",
            lambda w: w.steering.ask_for_seeds(), reasons.no_queue,
            help="Runs that differ in their seed, one after the other, and their spread."),
    Command("train.restart", "Restart with what fits", "", "refresh",
            lambda w: w.steering.restart(), reasons.no_restart,
            help="Train the drawing as it is now, with the weights of the run where they fit."),
    Command("train.again", "Run again", "Ctrl+Alt+F5", "refresh", lambda w: w.again.do_again(),
            reasons.no_again,
            help="Train the project of the chosen run as it was, and say whether the weights are"
            " the same."),
    Command("train.duplicate", "Duplicate a run with a change…", "Ctrl+Shift+Alt+F5", "duplicate",
            lambda w: w.again.ask_for_change(), reasons.no_again,
            help="Train the project of the chosen run with another value of its plan."),
    Command("train.find_batch", "Find the largest batch that fits", "", "memory",
            lambda w: w.steering.find_batch(), reasons.no_finding,
            help="Try batches in a process of its own, and say which is the largest."),
    Command("train.process", "Train in a process of its own", "", "",
            lambda w: w.running.toggle_process(),
            is_on=lambda w: w.preferences.trains_in_process,
            help="The window stays faster, and survives a run that runs out of memory."),
    Command("train.speed", "Speed trial…", "", "gauge", lambda w: w.speed_trial.ask(),
            reasons.no_speed_trial,
            help="Train a copy for a few steps on numbers at random, and say how fast that goes."),
    Command("help.shortcuts", "Keyboard shortcuts", "F1", "keyboard",
            lambda w: w.dialogs.show_shortcuts()),
    Command("help.palette", "Command palette…", "Ctrl+Shift+P", "terminal",
            lambda w: w.dialogs.show_command_palette()),
    Command("help.guide", "Documentation", "", "help", lambda w: w.dialogs.show_guide()),
    Command("help.problems", "Problems explained", "", "warning",
            lambda w: w.dialogs.show_problem_help(),
            help="What each problem means, and what to do about it."),
    Command("help.log", "Show log file", "", "text", lambda w: w.dialogs.show_log()),
    Command("help.about", "About Netwright", "", "info", lambda w: w.dialogs.show_about()),
)  # fmt: skip

LINE = "-"
RECENT, PANELS, DEVICES, WINDOWS = "*recent", "*panels", "*devices", "*windows"
# What stands in the menu bar. A tuple inside is a submenu; names with a star are filled by need.
MENUS: tuple[tuple[str, tuple], ...] = (
    ("&File", ("file.new", "file.template", "file.open", ("Open recent", (RECENT,)),
               "file.open_run", LINE,
               "file.save", "file.save_as", LINE,
               ("Export", ("file.export", "file.export_code", "file.export_drawing")), LINE,
               "file.print", LINE,
               "file.close", "file.quit")),
    ("&Edit", ("edit.undo", "edit.redo", LINE, "edit.cut", "edit.copy", "edit.paste",
               "edit.paste_wired", "edit.paste_params",
               "edit.duplicate", "edit.delete", "edit.delete_plain", LINE,
               "edit.select_all", "edit.find", "edit.rename", "edit.options", LINE,
               "edit.preferences")),
    ("&View", ("view.frame_all", "view.frame_selection", "view.zoom_in", "view.zoom_out",
               "view.zoom_full", LINE,
               ("Panels", (PANELS, LINE, "view.canvas", "view.next_pane", "view.previous_pane",
                           "view.next_tab", "view.previous_tab", LINE, "view.reset_layout")),
               ("Theme", ("view.theme_system", "view.theme_dark", "view.theme_light", LINE,
                         "view.colors")),
               ("Overlay", ("view.overlay_none", LINE,
                            *(f"view.overlay_{name}" for name, *_ in _OVERLAYS))),
               ("Bar during a run", tuple(f"view.bar_{name}" for name, *_ in _BARS)),
               "view.minimap", "view.guides", "view.stubs", "view.code", "view.outline", LINE,
               "view.problem", "view.next_problem", "view.previous_problem", LINE,
               "view.previous_turn", "view.next_turn", LINE,
               "view.presentation")),
    ("&Graph", ("graph.search", "graph.tidy", "graph.tidy_down", "graph.tidy_selection",
                ("Align", ("graph.align_left", "graph.align_center", "graph.align_right", LINE,
                           "graph.align_top", "graph.align_middle", "graph.align_bottom", LINE,
                           "graph.spread_across", "graph.spread_down")),
                "graph.pin", LINE,
                ("Wires", ("graph.wire", "view.next_wire", "view.other_end", LINE, "graph.stubs",
                           "graph.dot", LINE, "graph.swap", "graph.detach")),
                ("Probes", ("graph.probe", "graph.probe_card", "graph.no_probes")),
                ("Frames and notes", ("graph.frame", "graph.note", "graph.edit_note",
                                      "graph.note_color", LINE, "graph.fit_frame",
                                      "graph.select_framed", "view.next_note", LINE,
                                      "graph.note_wider", "graph.note_narrower",
                                      "graph.note_taller", "graph.note_lower")),
                LINE, "graph.block", "graph.unpack", "graph.fold",
                "graph.unique", "graph.enter", "graph.leave", LINE, "graph.keep", "graph.update",
                LINE, "graph.bypass", "graph.mute",
                ("Weights", ("graph.freeze", "graph.share", "graph.unshare")), LINE,
                "graph.evaluate",
                "graph.backward")),
    ("&Train", ("train.start", "train.pause", "train.stop", "train.stop_epoch", LINE,
                "train.change", "train.evaluate", "train.save", "train.pause_free", LINE,
                "train.enqueue", "train.seeds", "train.restart", "train.again",
                "train.duplicate", "train.find_batch",
                "train.speed", LINE, "train.process", ("Device", (DEVICES,)))),
    ("&Window", ("window.new", "window.next", "window.previous", LINE, WINDOWS)),
    ("&Help", ("help.shortcuts", "help.palette", "help.guide", "help.problems", LINE,
                "help.log", "help.about")),
)  # fmt: skip


def _say(text: str) -> str:
    return QCoreApplication.translate("commands", text)


class Actions(QObject):
    """The table as QActions of one window; `refreshed` after texts and states were renewed."""

    refreshed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._actions = {command.name: self._new_action(command) for command in COMMANDS}
        self._adopted: dict[str, QAction] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.refresh)
        self.shortcuts = Shortcuts(window.preferences, self)
        self.shortcuts.changed.connect(self._on_shortcuts_changed)
        self.shortcuts.know({command.name: command.shortcut for command in COMMANDS})
        window.appearance.changed.connect(self.paint_icons)
        self.paint_icons()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def adopt(self, actions: Mapping[str, QAction]) -> None:
        """Actions that others made, by name, can have keys too."""
        self._adopted |= actions
        for name, action in actions.items():
            action.setObjectName(name)
        self.shortcuts.know(dict.fromkeys(actions, ""))

    @property
    def titles(self) -> dict[str, str]:
        """What everything is called that can have keys, by name."""
        own = {command.name: _say(command.text).rstrip("…") for command in COMMANDS}
        return own | {name: action.text() for name, action in self._adopted.items()}

    def is_on_canvas(self, name: str) -> bool:
        """Whether its keys work only while the canvas has the focus."""
        return any(command.name == name and command.on_canvas for command in COMMANDS)

    def why_off(self, name: str) -> str:
        """Why a command can't be done now; empty where it can."""
        command = next(item for item in COMMANDS if item.name == name)
        return command.why_off(self._window)

    def refresh_soon(self) -> None:
        """Renew states once, after everything that is happening now."""
        self._timer.start()

    def refresh(self) -> None:
        """Renew the text, state and tooltip of every command."""
        for command in COMMANDS:
            self._refresh(command, self._actions[command.name])
        self.refreshed.emit()

    def paint_icons(self) -> None:
        """Take the colours of the theme."""
        theme = self._window.appearance.theme
        for command in COMMANDS:
            if command.icon:
                icon = assets.icon(command.icon, theme.secondary, 20, theme.disabled)
                self._actions[command.name].setIcon(icon)

    def _new_action(self, command: Command) -> QAction:
        action = QAction(_say(command.text), self._window)
        action.setObjectName(command.name)
        action.setCheckable(command.is_on is not None)
        action.triggered.connect(lambda: self._on_triggered(command))
        if command.on_canvas:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._window.canvas.addAction(action)
        else:
            self._window.addAction(action)  # shortcuts work while the menu bar is hidden
        return action

    def _on_triggered(self, command: Command) -> None:
        if not command.why_off(self._window):
            command.do(self._window)
        self.refresh_soon()

    def _on_pressed(self, command: Command) -> None:
        """The canvas heard the keys of a command: one that is off says why, there."""
        why = command.why_off(self._window)
        if why:
            self._window.canvas.say_briefly(why)
        else:
            command.do(self._window)
        self.refresh_soon()

    def _on_shortcuts_changed(self) -> None:
        keys = {name: self.shortcuts[name] for name in (*self._actions, *self._adopted)}
        for name, action in (self._actions | self._adopted).items():
            action.setShortcut(QKeySequence(keys[name]))
        self._window.canvas.bind_keys(keys, {
            command.name: partial(self._on_pressed, command)
            for command in COMMANDS if command.on_canvas
        })  # fmt: skip
        self.refresh_soon()

    def _refresh(self, command: Command, action: QAction) -> None:
        text = command.text_now(self._window) if command.text_now else _say(command.text)
        why_off = command.why_off(self._window)
        action.setText(text)
        action.setEnabled(not why_off)
        if command.is_on is not None:
            action.setChecked(command.is_on(self._window))
        action.setToolTip(tooltip(text, action.shortcut(), why_off or _say(command.help)))
        action.setStatusTip(why_off or _say(command.help) if why_off or command.help else "")


def tooltip(text: str, shortcut: QKeySequence, more: str = "") -> str:
    """What hovering shows: the command with its shortcut, and a sentence below."""
    keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
    first = f"{text.rstrip('…')}  ({keys})" if keys else text.rstrip("…")
    return f"{first}\n{more}" if more else first
