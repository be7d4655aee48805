"""Probes: values and their gradients, looked at in some steps of a run by taps.

A probed step is an ordinary step, computed from the tapped text on the same params; all others run
the text that is shown. Looking costs: it is done a few times a second at most, and so rarely that
it takes no more than its share of the time.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter, thread_time
from typing import Literal, cast

import torch
from torch import Tensor

from graphcore.code.code import Tap
from graphcore.training.control import Control
from graphcore.training.events import Probed, Spread, Warned
from graphcore.training.feeding import Batch
from graphcore.training.glimpse import Taken, glimpses, spreads, taken, taken_for_spread
from graphcore.training.schedules import Moment
from graphcore.training.stepping import Stepper
from graphcore.training.tapping import Tapped, Tapper, wearing

MOST_SHARE = 0.012
"""Of the processor time of the thread that trains, which says better than the clock what is lost
where others work too. What it takes to find the caches cold after a look comes on top: about half
as much again, so that the whole stays below 0.02."""
OFTEN, SAVED_UP = 0.2, 0.2
"""Seconds from one look to the next, at least; and those for which looks that a step made wait are
made up for."""

NOWHERE = (
    "Probes see nothing of a run whose processes compute a compiled model, or one in shards. "
    "Train it without compile, or parallel as ddp."
)

Direction = Literal["forward", "backward"]


@dataclass(slots=True)
class _Look:
    """What was seen of some probes in one step, still on the device."""

    step: int
    probes: Sequence[Tap]
    spreads: Sequence[Tap]
    added: frozenset[str]
    scale: Tensor | None
    taken: list[tuple[Tap, Direction, Taken]] = field(default_factory=list)
    for_spread: list[tuple[Tap, Tensor]] = field(default_factory=list)
    hooks: list[torch.utils.hooks.RemovableHandle] = field(default_factory=list)
    has_begun: bool = False
    seconds: float = 0.0


class Probes:
    """Looks at what the control names, in steps of the objective that `tapped` taps.

    What was never looked at is looked at in the next step, whatever that costs, and all are in the
    last step; the looks after these come later instead.
    """

    def __init__(self, control: Control, tapped: Tapper | None) -> None:
        self._control, self._tapper = control, tapped
        self._names: tuple[str, ...] = ()
        self._tapped: Tapped | None = None
        self._known: set[Tap] = set()
        self._known_spreads: set[Tap] = set()
        self._looks: list[_Look] = []
        self._complaints: list[Warned] = []
        self._looked_at = self._paid_at = 0.0

    def are_due(self, moment: Moment) -> bool:
        """Whether the next step shall be looked at."""
        names = self._control.probes
        return bool(names) and (names != self._names or self._all_are_due(moment))

    def step(
        self, stepper: Stepper, batches: Sequence[Batch], shares: Sequence[float], moment: Moment
    ) -> list[Tensor]:
        """Take a step as the stepper would, and look at it."""
        tapped = self._made()
        look = self._begun(tapped, moment, stepper.gradient_scale()) if tapped is not None else None
        if tapped is None or look is None or not (look.probes or look.spreads):
            return stepper.step(batches, shares, moment)
        began = thread_time()
        try:
            with wearing(tapped.dress):
                look.seconds += thread_time() - began
                scalars = stepper.seen_step(
                    batches, shares, moment, lambda found: _see(look, found)
                )
                began = thread_time()
        finally:
            for hook in look.hooks:
                hook.remove()
        self._looks.append(look)
        self._pay(look.seconds + thread_time() - began)
        return scalars

    def told(self) -> Iterator[Probed | Spread | Warned]:
        """What was seen since the last time, copied from the device now."""
        complaints, self._complaints = self._complaints, []
        yield from complaints
        looks, self._looks = self._looks, []
        for look in looks:
            began = thread_time()
            yield from _probed(look)
            yield from _spreads(look)
            self._pay(thread_time() - began)  # what hears and writes them is counted

    def _all_are_due(self, moment: Moment) -> bool:
        """Whether it is time for all, or there will be none: this step is the run's last."""
        left = moment.steps - 1 - moment.step
        ends = self._control.ends_with_epoch and left % moment.epoch_steps == 0
        is_time = thread_time() >= self._paid_at and perf_counter() >= self._looked_at + OFTEN
        return left == 0 or ends or is_time

    def _begun(self, tapped: Tapped, moment: Moment, scale: Tensor | None) -> _Look:
        """A look at all that is tapped where it is time, else at what was never looked at."""
        probes, spreads = tapped.probes, tapped.spreads
        if self._all_are_due(moment):
            self._looked_at = perf_counter()
        else:
            probes = tuple(tap for tap in probes if tap not in self._known)
            spreads = tuple(tap for tap in spreads if tap not in self._known_spreads)
        self._known, self._known_spreads = {*tapped.probes}, {*tapped.spreads}
        return _Look(moment.step + 1, probes, spreads, tapped.added, scale)

    def _made(self) -> Tapped | None:
        """The tapped objective for the probes of now; None where there is nothing to tap."""
        names = self._control.probes
        if names == self._names:
            return self._tapped
        self._names = names
        if self._tapper is None:
            self._complaints.append(Warned(NOWHERE))
            return None
        self._tapped = self._tapper(names)
        for name in self._tapped.unknown:
            told = f"There is no value “{name}” that the run computes; no probe is put there."
            self._complaints.append(Warned(told))
            self._control.unprobe(name)
        self._names = tuple(name for name in names if name not in self._tapped.unknown)
        return self._tapped

    def _pay(self, seconds: float) -> None:
        """Let so much time go by before the next look that looking takes its share only."""
        self._paid_at = max(self._paid_at, thread_time() - SAVED_UP) + seconds / MOST_SHARE


