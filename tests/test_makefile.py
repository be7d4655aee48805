"""What `make` would do, told by make itself without doing it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def told(*words: str) -> str:
    line = ["make", "--no-print-directory", "-n", *words]
    free = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(line, cwd=ROOT, env=free, capture_output=True, text=True, check=True)
    return done.stdout


def test_run_opens_no_file_of_the_clone() -> None:
    """A template that is opened as a file would be saved over, with its runs beside it."""
    assert told("run").rstrip().endswith(".venv/bin/python main.py")


def test_run_opens_the_project_that_is_named() -> None:
    assert told("run", "PROJECT=my nets/a.netwright").rstrip().endswith("'my nets/a.netwright'")


def test_every_target_of_help_is_there() -> None:
    words = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = [line.split()[1].strip(",") for line in words.stdout.splitlines() if "make " in line]
    for target in ("run", "test", "test-slow", "bench", "screenshots", "setup"):
        assert target in targets
        told(target)
