"""The same network trained by different loops: ours, two by hand, and those of other libraries.

Each takes what `ready` prepared (objective, fields on the device, plan), trains it, and calls
`tick` at the end of every epoch. Every loop shuffles, gathers batches, and keeps loss and accuracy
of what it trains on, each in the way that it is made for. Other libraries come with the extra
`bench`; where one isn't there, its loop isn't either.
"""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader, Dataset

from graphcore.project import file, templates
from graphcore.project.plan import Optimizer, Plan
from graphcore.project.project import Project
from graphcore.project.resources import resource
from graphcore.training.prepare import Prepared, prepare
from graphcore.training.trial import random_version

LR = 1e-3
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A network, how many samples it trains on, in what batches, and the node that is dragged."""

    name: str
    make: Callable[[], Project]
    samples: int
    batch: int
    sizes: Mapping[str, tuple[int, ...]]
    dragged: str

    def project(self, epochs: int, threads: int) -> Project:
        """The network with numbers at random to train on, all of them."""
        project, _ = random_version(self.make(), self.samples, self.sizes)
        main = replace(project.plan.objectives[0], optimizer=Optimizer("AdamW", {"lr": LR}))
        plan = Plan((main,), epochs, self.batch, threads=threads, device="cpu")
        split = replace(project.data.split, validation=0.0)
        return replace(project, plan=plan, data=replace(project.data, split=split))


def _template(name: str) -> Callable[[], Project]:
    return lambda: templates.open_template(name)


def small_gpt() -> Project:
    """The template of GPT-2, with four blocks of width 128, 512 words and 64 places."""
    text = (resource("templates") / "gpt2-small.netwright").read_text("utf-8")
    smaller = {50257: 512, 1024: 64, 768: 128, 2304: 384, 3072: 512, 12: 4}

    def shrunk(value: Any) -> Any:
        match value:
            case dict():
                return {key: shrunk(item) for key, item in value.items()}
            case [3, 12, 64]:
                return [3, 4, 32]
            case list():
                return [shrunk(item) for item in value]
            case "int64[1024]":
                return "int64[64]"
            case int() if not isinstance(value, bool):
                return smaller.get(value, value)
        return value

    record = {key: value if key == "layout" else shrunk(value)
              for key, value in json.loads(text).items()}  # fmt: skip
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "gpt.netwright"
        path.write_text(json.dumps(record), "utf-8")
        return file.load(path)


CASES = (
    Case("tiny MLP, batch 64", _template("digits-mlp"), 1437, 64, {}, "hidden"),
    Case("small CNN, 8 × 8, batch 64", _template("digits-cnn"), 1437, 64, {}, "conv2"),
    Case("ResNet-18, 32 × 32, batch 16", _template("resnet18"), 96, 16, {"photo": (3, 32, 32)},
         "stage2"),
    Case("small GPT, 64 words, batch 8", small_gpt, 96, 8, {}, "norm"),
)  # fmt: skip


@dataclass(slots=True)
class Ready:
    """A case made ready; every loop trains a copy of the same initial weights."""

    project: Project
    prepared: Prepared
    fields: Mapping[str, Tensor]

    @property
    def plan(self) -> Plan:
        return self.project.plan

    def objective(self) -> nn.Module:
        """A fresh copy."""
        return copy.deepcopy(self.prepared.objective).train()

    def accuracy(self, results: Mapping[str, Tensor], batch: Mapping[str, Tensor]) -> Tensor:
        """What our run measures beside the loss."""
        (metric,) = (m for m in self.prepared.metrics if m.name == "accuracy")
        found = metric.measure(*metric.compared(results, batch))
        return found

    def loss(self, results: Mapping[str, Tensor]) -> Tensor:
        """The one loss."""
        (term,) = self.prepared.code.objectives
        return results[term]


def ready(case: Case, epochs: int, threads: int) -> Ready:
    """What all loops of a case start from."""
    project = case.project(epochs, threads)
    prepared = prepare(project, None)
    return Ready(project, prepared, prepared.data.train)


def ours(case: Ready, tick: Tick) -> None:
    """What the command `train` does, run folder and checkpoints included."""
    from graphcore.training.control import Control
    from graphcore.training.events import EpochDone, Failed
    from graphcore.training.runs import store_for
    from graphcore.training.session import train_project

    with tempfile.TemporaryDirectory() as home:
        run = store_for(Path(home) / "a.netwright").create(case.project)
        for event in train_project(case.project, run, Control(), Path(home)):
            if isinstance(event, EpochDone):
                tick()
            if isinstance(event, Failed):
                raise RuntimeError(event.message)


def tuned(case: Ready, tick: Tick) -> None:
    """A loop by hand, as fast as one would write it."""
    objective, fields = case.objective(), case.fields
    optimizer = torch.optim.AdamW(objective.parameters(), lr=LR, fused=True)
    count = len(next(iter(fields.values())))
    for _ in range(case.plan.epochs):
        losses, hits = [], []
        for index in torch.randperm(count).split(case.plan.batch_size):
            batch = {name: values[index] for name, values in fields.items()}
            results = objective(**batch)
            loss = case.loss(results)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
            hits.append(case.accuracy(results, batch))
        torch.stack(losses).tolist()
        torch.stack(hits).tolist()
        tick()


class Rows(Dataset[dict[str, Tensor]]):
    """Samples one by one, as most loops take them."""

    def __init__(self, fields: Mapping[str, Tensor]) -> None:
        self.fields = fields

    def __len__(self) -> int:
        return len(next(iter(self.fields.values())))

    def __getitem__(self, index: int) -> dict[str, Tensor]:
        return {name: values[index] for name, values in self.fields.items()}


def plain(case: Ready, tick: Tick) -> None:
    """The loop that most people write: a DataLoader, and `.item()` each step."""
    objective = case.objective()
    optimizer = torch.optim.AdamW(objective.parameters(), lr=LR)
    loader = DataLoader(Rows(case.fields), case.plan.batch_size, shuffle=True)
    for _ in range(case.plan.epochs):
        losses, hits = [], []
        for batch in loader:
            results = objective(**batch)
            loss = case.loss(results)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            hits.append(case.accuracy(results, batch).item())
        tick()


def with_lightning(case: Ready, tick: Tick) -> None:
    """Lightning's Trainer over a DataLoader, loss and accuracy logged by epoch."""
    import lightning.pytorch as lightning

    class Module(lightning.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.objective = case.objective()

        def training_step(self, batch: dict[str, Tensor], _: int) -> Tensor:
            results = self.objective(**batch)
            loss = case.loss(results)
            size = len(next(iter(batch.values())))
            self.log("loss", loss, on_step=False, on_epoch=True, batch_size=size)
            self.log("accuracy", case.accuracy(results, batch), on_step=False, on_epoch=True,
                     batch_size=size)  # fmt: skip
            return loss

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.AdamW(self.parameters(), lr=LR)

        def on_train_epoch_end(self) -> None:
            tick()

    trainer = lightning.Trainer(
        accelerator="cpu", max_epochs=case.plan.epochs, logger=False, barebones=False,
        enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
    )  # fmt: skip
    trainer.fit(Module(), DataLoader(Rows(case.fields), case.plan.batch_size, shuffle=True))


def with_keras(case: Ready, tick: Tick) -> None:
    """Keras' fit on its torch backend, over the model as it is."""
    import keras

    model = case.objective().model
    (source,) = case.prepared.code.inputs
    (target,) = set(case.fields) - {source}
    x, y = case.fields[source], case.fields[target]

    class Network(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.network = keras.layers.TorchModuleWrapper(model)

        def call(self, inputs: Tensor) -> Tensor:
            return self.network(inputs)

    network = Network()
    network.compile(
        keras.optimizers.AdamW(LR),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    each = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: tick())
    network.fit(x, y, batch_size=case.plan.batch_size, epochs=case.plan.epochs, verbose=0,
                callbacks=[each])  # fmt: skip


def with_skorch(case: Ready, tick: Tick) -> None:
    """Skorch's NeuralNet over the model, with the training loss that it keeps by itself."""
    import skorch

    (source,) = case.prepared.code.inputs
    (target,) = set(case.fields) - {source}

    class Loss(nn.Module):
        def forward(self, scores: Tensor, truth: Tensor) -> Tensor:
            flat = scores.reshape(-1, scores.shape[-1])
            return nn.functional.cross_entropy(flat, truth.reshape(-1))

    class Each(skorch.callbacks.Callback):
        def on_epoch_end(self, *_: object, **__: object) -> None:
            tick()

    net = skorch.NeuralNet(
        case.objective().model, Loss, optimizer=torch.optim.AdamW, lr=LR,
        max_epochs=case.plan.epochs, batch_size=case.plan.batch_size, train_split=None,
        iterator_train__shuffle=True, verbose=0, callbacks=[Each()],
    )  # fmt: skip
    net.fit(case.fields[source], case.fields[target])


Loop = Callable[[Ready, Tick], None]
HAND: Mapping[str, Loop] = {"tuned loop by hand": tuned, "usual loop by hand": plain}
_LIBRARIES: Mapping[str, tuple[str, Loop]] = {
    "Lightning": ("lightning", with_lightning),
    "Keras on torch": ("keras", with_keras),
    "skorch": ("skorch", with_skorch),
}


def peers() -> dict[str, Loop]:
    """Every loop beside ours that can run here, by its name."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    found = {name: loop for name, (package, loop) in _LIBRARIES.items()
             if importlib.util.find_spec(package)}  # fmt: skip
    return {**HAND, **found}


def peak_kilobytes() -> int:
    """The most memory that this process has held."""
    import resource

    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main(case: str, loop: str) -> None:
    """Train a case with one loop and print the growth of the memory by it, in kilobytes."""
    torch.set_num_threads(1)
    (found,) = (item for item in CASES if item.name == case)
    start = ready(found, 2, 1)
    before = peak_kilobytes()
    {"ours": ours, **peers()}[loop](start, lambda: None)
    sys.stdout.write(f"{peak_kilobytes() - before}\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(*sys.argv[1:])
