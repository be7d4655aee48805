"""How the learning rate moves over a run: a table that a form can be made of. Torch-free.

Every schedule is a function of the moment alone, so that a preview is the run itself, and a run
that goes on stands where it stood. A new one is one function and one row.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from graphcore.errors import UserError
from graphcore.kinds.formula import Formula, evaluate, value_of
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Bool, Choice, Float, Int, Numbers, refuse
from graphcore.kinds.texts import Text
from graphcore.parsing import parse_expression
from graphcore.project.plan import ObjectivePlan


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a run stands: `step` (from 0) of `steps`, with `epoch_steps` in each epoch.

    `watched` is the number watched in each epoch so far, larger is better.
    """

    step: int
    steps: int
    epoch_steps: int
    watched: Sequence[float] = ()

    @property
    def epoch(self) -> int:
        """The epoch (from 0) that the step is in."""
        return self.step // max(1, self.epoch_steps)

    @property
    def progress(self) -> float:
        """How much of the run is over, from 0 to 1."""
        return self.step / max(1, self.steps)

    def part(self, first: int, steps: int) -> Moment:
        """The same moment within a part of the run that begins at the step `first`."""
        epochs = math.ceil(first / max(1, self.epoch_steps))
        return Moment(self.step - first, max(1, steps), self.epoch_steps, self.watched[epochs:])


Factor = Callable[[Moment, Mapping[str, Any]], float]


@dataclass(frozen=True, slots=True)
class SchedulePart:
    """How the learning rate moves: `factor` times the optimizer's `lr` at each moment.

    `momentum` is what the optimizer's own becomes meanwhile, where the schedule moves that too.
    """

    name: str
    title: str
    help: str
    params: tuple[Param, ...]
    factor: Factor
    momentum: Factor | None = None


class FormulaText(Text):
    """A formula for a number over `step`, `steps`, `epoch`, `epochs` and `progress`."""

    def check(self, value: object) -> object:
        if not isinstance(value, str):
            raise refuse(value, self)
        text = value.strip().removeprefix("=").strip()
        found = evaluate(Formula(text), _names(Moment(3, 10, 5)))
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise refuse(value, self)
        return text

    def describe(self) -> str:
        return "a formula over step, steps, epoch, epochs and progress, such as 0.95 ** epoch"


# One function each


def _constant(moment: Moment, given: Mapping[str, Any]) -> float:
    return 1.0


def _cosine(moment: Moment, given: Mapping[str, Any]) -> float:
    low = given["end_factor"]
    return float(low + (1 - low) * (1 + math.cos(math.pi * moment.progress)) / 2)


def _restarts(moment: Moment, given: Mapping[str, Any]) -> float:
    at, length = moment.step / max(1, moment.epoch_steps), float(given["T_0"])
    while at >= length:
        at, length = at - length, length * given["T_mult"]
    low = given["end_factor"]
    return float(low + (1 - low) * (1 + math.cos(math.pi * at / length)) / 2)


