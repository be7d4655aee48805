"""What a monkey does beside the canvas: fields, buttons, lists, and every command of the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
)

from gui.actions import COMMANDS
from gui.main_window import PANELS
from tests.gui.canvas.hand import CTRL, LEFT, NO
from tests.gui.monkey.monkey import Act, Monkey

TYPED = ("3", "8", "0", "-1", "2*8", "0.5", "", "=label.classes", "= 2 **", "same", "seven", "x1",
         "true", "(3, 5)", "float32[8]", "a b", "class", "conv", "16")  # fmt: skip
SAFE_PANELS = ("inspector", "training", "problems")


def type_into_a_field(m: Monkey) -> bool:
    panel = m.any(("inspector", "inspector", "inspector", "training"))
    fields = m.widgets(panel, QLineEdit, QPlainTextEdit)
    if not fields:
        return False
    field, text = m.any(fields), m.any(TYPED)
    name = field.accessibleName() or type(field).__name__
    end = m.any((Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape))
    m.say(f"types “{text}” into “{name}” of {panel}, then {end.name}")
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, text)
    if not text:
        QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, end)
    return True


def choose_in_a_list(m: Monkey) -> bool:
    panel = m.any(("inspector", "inspector", "training"))
    boxes = m.widgets(panel, QComboBox)
    if not boxes:
        return False
    box, key = m.any(boxes), m.any((Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End))
    if "process" in box.accessibleName().lower() or box.accessibleName() == "Runs":
        return False
    m.say(f"presses {key.name} on “{box.accessibleName()}” of {panel}")
    box.setFocus()
    QTest.keyClick(box, key)
    return True


def press_a_button(m: Monkey) -> bool:
    panel = m.any(SAFE_PANELS)
    buttons = m.widgets(panel, QToolButton, QCheckBox, QAbstractButton)
    if not buttons:
        return False
    button = m.any(buttons)
    assert isinstance(button, QAbstractButton)
    name = button.accessibleName() or button.text() or button.toolTip().partition("\n")[0]
    if any(word in f"{name} {button.toolTip()}".lower() for word in ("train", "http", "page")):
        return False
    m.say(f"presses “{name}” of {panel}")
    button.setFocus()
    menu = button.menu() if isinstance(button, QToolButton | QPushButton) else None
    if menu is None:
        QTest.mouseClick(button, LEFT)
    else:  # it doesn't come back before its menu is closed, and the button may be gone by then
        QTimer.singleShot(0, menu, lambda: m.choose(menu))
        button.showMenu()
    return True


def click_a_row(m: Monkey) -> bool:
    panel = m.any(("problems", "history", "summary", "palette"))
    views = [w for w in m.widgets(panel, QAbstractItemView) if not isinstance(w, QHeaderView)]
    lists = [w for w in views if w.model().rowCount()]
    if not lists:
        return False
    rows = m.any(lists)
    row = m.die.randrange(rows.model().rowCount())
    if panel == "history" and m.die.random() < 0.8:  # far back would undo all the work
        row = max(0, m.window.document.history.index() - m.die.randint(-2, 3))
        row = min(row, rows.model().rowCount() - 1)
    m.say(f"clicks row {row} of {panel}")
    index = rows.model().index(row, 0)
    rows.scrollTo(index)
    QTest.mouseClick(rows.viewport(), LEFT, NO, rows.visualRect(index).center())
    return True


def raise_a_panel(m: Monkey) -> bool:
    panel = m.any(PANELS).name
    m.say(f"raises {panel}")
    m.window.docks.raise_panel(panel)
    return True


def any_command(m: Monkey) -> bool:
    """One of the table, those that it has not done first; questions are closed with Escape."""
    names = [c.name for c in COMMANDS if c.name not in m.done | LONG] or [
        c.name for c in COMMANDS if not c.text.endswith("…") and c.name not in RARE
    ]
    m.die.shuffle(names)
    m.window.commands.refresh()
    name = next((n for n in names if m.window.commands[n].isEnabled()), "")
    return bool(name) and name not in LEAVING and command(m, name)


def command(m: Monkey, name: str) -> bool:
    m.say(f"does the command {name}")
    return m.command(name)


def leave_and_stay(m: Monkey) -> bool:
    """What would leave the project asks first, where something is unsaved."""
    if not m.window.document.is_changed:
        return False
    name = m.any(LEAVING)
    m.say(f"does the command {name} and stays")
    m.command(name)
    QApplication.processEvents()
    return True


LEAVING = ("file.new", "file.close", "file.quit")
LONG = {"train.enqueue", "train.restart", "train.find_batch"}
"""They begin a run, or take a minute; the whole opening meets them."""
RARE = (*LONG, "train.start", "train.process", "help.log", "file.new", "file.close", "file.quit",
        "file.open", "window.new",
        "graph.evaluate", "graph.backward", "view.overlay_time", "view.overlay_gradient",
        "view.bar_time",
        "view.theme_dark", "view.theme_light", "view.theme_system", "view.colors",
        "help.guide", "help.problems",
        "help.shortcuts", "help.about")  # fmt: skip

ACTS = (
    Act(14, type_into_a_field), Act(3, choose_in_a_list), Act(5, press_a_button),
    Act(3, click_a_row), Act(2, raise_a_panel), Act(9, any_command), Act(1, leave_and_stay),
)  # fmt: skip
