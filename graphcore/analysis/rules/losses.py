"""What a loss compares: shapes, dtypes, and what its prediction must be."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import ARRANGING, DROPPING, bare, field_of, maker, reach
from graphcore.analysis.rules.shapes import last_layer
from graphcore.analysis.rules.ways import exchange, insert, take_out
from graphcore.kinds.formula import Formula
from graphcore.project.edits import Connect, SetParam
from graphcore.project.graph import Node, Wire
from graphcore.types import INTEGERS, Tensor

CLASSES = frozenset(("loss.CrossEntropyLoss", "loss.NLLLoss"))
ELEMENTWISE = frozenset(
    ("loss.MSELoss", "loss.L1Loss", "loss.SmoothL1Loss", "loss.HuberLoss", "loss.BCELoss",
     "loss.BCEWithLogitsLoss")
)  # fmt: skip
REGRESSION = ELEMENTWISE - {"loss.BCELoss", "loss.BCEWithLogitsLoss"}


def scores(case: Case) -> Problem | None:
    """Class scores are [B, classes, …] against labels [B, …]: one label for each set of scores."""
    said, label = case.tensor("input"), case.tensor("target")
    if said is None or label is None:
        return None
    if label.dtype not in INTEGERS:
        return _label_not_whole(case, said, label)
    if len(said.dims) == len(label.dims) + 1 and said.dims[2:] == label.dims[1:]:
        return None
    text = (
        f"{case.said} needs scores of [B, classes] with one label each, but gets scores "
        f"{shown(said)} from “{case.feeder('input')}” for labels {shown(label)}."
    )
    hints, repairs = _scores_to_labels(case, said, label)
    return problem(case, "scores", "error", "train", "input", f"{text} {hints}".strip(), repairs)


def _scores_to_labels(
    case: Case, said: Tensor, label: Tensor
) -> tuple[str, list[Repair | None]]:  # fmt: skip
    sheet, wire = case.sheet, case.wire("input")
    last = last_layer(case, "input")
    into_last = sheet.first_wire(last.id) if last else None
    extra = len(said.dims) - len(label.dims) - 1
    repairs: list[Repair | None] = []
    if len(said.dims) == 3 and len(label.dims) == 2 and said.dims[1] == label.dims[1]:
        repairs.append(insert(sheet, wire, [("ops.permute", {"dims": (0, 2, 1)})],
                              "Permute the classes to axis 1"))  # fmt: skip
        return "The classes must stand at axis 1.", repairs
    if len(label.dims) == 2 and label.dims[1] == 1 and len(said.dims) == 2:
        repairs.append(insert(sheet, case.wire("target"), [("ops.squeeze", {"dim": -1})],
                              "Drop the last axis of the labels"))  # fmt: skip
        return "The labels have an axis too many.", repairs
    if extra > 0 and last is not None and last.kind == "nn.Linear":
        name = last.name
        if extra == 1:
            repairs.append(insert(sheet, into_last, [("ops.select", {"dim": 1, "index": -1})],
                                  f"Take the last step before “{name}”"))  # fmt: skip
            if not _is_recurrent(case, into_last):
                repairs.pop()
        repairs.append(insert(sheet, into_last, [("nn.Flatten", {})],
                              f"Insert Flatten before “{name}”"))  # fmt: skip
        return f"Flatten the map before “{name}”.", repairs
    if extra == 2 and len(said.dims) == 4:
        chain = [("nn.AdaptiveAvgPool2d", {"output_size": (1, 1)}), ("nn.Flatten", {})]
        repairs.append(insert(sheet, wire, chain, "Pool the map to one score a class"))
    return "", repairs


def _is_recurrent(case: Case, wire: Wire | None) -> bool:
    return wire is not None and maker(
        case.sheet, Value(wire.source, wire.output), ARRANGING | DROPPING
    ).kind.family in ("recurrent", "attention", "embedding")


def _label_not_whole(case: Case, said: Tensor, label: Tensor) -> Problem | None:
    """Decimal targets are shares of each class and need the shape of the scores."""
    if case.kind.name == "loss.CrossEntropyLoss" and said.dims == label.dims:
        return None
    text = (
        f"{case.said} needs the number of the true class, a whole number, as target but gets "
        f"{shown(label)} from “{case.feeder('target')}”. Put “to int64” before it, or use MSELoss "
        f"if the target is a measure."
    )
    repairs: list[Repair | None] = [_to_label(case)]
    target = case.wire("target")
    repairs.append(insert(case.sheet, target, [("ops.to", {"dtype": "int64"})],
                          "Cast the target to int64"))  # fmt: skip
    repairs.append(exchange(case.sheet, case.node, "loss.MSELoss"))
    return problem(case, "target_dtype", "error", "train", "target", text, repairs)


def _to_label(case: Case) -> Repair | None:
    """Take the target from the field with classes instead."""
    sheet, wire = case.sheet, case.wire("target")
    if wire is None:
        return None
    data = next((n for n in sheet.graph.nodes.values() if sheet.kind(n).role == "dataset"), None)
    field = next((f for f in sheet.project.data.fields if f.classes), None)
    if data is None or field is None or wire.output == field.name:
        return None
    edit = Connect(Wire(data.id, field.name, case.node.id, "target"), sheet.definition)
    return Repair(f"Take the field “{field.name}” as target", edit)


def pairs(case: Case) -> Problem | None:
    """These losses compare element by element; sizes of 1 would be repeated silently."""
    said, true = case.tensor("input"), case.tensor("target")
    if said is None or true is None:
        return None
    if said.dims != true.dims:
        text = (
            f"{case.said} compares {shown(said)} from “{case.feeder('input')}” with {shown(true)} "
            f"from “{case.feeder('target')}”; shapes must be equal."
        )
        return problem(case, "pairs", "error", "train", "target", text,
                       _paired(case, said, true))  # fmt: skip
    if not true.is_float:
        text = (
            f"{case.said} needs a target of decimal numbers but gets {shown(true)}. Put “to "
            f"float32” before it, or use CrossEntropyLoss for classes."
        )
        cast = insert(case.sheet, case.wire("target"), [("ops.to", {"dtype": "float32"})],
                      "Cast the target to float32")  # fmt: skip
        return problem(case, "target_dtype", "error", "train", "target", text, [cast])
    return None


def _paired(case: Case, said: Tensor, true: Tensor) -> list[Repair | None]:
    sheet, wire, target = case.sheet, case.wire("input"), case.wire("target")
    item = field_of(sheet, case.source("target"))
    repairs: list[Repair | None] = []
    if item is not None and item.classes and said.dims[:1] == true.dims and item.classes > 2:
        repairs.append(exchange(sheet, case.node, "loss.CrossEntropyLoss"))
    cast = [] if true.is_float else [("ops.to", {"dtype": "float32"})]
    if said.dims[:-1] == true.dims and said.dims[-1] == 1:
        squeeze = [("ops.squeeze", {"dim": -1})]
        if not cast:
            text = "Drop the last axis of the prediction"
            repairs.append(insert(sheet, wire, squeeze, text))
        repairs.append(insert(sheet, target, [*cast, ("ops.unsqueeze", {"dim": -1})],
                              "Add an axis to the target"))  # fmt: skip
    if true.dims[:-1] == said.dims and true.dims[-1:] == (1,):
        repairs.append(insert(sheet, wire, [("ops.unsqueeze", {"dim": -1})],
                              "Add an axis to the prediction"))  # fmt: skip
    repairs.append(_as_many_outputs(case, said, true))
    shape = tuple(dim for dim in true.dims[1:] if isinstance(dim, int))
    if len(said.dims) == 2 and len(shape) == len(true.dims) - 1 > 1:
        unflatten = ("nn.Unflatten", {"dim": 1, "unflattened_size": shape})
        repairs.append(insert(sheet, wire, [unflatten],
                              "Unflatten the prediction to the shape of the target"))  # fmt: skip
        repairs.append(insert(sheet, target, [("nn.Flatten", {})], "Flatten the target"))
    return repairs


def _as_many_outputs(case: Case, said: Tensor, true: Tensor) -> Repair | None:
    last = last_layer(case, "input")
    if last is None or len(said.dims) != len(true.dims):
        return None
    name, axis = ("out_features", -1) if "out_features" in last.params else ("out_channels", 1)
    if len(true.dims) < 2 or not isinstance(true.dims[axis], int):
        return None
    wish = f"Set {name} of “{last.name}” to {true.dims[axis]}"
    return Repair(wish, SetParam(last.id, name, true.dims[axis], case.sheet.definition))


def classes(case: Case) -> Problem | None:
    """A class needs a score of its own; with more scores than classes some are never true."""
    said, item = case.tensor("input"), field_of(case.sheet, case.source("target"))
    if said is None or len(said.dims) < 2:
        return None
    size = said.dims[1]
    label = case.tensor("target")
    whole = label is not None and label.dtype in INTEGERS
    if whole and size == 1 and (item is None or not item.classes):
        text = (
            f"{case.said} gets one score for each sample: softmax of one score is always 1, so the "
            f"loss is always 0. Use one output a class, or BCEWithLogitsLoss for yes or no."
        )
        return problem(case, "classes", "warning", "", "input", text)
    if item is None or item.classes is None or not isinstance(size, int) or size == item.classes:
        return None
    last = last_layer(case, "input")
    text = f"{case.said} gets {size} scores, but “{item.name}” has {item.classes} classes."
    repairs: list[Repair | None] = []
    if last is not None:
        name = next(p for p in ("out_features", "out_channels") if p in last.params)
        formula = Formula(f"{item.name}.classes")
        text += f" Set {name} of “{last.name}” to {item.classes}."
        wish = f"Set {name} of “{last.name}” to {formula} ({item.classes})"
        repairs.append(Repair(wish, SetParam(last.id, name, formula, case.sheet.definition)))
    few = size < item.classes
    return problem(case, "classes", "error" if few else "warning", "train" if few else "",
                   "input", text, repairs)  # fmt: skip


_SHARES = frozenset(("softmax", "softmax2d", "softmin"))


def _loss_reader(case: Case, culprit: Node) -> Wire | None:
    """The wire by which the culprit's value leaves for this loss."""
    wire = case.wire("input")
    while wire is not None and wire.source != culprit.id:
        wire = case.sheet.first_wire(wire.source)
    return wire


