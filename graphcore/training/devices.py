"""Where a run can compute: devices, why one may be missing, threads and precision."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
from collections.abc import Iterator
from pathlib import Path

import torch

from graphcore.errors import UserError
from graphcore.project.plan import PRECISIONS


def devices() -> list[tuple[str, str]]:
    """Every device as (name, title), the one that `auto` takes first."""
    found = [
        (f"cuda:{index}", torch.cuda.get_device_name(index)) for index in range(_cuda_devices())
    ]
    if torch.backends.mps.is_available():
        found.append(("mps", "Apple GPU"))
    return [*found, ("cpu", f"CPU, {processor()}")]


def choose(device: str) -> torch.device:
    """The device of that name; `auto` (or nothing) is the first of `devices`. Raises UserError."""
    known = [name for name, _ in devices()]
    if device in ("", "auto"):
        return torch.device(known[0])
    if device == "cuda" and known[0].startswith("cuda"):
        return torch.device(known[0])
    if device not in known:
        hint = advice() or f"There is {' and '.join(known)}; “auto” chooses by itself."
        raise UserError(f"This machine has no device “{device[:40]}” for torch.", hint)
    return torch.device(device)


def advice() -> str:
    """A sentence where the machine has a GPU that this torch can't use; empty otherwise."""
    if _cuda_devices() or torch.backends.mps.is_available() or not _has_nvidia():
        return ""
    if torch.version.cuda is None:
        return (
            f"This machine has an NVIDIA GPU, but torch {torch.__version__} was built for the CPU "
            "alone: install a CUDA build as pytorch.org/get-started says."
        )
    return (
        f"This machine has an NVIDIA GPU, but torch {torch.__version__} can't reach it: update "
        f"its driver to one for CUDA {torch.version.cuda}."
    )


@contextlib.contextmanager
def using_threads(wanted: int, free_cores: int = 0) -> Iterator[int]:
    """Torch on that many threads for a while; 0 is all cores but `free_cores`.

    Never many more than the machine has cores.
    """
    before = torch.get_num_threads()
    limit = os.environ.get("OMP_NUM_THREADS", "")
    cores = int(limit) if limit.isdecimal() else os.cpu_count() or 1
    # Many more threads than cores wait for each other: a step may then take minutes.
    most = max(8, 4 * (os.cpu_count() or 1))
    threads = min(wanted, most) if wanted > 0 else max(1, cores - free_cores)
    torch.set_num_threads(threads)
    try:
        yield threads
    finally:
        torch.set_num_threads(before)


def precise(precision: str, device: torch.device) -> contextlib.AbstractContextManager[object]:
    """The context in which a step is computed at that precision. Raises UserError."""
    match precision:
        case "float32" | "tf32":  # tf32 is a switch of the whole run: `using_modes`
            return contextlib.nullcontext()
        case "bfloat16":
            return torch.autocast(device.type, torch.bfloat16)
        case "float16":
            return torch.autocast(device.type, torch.float16)
    raise UserError(
        f"There is no precision “{precision[:40]}”.", f"Choose {', '.join(PRECISIONS)}."
    )


def _cuda_devices() -> int:
    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def _has_nvidia() -> bool:
    """Whether the machine has an NVIDIA GPU, asked without torch and without starting a process."""
    vendors = Path("/sys/bus/pci/devices").glob("*/vendor")
    return (
        shutil.which("nvidia-smi") is not None
        or Path("/proc/driver/nvidia").exists()
        or any(_is_nvidia_display(path) for path in vendors)
    )


def _is_nvidia_display(vendor: Path) -> bool:
    try:
        kind = (vendor.parent / "class").read_text("ascii")
        return vendor.read_text("ascii").strip() == "0x10de" and kind.startswith("0x03")
    except OSError:
        return False


def processor() -> str:
    """The processor's name, as far as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = next((line for line in lines if line.startswith("model name")), "")
    return named.partition(":")[2].strip() or platform.processor() or platform.machine()
