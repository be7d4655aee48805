"""Losses of torch.nn: each yields one term of the objective."""

from __future__ import annotations

from graphcore.kinds.kind import Kind, Param, Port
from graphcore.kinds.params import Bool, Choice, Float, Int

_REDUCTION = Param("reduction", Choice(("mean", "sum")), "mean", help="How samples are combined.")
_TARGET = Port("target", "What should come out.", role="target")
_LABEL = Port("target", "The true class, as a number.", role="target")


def _loss(
    name: str,
    help: str,
    *params: Param,
    target: Port = _TARGET,
    summary: str = "",
    words: tuple[str, ...] = (),
) -> Kind:
    return Kind(
        name=f"loss.{name}", family="loss", icon="loss", help=help,
        inputs=(Port("input", "What the model says.", role="prediction", dtype="float"), target),
        outputs=(Port("output"),), params=params, imports=("from torch import nn",),
        construct=f"nn.{name}({{args}})", role="loss", summary=summary,
        url=f"https://docs.pytorch.org/docs/stable/generated/torch.nn.{name}.html", words=words,
    )  # fmt: skip


LOSSES: tuple[Kind, ...] = (
    _loss("CrossEntropyLoss", "For classes: how surprised the scores are by the true class.",
          Param("ignore_index", Int(-(2**31)), -100, help="Class that doesn't count."), _REDUCTION,
          Param("label_smoothing", Float(0, 1), 0.0, help="Share given to all other classes."),
          target=_LABEL, words=("classification", "softmax")),
    _loss("NLLLoss", "Like CrossEntropyLoss, after LogSoftmax.",
          Param("ignore_index", Int(-(2**31)), -100, help="Class that doesn't count."), _REDUCTION,
          target=_LABEL),
    _loss("BCEWithLogitsLoss", "For yes or no: scores against 0 and 1.", _REDUCTION,
          words=("binary", "multi-label")),
    _loss("BCELoss", "For yes or no, after a sigmoid.", _REDUCTION, words=("binary",)),
    _loss("MSELoss", "Mean of the squared differences.", _REDUCTION,
          words=("regression", "mean squared error")),
    _loss("L1Loss", "Mean of the absolute differences.", _REDUCTION,
          words=("regression", "mae")),
    _loss("SmoothL1Loss", "Squared for small differences, absolute for large ones.", _REDUCTION,
          Param("beta", Float(0), 1.0, help="Where it changes.")),
    _loss("HuberLoss", "Squared for small differences, straight for large ones.", _REDUCTION,
          Param("delta", Float(0), 1.0, help="Where it changes.")),
    _loss("KLDivLoss", "Distance between two distributions, the first as logarithms.",
          Param("reduction", Choice(("mean", "sum", "batchmean")), "mean", start="batchmean",
                help="How samples are combined."),
          Param("log_target", Bool(), False, help="The target is a logarithm too.")),
)  # fmt: skip
