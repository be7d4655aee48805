"""A window in a process of its own, that works until it is killed: `python -m tests.gui.victim`.

Its words are a project, a way to end (WAYS) and a seed. After each change it says the whole
project as one line of JSON; in the gesture in which it shall die it says `moved` again and again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from graphcore.project.file import to_text
from gui.app import open_window
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.theme import Appearance
from tests.gui.canvas.hand import CTRL, Hand

CHANGES = 4
"""Before the gesture in which it shall die."""


def main(path: str, way: str, seed: str) -> None:
    app = QApplication([])
    window = open_window(Appearance(app, "dark"), Preferences(), Path(path))
    window.resize(1280, 720)
    window.show()
    window.activateWindow()
    hand = Hand(window.canvas, window.document, window.analyser, window.selection)
    die = Random(int(seed))
    for _ in range(CHANGES):
        nudge(hand, die)
        say(window)
    WAYS[way](window, hand, die)


def say(window: MainWindow) -> None:
    print(json.dumps(to_text(window.document.project)), flush=True)


def nudge(hand: Hand, die: Random) -> None:
    """Some card a bit up or down: one change."""
    name = die.choice(sorted(hand.names()))
    hand.click(hand.at(name))
    hand.hold_key(die.choice((Qt.Key.Key_Up, Qt.Key.Key_Down)), CTRL, die.randint(1, 9))
    QApplication.processEvents()


def in_mid_drag(window: MainWindow, hand: Hand, die: Random) -> None:
    start = hand.at("conv")
    end = start + QPoint(die.randint(50, 90), die.randint(50, 90))
    hand.drag(start, end, release=False)
    while True:
        hand.hover(start + (end - start) * die.random())
        print("moved", flush=True)


def in_mid_typing(window: MainWindow, hand: Hand, die: Random) -> None:
    hand.click(hand.at("conv"))
    QApplication.processEvents()
    fields = window.docks["inspector"].panel.findChildren(QLineEdit)
    field = next(f for f in fields if f.isVisible() and f.isEnabled() and not f.isReadOnly())
    field.setFocus()
    while True:
        QTest.keyClicks(field, die.choice("abcxyz"))
        QApplication.processEvents()
        print("moved", flush=True)


def in_mid_work(window: MainWindow, hand: Hand, die: Random) -> None:
    """Paste upon paste and move upon move, as fast as it goes."""
    hand.click(hand.at("relu"))
    window.commands["edit.copy"].trigger()
    while True:
        if die.random() < 0.5 or len(hand.graph.nodes) > 60:
            nudge(hand, die)
        else:
            window.commands["edit.paste"].trigger()
        QApplication.processEvents()
        say(window)


Way = Callable[[MainWindow, Hand, Random], None]
WAYS: Mapping[str, Way] = {"drag": in_mid_drag, "typing": in_mid_typing, "work": in_mid_work}

if __name__ == "__main__":
    main(*sys.argv[1:])
