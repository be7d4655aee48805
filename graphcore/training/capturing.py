"""A step's forward and backward as one CUDA graph: launched at once instead of kernel by kernel.

A graph computes at fixed places in memory: batches are copied into its own, and its results are
copied out before the next one writes over them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from graphcore.project.plan import Plan
from graphcore.training.feeding import Batch
from graphcore.training.minimizers import Minimizer

WARM_STEPS = 3
Losses = tuple[dict[str, Tensor], list[Tensor]]


def why_not(plan: Plan, device: torch.device, minimizers: Sequence[Minimizer]) -> str:
    """Why no step of this plan can be a CUDA graph, as a sentence; empty where one can."""
    if device.type != "cuda":
        return f"CUDA graphs need a GPU of NVIDIA: on {device} each step is computed as usual."
    if plan.compile in ("reduce-overhead", "max-autotune"):
        return f"The mode {plan.compile} of torch.compile makes CUDA graphs by itself."
    if len(minimizers) > 1 or minimizers[0].every > 1 or minimizers[0].has_closure:
        return "A CUDA graph holds one step of one objective: this plan's are computed as usual."
    if plan.precision == "float16" or plan.accumulate > 1:
        what = "The scale of float16" if plan.precision == "float16" else "Accumulation"
        return f"{what} doesn't go into a CUDA graph: each step is computed as usual."
    return ""


class Captured:
    """Forward and backward of batches of one size and type, captured once and replayed.

    `compute` returns results and losses of a batch and leaves gradients in `params`. Raises what
    the capture raises, such as RuntimeError where the model asks a value of the device.
    """

    def __init__(
        self, compute: Callable[[Batch], Losses], params: Sequence[torch.nn.Parameter], batch: Batch
    ) -> None:
        self._batch = {name: value.clone() for name, value in batch.items()}
        self._params = tuple(params)
        stream = torch.cuda.Stream()  # type: ignore[no-untyped-call]
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):  # the same stream for both: handles are made per stream
            for _ in range(WARM_STEPS):
                self._forget()
                compute(self._batch)
        torch.cuda.current_stream().wait_stream(stream)
        self._forget()  # the gradients shall lie in the graph's own memory
        self._graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self._graph, stream=stream):
            self._results, self._losses = compute(self._batch)
        self._grads = [param.grad for param in self._params]

    def fits(self, batch: Batch) -> bool:
        """Whether the batch has the size and type that was captured."""
        return all(
            batch[name].shape == own.shape and batch[name].dtype == own.dtype
            for name, own in self._batch.items()
        )

    def replay(self, batch: Batch) -> Losses:
        """Results and losses of a batch, with its gradients in the params."""
        for name, own in self._batch.items():
            own.copy_(batch[name], non_blocking=True)
        self._graph.replay()
        for param, grad in zip(self._params, self._grads, strict=True):
            param.grad = grad
        results = {name: value.detach().clone() for name, value in self._results.items()}
        return results, [loss.detach().clone() for loss in self._losses]

    def _forget(self) -> None:
        for param in self._params:
            param.grad = None
