"""Training: an objective, data and a plan become a stream of events."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from time import perf_counter

from torch import nn

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training.batches import Batches
from graphcore.training.changes import Setting, moved, refuse_fewer, replayed
from graphcore.training.checkpoint import Position, restore
from graphcore.training.control import Control
from graphcore.training.devices import using_threads
from graphcore.training.diverging import DivergedError
from graphcore.training.events import (
    EpochDone,
    Evaluated,
    Event,
    Failed,
    Finished,
    Reason,
    Started,
    Warned,
)
from graphcore.training.failures import explain
from graphcore.training.feeding import Held, feed_of
from graphcore.training.heeding import Heeder
from graphcore.training.judging import check_monitor, epochs_in_vain, score, watched
from graphcore.training.keeping import Keeper
from graphcore.training.modes import unmet, using_modes
from graphcore.training.optimizers import kernel_of
from graphcore.training.parking import Parked, on_device, park
from graphcore.training.probing import Probes
from graphcore.training.randomness import undisturbed
from graphcore.training.schedules import Moment
from graphcore.training.setup import Setup, TrainingData
from graphcore.training.sharing import heard_by_all, shared
from graphcore.training.stepping import Stepper
from graphcore.training.telling import Teller
from graphcore.training.validation import validate
from graphcore.training.watch import make_watch


def train(
    objective: nn.Module, data: TrainingData, plan: Plan, control: Control, setup: Setup
) -> Iterator[Event]:
    """Train, one event after the other; the caller's pace doesn't slow the steps between them.

    Ends with Finished or Failed. Closing the iterator early saves the state. Raises UserError
    where the plan can't begin; threads and torch's settings are put back at the end.
    """
    device = setup.device
    with using_threads(plan.threads, setup.free_cores) as threads, using_modes(plan, device):
        training = _Training(objective, data, plan, control, setup)
        try:
            yield training.started(threads)
            yield from (Warned(sentence) for sentence in unmet(plan, device))
            yield from training.events()
        finally:
            training.close()


class _Training:
    """The parts of one run, and how they work together from the first step to the end.

    `control` says the same in every process; `heard` is what a person speaks to, in the first.
    """

    def __init__(
        self, objective: nn.Module, data: TrainingData, plan: Plan, control: Control, setup: Setup
    ) -> None:
        self.plan = plan = replayed(plan, setup.changes)
        self.changes = list(setup.changes)
        self.objective = objective
        self.company, self.setup = setup.company, setup
        self.heard, self.control = control, heard_by_all(control, self.company)
        self.feed, self.held_back = (
            shared(feed_of(part), self.company) for part in (data.train, data.validation)
        )
        self.batches = Batches(self.feed, plan, self.company)
        self.stepper = Stepper(objective, plan, setup)
        self.measures = self.stepper.measures
        check_monitor(plan.monitor, self.measures.of_epoch)
        self.at = self._beginning()
        self.keeper = Keeper(self.stepper, self.at, plan, setup)
        step_samples = self.batches.samples / self.batches.epoch_steps
        self.watch = make_watch(
            objective, self.stepper.minimizers, setup, step_samples, self.at.step
        )
        self.probes = Probes(control, setup.tapped)
        self.teller = Teller(self.measures, self.at, self.watch)
        self.heeder = Heeder(
            self.control, self.teller, self.keeper, self.at,
            self._evaluate, self._change, self._park,
        )  # fmt: skip

    def started(self, threads: int) -> Started:
        """The first event."""
        model = getattr(self.objective, "model", self.objective)
        return Started(
            self.setup.run, str(self.setup.device), threads, self.plan.epochs,
            self.batches.epoch_steps, sum(param.numel() for param in model.parameters()),
            self.teller.names, self.feed.count, self.held_back.count,
            self.plan.batch_size, self.plan.seed,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            readers=self.feed.readers, step=self.at.step,
            kernels=tuple(kernel_of(item.optimizer) for item in self.stepper.minimizers),
        )  # fmt: skip

    def events(self) -> Iterator[Event]:
        """Every event from the first step to the end."""
        try:
            self.keeper.put_last()
            yield from self.heeder.heed()  # a run that was done may go on for more epochs
            while not (self._is_done or self.control.is_stopping):
                yield from self._epoch()
                if self.control.ends_with_epoch:
                    self.control.stop()
            yield from self._end("done" if self._is_done else self.control.reason)
        except DivergedError as error:
            yield from self.probes.told()  # where the numbers went is what they are there for
            yield from self._fail(Failed(error.message, error.hint, "numbers", step=error.step))
        except KeyboardInterrupt:
            yield from self._end("interrupted")
        except GeneratorExit:
            # Of several processes the others don't know that nobody listens any more.
            if self.company.size == 1 and self.teller.is_finite():
                with suppress(DivergedError):  # what was saved before is still good
                    self.keeper.save()
            raise
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            failed = explain(error, self.setup.device, self.setup.lines)
            if failed is None:
                raise
            yield from self._fail(failed)

    def close(self) -> None:
        """End what writes and what reads."""
        self.keeper.close()
        self.feed.close()
        self.held_back.close()

    @property
    def _is_done(self) -> bool:
        """Whether all epochs are over, or those that brought nothing were too many."""
        return self.at.epoch >= self.plan.epochs or self._in_vain > 0

    @property
    def _in_vain(self) -> int:
        """The last epochs where they were too many without a better one.

        Who asks for another number of epochs gives the run its patience anew.
        """
        asked = (change.step for change in self.changes if change.what == "epochs")
        since = max(asked, default=0) // self.batches.epoch_steps
        return epochs_in_vain(self.at.watched, self.plan, since)

    def _beginning(self) -> Position:
        """Where the run stands before its first step, with the state of that moment in place."""
        if self.setup.resume is None:
            return Position()
        stepper = self.stepper
        return restore(
            self.setup.resume, self.objective, stepper.minimizers, stepper.others, self.company
        )

    @property
    def _steps(self) -> int:
        """All steps of the run, as long as the plan stays."""
        return self.plan.epochs * self.batches.epoch_steps

    def _epoch(self) -> Iterator[Event]:
        """The rest of an epoch: steps, validation, and what is kept of it."""
        began, resumed = perf_counter(), self.at.done
        self.heeder.held_seconds = 0.0
        yield from self._rest_of_steps()
        seconds = perf_counter() - began - self.heeder.held_seconds
        if self.at.done < self.batches.epoch_steps:
            return
        validated = self._validate()
        if validated is None:
            return
        samples = sum(self.at.sizes[resumed:])
        whole = perf_counter() - began - self.heeder.held_seconds
        yield self._end_epoch(validated, whole, samples / seconds)
        # Only now: what a checkpoint stands for was told before.
        if self.company.first(self.keeper.is_due):
            self.keeper.save()
        yield from self.keeper.told()

    def _rest_of_steps(self) -> Iterator[Event]:
        """The steps of the epoch that are not done; fewer where the control says stop."""
        self.stepper.set_training()
        for batches in self.batches.of_epoch(self.at.epoch, self.at.done):
            moment = Moment(self.at.step, self._steps, self.batches.epoch_steps, self.at.watched)
            if not self.stepper.is_ready:
                yield from self.stepper.make_ready(batches[0])
            self.watch.before()
            samples, shares = self.batches.shares(batches, self.at.done)
            step = self.probes.step if self.probes.are_due(moment) else Stepper.step
            scalars = step(self.stepper, batches, shares, moment)
            self.watch.after(self.at.step + 1)
            self.teller.add(scalars, self.stepper.rate)
            self.at.moved(samples)
            if self.teller.is_due:
                yield from self._tell(raises=self.company.size == 1)
                if self.keeper.is_overdue or self.teller.has_diverged:
                    self._save_within()
            if self.control.has_news:
                yield from self.heeder.heed()
            if self.control.is_stopping:
                break
        yield from self._tell()

    def _save_within(self) -> None:
        """Save within an epoch; several processes do so when all have heard of it.

        Or they all end then, where the first saw a loss that is no number.
        """
        if self.company.size == 1:
            self.keeper.save()
        elif self.company.is_first:
            self.keeper.put_off()
            self.heard.save()

    def _validate(self) -> dict[str, float] | None:
        """Means over the validation samples; None where a stop came between."""
        with self.stepper.validating():
            return validate(
                self.objective, self.held_back, self.plan.batch_size, self.measures,
                self.stepper.precision, self.control, self.stepper.counts, self.company,
            )  # fmt: skip

    def _evaluate(self) -> Iterator[Event]:
        """Measure the samples held back; the run goes on as if it had not been asked."""
        with undisturbed(self.setup.device):
            validated = self._validate()
        self.stepper.set_training()
        if validated:
            yield Evaluated(self.at.step, validated)
        elif validated is not None:
            yield Warned("There is no sample held back to evaluate on.")

    def _change(self, wanted: Setting) -> Iterator[Event]:
        """Go on by another plan from the next step."""
        try:
            change = moved(self.plan, wanted, self.at.step)
            plan = replayed(self.plan, [change])
            check_monitor(plan.monitor, self.measures.of_epoch)
            if change.what == "epochs":
                refuse_fewer(plan.epochs, self.at.epoch + (self.at.done > 0))
        except UserError as error:
            yield Warned(f"{error.message} {error.hint}".strip())
            return
        self.stepper.follow(plan)
        self.plan = plan
        self.changes.append(change)
        yield change

    def _park(self) -> Parked | None:
        """Leave the device; None where there is only one memory."""
        if self.setup.device.type == "cpu":
            return None
        fields = [feed.fields for feed in (self.feed, self.held_back) if isinstance(feed, Held)]
        stepper = self.stepper
        held = on_device(self.objective, stepper.minimizers, stepper.others, fields)
        return park([tensor for tensor in held if tensor.device.type != "cpu"])

    def _end_epoch(self, validated: dict[str, float], seconds: float, speed: float) -> EpochDone:
        """Go on to the next epoch, keeping the weights where these are the best so far."""
        trained = self.teller.means() | self.stepper.totals.take()
        judged, monitor = validated or trained, self.plan.monitor
        self.at.end_epoch(watched(judged, monitor))
        found = score(judged, monitor)
        is_best = found is not None and (self.at.best is None or found > self.at.best)
        if is_best:
            self.at.best = found
            self.keeper.keep_best()
        return EpochDone(self.at.epoch, self.at.step, trained, validated, seconds, speed, is_best)

    def _tell(self, *, raises: bool = True) -> Iterator[Event]:
        """What every part has to say. May raise DivergedError, as `Teller.tell` does."""
        yield from self.teller.tell(raises=raises)
        yield from self.probes.told()
        yield from self.keeper.told()
        for feed in (self.feed, self.held_back):
            yield from (Warned(sentence) for sentence in feed.complaints())

    def _end(self, reason: Reason) -> Iterator[Event]:
        """End with the state of now saved."""
        yield from self._tell()
        self.keeper.save()
        yield from self._end_keeping()
        in_vain = self._in_vain if self.at.epoch < self.plan.epochs else 0
        ending = Finished(reason, self.at.step, self.at.epoch, in_vain)
        if self.heard.refused:
            self.heard.ending = ending
            yield Failed("The trained weights could not be saved.", "Save them elsewhere.", "disk")
        else:
            yield ending

    def _fail(self, failed: Failed) -> Iterator[Event]:
        """End without saving what is now: what was saved before is the last that was good."""
        yield from self._end_keeping()
        yield failed

    def _end_keeping(self) -> Iterator[Event]:
        """Have all written that waits; what the disk refuses stays with `heard`."""
        self.keeper.close()
        self.heard.refused = self.keeper.unsaved
        yield from self.keeper.told()
