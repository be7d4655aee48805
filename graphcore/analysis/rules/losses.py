"""What must and must not stand between the last layer and a loss."""

from __future__ import annotations

import math
from dataclasses import replace

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem
from graphcore.analysis.rules.flow import ARRANGING, DROPPING, SCALING, bare, maker
from graphcore.analysis.rules.ranges import reach, shares_of
from graphcore.analysis.rules.ways import exchange, insert, take_out
from graphcore.project.edits import Connect, Edit, RemoveNode, Together
from graphcore.project.graph import NodeId, Wire

LOGS = frozenset(("loss.NLLLoss", "loss.KLDivLoss"))
LOGITS = frozenset(("loss.BCEWithLogitsLoss", "loss.MultiLabelSoftMarginLoss"))
_SHARES = frozenset(("softmax", "softmax2d", "softmin", "gumbelsoftmax"))
_HANDED_ON = ARRANGING | DROPPING | SCALING | {"clamp", "log", "clone", "nantonum"}
"""What may stand between an activation and a loss without making it another one."""


def culprit(case: Case, names: frozenset[str]) -> Case | None:
    """The activation of those names that a loss's prediction comes from, also inside a block."""
    source = case.source("input")
    if source is None:
        return None
    made = maker(case.sheet, source, _HANDED_ON)
    return made if bare(made.kind) in names else None


def without(case: Case, made: Case) -> Repair:
    """The node gone, or for this loss only where others read it too.

    A logarithm or a clamp behind it goes as well: it has no meaning on plain scores.
    """
    wires = _way(case, made)
    kinds = [bare(case.sheet.case(wire.source).kind) for wire in wires]
    first = next((i for i, name in enumerate(kinds) if name in ("log", "clamp")), None)
    into = made.sheet.first_wire(made.node.id)
    if first is None or into is None:
        return take_out(made.sheet, made.node.id, reader=wires[-1] if wires else None)
    around = replace(wires[first], source=into.source, output=into.output)
    alone = all(len(case.sheet.readers.get(wire.source, ())) == 1 for wire in wires[first:])
    gone = [wire.source for wire in wires[first:]] if alone else []
    edits: list[Edit] = [Connect(around, case.sheet.definition)]
    edits += [RemoveNode(node, case.sheet.definition) for node in gone]
    names = " and ".join(f"“{case.sheet.graph.nodes[w.source].name}”" for w in wires[first:])
    return Repair(f"Take {names} out", Together(tuple(edits)))


def _way(case: Case, made: Case) -> list[Wire]:
    """The wires from a loss up to the node, where both are in one drawing."""
    wire = case.wire("input") if made.sheet is case.sheet else None
    found: list[Wire] = []
    while wire is not None:
        found.append(wire)
        if wire.source == made.node.id:
            return found
        wire = case.sheet.first_wire(wire.source)
    return []


def softmax_before_loss(case: Case) -> Problem | None:
    """CrossEntropyLoss takes the log-softmax itself; twice flattens the gradient."""
    made = culprit(case, _SHARES | {"logsoftmax", "div"})
    if made is None:
        return None
    name = bare(made.kind)
    if name == "div":
        return _softmax_by_hand(case, made)
    if name == "logsoftmax":
        text = (
            f"{made.said} comes before {case.said}, which takes the log-softmax itself: the second "
            f"one only costs time. Take one off, or use NLLLoss."
        )
        repairs = [without(case, made), exchange(case.sheet, case.node, "loss.NLLLoss",
                                 text="Use NLLLoss instead of CrossEntropyLoss")]  # fmt: skip
    else:
        text = (
            f"{made.said} comes before {case.said}, which takes a softmax itself: with two the "
            f"loss can't fall below {_least_loss(case)} and training is slow. Give it the scores."
        )
        repairs = [without(case, made)]
    return problem(made, "softmax_before_loss", "warning", "", "input", text, repairs)


def _softmax_by_hand(case: Case, made: Case) -> Problem | None:
    """exp divided by its own sum is a softmax too."""
    above = shares_of(made)
    if above is None or bare(above.kind) != "exp":
        return None
    text = (
        f"{above.said} divided by its sum in {made.said} is a softmax, and {case.said} takes one "
        f"itself: with two the loss can't fall below {_least_loss(case)} and training is slow. "
        f"Give it the scores."
    )
    wires, scores = _way(case, made), above.source("input")
    repairs: list[Repair | None] = []
    if wires and scores is not None:
        around = replace(wires[-1], source=scores.node, output=scores.port)
        name = case.sheet.graph.nodes[scores.node].name
        edits: list[Edit] = [Connect(around, case.sheet.definition)]
        edits += [RemoveNode(node, case.sheet.definition) for node in _only_for(made, above)]
        repairs.append(Repair(f"Give the loss “{name}”", Together(tuple(edits))))
    return problem(made, "softmax_before_loss", "warning", "", "input", text, repairs)


