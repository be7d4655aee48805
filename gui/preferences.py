"""What a person prefers, remembered between sessions; and where the program keeps its files."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QObject, QSettings, Signal

from graphcore.errors import UserError
from graphcore.project.graph import NodeId
from gui import session
from gui.language import Language
from gui.motion import Motion
from gui.session import Seat
from gui.theme import Choice, Colors

if TYPE_CHECKING:
    from gui.canvas.stubs import Drawn

RECENT_COUNT = 10
# A palette remembers so many commands, and for each no more than so many uses.
USED_COUNT, MOST_USES = 40, 32
DRAWN_COUNT = 50
"""Of so many files it is remembered which wires are two stubs."""


def data_folder() -> Path:
    """The folder of settings, autosaves, logs and runs of untitled projects, made if missing.

    The environment variable NETWRIGHT_HOME names another one.
    """
    home = os.environ.get("NETWRIGHT_HOME")
    folder = Path(home) if home else Path(platformdirs.user_data_dir("netwright", False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Preferences(QObject):
    """The only place that reads and writes settings; `changed` after every change by a person.

    `refused` carries the UserError of settings that could not be written. `unread` is where the
    settings of the last session were put, if they can't be read in full.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = (folder or data_folder()) / "settings.ini"
        self.unread: Path | None = None
        self._settings = self._opened()
        if self._settings.status() == QSettings.Status.FormatError:
            self.unread = self._file.with_name("settings-unread.ini")
            shutil.copyfile(self._file, self.unread)
            self._file.unlink()
            self._settings = self._opened()

    @property
    def theme(self) -> Choice:
        """`system`, `dark` or `light`."""
        match self._settings.value("theme", "system"):
            case "dark":
                return "dark"
            case "light":
                return "light"
        return "system"

    @theme.setter
    def theme(self, choice: Choice) -> None:
        self._set("theme", choice)

    @property
    def language(self) -> Language:
        """`system`, or the language that a person chose."""
        match self._settings.value("language", "system"):
            case "en":
                return "en"
            case "de":
                return "de"
            case "zh_CN":
                return "zh_CN"
        return "system"

    @language.setter
    def language(self, choice: Language) -> None:
        self._set("language", choice)

    @property
    def colors(self) -> Colors:
        """`standard`, or `safe`: colours that colour-blind people tell apart."""
        return "safe" if self._settings.value("colors", "standard") == "safe" else "standard"

    @colors.setter
    def colors(self, choice: Colors) -> None:
        self._set("colors", choice)

    @property
    def motion(self) -> Motion:
        """`system`, `full` or `reduced`: whether things move or jump."""
        match self._settings.value("motion", "system"):
            case "full":
                return "full"
            case "reduced":
                return "reduced"
        return "system"

    @motion.setter
    def motion(self, choice: Motion) -> None:
        self._set("motion", choice)

    @property
    def restores_session(self) -> bool:
        """Whether the program opens the windows that were open last."""
        return self._bool("restores_session", True)

    @restores_session.setter
    def restores_session(self, wanted: bool) -> None:
        self._set("restores_session", wanted)

    @property
    def shows_minimap(self) -> bool:
        """Whether the canvas shows its minimap."""
        return self._bool("shows_minimap", True)

    @shows_minimap.setter
    def shows_minimap(self, wanted: bool) -> None:
        self._set("shows_minimap", wanted)

    @property
    def shows_guides(self) -> bool:
        """Whether what is dragged lines up with what lies around it."""
        return self._bool("shows_guides", True)

    @shows_guides.setter
    def shows_guides(self, wanted: bool) -> None:
        self._set("shows_guides", wanted)

    @property
    def shows_stubs(self) -> bool:
        """Whether wires of a Dataset that run far are drawn at their ends only."""
        return self._bool("shows_stubs", True)

    @shows_stubs.setter
    def shows_stubs(self, wanted: bool) -> None:
        self._set("shows_stubs", wanted)

    @property
    def bar(self) -> str:
        """What the bars on the cards show during a run: gradient, spread, time or none."""
        found = str(self._settings.value("bar", "gradient"))
        return found if found in ("gradient", "spread", "time", "none") else "gradient"

    @bar.setter
    def bar(self, choice: str) -> None:
        self._set("bar", choice)

    @property
    def trains_in_process(self) -> bool:
        """Whether runs get a process of their own instead of a thread of the window."""
        return self._bool("trains_in_process", False)

    @trains_in_process.setter
    def trains_in_process(self, wanted: bool) -> None:
        self._set("trains_in_process", wanted)

    @property
    def opens_windows(self) -> bool:
        """Whether a project that is opened gets a window of its own, beside one with another."""
        return self._bool("opens_windows", True)

    @opens_windows.setter
    def opens_windows(self, wanted: bool) -> None:
        self._set("opens_windows", wanted)

    @property
    def session(self) -> list[Seat]:
        """The windows as the program was last used, the active one first."""
        return session.from_text(str(self._settings.value("session/windows", "[]")))

    @session.setter
    def session(self, seats: list[Seat]) -> None:
        self._settings.setValue("session/windows", session.to_text(seats))

    @property
    def recent(self) -> list[Path]:
        """Files opened or saved lately, newest first; those that are gone are forgotten."""
        texts = self._settings.value("recent", [])
        texts = [texts] if isinstance(texts, str) else list(texts or [])  # type: ignore[call-overload]
        return [Path(str(text)) for text in texts if Path(str(text)).is_file()]

    def remember(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        kept = [path, *(other for other in self.recent if other != path)][:RECENT_COUNT]
        self._settings.setValue("recent", [str(other) for other in kept])

    def forget_recent(self) -> None:
        """Empty the list of recent files."""
        self._settings.setValue("recent", [])

    @property
    def curves(self) -> Mapping[str, object]:
        """How curves were last looked at; what somebody else wrote there is left out."""
        try:
            found = json.loads(str(self._settings.value("curves", "{}")))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @curves.setter
    def curves(self, look: Mapping[str, object]) -> None:
        self._settings.setValue("curves", json.dumps(dict(look)))

    def drawn_wires(self, path: Path) -> dict[Drawn, bool]:
        """How a person drew wires of that file: True for two stubs, False for whole."""
        return dict(self._drawn().get(str(path), {}))

    def remember_drawn_wires(self, path: Path, chosen: Mapping[Drawn, bool]) -> None:
        """Keep how wires of a file are drawn, beside those of the files of late."""
        every = {str(path): dict(chosen)} if chosen else {}
        every |= {file: wires for file, wires in self._drawn().items() if file != str(path)}
        kept = list(every.items())[:DRAWN_COUNT]
        self._settings.setValue("drawn_wires", json.dumps([
            [file, [[name, *slot, is_stub] for (name, slot), is_stub in wires.items()]]
            for file, wires in kept
        ]))  # fmt: skip

    def _drawn(self) -> dict[str, dict[Drawn, bool]]:
        try:
            return {
                str(file): {
                    (str(name), (NodeId(node), str(port))): bool(is_stub)
                    for name, node, port, is_stub in wires
                }
                for file, wires in json.loads(str(self._settings.value("drawn_wires", "[]")))
            }
        except (ValueError, TypeError):
            return {}  # somebody else wrote it

    @property
    def shortcuts(self) -> dict[str, str]:
        """The keys that a person chose, by command; a text that is empty means none."""
        self._settings.beginGroup("shortcuts")
        found = {name: self._settings.value(name) for name in self._settings.childKeys()}
        self._settings.endGroup()
        # A comma that was typed into the file by hand makes a list of it.
        return {name: ",".join(keys) if isinstance(keys, list) else str(keys or "")
                for name, keys in found.items()}  # fmt: skip

    @shortcuts.setter
    def shortcuts(self, chosen: dict[str, str]) -> None:
        self._settings.remove("shortcuts")
        for name, keys in chosen.items():
            self._settings.setValue(f"shortcuts/{name}", keys)
        self.flush()
        self.changed.emit()

    @property
    def uses(self) -> dict[str, int]:
        """How often commands were chosen in the palette, those of late first."""
        texts = self._settings.value("palette/uses", [])
        texts = [texts] if isinstance(texts, str) else list(texts or [])  # type: ignore[call-overload]
        pairs = [str(text).partition("=") for text in texts]
        return {name: int(count) for name, _, count in pairs if name and count.isdecimal()}

    def count_use(self, command: str) -> None:
        """A command was chosen in the palette; old uses count for less and less."""
        uses = {command: self.uses.get(command, 0) + 1} | {
            name: count for name, count in self.uses.items() if name != command
        }
        if uses[command] > MOST_USES:
            uses = {name: (count + 1) // 2 for name, count in uses.items()}
        kept = list(uses.items())[:USED_COUNT]
        self._settings.setValue("palette/uses", [f"{name}={count}" for name, count in kept])

    def flush(self) -> None:
        """Write what is still in memory; Qt writes the file whole or not at all."""
        if self._settings.status() != QSettings.Status.NoError:
            self._settings = self._opened()  # the old one would say so for ever
        self._settings.sync()
        if self._settings.status() == QSettings.Status.AccessError:
            message = self.tr("The settings can't be written to {}.").format(self._file)
            hint = self.tr("Make room there and see that you may write it: until then choices "
                           "last as long as the window.")  # fmt: skip
            self.refused.emit(UserError(message, hint))

    def _opened(self) -> QSettings:
        return QSettings(str(self._file), QSettings.Format.IniFormat, self)

    def _set(self, key: str, value: object) -> None:
        self._settings.setValue(key, value)
        self.changed.emit()

    def _bool(self, key: str, default: bool) -> bool:
        return bool(self._settings.value(key, default, type=bool))
