"""What can be measured beside the loss, as a table that a form can be made of. Torch-free.

A new metric is one row here and one line in `measuring/measures.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Task = Literal[
    "classes", "tokens", "pixels", "binary", "labels", "mask", "numbers", "picture"
]  # fmt: skip
"""What a loss compares: one class a sample, a token or a pixel; yes or no for a sample, for each
of its labels, for each pixel; numbers, or the pixels of a picture."""

ONE_OF: tuple[Task, ...] = ("classes", "tokens", "pixels")
YES_NO: tuple[Task, ...] = ("binary", "labels", "mask")
DENSE: tuple[Task, ...] = ("pixels", "mask")
AMOUNTS: tuple[Task, ...] = ("numbers", "picture")


@dataclass(frozen=True, slots=True)
class MetricPart:
    """What is measured, for which tasks, and for which of them without being asked."""

    name: str
    title: str
    help: str
    tasks: tuple[Task, ...]
    higher_is_better: bool = True
    by_default: tuple[Task, ...] = ()
    more_classes_than: int = 1


METRICS: Mapping[str, MetricPart] = {part.name: part for part in (
    MetricPart("accuracy", "Accuracy", "Share of samples whose class is found.",
               ONE_OF + YES_NO, by_default=ONE_OF + YES_NO),
    MetricPart("top3", "Top-3 accuracy", "Share whose true class is among the three likeliest.",
               ("classes", "tokens"), more_classes_than=3),
    MetricPart("top5", "Top-5 accuracy", "Share whose true class is among the five likeliest.",
               ("classes", "tokens"), more_classes_than=5),
    MetricPart("precision", "Precision",
               "Of those said to be of a class, the share that is; the mean over classes.",
               ONE_OF + YES_NO),
    MetricPart("recall", "Recall",
               "Of those that are of a class, the share that is found; the mean over classes.",
               ONE_OF + YES_NO),
    MetricPart("f1", "F1", "Balance of precision and recall; the mean over classes.",
               ONE_OF + YES_NO),
    MetricPart("f1_micro", "F1, micro",
               "Balance of precision and recall, all classes counted together.",
               ("classes", "tokens", "pixels", "labels")),
    MetricPart("auroc", "AUROC",
               "How surely a true one is ranked above a false one; the mean over classes. "
               "Keeps every score of the epoch in memory.", ("classes", "binary", "labels")),
    MetricPart("iou", "Mean IoU", "Overlap over union of found and true areas, mean over classes.",
               DENSE, by_default=DENSE),
    MetricPart("dice", "Dice", "Twice the overlap over both areas; the mean over classes.", DENSE),
    MetricPart("perplexity", "Perplexity",
               "Among how many classes the model is in doubt, as if they were equally likely.",
               ("classes", "tokens"), higher_is_better=False, by_default=("tokens",)),
    MetricPart("mae", "Mean absolute error", "How far off a value is on average.",
               AMOUNTS, higher_is_better=False, by_default=AMOUNTS),
    MetricPart("rmse", "Root of the mean squared error",
               "How far off a value is, large errors counting more.",
               AMOUNTS, higher_is_better=False),
    MetricPart("r2", "R²", "Share of the target's variance that is explained; 1 is all of it.",
               AMOUNTS),
    MetricPart("psnr", "PSNR", "How far the picture stands out of its error, in decibels.",
               ("picture",)),
)}  # fmt: skip


def is_higher_better(series: str) -> bool:
    """Whether more is better of a value such as `accuracy.head2`; losses are better low."""
    part = METRICS.get(series.partition(".")[0])
    return part is not None and part.higher_is_better


def title_of(series: str) -> str:
    """How a series of a metric is called, such as `Accuracy · head2`; empty for other series."""
    name, _, of = series.partition(".")
    if name not in METRICS:
        return ""
    return f"{METRICS[name].title} · {of}" if of else METRICS[name].title