def _only_for(made: Case, above: Case) -> list[NodeId]:
    """The nodes of a softmax by hand that nothing else reads."""
    total = made.source("other")
    gone = [made.node.id, *([total.node] if total else []), above.node.id]
    readers = made.sheet.readers
    if len(readers.get(made.node.id, ())) > 1:
        return []
    return [n for n in gone if all(w.target in gone for w in readers.get(n, ())) or n == gone[0]]


def _least_loss(case: Case) -> str:
    said = case.tensor("input")
    count = said.dims[1] if said and len(said.dims) > 1 else None
    if not isinstance(count, int) or count < 2:
        return "a limit"
    return f"{math.log(1 + (count - 1) / math.e):.2f}"


_TAKES_LOGS = ARRANGING | DROPPING


def nll_without_log(case: Case) -> Problem | None:
    """NLLLoss and KLDivLoss take logarithms of probabilities, which are never above 0."""
    source = case.source("input")
    if source is None:
        return None
    made, limits = maker(case.sheet, source, _TAKES_LOGS), reach(case.sheet, source)
    name = bare(made.kind)
    if limits is None or limits[1] <= 0 or bare(made.kind) == "log":
        return None
    what = "probabilities" if name in _SHARES or limits == (0, 1) else "plain scores"
    is_nll = case.kind.name == "loss.NLLLoss"
    text = (
        f"{case.said} needs logarithms of probabilities, but {made.said} gives {what}. The loss "
        f"would fall without limit. "
        + ("Use CrossEntropyLoss on scores, or " if is_nll else "Put a ")
        + "LogSoftmax before it."
    )
    log = insert(case.sheet, case.wire("input"), [("nn.LogSoftmax", {"dim": _class_axis(case)})],
                 "Insert LogSoftmax before the loss")  # fmt: skip
    if name in _SHARES:
        log = exchange(made.sheet, made.node, "nn.LogSoftmax")
    cross = exchange(case.sheet, case.node, "loss.CrossEntropyLoss",
                     text="Use CrossEntropyLoss, which takes plain scores")  # fmt: skip
    repairs = [cross if is_nll else None, log]
    return problem(case, "nll_without_log", "warning", "", "input", text, repairs)


def _class_axis(case: Case) -> int:
    return 1 if case.kind.name == "loss.NLLLoss" else -1


def sigmoid_before_loss(case: Case) -> Problem | None:
    """BCEWithLogitsLoss takes the sigmoid itself; twice keeps every answer near undecided."""
    made = culprit(case, _SHARES | {"sigmoid", "hardsigmoid", "logsigmoid"})
    if made is None:
        return None
    text = (
        f"{made.said} comes before {case.said}, which takes a sigmoid itself: with two, answers "
        f"stay between 0.50 and 0.73. Take it off, or use BCELoss."
    )
    repairs = [
        without(case, made),
        exchange(case.sheet, case.node, "loss.BCELoss",
                 text="Use BCELoss, which takes probabilities"),
    ]  # fmt: skip
    return problem(made, "sigmoid_before_loss", "warning", "", "input", text, repairs)


def bce_without_sigmoid(case: Case) -> Problem | None:
    """BCELoss takes logarithms of its input, so that must lie between 0 and 1."""
    source = case.source("input")
    limits = reach(case.sheet, source) if source else None
    if source is None or limits is None or (limits[0] >= 0 and limits[1] <= 1):
        return None
    made = maker(case.sheet, source, ARRANGING | DROPPING)
    if _is_a_mixture(made) and math.inf not in map(abs, limits):
        return None
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
        sigmoid = exchange(made.sheet, made.node, "nn.Sigmoid")
    return problem(case, "bce_without_sigmoid", "error", "train", "input", text, [logits, sigmoid])


def _is_a_mixture(made: Case) -> bool:
    """Whether shares of values are added, as in `z * a + (1 - z) * b`."""
    wires = made.sheet.into.get(made.node.id, ())
    parts = [bare(made.sheet.case(wire.source).kind) for wire in wires]
    return bare(made.kind) in ("add", "sub") and "mul" in parts


def _end(value: float) -> str:
    if value in (float("inf"), float("-inf")):
        return "any negative number" if value < 0 else "any number"
    return f"{value:.3g}"
