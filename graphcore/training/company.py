"""Several processes that train one model: the same steps, each on its share of every batch.

torchrun's variables RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT say who takes part,
whoever sets them. The first process writes, hears and tells; the others do as it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import torch
from torch import Tensor, nn
from torch import distributed as dist

from graphcore.errors import UserError
from graphcore.training.launching import is_in_company, local_rank

SILENCE = timedelta(hours=1)
"""How long one process waits for another: long enough for a checkpoint on a slow disk."""


@dataclass(frozen=True, slots=True)
class Company:
    """The processes of a run, of which this is number `rank` of `size`; alone it costs nothing.

    Every method but `part` is to be called by all of them, in the same order. `words` is the group
    over which objects go, on the CPU.
    """

    rank: int = 0
    size: int = 1
    words: Any = None

    @property
    def is_first(self) -> bool:
        """Whether this process writes and tells."""
        return self.rank == 0

    def part(self, places: Tensor) -> Tensor:
        """This process's part of so many places, about as many as the others have."""
        return torch.tensor_split(places, self.size)[self.rank]

    def all(self, value: Any) -> list[Any]:
        """The value of every process, in their order."""
        if self.size == 1:
            return [value]
        found: list[Any] = [None] * self.size
        dist.all_gather_object(found, value, group=self.words)
        return found

    def first(self, value: Any) -> Any:
        """The value that the first process has."""
        if self.size == 1:
            return value
        held = [value]
        dist.broadcast_object_list(held, src=0, group=self.words)
        return held[0]

    def agree(self, module: nn.Module) -> None:
        """Give every process the params and buffers that the first one has."""
        if self.size > 1:
            for value in module.state_dict().values():
                dist.broadcast(value, src=0)

    def summed(self, values: Tensor) -> Tensor:
        """The sum over all processes, in place and on the device."""
        if self.size > 1:
            dist.all_reduce(values)
        return values


ALONE = Company()


def own_device(device: torch.device) -> torch.device:
    """The device of this process: of several GPUs each takes one."""
    if device.type != "cuda" or not is_in_company():
        return device
    return torch.device("cuda", local_rank() % torch.cuda.device_count())


@contextmanager
def company() -> Iterator[Company]:
    """The company that this process was started in, for as long as it is open. Raises UserError."""
    if not is_in_company():
        yield ALONE
        return
    try:
        if torch.cuda.is_available():
            torch.cuda.set_device(own_device(torch.device("cuda")))
            dist.init_process_group("cpu:gloo,cuda:nccl", timeout=SILENCE)
        else:
            dist.init_process_group("gloo", timeout=SILENCE)
        words = dist.new_group(backend="gloo", timeout=SILENCE)
    except (RuntimeError, ValueError) as error:
        raise UserError(
            f"The processes of the run don't find each other: {str(error).splitlines()[0]}.",
            "Start them with --nproc or with torchrun, and look at MASTER_ADDR and MASTER_PORT.",
        ) from error
    try:
        yield Company(dist.get_rank(), dist.get_world_size(), words)
    finally:
        dist.destroy_process_group()
