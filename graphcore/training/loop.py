"""Training: an objective, data and a plan become a stream of events."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from time import perf_counter

import torch
from torch import Tensor, nn

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training.checkpoint import Position, Writer, restore, state_of, weights_of
from graphcore.training.control import Control
from graphcore.training.devices import precise, using_threads
from graphcore.training.events import (
    Changed,
    EpochDone,
    Event,
    Failed,
    Finished,
    Reason,
    Saved,
    Started,
    StepsDone,
    Warned,
)
from graphcore.training.failures import explain
from graphcore.training.metrics import make_measures
from graphcore.training.minimizers import frozen_modules, make_minimizers, minimize
from graphcore.training.parts import Moment
from graphcore.training.setup import Setup, TrainingData, sample_count
from graphcore.training.tally import Tally, means
from graphcore.training.validation import validate

TOLD_EVERY = 0.1
SAVED_EVERY = 1.0
HELD_TURN = 0.25
GATHERED_BYTES = 8 * 2**20


def train(
    objective: nn.Module, data: TrainingData, plan: Plan, control: Control, setup: Setup
) -> Iterator[Event]:
    """Train, one event after the other; the caller's pace doesn't slow the steps between them.

    Ends with Finished or Failed. Closing the iterator early saves the state. Raises UserError
    where the plan can't begin; threads and torch's settings are put back at the end.
    """
    with using_threads(plan.threads, setup.free_cores) as threads:
        training = _Training(objective, data, plan, control, setup)
        try:
            yield training.started(threads)
            yield from training.events()
        finally:
            training.close()


class _Training:
    """The state of one run, and the ways it moves on."""

    def __init__(
        self, objective: nn.Module, data: TrainingData, plan: Plan, control: Control, setup: Setup
    ) -> None:
        self.objective, self.data, self.plan = objective, data, plan
        self.control, self.setup = control, setup
        self.samples = sample_count(data.train)
        if not self.samples:
            raise UserError("There is no sample to train on.", "Hold back fewer for validation.")
        self.precision = precise(plan.precision, setup.device)
        self.measures = make_measures(plan, setup.terms, setup.metrics)
        self.minimizers = make_minimizers(objective, plan, setup.settings)
        self.frozen = frozen_modules(objective, setup.settings)
        self.epoch_steps = math.ceil(self.samples / plan.batch_size)
        self.steps = plan.epochs * self.epoch_steps
        self.at = Position()
        if setup.resume is not None:
            self.at = restore(setup.resume, objective, self.minimizers)
        self.tally = Tally((*self.measures.names, "learning_rate"), self.at.step)
        self.writer = Writer(setup.folder) if setup.folder else None
        self.told_at = self.saved_at = perf_counter()
        self.paused_seconds = 0.0

    # -- the run -----------------------------------------------------------------------------

    def started(self, threads: int) -> Started:
        """The first event."""
        model = getattr(self.objective, "model", self.objective)
        return Started(
            self.setup.run, str(self.setup.device), threads, self.plan.epochs, self.epoch_steps,
            sum(param.numel() for param in model.parameters()), self.tally.names, self.samples,
            sample_count(self.data.validation), self.plan.batch_size, self.plan.seed,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
        )  # fmt: skip

    def events(self) -> Iterator[Event]:
        """Every event from the first step to the end."""
        try:
            self._put_weights("last")
            while self.at.epoch < self.plan.epochs and not self.control.is_stopping:
                yield from self._epoch()
            stopped = self.at.epoch < self.plan.epochs
            yield from self._end(self.control.reason if stopped else "done")
        except _DivergedError as error:
            yield from self._fail(Failed(error.message, error.hint))
        except KeyboardInterrupt:
            yield from self._end("interrupted")
        except GeneratorExit:
            if self._is_finite():
                self._save()
            raise
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            failed = explain(error, self.setup.device, self.setup.lines)
            if failed is None:
                raise
            yield from self._fail(failed)

    def close(self) -> None:
        """End the writer once all is on disk."""
        if self.writer is not None:
            self.writer.close()

    def _epoch(self) -> Iterator[Event]:
        began = perf_counter()
        self.paused_seconds = 0.0
        resumed = self.at.done
        self._set_training()
        for batch in self._batches():
            self._step(batch)
            if perf_counter() - self.told_at > TOLD_EVERY:
                yield from self._tell()
            if self.control.takes_save():
                yield from self._save_as_asked()
            if self.control.is_paused:
                yield from self._hold()
            if self.control.is_stopping:
                break
        yield from self._tell()
        seconds = perf_counter() - began - self.paused_seconds
        if self.at.done < self.epoch_steps:
            return
        validated = self._validate()
        if validated is None:
            return
        trained = means(self.measures.names, self.at.rows, self.at.sizes)
        samples = sum(self.at.sizes[resumed:])
        yield self._epoch_done(trained, validated, perf_counter() - began, samples / seconds)
        yield from self._told()

    def _epoch_done(
        self, trained: dict[str, float], validated: dict[str, float], seconds: float, speed: float
    ) -> EpochDone:
        self.at.epoch, self.at.done = self.at.epoch + 1, 0
        self.at.rows, self.at.sizes = [], []
        score = _score(validated or trained)
        is_best = score is not None and (self.at.best is None or score > self.at.best)
        if is_best:
            self.at.best = score
            self._put_weights("best")
        if perf_counter() - self.saved_at > SAVED_EVERY:
            self._save()
        whole = seconds - self.paused_seconds
        return EpochDone(self.at.epoch, self.at.step, trained, validated, whole, speed, is_best)

    def _end(self, reason: Reason) -> Iterator[Event]:
        yield from self._tell()
        self._save()
        self.close()
        lost = False
        for event in self._told():
            lost = lost or isinstance(event, Warned)
            yield event
        if lost:
            yield Failed("The trained weights could not be saved.", "Free some space; train again.")
        else:
            yield Finished(reason, self.at.step, self.at.epoch)

    def _fail(self, failed: Failed) -> Iterator[Event]:
        """End without saving what is now: what was saved before is the last that was good."""
        self.close()
        yield from self._told()
        yield failed

    # -- one step ----------------------------------------------------------------------------

    def _step(self, batch: dict[str, Tensor]) -> None:
        with self.precision:
            results = self.objective(**batch)
            losses = self.measures.losses(results)
        moment = Moment(self.at.step, self.steps, self.epoch_steps)
        minimize(self.minimizers, losses, moment)
        scalars = self.measures.scalars(losses, results, batch)
        self.tally.add(scalars, self.minimizers[0].now)
        self.at.sizes.append(sample_count(batch))
        self.at.step += 1
        self.at.done += 1

    def _batches(self) -> Iterator[dict[str, Tensor]]:
        """The rest of the epoch's batches, in an order that seed and epoch decide.

        Samples are gathered for many batches at once: one copy in place of many.
        """
        source = torch.Generator().manual_seed(self.plan.seed * 1_000_003 + self.at.epoch)
        order = torch.randperm(self.samples, generator=source).to(self.setup.device)
        size, names = self.plan.batch_size, tuple(self.data.train)
        each = sum(values[:1].nbytes for values in self.data.train.values()) * size
        together = size * max(1, GATHERED_BYTES // max(1, each))
        for indices in torch.split(order[self.at.done * size :], together):
            gathered = (values.index_select(0, indices) for values in self.data.train.values())
            columns = [torch.split(values, size) for values in gathered]
            for values in zip(*columns, strict=True):
                yield dict(zip(names, values, strict=True))

    def _set_training(self) -> None:
        self.objective.train()
        for module in self.frozen:
            module.eval()

    def _validate(self) -> dict[str, float] | None:
        """Means over the validation samples; None where a stop came between."""
        return validate(
            self.objective, self.data.validation, self.plan.batch_size, self.measures,
            self.precision, self.control,
        )  # fmt: skip

    # -- telling and saving ------------------------------------------------------------------

    def _tell(self) -> Iterator[Event]:
        """What happened since the last time. Raises _DivergedError at a loss that is no number."""
        self.told_at = perf_counter()
        rows = self.tally.take()
        if rows:
            self.at.rows.extend(row[: len(self.measures.names)] for row in rows)
            event = self.tally.told(rows)
            yield event
            yield from _look_for_nan(event)
        yield from self._told()

    def _told(self) -> Iterator[Saved | Warned]:
        yield from self.writer.told() if self.writer is not None else ()

    def _hold(self) -> Iterator[Event]:
        """Sleep until the run may go on."""
        began = perf_counter()
        yield from self._tell()
        yield Changed("paused", True, self.at.step)
        while not self.control.wait(HELD_TURN):
            if self.control.takes_save():
                self._save()
            yield from self._told()
        if not self.control.is_stopping:
            yield Changed("paused", False, self.at.step)
        self.paused_seconds += perf_counter() - began

    def _save_as_asked(self) -> Iterator[Event]:
        yield from self._tell()  # a loss that is no number ends the run: nothing bad is saved
        self._save()

    def _save(self) -> None:
        """Have the whole state and the weights written."""
        self.saved_at = perf_counter()
        if self.writer is not None:
            state = state_of(self.objective, self.minimizers, self.at)
            self.writer.put(f"checkpoints/{self.at.step}.safetensors", state, self.at.step)
            self._put_weights("last")

    def _is_finite(self) -> bool:
        """Whether the losses that were not told yet are numbers."""
        rows = [row[: len(self.measures.names)] for row in self.tally.take()]
        self.at.rows.extend(rows)
        return all(math.isfinite(row[0]) for row in rows)

    def _put_weights(self, name: str) -> None:
        if self.writer is not None:
            self.writer.put(f"{name}.safetensors", weights_of(self.objective), self.at.step)


class _DivergedError(UserError):
    """The loss is no number any more."""


def _look_for_nan(event: StepsDone) -> Iterator[Event]:
    for place, loss in enumerate(event.values["loss"]):
        if not math.isfinite(loss):
            step = event.first_step + place
            yield Warned(f"The loss became {loss} at step {step}.")
            raise _DivergedError(
                f"Training stopped: the loss became {loss} at step {step}.",
                "Try a smaller learning rate; look for a log or a division of zero, and for "
                "missing values in the data. The weights saved last are still good.",
            )


def _score(values: Mapping[str, float]) -> tuple[float, float] | None:
    """How good an epoch was, larger is better: by accuracy where there is one, then by loss."""
    loss = values.get("loss", math.nan)
    return (values.get("accuracy", 0.0), -loss) if math.isfinite(loss) else None
