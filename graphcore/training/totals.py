"""The metrics of an epoch while it goes on: what they add up to, kept on the device.

No step waits for the device. A mean over samples needs nothing here: its values of the steps are
told anyway, and their mean is the epoch's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from graphcore.training.company import ALONE, Company
from graphcore.training.measuring.kinds import Sums, Whole
from graphcore.training.metrics import Metric

Gather = Callable[[Tensor, Tensor], Tensor]
_Pair = tuple[str, str]
_OURS = "totals"


class Totals:
    """Sums over the batches so far, and predictions with targets where a metric needs them all."""

    def __init__(
        self, metrics: Sequence[Metric], device: torch.device | str = "cpu",
        company: Company = ALONE,
    ) -> None:  # fmt: skip
        self._metrics, self._device, self._company = tuple(metrics), device, company
        self._sums: dict[tuple[Gather, str, str], Tensor] = {}
        self._whole: dict[_Pair, list[tuple[Tensor, Tensor]]] = {}
        gathers = {_key(m): m for m in metrics if isinstance(m.measure, Sums)}
        self._gathers = tuple(gathers.items())
        whole = {(m.prediction, m.target): m for m in metrics if isinstance(m.measure, Whole)}
        self._keeps = tuple(whole.items())

    def add(self, results: Mapping[str, Tensor], batch: Mapping[str, Tensor]) -> list[Tensor]:
        """Take a batch in; the values of the metrics that have one each step, in their order."""
        gathered = {key: key[0](*m.compared(results, batch)) for key, m in self._gathers}
        for key, sums in gathered.items():
            before = self._sums.get(key)
            self._sums[key] = sums if before is None else before + sums
        for pair, metric in self._keeps:
            said, true = metric.compared(results, batch)
            # The model may write its next answer over this one.
            self._whole.setdefault(pair, []).append((said.clone(), true))
        found = list[Tensor]()
        for metric in self._metrics:
            measure = metric.measure
            if isinstance(measure, Sums):
                if measure.each_step:
                    found.append(measure.value(gathered[_key(metric)]))
            elif not isinstance(measure, Whole):
                found.append(measure(*metric.compared(results, batch)))
        return found

    def take(self) -> dict[str, float]:
        """The values over all batches of the metrics that are no mean; then begin anew.

        In a company these are the batches of all its processes.
        """
        self._take_in_others()
        found = {name: float(value) for name, value in self._values()}
        self._sums, self._whole = {}, {}
        return found

    def _take_in_others(self) -> None:
        if self._company.size == 1:
            return
        everything = self._company.all(self.state())
        for place, (key, _) in enumerate(self._gathers):
            name = _name(place)
            sums = [state[name] for state in everything if name in state]
            if sums:
                self._sums[key] = torch.stack(sums).sum(0).to(self._device)
        for place, (pair, _) in enumerate(self._keeps):
            said, true = _name(place, "said"), _name(place, "true")
            found = [(state[said], state[true]) for state in everything if said in state]
            if found:
                self._whole[pair] = found

    def _values(self) -> list[tuple[str, Tensor]]:
        found = []
        for metric in self._metrics:
            measure, pair = metric.measure, (metric.prediction, metric.target)
            if isinstance(measure, Sums) and _key(metric) in self._sums:
                found.append((metric.name, measure.value(self._sums[_key(metric)])))
            elif isinstance(measure, Whole) and pair in self._whole:
                found.append((metric.name, measure.value(*_joined(self._whole[pair]))))
        return found

    # -- checkpoints -------------------------------------------------------------------------

    def state(self) -> dict[str, Tensor]:
        """What was taken in so far, by names that are the same in every process."""
        found = {_name(place): self._sums[key]
                 for place, (key, _) in enumerate(self._gathers) if key in self._sums}  # fmt: skip
        for place, (pair, _) in enumerate(self._keeps):
            if pair in self._whole:
                said, true = _joined(self._whole[pair])
                found |= {_name(place, "said"): said, _name(place, "true"): true}
        return found

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Go on from a state, which may hold others' too. Raises KeyError where it is of others."""
        here = {k: v.to(self._device) for k, v in state.items() if k.startswith(f"{_OURS}.")}
        if not here:  # it was saved between two epochs
            return
        self._sums = {key: here[_name(place)] for place, (key, _) in enumerate(self._gathers)}
        self._whole = {pair: [(here[_name(place, "said")], here[_name(place, "true")])]
                       for place, (pair, _) in enumerate(self._keeps)}  # fmt: skip


def _key(metric: Metric) -> tuple[Gather, str, str]:
    assert isinstance(metric.measure, Sums)
    return metric.measure.gather, metric.prediction, metric.target


def _joined(pieces: list[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    said, true = zip(*pieces, strict=True)
    return torch.cat(said).float().cpu(), torch.cat(true).cpu()


def _name(place: int, part: str = "sums") -> str:
    return f"{_OURS}.{place}.{part}"
