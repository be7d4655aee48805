"""The command `train`: a new run, one that goes on, or one that is done again."""

from __future__ import annotations

import argparse
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

from graphcore.cli.hearing import obeying_stdin, stopped_by_signals
from graphcore.cli.many import find_batch, train_seeds
from graphcore.cli.overrides import with_settings
from graphcore.cli.progress import Teller, in_vain, many, telling
from graphcore.cli.runs import find_run
from graphcore.cli.speed import at_random
from graphcore.cli.terminal import DONE, UsageError, complain, say
from graphcore.cli.together import launched, partake
from graphcore.cli.trusting import run_here
from graphcore.errors import UserError
from graphcore.project import file
from graphcore.project.plan import Plan
from graphcore.project.project import Project
from graphcore.training.changes import refuse_fewer
from graphcore.training.control import Control
from graphcore.training.events import Event, Failed, Finished, to_line
from graphcore.training.launching import rank
from graphcore.training.repeating import folder_of, has_same_weights, pinned, run_beside
from graphcore.training.resuming import is_finished, place_to_resume, refuse_resuming
from graphcore.training.runs import Run, create_at, store_for
from graphcore.training.unsaved import Unsaved, save_somewhere, spare_folders

_NAME_IT = "Name its file: netwright train PROJECT."


def train(arguments: argparse.Namespace) -> int:
    """Train a project into a new run, go on with one, or do one again.

    130 where Ctrl+C ended it and 143 where SIGTERM did, with its state saved.
    """
    _refuse_idle_words(arguments)
    finished = _finished(arguments) if arguments.resume is not None else None
    if finished is not None:
        if not rank():
            _say_finished(finished, arguments)
        return DONE
    if rank():
        return partake()
    if arguments.find_batch:
        return find_batch(arguments)
    if arguments.seeds > 1:
        return train_seeds(arguments, _train_one)
    ended = launched(arguments, *_plan(arguments))
    return _train_one(arguments)[1] if ended is None else ended


def _refuse_idle_words(arguments: argparse.Namespace) -> None:
    """Raise UsageError for options that would do nothing beside the others."""
    if arguments.sizes and not arguments.random:
        raise UsageError("--size says the sizes of numbers at random.", "Give --random too.")
    if arguments.again is not None and arguments.resume is not None:
        raise UsageError("A run either goes on (--resume) or is done again (--again).",
                         "Give one of them.")  # fmt: skip


def _train_one(arguments: argparse.Namespace) -> tuple[Run, int]:
    """One run from its first step to its end, and the exit status that it ends with."""
    control = Control()
    for name in arguments.probes:
        control.probe(name)
    with stopped_by_signals(control) as status:
        job = _job(arguments)
        if job.resumes and arguments.epochs is not None:
            control.change(f"epochs={arguments.epochs}")  # said again where it was changed before
        hearing = obeying_stdin(control) if arguments.json else nullcontext()
        with telling(arguments.json) as tell, hearing:
            last = _follow(job, control, arguments.free_cores, tell)
    match last:
        case Failed(message=message, hint=hint):
            raise UserError(message, hint)
        case Finished(reason="interrupted"):
            complain(f"The state is saved in {job.run.folder}.")
            return job.run, status.interrupted
    if not arguments.json:
        say(f"The run is in {job.run.folder}.")
        _say_whether_equal(job)
    return job.run, DONE


def _plan(arguments: argparse.Namespace) -> tuple[Plan, Run | None]:
    """The plan by which the run will be trained, and the run that goes on or is done again."""
    if arguments.resume is not None:
        run = _run_to_resume(arguments)
    elif arguments.again is not None:
        run = _named(arguments.again, arguments.project)
    elif arguments.project is None:
        raise UsageError("There is no project to train.", _NAME_IT)
    else:
        return with_settings(file.load(arguments.project), _settings(arguments)).plan, None
    return with_settings(pinned(run), _settings(arguments)).plan, run


@dataclass(frozen=True, slots=True)
class _Job:
    """What to train into which run; it may go on, or be `first` done again.

    `source` is the run whose weights a new one begins with.
    """

    project: Project
    run: Run
    folder: Path | None
    resumes: bool = False
    first: Run | None = None
    source: Run | None = None


def _job(arguments: argparse.Namespace) -> _Job:
    """What is asked for. Raises UserError, UsageError."""
    if arguments.resume is not None:
        return _resumed(arguments)
    if arguments.again is not None:
        return _again(arguments)
    if arguments.project is None:
        raise UsageError("There is no project to train.", _NAME_IT)
    return _begun(arguments)


def _begun(arguments: argparse.Namespace) -> _Job:
    project = with_settings(file.load(arguments.project), _settings(arguments))
    if arguments.random:
        project = at_random(project, arguments.random, arguments.sizes)
    folder = arguments.folder or arguments.project.parent
    files = run_here(arguments, project, folder)
    run = _new_run(project, arguments.project, arguments.run_dir)
    files.write_to(run.folder)
    source = store_for(arguments.project).find(arguments.source) if arguments.source else None
    return _Job(project, run, folder, source=source)


