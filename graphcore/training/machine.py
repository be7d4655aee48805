"""What a run takes of its machine: memory, and how busy the processor or the GPU is."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import torch

_STATM = Path("/proc/self/statm")


class Machine:
    """One device and the process that uses it, looked at now and then."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._busy, self._at = time.process_time(), time.perf_counter()
        self._gpu_share = _gpu_share(device) if device.type == "cuda" else None

    def values(self) -> dict[str, float]:
        """Bytes of memory and shares of 1, by name; what this machine doesn't tell is left out.

        `memory` and `utilization` are the device's. Where that is a GPU, `process_memory` and
        `processor` are those of the process beside it.
        """
        own = {"memory": resident_bytes(), "utilization": self._processor_share()}
        if self._device.type != "cuda":
            return {name: value for name, value in own.items() if value is not None}
        found: dict[str, float | None] = {
            "memory": float(torch.cuda.memory_allocated(self._device)),
            "utilization": self._gpu_share() if self._gpu_share is not None else None,
            "process_memory": own["memory"],
            "processor": own["utilization"],
        }
        return {name: value for name, value in found.items() if value is not None}

    def _processor_share(self) -> float | None:
        """The share of all cores that the process had since the last time."""
        busy, at = time.process_time(), time.perf_counter()
        used, passed = busy - self._busy, at - self._at
        self._busy, self._at = busy, at
        return used / passed / (os.cpu_count() or 1) if passed > 0 else None


def resident_bytes() -> float | None:
    """The memory that the process holds now; its peak so far on macOS, None on Windows."""
    with suppress(OSError, ValueError, IndexError):
        return float(int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
    if sys.platform == "darwin":
        import resource

        return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return None


class _Rates(ctypes.Structure):
    _fields_ = (("gpu", ctypes.c_uint), ("memory", ctypes.c_uint))


def _gpu_share(device: torch.device) -> Callable[[], float | None] | None:
    """Asks NVIDIA's own library how busy a GPU is; None where there is no such library."""
    with suppress(OSError, AttributeError, RuntimeError):
        library = ctypes.CDLL("nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1")
        uuid = f"GPU-{torch.cuda.get_device_properties(device).uuid}".encode()
        handle, rates = ctypes.c_void_p(), _Rates()
        if library.nvmlInit_v2() or library.nvmlDeviceGetHandleByUUID(uuid, ctypes.byref(handle)):
            return None

        def ask() -> float | None:
            refused = library.nvmlDeviceGetUtilizationRates(handle, ctypes.byref(rates))
            return None if refused else rates.gpu / 100

        return ask
    return None
