"""What a run hears from outside while a command trains it: signals, and lines on stdin."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager

from graphcore.cli.terminal import INTERRUPTED, complain, say_no_more
from graphcore.training.control import Control, obey
from graphcore.training.launching import is_in_company

LOOKS_EVERY = 0.1
_CAN_SELECT = sys.platform != "win32"


class Status:
    """The exit status of a run that was interrupted: 143 by SIGTERM, else 130."""

    def __init__(self) -> None:
        self.interrupted = INTERRUPTED


@contextmanager
def stopped_by_signals(control: Control) -> Iterator[Status]:
    """The first Ctrl+C or SIGTERM ends the run after its step, a second one the program at once.

    One of several hears SIGTERM more than once: a cluster tells all, and torchrun its own.
    """
    status, again = Status(), signal.SIG_IGN if is_in_company() else signal.SIG_DFL

    def on_signal(number: int, frame: types.FrameType | None) -> None:
        status.interrupted = 128 + number
        control.stop("interrupted")
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, again)

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, on_signal) for number in numbers]
    try:
        yield status
    finally:
        for number, old in zip(numbers, before, strict=True):
            signal.signal(number, old)


@contextmanager
def obeying_stdin(control: Control) -> Iterator[None]:
    """Meanwhile lines on stdin are words to the run; a terminal's are not read.

    A job in the background that reads from its terminal would be stopped by it.
    """
    source = _stdin()
    if source is None:
        yield
        return
    listener = _Listener(control, source)
    listener.start()
    try:
        yield
    finally:
        listener.end()


def _stdin() -> int | None:
    try:
        return None if sys.stdin is None or sys.stdin.isatty() else sys.stdin.fileno()
    except (OSError, ValueError):  # closed, or no file at all
        return None


class _Listener:
    def __init__(self, control: Control, source: int) -> None:
        self._control, self._source = control, source
        self._over = threading.Event()
        self._is_attended = False
        # A daemon: on Windows nothing but a line or the end of stdin wakes it.
        self._thread = threading.Thread(target=self._listen, name="stdin", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        if _CAN_SELECT:
            self._thread.join()

    def _listen(self) -> None:
        rest = b""
        while not self._over.is_set():
            if not self._has_news():
                continue
            # Not sys.stdin.readline: its lock, held at the end of the program, would abort it.
            said = os.read(self._source, 4096)
            if not said:
                self._on_end()
                return
            *lines, rest = (rest + said).split(b"\n")
            for line in lines:
                self._take(line.decode("utf-8", errors="replace").strip())

    def _has_news(self) -> bool:
        return not _CAN_SELECT or bool(select.select([self._source], [], [], LOOKS_EVERY)[0])

    def _take(self, word: str) -> None:
        match word:
            case "attend":
                self._is_attended = True
            case "leave":
                self._is_attended = False
                say_no_more()
            case _ if not obey(self._control, word):
                complain(f"“{word[:40]}” is no word to a run; it is passed over.")

    def _on_end(self) -> None:
        if self._is_attended:
            self._control.stop("interrupted")
