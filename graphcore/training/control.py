"""What one may say to a run from another thread or program, and how it is written as words."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from graphcore.errors import UserError
from graphcore.training.changes import Setting, setting
from graphcore.training.events import Finished, Reason

if TYPE_CHECKING:
    from torch import Tensor

    from graphcore.training.unsaved import Unsaved

Tell = Callable[[str], None]
Asked = str | Setting
"""What the loop is to do between two steps: `save`, `evaluate`, or a Setting to change."""

EVERY = "*"
"""The name of a probe that asks for the spread of every value, instead of a close look at one."""
WORDS = (
    "pause", "pause free", "resume", "stop", "stop epoch", "go on", "interrupt", "save",
    "evaluate", "set KEY=VALUE",
    "probe PATH:PORT", "unprobe PATH:PORT",
)  # fmt: skip


class Control:
    """Asked by the loop between two steps; every method may be called from any thread.

    `has_news` says that anything at all was said since the loop last asked: one look a step.
    After the run `refused` are the states that its disk refused to the end, by file name, and
    `unsaved` is all that may still be saved elsewhere; `ending` is how it ended but for its disk.
    """

    def __init__(self) -> None:
        self.has_news = False
        self.refused: Mapping[str, Mapping[str, Tensor]] = {}
        self.unsaved: Unsaved | None = None
        self.ending: Finished | None = None
        self._running = threading.Event()
        self._running.set()
        self._stopping = threading.Event()
        self._leaving = threading.Event()
        self._asked: deque[Asked] = deque()
        self._frees = self._ends_with_epoch = False
        self._reason: Reason = "stopped"
        self._probes: tuple[str, ...] = ()
        self._tell: Tell | None = None

    def pause(self, frees_device: bool = False) -> None:
        """Hold the run after the step that it is in; its state may leave the device meanwhile."""
        if not self.is_stopping:
            self._frees = frees_device
            self._running.clear()
            self._pass_on("pause free" if frees_device else "pause")

    def resume(self) -> None:
        """Go on after a pause."""
        self._running.set()
        self._pass_on("resume")

    def save(self) -> None:
        """Save the state after the step that the run is in, and go on."""
        self._ask("save", "save")

    def evaluate(self) -> None:
        """Measure the samples held back after the step that the run is in, and go on."""
        self._ask("evaluate", "evaluate")

    def change(self, text: str) -> None:
        """Give the plan another value, such as `optimizer.lr*=0.5`. Raises UserError."""
        self._ask(setting(text), f"set {text.strip()}")

    def probe(self, name: str) -> None:
        """Look now and then at a value, `stage.0.conv1:output`; without a port at the first one.

        EVERY is the spread of every value.
        """
        if name not in self._probes:
            self._probes = (*self._probes, name)
            self._pass_on(f"probe {name}")

    def unprobe(self, name: str) -> None:
        """Look no more at a value."""
        if name in self._probes:
            self._probes = tuple(probe for probe in self._probes if probe != name)
            self._pass_on(f"unprobe {name}")

    def stop(self, reason: Reason = "stopped") -> None:
        """End the run after the step that it is in, paused or not; the first reason counts."""
        if not self.is_stopping:
            self._reason = reason
        self._stopping.set()
        self._running.set()
        self._pass_on(self._stop_word())

    def stop_after_epoch(self, wanted: bool = True) -> None:
        """End the run when the epoch that it is in is over, or don't after all."""
        self._ends_with_epoch = wanted
        self._pass_on("stop epoch" if wanted else "go on")

    def leave(self) -> None:
        """Hear no more of a run that goes on elsewhere; one in this process can't be left."""
        self._leaving.set()
        self._pass_on("leave")

    def listen(self, tell: Tell) -> None:
        """Pass every word on to a run elsewhere, those that were said before too."""
        self._tell = tell
        for name in self._probes:
            tell(f"probe {name}")
        if self.is_stopping:
            tell(self._stop_word())
        elif self.is_paused:
            tell("pause free" if self._frees else "pause")
        if self._ends_with_epoch:
            tell("stop epoch")

    @property
    def is_paused(self) -> bool:
        """Whether the run is to hold."""
        return not self._running.is_set()

    @property
    def frees_device(self) -> bool:
        """Whether a run that holds is to leave the device to others."""
        return self.is_paused and self._frees

    @property
    def is_stopping(self) -> bool:
        """Whether the run is to end."""
        return self._stopping.is_set()

    @property
    def ends_with_epoch(self) -> bool:
        """Whether the run is to end when its epoch is over."""
        return self._ends_with_epoch

    @property
    def probes(self) -> tuple[str, ...]:
        """The names of the values that are looked at; the same object while they are the same."""
        return self._probes

    @property
    def is_leaving(self) -> bool:
        """Whether nobody listens to the run any more."""
        return self._leaving.is_set()

    @property
    def reason(self) -> Reason:
        """Why the run is to end."""
        return self._reason

    def take(self) -> list[Asked]:
        """What was asked since the last time, in order; asking takes it away."""
        self.has_news = False  # first: what is said from now on is news again
        return [self._asked.popleft() for _ in range(len(self._asked))]

    def wait(self, most_seconds: float | None = None) -> bool:
        """Sleep until the run may go on or is to end, or for so long; whether it may go on."""
        # In turns of a second: a wait without end can't be broken by Ctrl+C on Windows.
        while not self._running.wait(most_seconds or 1.0):
            if most_seconds is not None:
                return False
        return True

    def rest(self, seconds: float) -> None:
        """Sleep for so long, or until nobody listens any more."""
        self._leaving.wait(seconds)

    def _stop_word(self) -> str:
        return "interrupt" if self._reason == "interrupted" else "stop"

    def _ask(self, asked: Asked, word: str) -> None:
        self._asked.append(asked)
        self._pass_on(word)

    def _pass_on(self, word: str) -> None:
        self.has_news = True
        if self._tell is not None:
            self._tell(word)


def obey(control: Control, word: str) -> bool:
    """Do what a line from elsewhere says; False where it says nothing that we know."""
    match word.split(maxsplit=1):
        case ["pause"] | ["pause", "free"]:
            control.pause(frees_device="free" in word)
        case ["resume"]:
            control.resume()
        case ["save"]:
            control.save()
        case ["evaluate"]:
            control.evaluate()
        case ["stop"]:
            control.stop()
        case ["stop", "epoch"]:
            control.stop_after_epoch()
        case ["go", "on"]:
            control.stop_after_epoch(False)
        case ["interrupt"]:
            control.stop("interrupted")
        case ["probe", name]:
            control.probe(name.strip())
        case ["unprobe", name]:
            control.unprobe(name.strip())
        case ["set", text]:
            return _changes(control, text)
        case _:
            return False
    return True


def _changes(control: Control, text: str) -> bool:
    try:
        control.change(text)
    except UserError:
        return False
    return True
