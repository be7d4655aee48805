"""Projects with Python code of their own on the command line: only after --trust, said once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.user_code import GATE, gated

ROOT = Path(__file__).resolve().parents[2]
SHOUTING = GATE + "\n\nprint('HELLO FROM THE FILE')\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    gated(tmp_path, SHOUTING)
    return tmp_path / "net.netwright"


def run(*words: object) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, since it lets that process run the project's code."""
    line = [sys.executable, str(ROOT / "main.py"), *map(str, words)]
    done = subprocess.run(
        line, capture_output=True, text=True, timeout=170, check=False, env=dict(os.environ)
    )
    assert "Traceback" not in done.stderr
    return done


def test_nothing_runs_without_trust(project: Path) -> None:
    for words in (("check", project), ("train", project), ("code", project)):
        done = run(*words)
        assert done.returncode in (1, 3), done
        assert "trust" in done.stdout + done.stderr
        assert "HELLO" not in done.stdout + done.stderr
    assert not list(project.parent.glob("runs/*/best.safetensors"))


@pytest.mark.slow
def test_trusted_once_it_is_checked_trained_asked_and_exported(project: Path) -> None:
    done = run("check", project, "--json", "--trust")
    assert done.returncode == 0, done
    assert "Trusted from now on: my_layers.py" in done.stderr
    nodes = {node["path"]: node for node in json.loads(done.stdout)["nodes"]}
    assert nodes["gate"]["outputs"] == ["B", 256]

    done = run("train", project, "--json")  # trust is remembered
    assert done.returncode == 0, done
    events = [json.loads(line)["event"] for line in done.stdout.splitlines()]
    assert events[-1] == "Finished"
    assert "HELLO FROM THE FILE" in done.stderr
    (folder,) = project.parent.glob("runs/*")
    assert (folder / "my_layers.py").read_text("utf-8") == SHOUTING

    (project.parent / "my_layers.py").write_text("raise RuntimeError('changed')\n", "utf-8")
    done = run("evaluate", project, "--json")  # the run has its own copy
    assert done.returncode == 0, done
    assert 0 < json.loads(done.stdout)["validation"]["loss"] < 10
    (project.parent / "my_layers.py").write_text(SHOUTING, "utf-8")

    done = run("export", project, "--to", "torchscript", "-o", project.parent / "m.pt", "--json")
    assert done.returncode == 0, done
    assert json.loads(done.stdout)["difference"] <= 1e-5
    assert (project.parent / "m.pt").is_file()


def test_a_file_that_is_gone_is_told(project: Path) -> None:
    (project.parent / "my_layers.py").unlink()
    done = run("train", project, "--trust")
    assert done.returncode == 3
    assert "my_layers.py is not beside the project" in done.stderr
