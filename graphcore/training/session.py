"""A project trained from end to end, with everything it says written to its run's folder.

And evaluated once more on the samples held back, with the weights of such a run.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.project.project import Project
from graphcore.training.asking import Asked
from graphcore.training.awake import Awake, kept_awake
from graphcore.training.carrying import carry
from graphcore.training.checkpoint import load_weights
from graphcore.training.company import company
from graphcore.training.control import Control
from graphcore.training.counting import Counts
from graphcore.training.devices import choose, precise, using_threads
from graphcore.training.environment import environment_of
from graphcore.training.events import Changed, Compiled, Event, Failed, Finished, Started, Warned
from graphcore.training.failures import explain, with_heaviest
from graphcore.training.loop import train
from graphcore.training.metrics import make_measures
from graphcore.training.partaking import Order, setup_of
from graphcore.training.prepare import Prepared, prepare
from graphcore.training.randomness import seed_all
from graphcore.training.recorder import Recorder
from graphcore.training.repeating import changed, sentence
from graphcore.training.replaying import Replay, failure, find_fault
from graphcore.training.resuming import Place, cut_back, place_to_resume, refuse_beginning_again
from graphcore.training.runs import Run
from graphcore.training.setup import sample_count
from graphcore.training.tapping import tapper
from graphcore.training.unsaved import Unsaved
from graphcore.training.validation import validate

_OURS = "Netwright made a mistake; the state that was saved before is still good."


def train_project(
    project: Project,
    run: Run,
    control: Control,
    folder: Path | None = None,
    *,
    device: str = "",
    free_cores: int = 0,
    resume: bool = False,
    source: Run | None = None,
) -> Generator[Event]:
    """Train a project into a run's folder, one event after the other.

    `folder` is that of the project's file. `device` overrules the plan's; `free_cores` are left
    to others where the plan leaves the threads to us; `resume` goes on from the state that was
    saved last, `source` is a run whose last weights a new one begins with where they fit. Closing
    the iterator early ends the run as interrupted, with its state saved. Raises UserError where it
    can't begin; that too is written down.
    """
    if resume:
        refuse_beginning_again(run)  # not written down: it ends as it did
    with Recorder(run) as recorder, Asked(run, control), kept_awake() as awake:
        try:
            place = _cut_back(run) if resume else Place()
            before = run.environment() if resume else {}
            start = _Start(folder, device, free_cores, place, before, source)
            events = _events(project, run, control, recorder, start)
            yield from _recorded(events, recorder, control, awake)
        except UserError as error:
            recorder.record(Failed(error.message, error.hint))
            raise
        except Exception as error:
            recorder.record(Failed(_OURS, f"{type(error).__name__}: {error}"))
            raise
    if control.refused or recorder.unsaved:
        control.unsaved = Unsaved(run, project, control.refused, recorder.unsaved, control.ending)


def evaluate(
    project: Project, run: Run | None, weights: str = "best", folder: Path | None = None,
    device: str = "",
) -> dict[str, float]:  # fmt: skip
    """Loss and metrics on the validation samples, with a run's weights (else initial ones).

    Raises UserError.
    """
    ready = prepare(project, folder, device)
    if not sample_count(ready.data.validation):
        raise UserError(
            "There is no validation sample to evaluate on.", "Hold some back in the data panel."
        )
    if run is not None:
        load_weights(ready.built.model, run.weights_path(weights))
    counts = Counts(ready.objective, ready.counted)
    measures = make_measures(project.plan, ready.code.objectives, ready.metrics, counts.terms)
    precision = precise(project.plan.precision, ready.device)
    with using_threads(project.plan.threads):
        found = validate(ready.objective, ready.data.validation, project.plan.batch_size, measures,
                         precision, Control(), counts)  # fmt: skip
    return found or {}


@dataclass(frozen=True, slots=True)
class _Start:
    """How a run begins or goes on; `before` is the environment that it began in.

    It begins with the weights of `source` where that is given.
    """

    folder: Path | None
    device: str
    free_cores: int
    place: Place
    before: Mapping[str, Any]
    source: Run | None


def _cut_back(run: Run) -> Place:
    """Forget what the run told after the state that it goes on from."""
    place = place_to_resume(run)
    cut_back(run, place)
    return place


def _events(
    project: Project, run: Run, control: Control, recorder: Recorder, start: _Start
) -> Iterator[Event]:
    """Prepare and train; what the run began on is written down with its first event."""
    seed_all(project.plan.seed)
    try:
        ready = prepare(project, start.folder, start.device)
    except (RuntimeError, MemoryError) as error:
        # A device that gave up in an earlier run refuses the very first copy of this one.
        failed = explain(error, choose(start.device or project.plan.device), {})
        if failed is None:
            raise
        yield failed
        return
    for path in start.place.damaged:
        yield Warned(f"{path.name} is damaged; the run goes on from {start.place.step} steps.")
    for warning in ready.warnings:
        yield Warned(warning)
    carried = _carried(project, ready, start.source, control)
    order = Order(
        run.folder, start.folder, start.device, start.free_cores, start.place.state,
        tuple(event for event in run.events() if isinstance(event, Changed)),
        _with_threads(project.plan, start.before),
    )  # fmt: skip
    with company() as together:
        setup = setup_of(project, ready, together.first(order), together)
        # Replicas may compile their own text, and a model in shards has classes of its own.
        if together.size == 1 or not (order.plan.compile or order.plan.parallel == "fsdp"):
            setup = replace(setup, tapped=tapper(project, ready))
        together.agree(ready.objective)
        for event in train(ready.objective, ready.data, order.plan, control, setup):
            if isinstance(event, Failed) and event.cause == "numbers":
                event = _blamed(event, project, ready, run, start.folder, control, together.size)
            if isinstance(event, Failed) and event.cause == "memory":
                event = with_heaviest(event, ready.analysis, order.plan.batch_size)
            yield event
            if isinstance(event, Started):
                several = {"processes": together.size} if together.size > 1 else {}
                now = {**environment_of(project, ready, event, start.folder), **several}
                yield from _described(now, start.before, recorder)
                yield from carried
            if isinstance(event, Compiled) and not start.before:
                yield from recorder.describe({**now, "compiled": asdict(event)})


def _carried(
    project: Project, ready: Prepared, source: Run | None, control: Control
) -> list[Changed]:
    """Begin with the weights of another run; the change that tells of it."""
    if source is None:
        return []
    found = carry(source, ready.built.model, project)
    control.save()  # what it begins with is nowhere else
    return [Changed("weights", {"run": source.id, "said": found.sentence}, 0)]


def _with_threads(plan: Plan, before: Mapping[str, Any]) -> Plan:
    """A run that goes on keeps its number of threads: another one may give other last bits."""
    threads = before.get("threads")
    return replace(plan, threads=threads) if isinstance(threads, int) and threads > 0 else plan


def _described(
    now: Mapping[str, Any], before: Mapping[str, Any], recorder: Recorder
) -> Iterator[Warned]:
    """Write down what the run runs on; what it began on stays, with what differs since."""
    found = changed(before, now)
    if found:
        yield Warned(sentence(found))
    later = [*before.get("later", ()), *([now] if found else ())]
    told = {**now, **before, "process": now["process"]}
    yield from recorder.describe(told | ({"later": later} if later else {}))


def _blamed(
    failed: Failed, project: Project, ready: Prepared, run: Run, folder: Path | None,
    control: Control, processes: int,
) -> Failed:  # fmt: skip
    """The failure with the node that made the first number which is none, where it is found."""
    changes = tuple(event for event in run.events() if isinstance(event, Changed))
    replay = Replay(place_to_resume(run).state, failed.step, changes, processes)
    try:
        fault = find_fault(project, ready, folder, replay, control)
    except (RuntimeError, MemoryError, UserError):  # no room for all values, a file that is gone
        return failed
    return failure(project, fault) if fault is not None else failed


def _recorded(
    events: Iterator[Event], recorder: Recorder, control: Control, awake: Awake
) -> Iterator[Event]:
    """The events, each on disk before it is told; a break ends the run, not the stream."""
    has_ended = False
    while not has_ended:
        try:
            event = next(events)
            warned = recorder.record(event)
        except StopIteration:
            event = Finished("interrupted", 0, 0)  # Ctrl+C before the first step
            warned = recorder.record(event)
        except KeyboardInterrupt:
            control.stop("interrupted")
            continue
        has_ended = isinstance(event, Finished | Failed)
        if not has_ended and (complaint := awake.complaint()):
            told = Warned(complaint)
            warned = [*warned, told, *recorder.record(told)]
        try:
            yield from warned
            yield event
        except GeneratorExit:
            control.stop("interrupted")
            for late in events:
                recorder.record(late)
            raise
