"""How good an epoch was: which is the best, and what schedules and patience look at."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training.metric_table import is_higher_better

Score = tuple[float, float]


def check_monitor(monitor: str, names: Sequence[str]) -> None:
    """Raise a UserError where nothing of that name is measured; nothing named is our choice."""
    if monitor and monitor not in names:
        raise UserError(
            f"Nothing named “{monitor}” is measured, so that no epoch is the best by it.",
            f"There is {', '.join(names)}.",
        )


def score(values: Mapping[str, float], monitor: str = "") -> Score | None:
    """How good an epoch was, larger is better: by what is monitored, then by the loss.

    Where nothing is, by accuracy where there is one, told apart as far as float32 goes: as many
    right answers in other batches sum up to a share that differs in the last digits. None where
    the loss is no number.
    """
    loss = values.get("loss", math.nan)
    first = watched(values, monitor) if monitor else values.get("accuracy", 0.0)
    first = float(f"{first:.7g}")
    return (first, -loss) if math.isfinite(loss) and not math.isnan(first) else None


def watched(values: Mapping[str, float], monitor: str = "") -> float:
    """The one number of an epoch that is watched, larger is better; without a monitor the loss."""
    name = monitor or "loss"
    value = values.get(name, math.nan)
    return value if is_higher_better(name) else -value


def epochs_in_vain(watched: Sequence[float], plan: Plan, since: int = 0) -> int:
    """How many epochs, if as many as the plan's patience, were not better than the best before.

    `watched` is what `watched` gave for each epoch; no number is never better. Those before the
    epoch `since` are not counted.
    """
    best, waited = -math.inf, 0
    for epoch, value in enumerate(watched):
        is_better = value > best + plan.min_delta if math.isfinite(best) else value > best
        best, waited = (value, 0) if is_better else (best, waited + (epoch >= since))
    return waited if 0 < plan.patience <= waited else 0
