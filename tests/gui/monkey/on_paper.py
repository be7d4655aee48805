"""What a monkey does on the canvas with mouse, keys and drops."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from graphcore.project.graph import Node, NodeId
from tests.gui.canvas.hand import ALT, CTRL, NO, SHIFT
from tests.gui.monkey.monkey import MOST_NODES, Act, Monkey

K = Qt.Key
KINDS = (
    "nn.Conv2d", "nn.Linear", "nn.ReLU", "nn.Dropout", "nn.BatchNorm2d", "nn.Flatten", "nn.LSTM",
    "nn.MultiheadAttention", "nn.Embedding", "nn.MaxPool2d", "ops.add", "ops.cat", "ops.split",
    "ops.permute", "ops.reshape", "io.Input", "io.Output", "loss.CrossEntropyLoss", "loss.MSELoss",
    "data.Dataset",
)  # fmt: skip
WORDS = ("conv", "lin", "relu", "drop", "add", "cat", "lstm", "norm", "loss", "zzz", "flat", "in")


def move_a_node(m: Monkey) -> bool:
    node = m.node()
    if node is None:
        return False
    end, how = m.spot(), m.any((NO, NO, NO, ALT, SHIFT))
    m.say(f"drags {node.name} to {end.toTuple()} {how.name}")
    m.hand.drag(m.view.point_of(node.id), end, how)
    return True


def give_up_a_drag(m: Monkey) -> bool:
    node = m.node()
    if node is None:
        return False
    keys = m.any(("Esc", "Ctrl+Z", "Del", "Ctrl+Shift+Z", "Ctrl+G", "L", "Tab", "Ctrl+D"))
    m.say(f"drags {node.name}, types {keys} with the button down, lets go")
    end = m.spot()
    m.hand.drag(m.view.point_of(node.id), end, release=False)
    m.keys(keys)
    QTest.mouseRelease(m.view.viewport(), Qt.MouseButton.LeftButton, NO, end)
    return True


def rubber_band(m: Monkey) -> bool:
    start, end = m.spot(), m.spot()
    m.say(f"drags from {start.toTuple()} to {end.toTuple()}")
    m.hand.drag(start, end, m.any((NO, SHIFT, CTRL)))
    return True


def click_something(m: Monkey) -> bool:
    node, how = m.node(), m.any((NO, NO, SHIFT, CTRL))
    if node is None:
        return False
    m.say(f"clicks {node.name} {how.name}")
    m.click(node.id, how)
    return True


def click_a_wire(m: Monkey) -> bool:
    slots = m.slots()
    if not slots:
        return False
    slot = m.any(slots)
    m.say(f"clicks the wire into {m.graph.nodes[slot[0]].name}.{slot[1]}")
    m.hand.click(m.view.point_of_wire(slot), m.any((NO, NO, SHIFT)))
    return True


def _output(m: Monkey) -> tuple[Node, QPoint] | None:
    node = m.node()
    names = [port.name for port in m.project.ports(node)[1]] if node else []
    if node is None or not names:
        return None
    return node, m.view.point_of_port(node.id, m.any(names), is_output=True)


def _input(m: Monkey, other: NodeId) -> tuple[str, QPoint] | None:
    node = m.node(seen=False)
    if node is None or node.id == other:
        return None
    slots = m.project.slots(node, m.graph)
    if not slots:
        return None
    slot = m.any(slots)
    return f"{node.name}.{slot}", m.view.point_of_port(node.id, slot, is_output=False)


def draw_a_wire(m: Monkey) -> bool:
    start = _output(m)
    end = _input(m, start[0].id) if start else None
    if start is None or end is None:
        return False
    m.say(f"draws a wire from {start[0].name} to {end[0]}")
    m.hand.drag(start[1], end[1])
    return True


def wire_into_the_void(m: Monkey) -> bool:
    start = _output(m)
    if start is None or len(m.graph.nodes) >= MOST_NODES:
        return False
    spot, word = m.spot(), m.any(WORDS)
    m.say(f"draws a wire from {start[0].name} to {spot.toTuple()} and types {word}")
    m.hand.drag(start[1], spot)
    _search(m, word)
    return True


def redraw_a_wire(m: Monkey) -> bool:
    slots = m.slots()
    if not slots:
        return False
    node, slot = m.any(slots)
    other = _input(m, node)
    name, spot = other if other and m.die.random() < 0.6 else ("nowhere", m.spot())
    m.say(f"drags the wire's end at {m.graph.nodes[node].name}.{slot} to {name}")
    m.hand.drag(m.view.point_of_port(node, slot, is_output=False), spot)
    _search(m, "")
    return True


def search(m: Monkey) -> bool:
    if len(m.graph.nodes) >= MOST_NODES:
        return False
    word = m.any(WORDS)
    m.say(f"presses Tab and types {word}")
    m.keys("Tab")
    _search(m, word)
    return True


def _search(m: Monkey, word: str) -> None:
    """Types into the search where one is open, and takes what it finds or not."""
    field = QApplication.focusWidget()
    if not isinstance(field, QLineEdit) or not m.view.isAncestorOf(field):
        return
    QTest.keyClicks(field, word)
    key, how = m.any(((K.Key_Return, NO), (K.Key_Return, SHIFT), (K.Key_Return, NO),
                      (K.Key_Escape, NO)))  # fmt: skip
    QTest.keyClick(field, key, how if word else NO)
    m.focus()  # where nothing was found it is still open


def drop(m: Monkey) -> bool:
    if len(m.graph.nodes) >= MOST_NODES:
        return False
    slots = m.slots()
    onto = slots and m.die.random() < 0.4
    spot = m.view.point_of_wire(m.any(slots)) if onto else m.spot()
    kind = m.any(KINDS)
    m.say(f"drops {kind} at {spot.toTuple()}")
    m.hand.drop_kind(kind, spot)
    return True


def key(m: Monkey) -> bool:
    what = m.any(tuple(m.view.keys))
    if len(m.graph.nodes) >= MOST_NODES and what.endswith(("V", "D")):
        what = "Del"
    m.say(f"presses {what}")
    m.focus()
    QTest.keySequence(m.view, QKeySequence(what))
    return True


def nudge(m: Monkey) -> bool:
    arrow, times = m.any((K.Key_Left, K.Key_Right, K.Key_Up, K.Key_Down)), m.die.randint(1, 5)
    if not m.window.selection.nodes:
        return False
    m.say(f"holds Ctrl+{arrow.name} for {times}")
    m.focus()
    m.hand.hold_key(arrow, CTRL, times)
    return True


def delete(m: Monkey) -> bool:
    node = m.node()
    if node is None or (len(m.graph.nodes) < 6 and m.die.random() < 0.7):
        return False
    how = m.any(("Del", "Ctrl+Del", "Backspace", "Ctrl+X"))
    m.say(f"clicks {node.name} and presses {how}")
    m.click(node.id)
    m.keys(how)
    return True


def thin_out(m: Monkey) -> bool:
    """Only where there is too much: a handful at once."""
    if len(m.graph.nodes) < MOST_NODES:
        return False
    m.say("clicks eight nodes with Shift and presses Ctrl+Del")
    m.keys("Home")
    for at in range(8):
        node = m.node()
        if node is not None:
            m.click(node.id, SHIFT if at else NO)
    m.keys("Ctrl+Del")
    return True


def undo(m: Monkey) -> bool:
    key, times = m.any(("Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z")), m.die.randint(1, 3)
    m.say(f"presses {key} {times} times")
    for _ in range(times):
        m.keys(key)
    return True


def back_and_forth(m: Monkey) -> bool:
    history = m.window.document.history
    if not history.canUndo():
        return False
    m.say(f"undoes “{history.undoText()}” and does it again")
    before, text = m.project.copy(), history.undoText()
    history.undo()
    history.redo()
    assert m.project == before, f"undone and done again it is another project: {text}"
    return True


def menu(m: Monkey) -> bool:
    node = m.node()
    spot = m.view.point_of(node.id) if node and m.die.random() < 0.8 else m.spot()
    m.say(f"asks for the menu at {spot.toTuple()}")
    if not m.sees(spot):
        return True
    chosen = m.choose(m.hand.menu_at(spot))
    m.say(f"… and chooses “{chosen}”")
    return True


def look(m: Monkey) -> bool:
    spot, turns = m.spot(), m.any((-2, -1, 1, 2))
    m.say(f"turns the wheel by {turns} at {spot.toTuple()}, looks at the tooltip")
    m.hand.wheel(spot, turns)
    m.hand.hover(spot)
    m.hand.tooltip_at(spot)
    return True


def block(m: Monkey) -> bool:
    node = m.node()
    if node is None:
        return False
    how = m.any(("Ctrl+G", "Ctrl+G", "Ctrl+Shift+G", "Alt+Down", "Alt+Up"))
    m.say(f"clicks {node.name} and presses {how}")
    m.click(node.id, m.any((NO, SHIFT)))
    m.keys(how)
    return True


ACTS = (
    Act(8, move_a_node), Act(3, give_up_a_drag), Act(3, rubber_band), Act(4, click_something),
    Act(2, click_a_wire), Act(14, draw_a_wire), Act(5, wire_into_the_void), Act(4, redraw_a_wire),
    Act(6, search), Act(10, drop), Act(4, key), Act(6, nudge), Act(5, delete), Act(30, thin_out),
    Act(4, undo), Act(4, back_and_forth), Act(6, menu), Act(3, look), Act(5, block),
)  # fmt: skip
