"""More that a monkey does on the canvas: dots, notes, wires by keys, shaking, pasting code."""

from __future__ import annotations

from itertools import chain, repeat

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.gui.canvas.hand import ALT, CTRL, NO
from tests.gui.monkey.monkey import MOST_NODES, Act, Monkey
from tests.gui.monkey.on_paper import WORDS

K = Qt.Key
CODE = (
    "nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Dropout(0.2))",
    "nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten(), print('no'))",
    "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    "        self.fc = nn.Linear(4, 2)\n    def forward(self, x):\n        return self.fc(x)\n",
    "import os; os.remove('x')", "a letter to a friend", "{}",
)  # fmt: skip


def lead_a_wire(m: Monkey) -> bool:
    slots = m.slots()
    if not slots:
        return False
    slot, way = m.any(slots), m.any(("a double click", "Alt and a drag", "W and ."))
    m.say(f"leads the wire into {m.graph.nodes[slot[0]].name}.{slot[1]} by {way}")
    spot = m.view.point_of_wire(slot)
    match way:
        case "a double click":
            m.hand.double_click(spot)
            m.hand.key(K.Key_Escape)
        case "Alt and a drag":
            m.hand.drag(spot, m.spot(), ALT)
        case _:
            m.hand.click(m.view.point_of(slot[0]))
            m.keys("W")
            m.keys(".")
            m.hand.hold_key(m.any((K.Key_Up, K.Key_Down)), CTRL, 3)
    return True


def move_a_note(m: Monkey) -> bool:
    notes = sorted(m.view.canvas.notes.items)
    if not notes:
        return False
    key, how = m.any(notes), m.any((NO, NO, ALT))
    item = m.view.canvas.notes.items[key]
    start = m.view.mapFromScene(item.rect.topLeft() + QPointF(24, 12))
    m.say(f"drags the note “{item.note.title or item.note.text}” {how.name}")
    m.hand.drag(start, m.spot(), how)
    return True


def pull_a_note(m: Monkey) -> bool:
    """By its lower right corner."""
    notes = sorted(m.view.canvas.notes.items)
    if not notes:
        return False
    rect = m.view.canvas.notes.items[m.any(notes)].rect
    start = m.view.mapFromScene(rect.bottomRight()) - QPoint(1, 1)
    m.say(f"drags from a note's corner at {start.toTuple()}")
    m.hand.drag(start, m.spot())
    return True


def write_a_note(m: Monkey) -> bool:
    if len(m.project.notes) > 8:
        return False
    keys, text = m.any(("N", "Ctrl+J", "Shift+F2")), m.any((*WORDS, ""))
    m.say(f"presses {keys} and writes “{text}”")
    m.keys(keys)
    field = QApplication.focusWidget()
    if field is not None and field is not m.view and m.view.isAncestorOf(field):
        QTest.keyClicks(field, text)
        QTest.keyClick(field, K.Key_Escape)
    return True


def wire_by_keys(m: Monkey) -> bool:
    node = m.node()
    if node is None:
        return False
    arrows, end = m.die.randint(0, 3), m.any((K.Key_Return, K.Key_Return, K.Key_Escape))
    m.say(f"clicks {node.name}, presses Enter, {arrows} times Down, and {end.name}")
    m.click(node.id)
    m.keys("Return")
    for key in chain(repeat(K.Key_Down, arrows), (end,)):
        QTest.keyClick(QApplication.focusWidget() or m.view, key)
    m.focus()
    QTest.keyClick(m.view, K.Key_Escape)  # where no wire was begun it climbs out or selects nothing
    return True


def shake(m: Monkey) -> bool:
    node = m.node()
    if node is None:
        return False
    m.say(f"shakes {node.name}")
    at = m.view.point_of(node.id)
    side = QPoint(90, 0)
    m.hand.drag_through([at, at + side, at - side, at + side, at - side, at + side, at])
    return True


def find(m: Monkey) -> bool:
    word = m.any(WORDS)
    m.say(f"presses Ctrl+F, types {word}, Enter and Escape")
    m.keys("Ctrl+F")
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit) and m.view.isAncestorOf(field):
        QTest.keyClicks(field, word)
        for key in (K.Key_Return, K.Key_Return, K.Key_Escape):
            QTest.keyClick(field, key)
    return True


def paste_code(m: Monkey) -> bool:
    if len(m.graph.nodes) >= MOST_NODES:
        return False
    code = m.any(CODE)
    m.say(f"pastes “{code[:30]}”")
    QGuiApplication.clipboard().setText(code)
    m.keys(m.any(("Ctrl+V", "Ctrl+V", "Ctrl+Shift+V", "Ctrl+Alt+V")))
    return True


def resize(m: Monkey) -> bool:
    width, height = m.die.randrange(900, 1500), m.die.randrange(640, 1000)
    m.say(f"makes the window {width} x {height}")
    m.window.resize(width, height)
    return True


ACTS = (
    Act(4, lead_a_wire), Act(3, move_a_note), Act(2, pull_a_note), Act(2, write_a_note),
    Act(4, wire_by_keys), Act(3, shake), Act(1, find), Act(3, paste_code), Act(1, resize),
)  # fmt: skip
