"""Losses of torch.nn, as torch 2.13.0 has them. Written by .ci/catalog.py; not by hand.

graphcore/kinds/signature.py says how to read a row.
"""

from __future__ import annotations

from graphcore.kinds.signature import Signature

TORCH = "2.13.0"

LOSSES: dict[str, Signature] = {
    "BCELoss": Signature(
        ("input", "target"),
        (("weight", "tensor?", None), ("reduction", "str", "mean")),
    ),
    "BCEWithLogitsLoss": Signature(
        ("input", "target"),
        (
            ("weight", "tensor?", None),
            ("reduction", "str", "mean"),
            ("pos_weight", "tensor?", None),
        ),
    ),
    "CTCLoss": Signature(
        ("log_probs", "targets", "input_lengths", "target_lengths"),
        (("blank", "int", 0), ("reduction", "str", "mean"), ("zero_infinity", "bool", False)),
    ),
    "CosineEmbeddingLoss": Signature(
        ("input1", "input2", "target"),
        (("margin", "float", 0.0), ("reduction", "str", "mean")),
    ),
    "CrossEntropyLoss": Signature(
        ("input", "target"),
        (
            ("weight", "tensor?", None),
            ("ignore_index", "int", -100),
            ("reduction", "str", "mean"),
            ("label_smoothing", "float", 0.0),
        ),
    ),
    "GaussianNLLLoss": Signature(
        ("input", "target", "var"),
        (("full", "bool", False), ("eps", "float", 1e-06), ("reduction", "str", "mean")),
    ),
    "HingeEmbeddingLoss": Signature(
        ("input", "target"),
        (("margin", "float", 1.0), ("reduction", "str", "mean")),
    ),
    "HuberLoss": Signature(
        ("input", "target"),
        (("reduction", "str", "mean"), ("delta", "float", 1.0)),
    ),
    "KLDivLoss": Signature(
        ("input", "target"),
        (("reduction", "str", "mean"), ("log_target", "bool", False)),
    ),
    "L1Loss": Signature(("input", "target"), (("reduction", "str", "mean"),)),
    "LinearCrossEntropyLoss": Signature(
        ("input", "target"),
        (
            ("in_features", "int"),
            ("num_classes", "int"),
            ("out_features", "ints", ()),
            ("bias", "bool", False),
            ("reduction", "str", "mean"),
            ("weight", "tensor?", None),
            ("ignore_index", "int?", None),
            ("label_smoothing", "float", 0.0),
        ),
    ),
    "MSELoss": Signature(("input", "target"), (("reduction", "str", "mean"),)),
    "MarginRankingLoss": Signature(
        ("input1", "input2", "target"),
        (("margin", "float", 0.0), ("reduction", "str", "mean")),
    ),
    "MultiLabelMarginLoss": Signature(("input", "target"), (("reduction", "str", "mean"),)),
    "MultiLabelSoftMarginLoss": Signature(
        ("input", "target"),
        (("weight", "tensor?", None), ("reduction", "str", "mean")),
    ),
    "MultiMarginLoss": Signature(
        ("input", "target"),
        (
            ("p", "int", 1),
            ("margin", "float", 1.0),
            ("weight", "tensor?", None),
            ("reduction", "str", "mean"),
        ),
    ),
    "NLLLoss": Signature(
        ("input", "target"),
        (("weight", "tensor?", None), ("ignore_index", "int", -100), ("reduction", "str", "mean")),
    ),
    "PoissonNLLLoss": Signature(
        ("log_input", "target"),
        (
            ("log_input", "bool", True),
            ("full", "bool", False),
            ("eps", "float", 1e-08),
            ("reduction", "str", "mean"),
        ),
    ),
    "SmoothL1Loss": Signature(
        ("input", "target"),
        (("reduction", "str", "mean"), ("beta", "float", 1.0)),
    ),
    "SoftMarginLoss": Signature(("input", "target"), (("reduction", "str", "mean"),)),
    "TripletMarginLoss": Signature(
        ("anchor", "positive", "negative"),
        (
            ("margin", "float", 1.0),
            ("p", "float", 2.0),
            ("eps", "float", 1e-06),
            ("swap", "bool", False),
            ("reduction", "str", "mean"),
        ),
    ),
    "TripletMarginWithDistanceLoss": Signature(
        ("anchor", "positive", "negative"),
        (
            ("distance_function", "function?", None),
            ("margin", "float", 1.0),
            ("swap", "bool", False),
            ("reduction", "str", "mean"),
        ),
    ),
}
