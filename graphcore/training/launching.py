"""The processes of a run that several train, started on this machine. Torch-free.

On a cluster torchrun does the same: it sets the variables that are set here.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from types import FrameType

from graphcore.errors import UserError

LOOKS_EVERY = 0.1
GRACE_SECONDS = 10.0
_SET_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of <linux/prctl.h>."""
Process = subprocess.Popen[bytes]


def is_in_company() -> bool:
    """Whether this process was started as one of several."""
    return world_size() > 1


def was_launched() -> bool:
    """Whether somebody else decided how many processes train, be it one."""
    return "WORLD_SIZE" in os.environ


def world_size() -> int:
    """How many processes train together with this one, itself included."""
    return _number("WORLD_SIZE", 1)


def rank() -> int:
    """Which of all processes this is; 0 where it is alone."""
    return _number("RANK", 0) if is_in_company() else 0


def local_rank() -> int:
    """Which of this machine's processes this is."""
    return _number("LOCAL_RANK", 0)


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isdecimal() else default


def launch(command: Sequence[str], count: int) -> int:
    """Run so many processes of a command; the exit status of the first, once all have ended.

    The first has this one's stdin and stdout and hears of Ctrl+C and SIGTERM; the others do as it
    says. Raises UserError where another died, or none can be started.
    """
    processes: list[Process] = []
    port = _free_port()
    with _passing_on(processes):
        try:
            for rank in range(count):
                processes.append(_started(command, rank, count, port))
            return _awaited(processes)
        finally:
            _end(processes)


def _started(command: Sequence[str], rank: int, count: int, port: int) -> Process:
    cores = max(1, (os.cpu_count() or 1) // count)
    environment = {
        "OMP_NUM_THREADS": str(cores), **os.environ, "RANK": str(rank), "LOCAL_RANK": str(rank),
        "WORLD_SIZE": str(count), "LOCAL_WORLD_SIZE": str(count),
        "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port),
    }  # fmt: skip
    own = None if rank == 0 else subprocess.DEVNULL
    try:
        # In a session of its own: Ctrl+C in our terminal is passed on to the first alone.
        return subprocess.Popen(
            command,
            env=environment,
            stdin=own,
            stdout=own,
            start_new_session=True,
            preexec_fn=partial(_end_with, os.getpid(), rank) if sys.platform == "linux" else None,
        )
    except OSError as error:
        raise UserError(
            f"No process can be started to train in: {error.strerror}.", "Train with one process."
        ) from error


def _end_with(parent: int, rank: int) -> None:
    """Have the system end this process with its parent: the first saves, the others need not."""
    word = signal.SIGKILL if rank else signal.SIGTERM
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, word)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), word)


def _awaited(processes: Sequence[Process]) -> int:
    """The status of the first. Raises UserError where another died and the first hangs on it."""
    first, others = processes[0], processes[1:]
    died_at: float | None = None
    while first.poll() is None:
        died = next((rank for rank, other in enumerate(others, 1) if other.poll()), None)
        if died is not None and died_at is None:
            died_at = time.monotonic()
        if died is not None and died_at is not None and time.monotonic() - died_at > GRACE_SECONDS:
            raise _death(died, len(processes), processes[died].returncode)
        time.sleep(LOOKS_EVERY)
    return first.returncode


def _death(rank: int, count: int, status: int) -> UserError:
    how = f"signal {-status}" if status < 0 else f"exit status {status}"
    return UserError(
        f"Process {rank + 1} of the {count} that train died ({how}), and with it the run.",
        "It may have run out of memory, or somebody ended it. Resume goes on from the state that "
        "was saved last.",
    )


def _end(processes: Sequence[Process]) -> None:
    """Wait a moment for those that still run, then kill them."""
    has_failed = any(process.poll() not in (None, 0) for process in processes)
    until = time.monotonic() + (0.0 if has_failed else GRACE_SECONDS)
    for process in processes:
        try:
            process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _passing_on(processes: Sequence[Process]) -> Iterator[None]:
    """Meanwhile the first process hears of Ctrl+C and SIGTERM in our place."""

    def pass_on(number: int, frame: FrameType | None) -> None:
        if processes and processes[0].poll() is None:
            processes[0].send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
