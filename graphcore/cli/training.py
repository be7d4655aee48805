"""Commands about runs: train, and the list of them."""

from __future__ import annotations

import argparse
import json
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from graphcore.cli.hearing import obeying_stdin, stopped_by_signals
from graphcore.cli.overrides import with_settings
from graphcore.cli.progress import Teller, telling
from graphcore.cli.speed import at_random
from graphcore.cli.terminal import DONE, UsageError, complain, say, table
from graphcore.cli.trusting import run_here
from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.project import Project
from graphcore.training.control import Control
from graphcore.training.events import Event, Failed, Finished
from graphcore.training.resuming import state_to_resume
from graphcore.training.runs import Run, RunStore, RunSummary, store_for


def train(arguments: argparse.Namespace) -> int:
    """Train a project into a new run, or go on with one.

    130 where Ctrl+C ended it and 143 where SIGTERM did, with its state saved.
    """
    control = Control()
    with stopped_by_signals(control) as status:
        job = _resumed(arguments) if arguments.resume is not None else _begun(arguments)
        hearing = obeying_stdin(control) if arguments.json else nullcontext()
        with telling(arguments.json) as tell, hearing:
            last = _follow(job, control, arguments.free_cores, tell)
    match last:
        case Failed(message=message, hint=hint):
            raise UserError(message, hint)
        case Finished(reason="interrupted"):
            complain(f"The state is saved in {job.run.folder}.")
            return status.interrupted
    if not arguments.json:
        say(f"The run is in {job.run.folder}.")
    return DONE


@dataclass(frozen=True, slots=True)
class _Job:
    """What to train into which run; `state` is the checkpoint that it goes on from."""

    project: Project
    run: Run
    folder: Path
    state: Path | None = None


def _begun(arguments: argparse.Namespace) -> _Job:
    project = with_settings(file.load(arguments.project), _settings(arguments))
    if arguments.random:
        project = at_random(project, arguments.random, arguments.sizes)
    folder = arguments.folder or arguments.project.parent
    files = run_here(arguments, project, folder)
    run = _new_run(project, arguments.project, arguments.run_dir)
    files.write_to(run.folder)
    return _Job(project, run, folder)


def _resumed(arguments: argparse.Namespace) -> _Job:
    """The project is the run's own: the drawing may have changed since."""
    if arguments.settings or arguments.run_dir is not None:
        raise UsageError(
            "A run goes on as it began, in its own folder.",
            "With --resume only --epochs and --device may be given.",
        )
    run = _run_to_resume(arguments)
    state, before = state_to_resume(run), run.project()
    project = with_settings(before, _settings(arguments))
    if project.plan != before.plan:
        file.save(project, run.project_path)
    folder = arguments.folder or arguments.project.parent
    run_here(arguments, project, folder, run.folder)
    return _Job(project, run, folder, state)


def _run_to_resume(arguments: argparse.Namespace) -> Run:
    store = store_for(arguments.project)
    if arguments.resume:
        return store.find(arguments.resume)
    found = store.runs(arguments.project.stem)
    if not found:
        raise UserError(f"There is no run of {arguments.project} in {store.root}.", "Train it.")
    return found[0]


def _settings(arguments: argparse.Namespace) -> list[str]:
    found = list(arguments.settings)
    found += [f"epochs={arguments.epochs}"] if arguments.epochs is not None else []
    found += [f"device={arguments.device}"] if arguments.device is not None else []
    return found


def _follow(job: _Job, control: Control, free_cores: int, tell: Teller) -> Event | None:
    """Train to the end; the last event, also where the run could not begin."""
    from graphcore.training.session import train_project

    last: Event | None = None
    events = train_project(
        job.project, job.run, control, job.folder, free_cores=free_cores, resume=job.state
    )
    try:
        with closing(events):  # where nobody reads our words any more, the state is saved now
            for last in events:
                tell(last)
    except UserError as error:
        last = Failed(error.message, error.hint)
        tell(last)
    return last


def _new_run(project: Project, path: Path, folder: Path | None) -> Run:
    """A run among those of the project, or in the very folder that was asked for."""
    if folder is None:
        return store_for(path).create(project, path.stem)
    if _is_made_for(folder, path):
        return Run(folder.resolve())
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


def _is_made_for(folder: Path, path: Path) -> bool:
    """Whether that run was made for this very project, and has not begun."""
    run = Run(folder)
    return run.project_path.resolve() == path.resolve() and not run.events_path.exists()


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
