"""Going on with a run that ended early: its folder cut back to the state that was saved last."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from graphcore.errors import UserError
from graphcore.training.events import (
    Changed,
    EpochDone,
    Event,
    Saved,
    Started,
    StepsDone,
    Warned,
    to_line,
)
from graphcore.training.runs import Run


def last_state(run: Run) -> Path | None:
    """The newest checkpoint of a run; None where none was saved."""
    found = [path for path in (run.folder / "checkpoints").glob("*.safetensors")
             if path.stem.isdecimal()]  # fmt: skip
    return max(found, key=lambda path: int(path.stem), default=None)


def state_to_resume(run: Run) -> Path:
    """The checkpoint to go on from. Raises UserError where the run can't go on."""
    if run.is_live:
        raise UserError(f"The run “{run.id}” is under way.", "Stop it first, or let it go on.")
    state = last_state(run)
    if state is None:
        raise UserError(f"The run “{run.id}” ended before any state was saved.", "Start a new run.")
    return state


def cut_back(run: Run, step: int) -> None:
    """Forget what the run said after that step, and how it ended. Raises UserError."""
    kept = [event for event in run.events() if _is_before(event, step)]
    text = "".join(to_line(event) + "\n" for event in kept)
    fresh = run.events_path.with_suffix(".new")
    try:
        fresh.write_text(text, "utf-8", newline="\n")
        fresh.replace(run.events_path)
        for name in run.series_names():
            _cut_series(run.series_path(name), step)
    except OSError as error:
        raise UserError(
            f"The run “{run.id}” can't be written: {error.strerror}.", "Free some space."
        ) from error


def with_past(events: Iterator[Event], run: Run, step: int) -> Iterator[Event]:
    """The events of a run that goes on from that step, and after the first what it said before."""
    for event in events:
        yield event
        if isinstance(event, Started):
            yield from _past(run, step)


def _past(run: Run, step: int) -> Iterator[Event]:
    values = {name: tuple(run.series(name)[:step].tolist()) for name in run.series_names()}
    if values and step:
        yield StepsDone(0, values)
    for event in run.events():
        if isinstance(event, EpochDone) and event.step <= step:
            yield event


def _is_before(event: Event, step: int) -> bool:
    match event:
        case Started() | Warned():
            return True
        case EpochDone(step=at) | Saved(step=at):
            return at <= step
        case Changed(what=what, step=at):
            return at <= step and what != "paused"
    return False


def _cut_series(path: Path, step: int) -> None:
    """Exactly one number a step; steps that were saved but never told are no numbers."""
    size = path.stat().st_size // 4
    os.truncate(path, min(size, step) * 4)
    if size < step:
        with path.open("ab") as file:
            file.write(np.full(step - size, np.nan, "<f4").tobytes())
