"""Context menus of the canvas, each entry with its key."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from graphcore.project.lending import why_not_shared
from graphcore.project.swapping import why_not_swapped
from graphcore.project.switches import Switch, why_none
from gui import assets
from gui.canvas import clipboard
from gui.canvas.hits import Hit
from gui.canvas.note_item import tone_of

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


_COLORS = (
    ("", "Grey"), ("yellow", "Yellow"), ("green", "Green"), ("teal", "Teal"), ("blue", "Blue"),
    ("violet", "Violet"), ("pink", "Pink"), ("red", "Red"),
)  # fmt: skip


def menu_for(view: CanvasView, hit: Hit, spot: QPoint) -> QMenu:
    """The menu for what lies there; what is hit is selected first. Not shown yet."""
    menu = QMenu(view)
    menu.setAccessibleName(view.tr("What can be done here"))
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if hit.node is not None:
        if hit.node not in view.selection.nodes:
            view.selection.select({hit.node})
        _fill_for_node(menu, view, hit)
    elif hit.note is not None:
        if hit.note not in view.selection.notes:
            view.selection.select((), (), {hit.note})
        _fill_for_note(menu, view, hit.note)
    elif hit.wire is not None:
        if hit.dot is not None:
            dot = hit.wire, hit.dot
            _add(menu, view.tr("Take off the dot"), "minus", lambda: view.take_off_dots({dot}))
        if hit.wire not in view.selection.wires:
            view.selection.select((), {hit.wire})
        _add(menu, view.tr("Insert a node here…"), "plus", lambda: view.open_search(spot))
        if hit.dot is None:
            slot, on = hit.wire, view.mapToScene(spot)
            _add(
                menu, view.tr("Put a dot here"), "dot", lambda: view.put_dot(slot, on), "graph.dot"
            )
        stubs = _add(menu, view.tr("Show as two stubs"), "", view.switch_stubs, "graph.stubs")
        stubs.setCheckable(True)
        stubs.setChecked(view.is_stub_chosen)
        probe = _add(menu, view.tr("Probe"), "probe", view.switch_probe, "graph.probe")
        probe.setCheckable(True)
        probe.setChecked(view.canvas.probes.has(hit.wire))
        if view.canvas.probes.has(hit.wire):
            is_open = view.canvas.probes.is_open(hit.wire)
            _add(menu, view.tr("Shut the probe's card") if is_open else
                 view.tr("Open the probe's card"), "", view.switch_probe_card,
                 "graph.probe_card")  # fmt: skip
        _add(menu, view.tr("Go to the other end"), "", view.go_along, "view.other_end")
        _add(menu, view.tr("Delete wire"), "delete", view.delete_selection, "edit.delete")
    else:
        _fill_for_paper(menu, view, spot)
    _show_keys(menu, view)
    return menu


def _fill_for_node(menu: QMenu, view: CanvasView, hit: Hit) -> None:
    node = hit.node
    assert node is not None
    is_block = view.is_block(node)
    if is_block:
        _add(menu, view.tr("Enter the block"), "group", lambda: view.open_node(node), "graph.enter")
    _add(menu, view.tr("Show its settings"), "settings", lambda: view.node_opened.emit(node),
         "" if is_block else "graph.enter")  # fmt: skip
    menu.addSeparator()
    _add(menu, view.tr("Cut"), "cut", view.cut, "edit.cut")
    _add(menu, view.tr("Copy"), "copy", view.copy, "edit.copy")
    _add(menu, view.tr("Duplicate"), "duplicate", view.duplicate, "edit.duplicate")
    menu.addSeparator()
    _add(menu, view.tr("Delete and join the wire"), "delete", view.delete_selection, "edit.delete")
    _add(
        menu, view.tr("Delete"), "", lambda: view.delete_selection(heal=False), "edit.delete_plain"
    )
    menu.addSeparator()
    _add(menu, view.tr("Put a frame around"), "frame", view.frame_nodes, "graph.frame")
    _add(menu, view.tr("Make a block"), "group", view.make_block, "graph.block")
    if len(view.selection.nodes) > 1:
        _add(menu, view.tr("Fold repeats"), "block", view.fold_repeats, "graph.fold")
    if is_block:
        _add(menu, view.tr("Unpack the block"), "ungroup", view.unpack_block, "graph.unpack")
        _add(menu, view.tr("Make it unique"), "duplicate", view.make_block_unique, "graph.unique")
        _add(menu, view.tr("Save to my blocks"), "save",
             lambda: view.command_asked.emit("graph.keep"), "graph.keep")  # fmt: skip
    _fill_with_switches(menu, view)
    menu.addSeparator()
    pin = _add(menu, view.tr("Pin"), "pin", view.pin, "graph.pin")
    pin.setCheckable(True)
    pin.setChecked(view.is_pinned)
    if not why_not_swapped(view.document.project, view.selection.nodes, view.canvas.definition):
        _add(menu, view.tr("Swap inputs"), "shuffle", view.swap_inputs, "graph.swap")
    if len(view.selection.nodes) > 1:
        _add(
            menu,
            view.tr("Tidy up selection"),
            "layout",
            view.arrange_selection,
            "graph.tidy_selection",
        )
    _add(menu, view.tr("Look closer"), "fit", view.frame_selection, "view.frame_selection")


def _fill_for_note(menu: QMenu, view: CanvasView, key: str) -> None:
    is_frame = view.canvas.notes.items[key].note.is_frame
    text = view.tr("Edit the title") if is_frame else view.tr("Edit the text")
    _add(menu, text, "pencil", lambda: view.edit_note(key), "edit.rename")
    colors = menu.addMenu(view.tr("Colour"))
    colors.setAccessibleName(colors.title())
    for name, title in _COLORS:
        tone = tone_of(view.canvas.look.theme, name)
        action = colors.addAction(QCoreApplication.translate("menus", title))
        action.setIcon(assets.icon("dot", tone, size=16))
        action.triggered.connect(lambda _=False, name=name: view.color_notes(name))
    if is_frame:
        menu.addSeparator()
        _add(
            menu,
            view.tr("Select what lies in it"),
            "pointer",
            view.select_framed,
            "graph.select_framed",
        )
        _add(menu, view.tr("Fit it to what lies in it"), "fit", view.fit_frame, "graph.fit_frame")
    menu.addSeparator()
    _add(menu, view.tr("Cut"), "cut", view.cut, "edit.cut")
    _add(menu, view.tr("Copy"), "copy", view.copy, "edit.copy")
    _add(menu, view.tr("Duplicate"), "duplicate", view.duplicate, "edit.duplicate")
    menu.addSeparator()
    _add(menu, view.tr("Delete"), "delete", view.delete_selection, "edit.delete")


def _fill_with_switches(menu: QMenu, view: CanvasView) -> None:
    """What can be switched at the selected nodes; what makes no sense there is left out."""
    menu.addSeparator()
    project, name, chosen = view.document.project, view.canvas.definition, view.selection.nodes
    rows: tuple[tuple[Switch, str, str, str], ...] = (
        ("bypass", view.tr("Bypass"), "bypass", "graph.bypass"),
        ("mute", view.tr("Mute"), "mute", "graph.mute"),
        ("freeze", view.tr("Freeze weights"), "snowflake", "graph.freeze"),
    )
    for switch, text, icon, command in rows:
        if not why_none(project, chosen, switch, name):
            action = _add(menu, text, icon, partial(view.switch, switch), command)
            action.setCheckable(True)
            action.setChecked(view.is_switched(switch))
    if not why_not_shared(project, chosen, name):
        _add(menu, view.tr("Share weights"), "link", view.share, "graph.share")
    if any(view.canvas.graph.nodes[node].shares for node in chosen):
        _add(menu, view.tr("Unshare weights"), "unlink", view.unshare, "graph.unshare")


def _fill_for_paper(menu: QMenu, view: CanvasView, spot: QPoint) -> None:
    has_nodes = bool(view.canvas.nodes)
    _add(menu, view.tr("Add a node…"), "plus", lambda: view.open_search(spot), "graph.search")
    _add(menu, view.tr("Add a note…"), "note", lambda: view.add_note(spot), "graph.note")
    paste = _add(menu, view.tr("Paste"), "paste", view.paste, "edit.paste")
    paste.setEnabled(clipboard.watch().holds_text)
    menu.addSeparator()
    for text, icon, call, command in (
        (view.tr("Select all"), "pointer", view.select_all, "edit.select_all"),
        (view.tr("Tidy up"), "layout", view.arrange, "graph.tidy"),
        (view.tr("Tidy up downwards"), "layout", view.arrange_down, "graph.tidy_down"),
        (view.tr("Fold repeats"), "block", view.fold_repeats, "graph.fold"),
        (view.tr("Show everything"), "fit", view.frame_all, "view.frame_all"),
    ):
        _add(menu, text, icon, call, command).setEnabled(has_nodes)
    if not view.selection.place.is_main:
        _add(menu, view.tr("Climb out of the block"), "arrow-up", view.leave_block, "graph.leave")
    menu.addSeparator()
    minimap = _add(menu, view.tr("Minimap"), "",
                   lambda: view.command_asked.emit("view.minimap"), "view.minimap")  # fmt: skip
    minimap.setCheckable(True)
    minimap.setChecked(view.is_minimap_visible)


def _add(menu: QMenu, text: str, icon: str, call: Callable[[], object], command: str = ""):
    """An entry; `command` is the command of the window that does the same."""
    action = menu.addAction(text)
    action.setObjectName(command)
    if icon:
        action.setIcon(assets.icon(icon, size=16))
    action.triggered.connect(lambda: call())
    return action


def _show_keys(menu: QMenu, view: CanvasView) -> None:
    """Each entry with the keys that its command has now."""
    for action in menu.actions():
        action.setShortcut(QKeySequence(view.keys.of(action.objectName())))
        # Shown only: the canvas hears the key itself, and a second listener would be ambiguous.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