def softmax_before_loss(case: Case) -> Problem | None:
    """CrossEntropyLoss takes the log-softmax itself; twice flattens the gradient."""
    source = case.source("input")
    if source is None:
        return None
    made = maker(case.sheet, source, ARRANGING | DROPPING)
    name = bare(made.kind)
    if name not in _SHARES | {"logsoftmax"}:
        return None
    out = take_out(case.sheet, made.node.id, reader=_loss_reader(case, made.node))
    if name == "logsoftmax":
        text = (
            f"{made.said} comes before {case.said}, which takes the log-softmax itself: the second "
            f"one only costs time. Take one off, or use NLLLoss."
        )
        repairs = [out, exchange(case.sheet, case.node, "loss.NLLLoss",
                                 text="Use NLLLoss instead of CrossEntropyLoss")]  # fmt: skip
    else:
        text = (
            f"{made.said} comes before {case.said}, which takes a softmax itself: with two the "
            f"loss can't fall below {_least_loss(case)} and training is slow. Give it the scores."
        )
        repairs = [out]
    return problem(made, "softmax_before_loss", "warning", "", "input", text, repairs)


def _least_loss(case: Case) -> str:
    said = case.tensor("input")
    count = said.dims[1] if said and len(said.dims) > 1 else None
    if not isinstance(count, int) or count < 2:
        return "a limit"
    return f"{math.log(1 + (count - 1) / math.e):.2f}"


