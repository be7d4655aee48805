"""What one may say to a run from another thread or program: pause, resume, save, stop."""

from __future__ import annotations

import threading
from collections.abc import Callable

from graphcore.training.events import Reason

Tell = Callable[[str], None]


class Control:
    """Asked by the loop between two steps; every method may be called from any thread."""

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._stopping = threading.Event()
        self._saving = threading.Event()
        self._leaving = threading.Event()
        self._reason: Reason = "stopped"
        self._tell: Tell | None = None

    def pause(self) -> None:
        """Hold the run after the step that it is in."""
        if not self.is_stopping:
            self._running.clear()
            self._pass_on("pause")

    def resume(self) -> None:
        """Go on after a pause."""
        self._running.set()
        self._pass_on("resume")

    def save(self) -> None:
        """Save the state after the step that the run is in, and go on."""
        self._saving.set()
        self._pass_on("save")

    def stop(self, reason: Reason = "stopped") -> None:
        """End the run after the step that it is in, paused or not; the first reason counts."""
        if not self.is_stopping:
            self._reason = reason
        self._stopping.set()
        self._running.set()
        self._pass_on(self._stop_word())

    def leave(self) -> None:
        """Hear no more of a run that goes on elsewhere; one in this process can't be left."""
        self._leaving.set()
        self._pass_on("leave")

    def listen(self, tell: Tell) -> None:
        """Pass every word on to a run elsewhere, those that were said before too."""
        self._tell = tell
        if self.is_stopping:
            tell(self._stop_word())
        elif self.is_paused:
            tell("pause")

    @property
    def is_paused(self) -> bool:
        """Whether the run is to hold."""
        return not self._running.is_set()

    @property
    def is_stopping(self) -> bool:
        """Whether the run is to end."""
        return self._stopping.is_set()

    @property
    def is_leaving(self) -> bool:
        """Whether nobody listens to the run any more."""
        return self._leaving.is_set()

    @property
    def reason(self) -> Reason:
        """Why the run is to end."""
        return self._reason

    def takes_save(self) -> bool:
        """Whether the state is to be saved now; asking takes the wish away."""
        if not self._saving.is_set():
            return False
        self._saving.clear()
        return True

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

    def _pass_on(self, word: str) -> None:
        if self._tell is not None:
            self._tell(word)


def obey(control: Control, word: str) -> bool:
    """Do what a line from elsewhere says; False where it says nothing that we know."""
    match word.strip():
        case "pause":
            control.pause()
        case "resume":
            control.resume()
        case "save":
            control.save()
        case "stop":
            control.stop()
        case "interrupt":
            control.stop("interrupted")
        case _:
            return False
    return True
