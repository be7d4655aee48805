"""Optimizers, schedules and metrics as tables that a form can be made of. Torch-free.

A new optimizer is one row here; a new schedule one row and one function.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graphcore.errors import UserError
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Bool, Float, Int, Numbers
from graphcore.project.plan import ObjectivePlan, Plan


@dataclass(frozen=True, slots=True)
class OptimizerPart:
    """An optimizer of torch.optim; `fused` says that it has one kernel for all params."""

    name: str
    help: str
    params: tuple[Param, ...]
    fused: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a run stands: `step` (from 0) of `steps`, with `epoch_steps` in each epoch."""

    step: int
    steps: int
    epoch_steps: int

    @property
    def epoch(self) -> int:
        """The epoch (from 0) that the step is in."""
        return self.step // max(1, self.epoch_steps)

    @property
    def progress(self) -> float:
        """How much of the run is over, from 0 to 1."""
        return self.step / max(1, self.steps)


Factor = Callable[[Moment, Mapping[str, float]], float]


@dataclass(frozen=True, slots=True)
class SchedulePart:
    """How the learning rate moves: `factor` times the optimizer's `lr` at each moment."""

    name: str
    title: str
    help: str
    params: tuple[Param, ...]
    factor: Factor


@dataclass(frozen=True, slots=True)
class MetricPart:
    """What is measured beside the loss; `losses` are the kinds of loss that it is for."""

    name: str
    title: str
    help: str
    losses: tuple[str, ...]
    higher_is_better: bool


def _lr(default: float) -> Param:
    return Param("lr", Float(0, 1000), default, help="Learning rate: how far one step goes.")


def _decay(default: float = 0.0) -> Param:
    return Param("weight_decay", Float(0, 10), default, help="How strongly weights shrink.")


def _eps(default: float) -> Param:
    return Param("eps", Float(0, 1), default, help="Keeps a division from going wild.")


_MOMENTUM = Param("momentum", Float(0, 1), 0.0, help="How much of the last step is kept.")
_BETAS = Param("betas", Numbers(2), (0.9, 0.999),
               help="How long the running means of gradient and square remember.")  # fmt: skip
_AMSGRAD = Param("amsgrad", Bool(), False, help="Never let the step size grow back.")
_DECOUPLED = Param("decoupled_weight_decay", Bool(), False, help="Shrink weights as AdamW does.")


def _optimizer(name: str, help: str, *params: Param, fused: bool = False) -> OptimizerPart:
    url = f"https://docs.pytorch.org/docs/stable/generated/torch.optim.{name}.html"
    return OptimizerPart(name, help, params, fused, url)


OPTIMIZERS: Mapping[str, OptimizerPart] = {part.name: part for part in (
    _optimizer("AdamW", "The usual first choice: Adam with honest weight decay.",
               _lr(1e-3), _decay(1e-2), _BETAS, _eps(1e-8), _AMSGRAD, fused=True),
    _optimizer("Adam", "Each weight has a step size of its own.",
               _lr(1e-3), _decay(), _BETAS, _eps(1e-8), _AMSGRAD, _DECOUPLED, fused=True),
    _optimizer("SGD", "Plain steps down the slope; with momentum 0.9 still hard to beat.",
               _lr(1e-3), _MOMENTUM, _decay(),
               Param("dampening", Float(0, 1), 0.0, help="How much momentum is damped."),
               Param("nesterov", Bool(), False, help="Look ahead along the momentum."),
               fused=True),
    _optimizer("NAdam", "Adam with a look ahead along the momentum.",
               _lr(2e-3), _decay(), _BETAS, _eps(1e-8),
               Param("momentum_decay", Float(0, 1), 4e-3, help="How fast momentum warms up."),
               _DECOUPLED),
    _optimizer("RAdam", "Adam that warms itself up.",
               _lr(1e-3), _decay(), _BETAS, _eps(1e-8), _DECOUPLED),
    _optimizer("Adamax", "Adam that looks at the largest gradient instead of the mean square.",
               _lr(2e-3), _decay(), _BETAS, _eps(1e-8)),
    _optimizer("RMSprop", "Steps are divided by the recent size of the gradient.",
               _lr(1e-2), _decay(), _MOMENTUM,
               Param("alpha", Float(0, 1), 0.99, help="How long the mean square remembers."),
               _eps(1e-8),
               Param("centered", Bool(), False, help="Take the gradient's mean off first.")),
    _optimizer("Adagrad", "Weights that moved much move less; good for rare features.",
               _lr(1e-2), _decay(),
               Param("lr_decay", Float(0, 1), 0.0, help="How fast the learning rate falls."),
               Param("initial_accumulator_value", Float(0, 1000), 0.0,
                     help="Where the sum of squares begins."),
               _eps(1e-10), fused=True),
    _optimizer("Adadelta", "Adagrad that forgets, so it doesn't come to a halt.",
               _lr(1.0), _decay(),
               Param("rho", Float(0, 1), 0.9, help="How long the means remember."), _eps(1e-6)),
    _optimizer("Adafactor", "Like Adam with far less memory, for large models.",
               _lr(1e-2), _decay(),
               Param("beta2_decay", Float(-10, 0), -0.8, help="How its memory grows with time."),
               Param("d", Float(0, 1000), 1.0, help="Steps larger than this are cut.")),
    _optimizer("ASGD", "SGD that keeps the average of the weights.",
               _lr(1e-2), _decay(),
               Param("lambd", Float(0, 1), 1e-4, help="How fast the learning rate falls."),
               Param("alpha", Float(0, 10), 0.75, help="The power with which it falls."),
               Param("t0", Float(0, 1e12), 1e6, help="The step at which averaging begins.")),
    _optimizer("Rprop", "Looks only at the gradient's sign; for whole data sets in one batch.",
               _lr(1e-2),
               Param("etas", Numbers(2), (0.5, 1.2), help="How steps shrink and grow."),
               Param("step_sizes", Numbers(2), (1e-6, 50), help="The smallest and largest step.")),
)}  # fmt: skip