def _again(arguments: argparse.Namespace) -> _Job:
    """The very project of a run, on its device with its threads, into a new run beside it.

    With another value of the plan it is a duplicate with that change.
    """
    first = _named(arguments.again, arguments.project)
    project = with_settings(pinned(first), _settings(arguments))
    folder = arguments.folder or folder_of(first)
    files = run_here(arguments, project, folder or first.folder, first.folder)
    if arguments.run_dir is not None:
        run = _new_run(project, first.project_path, arguments.run_dir)
    else:
        run = run_beside(first, project)
    files.write_to(run.folder)
    is_same = not arguments.settings and arguments.epochs is None
    return _Job(project, run, folder, first=first if is_same else None)


def _finished(arguments: argparse.Namespace) -> Run | None:
    """The run to go on with where there is nothing left of it to do."""
    run = _run_to_resume(arguments)
    plan = with_settings(run.project(), _settings(arguments)).plan
    asked = plan.epochs if arguments.epochs is not None else None
    return run if is_finished(run, asked) and not run.is_live else None


def _resumed(arguments: argparse.Namespace) -> _Job:
    """The project is the run's own: the drawing may have changed since."""
    run = _run_to_resume(arguments)
    refuse_resuming(run)
    before = run.project()
    project = with_settings(before, _settings(arguments))
    if arguments.epochs is not None:
        refuse_fewer(project.plan.epochs, place_to_resume(run).begun)
    if project.plan != before.plan:
        file.save(project, run.project_path)
    beside = arguments.project.parent if arguments.project else folder_of(run)
    folder = arguments.folder or beside
    run_here(arguments, project, folder or run.folder, run.folder)
    return _Job(project, run, folder, resumes=True)


def _run_to_resume(arguments: argparse.Namespace) -> Run:
    if arguments.settings or arguments.run_dir is not None:
        raise UsageError(
            "A run goes on as it began, in its own folder.",
            "With --resume only --epochs and --device may be given.",
        )
    if arguments.resume.endswith(file.SUFFIX) and arguments.project is None:
        arguments.project, arguments.resume = Path(arguments.resume), ""
    if arguments.resume:
        return _named(arguments.resume, arguments.project)
    if arguments.project is None:
        raise UsageError("There is no run to go on with.", "Name its folder or its project.")
    store = store_for(arguments.project)
    found = store.runs(arguments.project.stem)
    if not found:
        raise UserError(f"There is no run of {arguments.project} in {store.root}.", "Train it.")
    return found[0]


def _saved_elsewhere(unsaved: Unsaved) -> Failed:
    """Save what the run's folder refused where we can; what to say of it."""
    message = f"The run could not be saved in {unsaved.run.folder}."
    run = save_somewhere(unsaved, spare_folders())
    if run is None:
        return Failed(message, "Nor could it be saved elsewhere: free some space, train again.")
    return Failed(message, f"It is in {run.folder} instead; train --resume goes on there.", "disk")


def _named(run: str, project: Path | None) -> Run:
    return store_for(project).find(run) if project is not None else find_run(run)


def _say_finished(run: Run, arguments: argparse.Namespace) -> None:
    last = run.events()[-1]
    if arguments.json:
        say(to_line(last))
        return
    summary = run.summary
    did = f"did all of its {many(summary.epochs, 'epoch')}"
    if summary.in_vain:
        did = f"stopped early after {many(summary.epochs, 'epoch')}, {in_vain(summary.in_vain)}"
    say(f"The run “{run.id}” is finished: it {did}. With --epochs it goes on for more.")


def _say_whether_equal(job: _Job) -> None:
    """Of a run that was done again: whether it came to the same weights."""
    if job.first is None:
        return
    is_same = has_same_weights(job.first, job.run)
    if is_same:
        say(f"Its weights are those of {job.first.id}, to the last bit.")
    elif is_same is not None:
        say(f"Its weights are not those of {job.first.id}; `runs` says what differs between both.")


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
        job.project,
        job.run,
        control,
        job.folder,
        free_cores=free_cores,
        resume=job.resumes,
        source=job.source,
    )
    try:
        with closing(events):  # where nobody reads our words any more, the state is saved now
            for last in events:
                if not (isinstance(last, Failed) and last.cause == "disk"):
                    tell(last)
    except UserError as error:
        last = Failed(error.message, error.hint)
        tell(last)
    if control.unsaved is not None:
        last = _saved_elsewhere(control.unsaved)
        tell(last)
    return last


def _new_run(project: Project, path: Path, folder: Path | None) -> Run:
    """A run among those of the project, or in the very folder that was asked for."""
    if folder is None:
        return store_for(path).create(project, path.stem)
    if _is_made_for(folder, path):
        return Run(folder.resolve())
    return create_at(folder, project)


def _is_made_for(folder: Path, path: Path) -> bool:
    """Whether that run was made for this very project, and has not begun."""
    run = Run(folder)
    return run.project_path.resolve() == path.resolve() and not run.events_path.exists()
