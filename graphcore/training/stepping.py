"""One step of training: forward, backward, and the params moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from time import perf_counter

import torch
from torch import Tensor, nn

from graphcore.errors import UserError
from graphcore.project.plan import Plan
from graphcore.training.averaging import Average
from graphcore.training.capturing import Captured, Losses, why_not
from graphcore.training.checkpoint import Kept
from graphcore.training.compiling import Forward, compile_objective, untouched
from graphcore.training.counting import Counts, Piece
from graphcore.training.devices import precise
from graphcore.training.events import Compiled, Event, Warned
from graphcore.training.feeding import Batch
from graphcore.training.metrics import make_measures
from graphcore.training.minimizers import (
    Minimizer,
    add_gradients,
    at_turn,
    follow,
    forget_gradients,
    frozen_modules,
    make_minimizers,
)
from graphcore.training.parallel import shard, together
from graphcore.training.scaling import Scaler
from graphcore.training.schedules import Moment
from graphcore.training.setup import Setup
from graphcore.training.totals import Totals

See = Callable[[Mapping[str, Tensor]], Mapping[str, Tensor]]


class Stepper:
    """Takes steps of an objective by its plan; `others` have a state beside the minimizers.

    `clip_norm`, `clip_value` and the minimizers' rates may be changed between two steps, and
    `forward` computes the objective. Raises UserError where the plan can't be followed.
    """

    def __init__(self, objective: nn.Module, plan: Plan, setup: Setup) -> None:
        if plan.channels_last:
            objective.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.objective, self.plan, self.company = objective, plan, setup.company
        shard(objective, plan, setup.company)
        self.precision = precise(plan.precision, setup.device)
        self.counts = Counts(objective, setup.counted, setup.company)
        self.measures = make_measures(plan, setup.terms, setup.metrics, self.counts.terms)
        self.minimizers = make_minimizers(objective, plan, setup.settings)
        self.totals = Totals(self.measures.metrics, setup.device, setup.company)
        self.clip_norm, self.clip_value = plan.clip_norm, plan.clip_value
        self.average = Average(objective, plan.ema) if plan.ema else None
        self._scaler = Scaler(setup.device) if plan.precision == "float16" else None
        self._frozen = frozen_modules(objective, setup.settings)
        self._sums = _summed(objective, setup.terms)
        self._captured: Captured | None = None
        self.is_ready = not (plan.compile or plan.cuda_graphs)
        _refuse_search(self.minimizers, plan)
        self._alone = self.company.size == 1
        self._together = (
            None if self._alone else together(objective, plan, self.measures.losses, setup.device)
        )
        self.forward: Forward = self._together or objective

    def make_ready(self, batch: Batch) -> Iterator[Event]:
        """Compile and capture as the plan wishes, tried on a batch; tell how that went."""
        self.is_ready = True
        if self.plan.channels_last:
            batch = _channels_last(batch)
        if self.plan.compile:
            told = self._compile(batch)
            yield told
            if told.reason:
                yield Warned(f"The run goes on uncompiled: {told.reason}")
        if self.plan.cuda_graphs:
            yield from self._capture(batch)

    def _compile(self, batch: Batch) -> Compiled:
        if self._together is not None:
            return self._together.compile(self.plan.compile, batch, self._try_out)
        self.forward, told = compile_objective(
            self.objective, self.plan.compile, batch, self._try_out
        )
        return told

    def _capture(self, batch: Batch) -> Iterator[Event]:
        device = next(iter(batch.values())).device
        if self._together is not None:
            yield Warned("Several processes take their steps as they are, not as CUDA graphs.")
            return
        reason, began = why_not(self.plan, device, self.minimizers), perf_counter()
        if not reason:
            try:
                with untouched(self.objective):
                    self._captured = Captured(
                        lambda own: self._try_out(self.forward, own), self.minimizers[0].params,
                        batch,
                    )  # fmt: skip
                yield Compiled("cuda graph", perf_counter() - began, 1)
                return
            except RuntimeError as error:
                reason = f"A step can't be a CUDA graph: {str(error).splitlines()[0]}"
        yield Compiled("", perf_counter() - began, reason=reason)
        yield Warned(reason)

    def _try_out(self, forward: Forward, batch: Batch) -> Losses:
        """Results and losses of a batch, with the gradients of all params."""
        with self.precision:
            results = forward(**batch)
            losses = self.measures.losses(results)
        add_gradients(self.minimizers, losses, self.minimizers)
        return results, losses

    @property
    def others(self) -> tuple[Kept, ...]:
        """What has a state beside objective and minimizers."""
        found: tuple[Kept | None, ...] = (self.totals, self.average, self._scaler)
        return tuple(item for item in found if item is not None)

    @property
    def rate(self) -> float:
        """The learning rate of the first objective in the step that was taken last."""
        return self.minimizers[0].now

    def gradient_scale(self) -> Tensor | None:
        """What losses and gradients are multiplied by, on the device; None where by nothing.

        float16 does so, and several processes, of whose gradients the mean is taken.
        """
        if self._alone and self._scaler is None:
            return None
        device = next(self.objective.parameters()).device
        size = torch.full((), float(self.company.size), device=device)
        return size if self._scaler is None else self._scaler.torch.scale(size)

    def follow(self, plan: Plan) -> None:
        """Go on by a plan with other learning rates, limits of gradients and the like."""
        self.plan, self.clip_norm, self.clip_value = plan, plan.clip_norm, plan.clip_value
        follow(self.minimizers, plan)

    def set_training(self) -> None:
        """Training mode for all layers but those that are frozen."""
        self.objective.train()
        for module in self._frozen:
            module.eval()

    def validating(self) -> AbstractContextManager[object]:
        """Meanwhile the objective has the weights that are exported: the average where it is on."""
        return nullcontext() if self.average is None else self.average.in_place()

    def step(
        self, batches: Sequence[Batch], shares: Sequence[float], moment: Moment
    ) -> list[Tensor]:
        """Take one step; the values that the measures name and their counts, on their device.

        `shares` say how much of the step each batch is, by its samples.
        """
        if self.plan.channels_last:
            batches = [_channels_last(batch) for batch in batches]
        turns = at_turn(self.minimizers, moment)
        if turns and turns[0].has_closure:
            scalars = self._searched(turns[0], batches, shares)
        else:
            scalars = self._gradients(batches, shares, turns)
            for minimizer in turns:
                self._move(minimizer)
        if self._scaler is not None and turns:
            self._scaler.torch.update()
        if self.average is not None:
            self.average.update()
        return scalars

    def seen_step(
        self, batches: Sequence[Batch], shares: Sequence[float], moment: Moment, see: See
    ) -> list[Tensor]:
        """Take a step that is computed uncompiled.

        `see` is handed the results before backward and says which of them go on: what several
        processes do with them must not depend on what one of them looks at.
        """
        before = self.forward, self._captured
        is_compiled = bool(self.plan.compile) and self._alone
        self.forward, self._captured = self.objective if is_compiled else self.forward, None
        hook = self.objective.register_forward_hook(lambda _, given, results: see(results))
        try:
            return self.step(batches, shares, moment)
        finally:
            hook.remove()
            self.forward, self._captured = before

    def _searched(
        self, minimizer: Minimizer, batches: Sequence[Batch], shares: Sequence[float]
    ) -> list[Tensor]:
        """Move to where the optimizer's own search ends; the values of where it began."""
        found: list[list[Tensor]] = []

        def loss() -> Tensor:
            found.append(self._gradients(batches, shares, [minimizer], not found))
            self._clip(minimizer)
            return found[-1][0]

        minimizer.optimizer.step(loss)  # type: ignore[arg-type]
        return found[0]

    def _gradients(
        self, batches: Sequence[Batch], shares: Sequence[float], turns: Sequence[Minimizer],
        is_first: bool = True,
    ) -> list[Tensor]:  # fmt: skip
        """Take the gradients of those whose turn it is; the step's values, metrics only at first.

        A metric counts a sample once, however often its loss is asked for.
        """
        forget_gradients(turns)
        pieces, counts = self.counts.pieces(batches, shares)
        values = self._batch_gradients(pieces[0], turns, is_first, len(pieces) == 1)
        for place, piece in enumerate(pieces[1:], 2):
            found = self._batch_gradients(piece, turns, is_first, place == len(pieces))
            values = [one + other for one, other in zip(values, found, strict=True)]
        if not self._alone:
            values = list(self.company.summed(torch.stack(values)).unbind())
        return values + counts

    def _batch_gradients(
        self, piece: Piece, turns: Sequence[Minimizer], is_first: bool, is_last: bool
    ) -> list[Tensor]:
        """Add the gradients of a batch; only with the last of a step they go to all processes."""
        if is_last or self._together is None:
            return self._own_gradients(piece, turns, is_first)
        with self._together.holding(piece.batch):
            return self._own_gradients(piece, turns, is_first)

    def _own_gradients(
        self, piece: Piece, turns: Sequence[Minimizer], is_first: bool
    ) -> list[Tensor]:
        """Add the gradients of a batch as the part of the step that it is."""
        batch, share = piece.batch, piece.share
        if self._captured is not None and self._captured.fits(batch):
            results, losses = self._captured.replay(batch)
            return self.measures.scalars(losses, results, self.totals.add(results, batch))
        with self.precision:
            results = self.forward(**batch)
        # A batch that stands for nothing is here so that this process keeps step with the others.
        totals = self.totals if share else Totals(self.measures.metrics)
        measured = totals.add(results, batch) if is_first else []
        if share != 1:
            terms = {term: piece.part(term, results[term], is_sum=is_sum)
                     for term, is_sum in self._sums.items()}  # fmt: skip
            results, measured = {**results, **terms}, [value * share for value in measured]
        losses = self.measures.losses(results)
        scalars = self.measures.scalars(losses, results, measured)
        if not self._alone:  # each gets the mean of all gradients, and wants their sum
            losses = [loss * self.company.size for loss in losses]
        if self._scaler is not None:
            losses = [self._scaler.torch.scale(loss) for loss in losses]
        add_gradients(self.minimizers, losses, turns)
        return scalars

    def _move(self, minimizer: Minimizer) -> None:
        """Clip the gradients and move the params along them."""
        scaler = self._scaler.torch if self._scaler is not None else None
        if scaler is not None and (self.clip_norm or self.clip_value):
            scaler.unscale_(minimizer.optimizer)
        self._clip(minimizer)
        if scaler is not None:
            scaler.step(minimizer.optimizer)
        else:
            minimizer.move()

    def _clip(self, minimizer: Minimizer) -> None:
        if self.clip_value:
            nn.utils.clip_grad_value_(minimizer.params, self.clip_value)
        if self.clip_norm:
            nn.utils.clip_grad_norm_(minimizer.params, self.clip_norm)


def _refuse_search(minimizers: Sequence[Minimizer], plan: Plan) -> None:
    if not any(minimizer.has_closure for minimizer in minimizers):
        return
    if len(minimizers) > 1 or plan.precision == "float16":
        what = "float16 has no scale" if plan.precision == "float16" else "several objectives"
        raise UserError(
            f"LBFGS tries several points in a step, which doesn't go with {what}.",
            "Choose another optimizer, or one objective in another precision.",
        )


def _summed(objective: nn.Module, terms: Iterable[str]) -> dict[str, bool]:
    """For each term whether it is a sum over the samples, and not a mean."""
    return {
        term: getattr(getattr(objective, term, None), "reduction", "mean") == "sum"
        for term in terms
    }


def _channels_last(batch: Batch) -> Batch:
    last = torch.channels_last
    return {
        name: value.contiguous(memory_format=last) if value.ndim == 4 else value
        for name, value in batch.items()
    }
