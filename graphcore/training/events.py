"""Everything that a run says: small frozen values, one JSON line each, torch-free.

A run's stream begins with `Started` and ends with exactly one `Failed` or `Finished`; only where
the process died there is no end. A run that was resumed has another `Started` where it went on.
"""

from __future__ import annotations

import json
import math
import typing
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, Literal

from graphcore.errors import UserError

Reason = Literal["done", "stopped", "interrupted"]
Cause = Literal["", "memory", "device", "gone", "disk", "numbers"]


@dataclass(frozen=True, slots=True)
class Started:
    """Training begins.

    `series` names the values of each step that StepsDone will carry. Among them are `seconds`
    since the run began, with pauses and without the time between an end and going on. `at` is the
    time in UTC as ISO text. Samples are counted per part of the split; they are held on the device
    where `readers` is -1, else read batch by batch, by so many processes (0: by the one that
    trains). A run that goes on has done `step` steps. `kernels` say how each objective's optimizer
    steps, such as `AdamW fused`.
    """

    run: str
    device: str
    threads: int
    epochs: int
    steps_per_epoch: int
    parameters: int
    series: tuple[str, ...] = ("loss",)
    train_samples: int = 0
    val_samples: int = 0
    batch_size: int = 0
    seed: int = 0
    at: str = ""
    readers: int = -1
    step: int = 0
    kernels: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """How many steps the whole run has."""
        return self.epochs * self.steps_per_epoch


@dataclass(frozen=True, slots=True)
class StepsDone:
    """Values of consecutive steps, the first of them number `first_step` (from 0)."""

    first_step: int
    values: Mapping[str, tuple[float, ...]]

    @property
    def count(self) -> int:
        """How many steps these are."""
        return len(next(iter(self.values.values()), ()))


@dataclass(frozen=True, slots=True)
class Sampled:
    """What was looked at now and then, here after `step` steps: `memory`, `gradient_norm.conv1` …

    Norms are taken over all params of a node; a ratio is the norm of what the step moved them by
    over their own. Memory is in bytes, shares are of 1.
    """

    step: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Probed:
    """What a probe saw of the output `port` of the node at `path` in a step, here after `step`.

    `forward` is the value, `backward` the gradient of the loss towards it. `zeros` and `nans` are
    shares of its numbers, `dead` is that of the features which are 0 in all samples; what is no
    number counts as 0 in the others. `counts` are a histogram from `low` to `high`. `picture` holds
    points from 0 to 255 in base64, of `size` (height, width, colours; none: no picture): an
    `image`, or a `map` with 0 at 128. Such events are told; of them a folder keeps only the last.
    """

    step: int
    path: str
    port: str
    direction: Literal["forward", "backward"]
    shape: tuple[int, ...]
    low: float
    high: float
    mean: float
    spread: float
    zeros: float
    dead: float
    nans: float
    counts: tuple[int, ...]
    form: Literal["", "image", "map"] = ""
    size: tuple[int, ...] = ()
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of every value in a step, here after `step`, by the path of its node.

    Told as Probed is.
    """

    step: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class EpochDone:
    """An epoch (from 1) is over, after `step` steps in all.

    `train` and `val` are means over the samples of the epoch; `train` while the weights moved,
    `val` at the end of it. `seconds` is training and validation; the throughput is training's.
    `best` says that no epoch before was better.
    """

    epoch: int
    step: int
    train: Mapping[str, float]
    val: Mapping[str, float]
    seconds: float
    samples_per_second: float
    best: bool = False


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Means over the validation samples after `step` steps, because somebody asked for them."""

    step: int
    val: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Saved:
    """The state after `step` steps is on disk; `file` is relative to the run's folder."""

    step: int
    file: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """How making the steps faster went, before the first of them.

    `mode` is that of torch.compile, or `cuda graph`; it is empty where steps are computed as they
    were, and `reason` says why. It took `seconds` and gave so many `graphs`; `breaks` are what
    parted them.
    """

    mode: str
    seconds: float
    graphs: int = 0
    breaks: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """Something a person should know that doesn't end the run."""

    message: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Something changed while the run went on, before the step that would be the next.

    `what` is `paused`, `freed` (bytes that left the device), or a key of the plan, such as
    `optimizer.lr`, with its new value.
    """

    what: str
    value: Any
    step: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The run could not go on: what and where, and what to do.

    `cause` says what no drawing is to blame for: too little memory, a device that gave up (with
    whatever else its process computes there), a process that is gone, or a disk that refuses; or
    `numbers` that are none. `node` is the path of the node at which it happened and `step` the
    step (from 0), where that is known.
    """

    message: str
    hint: str = ""
    cause: Cause = ""
    node: str = ""
    step: int = -1


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over after `step` steps and `epoch` whole epochs, and its state is saved.

    It is done early where as many epochs as `in_vain` says were too many without a better one.
    """

    reason: Reason
    step: int
    epoch: int
    in_vain: int = 0


Event = (
    Started | StepsDone | Sampled | Probed | Spread | EpochDone | Evaluated | Saved | Compiled
    | Warned | Changed | Failed | Finished
)  # fmt: skip
_BY_NAME: Mapping[str, type[Any]] = {kind.__name__: kind for kind in typing.get_args(Event)}


def to_line(event: Event) -> str:
    """The event as one line of JSON without its end; NaN and infinities become words."""
    record: dict[str, object] = {"event": type(event).__name__}
    record.update((item.name, getattr(event, item.name)) for item in fields(event))
    try:
        return json.dumps(record, ensure_ascii=False, allow_nan=False)
    except (ValueError, TypeError):  # rarely: looking through all of them first takes as long again
        return json.dumps(_plain(record), ensure_ascii=False)


def from_line(line: str) -> Event:
    """The event that a line spells. Raises UserError for anything else.

    Keys that we don't know are passed over, so that a newer program's runs can be read.
    """
    try:
        record = json.loads(line)
        kind = _BY_NAME[record["event"]]
        hints = _hints(record["event"])
        given = {
            item.name: _typed(record[item.name], hints[item.name])
            for item in fields(kind)
            if item.name in record or item.default is MISSING is item.default_factory
        }
        event: Event = kind(**given)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UserError(
            f"“{line[:60].strip()}” is no line of a run.", "It is passed over."
        ) from error
    return event


_WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


@cache
def _hints(name: str) -> dict[str, Any]:
    return typing.get_type_hints(_BY_NAME[name])


def _plain(value: object) -> object:
    match value:
        case float() if math.isnan(value):
            return "NaN"
        case float() if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        case Mapping():
            return {str(key): _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
    return value


def _typed(value: Any, hint: Any) -> Any:
    """`value` as read from JSON, as the type that the field is declared with."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and isinstance(value, list):
        return tuple(_typed(item, inner[0]) for item in value)
    if origin is Mapping and isinstance(value, dict):
        return {key: _typed(item, inner[1]) for key, item in value.items()}
    if hint is float and not isinstance(value, bool) and isinstance(value, int | float | str):
        return _WORDS[value] if isinstance(value, str) else float(value)
    if origin is Literal and value in inner:
        return value
    if hint is Any or (isinstance(hint, type) and type(value) is hint):
        return value
    raise TypeError(f"{value!r} is not {hint}")
