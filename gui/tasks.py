"""Short work off the GUI thread, results back on it; the newest request wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal, Slot


class _Reply(QObject):
    ready = Signal(int, object, object)


class _Task(QRunnable):
    def __init__(self, turn: int, work: Callable[[], Any]) -> None:
        super().__init__()
        self._turn, self._work, self.reply = turn, work, _Reply()

    def run(self) -> None:
        try:
            result, error = self._work(), None
        except Exception as caught:
            result, error = None, caught
        self.reply.ready.emit(self._turn, result, error)


class Latest(QObject):
    """Runs only the newest request, one at a time; answers to older ones are dropped.

    `done` carries the result, `failed` the exception.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, delay_ms: int = 30, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = 0
        self._work: Callable[[], Any] | None = None
        self._running: _Task | None = None
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._timer = QTimer(self, singleShot=True, interval=delay_ms)
        self._timer.timeout.connect(self._start)

    def request(self, work: Callable[[], Any]) -> None:
        """Run `work` soon in the worker thread, unless a newer request comes first."""
        self._work = work
        self._turn += 1
        self._timer.start()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._work is not None or self._running is not None

    def stop(self) -> None:
        """Drop what waits and wait for what runs."""
        self._timer.stop()
        self._work = None
        self._turn += 1
        self._pool.waitForDone()
        self._running = None

    def _start(self) -> None:
        if self._running is not None or self._work is None:
            return
        task = _Task(self._turn, self._work)
        task.setAutoDelete(False)
        self._work, self._running = None, task
        task.reply.ready.connect(self._on_ready)
        self._pool.start(task)

    @Slot(int, object, object)
    def _on_ready(self, turn: int, result: object, error: Exception | None) -> None:
        self._running = None
        if self._work is not None:
            self._start()
        if turn != self._turn:
            return
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error)


class InOrder:
    """Runs everything that it is given in one worker thread, one after the other."""

    def __init__(self) -> None:
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)

    def request(self, work: Callable[[], None]) -> None:
        """Run `work`, which must not raise, after all that was asked for before."""
        self._pool.start(work)

    def wait(self) -> None:
        """Wait until all of it is done."""
        self._pool.waitForDone()
