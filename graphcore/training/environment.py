"""What a run ran on, so that another can give the same numbers, or say why it may not."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from graphcore.project.project import Project
from graphcore.training.devices import processor
from graphcore.training.events import Started
from graphcore.training.prepare import Prepared
from graphcore.training.versions import PACKAGES, version


def environment_of(
    project: Project, ready: Prepared, started: Started, folder: Path | None
) -> Mapping[str, Any]:
    """Everything beside the project itself that can change a run's numbers, as plain JSON.

    `folder` is where relative names in the project start.
    """
    return {
        "title": project.title,
        "device": started.device,
        "device_name": _device_name(ready.device),
        "threads": started.threads,
        "seed": started.seed,
        "process": os.getpid(),
        "platform": platform.platform(),
        "processor": {"name": processor(), "instructions": torch.backends.cpu.get_cpu_capability()},
        "python": platform.python_version(),
        "versions": {name: version(name) for name in PACKAGES} | _of_cuda(ready.device),
        "data": {"source": project.data.source, "fingerprint": ready.fingerprint},
        "code": hashlib.sha256(ready.code.text.encode()).hexdigest(),
        "folder": str(folder.resolve()) if folder is not None else "",
    }


def _device_name(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else processor()


def _of_cuda(device: torch.device) -> dict[str, str]:
    if device.type != "cuda":
        return {}
    return {"cuda": str(torch.version.cuda), "cudnn": _cudnn()}


def _cudnn() -> str:
    return str(torch.backends.cudnn.version())  # type: ignore[no-untyped-call]
