"""The running mean of the weights, which validates and exports better than the last step's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from graphcore.training.shards import own_part, put


class Average:
    """The exponential mean of an objective's params, `decay` of it kept in each step.

    It begins as the weights after the first step, as torch's AveragedModel does. Running
    statistics of layers are not averaged: they are means already.
    """

    def __init__(self, objective: nn.Module, decay: float) -> None:
        self._decay, self._begun = decay, False
        named = dict(objective.named_parameters())
        self._names = tuple(named)
        self._params: list[Tensor] = list(named.values())
        self._means = [param.detach().clone() for param in self._params]
        # What is divided among processes is averaged by each in its own part.
        # What isn't is kept itself: its numbers may move to another device and back.
        self._own = [_own(param) for param in self._params]
        self._own_means = [_own(mean) for mean in self._means]

    @torch.no_grad()
    def update(self) -> None:
        """Take the weights of a step in."""
        if self._begun:
            torch._foreach_lerp_(self._own_means, self._own, 1 - self._decay)
        else:
            torch._foreach_copy_(self._own_means, self._own)
            self._begun = True

    def of(self, module: nn.Module) -> dict[str, Tensor]:
        """A part's state as it is with the means in place of its params."""
        means = dict(zip(map(id, self._params), self._means, strict=True))
        state = module.state_dict(keep_vars=True)
        return {name: means.get(id(value), value).detach() for name, value in state.items()}

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """The objective computes with the means meanwhile; its params come back to the bit."""
        kept = [param.detach().clone() for param in self._own]
        with torch.no_grad():
            torch._foreach_copy_(self._own, self._own_means)
        try:
            yield
        finally:
            with torch.no_grad():
                torch._foreach_copy_(self._own, kept)

    def state(self) -> dict[str, Tensor]:
        """The means by the params' names, for a checkpoint."""
        named = zip(self._names, self._means, strict=True)
        return {
            "averaged": torch.tensor(self._begun),
            **{f"average.{name}": mean for name, mean in named},
        }

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Go on from a checkpoint's means."""
        for name, mean in zip(self._names, self._means, strict=True):
            put(mean, state[f"average.{name}"])
        self._begun = bool(state["averaged"])


def _own(value: Tensor) -> Tensor:
    part = own_part(value)
    return value if part is value else part.detach()
