"""What each key means on the canvas: its own keys, and those of the commands it was given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

Verb = Callable[[], object]
_ALIKE = {Qt.Key.Key_Enter: Qt.Key.Key_Return}

# No commands: they go with the hand on the arrows, or are second keys beside a command's own.
OWN: dict[str, Callable[[CanvasView], object]] = {
    "Backspace": lambda view: view.delete_or_leave(),
    "+": lambda view: view.zoom_in(),
    "Shift++": lambda view: view.zoom_in(),
    "=": lambda view: view.zoom_in(),
    "-": lambda view: view.zoom_out(),
    "1": lambda view: view.zoom_to_actual_size(),
    "Left": lambda view: view.walk("left"),
    "Right": lambda view: view.walk("right"),
    "Up": lambda view: view.walk("up"),
    "Down": lambda view: view.walk("down"),
    "Ctrl+Left": lambda view: view.nudge(-1, 0),
    "Ctrl+Right": lambda view: view.nudge(1, 0),
    "Ctrl+Up": lambda view: view.nudge(0, -1),
    "Ctrl+Down": lambda view: view.nudge(0, 1),
}


def pressed(event: QKeyEvent) -> str:
    """The keys that are down, written as shortcuts are; the keypad's count as the others."""
    key = Qt.Key(event.key())
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Backtab:
        key, held = Qt.Key.Key_Tab, held | Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(held, _ALIKE.get(key, key))).toString()


def written(keys: str) -> str:
    """Keys as Qt writes them, so that equal ones are equal texts; empty for what is no key."""
    return QKeySequence(keys).toString()


def shown_keys(keys: str) -> str:
    """Keys as this system shows them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class Keys:
    """The keys of one canvas."""

    def __init__(self, view: CanvasView) -> None:
        self._own: dict[str, Verb] = {keys: partial(do, view) for keys, do in OWN.items()}
        self._verbs = dict(self._own)
        self._commands: dict[str, str] = {}

    def bind(self, commands: Mapping[str, str], verbs: Mapping[str, Verb]) -> None:
        """The keys of commands by name, and what those do that the canvas hears itself."""
        self._commands = {name: written(keys) for name, keys in commands.items()}
        bound = {self._commands[name]: verb for name, verb in verbs.items()}
        bound.pop("", None)
        self._verbs = self._own | bound

    def of(self, command: str) -> str:
        """The keys of a command; empty where it has none."""
        return self._commands.get(command, "")

    def verb_for(self, event: QKeyEvent) -> Verb | None:
        """What a press means; None where it means nothing."""
        return self._verbs.get(pressed(event))

    def __contains__(self, keys: str) -> bool:
        return keys in self._verbs

    def __iter__(self) -> Iterator[str]:
        return iter(self._verbs)
