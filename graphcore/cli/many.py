"""What `train` does beside one run: several seeds, and the largest batch that fits."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from graphcore.cli.overrides import with_settings
from graphcore.cli.terminal import DONE, REFUSED, UsageError, complain, say, short, table
from graphcore.cli.trusting import run_here
from graphcore.project import file
from graphcore.training.runs import Run
from graphcore.training.spread import spread

MIB = 2**20
TrainOne = Callable[[argparse.Namespace], tuple[Run, int]]


def train_seeds(arguments: argparse.Namespace, train_one: TrainOne) -> int:
    """Train with as many seeds, one run after the other; what they came to on average."""
    if arguments.run_dir is not None or arguments.resume is not None:
        raise UsageError("Several seeds make several runs.", "Leave out --run-dir and --resume.")
    first = with_settings(file.load(arguments.project), arguments.settings).plan.seed
    settings, runs = list(arguments.settings), list[Run]()
    for seed in range(first, first + arguments.seeds):
        arguments.settings = [*settings, f"seed={seed}"]
        run, status = train_one(arguments)
        if status != DONE:
            return status
        runs.append(run)
    _say_spread(runs, first, arguments.json)
    return DONE


def _say_spread(runs: Sequence[Run], first: int, as_json: bool) -> None:
    best = [run.summary.best for run in runs]
    found = spread(best)
    if as_json:
        record = {"event": "Spread", "runs": [str(run.folder) for run in runs],
                  "values": {name: asdict(value) for name, value in found.items()}}  # fmt: skip
        say(json.dumps(record, ensure_ascii=False))
        return
    rows = [("SEED", "RUN", *(name.upper() for name in found))]
    for seed, (run, values) in enumerate(zip(runs, best, strict=True), first):
        rows.append((str(seed), run.id, *(f"{values[name]:.4f}" for name in found)))
    rows.append(("", f"all {len(runs)}, mean ± deviation", *(str(v) for v in found.values())))
    for line in table(rows):
        say(line)


def find_batch(arguments: argparse.Namespace) -> int:
    """Try which batch is the largest that fits in memory, and say so."""
    from graphcore.training.fitting import Order, Tried, largest_batch

    project = with_settings(file.load(arguments.project), arguments.settings)
    folder: Path = arguments.folder or arguments.project.parent
    run_here(arguments, project, folder)

    def tell(tried: Tried) -> None:
        if arguments.json:
            say(json.dumps({"event": "Tried", **asdict(tried)}, ensure_ascii=False))
            return
        peak = f", {short(tried.peak_bytes)}B" if tried.peak_bytes else ""
        complain(f"batch {tried.batch:,}: " + (f"fits{peak}" if tried.fits else tried.why))

    order = Order(arguments.device or "", arguments.most_memory * MIB)
    found = largest_batch(project, folder, order, tell)
    if arguments.json:
        say(json.dumps({"event": "Fit", **asdict(found)}, ensure_ascii=False))
    elif not found.batch:
        say("Not even a batch of one sample fits. Make the model smaller, or free some memory.")
    elif found.batch == found.most:
        say(f"All {found.most:,} training samples fit in one batch.")
    else:
        say(f"The largest batch that fits is {found.batch:,} (the plan has {found.wanted:,}):"
            f" --set batch_size={found.batch}")  # fmt: skip
    return DONE if found.batch else REFUSED
