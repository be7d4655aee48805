"""The machine kept from going to sleep while something long is under way. Torch-free."""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic

MATTERS_AFTER_S = 600.0
"""A shorter run is over before a machine that nobody uses goes to sleep."""
_WHY = "Netwright trains a model"
_MAY_SLEEP = (
    "Nothing keeps this machine from going to sleep by itself; if it does, the run waits until it "
    "wakes. For a long run, look at its power settings."
)
_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001
Held = subprocess.Popen[bytes]


class Awake:
    """Whether something keeps the machine awake; asked anew each time, since it may be refused."""

    def __init__(self, is_kept: Callable[[], bool]) -> None:
        self._is_kept = is_kept
        self._due = monotonic() + MATTERS_AFTER_S

    @property
    def is_kept(self) -> bool:
        """Whether the system doesn't suspend by itself."""
        return self._is_kept()

    def complaint(self) -> str:
        """Once, when it begins to matter: a sentence where the machine may go to sleep."""
        if monotonic() < self._due or self.is_kept or not can_sleep():
            return ""
        self._due = math.inf
        return _MAY_SLEEP


@contextmanager
def kept_awake() -> Iterator[Awake]:
    """Meanwhile the system doesn't suspend by itself, where it can be kept from that.

    It holds for as long as this process lives, however that ends.
    """
    if sys.platform == "win32":
        yield from _windows()
        return
    command = keeping_command()
    held = _started(command) if command else None
    try:
        yield Awake(lambda: held is not None and held.poll() is None)
    finally:
        if held is not None:
            _end(held)


def can_sleep() -> bool:
    """Whether this machine is one that suspends by itself: a server has nobody who asks for it."""
    if sys.platform != "linux":
        return True
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    with suppress(OSError):
        return has_screen and bool(Path("/sys/power/state").read_text("ascii").strip())
    return False


def keeping_command() -> list[str]:
    """The program that keeps the system awake until its stdin ends, or our process does."""
    if sys.platform == "darwin":
        return ["caffeinate", "-i", "-w", str(os.getpid())] if shutil.which("caffeinate") else []
    # Without logind it would wait for an answer that never comes.
    if shutil.which("systemd-inhibit") is None or not os.path.isdir("/run/systemd/system"):
        return []
    return ["systemd-inhibit", "--what=sleep:idle", "--who=Netwright", f"--why={_WHY}",
            "--mode=block", "cat"]  # fmt: skip


def _started(command: list[str]) -> Held | None:
    with suppress(OSError):
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    return None


def _end(held: Held) -> None:
    assert held.stdin is not None
    with suppress(OSError):
        held.stdin.close()
    held.terminate()
    held.wait()


def _windows() -> Iterator[Awake]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    has_worked = kernel.SetThreadExecutionState(_CONTINUOUS | _SYSTEM_REQUIRED)
    try:
        yield Awake(lambda: bool(has_worked))
    finally:
        kernel.SetThreadExecutionState(_CONTINUOUS)
