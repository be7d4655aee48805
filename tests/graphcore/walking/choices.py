"""What a random hand may pick: kinds, values that fit or don't, data, plans."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.formula import Formula
from graphcore.kinds.kind import Param
from graphcore.kinds.line import Line
from graphcore.kinds.params import (
    Bool,
    Choice,
    Dtype,
    Float,
    Int,
    Ints,
    Numbers,
    ParamType,
    Plain,
    Size,
    TypeText,
)
from graphcore.kinds.texts import Axes, Equation, Named, Subscript, Weights
from graphcore.project.data import DataChoice, Field
from graphcore.project.edits import MISSING
from graphcore.project.graph import SETTINGS
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan, Schedule
from graphcore.types import parse_type
from tests.drawing import digits_choice

# The small ones, so that what is drawn builds and runs in milliseconds.
TYPES = ("float32[6]", "float32[2, 6, 6]", "float32[5, 6]", "int64[5]", "float32[T, 6]", "bool[6]",
         "float32[]", "float32[2, 4, 4, 4]", "float64[6]", "complex64[3]", "list[float32[3]]",
         "{a: float32[3]}")  # fmt: skip
FORMULAS = ("label.classes", "2 * 3", "width", "width * 2", "i", "i + 1", "6 / 2", "2 - 5", "ghost",
            "1 / 0", "(", "image.size", "image.shape", "max(width, 2)", "True", "2**70", "-width",
            "width % 2 + 1", "width / 2", "(2, 2)")  # fmt: skip
NAMES = ("a", "b", "conv", "a_h_n", "x", "y", "turn", "body", "model", "class", "fields", "1a",
         "i", "width", "Block", "image", "label", "image_field", "Residual", "output", "input",
         "scores", "torch", "self", "forward", "model_1", "a_output_2")  # fmt: skip
PARAM_NAMES = ("width", "depth", "class", "i", "self", "x", "a", "nn", "hidden size", "Block",
               "linear", "in_features")  # fmt: skip
JUNK = st.sampled_from([None, -1, 0, 10**30, 1e999, float("nan"), "", "x", "a\nb", (1, (2,)), [],
                        {}, True, 0.5, b"x", {"a": 1}])  # fmt: skip

_SMALL = (0, 1, 2, 3, 4, 6)
_REALS = (0.0, 0.5, 1.0, -1.0, 2.0, 1e-5)
_EQUATIONS = ("ij -> ji", "bij, bjk -> bik", "...i -> ...", "bi, bi -> b", "i, j -> ij", "a", "...")
_LINES = ["x * torch.sigmoid(x)", "x + y", "x", "x.mean(-1, keepdim=True)"]
_SUBSCRIPTS = (":, 0", "0", ":2", "..., None", "..., ::2", "1:, -1:", ":, None, :1", "..., 3")


def fitting(kind: ParamType) -> st.SearchStrategy[object]:
    """Values that a type of param mostly allows."""
    match kind:
        case Bool():
            return st.booleans()
        case Int(low=low, high=high):
            return st.sampled_from([n for n in (low, low + 1, *_SMALL, -1) if low <= n <= high])
        case Float():
            return st.sampled_from(_REALS)
        case Choice() | Dtype() | Named():
            return st.sampled_from(kind.options)
        case Size(axes=axes):
            one = st.sampled_from(_SMALL)
            return one | st.tuples(*[one] * axes) | st.sampled_from([*kind.words, 2])
        case Axes():
            axis = st.sampled_from((-2, -1, 0, 1, 2))
            return axis | st.lists(axis, min_size=1, max_size=2, unique=True).map(tuple)
        case Ints(fewest=fewest):
            item = st.sampled_from((*_SMALL, -1))
            return st.lists(item, min_size=fewest, max_size=4).map(tuple)
        case Numbers() | Weights():
            return st.sampled_from([2, 0.5, (1.0, 2.0), ((1, 2), (3, 4)), (0.5,) * 6])
        case TypeText():
            return st.sampled_from(TYPES)
        case Equation():
            return st.sampled_from(_EQUATIONS)
        case Subscript():
            return st.sampled_from(_SUBSCRIPTS)
        case Line():
            return st.sampled_from(_LINES)
        case Plain():
            return st.sampled_from([1, 2, 6, 0.5, True, (2, 2)])
    raise AssertionError(f"{kind} is a new type of param: say here what fits it")


def values(param: Param) -> st.SearchStrategy[object]:
    """What is set on a param: mostly what fits, else nothing, a formula or junk."""
    formulas = st.sampled_from(FORMULAS).map(Formula)
    fits = fitting(param.type)
    return st.one_of(fits, fits, fits, st.just(MISSING), formulas, JUNK)


def _data() -> list[DataChoice]:
    digits = digits_choice()
    kinds = {"image": "float32[2, 6, 6]", "label": "int64[]", "tokens": "int64[T]",
             "series": "float32[T, 6]"}  # fmt: skip
    fields = tuple(Field(name, parse_type(kind)) for name, kind in kinds.items())
    # A field may have the name of a node, of a kind's port, of what the code writes.
    odd = tuple(Field(name, parse_type("float32[6]")) for name in ("model", "x", "output", "a"))
    return [DataChoice(), digits, replace(digits, fields=fields, normalize={}),
            replace(digits, fields=odd, normalize={})]  # fmt: skip


DATA = _data()
PLANS = [
    Plan(), Plan(batch_size=1, epochs=3), Plan(objectives=()),
    Plan((ObjectivePlan(), ObjectivePlan("other", Optimizer("SGD", {"lr": 0.1}),
                                         Schedule("cosine", {"warmup": 2}), "a.*", 2)),
         metrics=("accuracy",), device="cpu"),
]  # fmt: skip

KINDS = tuple(CATALOG)
COMMON = ("nn.Linear", "nn.Conv2d", "nn.ReLU", "nn.Flatten", "ops.add", "ops.cat", "ops.mul",
          "nn.LSTM", "nn.BatchNorm1d", "nn.LayerNorm", "nn.Embedding", "nn.MultiheadAttention",
          "io.Input", "io.Output", "data.Dataset", "loss.CrossEntropyLoss", "loss.MSELoss",
          "loss.Term", "nn.Parameter", "ops.constant", "ops.split", "ops.chunk")  # fmt: skip
assert set(COMMON) <= set(KINDS)

_PATHS = ("a", "b", "x", "conv", "linear", "ghost", "a.weight", "linear.weight", "linear2.weight",
          "conv.weight", "block.a")  # fmt: skip
_SETTING_VALUES = {
    "weight": (0.5, 0.0, -2.0, 1.0), "objective": ("main", "other"), "lr_factor": (0.1, 0.0),
    "init": ({"name": "zeros"}, {"name": "kaiming_normal", "params": {"a": 0.1}}, {"name": "odd"}),
    "shares": _PATHS, "ties": tuple({"weight": path} for path in _PATHS),
    "silenced": ((), ("unused", "no_gradient")), "repeat": (0, 1, 2, 3),
}  # fmt: skip


@st.composite
def settings_of_nodes(draw: st.DrawFn) -> tuple[str, object]:
    """A setting of a node with a value for it; a setting that is not named here is yes or no."""
    name = draw(st.sampled_from([*SETTINGS, "shares", "ties", "repeat", "bypass"]))
    fits = st.sampled_from(_SETTING_VALUES.get(name, (True, False)))
    return name, draw(st.one_of(fits, fits, fits, st.just(MISSING), JUNK))