def _step(moment: Moment, given: Mapping[str, Any]) -> float:
    return float(given["gamma"] ** (moment.epoch // int(given["step_size"])))


def _multistep(moment: Moment, given: Mapping[str, Any]) -> float:
    milestones = given["milestones"]
    passed = milestones if isinstance(milestones, tuple) else (milestones,)
    return float(given["gamma"] ** sum(moment.epoch >= milestone for milestone in passed))


def _exponential(moment: Moment, given: Mapping[str, Any]) -> float:
    return float(given["gamma"] ** moment.epoch)


def _linear(moment: Moment, given: Mapping[str, Any]) -> float:
    start = given["start_factor"]
    return float(start + (given["end_factor"] - start) * moment.progress)


def _polynomial(moment: Moment, given: Mapping[str, Any]) -> float:
    return float((1 - moment.progress) ** given["power"])


def _held_back(moment: Moment, given: Mapping[str, Any]) -> float:
    return float(given["factor"]) if moment.epoch < given["total_iters"] else 1.0


def _warmup_cosine(moment: Moment, given: Mapping[str, Any]) -> float:
    warm = max(1, round(given["warmup"] * moment.steps))
    if moment.step < warm:
        return float((moment.step + 1) / warm)
    return _cosine(moment.part(warm, moment.steps - warm), given)


def _one_cycle(moment: Moment, given: Mapping[str, Any]) -> float:
    start = 1 / given["div_factor"]
    return _arc(moment, given, start, 1.0, start / given["final_div_factor"])


def _one_cycle_momentum(moment: Moment, given: Mapping[str, Any]) -> float:
    high = given["max_momentum"]
    return _arc(moment, given, high, given["base_momentum"], high)


def _arc(
    moment: Moment, given: Mapping[str, Any], start: float, middle: float, end: float
) -> float:  # fmt: skip
    """From the start to the middle and on to the end; with three phases back to the start first."""
    last = max(1.0, moment.steps - 1)
    peak = min(last, max(0.0, given["pct_start"] * moment.steps - 1))
    points = [(0.0, start), (peak, middle), (last, end)]
    if given["three_phase"]:
        points.insert(2, (min(last, 2 * peak), start))
    ways = [way for way in pairwise(points) if moment.step <= way[1][0]]
    (begin, before), (until, after) = ways[0] if ways else (points[-2], points[-1])
    share = min(1.0, (moment.step - begin) / (until - begin)) if until > begin else 1.0
    if given["anneal_strategy"] == "linear":
        return float(before + (after - before) * share)
    return float(after + (before - after) * (1 + math.cos(math.pi * share)) / 2)


def _cyclic(moment: Moment, given: Mapping[str, Any]) -> float:
    low = given["base_factor"]
    return float(low + (1 - low) * _height(moment, given))


def _cyclic_momentum(moment: Moment, given: Mapping[str, Any]) -> float:
    high = given["max_momentum"]
    return float(high - (high - given["base_momentum"]) * _height(moment, given))


def _height(moment: Moment, given: Mapping[str, Any]) -> float:
    """How high in its cycle the moment is, from 0 to 1."""
    up = given["step_size_up"]
    whole = up + (given["step_size_down"] or up)
    cycle, at = divmod(moment.step, whole)
    share = at / up if at <= up else (whole - at) / (whole - up)
    scale = {
        "triangular": 1.0,
        "triangular2": 0.5**cycle,
        "exp_range": given["gamma"] ** moment.step,
    }[given["mode"]]
    return float(share * scale)


def _plateau(moment: Moment, given: Mapping[str, Any]) -> float:
    """What ReduceLROnPlateau does, played again from the first epoch."""
    factor, best, bad, rest = 1.0, -math.inf, 0, 0
    for value in moment.watched:
        margin = given["threshold"] * (abs(best) if given["threshold_mode"] == "rel" else 1.0)
        is_better = value > best + (margin if math.isfinite(best) else 0.0)
        best, bad = (value, 0) if is_better else (best, bad + 1)
        if rest:
            rest, bad = rest - 1, 0
        if bad > given["patience"]:
            factor = max(factor * given["factor"], given["min_factor"])
            rest, bad = given["cooldown"], 0
    return float(factor)


def _formula(moment: Moment, given: Mapping[str, Any]) -> float:
    text = given["formula"]
    found = value_of(_parsed(text), _names(moment), f"={text}")
    return max(0.0, float(found)) if isinstance(found, int | float) else 0.0


@lru_cache
def _parsed(text: str) -> ast.expr:
    return parse_expression(text)


def _names(moment: Moment) -> dict[str, object]:
    epochs = math.ceil(moment.steps / max(1, moment.epoch_steps))
    return {
        "step": moment.step, "steps": moment.steps, "epoch": moment.epoch, "epochs": epochs,
        "progress": moment.progress,
    }  # fmt: skip


def _gamma(default: float, help: str) -> Param:
    return Param("gamma", Float(0, 1), default, help=help)


_END = Param("end_factor", Float(0, 1), 0.0, help="What is left of the rate at the end, 1 is all.")
_SIZE = Int(1, 10**9)


def _momenta(base: float, high: float) -> tuple[Param, ...]:
    """How momentum moves against the rate; the starting values are torch's."""
    return (
        Param("cycle_momentum", Bool(), True,
              help="Momentum (the first beta of Adam) falls while the rate rises."),
        Param("base_momentum", Float(0, 1), base, help="Momentum where the rate is highest."),
        Param("max_momentum", Float(0, 1), high, help="Momentum where the rate is lowest."),
    )  # fmt: skip


SCHEDULES: Mapping[str, SchedulePart] = {part.name: part for part in (
    SchedulePart("constant", "Constant", "The rate stays as it is.", (), _constant),
    SchedulePart("cosine", "Cosine", "The rate falls along a cosine, gently at both ends.",
                 (_END,), _cosine),
    SchedulePart("warmup_cosine", "Warm-up, then cosine",
                 "The rate rises in a line from near zero, then falls along a cosine.",
                 (Param("warmup", Float(0, 1), 0.05, help="Share of the run that is warm-up."),
                  _END), _warmup_cosine),
    SchedulePart("one_cycle", "One cycle",
                 "The rate rises to its peak and falls far below where it began.",
                 (Param("pct_start", Float(0, 1), 0.3, help="Share of the run that rises."),
                  Param("div_factor", Float(1, 1e9), 25.0,
                        help="How far below its peak it begins."),
                  Param("final_div_factor", Float(1, 1e9), 1e4,
                        help="How far below its beginning it ends."),
                  Param("anneal_strategy", Choice(("cos", "linear")), "cos",
                        help="The form of its way: along a cosine or a line."),
                  Param("three_phase", Bool(), False,
                        help="Fall back to the beginning first, then far below."),
                  *_momenta(0.85, 0.95)), _one_cycle, _one_cycle_momentum),
    SchedulePart("linear", "Linear", "The rate moves in a line.",
                 (_END, Param("start_factor", Float(0, 1), 1.0,
                              help="How much of the rate it begins with.")), _linear),
    SchedulePart("polynomial", "Polynomial", "The rate falls to nothing along a power.",
                 (Param("power", Float(0, 100), 1.0, help="1 is a line; more falls early."),),
                 _polynomial),
    SchedulePart("step", "Steps", "The rate falls by a factor every few epochs.",
                 (Param("step_size", Int(1), 10, help="After how many epochs it falls.",
                        unit="epochs"),
                  _gamma(0.1, "What is left of it then.")), _step),
    SchedulePart("multistep", "Milestones", "The rate falls by a factor at chosen epochs.",
                 (Param("milestones", Numbers(64), (30, 60), unit="epochs",
                        help="The epochs after which it falls."),
                  _gamma(0.1, "What is left of it then.")), _multistep),
    SchedulePart("exponential", "Exponential", "The rate falls by a factor each epoch.",
                 (_gamma(0.9, "What is left of it after an epoch."),), _exponential),
    SchedulePart("restarts", "Cosine with restarts",
                 "The rate falls along a cosine, again and again from the top.",
                 (Param("T_0", Int(1, 10**6), 10, unit="epochs",
                        help="How long the first fall is."),
                  Param("T_mult", Int(1, 100), 1,
                        help="How many times as long each fall is as the last."),
                  _END), _restarts),
    SchedulePart("cyclic", "Cycles", "The rate goes up and down between two bounds.",
                 (Param("base_factor", Float(0, 1), 0.1, help="The lower bound, as a share."),
                  Param("step_size_up", _SIZE, 2000, unit="steps", help="How long it rises."),
                  Param("step_size_down", _SIZE, None, optional=True, unit="steps",
                        help="How long it falls; automatic is as long as it rises."),
                  Param("mode", Choice(("triangular", "triangular2", "exp_range")), "triangular",
                        help="Peaks of equal height, halved each time, or falling by gamma."),
                  _gamma(1.0, "What is left of a peak after a step, with exp_range."),
                  *_momenta(0.8, 0.9)), _cyclic, _cyclic_momentum),
    SchedulePart("held_back", "Held back", "The rate is a part of itself for the first epochs.",
                 (Param("factor", Float(0, 1), 1 / 3, help="How much of it there is."),
                  Param("total_iters", Int(0, 10**6), 5, unit="epochs", help="For how long.")),
                 _held_back),
    SchedulePart("plateau", "On a plateau",
                 "The rate falls when epochs get no better; before the run nobody knows when.",
                 (Param("factor", Float(0, 1), 0.1, help="What is left of it then."),
                  Param("patience", Int(0, 10**6), 10, unit="epochs",
                        help="How many epochs may be no better before it falls."),
                  Param("threshold", Float(0, 1), 1e-4, help="How much better counts as better."),
                  Param("threshold_mode", Choice(("rel", "abs")), "rel",
                        help="As a share of the best value, or as it is."),
                  Param("cooldown", Int(0, 10**6), 0, unit="epochs",
                        help="How many epochs it waits after it fell."),
                  Param("min_factor", Float(0, 1), 0.0, help="How far it falls at most.")),
                 _plateau),
    SchedulePart("formula", "Formula", "The rate times what a formula comes to at each step.",
                 (Param("formula", FormulaText(), "0.95 ** epoch",
                        help="Over step, steps, epoch, epochs and progress (0 to 1); with + - * /"
                             " // ** min and max."),), _formula),
)}  # fmt: skip


def schedule_of(plan: ObjectivePlan) -> SchedulePart:
    """The schedule of an objective's learning rate. Raises UserError for an unknown one."""
    return schedule_named(plan.schedule.name)


def schedule_named(name: str) -> SchedulePart:
    """The schedule of that name. Raises UserError for an unknown one."""
    if name not in SCHEDULES:
        raise UserError(f"There is no schedule “{name}”.", f"Choose {', '.join(SCHEDULES)}.")
    return SCHEDULES[name]
