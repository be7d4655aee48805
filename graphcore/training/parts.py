"""Optimizers and schedules as tables that a form can be made of. Torch-free.

A new optimizer is one row here; a new schedule one row and one function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphcore.errors import UserError
from graphcore.kinds.kind import Param
from graphcore.kinds.params import Bool, Choice, Float, Int, Numbers
from graphcore.project.plan import ObjectivePlan


@dataclass(frozen=True, slots=True)
class OptimizerPart:
    """An optimizer of torch.optim; `fused` says that it has one kernel for all params.

    With `has_closure` it computes the loss itself, as often as it wants in a step.
    """

    name: str
    help: str
    params: tuple[Param, ...]
    fused: bool = False
    url: str = ""
    has_closure: bool = False


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
_MAXIMIZE = Param("maximize", Bool(), False, help="Climb up the loss instead of down.")
_DECOUPLED = Param("decoupled_weight_decay", Bool(), False, help="Shrink weights as AdamW does.")


def _optimizer(
    name: str, help: str, *params: Param, fused: bool = False, has_closure: bool = False
) -> OptimizerPart:
    url = f"https://docs.pytorch.org/docs/stable/generated/torch.optim.{name}.html"
    if not has_closure and name != "Muon":
        params = (*params, _MAXIMIZE)
    return OptimizerPart(name, help, params, fused, url, has_closure)


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
               Param("eps_square", Float(0, 1), None, optional=True,
                     help="Keeps a division from going wild; automatic is as small as can be."),
               Param("eps_step", Float(0, 1), 1e-3,
                     help="The smallest step, as a share of a weight."),
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
    _optimizer("Muon", "Straightens the step of each matrix; AdamW moves all other params.",
               _lr(1e-3), _decay(0.1),
               Param("momentum", Float(0, 1), 0.95, help="How much of the last step is kept."),
               Param("nesterov", Bool(), True, help="Look ahead along the momentum."),
               Param("ns_coefficients", Numbers(3), (3.4445, -4.775, 2.0315),
                     help="The polynomial that straightens a step."),
               _eps(1e-7),
               Param("ns_steps", Int(1, 99), 5, help="How often the polynomial is applied."),
               Param("adjust_lr_fn", Choice(("original", "match_rms_adamw")), None, optional=True,
                     help="How the rate depends on a matrix's size; match_rms_adamw takes"
                          " rates that suit AdamW.")),
    _optimizer("SparseAdam", "Adam that moves the rows of an Embedding that a batch looked up;"
               " Adam moves all other params.",
               _lr(1e-3), _BETAS, _eps(1e-8)),
    _optimizer("LBFGS", "Searches along the slope with the curve in mind, several tries a step:"
               " for small networks and the whole data in one batch.",
               _lr(1.0),
               Param("max_iter", Int(1, 10**6), 20, help="Most moves in one step."),
               Param("max_eval", Int(1, 10**6), None, optional=True,
                     help="Most losses computed in one step; automatic is 1.25 a move."),
               Param("tolerance_grad", Float(0, 1), 1e-7, help="A slope so small ends a step."),
               Param("tolerance_change", Float(0, 1), 1e-9, help="A change so small ends it."),
               Param("history_size", Int(1, 10**5), 100, help="How many moves are remembered."),
               Param("line_search_fn", Choice(("strong_wolfe",)), None, optional=True,
                     help="How the length of a move is found; automatic takes the rate."),
               has_closure=True),
)}  # fmt: skip


JOINED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Adafactor": {"eps": ("eps_square", "eps_step")},
}
"""Params that torch takes as one pair."""

LEFT_OUT: Mapping[str, str] = {
    "params": "the params themselves: the objective's, in groups by their nodes' settings",
    "foreach": "chosen by torch: on where the device is a GPU",
    "fused": "chosen by us: on where there is such a kernel",
    "capturable": "chosen by us: on where the step is a CUDA graph",
    "differentiable": "for gradients through the optimizer, which no run takes",
}
"""Params of torch's optimizers that aren't in the table, and why."""


def optimizer_of(plan: ObjectivePlan) -> OptimizerPart:
    """The optimizer that an objective is minimized with. Raises UserError for an unknown one."""
    name = plan.optimizer.name
    if name not in OPTIMIZERS:
        raise UserError(f"There is no optimizer “{name}”.", f"Choose {_either(OPTIMIZERS)}.")
    return OPTIMIZERS[name]


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


def _either(names: Mapping[str, object]) -> str:
    return ", ".join(names)
