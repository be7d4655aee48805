"""Initial weights: torch.nn.init's list with its params. Torch-free.

A node's setting `init` is a record: `{"name": "kaiming_normal_", "params": {"nonlinearity":
"relu"}, "bias": {"name": "constant_", "params": {"val": 0.1}}}`. Without `bias` biases begin at
zero; the name `default` leaves weights or biases as torch makes them. A window makes its fields
from `INITS[name].params`, `BIAS_INITS` lists what suits a bias, and `chosen(name)` is the record
to begin with. Values are checked one by one; what doesn't fit the layer is a problem at the node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from graphcore.errors import UserError
from graphcore.kinds.kind import REQUIRED, Kind, Param
from graphcore.kinds.params import Choice, Float, Int, shown
from graphcore.kinds.spell import arguments

DEFAULT = "default"
MOST_DIMS = 64
URL = "https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init."


@dataclass(frozen=True, slots=True)
class Init:
    """One way for weights to begin; it fits weights of `fewest` to `most` dims."""

    name: str
    title: str
    help: str
    params: tuple[Param, ...] = ()
    fewest: int = 1
    most: int = MOST_DIMS

    @property
    def url(self) -> str:
        """Its official page."""
        return URL + self.name if self.name != DEFAULT else URL.partition("#")[0]

    def param(self, name: str) -> Param | None:
        """The param of that name, or None."""
        return next((param for param in self.params if param.name == name), None)

    def fits(self, dims: int) -> bool:
        """Whether weights of that many dims can begin so."""
        return self.fewest <= dims <= self.most


_MEAN = Param("mean", Float(), 0.0, help="The middle.")
_STD = Param("std", Float(0), 1.0, start=0.02, help="The spread.")
_GAIN = Param("gain", Float(0), 1.0, help="A factor: 1 for tanh or none, 1.41 for ReLU.")
_LINEAR = (
    "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
    "conv_transpose3d",
)  # fmt: skip
_KAIMING = (
    Param("a", Float(), 0.0, help="Slope below zero; only for leaky_relu."),
    Param("mode", Choice(("fan_in", "fan_out")), "fan_in",
          help="Keep the spread forwards (fan_in) or of gradients (fan_out)."),
    Param("nonlinearity", Choice((*_LINEAR, "sigmoid", "tanh", "relu", "leaky_relu", "selu")),
          "leaky_relu", start="relu", help="The activation that follows."),
)  # fmt: skip

_LIST = (
    Init(DEFAULT, "As torch does", "What the layer begins with by itself."),
    Init("kaiming_normal_", "Kaiming normal", "Keeps the spread through ReLU layers.", _KAIMING,
         fewest=2),
    Init("kaiming_uniform_", "Kaiming uniform", "Keeps the spread through ReLU layers.", _KAIMING,
         fewest=2),
    Init("xavier_normal_", "Xavier normal", "Keeps the spread both ways; for tanh and sigmoid.",
         (_GAIN,), fewest=2),
    Init("xavier_uniform_", "Xavier uniform", "Keeps the spread both ways; for tanh and sigmoid.",
         (_GAIN,), fewest=2),
    Init("orthogonal_", "Orthogonal", "Turns without stretching; for recurrent and deep layers.",
         (_GAIN,), fewest=2),
    Init("trunc_normal_", "Truncated normal", "Normal, drawn again beyond two limits.",
         (_MEAN, _STD, Param("a", Float(), -2.0, help="The lower limit."),
          Param("b", Float(), 2.0, help="The upper limit."))),
    Init("normal_", "Normal", "Drawn from a bell curve.", (_MEAN, _STD)),
    Init("uniform_", "Uniform", "Drawn evenly between two limits.",
         (Param("a", Float(), 0.0, start=-0.1, help="The lower limit."),
          Param("b", Float(), 1.0, start=0.1, help="The upper limit."))),
    Init("constant_", "Constant", "The same number everywhere.",
         (Param("val", Float(), start=0.0, help="The number."),)),
    Init("zeros_", "Zeros", "Zero everywhere; ends a residual branch quietly."),
    Init("ones_", "Ones", "One everywhere; for scales."),
    Init("eye_", "Identity", "Hands the input on as far as sizes allow.", fewest=2, most=2),
    Init("dirac_", "Dirac", "A convolution that hands its channels on.",
         (Param("groups", Int(1, 2**20), 1, help="Groups of channels; divides the filters."),),
         fewest=3, most=5),
    Init("sparse_", "Sparse", "Mostly zero, the rest from a bell curve.",
         (Param("sparsity", Float(0, 1), start=0.9, help="The share of each column that is zero."),
          Param("std", Float(0), 0.01, help="The spread of the rest.")), fewest=2, most=2),
)  # fmt: skip

INITS: Mapping[str, Init] = MappingProxyType({init.name: init for init in _LIST})
BIAS_INITS = tuple(init.name for init in _LIST if init.fits(1))


def chosen(name: str) -> dict[str, object]:
    """The setting for a way that was just picked: its params where we choose otherwise."""
    starts = {p.name: p.start for p in INITS[name].params if p.start is not REQUIRED}
    return {"name": name, "params": starts} if starts else {"name": name}


def check_init(value: object) -> dict[str, object]:
    """The setting `init`, normalized. Raises UserError for what torch.nn.init doesn't have."""
    record = _record(value, ("name", "params", "bias"))
    found = _checked(record, tuple(INITS))
    if "bias" in record:
        found["bias"] = _checked(_record(record["bias"], ("name", "params")), BIAS_INITS)
    return found


