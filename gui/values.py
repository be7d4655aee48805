"""The texts that stand on wires after one pass through the drawing. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphcore.analysis.result import Analysis, Value
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.training.statistics import Statistics, statistics_of

Texts = dict[tuple[NodeId, str], str]
Seen = Mapping[tuple[NodeId, str], Statistics]


def evaluate(
    project: Project, analysis: Analysis, start: Value | None, folder: Path | None
) -> tuple[Texts, Texts, Seen]:
    """Texts of values and of derivatives, and statistics of values, by (node, port).

    Worked out off the GUI thread.
    """
    from graphcore.training.evaluate import evaluate_once

    found = evaluate_once(project, analysis, one_batch(project, folder), start)
    values = {(value.node, value.port): text_of(at.value) for value, at in found.items()}
    gradients = {
        (value.node, value.port): text_of(at.gradient)
        for value, at in found.items()
        if at.gradient is not None
    }
    seen = {(value.node, value.port): statistics_of(at.value) for value, at in found.items()}
    return values, gradients, {key: item for key, item in seen.items() if item is not None}


def one_batch(project: Project, folder: Path | None) -> dict[str, Any] | None:
    """The first samples of the data, as many as a batch has; None where there is no data."""
    if not project.data.source:
        return None
    from graphcore.data.loaders import tensors
    from graphcore.data.sources import read

    samples = read(project.data, folder)
    all_samples = tensors(project.data, samples)
    return {name: values[: project.plan.batch_size] for name, values in all_samples.items()}


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
