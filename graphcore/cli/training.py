"""Commands about runs: train, and the list of them."""

from __future__ import annotations

import argparse
import json
import signal
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from graphcore.cli.overrides import with_settings
from graphcore.cli.progress import Teller, telling
from graphcore.cli.terminal import DONE, INTERRUPTED, complain, say, table
from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.project import Project
from graphcore.training.control import Control
from graphcore.training.events import Event, Failed, Finished
from graphcore.training.runs import Run, RunStore, RunSummary, store_for


def train(arguments: argparse.Namespace) -> int:
    """Train a project into a new run; 130 where Ctrl+C ended it, with its state saved."""
    project = with_settings(file.load(arguments.project), _settings(arguments))
    control = Control()
    with _stopped_by_ctrl_c(control):
        run = _new_run(project, arguments.project, arguments.run_dir)
        with telling(arguments.json) as tell:
            last = _follow(project, run, control, arguments.project.parent, tell)
    match last:
        case Failed(message=message, hint=hint):
            raise UserError(message, hint)
        case Finished(reason="interrupted"):
            complain(f"The state is saved in {run.folder}.")
            return INTERRUPTED
    if not arguments.json:
        say(f"The run is in {run.folder}.")
    return DONE


def _settings(arguments: argparse.Namespace) -> list[str]:
    found = list(arguments.settings)
    found += [f"epochs={arguments.epochs}"] if arguments.epochs is not None else []
    found += [f"device={arguments.device}"] if arguments.device is not None else []
    return found


def _follow(
    project: Project, run: Run, control: Control, folder: Path, tell: Teller
) -> Event | None:  # fmt: skip
    """Train to the end; the last event, also where the run could not begin."""
    from graphcore.training.session import train_project

    last: Event | None = None
    try:
        for event in train_project(project, run, control, folder):
            tell(event)
            last = event
    except UserError as error:
        last = Failed(error.message, error.hint)
        tell(last)
    return last


@contextmanager
def _stopped_by_ctrl_c(control: Control) -> Iterator[None]:
    """The first Ctrl+C ends the run after its step; a second one ends the program at once."""

    def on_signal(number: int, frame: types.FrameType | None) -> None:
        control.stop("interrupted")
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, on_signal)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _new_run(project: Project, path: Path, folder: Path | None) -> Run:
    """A run among those of the project, or in the very folder that was asked for."""
    if folder is None:
        return store_for(path).create(project, path.stem)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise UserError(f"{folder} is not empty.", "Name a folder for this run alone.")
        for name in ("series", "checkpoints"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"No run can be written to {folder}: {error.strerror}.", "Choose another folder."
        ) from error
    run = Run(folder.resolve())
    file.save(project, run.project_path)
    return run


def runs(arguments: argparse.Namespace) -> int:
    """List the runs of a project, or those beside this folder's projects and of untitled ones."""
    stores = [store_for(arguments.project)] if arguments.project else _near()
    name = arguments.project.stem if arguments.project else ""
    found = [run for store in stores for run in store.runs(name)]
    found.sort(key=lambda run: run.id[:15], reverse=True)  # the time that an id begins with
    if arguments.json:
        records = [{"folder": str(run.folder), **asdict(run.summary)} for run in found]
        say(json.dumps(records, indent=2, ensure_ascii=False, default=str))
        return DONE
    if not found:
        say("There are no runs in " + " or ".join(str(store.root) for store in stores) + ".")
        return DONE
    rows = [("RUN", "STATE", "EPOCHS", "BEST", "SECONDS")]
    for line in table([*rows, *(_row(run.summary) for run in found)], right=(2, 4)):
        say(line)
    return DONE


def _near() -> list[RunStore]:
    return [RunStore(Path("runs").absolute()), store_for(None)]


def _row(summary: RunSummary) -> tuple[str, str, str, str, str]:
    best = " ".join(f"{k} {v:.4f}" for k, v in summary.best.items() if "." not in k)
    epochs = f"{summary.epochs}/{summary.planned}" if summary.planned else ""
    return summary.id, summary.state, epochs, best, f"{summary.seconds:.1f}"
