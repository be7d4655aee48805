"""The job for SLURM, with two nodes that are both this machine, and torchrun on each of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graphcore.cli import main
from graphcore.project import file, templates
from graphcore.training.events import Finished
from graphcore.training.runs import store_for
from tests.graphcore.training.test_together import assert_alike, children, trained

pytestmark = pytest.mark.slow

SCONTROL = "#!/bin/sh\necho 127.0.0.1\necho 127.0.0.2\n"
SRUN = """#!/bin/bash
"$@" & one=$!
"$@" & other=$!
wait $one && wait $other
"""
SIZE = ("--set", "batch_size=32")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "digits.netwright"
    file.save(templates.open_template("digits-mlp"), path)
    return path


def handed_in(project: Path, *settings: str, again: bool = False) -> subprocess.Popen[str]:
    """The job at work, as SLURM would have it: a task on each of two nodes."""
    tools, script = project.parent / "tools", project.parent / "job.sh"
    tools.mkdir(exist_ok=True)
    for name, text in (("scontrol", SCONTROL), ("srun", SRUN)):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    job = ["slurm", str(project), "--nodes", "2", "--gpus", "0", "--cpus", "1", *settings]
    assert main([*job, "--output", str(script)]) == 0
    environment = {
        **os.environ, "PATH": f"{tools}:{os.environ['PATH']}",
        "SLURM_JOB_ID": str(os.getpid()), "SLURM_JOB_NODELIST": "two",
    }  # fmt: skip
    return subprocess.Popen(
        ["bash", str(script), *(["--resume"] if again else [])],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_two_nodes_equal_one_process_with_the_doubled_batch(project: Path) -> None:
    with handed_in(project, *SIZE, "--set", "epochs=2") as job:
        said, _ = job.communicate()
    assert job.returncode == 0, said
    (two,) = store_for(project).runs()
    assert two.environment()["processes"] == 2
    one = trained(project, "one", "--epochs", "2", "--set", "batch_size=64")
    assert_alike(one, two)


def test_a_job_whose_time_is_up_saves_and_goes_on_when_it_is_handed_in_again(project: Path) -> None:
    words = (*SIZE, "--set", "epochs=40")
    with handed_in(project, *words) as job:
        assert job.stdout is not None
        assert any(line.startswith("epoch ") for line in job.stdout)
        for pid in below(job.pid):  # some clusters tell every process, and torchrun tells its own
            if is_python(pid):
                os.kill(pid, signal.SIGTERM)
        said = job.stdout.read()
    (run,) = store_for(project).runs()
    last = run.events()[-1]
    assert isinstance(last, Finished), said
    assert last.reason == "interrupted"
    assert (run.folder / "checkpoints" / f"{last.step}.safetensors").is_file()
    with handed_in(project, *words, again=True) as job:
        said, _ = job.communicate()
    assert job.returncode == 0, said
    last = run.events()[-1]
    assert isinstance(last, Finished)
    assert (last.reason, last.epoch) == ("done", 40)
    whole = trained(project, "whole", "--nproc", "2", *words)
    assert run.weights_path("last").read_bytes() == whole.weights_path("last").read_bytes()


def below(pid: int) -> list[int]:
    """A process's children, and theirs."""
    return [found for child in children(pid) for found in (child, *below(child))]


def is_python(pid: int) -> bool:
    return Path(f"/proc/{pid}/cmdline").read_text().partition("\0")[0] == sys.executable
