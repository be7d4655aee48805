"""A project trained from end to end, with everything it says written to its run's folder."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch

from graphcore.errors import UserError
from graphcore.project.paths import settings_by_path
from graphcore.project.project import Project
from graphcore.training.asking import Asked
from graphcore.training.checkpoint import load_weights
from graphcore.training.control import Control
from graphcore.training.devices import choose, precise, using_threads
from graphcore.training.events import Event, Failed, Finished, Started, Warned
from graphcore.training.failures import explain
from graphcore.training.loop import train
from graphcore.training.metrics import make_measures
from graphcore.training.prepare import Prepared, prepare
from graphcore.training.recorder import Recorder
from graphcore.training.resuming import cut_back
from graphcore.training.runs import Run
from graphcore.training.setup import Setup, sample_count
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
    resume: Path | None = None,
) -> Generator[Event]:
    """Train a project into a run's folder, one event after the other.

    `folder` is that of the project's file. `device` overrules the plan's; `free_cores` are left
    to others where the plan leaves the threads to us; `resume` is the checkpoint that a run goes
    on from. Closing the iterator early ends the run as interrupted, with its state saved. Raises
    UserError where it can't begin; that too is written down.
    """
    if resume is not None:
        cut_back(run, int(resume.stem))
    with Recorder(run) as recorder, Asked(run, control):
        events = _events(project, run, control, folder, recorder, device, free_cores, resume)
        try:
            yield from _recorded(events, recorder, control)
        except UserError as error:
            recorder.record(Failed(error.message, error.hint))
            raise
        except Exception as error:
            recorder.record(Failed(_OURS, f"{type(error).__name__}: {error}"))
            raise


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
    measures = make_measures(project.plan, ready.code.objectives, ready.metrics)
    precision = precise(project.plan.precision, ready.device)
    with using_threads(project.plan.threads):
        found = validate(ready.objective, ready.data.validation, project.plan.batch_size, measures,
                         precision, Control())  # fmt: skip
    return found or {}


def _events(
    project: Project, run: Run, control: Control, folder: Path | None, recorder: Recorder,
    device: str, free_cores: int, resume: Path | None,
) -> Iterator[Event]:  # fmt: skip
    try:
        ready = prepare(project, folder, device)
    except (RuntimeError, MemoryError) as error:
        # A device that gave up in an earlier run refuses the very first copy of this one.
        failed = explain(error, choose(device or project.plan.device), {})
        if failed is None:
            raise
        yield failed
        return
    for warning in ready.warnings:
        yield Warned(warning)
    setup = Setup(
        run=run.id, device=ready.device, terms=ready.code.objectives, metrics=ready.metrics,
        settings=settings_by_path(project),
        lines=ready.code.lines, folder=run.folder, resume=resume, free_cores=free_cores,
    )  # fmt: skip
    for event in train(ready.objective, ready.data, project.plan, control, setup):
        if isinstance(event, Started):
            recorder.describe(_environment(project, ready, event))
        yield event


def _recorded(events: Iterator[Event], recorder: Recorder, control: Control) -> Iterator[Event]:
    """The events, each on disk before it is told; a break ends the run, not the stream."""
    has_ended = False
    while not has_ended:
        try:
            event = next(events)
            recorder.record(event)
        except StopIteration:
            event = Finished("interrupted", 0, 0)  # Ctrl+C before the first step
            recorder.record(event)
        except KeyboardInterrupt:
            control.stop("interrupted")
            continue
        has_ended = isinstance(event, Finished | Failed)
        try:
            yield event
        except GeneratorExit:
            control.stop("interrupted")
            for late in events:
                recorder.record(late)
            raise


def _environment(project: Project, ready: Prepared, started: Started) -> Mapping[str, Any]:
    return {
        "title": project.title,
        "device": started.device,
        "device_name": _device_name(ready.device),
        "threads": started.threads,
        "seed": started.seed,
        "process": os.getpid(),
        "platform": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in ("netwright", "torch", "numpy")},
        "data": {"source": project.data.source, "fingerprint": ready.fingerprint},
    }


def _device_name(device: torch.device) -> str:
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
