"""Every optimizer of torch with every param, and its steps bit for bit those of torch alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
import toys
from torch import Tensor, nn
from torch import distributed as dist
from torch.distributed.fsdp import fully_shard

from graphcore.errors import UserError
from graphcore.project.plan import ObjectivePlan, Optimizer, Plan
from graphcore.training.checkpoint import weights_of
from graphcore.training.control import Control
from graphcore.training.events import EpochDone, Started
from graphcore.training.loop import train
from graphcore.training.optimizers import Groups, make_optimizer
from graphcore.training.parts import JOINED, LEFT_OUT, OPTIMIZERS, checked
from graphcore.training.setup import Setup, TrainingData

TORCH = {
    name: cls
    for name, cls in vars(torch.optim).items()
    if inspect.isclass(cls) and issubclass(cls, torch.optim.Optimizer)
    and cls is not torch.optim.Optimizer
}  # fmt: skip


def test_the_table_has_every_optimizer_of_torch_with_every_param() -> None:
    assert OPTIMIZERS.keys() == TORCH.keys()
    for name, cls in TORCH.items():
        joined = JOINED.get(name, {})
        members = {member for pair in joined.values() for member in pair}
        ours = {param.name for param in OPTIMIZERS[name].params} - members | joined.keys()
        theirs = set(inspect.signature(cls).parameters)
        assert ours | (LEFT_OUT.keys() & theirs) == theirs, name
        assert not ours & LEFT_OUT.keys()


def by_hand(model: nn.Module, data: TrainingData, plan: Plan, optimizer: torch.optim.Optimizer,
            *others: torch.optim.Optimizer) -> list[float]:  # fmt: skip
    """The loss of each step of a loop as one writes it."""
    losses = []
    model.train()
    for epoch in range(plan.epochs):
        source = torch.Generator().manual_seed(plan.seed * 1_000_003 + epoch)
        count = len(next(iter(data.train.values())))
        for index in torch.randperm(count, generator=source).split(plan.batch_size):
            batch = {name: values[index] for name, values in data.train.items()}

            def closure(batch: dict[str, Tensor] = batch) -> Tensor:
                for each in (optimizer, *others):
                    each.zero_grad()
                loss: Tensor = model(**batch)["loss"]
                loss.backward()
                return loss.detach()

            if isinstance(optimizer, torch.optim.LBFGS):
                losses.append(float(optimizer.step(closure)))
                continue
            losses.append(closure().item())
            for each in (optimizer, *others):
                each.step()
    return losses


class Words(nn.Module):
    """A table that is looked up, whose gradients are sparse, before a layer."""

    def __init__(self, is_sparse: bool = True) -> None:
        super().__init__()
        self.table = nn.Embedding(9, 4, sparse=is_sparse)
        self.head = nn.Linear(4, 2)
        self.loss = nn.CrossEntropyLoss()

    def forward(self, word: Tensor, label: Tensor) -> dict[str, Tensor]:
        return {"loss": self.loss(self.head(self.table(word)), label)}


def words(is_sparse: bool = True) -> tuple[Words, TrainingData]:
    torch.manual_seed(0)
    word = torch.arange(60) * 7 % 9
    return Words(is_sparse), TrainingData({"word": word, "label": word % 2})


PARAMS: dict[str, dict[str, object]] = {
    "SGD": {"momentum": 0.9, "nesterov": True},
    "AdamW": {"amsgrad": True},
    "Adafactor": {"eps_square": 1e-9, "eps_step": 0.01},
    "LBFGS": {"line_search_fn": "strong_wolfe", "max_iter": 5},
    "Adam": {"decoupled_weight_decay": True, "weight_decay": 0.1},
}
SOLE = [name for name in OPTIMIZERS if name not in ("Muon", "SparseAdam")]


def plan_of(name: str, params: dict[str, object], **changes: object) -> Plan:
    main = ObjectivePlan("main", Optimizer(name, params))
    return toys.plan(objectives=(main,), **changes)


@pytest.mark.parametrize("name", SOLE)
def test_each_takes_the_very_steps_of_torch(name: str) -> None:
    params = {"lr": 0.05 if name != "LBFGS" else 1.0, **PARAMS.get(name, {})}
    plan = plan_of(name, params)
    ours, theirs = toys.objective(), toys.objective()
    found = toys.events(model=ours, how=plan, samples=TrainingData(toys.points(150)), metrics=())
    after = torch.get_rng_state()
    torch.manual_seed(0)
    theirs = toys.objective()
    given = dict(params)
    if name == "Adafactor":
        given["eps"] = (given.pop("eps_square"), given.pop("eps_step"))
    if OPTIMIZERS[name].fused:
        given["fused"] = True
    made = TORCH[name](theirs.parameters(), **given)
    losses = by_hand(theirs, TrainingData(toys.points(150)), plan, made)
    assert toys.series(found, "loss") == losses
    assert torch.equal(after, torch.get_rng_state())
    now, hand = weights_of(ours), weights_of(theirs)
    assert all(torch.equal(now[key], hand[key]) for key in now)


def test_muon_moves_the_matrices_and_adamw_the_rest() -> None:
    plan = plan_of("Muon", {"lr": 0.02})
    ours, data = toys.objective(), TrainingData(toys.points(150))
    found = toys.events(model=ours, how=plan, samples=data, metrics=())
    first = found[0]
    assert isinstance(first, Started)
    assert first.kernels == ("Muon for loop, AdamW for loop",)
    theirs = toys.objective()
    params = list(theirs.parameters())
    muon = torch.optim.Muon([param for param in params if param.ndim == 2], lr=0.02)
    others = [param for param in params if param.ndim != 2]
    adamw = torch.optim.AdamW(others, lr=0.02, weight_decay=0.1)
    assert toys.series(found, "loss") == by_hand(theirs, data, plan, muon, adamw)


def test_sparse_adam_moves_the_table_and_adam_the_rest() -> None:
    ours, data = words()
    plan = plan_of("SparseAdam", {"lr": 0.1}, batch_size=7)
    found = toys.events(model=ours, how=plan, samples=data, metrics=())
    theirs, _ = words()
    sparse = torch.optim.SparseAdam(theirs.table.parameters(), lr=0.1)
    adam = torch.optim.Adam(theirs.head.parameters(), lr=0.1)
    assert toys.series(found, "loss") == by_hand(theirs, data, plan, sparse, adam)
    losses = toys.series(found, "loss")
    assert losses[-1] < losses[0]


@pytest.mark.parametrize("name", ["SGD", "Adagrad"])
def test_others_that_know_sparse_gradients_take_them(name: str) -> None:
    ours, data = words()
    found = toys.epochs(toys.events(model=ours, how=plan_of(name, {"lr": 0.1}), samples=data,
                                    metrics=()))  # fmt: skip
    assert found[-1].train["loss"] < found[0].train["loss"]


@pytest.mark.parametrize(
    ("name", "is_sparse", "sentence"),
    [("AdamW", True, "can't use the sparse gradients"), ("SparseAdam", False, "no layer has them")],
)
def test_sparse_gradients_and_optimizers_must_fit(
    name: str, is_sparse: bool, sentence: str
) -> None:
    ours, data = words(is_sparse)
    with pytest.raises(UserError, match=sentence):
        toys.events(model=ours, how=plan_of(name, {"lr": 0.1}), samples=data, metrics=())


def test_lbfgs_says_what_it_does_not_go_with() -> None:
    plan = plan_of("LBFGS", {})
    with pytest.raises(UserError, match="all params alike"):
        toys.events(how=plan, settings={"head": {"lr_factor": 0.5}})
    with pytest.raises(UserError, match="float16 has no scale"):
        toys.events(how=plan_of("LBFGS", {}, precision="float16"))


@pytest.mark.parametrize("name", ["LBFGS", "Muon", "SparseAdam", "Adafactor"])
def test_what_they_remember_is_in_the_checkpoint(name: str, tmp_path: Path) -> None:
    def objective() -> tuple[nn.Module, TrainingData]:
        if name == "SparseAdam":
            return words()
        return toys.objective(), TrainingData(toys.points(150))

    plan = plan_of(name, PARAMS.get(name, {}), epochs=4)
    model, data = objective()
    toys.events(model=model, how=plan, samples=data, metrics=(), folder=tmp_path / "whole")
    control = Control()
    half, data = objective()
    for event in train(half, data, plan, control, Setup(folder=tmp_path / "half")):
        if isinstance(event, EpochDone) and event.epoch == 2:
            control.stop()
    (checkpoint,) = (tmp_path / "half" / "checkpoints").iterdir()
    rest, data = objective()
    toys.events(model=rest, how=plan, samples=data, metrics=(), folder=tmp_path / "rest",
                resume=checkpoint)  # fmt: skip
    last = [(tmp_path / part / "last.safetensors").read_bytes() for part in ("whole", "rest")]
    assert last[0] == last[1]


@pytest.fixture
def divided() -> Iterator[nn.Module]:
    """Layers as a run in shards has them: this process holds all parts of their params."""
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    try:
        yield fully_shard(nn.Sequential(nn.Embedding(9, 4), nn.Linear(4, 2)))
    finally:
        dist.destroy_process_group()


NOT_IN_SHARDS = ("Adafactor", "LBFGS", "Muon", "Rprop", "SparseAdam")


def in_shards(model: nn.Module, name: str) -> torch.optim.Optimizer:
    """The optimizer over params of which each process holds a part."""
    groups: Groups = [{"params": list(model.parameters()), "lr_factor": 1.0, "decay": True}]
    given = checked(name, OPTIMIZERS[name].params, {})
    return make_optimizer(OPTIMIZERS[name], groups, given, set())


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if name not in NOT_IN_SHARDS])
def test_params_in_shards_are_moved(divided: nn.Module, name: str) -> None:
    before = [param.full_tensor().detach().clone() for param in divided.parameters()]
    optimizer = in_shards(divided, name)
    divided(torch.arange(9)).square().mean().backward()
    optimizer.step()
    for old, param in zip(before, divided.parameters(), strict=True):
        assert not torch.equal(old, param.full_tensor())


@pytest.mark.parametrize("name", NOT_IN_SHARDS)
def test_who_cant_move_params_in_shards_is_refused(divided: nn.Module, name: str) -> None:
    with pytest.raises(UserError, match=rf"{name} can't move params that are divided") as refused:
        in_shards(divided, name)
    assert "ddp" in refused.value.hint


def test_sparse_gradients_in_shards_are_refused_in_words(divided: nn.Module) -> None:
    groups: Groups = [{"params": list(divided.parameters())}]
    sparse = {id(groups[0]["params"][0])}
    with pytest.raises(UserError, match="sparse gradients of an Embedding can't be divided"):
        make_optimizer(OPTIMIZERS["SGD"], groups, {"lr": 0.1}, sparse)
