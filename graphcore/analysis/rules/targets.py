"""What a loss compares: shapes, dtypes, and as many scores as classes."""

from __future__ import annotations

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import ARRANGING, DROPPING, field_of, maker
from graphcore.analysis.rules.shapes import last_layer, last_layers
from graphcore.analysis.rules.ways import exchange, insert
from graphcore.kinds.formula import Formula
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Connect, SetParam, Together
from graphcore.project.graph import Wire
from graphcore.types import INTEGERS, Tensor

CLASSES = frozenset(("loss.CrossEntropyLoss", "loss.NLLLoss"))
LABELLED = CLASSES | {"loss.MultiMarginLoss"}
ELEMENTWISE = frozenset(
    ("loss.MSELoss", "loss.L1Loss", "loss.SmoothL1Loss", "loss.HuberLoss", "loss.BCELoss",
     "loss.BCEWithLogitsLoss")
)  # fmt: skip
PAIRED = ELEMENTWISE | {
    "loss.SoftMarginLoss", "loss.KLDivLoss", "loss.PoissonNLLLoss", "loss.HingeEmbeddingLoss",
    "loss.MultiLabelSoftMarginLoss",
}  # fmt: skip
REGRESSION = ELEMENTWISE - {"loss.BCELoss", "loss.BCEWithLogitsLoss"}


def scores(case: Case) -> Problem | None:
    """Class scores are [B, classes, …] against labels [B, …]: one label for each set of scores."""
    said, label = case.tensor("input"), case.tensor("target")
    if said is None or label is None:
        return None
    if label.dtype not in INTEGERS:
        return _label_not_whole(case, said, label)
    if said.dims == label.dims and case.kind.name == "loss.CrossEntropyLoss":
        return _shares_not_decimal(case, label)
    if len(said.dims) == len(label.dims) + 1 and said.dims[2:] == label.dims[1:]:
        return _label_too_small(case, label)
    text = (
        f"{case.said} needs scores of [B, classes] with one label each, but gets scores "
        f"{shown(said)} from “{case.feeder('input')}” for labels {shown(label)}."
    )
    hints, repairs = _scores_to_labels(case, said, label)
    return problem(case, "scores", "error", "train", "input", f"{text} {hints}".strip(), repairs)


def _label_too_small(case: Case, label: Tensor) -> Problem | None:
    """Class numbers are looked up by int64 or bytes; torch takes no other whole numbers."""
    if label.dtype in ("int64", "uint8"):
        return None
    text = (
        f"{case.said} needs labels of int64 but gets {shown(label)} from "
        f"“{case.feeder('target')}”. Put “to int64” before it."
    )
    cast = insert(case.sheet, case.wire("target"), [("ops.to", {"dtype": "int64"})],
                  "Cast the target to int64")  # fmt: skip
    return problem(case, "target_dtype", "error", "train", "target", text, [cast])


def _shares_not_decimal(case: Case, label: Tensor) -> Problem | None:
    """A target with a number for each class holds shares, which are decimal numbers."""
    text = (
        f"{case.said} gets a number for each class as target, {shown(label)} from "
        f"“{case.feeder('target')}”: such shares must be decimal numbers. Cast it to float32, or "
        f"take the number of the true class by argmax."
    )
    wire = case.wire("target")
    repairs = [insert(case.sheet, wire, [("ops.to", {"dtype": "float32"})],
                      "Cast the target to float32"),
               insert(case.sheet, wire, [("ops.argmax", {"dim": 1})],
                      "Take the number of the true class")]  # fmt: skip
    return problem(case, "target_dtype", "error", "train", "target", text, repairs)


def _scores_to_labels(
    case: Case, said: Tensor, label: Tensor
) -> tuple[str, list[Repair | None]]:  # fmt: skip
    sheet, wire = case.sheet, case.wire("input")
    last = last_layer(case, "input")
    into_last = sheet.first_wire(last.id) if last else None
    extra = len(said.dims) - len(label.dims) - 1
    repairs: list[Repair | None] = []
    if len(label.dims) > 2 and label.dims[1] == 1 and extra == -1:
        repairs.append(insert(sheet, case.wire("target"), [("ops.squeeze", {"dim": 1})],
                              "Drop the channel axis of the labels"))  # fmt: skip
        return "The labels have an axis too many.", repairs
    cells = label.dims[1:]
    if extra == 0 and len(said.dims) > 3 and all(isinstance(c, int) for c in cells):
        larger = ("nn.Upsample", {"size": cells, "scale_factor": None})
        repairs.append(insert(sheet, wire, [larger],
                              f"Enlarge the scores to {'×'.join(map(str, cells))}"))  # fmt: skip
        return "Each label needs its own scores.", repairs
    if len(said.dims) == 2 and len(label.dims) == 2:
        flat = ("ops.flatten", {"start_dim": 0, "end_dim": 1})
        repairs.append(insert(sheet, case.wire("target"), [flat], "Flatten the labels too"))
        return "The scores are flattened, the labels are not.", repairs
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
    if not true.is_float and case.kind.name in ELEMENTWISE:
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
    text = f"{case.said} gets {size} scores, but “{item.name}” has {item.classes} classes."
    repairs: list[Repair | None] = []
    layers = last_layers(case, "input")
    if layers:
        formula = Formula(f"{item.name}.classes")
        edits = [_outputs_set(layer, formula, item.classes) for layer in layers]
        names = " and ".join(f"{edit.name} of “{layer.node.name}”"
                             for edit, layer in zip(edits, layers, strict=True))  # fmt: skip
        text += f" Set {names} to {item.classes}."
        wish = f"Set {names} to {edits[0].value}"
        wish += f" ({item.classes})" if edits[0].value == formula else ""
        repairs.append(Repair(wish, edits[0] if len(edits) == 1 else Together(tuple(edits))))
    few = size < item.classes
    return problem(case, "classes", "error" if few else "warning", "train" if few else "",
                   "input", text, repairs)  # fmt: skip


def _outputs_set(layer: Case, formula: Formula, count: int) -> SetParam:
    """As many outputs as classes; inside a block, which knows no fields, as a number."""
    name = next(p for p in ("out_features", "out_channels") if p in layer.node.params)
    value = formula if layer.sheet.definition == MAIN else count
    return SetParam(layer.node.id, name, value, layer.sheet.definition)