def _constant(moment: Moment, given: Mapping[str, float]) -> float:
    return 1.0


def _cosine(moment: Moment, given: Mapping[str, float]) -> float:
    low = given["end_factor"]
    return low + (1 - low) * (1 + math.cos(math.pi * moment.progress)) / 2


def _step(moment: Moment, given: Mapping[str, float]) -> float:
    return float(given["gamma"] ** (moment.epoch // int(given["step_size"])))


def _exponential(moment: Moment, given: Mapping[str, float]) -> float:
    return float(given["gamma"] ** moment.epoch)


def _linear(moment: Moment, given: Mapping[str, float]) -> float:
    return 1 + (given["end_factor"] - 1) * moment.progress


def _warmup_cosine(moment: Moment, given: Mapping[str, float]) -> float:
    warm = max(1, round(given["warmup"] * moment.steps))
    if moment.step < warm:
        return (moment.step + 1) / warm
    rest = Moment(moment.step - warm, max(1, moment.steps - warm), moment.epoch_steps)
    return _cosine(rest, given)


def _one_cycle(moment: Moment, given: Mapping[str, float]) -> float:
    start, low = 1 / given["div_factor"], 1 / (given["div_factor"] * given["final_div_factor"])
    peak = max(1, round(given["pct_start"] * moment.steps))
    if moment.step < peak:
        return start + (1 - start) * (1 - math.cos(math.pi * moment.step / peak)) / 2
    rest = (moment.step - peak) / max(1, moment.steps - 1 - peak)
    return low + (1 - low) * (1 + math.cos(math.pi * rest)) / 2


_END = Param("end_factor", Float(0, 1), 0.0, help="What is left of the rate at the end, 1 is all.")

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
                        help="How far below its beginning it ends.")), _one_cycle),
    SchedulePart("linear", "Linear", "The rate falls in a line.", (_END,), _linear),
    SchedulePart("step", "Steps", "The rate falls by a factor every few epochs.",
                 (Param("step_size", Int(1), 10, help="After how many epochs it falls.",
                        unit="epochs"),
                  Param("gamma", Float(0, 1), 0.1, help="What is left of it then.")), _step),
    SchedulePart("exponential", "Exponential", "The rate falls by a factor each epoch.",
                 (Param("gamma", Float(0, 1), 0.9, help="What is left of it after an epoch."),),
                 _exponential),
)}  # fmt: skip

METRICS: Mapping[str, MetricPart] = {part.name: part for part in (
    MetricPart("accuracy", "Accuracy", "Share of samples whose class is found.",
               ("loss.CrossEntropyLoss", "loss.NLLLoss", "loss.BCEWithLogitsLoss",
                "loss.BCELoss"), True),
    MetricPart("mae", "Mean absolute error", "How far off a value is on average.",
               ("loss.MSELoss", "loss.L1Loss", "loss.SmoothL1Loss", "loss.HuberLoss"), False),
)}  # fmt: skip


def optimizer_of(plan: ObjectivePlan) -> OptimizerPart:
    """The optimizer that an objective is minimized with. Raises UserError for an unknown one."""
    name = plan.optimizer.name
    if name not in OPTIMIZERS:
        raise UserError(f"There is no optimizer “{name}”.", f"Choose {_either(OPTIMIZERS)}.")
    return OPTIMIZERS[name]


def schedule_of(plan: ObjectivePlan) -> SchedulePart:
    """The schedule of an objective's learning rate. Raises UserError for an unknown one."""
    name = plan.schedule.name
    if name not in SCHEDULES:
        raise UserError(f"There is no schedule “{name}”.", f"Choose {_either(SCHEDULES)}.")
    return SCHEDULES[name]


def checked(
    owner: str, params: tuple[Param, ...], given: Mapping[str, object]
) -> dict[str, object]:
    """Every param with its value, defaults filled in. Raises UserError for a wrong one."""
    known = {param.name: param for param in params}
    for name in given:
        if name not in known:
            raise UserError(f"{owner} has no “{name}”.", f"It has {_either(known) or 'no params'}.")
    found: dict[str, object] = {}
    for name, param in known.items():
        try:
            found[name] = param.check(given.get(name, param.default))
        except UserError as error:
            raise UserError(f"“{name}” of {owner}: {error.message}", error.hint) from error
    return found


def rate_at(plan: ObjectivePlan) -> Callable[[Moment], float]:
    """The function that gives the learning rate at each moment. Raises UserError."""
    part, optimizer = schedule_of(plan), optimizer_of(plan)
    lr = _number(checked(optimizer.name, optimizer.params, plan.optimizer.params)["lr"])
    values = checked(f"The schedule {part.title}", part.params, plan.schedule.params)
    given = {name: _number(value) for name, value in values.items()}
    return lambda moment: lr * part.factor(moment, given)


def learning_rates(plan: Plan, steps: int, epoch_steps: int = 0) -> list[float]:
    """The learning rate of the first objective at each of so many steps, for a preview."""
    rate = rate_at(plan.objectives[0])
    length = epoch_steps or max(1, steps // max(1, plan.epochs))
    return [rate(Moment(step, steps, length)) for step in range(steps)]


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


def _either(names: Mapping[str, object]) -> str:
    return ", ".join(names)
