"""How far a value can reach whatever the weights are: intervals, worked out node by node."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable

from graphcore.analysis.result import Value
from graphcore.analysis.rules.case import Case, Sheet
from graphcore.analysis.rules.flow import (
    ARRANGING,
    DROPPING,
    POOLING,
    Range,
    bare,
    field_of,
    origin,
    seen_range,
)
from graphcore.project.graph import Wire
from graphcore.types import Tensor

ANY: Range = (-math.inf, math.inf)
POSITIVE: Range = (0, math.inf)


def reach(sheet: Sheet, value: Value) -> Range | None:
    """The range that a value can take whatever the weights are; None where it is not known."""
    where, made = origin(sheet, value, ARRANGING | DROPPING)
    if made not in where.ranges:
        where.ranges[made] = None  # also while it is worked out
        where.ranges[made] = _range_of(where, made)
    return where.ranges[made]


def _range_of(sheet: Sheet, value: Value) -> Range | None:
    case = sheet.case(value.node)
    name, role = bare(case.kind), case.kind.role
    if role in ("dataset", "input"):
        item = field_of(sheet, value)
        return seen_range(sheet, item) if item else None
    if name in _FIXED:
        return _FIXED[name]
    if name in _READ:
        return _READ[name](case)
    if name in _COMBINED:
        return _combined(case, _COMBINED[name])
    if name.rstrip("123d") in POOLING or name in _KEPT:
        return _first(case)
    return ANY if case.kind.family in _UNBOUNDED else None


def _limits(low: str, high: str) -> Callable[[Case], Range]:
    def read(case: Case) -> Range:
        ends = case.param(low), case.param(high)
        known = [end if isinstance(end, int | float) else None for end in ends]
        return (
            -math.inf if known[0] is None else float(known[0]),
            math.inf if known[1] is None else float(known[1]),
        )

    return read


def _clamped(case: Case) -> Range:
    low, high = _limits("min", "max")(case)
    inner = _first(case) or ANY
    return max(low, min(inner[0], high)), min(high, max(inner[1], low))


def _elu(case: Case) -> Range:
    alpha = case.param("alpha")
    return -abs(float(alpha)) if isinstance(alpha, int | float) else -1.0, math.inf


def _constant(case: Case) -> Range | None:
    numbers = list(_numbers(case.param("value")))
    return (min(numbers), max(numbers)) if numbers else None


def _numbers(value: object) -> Iterable[float]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, int | float):
        yield float(value)


def _counted(case: Case) -> Range | None:
    """Whole numbers from start up to before end."""
    start, end = case.param("start"), case.param("end")
    if isinstance(start, int | float) and isinstance(end, int | float) and end > start:
        return float(start), float(math.ceil(end) - 1)
    return None


def _placed(case: Case) -> Range | None:
    """The numbers of the places along an axis."""
    out = next(iter(case.facts.outputs.values()), None)
    size = out.dims[-1] if isinstance(out, Tensor) and out.dims else None
    return (0.0, size - 1.0) if isinstance(size, int) else None


def _rest(case: Case) -> Range | None:
    """What is left of a division by a positive constant."""
    wire = case.wire("other")
    by = reach(case.sheet, Value(wire.source, wire.output)) if wire else None
    if by is None or by[0] <= 0 or by[1] == math.inf:
        return None
    out = next(iter(case.facts.outputs.values()), None)
    whole = isinstance(out, Tensor) and not out.is_float
    return 0.0, by[1] - 1 if whole else by[1]


def _power(case: Case) -> Range | None:
    return POSITIVE if case.param("exponent") in (2, 4, 6, 8) else None


def _summed(case: Case) -> Range | None:
    inner = _first(case)
    if inner is None:
        return None
    return -math.inf if inner[0] < 0 else 0.0, math.inf if inner[1] > 0 else 0.0


def _turned(case: Case) -> Range | None:
    inner = _first(case)
    return (-inner[1], -inner[0]) if inner else None


def _logged(case: Case) -> Range | None:
    inner = _first(case)
    if inner is None:
        return None
    return -math.inf, math.log(inner[1]) if 0 < inner[1] < math.inf else math.inf


def _recurrent(case: Case) -> Range:
    return POSITIVE if case.param("nonlinearity") == "relu" else (-1, 1)


def _mixed(case: Case) -> Range | None:
    """Sums of products, with unknown numbers of them."""
    found = _operands(case)
    if found and all(low >= 0 for low, _ in found):
        return POSITIVE
    return ANY if ANY in found else None


def _divided(case: Case) -> Range | None:
    if shares_of(case) is not None:
        return 0, 1
    found = _operands(case)
    return _quotient(*found) if len(found) == 2 else None


def shares_of(case: Case) -> Case | None:
    """What makes positive values that are divided by their own sum: a softmax by hand."""
    above, below = case.source("input"), case.source("other")
    if bare(case.kind) != "div" or above is None or below is None:
        return None
    total = case.sheet.case(below.node)
    if bare(total.kind) != "sum" or total.source("input") != above:
        return None
    found = reach(case.sheet, above)
    return case.sheet.case(above.node) if found and found[0] >= 0 else None


def _first(case: Case) -> Range | None:
    wire = case.sheet.first_wire(case.node.id)
    return reach(case.sheet, Value(wire.source, wire.output)) if wire else None


def _operands(case: Case) -> list[Range]:
    """The ranges of what goes in, in order; empty where one is not known."""
    wires = [w for w in case.sheet.into.get(case.node.id, ()) if w.input != "condition"]
    found = [reach(case.sheet, Value(w.source, w.output)) for w in sorted(wires, key=_slot)]
    return [] if None in found else [item for item in found if item is not None]


def _slot(wire: Wire) -> tuple[str, int]:
    name, _, place = wire.input.partition(".")
    return name, int(place or 0)


def _combined(case: Case, join: Callable[[Range, Range], Range]) -> Range | None:
    found = _operands(case)
    sources = {(w.source, w.output) for w in case.sheet.into.get(case.node.id, ())}
    if len(sources) == 1 < len(found) and join is _product:
        return POSITIVE
    return functools.reduce(join, found) if found else None


def _sum(a: Range, b: Range) -> Range:
    return a[0] + b[0], a[1] + b[1]


def _difference(a: Range, b: Range) -> Range:
    return a[0] - b[1], a[1] - b[0]


def _times(a: float, b: float) -> float:
    return 0.0 if 0 in (a, b) else a * b


def _product(a: Range, b: Range) -> Range:
    corners = [_times(x, y) for x in a for y in b]
    return min(corners), max(corners)


def _quotient(a: Range, b: Range) -> Range:
    if b[0] > 0 or b[1] < 0:
        return _product(a, (1 / b[1], 1 / b[0]))
    return POSITIVE if a[0] >= 0 and b[0] >= 0 else ANY


def _union(a: Range, b: Range) -> Range:
    return min(a[0], b[0]), max(a[1], b[1])


def _larger(a: Range, b: Range) -> Range:
    return max(a[0], b[0]), max(a[1], b[1])


def _smaller(a: Range, b: Range) -> Range:
    return min(a[0], b[0]), min(a[1], b[1])


_FIXED: dict[str, Range] = {
    "sigmoid": (0, 1), "hardsigmoid": (0, 1), "softmax": (0, 1), "softmin": (0, 1),
    "softmax2d": (0, 1), "gumbelsoftmax": (0, 1), "tanh": (-1, 1), "softsign": (-1, 1),
    "erf": (-1, 1), "relu": POSITIVE, "relu6": (0, 6), "softplus": POSITIVE, "exp": POSITIVE,
    "abs": POSITIVE, "sqrt": POSITIVE, "square": POSITIVE, "norm": POSITIVE, "std": POSITIVE,
    "var": POSITIVE, "cdist": POSITIVE, "logsoftmax": (-math.inf, 0), "logsigmoid": (-math.inf, 0),
    "selu": (-1.7581, math.inf), "gelu": (-0.17, math.inf), "silu": (-0.2785, math.inf),
    "mish": (-0.3088, math.inf), "hardswish": (-0.375, math.inf), "sin": (-1, 1), "cos": (-1, 1),
    "leakyrelu": ANY, "prelu": ANY, "rrelu": ANY, "glu": ANY, "tanhshrink": ANY,
    "hardshrink": ANY, "softshrink": ANY, "lstm": (-1, 1), "gru": (-1, 1),
    "lstmcell": (-1, 1), "grucell": (-1, 1), "cosinesimilarity": (-1, 1),
    "pairwisedistance": POSITIVE, "oneslike": (1, 1), "zeroslike": (0, 0), "randlike": (0, 1),
    "onehot": (0, 1), "parameter": ANY, "randnlike": ANY, "normalize": (-1, 1),
}  # fmt: skip
_READ: dict[str, Callable[[Case], Range | None]] = {
    "hardtanh": _limits("min_val", "max_val"), "clamp": _clamped, "elu": _elu, "celu": _elu,
    "constant": _constant, "arange": _counted, "positions": _placed, "remainder": _rest,
    "pow": _power, "sum": _summed, "neg": _turned, "log": _logged, "matmul": _mixed,
    "einsum": _mixed, "div": _divided, "rnn": _recurrent, "rnncell": _recurrent,
}  # fmt: skip
_COMBINED = {
    "add": _sum, "sub": _difference, "mul": _product, "maximum": _larger,
    "minimum": _smaller, "cat": _union, "stack": _union, "lerp": _union, "where": _union,
}  # fmt: skip
_KEPT = frozenset("median cumsum clone round floor ceil nantonum flip roll detach".split())
_UNBOUNDED = ("linear", "convolution", "normalization", "embedding", "attention")
