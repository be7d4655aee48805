"""What an overlay lays over the cards of a drawing: a figure for each node, and how it compares."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from graphcore.analysis.result import NodeFacts
from graphcore.types import Tensor, Type, symbols

Overlay = Literal["shape", "parameters", "flops", "memory", "time", "gradient"]
OVERLAYS: tuple[Overlay, ...] = ("shape", "parameters", "flops", "memory", "time", "gradient")
MEASURED: frozenset[Overlay] = frozenset({"time", "gradient"})
"""Those that are known only after the drawing ran."""
ADDED_UP: frozenset[Overlay] = frozenset({"parameters", "flops", "memory", "time"})
"""Those of which a node has a share of the whole."""
_LEAST_LEVEL = 0.04

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Figure:
    """A node's figure.

    `value` is numbers of one sample (shape, parameters), FLOPs of one sample, bytes of its outputs
    for one sample, seconds of one batch, or the root mean square of a gradient. `level` is where it
    stands between nothing (0) and the largest of the drawing (1), `share` its part of the sum.
    """

    value: float
    level: float
    share: float | None = None


def figures(
    overlay: Overlay, facts: Mapping[K, NodeFacts], measured: Mapping[str, float] | None = None
) -> dict[K, Figure]:
    """The figures of these nodes, which lie in one drawing; who has none is left out.

    `measured` are seconds or gradients by path. Gradients are compared by their decades, since
    they vanish or explode by powers; all others by their size.
    """
    values = {
        key: value
        for key, one in facts.items()
        if (value := _value(overlay, one, measured or {})) is not None
    }
    most = max(values.values(), default=0.0)
    least = min((value for value in values.values() if value > 0), default=0.0)
    total = sum(values.values()) if overlay in ADDED_UP else 0.0
    return {
        key: Figure(
            value,
            _decades(value, least, most) if overlay == "gradient" else value / most if most else 0,
            value / total if total else None,
        )
        for key, value in values.items()
    }


def levels(
    by_path: Mapping[str, float], nodes: Mapping[K, str], *, by_decades: bool
) -> dict[K, float]:
    """How far the bar of each node goes, from 0 to 1; `nodes` are paths, others have no bar.

    What lies inside a block is put together as norms are. Without decades by size.
    """
    found = {key: value for key, path in nodes.items() if (value := _within(by_path, path))}
    most, least = max(found.values(), default=0.0), min(found.values(), default=0.0)
    return {
        key: _decades(value, least, most) if by_decades else value / most
        for key, value in found.items()
    }


def _within(by_path: Mapping[str, float], path: str) -> float:
    own = by_path.get(path)
    if own is not None:
        return own if math.isfinite(own) else 0.0
    inside = [value for name, value in by_path.items() if name.startswith(f"{path}.")]
    whole = math.hypot(*inside) if inside else 0.0
    return whole if math.isfinite(whole) else 0.0


def _value(overlay: Overlay, facts: NodeFacts, measured: Mapping[str, float]) -> float | None:
    if overlay in MEASURED:
        return measured.get(facts.path)
    if not facts.outputs or not facts.inputs:  # what begins and what ends a drawing costs nothing
        has_own = bool(facts.outputs) and (overlay == "shape" or bool(facts.parameters))
        if not has_own:
            return None
    match overlay:
        case "shape":
            return float(sum(numbers_of(kind) for kind in facts.outputs.values()))
        case "parameters":
            return float(facts.parameters)
        case "flops":
            return float(facts.flops)
    return float(facts.memory)


def numbers_of(kind: Type) -> int:
    """How many numbers one sample of that type has; a dim that is a letter counts as one."""
    if not isinstance(kind, Tensor):
        return 0
    dims = kind.dims[1:] if kind.dims and "B" in symbols(kind.dims[0]) else kind.dims
    return math.prod(dim for dim in dims if isinstance(dim, int))


def _decades(value: float, least: float, most: float) -> float:
    """Where a value stands between the smallest and the largest, counted in powers of ten."""
    if value <= 0 or not math.isfinite(value):
        return 0.0
    span = max(1.0, math.log10(most / least))
    return max(_LEAST_LEVEL, 1 + math.log10(value / most) / span)
