"""Accessible names through QAccessible: every part that a hand can act on says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from graphcore.kinds.catalog import CATALOG
from graphcore.project.edits import Set, SetParam
from graphcore.training.parts import OPTIMIZERS
from graphcore.training.schedules import SCHEDULES
from gui.canvas.hits import NOTHING, Hit
from gui.canvas.menus import menu_for
from gui.dialogs.module import ModuleDialog
from gui.main_window import MainWindow
from tests.gui.conftest import OpenWindow

Role = QAccessible.Role
ACTED_ON = {
    Role.Button, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.EditableText, Role.Slider,
    Role.SpinBox, Role.List, Role.Tree, Role.Table, Role.PageTab, Role.PageTabList, Role.MenuItem,
    Role.ListItem, Role.TreeItem, Role.Link, Role.ButtonMenu, Role.ButtonDropDown, Role.Dial,
    Role.HotkeyField, Role.ColorChooser, Role.ProgressBar, Role.MenuBar, Role.ToolBar,
    Role.PopupMenu, Role.Dialog, Role.Window,
}  # fmt: skip
PARAMS = {param.name for kind in CATALOG.values() for param in kind.params} | {
    param.name for row in (*OPTIMIZERS.values(), *SCHEDULES.values()) for param in row.params
}
MOST_ROWS = 12  # of a long list or table: the others are of the same make


def name_of(thing: QAccessibleInterface) -> str:
    return thing.text(QAccessible.Text.Name).strip()


def is_in_sight(thing: QAccessibleInterface) -> bool:
    state = thing.state()
    return thing.isValid() and not state.invisible


def parts(thing: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """A thing and all that is in it and in sight."""
    if not is_in_sight(thing) or depth > 60:
        return
    yield thing
    for place in range(min(thing.childCount(), 4 * MOST_ROWS)):
        child = thing.child(place)
        if child is not None:
            yield from parts(child, depth + 1)


def class_names() -> set[str]:
    """The names of the classes of all widgets that there are, but those that are plain words."""
    names = {kind.__name__ for widget in QApplication.allWidgets() for kind in type(widget).mro()}
    return {name for name in names if re.search(r"\W|^Q|^_|[a-z][A-Z]", name)}


def is_word(name: str, classes: set[str]) -> bool:
    """Torch's own names stay torch's, so only those may have a line below."""
    spelled = set(re.findall(r"\w*_\w*", name))
    return bool(re.search(r"\w", name)) and name not in classes and spelled <= PARAMS


def wrong_names(window: QWidget) -> list[str]:
    """Every part that can be acted on and has no name, or none that is a word of the program."""
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    classes, found = class_names(), list[str]()
    for thing in parts(root):
        name = name_of(thing)
        spelled = "" if thing.role() in (Role.ListItem, Role.TreeItem) else name  # a person's own
        if thing.role() in ACTED_ON and not (name and is_word(spelled or "its name", classes)):
            found.append(f"{thing.role().name} “{name}” {place_of(thing)}")
    return found


def place_of(thing: QAccessibleInterface) -> str:
    """Where it is, for whoever mends it."""
    steps, at = list[str](), thing
    while at is not None and at.isValid() and len(steps) < 5:
        made = at.object()
        steps.append(f"{type(made).__name__}#{made.objectName()}" if made else name_of(at))
        at = at.parent()
    return " < ".join(steps)


def at_ease(open_window: OpenWindow, qtbot: QtBot, template: str = "digits-cnn") -> MainWindow:
    """A window with every panel made and the drawing checked."""
    window = open_window(template=template)
    window.resize(1600, 1000)
    with qtbot.waitSignal(window.docks.completed, timeout=20_000):
        window.docks.make_rest()
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    return window


def all_wrong_names(window: MainWindow) -> list[str]:
    """With every panel brought to the front once."""
    found = dict[str, None]()
    for dock in window.docks:
        window.docks.raise_panel(dock.row.name, take_focus=False)
        QApplication.processEvents()
        found |= dict.fromkeys(wrong_names(window))
    return list(found)


def is_named(thing: QWidget) -> None:
    QApplication.processEvents()
    wrong = all_wrong_names(thing) if isinstance(thing, MainWindow) else wrong_names(thing)
    assert not wrong, "\n".join(wrong)


def test_every_part_of_the_window_has_a_name(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = at_ease(open_window, qtbot)
    window.notices.tell("Something happened.", choices=[("Do it", lambda: None)])
    is_named(window)


def test_every_part_has_a_name_whatever_is_selected(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = at_ease(open_window, qtbot)
    graph, select = window.document.project.graph, window.selection.select
    for node in graph.nodes.values():
        select({node.id})
        is_named(window.docks["inspector"])
    select(set(graph.nodes))
    is_named(window.docks["inspector"])
    window.canvas.frame_nodes()
    select({node.id for node in graph.nodes.values() if node.kind.startswith("nn.")})
    window.canvas.make_block()
    is_named(window)
    window.canvas.open_selected()
    is_named(window)


def test_every_part_of_a_problem_has_a_name(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = at_ease(open_window, qtbot)
    head = window.document.project.graph.by_name("head")
    assert head is not None
    window.document.do(SetParam(head.id, "in_features", 100), "Features")
    qtbot.waitUntil(lambda: bool(window.analyser.analysis.problems), timeout=60_000)
    window.selection.select({head.id})
    is_named(window)


def test_every_part_has_a_name_after_a_run(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = at_ease(open_window, qtbot)
    window.document.do(Set(("plan", "epochs"), 2), "Train briefly")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    window.train()
    qtbot.waitUntil(lambda: window.runner.step > 0, timeout=60_000)
    is_named(window)
    qtbot.waitUntil(lambda: window.runner.state == "ended", timeout=120_000)
    is_named(window)
    window.evaluation.forward()
    qtbot.waitUntil(lambda: bool(window.canvas.canvas.seen), timeout=60_000)
    is_named(window)


@pytest.mark.parametrize(
    "command",
    ["file.template", "file.export", "edit.preferences", "help.shortcuts", "help.palette",
     "help.guide", "help.problems", "help.about", "train.speed",
     "file.print", "file.export_drawing"],
)  # fmt: skip
def test_every_part_of_a_dialog_has_a_name(
    open_window: OpenWindow, qtbot: QtBot, command: str
) -> None:
    window = open_window(template="digits-cnn")
    qtbot.waitUntil(lambda: window.analyser.is_current, timeout=60_000)
    window.commands.refresh()
    window.commands[command].trigger()
    qtbot.waitUntil(lambda: bool(open_dialogs()), timeout=60_000)
    for dialog in open_dialogs():
        is_named(dialog)
        dialog.reject()


def open_dialogs() -> list[QDialog]:
    found = QApplication.topLevelWidgets()
    return [dialog for dialog in found if isinstance(dialog, QDialog) and dialog.isVisible()]


def test_every_part_of_a_question_has_a_name(open_window: OpenWindow) -> None:
    window = open_window()
    window.canvas.add_kind("nn.ReLU")
    window.close()
    for dialog in open_dialogs():
        is_named(dialog)
        dialog.reject()


def test_every_part_of_the_dialog_of_modules_has_a_name(open_window: OpenWindow) -> None:
    dialog = ModuleDialog(["gates.py:Gate"], open_window())
    dialog.open()
    is_named(dialog)
    dialog.reject()


@pytest.mark.parametrize("open_it", ["open_search", "open_find", "add_note"])
def test_every_part_of_what_opens_on_the_canvas_has_a_name(
    open_window: OpenWindow, open_it: str
) -> None:
    window = open_window(template="digits-cnn")
    getattr(window.canvas, open_it)()
    QApplication.processEvents()
    assert wrong_names(window) == []


def test_every_menu_and_every_entry_has_a_name(open_window: OpenWindow) -> None:
    window = open_window(template="digits-cnn")
    menus = [menu for menu in window.menuBar().findChildren(QMenu) if menu.title()]
    spot = window.canvas.viewport().rect().center()
    menus += [menu_for(window.canvas, hit, spot) for hit in (NOTHING, a_node(window))]
    for menu in menus:
        menu.popup(QPoint())
        assert wrong_names(menu) == []
        menu.close()


def a_node(window: MainWindow) -> Hit:
    return Hit(node=next(iter(window.document.project.graph.nodes)))