def nll_without_log(case: Case) -> Problem | None:
    """NLLLoss only picks the true class's value: it must be a log-probability."""
    source = case.source("input")
    if source is None:
        return None
    made = maker(case.sheet, source, ARRANGING | DROPPING)
    name = bare(made.kind)
    weighty = made.kind.family in ("linear", "convolution", "normalization")
    if name not in _SHARES and not weighty and name not in ("relu", "sigmoid", "tanh"):
        return None
    text = (
        f"{case.said} needs logarithms of probabilities, but {made.said} gives "
        f"{'probabilities' if name in _SHARES else 'plain scores'}. The loss would fall without "
        f"limit. Use CrossEntropyLoss on scores, or LogSoftmax before it."
    )
    log = insert(case.sheet, case.wire("input"), [("nn.LogSoftmax", {"dim": 1})],
                 "Insert LogSoftmax before the loss")  # fmt: skip
    if name in _SHARES:
        log = exchange(case.sheet, made.node, "nn.LogSoftmax")
    cross = exchange(case.sheet, case.node, "loss.CrossEntropyLoss",
                     text="Use CrossEntropyLoss, which takes plain scores")  # fmt: skip
    return problem(case, "nll_without_log", "warning", "", "input", text, [cross, log])


def sigmoid_before_loss(case: Case) -> Problem | None:
    """BCEWithLogitsLoss takes the sigmoid itself; twice keeps every answer near undecided."""
    source = case.source("input")
    if source is None:
        return None
    made = maker(case.sheet, source, ARRANGING | DROPPING)
    if bare(made.kind) not in _SHARES | {"sigmoid", "hardsigmoid", "logsigmoid"}:
        return None
    text = (
        f"{made.said} comes before {case.said}, which takes a sigmoid itself: with two, answers "
        f"stay between 0.50 and 0.73. Take it off, or use BCELoss."
    )
    repairs = [
        take_out(case.sheet, made.node.id, reader=_loss_reader(case, made.node)),
        exchange(case.sheet, case.node, "loss.BCELoss",
                 text="Use BCELoss, which takes probabilities"),
    ]  # fmt: skip
    return problem(made, "sigmoid_before_loss", "warning", "", "input", text, repairs)


