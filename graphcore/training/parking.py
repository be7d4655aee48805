"""The state of a run moved to main memory for a while, so that others can have the device."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from graphcore.training.checkpoint import Kept
from graphcore.training.minimizers import Minimizer

HOST = torch.device("cpu")


@dataclass(frozen=True, slots=True)
class Parked:
    """Tensors that lie elsewhere, each with the device that it comes from."""

    tensors: tuple[tuple[Tensor, torch.device], ...]

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return sum(tensor.nbytes for tensor, _ in self.tensors)

    def back(self) -> None:
        """Put every tensor back, bit for bit, where it was."""
        for tensor, device in self.tensors:
            tensor.data = tensor.data.to(device, copy=True)


def park(tensors: Iterable[Tensor], host: torch.device = HOST) -> Parked:
    """Move tensors to main memory and free what they took; who holds them still holds them."""
    once = {id(tensor): tensor for tensor in tensors}
    parked = Parked(tuple((tensor, tensor.device) for tensor in once.values()))
    for tensor in once.values():
        # In place: optimizer, code and data go on to hold the very same objects.
        tensor.data = tensor.data.to(host, copy=True)
    gc.collect()
    if any(device.type == "cuda" for _, device in parked.tensors):
        torch.cuda.empty_cache()
    return parked


def on_device(
    objective: nn.Module, minimizers: Iterable[Minimizer], others: Iterable[Kept],
    fields: Iterable[Mapping[str, Tensor]],
) -> Iterator[Tensor]:  # fmt: skip
    """Everything that a run holds on its device between two steps."""
    for param in objective.parameters():
        yield param
        if param.grad is not None:
            yield param.grad
    yield from objective.buffers()
    for minimizer in minimizers:
        for state in minimizer.optimizer.state.values():
            yield from (value for value in state.values() if isinstance(value, Tensor))
    for other in others:
        yield from other.state().values()
    for named in fields:
        yield from named.values()
