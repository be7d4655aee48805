"""Data and plan: what a run would begin with."""

from __future__ import annotations

from dataclasses import replace

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, Sheet, problem
from graphcore.analysis.rules.flow import (
    ARRANGING,
    DROPPING,
    bare,
    next_wires,
    seen_range,
)
from graphcore.analysis.rules.ways import made
from graphcore.data.splits import sizes
from graphcore.project.data import Field
from graphcore.project.edits import AddNode, Connect, Set, Together
from graphcore.project.graph import Wire
from graphcore.types import Tensor


def no_data(sheet: Sheet) -> list[Problem]:
    """A loss without data has nothing to compare."""
    if not sheet.parts.terms or sheet.project.data.source:
        return []
    text = "There is a loss but no data to train on. Choose data in the Data panel."
    return [Problem("no-data", "error", "train", "", "", text)]


LARGE = 10.0
"""Inputs beyond this make first activations, and so gradients, many times too large."""
_LEARNED = ("linear", "convolution", "recurrent", "attention")


def inputs_not_normalized(sheet: Sheet) -> list[Problem]:
    """Weights start out for inputs of about one; larger ones make the first steps wild."""
    nodes = [n for n in sheet.facts if sheet.kind(sheet.graph.nodes[n]).role == "dataset"]
    return [found for node in nodes for found in _large_fields(sheet.case(node))]


def _large_fields(case: Case) -> list[Problem]:
    found = []
    for item in case.sheet.project.data.fields:
        if not isinstance(item.type, Tensor) or item.classes or item.vocabulary_size:
            continue
        seen = seen_range(case.sheet, item)
        if seen is None or max(map(abs, seen)) <= LARGE:
            continue
        how = case.sheet.project.data.normalize.get(item.name, "none")
        reader = _learned_from(case, item)
        if reader is None or how == "standard":
            continue  # far outliers of standardized values are no matter of scale
        text = (
            f"The field “{item.name}” runs from {seen[0]:.4g} to {seen[1]:.4g} and goes into "
            f"“{reader.node.name}” as it is; weights start out for values around 1. Scale it to "
            f"0 … 1."
        )
        repairs = _scalings(item) if item.type.is_float else [_divided(reader, max(seen))]
        found.append(problem(case, "inputs_not_normalized", "warning", "", item.name, text,
                             repairs))  # fmt: skip
    return found


def _scalings(item: Field) -> list[Repair | None]:
    path = ("data", "normalize", item.name)
    repairs: list[Repair | None] = [Repair(f"Scale “{item.name}” to 0 … 1", Set(path, "unit"))]
    if item.mean and item.std:
        standard = f"Scale “{item.name}” to mean 0 and spread 1"
        repairs.append(Repair(standard, Set(path, "standard")))
    return repairs


def _divided(reader: Case, high: float) -> Repair | None:
    """A division by the highest value in front of the layer, for whole numbers."""
    wire = reader.wire(reader.kind.inputs[0].name)
    if wire is None or high <= 0:
        return None
    sheet, where = reader.sheet, f"{wire.target}.{wire.input}"
    by = made(sheet, "ops.constant", f"{where}.by", {"value": [float(high)]})
    div = made(sheet, "ops.div", where)
    div = replace(div, order=div.order + 1)
    edits = (AddNode(by, None, sheet.definition), AddNode(div, None, sheet.definition),
             Connect(replace(wire, target=div.id, input="input"), sheet.definition),
             Connect(Wire(by.id, "output", div.id, "other"), sheet.definition),
             Connect(replace(wire, source=div.id, output="output"), sheet.definition))  # fmt: skip
    return Repair(f"Divide by {high:g} before “{reader.node.name}”", Together(edits))


def _learned_from(case: Case, item: Field) -> Case | None:
    """The layer with weights that the field goes straight into."""
    waiting = [(case.sheet, Value(case.node.id, item.name))]
    while waiting:
        for where, wire in next_wires(*waiting.pop(), ARRANGING | DROPPING):
            reader = where.case(wire.target)
            if reader.kind.role == "input" or bare(reader.kind) == "cat":
                waiting.append((where, Value(reader.node.id, "output")))
            elif reader.kind.family in _LEARNED and reader.kind.role == "layer":
                return reader
    return None


# Lowest and highest learning rate that makes sense, and the default of Netwright's table.
RATES = {
    "SGD": (1e-6, 1.0, 1e-3), "ASGD": (1e-6, 1.0, 1e-2),
    "AdamW": (1e-7, 0.05, 1e-3), "Adam": (1e-7, 0.05, 1e-3), "NAdam": (1e-7, 0.05, 2e-3),
    "RAdam": (1e-7, 0.05, 1e-3), "Adamax": (1e-7, 0.1, 2e-3), "RMSprop": (1e-7, 0.05, 1e-2),
    "Adagrad": (1e-6, 1.0, 1e-2), "Adadelta": (1e-4, 10.0, 1.0), "Adafactor": (1e-7, 0.5, 1e-2),
    "Rprop": (1e-6, 1.0, 1e-2),
}  # fmt: skip


def learning_rate(sheet: Sheet) -> list[Problem]:
    """Steps too large blow the weights up, steps too small never arrive."""
    if not sheet.parts.terms:
        return []
    found = []
    for place, plan in enumerate(sheet.project.plan.objectives):
        rate, known = plan.optimizer.params.get("lr"), RATES.get(plan.optimizer.name)
        if known is None or isinstance(rate, bool) or not isinstance(rate, int | float):
            continue
        low, high, default = known
        if low <= rate <= high:
            continue
        much = "large: the loss will blow up" if rate > high else "small: nothing will be learned"
        text = (
            f"The learning rate {rate:g} is too {much}. {plan.optimizer.name} works with "
            f"{low:g} to {high:g}; {default:g} is a good start."
        )
        path = ("plan", "objectives", place, "optimizer", "params", "lr")
        repair = Repair(f"Set the learning rate to {default:g}", Set(path, default))
        found.append(Problem("learning_rate", "warning", "", "", "lr", text, (repair,)))
    return found


def leftover_batch(case: Case) -> Problem | None:
    """A last batch of one sample stops a BatchNorm that has one number a channel."""
    found, project = case.tensor("input"), case.sheet.project
    batch, data = project.plan.batch_size, project.data
    if found is None or any(cell != 1 for cell in found.dims[2:]) or batch < 2:
        return None
    count = data.samples - sum(sizes(data.samples, data.split.validation, data.split.test))
    if count % batch != 1:
        return None
    text = (
        f"{case.said} would stop at the last batch of each epoch: {count} samples in batches of "
        f"{batch} leave a single one. Choose another batch size."
    )
    others = [size for size in range(batch + 1, batch + 9) if count % size != 1]
    repairs = [  # a single sample in all is left over whatever the size
        Repair(f"Set the batch size to {other}", Set(("plan", "batch_size"), other))
        for other in others[:1]
    ]
    return problem(case, "leftover_batch", "error", "train", "input", text, repairs)
