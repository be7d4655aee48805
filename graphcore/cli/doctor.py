"""The command doctor: what is installed, what the machine has, and what is known to go wrong."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

from graphcore.cli import parser
from graphcore.cli.terminal import DONE, data_folder, log_file, say

PACKAGES = (
    "torch", "numpy", "networkx", "safetensors", "pillow", "PySide6-Essentials", "pyqtgraph",
    "torchvision",
)  # fmt: skip
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def doctor(arguments: argparse.Namespace) -> int:
    """Say it all; needs neither torch nor Qt."""
    found = {name: installed(name) for name in PACKAGES}
    say(f"netwright    {parser.version()}")
    say(f"python       {platform.python_version()}, {platform.platform()}")
    for name, number in found.items():
        say(f"{name.lower().removesuffix('-essentials'):12} {number or 'not installed'}")
    for line in _devices():
        say(line)
    say(f"display      {_display()}")
    say(f"data folder  {data_folder()}")
    say(f"log file     {log_file()}{'' if log_file().is_file() else ' (nothing written yet)'}")
    bad = list(bad_pairs(found, sys.version_info[:2]))
    for sentence in bad:
        say(f"✗ {sentence}")
    if not bad:
        say("✓ nothing that is known to go wrong together")
    return DONE


def installed(package: str) -> str:
    """The version of a package; empty where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def bad_pairs(found: dict[str, str], python: tuple[int, ...]) -> Iterator[str]:
    """A sentence for every two things that are known to break each other."""
    qt = found.get("PySide6-Essentials", "")
    if qt and _numbers(qt) >= (6, 12) and python < (3, 12):
        yield (
            f"PySide6 {qt} ends every program on Python older than 3.12 after a while: "
            'pip install "PySide6-Essentials<6.12", or use Python 3.12.'
        )
    if qt.startswith("6.9.1") and found.get("pyqtgraph"):
        yield f"PySide6 {qt} breaks the live curves of pyqtgraph: install another PySide6."
    if found.get("torchvision") and "cpu" in found.get("torch", ""):
        yield (
            f"torchvision {found['torchvision']} beside torch {found['torch']}, which is built for "
            "the CPU, often can't be imported: pip uninstall torchvision, or install both anew as "
            "pytorch.org/get-started says."
        )
    if found.get("torch") and _numbers(found["torch"]) < (2, 11):
        yield f"torch {found['torch']} is too old: pip install -U torch, 2.11 at least."
    for name in ("torch", "PySide6-Essentials"):
        if not found.get(name):
            yield f"{name} is not installed: pip install {name}"


def _numbers(text: str) -> tuple[int, ...]:
    parts = text.partition("+")[0].split(".")[:2]
    return tuple(int(part) for part in parts if part.isdecimal())


def _devices() -> list[str]:
    """Lines about where torch can compute, or why it can't."""
    try:
        torch_devices = import_module("graphcore.training.devices")
    except (ImportError, OSError) as error:
        return [f"devices      unknown: torch can't be imported ({error})"]
    lines = [f"device       {name}: {title}" for name, title in torch_devices.devices()]
    advice = torch_devices.advice()
    return [*lines, *([f"! {advice}"] if advice else [])]


def _display() -> str:
    if not sys.platform.startswith("linux"):
        return "the system's"
    found = [f"{name}={os.environ[name]}" for name in _DISPLAYS if os.environ.get(name)]
    return ", ".join(found) or "none: the window can't open here, netwright render can draw"
