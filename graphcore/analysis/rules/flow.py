"""Where a value comes from, and how far it can reach: what rules about ends of models ask."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

from graphcore.analysis.result import Value
from graphcore.analysis.rules.case import Case, Sheet
from graphcore.kinds.kind import Kind
from graphcore.project.data import Field
from graphcore.project.graph import Node
from graphcore.types import Tensor

Range = tuple[float, float]
ANY: Range = (-math.inf, math.inf)


def bare(kind: Kind) -> str:
    """The name that the module and the function share: `logsoftmax`, `relu`."""
    return _bare(kind.name)


@functools.lru_cache(4096)
def _bare(name: str) -> str:
    return name.rpartition(".")[2].replace("_", "").lower()


ARRANGING = frozenset(
    "identity flatten unflatten reshape view squeeze unsqueeze permute transpose movedim select "
    "contiguous to narrow slice index expand swapaxes mt t".split()
)
"""What moves values about without changing them."""
DROPPING = frozenset(
    "dropout dropout1d dropout2d dropout3d alphadropout featurealphadropout".split()
)
ALIASING = frozenset(
    "identity flatten unflatten reshape view squeeze unsqueeze permute transpose movedim select "
    "narrow slice detach expand swapaxes".split()
)
"""What gives back the memory of its input, so that a change in place is seen through it."""
POOLING = frozenset(
    "maxpool avgpool adaptiveavgpool adaptivemaxpool lppool fractionalmaxpool upsample "
    "interpolate mean amax amin max min".split()
)
BATCH_NORMS = frozenset(("batchnorm1d", "batchnorm2d", "batchnorm3d", "syncbatchnorm"))
INSTANCE_NORMS = frozenset(("instancenorm1d", "instancenorm2d", "instancenorm3d"))


def is_passing(sheet: Sheet, node: Node, names: frozenset[str] = ARRANGING) -> bool:
    """Whether a node hands its input on: one of these kinds, or bypassed."""
    return bare(sheet.kind(node)) in names or sheet.settled(node, "bypass")


def trace(sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING) -> list[Node]:
    """The nodes from a value up to the one that made it, the maker last."""
    chain = [sheet.graph.nodes[value.node]]
    while is_passing(sheet, chain[-1], names):
        wire = sheet.first_wire(chain[-1].id)
        if wire is None:
            break
        chain.append(sheet.graph.nodes[wire.source])
    return chain


def maker(sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING) -> Case:
    """The node that made a value."""
    return sheet.case(trace(sheet, value, names)[-1].id)


def next_layers(sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING) -> list[Case]:
    """The nodes that a value goes to, through those that hand it on."""
    found: list[Case] = []
    waiting = list(sheet.readers_of(value))
    while waiting:
        wire = waiting.pop()
        node = sheet.graph.nodes[wire.target]
        if is_passing(sheet, node, names):
            waiting.extend(sheet.readers.get(node.id, ()))
        else:
            found.append(sheet.case(node.id))
    return found


def field_of(sheet: Sheet, value: Value | None) -> Field | None:
    """The Dataset field that a value is, through Input nodes and what only arranges."""
    while value is not None:
        chain = trace(sheet, value)
        node = chain[-1]
        wire = sheet.first_wire(chain[-2].id) if len(chain) > 1 else None
        port = wire.output if wire else value.port
        role = sheet.kind(node).role
        if role == "dataset":
            return sheet.project.data.field(port)
        into = sheet.graph.wires.get((node.id, "field")) if role == "input" else None
        value = Value(into.source, into.output) if into else None
    return None


def seen_range(sheet: Sheet, item: Field) -> Range | None:
    """The range of a field's values as the model sees them; None where it is not known."""
    if item.low is None or item.high is None:
        return None
    how = sheet.project.data.normalize.get(item.name, "none")
    if not isinstance(item.type, Tensor) or not item.type.is_float or how == "none":
        return item.low, item.high
    if how == "unit":
        return 0.0, 1.0
    if not item.mean or not item.std:
        return None
    pairs = [(m, s or 1.0) for m, s in zip(item.mean, item.std, strict=False)]
    return min((item.low - m) / s for m, s in pairs), max((item.high - m) / s for m, s in pairs)


def _limits(low: str, high: str) -> Callable[[Case], Range]:
    def read(case: Case) -> Range:
        ends = case.param(low), case.param(high)
        known = [end if isinstance(end, int | float) else None for end in ends]
        return (
            -math.inf if known[0] is None else float(known[0]),
            math.inf if known[1] is None else float(known[1]),
        )

    return read


def _elu(case: Case) -> Range:
    alpha = case.param("alpha")
    return -abs(float(alpha)) if isinstance(alpha, int | float) else -1.0, math.inf


_FIXED: dict[str, Range] = {
    "sigmoid": (0, 1), "hardsigmoid": (0, 1), "softmax": (0, 1), "softmin": (0, 1),
    "softmax2d": (0, 1), "tanh": (-1, 1), "softsign": (-1, 1), "relu": (0, math.inf),
    "relu6": (0, 6), "softplus": (0, math.inf), "exp": (0, math.inf), "abs": (0, math.inf),
    "sqrt": (0, math.inf), "square": (0, math.inf), "logsoftmax": (-math.inf, 0),
    "logsigmoid": (-math.inf, 0), "selu": (-1.7581, math.inf), "gelu": (-0.17, math.inf),
    "silu": (-0.2785, math.inf), "mish": (-0.3088, math.inf), "hardswish": (-0.375, math.inf),
    "sin": (-1, 1), "cos": (-1, 1), "leakyrelu": ANY, "prelu": ANY, "rrelu": ANY,
    "lstm": (-1, 1), "gru": (-1, 1), "rnn": (-1, 1),
}  # fmt: skip
_READ: dict[str, Callable[[Case], Range]] = {
    "hardtanh": _limits("min_val", "max_val"), "clamp": _limits("min", "max"), "elu": _elu,
    "celu": _elu,
}  # fmt: skip
_UNBOUNDED = ("linear", "convolution", "normalization", "embedding", "attention")


def reach(sheet: Sheet, value: Value, depth: int = 0) -> Range | None:
    """The range that a value can take whatever the weights are; None where it is not known."""
    node = trace(sheet, value, ARRANGING | DROPPING)[-1]
    case = sheet.case(node.id)
    name = bare(case.kind)
    if name in _FIXED:
        return _FIXED[name]
    if name in _READ:
        return _READ[name](case)
    if name.rstrip("123d") in POOLING or name in ("pow",):
        return _passed_on(sheet, case, name, depth)
    if name == "mul" and depth < 8:
        parts = [reach(sheet, Value(w.source, w.output), depth + 1)
                 for w in sheet.into.get(node.id, ())]  # fmt: skip
        return (0, 1) if parts and all(part == (0, 1) for part in parts) else None
    return ANY if case.kind.family in _UNBOUNDED else None


def _passed_on(sheet: Sheet, case: Case, name: str, depth: int) -> Range | None:
    wire = sheet.first_wire(case.node.id)
    if wire is None or depth > 64:
        return None
    if name == "pow":
        return (0, math.inf) if case.param("exponent") in (2, 4, 6, 8) else None
    return reach(sheet, Value(wire.source, wire.output), depth + 1)
