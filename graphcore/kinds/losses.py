"""Losses of torch.nn, each one term of the objective: the generated table and what we say of it."""

from __future__ import annotations

from collections.abc import Mapping

from graphcore.kinds.kind import Kind, Port
from graphcore.kinds.layer_notes import NOT_ON_META, refusals_of
from graphcore.kinds.merge import DOCS, imports_of, params_of, port_of, since_of
from graphcore.kinds.torch_losses import LOSSES as SIGNATURES

# One line of help, then words that a search finds.
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "CrossEntropyLoss": ("For classes: how surprised the scores are by the true class.",
                         "classification", "softmax"),
    "MSELoss": ("Mean of the squared differences.", "regression", "mean squared error"),
    "BCEWithLogitsLoss": ("For yes or no: scores against 0 and 1.", "binary", "multi-label"),
    "L1Loss": ("Mean of the absolute differences.", "regression", "mae"),
    "NLLLoss": ("Like CrossEntropyLoss, after LogSoftmax.", "classification"),
    "BCELoss": ("For yes or no, after a sigmoid.", "binary"),
    "SmoothL1Loss": ("Squared for small differences, absolute for large ones.", "regression"),
    "HuberLoss": ("Squared for small differences, straight for large ones.", "regression"),
    "KLDivLoss": ("Distance between two distributions, the first as logarithms.", "divergence",
                  "distillation"),
    "PoissonNLLLoss": ("For counts: how surprised the expected number is by the true one.",
                       "regression", "counts"),
    "GaussianNLLLoss": ("For numbers with doubt: the model says a mean and a variance.",
                        "regression", "uncertainty"),
    "CTCLoss": ("For sequences whose alignment is not known, such as speech.", "speech", "ocr"),
    "HingeEmbeddingLoss": ("For distances: small where the target is 1, large where it is -1.",
                           "similarity"),
    "MarginRankingLoss": ("For order: the first input above the second where the target is 1.",
                          "ranking"),
    "CosineEmbeddingLoss": ("Pulls two vectors together where the target is 1, apart at -1.",
                            "similarity", "siamese"),
    "TripletMarginLoss": ("Brings an anchor closer to a positive than to a negative example.",
                          "similarity", "metric learning"),
    "TripletMarginWithDistanceLoss": ("TripletMarginLoss with a distance of your choice.",
                                      "similarity", "metric learning"),
    "SoftMarginLoss": ("For yes or no: scores against 1 and -1.", "binary"),
    "MultiMarginLoss": ("For classes: the true one must lead the others by a margin.",
                        "classification", "hinge", "svm"),
    "MultiLabelMarginLoss": ("For several classes: true ones must lead the others by a margin.",
                             "multi-label", "hinge"),
    "MultiLabelSoftMarginLoss": ("For several classes: each is a yes or no of its own.",
                                 "multi-label"),
    "LinearCrossEntropyLoss": ("A Linear and CrossEntropyLoss in one, which saves memory.",
                               "classification", "language model"),
}  # fmt: skip
_SAID = "What the model says."
_TARGET = Port("target", "What should come out.", role="target")
_LABEL = Port("target", "The true class, as a number.", role="target")
_LABELS = Port("target", "The true classes, as numbers.", role="target", dtype="integer")
_SIGN = Port("target", "1 or -1.", role="target")
_TARGETS: Mapping[str, Port] = {
    "CrossEntropyLoss": _LABEL, "NLLLoss": _LABEL, "LinearCrossEntropyLoss": _LABEL,
    "MultiMarginLoss": Port("target", _LABEL.help, role="target", dtype="integer"),
    "MultiLabelMarginLoss": _LABELS, "HingeEmbeddingLoss": _SIGN, "MarginRankingLoss": _SIGN,
    "CosineEmbeddingLoss": _SIGN, "SoftMarginLoss": _SIGN,
}  # fmt: skip
_OTHERS: Mapping[str, Port] = {
    port.name: port
    for port in (
        Port("log_probs", "Log-probabilities [time, batch, symbols].", role="prediction",
             dtype="float"),
        Port("targets", "The true symbols, as numbers.", role="target", dtype="integer"),
        Port("input_lengths", "Steps of each prediction.", dtype="integer"),
        Port("target_lengths", "Symbols of each target.", dtype="integer"),
        Port("anchor", "A vector.", role="prediction", dtype="float"),
        Port("positive", "One that should be near it.", dtype="float"),
        Port("negative", "One that should be far from it.", dtype="float"),
        Port("input1", _SAID, role="prediction", dtype="float"),
        Port("input2", "What it is compared with.", dtype="float"),
        Port("input", _SAID, role="prediction", dtype="float"),
        Port("var", "The variance that the model says; never negative.", dtype="float"),
    )
}  # fmt: skip


def _port(cls: str, name: str) -> Port:
    plain = port_of(name)
    if plain.name == "target":
        return _TARGETS.get(cls, _TARGET)
    return _OTHERS[plain.name]


def _loss(name: str) -> Kind:
    signature, (help, *words) = SIGNATURES[name], _ABOUT[name]
    params = params_of(name, signature)
    return Kind(
        name=f"loss.{name}", family="loss", icon="loss", help=help,
        inputs=tuple(_port(name, port) for port in signature.inputs), params=params,
        imports=imports_of(params), construct=f"nn.{name}({{args}})", role="loss",
        url=f"{DOCS}{name}.html", words=tuple(words), since=since_of(name),
        refusals=refusals_of(name), on_meta=name not in NOT_ON_META,
    )  # fmt: skip


LOSSES: tuple[Kind, ...] = tuple(_loss(name) for name in _ABOUT)