def bce_without_sigmoid(case: Case) -> Problem | None:
    """BCELoss takes logarithms of its input, so that must lie between 0 and 1."""
    source = case.source("input")
    limits = reach(case.sheet, source) if source else None
    if limits is None or (limits[0] >= 0 and limits[1] <= 1):
        return None
    made = maker(case.sheet, source, ARRANGING | DROPPING) if source else case
    text = (
        f"{case.said} needs probabilities between 0 and 1, but “{made.node.name}” gives values "
        f"from {_end(limits[0])} to {_end(limits[1])}; training would stop. Use BCEWithLogitsLoss, "
        f"or put a Sigmoid before it."
    )
    logits = exchange(case.sheet, case.node, "loss.BCEWithLogitsLoss",
                      text="Use BCEWithLogitsLoss, which takes plain scores")  # fmt: skip
    wire = case.wire("input")
    sigmoid = insert(case.sheet, wire, [("nn.Sigmoid", {})], "Insert Sigmoid before the loss")
    if made.kind.family == "activation":
        sigmoid = exchange(case.sheet, made.node, "nn.Sigmoid")
    return problem(case, "bce_without_sigmoid", "error", "train", "input", text, [logits, sigmoid])


def _end(value: float) -> str:
    if value in (float("inf"), float("-inf")):
        return "any negative number" if value < 0 else "any number"
    return f"{value:.3g}"
