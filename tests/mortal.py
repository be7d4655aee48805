"""The command line in a process that dies by SIGKILL: at a moment, or inside of what it writes.

The processes are forked from one that has imported torch, so that each costs no two seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from safetensors.torch import save_file

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.mortal_imports"])

SPOTS = ("fsync", "synced", "replace", "replaced", "half a state", "half a line", "cut")
"""Where a process may die: before and after a system's call, in the middle of a file."""
PATIENCE_S = 170


def run(arguments: Sequence[str], log: Path) -> int:
    """The exit status of a command that lives to its end; what it says is in the log."""
    return _ended(_started(arguments, log, None))


def killed_after(arguments: Sequence[str], log: Path, seconds: float) -> bool:
    """Whether the command was still alive after so many seconds, and was killed then."""
    process = _started(arguments, log, None)
    process.join(seconds)
    is_alive = process.exitcode is None
    process.kill()
    _ended(process)
    return is_alive


def killed_in(arguments: Sequence[str], log: Path, spot: str, turn: int) -> bool:
    """Whether the command came to that spot for the `turn`-th time, and died there."""
    return _ended(_started(arguments, log, (spot, turn))) == -signal.SIGKILL


def _started(arguments: Sequence[str], log: Path, death: tuple[str, int] | None) -> Any:
    process = _FORKS.Process(target=_live, args=(list(arguments), str(log), death))
    process.start()
    return process


def _ended(process: Any) -> int:
    process.join(PATIENCE_S)
    assert process.exitcode is not None, "it hangs"
    status: int = process.exitcode
    process.close()
    return status


def _live(arguments: list[str], log: str, death: tuple[str, int] | None) -> None:
    import torch

    from graphcore.cli import main
    from graphcore.training import keeping

    file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    torch.set_num_threads(1)
    # States enough to die in, whatever they cost.
    keeping.SAVED_EVERY, keeping.SAVED_WITHIN, keeping.SAVED_AFTER = 0.02, 0.1, 0.0
    if death is not None:
        _doom(*death)
    sys.exit(main(arguments))


def _doom(spot: str, turn: int) -> None:
    """Have this process die at the spot when it comes there for the `turn`-th time."""
    from graphcore.training import resuming, tail, writer

    def die_in(before: Callable[..., object], after: Callable[..., object]) -> Callable[..., Any]:
        left = [turn]

        def call(*args: Any, **options: Any) -> Any:
            left[0] -= 1
            if not left[0]:
                before(*args, **options)
                os.kill(os.getpid(), signal.SIGKILL)
            return after(*args, **options)

        return call

    def nothing(*_: object, **__: object) -> None:
        pass

    fsync, replace, save, write = os.fsync, os.replace, writer.save_file, tail.Tail.write
    match spot:
        case "fsync":
            os.fsync = die_in(nothing, fsync)
        case "synced":
            os.fsync = die_in(fsync, fsync)
        case "replace":
            os.replace = die_in(nothing, replace)
        case "replaced":
            os.replace = die_in(replace, replace)
        case "half a state":
            writer.save_file = die_in(
                lambda tensors, path: _half_a_state(save, tensors, path), save
            )
        case "half a line":
            tail.Tail.write = die_in(_half_a_line, write)  # type: ignore[method-assign]
        case "cut":
            resuming._cut_series = die_in(nothing, resuming._cut_series)


def _half_a_state(tensors: Any, path: Path) -> None:
    save_file(tensors, path)
    os.truncate(path, path.stat().st_size // 2)


def _half_a_line(tail: Any) -> None:
    del tail.waiting[max(1, len(tail.waiting) // 2) :]
    with tail.path.open("ab") as file:
        file.write(tail.waiting)
