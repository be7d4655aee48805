"""How good an objective is on samples that it isn't trained on.

Where steps are compiled this isn't: in eval mode it would be compiled anew, which takes 4 to 35 s,
and on a CPU it was then 0.7 to 2.3 times as fast. Nor are its numbers then those of what is
exported.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import AbstractContextManager

import torch
from torch import nn

from graphcore.training.company import ALONE, Company
from graphcore.training.control import Control
from graphcore.training.counting import Counts
from graphcore.training.feeding import Batch, Feed, Fields, feed_of
from graphcore.training.means import means
from graphcore.training.metrics import Measures
from graphcore.training.setup import sample_count
from graphcore.training.tally import Tally
from graphcore.training.totals import Totals


def validate(
    objective: nn.Module,
    samples: Fields | Feed,
    batch_size: int,
    measures: Measures,
    precision: AbstractContextManager[object],
    control: Control,
    counts: Counts,
    company: Company = ALONE,
) -> dict[str, float] | None:
    """The measures over all samples, in eval mode; empty where there is no sample.

    Each process of a company measures its part, and all know the whole. None where the control
    says stop before the end. Leaves the objective in eval mode.
    """
    tally, sizes = Tally(measures.names), list[int]()
    totals = Totals(measures.metrics, company=company)
    objective.eval()
    with torch.inference_mode(), precision:
        for batch, is_own in _in_step(feed_of(samples), batch_size, company):
            if control.is_stopping:
                return None
            results = objective(**batch)
            if not is_own:
                continue
            measured = totals.add(results, batch)
            scalars = measures.scalars(measures.losses(results), results, measured)
            tally.add(scalars + counts.of(batch))
            sizes.append(sample_count(batch))
    rows = [row for part in company.all(tally.take()) for row in part]
    every = [size for part in company.all(sizes) for size in part]
    return means(measures, rows, every) | totals.take()


def _in_step(feed: Feed, size: int, company: Company) -> Iterator[tuple[Batch, bool]]:
    """This process's batches; one more, which is not to be counted, where others have one more.

    A model in shards is computed by all processes at once.
    """
    turns, batch = math.ceil(math.ceil(feed.count / company.size) / size), None
    for batch in feed.in_order(size):
        turns -= 1
        yield batch, True
    if batch is not None and turns > 0:
        yield batch, False
