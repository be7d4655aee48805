"""Values that a param may take beside the one it has: every word, and a few numbers."""

from __future__ import annotations

from graphcore.errors import UserError
from graphcore.kinds.kind import Kind, Param
from graphcore.kinds.params import Bool, Choice, Dtype, Float, Int, Ints, Size
from graphcore.kinds.texts import Axes, Named

_SIZES = ((1,), (1, 1), (2, 2), (1, 0), (0, 2, 1, 3), (-1, 6), (3, 3))


def other_values(kind: Kind, param: Param) -> list[object]:
    """What the param may be beside what a new node has."""
    now = kind.starting_params().get(param.name, param.default)
    found = [*_candidates(param), *([None] if param.optional else [])]
    kept: list[object] = []
    for value in found:
        try:
            checked = param.check(value)
        except UserError:
            continue
        if (checked, type(checked)) != (now, type(now)) and checked not in kept:
            kept.append(checked)
    return kept


def _candidates(param: Param) -> list[object]:
    match param.type:
        case Bool():
            return [True, False]
        case Choice() | Dtype() | Named() as words:
            return list(words.options)
        case Int():
            return [1, 2, 3, 4, -1, -2]
        case Float():
            return [0.5, 1.0, 2.0]
        case Size(axes=axes, words=names):
            return [1, 2, 3, tuple(range(1, axes + 1)), *names]
        case Ints():
            return list(_SIZES)
        case Axes():
            return [1, -1, 2, (1, 2), (-1, -2)]
    return []