def _see(look: _Look, results: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Take of the values of a step before backward, and of their gradients as they come.

    What is left is what an objective without probes returns.
    """
    if not look.has_begun:  # a step of several batches is looked at in its first
        look.has_begun, began = True, thread_time()
        _take_all(look, results)
        look.seconds += thread_time() - began
    return {key: value for key, value in results.items() if key not in look.added}


def _take_all(look: _Look, results: Mapping[str, Tensor]) -> None:
    for tap in look.probes:
        value = results.get(tap.key)
        if isinstance(value, Tensor):
            _take(look, tap, "forward", value)
            if value.requires_grad:
                look.hooks.append(_hooked(look, tap, value))
    for tap in look.spreads:
        value = results.get(tap.key)
        if isinstance(value, Tensor) and value.is_floating_point() and value.numel():
            look.for_spread.append((tap, taken_for_spread(value)))


def _hooked(look: _Look, tap: Tap, value: Tensor) -> torch.utils.hooks.RemovableHandle:
    def on_gradient(gradient: Tensor) -> None:
        began = thread_time()
        _take(look, tap, "backward", gradient)
        look.seconds += thread_time() - began

    handle = value.register_hook(on_gradient)  # type: ignore[no-untyped-call]
    return cast(torch.utils.hooks.RemovableHandle, handle)


def _take(look: _Look, tap: Tap, direction: Direction, value: Tensor) -> None:
    found = taken(value, look.scale if direction == "backward" else None)
    if found is not None:
        look.taken.append((tap, direction, found))


def _probed(look: _Look) -> Iterator[Probed]:
    """The events of what was looked at closely."""
    found = glimpses([of for _, _, of in look.taken])
    for (tap, direction, of), seen in zip(look.taken, found, strict=True):
        low, high, mean, spread, zeros, dead, nans = map(_rounded, seen.numbers)
        yield Probed(
            look.step, tap.path, tap.port, direction, of.shape,
            low, high, mean, spread, zeros, dead, nans,
            seen.counts, of.form, seen.size, base64.b64encode(seen.picture).decode(),
        )  # fmt: skip


def _rounded(value: float) -> float:
    """Six digits are enough to look at, and half as long to tell."""
    return float(f"{value:.6g}")


def _spreads(look: _Look) -> Iterator[Spread]:
    """The spread of every value, by the path of its node; of several the first one's."""
    if look.for_spread:
        found: dict[str, float] = {}
        values = spreads([numbers for _, numbers in look.for_spread])
        for (tap, _), value in zip(look.for_spread, values, strict=True):
            found.setdefault(tap.path, _rounded(value))
        yield Spread(look.step, found)
