"""The steps before a loss that was no number, taken again with every value in sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, takewhile
from pathlib import Path

import torch
from torch import Tensor, nn

from graphcore.code.build import build
from graphcore.code.code import Tap
from graphcore.code.write import write_code
from graphcore.project.paths import settings_by_path, spot_of
from graphcore.project.project import Project
from graphcore.training.batches import Batches, shares_of
from graphcore.training.blame import Blame, Watched, all_finite, owner, taps_of
from graphcore.training.changes import replayed
from graphcore.training.checkpoint import Position, read_tensors, restore
from graphcore.training.control import Control
from graphcore.training.devices import using_threads
from graphcore.training.events import Changed, Failed
from graphcore.training.feeding import Batch, feed_of
from graphcore.training.initial import load_sources
from graphcore.training.prepare import Prepared, metrics_of
from graphcore.training.randomness import Draws, undisturbed
from graphcore.training.schedules import Moment
from graphcore.training.setup import Setup, sample_count
from graphcore.training.stepping import Stepper

CLOSE = 2
"""So many steps before the bad loss are looked into first: most often it is one of them."""


@dataclass(frozen=True, slots=True)
class Replay:
    """What is taken again: a run's steps from a checkpoint (or its beginning) up to `step`.

    Of several `processes` one takes them all: the parts that each had, one after the other.
    """

    state: Path | None
    step: int
    changes: tuple[Changed, ...] = ()
    processes: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """Who made the first number that is none, in which step (from 0), batch and epoch (from 1)."""

    blame: Blame
    step: int
    batch: int
    epoch: int


def find_fault(
    project: Project, ready: Prepared, folder: Path | None, replay: Replay, control: Control
) -> Fault | None:
    """The node at which a number first was none; None where none is found, or a stop came between.

    `ready` is what the run was given; its data is used again, its modules are not.
    """
    start = int(replay.state.stem) if replay.state is not None else 0
    near = max(start, replay.step - CLOSE)
    with using_threads(project.plan.threads), undisturbed(ready.device):
        found = _Again(project, ready, folder, replay).search(near, control)
        if found is None and near > start:
            found = _Again(project, ready, folder, replay).search(start, control)
    return found


def failure(project: Project, fault: Fault) -> Failed:
    """The fault as the sentence that ends the run."""
    blame = fault.blame
    where = {
        "forward": f"gave {blame.found} in the forward pass",
        "backward": f"gave the gradient {blame.found} in the backward pass",
        "update": f"got weights that are {blame.found} by the optimizer's step",
    }[blame.direction]
    return Failed(
        f"Training stopped: “{blame.path}” {where}, first at step {fault.step} "
        f"(batch {fault.batch} of epoch {fault.epoch}).",
        f"{_advice(project, blame)} The weights saved last are still good.",
        "numbers", blame.path,
    )  # fmt: skip


class _Again:
    """The run from the checkpoint on, by the same plan, with taps at every value."""

    def __init__(
        self, project: Project, ready: Prepared, folder: Path | None, replay: Replay
    ) -> None:
        taps, metrics = metrics_of(project, ready.analysis)
        self.taps: tuple[Tap, ...] = taps_of(project, ready.analysis)
        code = write_code(project, ready.analysis, tuple(dict.fromkeys((*taps, *self.taps))))
        torch.manual_seed(project.plan.seed)
        built = build(code)
        assert built.objective is not None
        load_sources(built.model, project, folder)
        self.ready, self.replay = ready, replay
        self.objective: nn.Module = built.objective.to(ready.device)
        before = takewhile(lambda change: change.step <= self._start, replay.changes)
        self.plan = replace(replayed(project.plan, before), compile="", cuda_graphs=False)
        setup = Setup(device=ready.device, terms=code.objectives, metrics=metrics,
                      settings=settings_by_path(project), counted=ready.counted)  # fmt: skip
        self.stepper = Stepper(self.objective, self.plan, setup)
        self.draws = Draws(replay.processes, self.plan.seed, ready.device.type == "cuda")
        self.turns: Iterator[int] = iter(())
        if replay.processes > 1:
            self.stepper.forward = self._as_its_process
        self.params = {name: param for name, param in self.objective.named_parameters()
                       if param.requires_grad}  # fmt: skip
        self.at = self._beginning()

    @property
    def _start(self) -> int:
        return int(self.replay.state.stem) if self.replay.state is not None else 0

    def search(self, near: int, control: Control) -> Fault | None:
        """Take the steps again, and look into them from the step `near` on."""
        together = replace(self.plan, batch_size=self.plan.batch_size * self.replay.processes)
        batches = Batches(feed_of(self.ready.data.train), together)
        self.stepper.set_training()
        while self.at.step <= self.replay.step:
            for whole in batches.of_epoch(self.at.epoch, self.at.done):
                step = [part for batch in whole for part in parts_of(batch, self.replay.processes)]
                if control.is_stopping or self.at.step > self.replay.step:
                    return None
                blame = self._look_into(step) if self.at.step >= near else None
                blame = blame or self._step(step, batches.epoch_steps, near)
                if blame is not None:
                    return Fault(blame, self.at.step, self.at.done + 1, self.at.epoch + 1)
                self.at.moved(0)
            self.at.end_epoch(0.0)
        return None

    def _look_into(self, batches: Sequence[Batch]) -> Blame | None:
        """Forward and backward of the step, of which nothing stays but what is found."""
        buffers = [buffer.clone() for buffer in self.objective.buffers()]
        with undisturbed(self.ready.device), self.draws.unchanged():
            self.turns = cycle(range(self.replay.processes))
            found = next(filter(None, (self._blame(batch) for batch in batches)), None)
        for buffer, before in zip(self.objective.buffers(), buffers, strict=True):
            buffer.copy_(before)
        for param in self.params.values():
            param.grad = None
        return found

    def _blame(self, batch: Batch) -> Blame | None:
        with self.stepper.precision:
            results = self.stepper.forward(**batch)
            losses = self.stepper.measures.losses(results)
        watched = Watched(results, self.taps, self.params)
        try:
            if (found := watched.in_forward()) is not None:
                return found
            for loss in losses:
                loss.backward(retain_graph=True)  # type: ignore[no-untyped-call]
            return watched.in_backward(self.ready.analysis.nodes)
        finally:
            watched.close()

    def _step(self, batches: Sequence[Batch], epoch_steps: int, near: int) -> Blame | None:
        """Take the step itself, as the run did."""
        steps = self.plan.epochs * epoch_steps
        _, shares = shares_of(batches)
        self.turns = cycle(range(self.replay.processes))
        moment = Moment(self.at.step, steps, epoch_steps, self.at.watched)
        self.stepper.step(batches, shares, moment)
        self._follow(self.at.step + 1)
        return self._bad_param() if self.at.step >= near else None

    def _follow(self, step: int) -> None:
        """Make the changes that the run made before that step."""
        changes = [change for change in self.replay.changes if change.step == step]
        if changes:
            self.plan = replayed(self.plan, changes)
            self.stepper.follow(self.plan)

    def _bad_param(self) -> Blame | None:
        if all_finite(self.params.values()):
            return None
        known = set(self.ready.analysis.nodes)
        bad = next(name for name, param in self.params.items() if not all_finite([param]))
        return Blame(owner(bad, known) or bad, "update", "no numbers")

    def _beginning(self) -> Position:
        if self.replay.state is None:
            return Position()
        stepper = self.stepper
        self.draws.load(read_tensors(self.replay.state))
        return restore(self.replay.state, self.objective, stepper.minimizers, stepper.others)

    def _as_its_process(self, **batch: Tensor) -> dict[str, Tensor]:
        """What the process computed whose part of the batch this is."""
        with self.draws.of(next(self.turns)):
            found: dict[str, Tensor] = self.objective(**batch)
            return found


def parts_of(batch: Batch, processes: int) -> list[Batch]:
    """The part of a batch that each process had; one that had none is left out."""
    if processes == 1:
        return [batch]
    columns = (torch.tensor_split(values, processes) for values in batch.values())
    parts = (dict(zip(batch, values, strict=True)) for values in zip(*columns, strict=True))
    return [part for part in parts if sample_count(part)]


_ADVICE: dict[tuple[str, str], str] = {
    ("ops.log", "forward"): "A logarithm of 0 is -inf, and of less no number: add a small number or"
                            " clamp before it.",
    ("ops.sqrt", "forward"): "A square root of less than 0 is no number: clamp before it.",
    ("ops.sqrt", "backward"): "The slope of a square root at 0 is infinite: add a small number"
                              " before it.",
    ("ops.exp", "forward"): "An exponential of more than 88 is infinite in float32: clamp before"
                            " it, or subtract the largest value.",
    ("ops.div", "forward"): "Something was divided by 0: add a small number to what divides.",
    ("ops.norm", "backward"): "The slope of a norm at 0 is no number: add a small number first.",
}  # fmt: skip


def _advice(project: Project, blame: Blame) -> str:
    spot = spot_of(project, blame.path)
    kind = ""
    if spot is not None:
        kind = project.definitions[spot.definition].graph.nodes[spot.node].kind
    if (kind, blame.direction) in _ADVICE:
        return _ADVICE[kind, blame.direction]
    return (
        "Try a smaller learning rate or a limit on gradients (clip_norm), and look at what comes"
        " into it."
    )
