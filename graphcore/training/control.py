"""What one may say to a run from another thread: pause, resume, stop."""

from __future__ import annotations

import threading

from graphcore.training.events import Reason


class Control:
    """Asked by the loop between two steps; every method may be called from any thread."""

    def __init__(self) -> None:
        self._running = threading.Event()
        self._running.set()
        self._stopping = threading.Event()
        self._reason: Reason = "stopped"

    def pause(self) -> None:
        """Hold the run after the step that it is in."""
        if not self.is_stopping:
            self._running.clear()

    def resume(self) -> None:
        """Go on after a pause."""
        self._running.set()

    def stop(self, reason: Reason = "stopped") -> None:
        """End the run after the step that it is in, paused or not; the first reason counts."""
        if not self.is_stopping:
            self._reason = reason
        self._stopping.set()
        self._running.set()

    @property
    def is_paused(self) -> bool:
        """Whether the run is to hold."""
        return not self._running.is_set()

    @property
    def is_stopping(self) -> bool:
        """Whether the run is to end."""
        return self._stopping.is_set()

    @property
    def reason(self) -> Reason:
        """Why the run is to end."""
        return self._reason

    def wait(self) -> None:
        """Sleep until the run may go on or is to end."""
        # In turns of a second: a wait without end can't be broken by Ctrl+C on Windows.
        while not self._running.wait(1.0):
            pass
