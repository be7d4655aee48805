"""Going on with a run that ended early: its folder cut back to the state that was saved last.

A checkpoint is saved after all that it stands for was told, so the events and the series before it
are whole; what came after it is forgotten, and said again as the run goes on. Torch-free.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open

from graphcore.errors import UserError
from graphcore.project.whole import write_whole
from graphcore.training.events import (
    Changed,
    Compiled,
    EpochDone,
    Evaluated,
    Event,
    Finished,
    Sampled,
    Saved,
    Started,
    StepsDone,
    Warned,
    to_line,
)
from graphcore.training.runs import Run


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run goes on: after so many steps and whole epochs, from the checkpoint `state`.

    Without one it begins again, in the same folder. `damaged` are newer checkpoints that can't be
    read; `begun` are the epochs with the one that it is in.
    """

    state: Path | None = None
    step: int = 0
    epoch: int = 0
    damaged: tuple[Path, ...] = ()
    begun: int = 0


def place_to_resume(run: Run) -> Place:
    """The place of the newest checkpoint that can be read, else the beginning."""
    found = [path for path in (run.folder / "checkpoints").glob("*.safetensors")
             if path.stem.isdecimal()]  # fmt: skip
    damaged: list[Path] = []
    for path in sorted(found, key=lambda path: int(path.stem), reverse=True):
        try:
            with safe_open(path, "numpy") as file:
                step, epoch, done = map(int, file.get_tensor("position"))
        except (OSError, SafetensorError, ValueError):
            damaged.append(path)
            continue
        return Place(path, step, epoch, tuple(damaged), epoch + (done > 0))
    return Place(damaged=tuple(damaged))


def refuse_resuming(run: Run) -> None:
    """Raise UserError where the run is under way, or has lost its project or its checkpoints."""
    if run.is_live:
        raise UserError(f"The run “{run.id}” is under way.", "Stop it first, or let it go on.")
    run.project()
    refuse_beginning_again(run)


def refuse_beginning_again(run: Run) -> None:
    """Raise UserError where the run has had a checkpoint, and none can be read any more.

    It would write over what it learned. A run that ended before its first checkpoint has nothing to
    lose, and may begin again.
    """
    place = place_to_resume(run)
    if place.state is not None or not (place.damaged or _told_of_checkpoint(run)):
        return
    raise UserError(
        f"The run “{run.id}” can't go on: "
        + ("its checkpoints are damaged." if place.damaged else "its checkpoints are gone."),
        f"Its last weights are still there: train PROJECT --from {run.folder} begins with them."
        if run.has_weights("last")
        else "Train its project again.",
    )


def _told_of_checkpoint(run: Run) -> bool:
    return any(isinstance(e, Saved) and e.file.startswith("checkpoints/") for e in run.events())


def is_finished(run: Run, epochs: int | None) -> bool:
    """Whether the run is done, of its own accord too; with `epochs` whether it did so many."""
    last = next(reversed(run.events()), None)
    if not isinstance(last, Finished) or last.reason != "done":
        return False
    return epochs is None or last.epoch >= epochs


def cut_back(run: Run, place: Place) -> None:
    """Forget what the run said after that place, and how it ended. Raises UserError.

    Cut short by a kill, it may be done again.
    """
    try:
        for path in (*run.folder.glob(".*.part"), *run.folder.glob("checkpoints/.*.part")):
            path.unlink(missing_ok=True)  # what a kill left half written
        for path in place.damaged:
            path.replace(path.with_suffix(".damaged"))
        _cut_lines(run.events_path, run.events(), place)
        _cut_lines(run.samples_path, run.samples(), place)
        for name in run.series_names():
            _cut_series(run.series_path(name), place.step)
    except OSError as error:
        raise UserError(
            f"The run “{run.id}” can't be written: {error.strerror}.", "Free some space."
        ) from error


def with_past(events: Iterator[Event], run: Run) -> Iterator[Event]:
    """The events of a run that goes on, and after the first what it said before."""
    for event in events:
        yield event
        if isinstance(event, Started):
            yield from _past(run, event.step)


def _past(run: Run, step: int) -> Iterator[Event]:
    values = {name: tuple(run.series(name)[:step].tolist()) for name in run.series_names()}
    if values and step:
        yield StepsDone(0, values)
    kinds = EpochDone | Evaluated | Changed | Sampled
    told = run.events()
    begun = max((at for at, event in enumerate(told) if isinstance(event, Started)), default=0)
    sampled = (event for event in run.samples() if event.step <= step)
    yield from (event for event in (*sampled, *told[:begun]) if isinstance(event, kinds))


def _is_before(event: Event, place: Place) -> bool:
    match event:
        case Started(step=at):
            return at <= place.step
        case Warned() | Compiled():
            return True
        case EpochDone(epoch=epoch):
            return epoch <= place.epoch
        case Evaluated(step=at) | Saved(step=at) | Sampled(step=at):
            return at <= place.step
        case Changed(what=what, step=at):
            return at <= place.step and what not in ("paused", "freed")
    return False


def _cut_lines(path: Path, events: Iterable[Event], place: Place) -> None:
    text = "".join(to_line(event) + "\n" for event in events if _is_before(event, place))
    write_whole(path, lambda path: path.write_text(text, "utf-8", newline="\n"))


def _cut_series(path: Path, step: int) -> None:
    """Exactly one number a step; steps that a full disk kept from being told are no numbers."""
    size = path.stat().st_size // 4
    os.truncate(path, min(size, step) * 4)
    if size < step:
        with path.open("ab") as file:
            file.write(np.full(step - size, np.nan, "<f4").tobytes())
