"""A monkey at the window: it chooses by a seed, says in words what it does, and then does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from graphcore.project.edits import Edit
from graphcore.project.graph import Graph, Node, NodeId
from graphcore.project.journal import Step
from graphcore.project.project import Project
from gui.actions import COMMANDS
from gui.main_window import MainWindow
from tests.gui.canvas.hand import NO, Hand

T = TypeVar("T")
MOST_NODES = 30
"""From so many on it deletes instead of adding, so that a step stays a matter of milliseconds."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a monkey can do, and how often; `do` answers whether it could."""

    weight: int
    do: Callable[[Monkey], bool]


class Monkey:
    """Hands, a die and a diary: `diary` has a line for each action, `done` the commands."""

    def __init__(self, window: MainWindow, qtbot: QtBot, seed: int) -> None:
        self.window, self.qtbot, self.die = window, qtbot, Random(seed)
        self.hand = Hand(window.canvas, window.document, window.analyser, window.selection)
        self.view = window.canvas
        self.diary: list[str] = []
        self.done: set[str] = set()
        self.edits = self.changing = 0
        self._begin()
        window.document.edited.connect(self._on_edited)
        window.document.stepped.connect(self._on_stepped)
        window.document.replaced.connect(self._begin)

    @property
    def project(self) -> Project:
        return self.window.document.project

    @property
    def graph(self) -> Graph:
        """The drawing that is shown."""
        return self.window.selection.place.graph(self.project)

    def say(self, words: str) -> bool:
        """Into the diary, before it is done; True, so that an act can end with it."""
        self.diary.append(words)
        return True

    def act(self, acts: Sequence[Act]) -> None:
        """One action that can be done now."""
        before = self.edits
        while True:
            chosen = self.die.choices(acts, [act.weight for act in acts])[0]
            if chosen.do(self):
                break
        self.settle()
        self.changing += self.edits > before

    def settle(self) -> None:
        """Dialogs and menus are closed as a person does, and what was asked for happens."""
        QApplication.processEvents()
        self.hand.settle(self.qtbot)
        for _ in range(6):
            open_ = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if open_ is None:
                break
            QTest.keyClick(open_, Qt.Key.Key_Escape)
            QApplication.processEvents()
        for other in self.window.windows:
            if other is not self.window:
                other.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        self.rest()
        self._remember()

    def wait(self, question: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(question, timeout=60_000)

    def rest(self) -> None:
        """Until the analyser has seen the project as it stands."""
        self.wait(lambda: self.window.analyser.is_current)

    def stop_the_run(self) -> None:
        """A run that goes on, or is held, is stopped as by a person, and has saved."""
        runner = self.window.runner
        while runner.is_busy:  # a queue may begin the next one in that moment
            self.say("stops the run")
            self.command("train.stop")
            self.wait(lambda: not runner.is_busy)

    # Choosing

    def any(self, things: Sequence[T]) -> T:
        return self.die.choice(things)

    def node(self, *, seen: bool = True) -> Node | None:
        """A node of the drawing, brought into sight where it is not; None where there is none."""
        nodes = sorted(self.graph.nodes.values(), key=lambda node: (node.order, node.name))
        if not nodes:
            return None
        chosen = self.any(nodes)
        if seen and not self.sees(self.view.point_of(chosen.id)):
            self.focus()
            QTest.keyClick(self.view, Qt.Key.Key_Home)
        return chosen

    def slots(self) -> list[tuple[NodeId, str]]:
        """Where wires end, in an order that no id decides: sets of ids have none."""
        nodes = self.graph.nodes
        return sorted(self.graph.wires, key=lambda slot: (nodes[slot[0]].name, slot[1]))

    def sees(self, spot: QPoint) -> bool:
        """Whether a hand can reach it: nothing lies over the paper there."""
        port = self.view.viewport()
        above = self.view.childAt(port.mapTo(self.view, spot))
        return port.rect().contains(spot) and above in (port, None)

    def spot(self) -> QPoint:
        """Anywhere on the paper."""
        port = self.view.viewport()
        while True:
            found = QPoint(self.die.randrange(port.width()), self.die.randrange(port.height()))
            if self.sees(found):
                return found

    # Doing

    def focus(self) -> None:
        """The canvas hears keys, as after a click on its paper."""
        self.window.activateWindow()
        self.view.setFocus()

    def click(self, node: NodeId, modifiers: Qt.KeyboardModifier = NO) -> None:
        self.hand.click(self.view.point_of(node), modifiers)

    def keys(self, sequence: str) -> None:
        """A shortcut, typed on the canvas."""
        self.focus()
        QTest.keySequence(self.view, QKeySequence(sequence))
        QApplication.processEvents()

    def command(self, name: str) -> bool:
        """A command of the table, by its key or by its entry; whether it was on."""
        self.window.commands.refresh()
        action = self.window.commands[name]
        if not action.isEnabled():
            return False
        keys = next(command.shortcut for command in COMMANDS if command.name == name)
        self.done.add(name)
        if keys and self.die.random() < 0.5:
            self.keys(keys)
        else:
            self.focus()
            action.trigger()
        return True

    def choose(self, menu: QMenu) -> str:
        """Any entry of a menu that is on, without its key; what it says."""
        actions = [a for a in menu.actions() if a.isEnabled() and a.text() and not a.menu()]
        chosen = self.any(actions)
        text = chosen.text()
        menu.setActiveAction(chosen)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        return text

    def widgets(self, panel: str, *kinds: type[QWidget]) -> list[QWidget]:
        """What can be used of a panel that is in sight."""
        self.window.docks.raise_panel(panel, take_focus=False)
        QApplication.processEvents()
        root = self.window.docks[panel].panel
        found = [w for kind in kinds for w in root.findChildren(kind)]
        return [w for w in found if w.isVisible() and w.isEnabled()]

    # What it remembers

    def _begin(self) -> None:
        self.chronicle: dict[int, Project] = {0: self.project.copy()}

    def _on_edited(self, _: Edit) -> None:
        self.edits += 1

    def _on_stepped(self, step: Step, _: Edit) -> None:
        """A new change takes the place of those that were undone; it may fold into the last."""
        if step.word == "do":
            history = self.window.document.history
            here = history.index()
            folds = here > 0 and step.gesture != -1
            folds = folds and history.command(here - 1).id() == step.gesture
            self.chronicle = {i: p for i, p in self.chronicle.items() if i < here + (not folds)}

    def _remember(self) -> None:
        """The project after this many changes."""
        self.chronicle[self.window.document.history.index()] = self.project.copy()

    def open_dialogs(self) -> list[QWidget]:
        """Dialogs and menus that somebody sees."""
        kinds = (QDialog, QMenu)
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kinds) and w.isVisible()]
