"""The command speed: how fast a drawing trains, told on numbers at random."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from graphcore.cli.overrides import with_settings
from graphcore.cli.terminal import DONE, UsageError, complain, say, short, table
from graphcore.cli.trusting import run_here
from graphcore.project import file
from graphcore.project.project import Project


def speed(arguments: argparse.Namespace) -> int:
    """Train a copy for a few steps and say samples a second, time of a step and memory."""
    from graphcore.training.speed import Order, Speed, measure_speed
    from graphcore.training.trial import trial_text

    project = with_settings(file.load(arguments.project), arguments.settings)
    folder = arguments.project.parent
    run_here(arguments, project, folder)
    if arguments.nodes:
        return _tell_nodes(arguments, project)
    order = Order(arguments.batch, arguments.steps, arguments.device or "",
                  sizes_of(arguments.sizes))  # fmt: skip
    found: Speed = measure_speed(project, order, folder)
    if arguments.json:
        say(json.dumps({**asdict(found), "data": "random"}, ensure_ascii=False))
        return DONE
    for line in trial_text(found.added):
        say(line)
    threads = f", {found.threads} threads" if found.device == "cpu" else ""
    say(f"{found.title or arguments.project.stem} on {found.device}{threads}:"
        f" {found.parameters:,} parameters, batches of {found.batch}")  # fmt: skip
    if not arguments.batch and found.batch < found.wanted:
        say(f"(the plan says {found.wanted}; that would not fit here or take long, --batch"
            f" {found.wanted} tries it)")  # fmt: skip
    memory = f"{short(found.peak_bytes)}B" if found.peak_bytes is not None else "not known here"
    say(f"  samples/s    {plain(found.samples_per_second)}")
    say(f"  ms a step    {plain(found.ms_per_step)}   (median of {found.steps} steps)")
    say(f"  peak memory  {memory}")
    return DONE


def _tell_nodes(arguments: argparse.Namespace, project: Project) -> int:
    """A line for each node of the main drawing; as JSON every node, also inside blocks."""
    from graphcore.training.watching import watch_project

    found = watch_project(project, arguments.project.parent, arguments.device or "")
    if arguments.json:
        say(json.dumps(asdict(found), ensure_ascii=False))
        return DONE
    if found.is_random:
        complain("There is no data, so it runs on numbers at random.")
    say(f"{project.title or arguments.project.stem} on {found.device}, a batch of {found.batch}"
        " with initial weights")  # fmt: skip
    total = sum(s for path, s in found.seconds.items() if "." not in path)
    rows = [("NODE", "MS FORWARD", "SHARE", "GRADIENT")]
    for path, seconds in found.seconds.items():
        gradient = found.gradients.get(path)
        if "." not in path:
            rows.append((path, plain(seconds * 1000), f"{seconds / total:.0%}",
                         "" if gradient is None else f"{gradient:.2e}"))  # fmt: skip
    for line in table(rows, right=(1, 2, 3)):
        say(line)
    return DONE


def at_random(project: Project, samples: int, sizes: Sequence[str]) -> Project:
    """A copy that trains on so many samples of random numbers, or on fewer that fit; says so."""
    from graphcore.training.trial import random_version, samples_for, trial_text

    asked = sizes_of(sizes)
    found, added = random_version(project, samples_for(project, samples, asked), asked)
    for line in trial_text(added):
        complain(line)
    return found


def plain(value: float) -> str:
    """A figure with what is worth reading: 15,290 and 4.19 and 0.048."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def sizes_of(texts: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Sizes as they were written: `photo=3,64,64` or `T=128`. Raises UsageError."""
    found: dict[str, tuple[int, ...]] = {}
    for text in texts:
        name, _, values = text.partition("=")
        numbers = values.split(",")
        if not name or not all(n.strip().isdecimal() and int(n) > 0 for n in numbers):
            raise UsageError(
                f"“{text[:60]}” is no size.", "Write an Input with its dims, such as photo=3,64,64."
            )
        found[name.strip()] = tuple(int(number) for number in numbers)
    return found
