"""Events of a run as a person or a program at the other end wants them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from graphcore.cli.terminal import complain, say
from graphcore.training.changes import is_of_plan
from graphcore.training.events import (
    Changed,
    Compiled,
    EpochDone,
    Evaluated,
    Event,
    Finished,
    Started,
    StepsDone,
    Warned,
    to_line,
)
from graphcore.training.standing import Standing

_LARGE = 1e7
_UNTOLD = ("learning_rate", "seconds")
_ENDS = {
    "done": "Done",
    "stopped": "Stopped",
    "interrupted": "Interrupted",
}


class Teller(Protocol):
    """Takes every event of a run in order."""

    def __call__(self, event: Event) -> None: ...


@contextmanager
def telling(as_json: bool) -> Iterator[Teller]:
    """JSON lines where asked for, a bar on a terminal, else a line an epoch."""
    if as_json:
        yield _tell_json
    elif sys.stdout.isatty() and sys.stderr.isatty():
        bar = _Bar()
        try:
            yield bar
        finally:
            bar.close()
    else:
        yield _Lines()


def _tell_json(event: Event) -> None:
    say(to_line(event))
    sys.stdout.flush()


class _Lines:
    """A line at the beginning, one an epoch, one at the end."""

    def __init__(self) -> None:
        self._standing = Standing()

    def __call__(self, event: Event) -> None:
        self._standing.take(event)
        match event:
            case Started():
                self.write(_begun(event))
            case EpochDone():
                self.write(_epoch(event, self._standing.epochs))
            case Changed(what="paused", value=True):
                self.write("Paused.")
            case Changed(what="weights", value={"said": str(said)}):
                self.write(said)
            case Changed(what=what, value=value, step=step) if is_of_plan(event):
                self.write(f"{what} is {value} from step {step} on.")
            case Evaluated(step=step, val=val):
                self.write(f"at step {step}: validation {_values(val)}")
            case Compiled():
                self.write(_compiled(event))
            case Warned(message=message):
                complain(message)
            case Finished():
                self.write(_ended(event))

    def write(self, text: str) -> None:
        """A line, at once: a log that is watched should not lag."""
        say(text)
        sys.stdout.flush()


class _Bar(_Lines):
    """The same lines above a bar with the values of now and the time left."""

    def __init__(self) -> None:
        super().__init__()
        self._bar: Any = None

    def __call__(self, event: Event) -> None:
        super().__call__(event)
        match event:
            case Started():
                self._bar = _new_bar(event.steps)
            case StepsDone() if self._bar is not None:
                self._bar.set_postfix_str(_values({k: v[-1] for k, v in event.values.items()}))
                self._bar.update(self._standing.step - self._bar.n)
            case Changed(what="epochs") if self._bar is not None:
                self._bar.total = self._standing.steps
                self._bar.refresh()

    def write(self, text: str) -> None:
        if self._bar is None:
            super().write(text)
        else:
            self._bar.write(text, file=sys.stdout)

    def close(self) -> None:
        """Leave the terminal as it was."""
        if self._bar is not None:
            self._bar.close()


def _new_bar(steps: int) -> Any:
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # no thread that outlives the bar
    return tqdm(total=steps, unit="step", file=sys.stderr, dynamic_ncols=True, leave=False)


def _begun(event: Started) -> str:
    held = f", {event.val_samples:,} held back" if event.val_samples else ""
    fed = "" if event.readers < 0 else f" Samples are read batch by batch{_by(event.readers)}."
    return (
        f"Run {event.run} on {event.device}: {event.parameters:,} parameters, "
        f"{event.train_samples:,} samples{held}, {many(event.epochs, 'epoch')} of "
        f"{many(event.steps_per_epoch, 'step')}.{fed}"
    )


def _ended(event: Finished) -> str:
    steps = many(event.step, "step")
    if event.in_vain:
        return f"Stopped early after {steps}: {in_vain(event.in_vain)}."
    return f"{_ENDS[event.reason]} after {steps}."


def in_vain(epochs: int) -> str:
    """Why a run was done early, in words."""
    return f"{many(epochs, 'epoch')} without improvement"


def _compiled(event: Compiled) -> str:
    if not event.mode:
        return f"Not compiled: {event.reason}"
    breaks = f", {many(len(event.breaks), 'break')}: {event.breaks[0]}" if event.breaks else ""
    graphs = many(event.graphs, "graph")
    return f"Compiled ({event.mode}) in {event.seconds:.1f} s: {graphs}{breaks}."


def _by(readers: int) -> str:
    return "" if not readers else " by a process" if readers == 1 else f" by {readers} processes"


def many(count: int, what: str) -> str:
    """So many of that, in words."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _epoch(event: EpochDone, epochs: int) -> str:
    width = len(str(epochs))
    text = f"epoch {event.epoch:{width}}/{epochs}  {_values(event.train)}"
    if event.val:
        text += f"  validation {_values(event.val)}"
    best = "  best" if event.best else ""
    return f"{text}  {event.seconds:.1f} s, {event.samples_per_second:,.0f} samples/s{best}"


def _values(values: Mapping[str, float]) -> str:
    """Loss and metrics; single terms, learning rate and clock would be too much."""
    shown = {k: v for k, v in values.items() if k not in _UNTOLD and "." not in k}
    return " ".join(f"{name} {_number(value)}" for name, value in shown.items())


def _number(value: float) -> str:
    return f"{value:.4f}" if abs(value) < _LARGE else f"{value:.4g}"
