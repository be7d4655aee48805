"""What the values of steps or batches come to over an epoch, whatever their order.

Each is a mean over samples; but a loss that leaves targets out, or weighs them, is a mean over what
its targets weigh, which stands behind the values of a row.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from graphcore.training.metrics import Measures


def means(
    measures: Measures, rows: Sequence[Sequence[float]], sizes: Sequence[int]
) -> dict[str, float]:
    """The mean of each value of rows over so many samples each; empty where there is none."""
    if not sum(sizes):
        return {}
    count = len(measures.names)
    columns = list(zip(*rows, strict=True))
    values = dict(zip(measures.names, columns[:count], strict=True))
    found = {name: _mean(column, sizes) for name, column in values.items()}
    weights = dict(zip(measures.counted, columns[count:], strict=True))
    if not all(math.isfinite(weight) for column in weights.values() for weight in column):
        return found
    for term, column in weights.items():
        name = f"loss.{term}" if measures.terms else "loss"
        found[name] = _mean(values[name], column)
    if measures.terms:
        for loss, terms in zip(measures.names, measures.objectives.values(), strict=False):
            if not weights.keys().isdisjoint(terms):
                found[loss] = math.fsum(found[f"loss.{term}"] for term in terms)
    return found


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """The mean over what weighs anything: of nothing, torch's losses are no number."""
    total = math.fsum(weights)
    counting = [pair for pair in zip(values, weights, strict=True) if pair[1]]
    if not total or not all(math.isfinite(value) for value, _ in counting):
        return math.nan
    return math.fsum(value * weight for value, weight in counting) / total
