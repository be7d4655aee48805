"""What stands at the end of a model, beside what the loss wants from it."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, Sheet, problem
from graphcore.analysis.rules.flow import (
    ARRANGING,
    DROPPING,
    Range,
    bare,
    field_of,
    maker,
    reach,
    seen_range,
    trace,
)
from graphcore.analysis.rules.losses import CLASSES, REGRESSION
from graphcore.analysis.rules.ways import exchange, move_before, take_out
from graphcore.project.edits import Set
from graphcore.project.graph import Node, Wire

SCORES = (CLASSES - {"loss.NLLLoss"}) | {"loss.BCEWithLogitsLoss"}
TAKEN_ELSEWHERE = frozenset(
    "softmax softmax2d softmin logsoftmax sigmoid hardsigmoid logsigmoid".split()
)


def reader_of(case: Case, culprit: Node) -> Wire | None:
    """The wire by which a node's value leaves for this loss."""
    wire = case.wire("input")
    while wire is not None and wire.source != culprit.id:
        wire = case.sheet.first_wire(wire.source)
    return wire


def _end(case: Case) -> Case | None:
    """The activation that makes the loss's prediction, where it is one."""
    source = case.source("input")
    made = maker(case.sheet, source, ARRANGING | DROPPING) if source else None
    is_end = made is not None and made.kind.family in ("activation", "math", "recurrent")
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
    if made.kind.family != "recurrent":
        out = take_out(case.sheet, made.node.id, reader=reader_of(case, made.node))
        repairs.append(out)
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
    if made is None or bare(made.kind) not in ("relu", "relu6"):
        return None
    item = field_of(case.sheet, case.source("target"))
    if item is None and case.kind.name in REGRESSION:
        return None  # features against features, both after a ReLU, is sound
    wanted = seen_range(case.sheet, item) if item else None
    limits = reach(case.sheet, Value(made.node.id, "output"))
    if case.kind.name in REGRESSION and wanted and limits and not _holds(limits, wanted):
        return None  # target_range says it with numbers
    what = "the value" if case.kind.name in REGRESSION else "scores"
    text = (
        f"{made.said} stands at the end, before {case.said}: {what} can't be negative, and where "
        f"the ReLU gives 0 nothing is learned. Take it off"
    )
    text += ", or use Softplus." if case.kind.name in REGRESSION else "."
    repairs: list[Repair | None] = [
        take_out(case.sheet, made.node.id, reader=reader_of(case, made.node))
    ]
    if case.kind.name in REGRESSION:
        repairs.append(exchange(case.sheet, made.node, "nn.Softplus"))
    return problem(made, "relu_output", "warning", "", "output", text, repairs)


LEAST_REACH = 4.0  # a score of 4 is a probability of .982; below that sure answers are impossible


def bounded_scores(case: Case) -> Problem | None:
    """Scores need the whole line: cut-off ones can't become sure probabilities."""
    made, source = _end(case), case.source("input")
    if made is None or source is None or bare(made.kind) in TAKEN_ELSEWHERE | {"relu", "relu6"}:
        if made is None or bare(made.kind) not in ("sigmoid", "hardsigmoid"):
            return None
        if case.kind.name != "loss.CrossEntropyLoss" or source is None:
            return None
    limits = reach(case.sheet, source)
    if limits is None or made.kind.family == "recurrent":
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
    out = take_out(case.sheet, made.node.id, reader=reader_of(case, made.node))
    return problem(made, "bounded_scores", "warning", "", "output", text, [out])


def dropout_last(case: Case) -> Problem | None:
    """Dropout behind the last layer zeroes answers themselves, not what they are made of."""
    sheet = case.sheet
    if not _is_dropping(case) or not _has_weights_before(sheet, case.node):
        return None
    reader = _ends_in(sheet, case.node)
    if reader is None:
        return None
    text = (
        f"{case.said} stands behind the last layer: it zeroes {_share(case)} of the answers at "
        f"random before “{reader}” sees them. Put it before the last layer, or take it out."
    )
    repairs: list[Repair | None] = [take_out(sheet, case.node.id), _before_last(case)]
    return problem(case, "dropout_last", "warning", "", "input", text, repairs)


def _is_dropping(case: Case) -> bool:
    return bare(case.kind) in DROPPING and bool(case.param("p"))


def _share(case: Case) -> str:
    p = case.param("p")
    return f"{p:.0%}" if isinstance(p, int | float) else "some"


_HARMLESS = ARRANGING | TAKEN_ELSEWHERE | {"tanh"}


def _ends_in(sheet: Sheet, node: Node) -> str | None:
    """The loss or Output that a node's value ends in, when nothing else computes with it."""
    found = None
    waiting = list(sheet.readers.get(node.id, ()))
    while waiting:
        target = sheet.graph.nodes[waiting.pop().target]
        kind = sheet.kind(target)
        if kind.is_term or kind.role == "output":
            is_main = sheet.definition == "main"
            found = target.name if kind.is_term or is_main else found
        elif bare(kind) in _HARMLESS or sheet.settled(target, "bypass"):
            waiting.extend(sheet.readers.get(target.id, ()))
        else:
            return None
    return found


def _has_weights_before(sheet: Sheet, node: Node) -> bool:
    """Whether the dropped value comes straight from a layer with weights."""
    source = sheet.first_wire(node.id)
    if source is None:
        return False
    chain = trace(sheet, Value(source.source, source.output), _HARMLESS | DROPPING)
    return sheet.kind(chain[-1]).family in ("linear", "convolution")


def _before_last(case: Case) -> Repair | None:
    """The dropout moved before the layer that it stands behind."""
    source = case.sheet.first_wire(case.node.id)
    if source is None:
        return None
    chain = trace(case.sheet, Value(source.source, source.output), _HARMLESS | DROPPING)
    return move_before(case.sheet, case.node, chain[-1])
