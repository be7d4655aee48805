"""torch.compile for a run: tried on one batch whose traces are wiped away, and never its end."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import perf_counter

import torch
from torch import Tensor, nn

from graphcore.training.events import Compiled
from graphcore.training.feeding import Batch
from graphcore.training.randomness import undisturbed
from graphcore.training.setup import sample_count

Forward = Callable[..., dict[str, Tensor]]
Gradients = Callable[[Forward, Batch], object]


def compile_objective(
    objective: nn.Module, mode: str, batch: Batch, gradients: Gradients
) -> tuple[Forward, Compiled]:
    """The objective compiled, and how that went; the objective itself where it can't be.

    `gradients` takes a step's gradients with a forward. Batches of another size than this one are
    computed as they were, since each size is compiled anew.
    """
    began = perf_counter()
    with untouched(objective), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what torch finds in itself
        from torch._dynamo.utils import counters

        before, breaks = dict(counters["stats"]), dict(counters["graph_break"])
        try:
            made: Forward = torch.compile(objective, mode=mode)
            gradients(made, batch)
        except Exception as error:
            return objective, Compiled("", perf_counter() - began, reason=_first_line(error))
        finally:
            from torch._inductor.async_compile import shutdown_compile_workers

            shutdown_compile_workers()  # processes that would wait for more to the program's end
    graphs = counters["stats"]["unique_graphs"] - before.get("unique_graphs", 0)
    new = tuple(
        _first_line(reason)
        for reason, count in counters["graph_break"].items()
        if count > breaks.get(reason, 0)
    )
    seconds = perf_counter() - began
    if not graphs:
        return objective, Compiled("", seconds, 0, new, "torch.compile found nothing to compile.")
    return _for_size(objective, made, sample_count(batch)), Compiled(mode, seconds, graphs, new)


def _for_size(objective: nn.Module, made: Forward, size: int) -> Forward:
    def forward(**batch: Tensor) -> dict[str, Tensor]:
        chosen: Forward = made if sample_count(batch) == size else objective
        return chosen(**batch)

    return forward


@contextmanager
def untouched(objective: nn.Module) -> Iterator[None]:
    """Steps that are taken meanwhile leave no gradient, no statistic and no random draw behind."""
    device = next((param.device for param in objective.parameters()), torch.device("cpu"))
    buffers = [(buffer, buffer.detach().clone()) for buffer in objective.buffers()]
    quiet: AbstractContextManager[None] = undisturbed(device)
    try:
        with quiet:
            yield
    finally:
        with torch.no_grad():
            for buffer, kept in buffers:
                buffer.copy_(kept)
        for param in objective.parameters():
            param.grad = None


def _first_line(error: object) -> str:
    text = str(error).strip().splitlines()
    return (text[0] if text else type(error).__name__)[:300]
