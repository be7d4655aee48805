"""Memory that is not enough: who took it, and the largest batch that fits, under a real limit."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from graphcore.project import file, templates
from graphcore.training.elsewhere import MAIN
from graphcore.training.fitting import Order, Tried, largest_batch, search

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="RLIMIT_AS")
MIB = 2**20


@pytest.mark.parametrize("room", [0, 1, 5, 63, 64, 100, 1000, 9999])
@pytest.mark.parametrize("start", [1, 64, 1000])
def test_the_search_ends_close_below_what_fits(room: int, start: int) -> None:
    tried: list[int] = []
    found = search(start, 1000, lambda batch: tried.append(batch) or batch <= room)
    best = min(room, 1000)
    assert best - best // 16 - 1 <= found <= best
    assert len(tried) < 20
    assert len(set(tried)) == len(tried)
    assert found in tried or not found


LIMITED = """
import resource, sys
sys.path.insert(0, {root!r})
from graphcore.cli import main
words = ["train", {path!r}, "--epochs", "1", "--set", "threads=1"]
assert main(words) == 0  # what is loaded once is loaded now
room = int([l for l in open("/proc/self/status") if l.startswith("VmSize")][0].split()[1]) * 1024
resource.setrlimit(resource.RLIMIT_AS, (room + {more}, room + {more}))
sys.exit(main([*words, "--set", "batch_size=1400"]))
"""


@linux_only
def test_a_real_lack_of_memory_names_the_node(tmp_path: Path) -> None:
    path = tmp_path / "p.netwright"
    file.save(templates.open_template("digits-cnn"), path)
    text = LIMITED.format(root=str(MAIN.parent), more=24 * MIB, path=str(path))
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=120)
    assert done.returncode == 3, done.stderr
    assert "The memory of cpu is not enough for this step: it ran out" in done.stderr
    assert "Most is taken by the values of “conv2”" in done.stderr
    assert "Find the largest batch that fits" in done.stderr


@linux_only
@pytest.mark.slow
def test_the_largest_batch_is_found_in_a_process_with_a_limit(tmp_path: Path) -> None:
    project = templates.open_template("digits-cnn")
    project.plan = replace(project.plan, threads=1, batch_size=256)
    tried: list[Tried] = []
    found = largest_batch(project, None, Order("cpu", 40 * MIB), tried.append)
    assert 0 < found.batch < found.most
    assert found.batch == max(trial.batch for trial in tried if trial.fits)
    refused = min(trial.batch for trial in tried if not trial.fits)
    assert found.batch < refused <= found.batch * 17 // 16 + 1
    assert any("it ran out" in trial.why for trial in tried)


@linux_only
@pytest.mark.slow
def test_a_trial_is_told_by_its_own_memory(tmp_path: Path) -> None:
    """Not by how much more it takes than the trials before it had left over."""
    project = templates.open_template("digits-cnn")
    project.plan = replace(project.plan, threads=1, batch_size=64)
    tried: list[Tried] = []
    largest_batch(project, None, Order("cpu"), tried.append)
    peaks = [trial.peak_bytes or 0 for trial in tried]
    assert [trial.batch for trial in tried] == [64, 128, 256, 512, 1024, 1438]
    assert peaks == sorted(peaks)
    assert 8 < peaks[-1] / peaks[0] < 40  # 22 times the samples, and the weights
