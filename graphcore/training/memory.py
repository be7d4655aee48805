"""How much memory this process takes, has taken at most, and could still take."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import torch

from graphcore.training.room import free_memory

_STATUS = Path("/proc/self/status")


class PeakMemory:
    """The most that was taken since it was made, over what was taken then."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        if device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(device)
            self._before = torch.cuda.memory_allocated(device)
            return
        with suppress(OSError):  # Linux: forget the highest so far
            Path("/proc/self/clear_refs").write_text("5", "ascii")
        self._before = _resident("VmRSS") or _highest()

    def bytes(self) -> int | None:
        """The growth; None where the system doesn't say."""
        if self._device.type == "cuda":
            return torch.cuda.max_memory_allocated(self._device) - self._before
        highest = _resident("VmHWM") or _highest()
        return max(0, highest - self._before) if highest else None


def free_bytes(device: torch.device) -> int:
    """The memory that is free on a device; a careful guess where the system doesn't say."""
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return free_memory()


def address_bytes() -> int:
    """The addresses that this process has taken, which a limit on them counts from; Linux only."""
    return _resident("VmSize")


def _resident(name: str) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int(_STATUS.read_text("ascii").partition(f"{name}:")[2].split()[0]) * 1024
    return 0


def _highest() -> int:
    """What the process has taken at most in its life; 0 on Windows, which has no such question."""
    if sys.platform == "win32":
        return 0
    import resource

    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest if sys.platform == "darwin" else highest * 1024
