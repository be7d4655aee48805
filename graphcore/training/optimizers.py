"""Optimizers of torch made for the params there are, with the fastest of their kernels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from graphcore.errors import UserError
from graphcore.training.parts import JOINED, OptimizerPart
from graphcore.training.shards import is_divided

Groups = list[dict[str, Any]]
_CHANGE = "Change it in the plan."
_FUSED_IN_SHARDS = ("Adam", "AdamW")
"""Those whose one kernel for all params also takes params of which each process holds a part."""
_NOT_IN_SHARDS = ("Adafactor", "LBFGS", "Muon", "Rprop", "SparseAdam")
"""Those that can't move such params, whichever kernel torch takes."""


def make_optimizer(
    part: OptimizerPart, groups: Groups, given: dict[str, object], sparse: set[int]
) -> torch.optim.Optimizer:
    """The optimizer of that name over the groups; `sparse` are ids of params.

    Raises UserError where it refuses its params or can't move these.
    """
    _refuse(part, groups, sparse)
    given = as_torch_takes(part, given, {})
    try:
        if part.name in _ONLY_FOR:
            return _Shared(part, groups, given, _ONLY_FOR[part.name](sparse))
        fused = _is_fused(part, groups, sparse)
        made: torch.optim.Optimizer = getattr(torch.optim, part.name)(
            groups, **given, **({"fused": True} if fused else {})
        )
    except ValueError as error:
        raise UserError(f"{part.name} refuses its params: {error}.", _CHANGE) from error
    return made


def as_torch_takes(
    part: OptimizerPart, given: Mapping[str, object], group: Mapping[str, object]
) -> dict[str, object]:
    """The params for a group: some are one pair in torch, and a common optimizer takes few."""
    if group.get("is_rest"):
        return {name: given[name] for name in _COMMON if name in given}
    found = dict(given)
    for name, members in JOINED.get(part.name, {}).items():
        found[name] = tuple(found.pop(member) for member in members)
    return found


def sparse_params(objective: nn.Module) -> set[int]:
    """The ids of params whose gradients hold but the rows that were looked up."""
    return {
        id(module.weight)
        for module in objective.modules()
        if isinstance(module, nn.Embedding | nn.EmbeddingBag) and module.sparse
    }


def kernel_of(optimizer: torch.optim.Optimizer) -> str:
    """How its step is computed, such as `AdamW fused`, `NAdam foreach` or `LBFGS for loop`."""
    if isinstance(optimizer, _Shared):
        return ", ".join(kernel_of(part) for part in optimizer.parts)
    name = type(optimizer).__name__
    if optimizer.defaults.get("fused"):
        return f"{name} fused"
    # What torch chooses by itself: all params in a few kernels, where the device is no CPU.
    params = [param for group in optimizer.param_groups for param in group["params"]]
    can = "foreach" in optimizer.defaults and all(param.device.type == "cuda" for param in params)
    return f"{name} foreach" if can else f"{name} for loop"


def _is_fused(part: OptimizerPart, groups: Groups, sparse: set[int]) -> bool:
    params = [param for group in groups for param in group["params"]]
    return (
        part.fused
        and (part.name in _FUSED_IN_SHARDS or not any(is_divided(param) for param in params))
        and {param.device.type for param in params} <= {"cpu", "cuda"}
        and all(param.is_floating_point() and id(param) not in sparse for param in params)
    )


def _refuse(part: OptimizerPart, groups: Groups, sparse: set[int]) -> None:
    if part.has_closure and len(groups) > 1:
        raise UserError(
            f"{part.name} moves all params alike, but some layers have a rate or decay of "
            "their own.",
            "Take these settings from the layers, or choose another optimizer.",
        )
    params = [param for group in groups for param in group["params"]]
    taken = {id(param) for param in params} & sparse
    if any(is_divided(param) for param in params):
        _refuse_shards(part, has_sparse=bool(taken))
    if part.name == "SparseAdam" and not taken:
        raise UserError(
            "SparseAdam is for sparse gradients, and no layer has them.",
            "Set “sparse” of an Embedding, or choose Adam.",
        )
    if taken:  # Adagrad makes such tensors by itself: it is sure of them, torch need not ask
        torch.sparse.check_sparse_tensor_invariants.disable()  # type: ignore[no-untyped-call]
    if taken and part.name not in ("SGD", "SparseAdam", "Adagrad"):
        raise UserError(
            f"{part.name} can't use the sparse gradients of an Embedding.",
            "Take “sparse” from it, or choose SparseAdam, SGD or Adagrad.",
        )


def _refuse_shards(part: OptimizerPart, *, has_sparse: bool) -> None:
    if part.name in _NOT_IN_SHARDS:
        raise UserError(
            f"{part.name} can't move params that are divided among processes (fsdp).",
            "Set “parallel” of the plan to ddp, or choose another optimizer, such as AdamW.",
        )
    if has_sparse:
        raise UserError(
            "The sparse gradients of an Embedding can't be divided among processes (fsdp).",
            "Set “parallel” of the plan to ddp, or take “sparse” from it.",
        )


Chosen = Callable[[Tensor], bool]
_ONLY_FOR: dict[str, Callable[[set[int]], Chosen]] = {
    "Muon": lambda sparse: lambda param: param.ndim == 2,
    "SparseAdam": lambda sparse: lambda param: id(param) in sparse,
}
"""Optimizers that can move some params alone, and which."""
_COMMON = ("lr", "betas", "weight_decay")
_OTHERS = {"Muon": torch.optim.AdamW, "SparseAdam": torch.optim.Adam}


class _Shared(torch.optim.Optimizer):
    """One optimizer for the params that it can move, and a common one for the rest."""

    def __init__(
        self, part: OptimizerPart, groups: Groups, given: dict[str, object], chosen: Chosen
    ) -> None:
        own, rest = _those(groups, chosen, True), _those(groups, chosen, False)
        super().__init__([dict(group) for group in groups], dict(given))
        other = _OTHERS[part.name]
        common = as_torch_takes(part, given, {"is_rest": True})
        self.parts: list[torch.optim.Optimizer] = []
        if own:
            self.parts.append(getattr(torch.optim, part.name)(own, **given))
        if rest:
            rest = [group | {"is_rest": True} for group in rest]
            self.parts.append(other(rest, **common))
        for each in self.parts:  # one memory and one list of groups, whoever asks
            each.state = self.state
        self.param_groups = [group for each in self.parts for group in each.param_groups]

    def step(self, closure: Any = None) -> None:  # type: ignore[override]
        """Every param once."""
        for each in self.parts:
            each.step()


def _those(groups: Groups, chosen: Chosen, is_chosen: bool) -> Groups:
    found = [
        group | {"params": [param for param in group["params"] if chosen(param) is is_chosen]}
        for group in groups
    ]
    return [group for group in found if group["params"]]
