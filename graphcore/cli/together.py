"""Runs that several processes train: started here, and as a job for a cluster."""

from __future__ import annotations

import argparse
import shlex
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from graphcore.cli.overrides import with_settings
from graphcore.cli.terminal import DONE, UsageError, complain, say
from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.plan import Plan
from graphcore.training.launching import launch, was_launched, world_size
from graphcore.training.repeating import processes_of
from graphcore.training.runs import Run

MAIN = Path(__file__).resolve().parents[2] / "main.py"


def launched(arguments: argparse.Namespace, plan: Plan, first: Run | None = None) -> int | None:
    """The exit status of several processes that train; None where this one trains by itself.

    `first` is the run that goes on or is done again. Raises UserError where it can't go on with
    so many.
    """
    count = arguments.nproc if arguments.nproc is not None else plan.processes
    if count < 1:
        raise UsageError("A run needs a process.", "Give --nproc a number from 1 on.")
    begins = count > 1 and not was_launched()
    count = world_size() if was_launched() else count
    before = processes_of(first) if first is not None else 0
    if first is not None and before not in (0, count):
        _tell_other_count(first, before, count, resumes=arguments.resume is not None, told=begins)
    if not begins:
        return None
    words = _without_count(arguments.words)
    return launch([sys.executable, str(MAIN), *words], count)


def _tell_other_count(first: Run, before: int, count: int, *, resumes: bool, told: bool) -> None:
    """Refuse to go on with so many, or say that the numbers of a run done again will differ.

    The latter is `told` by the first of the processes that are begun.
    """
    had = "one process" if before == 1 else f"{before} processes"
    if resumes:
        way = f"Start {before}" if was_launched() else "Leave out --nproc"
        raise UserError(
            f"The run “{first.id}” is trained by {had}, and its place is counted in their steps: "
            f"{count} can't go on with it.",
            f"{way}, or begin a new run.",
        )
    if not told:
        complain(
            f"The run “{first.id}” was trained by {had}, now it is {count}: a step has "
            f"{count}/{before} of its samples, so the numbers will differ."
        )


def partake() -> int:
    """Train as one of the others; the first process alone hears of Ctrl+C and SIGTERM."""
    from graphcore.training.partaking import take_part

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    take_part()
    return DONE


def _without_count(words: Sequence[str]) -> list[str]:
    """The command line for each of the processes."""
    found, skips = list[str](), False
    for word in words:
        if skips or word == "--nproc":
            skips = not skips
        elif not word.startswith("--nproc="):
            found.append(word)
    return found


def slurm(arguments: argparse.Namespace) -> int:
    """Write a job for SLURM that trains the project with torchrun on several machines."""
    plan = with_settings(file.load(arguments.project), arguments.settings).plan
    text = job(arguments.project.resolve(), arguments, plan)
    if arguments.output is None:
        say(text.rstrip())
        return DONE
    try:
        arguments.output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(
            f"{arguments.output} can't be written: {error.strerror}.", "Choose another place."
        ) from error
    say(f"{arguments.output} is written; `sbatch {arguments.output}` hands it in.")
    return DONE


def job(project: Path, arguments: argparse.Namespace, plan: Plan) -> str:
    """The script: as many tasks as machines, each a torchrun with a process for every GPU."""
    workers = max(1, arguments.gpus)
    settings = shlex.join(word for pair in arguments.settings for word in ("--set", pair))
    train = shlex.join([sys.executable, "-m", "torch.distributed.run"])
    netwright = shlex.join([str(MAIN), "train", str(project)])
    count = workers * arguments.nodes
    samples = count * plan.batch_size * plan.accumulate
    gpus = f"#SBATCH --gpus-per-node={arguments.gpus}\n" if arguments.gpus else ""
    return f"""#!/bin/bash
#SBATCH --job-name={_plain(project.stem)}
#SBATCH --nodes={arguments.nodes}
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task={workers * arguments.cpus}
{gpus}#SBATCH --time={arguments.time}
#SBATCH --signal=TERM@120

# {count} processes, each on batches of {plan.batch_size}: {samples:,} samples a step.
# Two minutes before its time is up the run is told, saves its state and ends. To go on with it,
# hand this in again with --resume behind its name. The project, its data and this Python have to
# lie where all machines see them.
words=({settings})
if [ "$1" = --resume ]; then words=(--resume); fi
head=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
port=$((20000 + SLURM_JOB_ID % 10000))
export OMP_NUM_THREADS={arguments.cpus} TORCH_ELASTIC_SHUTDOWN_TIMEOUT=100
srun {train} \\
    --nnodes={arguments.nodes} --nproc-per-node={workers} \\
    --rdzv-id="$SLURM_JOB_ID" --rdzv-backend=c10d --rdzv-endpoint="$head:$port" \\
    {netwright} "${{words[@]}}"
"""


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