def _record(value: object, known: tuple[str, ...]) -> Mapping[object, object]:
    if not isinstance(value, Mapping) or any(key not in known for key in value):
        raise UserError(f"{shown(value)} is no way to begin.", f"It holds: {', '.join(known)}.")
    return value


def _checked(record: Mapping[object, object], allowed: tuple[str, ...]) -> dict[str, object]:
    name = record.get("name", DEFAULT)
    if not isinstance(name, str) or name not in allowed:
        raise UserError(
            f"{shown(name)} is no way for these to begin.", f"There are: {', '.join(allowed)}."
        )
    given = _record(record.get("params", {}), tuple(p.name for p in INITS[name].params))
    params: dict[str, object] = {}
    for param in INITS[name].params:
        wanted = given.get(param.name, param.start if param.default is REQUIRED else REQUIRED)
        if wanted is not REQUIRED:
            params[param.name] = _param(name, param, wanted)
    return {"name": name, "params": params} if params else {"name": name}


def _param(name: str, param: Param, value: object) -> object:
    try:
        return param.check(value)
    except UserError as error:
        raise UserError(f"{name}, {param.name}: {error.message}", error.hint) from error


def misfit(choice: Mapping[str, object], shape: tuple[int, ...]) -> str:
    """Why weights of that shape can't begin so, as the end of a sentence; empty where they can."""
    init, params = INITS[str(choice.get("name", DEFAULT))], _params(choice)
    if not init.fits(len(shape)):
        most = f" to {init.most}" if init.fewest < init.most < MOST_DIMS else ""
        least = "" if init.most < MOST_DIMS else "at least "
        return f"needs weights of {least}{init.fewest}{most} dims"
    low, high = (params.get(key, _default(init, key)) for key in ("a", "b"))
    if isinstance(low, float) and isinstance(high, float) and not low < high:
        return f"needs a below b, but they are {low:g} and {high:g}"
    groups = params.get("groups", 1)
    if init.name == "dirac_" and isinstance(groups, int) and shape[0] % groups:
        return f"needs groups that divide the {shape[0]} filters, which {groups} does not"
    return ""


def _params(choice: Mapping[str, object]) -> Mapping[str, object]:
    params = choice.get("params", {})
    assert isinstance(params, Mapping)
    return params


def _default(init: Init, key: str) -> object:
    param = init.param(key)
    return param.default if param else None


def bias_of(setting: Mapping[str, object]) -> Mapping[str, object]:
    """How biases begin: as chosen, else at zero where the weights are chosen."""
    bias = setting.get("bias")
    if isinstance(bias, Mapping):
        return bias
    return {"name": DEFAULT if setting.get("name", DEFAULT) == DEFAULT else "zeros_"}


def init_call(choice: Mapping[str, object], target: str) -> str:
    """The call that makes `target` begin so, such as `nn.init.zeros_(self.conv.bias)`.

    Empty where torch's own beginning stays. `choice` is a checked record of name and params.
    """
    init = INITS[str(choice.get("name", DEFAULT))]
    if init.name == DEFAULT:
        return ""
    given = arguments(init.params, _params(choice))
    return f"nn.init.{init.name}({', '.join([target, *given])})"


Weight = tuple[str, tuple[int, ...]]
"""A layer's own parameter: its name and its shape."""


def begun(
    weights: Sequence[Weight], setting: Mapping[str, object]
) -> list[tuple[Weight, Mapping[str, object]]]:
    """Which of a layer's weights begin how.

    In a layer that has matrices its vectors are biases, or scales, which stay at one; in one
    that has none (BatchNorm) whatever is no bias is a weight.
    """
    has_matrix = any(len(shape) > 1 for _, shape in weights)
    bias, found = bias_of(setting), []
    for weight in weights:
        name, shape = weight
        if len(shape) > 1 or (not has_matrix and "bias" not in name):
            found.append((weight, setting))
        elif "bias" in name:
            found.append((weight, bias))
    return [(weight, choice) for weight, choice in found if choice.get("name", DEFAULT) != DEFAULT]


def own_weights(
    kind: Kind, params: Mapping[str, object], known: Sequence[Weight]
) -> Sequence[Weight]:
    """A layer's parameters; of a learned tensor that itself, which has no name."""
    shape = params.get("shape")
    return [("", shape)] if kind.name == "nn.Parameter" and isinstance(shape, tuple) else known
