"""The keys of every command: those of the table, or those that a person chose instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from graphcore.errors import UserError
from gui.canvas import keys as canvas_keys
from gui.canvas.keys import shown_keys, written
from gui.preferences import Preferences

# Keys that end, move the view or move the keyboard, wherever it is.
_NEVER = ("Esc", "Space", "Shift+Tab")
_FUNCTION_KEYS = range(Qt.Key.Key_F1, Qt.Key.Key_F35 + 1)
_HELD = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Shortcuts(QObject):
    """Keys by the name of a command; no two commands have the same. `changed` after a change."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._first: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self.unusable: tuple[tuple[str, str], ...] = ()
        preferences.changed.connect(self._take)

    def know(self, commands: Mapping[str, str]) -> None:
        """More commands, each with the keys that it has at first."""
        self._first |= {name: written(keys) for name, keys in commands.items()}
        self._take()

    def __getitem__(self, name: str) -> str:
        return self._keys[name]

    def first(self, name: str) -> str:
        """The keys that a command has at first."""
        return self._first[name]

    def is_chosen(self, name: str) -> bool:
        """Whether a command has other keys than at first."""
        return self._keys[name] != self._first[name]

    def owner(self, keys: str) -> str:
        """The command that has these keys; empty where none has."""
        return next((name for name, own in self._keys.items() if keys and own == keys), "")

    def choose(self, name: str, keys: str) -> None:
        """Give a command these keys; who had them has none. Empty takes its keys away."""
        now = dict(self._keys)
        if self.owner(keys):
            now[self.owner(keys)] = ""
        now[name] = keys
        self._keep(now)

    def reset(self) -> Mapping[str, str]:
        """All commands have the keys that they have at first; answers what was chosen before."""
        before = self._preferences.shortcuts
        self._preferences.shortcuts = {}
        return before

    def restore(self, chosen: Mapping[str, str]) -> None:
        """What was chosen before is chosen again."""
        self._preferences.shortcuts = dict(chosen)

    def _keep(self, now: Mapping[str, str]) -> None:
        # What another version of the program knows is left as it is.
        unknown = self._preferences.shortcuts.items()
        kept = {name: keys for name, keys in unknown if name not in self._first}
        chosen = {name: keys for name, keys in now.items() if keys != self._first[name]}
        self._preferences.shortcuts = kept | chosen

    def _take(self) -> None:
        keys, self.unusable = given(self._first, self._preferences.shortcuts)
        if keys != self._keys:
            self._keys = keys
            self.changed.emit()


def given(
    first: Mapping[str, str], chosen: Mapping[str, str]
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The keys of every command, and the choices that can't be had.

    What was chosen comes before what another has at first. Names that nobody knows are passed
    over: they may be of another version.
    """
    found, wrong = dict[str, str](), list[tuple[str, str]]()
    for name, text in chosen.items():
        keys = written(text)
        if name not in first:
            continue
        if (text and not is_key(keys)) or (keys and keys in found.values()) or is_fixed(keys):
            wrong.append((name, text))
        else:
            found[name] = keys
    for name, keys in first.items():
        if name not in found:
            found[name] = "" if keys in found.values() else keys
    return {name: found[name] for name in first}, tuple(wrong)


def complaints(
    preferences: Preferences, shortcuts: Shortcuts, titles: Mapping[str, str]
) -> Iterator[UserError]:
    """What of the settings could not be taken, as the window says it when it opens."""
    say = QCoreApplication.translate
    if preferences.unread is not None:
        yield UserError(
            say("shortcuts", "The settings could not be read: this is how things are at first."),
            say("shortcuts", "The file is kept as {}.").format(preferences.unread),
        )
    for name, keys in shortcuts.unusable:
        text = say("shortcuts", "“{0}” can't have the keys “{1}” that the settings say: "
                   "it has those that it has at first.").format(titles[name], keys)  # fmt: skip
        yield UserError(text, say("shortcuts", "Help, Keyboard shortcuts gives it others."))


def is_key(keys: str) -> bool:
    """Whether that is one press of a key."""
    return QKeySequence(keys).count() == 1 and _press(keys).key() != Qt.Key.Key_unknown


def is_fixed(keys: str) -> bool:
    """Whether no command can have these keys."""
    return keys in _NEVER or keys in {written(own) for own in canvas_keys.OWN}


def why_not(keys: str, *, on_canvas: bool) -> str:
    """Why a command can't have these keys; empty where it can."""
    say, shown = QCoreApplication.translate, shown_keys(keys)
    if is_fixed(keys):
        text = say("shortcuts", "{} is one of the keys that always mean the same. Press others.")
        return text.format(shown)
    press = _press(keys)
    if on_canvas or press.key() in _FUNCTION_KEYS or press.keyboardModifiers() & _HELD:
        return ""
    text = say("shortcuts", "This works everywhere in the window, where {} is for typing and "
               "moving about. Hold Ctrl or Alt with it, or press a function key.")  # fmt: skip
    return text.format(shown)


def _press(keys: str) -> QKeyCombination:
    return QKeySequence(keys)[0]  # type: ignore[index]  # the stubs have forgotten it
