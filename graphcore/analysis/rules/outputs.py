"""What stands at the end of a model, beside what the loss wants from it."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, problem
from graphcore.analysis.rules.flow import (
    ARRANGING,
    DROPPING,
    Range,
    bare,
    field_of,
    maker,
    next_layers,
    origin,
    seen_range,
)
from graphcore.analysis.rules.losses import culprit, without
from graphcore.analysis.rules.ranges import reach
from graphcore.analysis.rules.targets import CLASSES, REGRESSION
from graphcore.analysis.rules.ways import exchange, insert, move_before, take_out
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Set

SCORES = (CLASSES - {"loss.NLLLoss"}) | {"loss.BCEWithLogitsLoss"}
TAKEN_ELSEWHERE = frozenset(
    "softmax softmax2d softmin logsoftmax sigmoid hardsigmoid logsigmoid".split()
)


TAKEN_TWICE = TAKEN_ELSEWHERE - {"sigmoid", "hardsigmoid", "logsigmoid"}


def _end(case: Case) -> Case | None:
    """The activation that makes the loss's prediction, where it is one."""
    source = case.source("input")
    made = maker(case.sheet, source, ARRANGING | DROPPING) if source else None
    ends = ("activation", "math", "recurrent", "merge")
    is_end = made is not None and made.kind.family in ends
    return made if is_end else None


def target_range(case: Case) -> Problem | None:
    """A model can't learn values that its last activation can't give."""
    source, made = case.source("input"), _end(case)
    item = field_of(case.sheet, case.source("target"))
    if source is None or made is None or item is None:
        return None
    limits, wanted = reach(case.sheet, source), seen_range(case.sheet, item)
    if limits is None or wanted is None or _holds(limits, wanted):
        return None
    text = (
        f"{made.said} gives values {_span(limits)}, but the target “{item.name}” runs from "
        f"{wanted[0]:.3g} to {wanted[1]:.3g}: {case.said} can't come down to zero. Take the "
        f"activation off, or scale the target to fit."
    )
    repairs: list[Repair | None] = []
    if made.kind.family in ("activation", "math"):
        repairs.append(without(case, made))
    else:
        features = case.tensor("input")
        width = features.dims[-1] if features and features.dims else 1
        linear = ("nn.Linear", {"out_features": width})
        text_of_linear = "Insert a Linear before the loss"
        repairs.append(insert(case.sheet, case.wire("input"), [linear], text_of_linear))
    how = case.sheet.project.data.normalize.get(item.name, "none")
    is_float = getattr(item.type, "is_float", False)
    if _holds(limits, (0, 1)) and how != "unit" and is_float:
        edit = Set(("data", "normalize", item.name), "unit")
        repairs.append(Repair(f"Scale “{item.name}” to 0 … 1", edit))
    return problem(made, "target_range", "warning", "", "output", text, repairs)


def _holds(limits: Range, wanted: Range) -> bool:
    slack = 0.01 * max(1e-9, wanted[1] - wanted[0])
    return limits[0] <= wanted[0] + slack and limits[1] >= wanted[1] - slack


def _span(limits: Range) -> str:
    if limits[0] == -math.inf:
        return f"up to {limits[1]:.3g}"
    if limits[1] == math.inf:
        return f"from {limits[0]:.3g} up"
    return f"from {limits[0]:.3g} to {limits[1]:.3g}"


def relu_output(case: Case) -> Problem | None:
    """A ReLU at the end can die: where it gives 0, no gradient comes back to change that."""
    made = _end(case)
    if made is None or not _is_relu(made):
        return None
    item = field_of(case.sheet, case.source("target"))
    if item is None and case.kind.name in REGRESSION:
        return None  # features against features, both after a ReLU, is sound
    wanted = seen_range(case.sheet, item) if item else None
    limits = reach(made.sheet, Value(made.node.id, "output"))
    if case.kind.name in REGRESSION and wanted and limits and not _holds(limits, wanted):
        return None  # target_range says it with numbers
    what = "the value" if case.kind.name in REGRESSION else "scores"
    text = (
        f"{made.said} stands at the end, before {case.said}: {what} can't be negative, and where "
        f"the ReLU gives 0 nothing is learned. Take it off"
    )
    text += ", or use Softplus." if case.kind.name in REGRESSION else "."
    repairs: list[Repair | None] = [without(case, made)]
    if case.kind.name in REGRESSION:
        repairs.append(exchange(made.sheet, made.node, "nn.Softplus"))
    return problem(made, "relu_output", "warning", "", "output", text, repairs)


def _is_relu(made: Case) -> bool:
    """Whether a node is flat below 0: also a clamp at 0, and the larger one of it and 0."""
    if bare(made.kind) == "clamp":
        low, high = made.param("min"), made.param("max")
        return low == 0 and isinstance(high, int | float) and high >= UNLIMITED
    return bare(made.kind) in ("relu", "relu6")


UNLIMITED = 1e6
LEAST_REACH = 4.0  # a score of 4 is a probability of .982; below that sure answers are impossible


def bounded_scores(case: Case) -> Problem | None:
    """Scores need the whole line: cut-off ones can't become sure probabilities."""
    made, source = _end(case), case.source("input")
    if made is None or source is None or made.kind.family not in ("activation", "math"):
        return None
    taken = TAKEN_TWICE if case.kind.name == "loss.CrossEntropyLoss" else TAKEN_ELSEWHERE
    limits = reach(case.sheet, source)
    if limits is None or _is_relu(made) or culprit(case, taken):
        return None
    low, high = limits
    yes_no = case.kind.name == "loss.BCEWithLogitsLoss"
    is_wide = low <= -LEAST_REACH and high >= LEAST_REACH if yes_no else high - low >= 8
    if is_wide:
        return None
    text = (
        f"{made.said} keeps the scores for {case.said} {_span(limits)}, so the model can never be "
        f"sure. Take the activation off: the loss turns scores into probabilities itself."
    )
    return problem(made, "bounded_scores", "warning", "", "output", text, [without(case, made)])


_HARMLESS = ARRANGING | TAKEN_ELSEWHERE | {"tanh"}


def dropout_last(case: Case) -> Problem | None:
    """Dropout behind the last layer zeroes answers themselves, not what they are made of."""
    source = case.source("input")
    if source is None or (case.kind.role == "output" and case.sheet.definition != MAIN):
        return None
    where, value = origin(case.sheet, source, _HARMLESS)
    made = where.case(value.node)
    before = made.source("input")
    if bare(made.kind) not in DROPPING or not made.param("p") or before is None:
        return None
    layer = maker(where, before, _HARMLESS | DROPPING)
    if not _gives_answers(layer) or not _only_ends(next_layers(where, value, _HARMLESS)):
        return None
    text = (
        f"{made.said} stands behind the last layer: it zeroes {_share(made)} of the answers at "
        f"random before “{case.node.name}” sees them. Put it before the last layer, or take it out."
    )
    ahead = layer.sheet is where and layer.kind.family in ("linear", "convolution")
    move = move_before(where, made.node, layer.node) if ahead else None
    repairs = [take_out(where, made.node.id), move]
    return problem(made, "dropout_last", "warning", "", "input", text, repairs)


def _gives_answers(layer: Case) -> bool:
    return layer.kind.family in ("linear", "convolution") or bare(layer.kind) == "add"


def _only_ends(readers: list[Case]) -> bool:
    return all(r.kind.is_term or r.kind.role == "output" for r in readers)


def _share(case: Case) -> str:
    p = case.param("p")
    return f"{p:.0%}" if isinstance(p, int | float) else "some"
