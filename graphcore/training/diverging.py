"""A loss that is no number any more."""

from __future__ import annotations

import math
from collections.abc import Iterator

from graphcore.errors import UserError
from graphcore.training.events import Event, StepsDone, Warned

_HINT = (
    "Try a smaller learning rate; look for a log or a division of zero, and for missing values in "
    "the data. The weights saved last are still good."
)


class DivergedError(UserError):
    """Numbers of the run are none any more, since the step `step` (from 0) at the latest."""

    def __init__(self, what: str, step: int) -> None:
        super().__init__(f"Training stopped: {what} at step {step}.", _HINT)
        self.step = step


def look_for_nan(event: StepsDone) -> Iterator[Event]:
    """Tell of the first loss that is no number, and raise DivergedError."""
    for place, loss in enumerate(event.values["loss"]):
        if not math.isfinite(loss):
            step = event.first_step + place
            yield Warned(f"The loss became {loss} at step {step}.")
            raise DivergedError(f"the loss became {loss}", step)
