"""Which formula a metric is for what a loss compares."""

from __future__ import annotations

from graphcore.training.measuring import amounts, classes, ranks, yes_no
from graphcore.training.measuring.kinds import Measure, Whole
from graphcore.training.metric_choice import Comparison
from graphcore.training.metric_table import AMOUNTS, ONE_OF


def measure_for(metric: str, of: Comparison) -> Measure:
    """How a metric that fits the comparison is measured."""
    if of.task in AMOUNTS:
        return _of_amounts(metric, of)
    return _of_classes(metric, of) if of.task in ONE_OF else _of_yes_no(metric, of)


def reads_loss(metric: str, of: Comparison) -> bool:
    """Whether it is worked out from the value of the loss in place of the prediction."""
    return metric == "perplexity" and of.plain_weight > 0


def _of_classes(metric: str, of: Comparison) -> Measure:
    match metric:
        case "accuracy" | "top3" | "top5":
            count = {"accuracy": 1, "top3": 3, "top5": 5}[metric]
            # -100 is torch's default and no class that data can have.
            if of.ignored >= 0:
                return classes.top_without(count, of.ignored)
            return classes.accuracy if count == 1 else classes.top(count)
        case "perplexity" if reads_loss(metric, of):
            return classes.perplexity_of_loss(of.plain_weight, of.ignored)
        case "perplexity":
            return classes.perplexity(of.ignored, are_logs=of.scores == "logs")
        case "auroc":
            return ranks.area_of_classes(of.ignored, are_logs=of.scores == "logs")
    return classes.by_class(metric, classes.counts(of.ignored))


def _of_yes_no(metric: str, of: Comparison) -> Measure:
    middle = 0.5 if of.scores == "shares" else 0.0
    match metric:
        case "accuracy":
            return yes_no.accuracy(middle)
        case "auroc":
            return Whole(ranks.area_of_labels)
    return classes.by_class(metric, yes_no.counts(middle, by_label=of.task == "labels"))


def _of_amounts(metric: str, of: Comparison) -> Measure:
    match metric:
        case "mae":
            return amounts.mean_absolute_error
        case "rmse":
            return amounts.RMSE
        case "psnr":
            return amounts.psnr(of.span)
    return amounts.R2
