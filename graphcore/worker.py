"""A process of its own for work that loads torch, may fail badly, and can be killed."""

from __future__ import annotations

import importlib
import math
import multiprocessing
import signal
import sys
import threading
import time
import traceback
import types
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import Any

from graphcore.errors import UserError

LOOKS_EVERY = 0.05
"""Seconds between two looks at whether the job was cancelled."""
_SPAWN = multiprocessing.get_context("spawn")


class CancelledError(UserError):
    """A person changed their mind."""

    def __init__(self) -> None:
        super().__init__("It was cancelled, and nothing was written.")


class TooSlowError(UserError):
    """No answer in time; what was asked may still be under way over there."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"There was no answer within {seconds:g} seconds.")


class DeadError(UserError):
    """The process ended without an answer."""

    def __init__(self, title: str, status: int | None) -> None:
        super().__init__(
            f"{title} died (exit status {status}).",
            "It may have run out of memory: close other programs and try again.",
        )


class Worker:
    """A process that has imported `module` and calls one of its functions when asked.

    It starts at once, so that it loads torch while another one works. Leaving the `with` ends
    it, whatever it does; it ends with this process too. `title` is what it is called where it dies.
    """

    def __init__(
        self, module: str, cancel: threading.Event | None = None,
        title: str = "The export's process",
    ) -> None:  # fmt: skip
        self._cancel, self._title = cancel or threading.Event(), title
        self._connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, module), daemon=True)
        with _ctrl_c_held_back():
            self._process.start()
        theirs.close()

    def ask(self, function: str, *arguments: object, seconds: float = math.inf) -> Any:
        """What the function returns over there.

        Raises the UserError or OSError that it raises (a full disk), CancelledError, TooSlowError
        after so many seconds, DeadError where the process dies, and RuntimeError with the traceback
        for whatever else happens in it.
        """
        end = time.monotonic() + seconds
        try:
            self._connection.send((function, arguments))
            while not self._connection.poll(LOOKS_EVERY):
                if self._cancel.is_set():
                    raise CancelledError
                if time.monotonic() > end:
                    raise TooSlowError(seconds)
            said = self._connection.recv()
        except (EOFError, OSError) as error:
            self._process.join()
            raise DeadError(self._title, self._process.exitcode) from error
        match said:
            case ("returned", result):
                return result
            case ("refused", message, hint):
                raise UserError(message, hint)
            case ("world", number, reason):
                raise OSError(number, reason)
        raise RuntimeError(f"In {self._title}:\n{said[1]}")

    def close(self) -> None:
        """End the process, now."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self.close()


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """What is started meanwhile takes no Ctrl+C, not even before its first line.

    The terminal sends it to every process; the one that asks decides what it means.
    """
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # starting it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, module: str) -> None:
    """Answer questions until there is nobody left to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    functions = importlib.import_module(module)
    while True:
        try:
            function, arguments = connection.recv()
        except EOFError:
            return
        connection.send(_answer(functions, function, arguments))


def _answer(functions: types.ModuleType, name: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    try:
        return "returned", getattr(functions, name)(*arguments)
    except UserError as error:
        return "refused", error.message, error.hint
    except OSError as error:
        return "world", error.errno or 0, error.strerror or str(error)
    except Exception:  # a traceback can't cross, but its text can
        return "broken", traceback.format_exc()
