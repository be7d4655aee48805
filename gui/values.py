"""The texts that stand on wires after one pass through the drawing. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphcore.analysis.result import Analysis, Value
from graphcore.errors import UserError
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.training.statistics import Statistics, statistics_of

if TYPE_CHECKING:
    from graphcore.training.runs import Run  # numpy comes with it

Texts = dict[tuple[NodeId, str], str]
Seen = Mapping[tuple[NodeId, str], Statistics]


@dataclass(frozen=True, slots=True)
class Asked:
    """What to look at: the main drawing, and the inside of these blocks (by path).

    `start` is the value whose derivatives are asked for; `run` whose last weights are taken where
    they fit, else initial ones, unless they `must_fit`.
    """

    start: Value | None = None
    folder: Path | None = None
    run: Run | None = None
    inside: tuple[str, ...] = ()
    must_fit: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """How values came about: with the last weights of a run (its id; empty: initial ones), on
    noise for lack of data."""

    run: str = ""
    is_noise: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """Texts and statistics by path and port."""

    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    gradients: Mapping[tuple[str, str], str] = field(default_factory=dict)
    seen: Mapping[tuple[str, str], Statistics] = field(default_factory=dict)
    origin: Origin = Origin()
    inside: tuple[str, ...] = ()


def evaluate(project: Project, analysis: Analysis, asked: Asked) -> Looked:
    """One pass through the drawing, worked out off the GUI thread. Raises UserError.

    With a run's weights the batch is of what validates, else the first samples there are.
    """
    from graphcore.training.checkpoint import read_tensors
    from graphcore.training.evaluate import evaluate_by_path

    run = asked.run
    if run is not None:
        try:
            state = read_tensors(run.weights_path("last"))
            batch = one_batch(project, asked.folder, of_validation=True)
            found = evaluate_by_path(project, analysis, batch, asked.start, state, asked.inside)
            return _looked(found, asked, run.id, batch is None)
        except UserError:
            if asked.must_fit:
                raise
    batch = one_batch(project, asked.folder)
    found = evaluate_by_path(project, analysis, batch, asked.start, None, asked.inside)
    return _looked(found, asked, "", batch is None)


def _looked(found: Mapping[tuple[str, str], Any], asked: Asked, run: str, is_noise: bool) -> Looked:
    seen = {place: statistics_of(at.value) for place, at in found.items()}
    return Looked(
        {place: text_of(at.value) for place, at in found.items()},
        {place: text_of(at.gradient) for place, at in found.items() if at.gradient is not None},
        {place: item for place, item in seen.items() if item is not None},
        Origin(run, is_noise), asked.inside,
    )  # fmt: skip


def one_batch(
    project: Project, folder: Path | None, *, of_validation: bool = False
) -> dict[str, Any] | None:
    """As many samples as a batch has, the first ones; None where there is no data."""
    if not project.data.source:
        return None
    import numpy as np  # not at the start of the window

    from graphcore.data.loaders import tensors
    from graphcore.data.samples import readable
    from graphcore.data.sources import read
    from graphcore.data.splits import split

    samples = read(project.data, folder)
    everything = np.arange(len(samples))
    rows = split(project.data, samples).validation if of_validation else everything
    rows = (rows if len(rows) else everything)[: project.plan.batch_size]
    few = {name: readable(array, rows) for name, array in samples.arrays.items()}
    return dict(tensors(project.data, replace(samples, arrays=few)))


def text_of(tensor: Any) -> str:
    """A tensor in a few letters: one number as it is, more as mean and spread."""
    if tensor.numel() == 1:
        return number(float(tensor.item()))
    values = tensor.detach().float()
    if tensor.numel() <= 3:
        return "[" + ", ".join(number(float(value)) for value in values.flatten()) + "]"
    return f"{number(float(values.mean()))} ± {number(float(values.std()))}"


def number(value: float) -> str:
    """A number with at most five figures that still looks like one: `7.0`, `0.0031`."""
    text = f"{value:.5g}"
    return text if any(letter in text for letter in ".en") else f"{text}.0"
