"""How good an objective is on samples that it isn't trained on."""

from __future__ import annotations

import contextlib

import torch
from torch import nn

from graphcore.training.control import Control
from graphcore.training.metrics import Measures
from graphcore.training.setup import Fields
from graphcore.training.tally import Tally, means


def validate(
    objective: nn.Module,
    fields: Fields,
    batch_size: int,
    measures: Measures,
    precision: contextlib.AbstractContextManager[object],
    control: Control,
) -> dict[str, float] | None:
    """Means of the measures over all samples, in eval mode; empty where there is no sample.

    None where the control says stop before the end. Leaves the objective in eval mode.
    """
    tally, sizes = Tally(measures.names), list[int]()
    columns = [torch.split(values, batch_size) for values in fields.values() if len(values)]
    objective.eval()
    with torch.inference_mode(), precision:
        for values in zip(*columns, strict=True):
            if control.is_stopping:
                return None
            batch = dict(zip(fields, values, strict=True))
            results = objective(**batch)
            tally.add(measures.scalars(measures.losses(results), results, batch))
            sizes.append(len(values[0]))
        return means(measures.names, tally.take(), sizes)
