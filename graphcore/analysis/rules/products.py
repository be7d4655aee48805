"""Products of matrices: the axis that is summed over must be equally long on both sides."""

from __future__ import annotations

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.merging import joined_dims
from graphcore.analysis.rules.ways import insert, rewire
from graphcore.project.edits import SetParam
from graphcore.project.graph import Wire
from graphcore.types import Dim, Tensor


def matmul(case: Case) -> Problem | None:
    """The last axis of the first must be as long as the second-last of the other."""
    left, right = case.tensor("input"), case.tensor("other")
    if left is None or right is None or not left.dims or not right.dims:
        return None
    inner = right.dims[-2] if len(right.dims) > 1 else right.dims[-1]
    if left.dims[-1] != inner:
        text = (
            f"{case.said} multiplies {shown(left)} with {shown(right)}: the last size of the "
            f"first, {left.dims[-1]}, must equal the second-last of the other, {inner}."
        )
    elif joined_dims(left.dims[:-2], right.dims[:-2]) is None:
        text = (
            f"{case.said} multiplies {shown(left)} with {shown(right)}: the sizes before the last "
            f"two must be equal or 1."
        )
    else:
        return None
    repairs: list[Repair | None] = []
    if min(len(left.dims), len(right.dims)) > 1:
        repairs += [_turned(case, "other"), _turned(case, "input")]
    repairs += [_matched(case, "input", inner), _folded(case, left, right)]
    return problem(case, "matmul", "error", "build", "other", text, repairs)


def _turned(case: Case, slot: str) -> Repair | None:
    turn = [("ops.transpose", {"dim0": -2, "dim1": -1})]
    return insert(case.sheet, case.wire(slot), turn, f"Transpose “{case.feeder(slot)}” before it")


def _matched(case: Case, slot: str, size: Dim) -> Repair | None:
    """A last axis of that size: set at the layer that makes it, or by a Linear behind it."""
    source = case.source(slot)
    node = case.sheet.graph.nodes[source.node] if source else None
    if node is None or not isinstance(size, int):
        return None
    if "out_features" in node.params:
        edit = SetParam(node.id, "out_features", size, case.sheet.definition)
        return Repair(f"Set out_features of “{node.name}” to {size}", edit)
    linear = [("nn.Linear", {"out_features": size})]
    text = f"Match {size} features by a Linear after “{case.feeder(slot)}”"
    return insert(case.sheet, case.wire(slot), linear, text)


def _folded(case: Case, left: Tensor, right: Tensor) -> Repair | None:
    """The mean over the axis that differs, where both have one more than a batch of matrices."""
    if len(left.dims) != 4 or len(right.dims) != 4 or left.dims[1] == right.dims[1]:
        return None
    mean = [("ops.mean", {"dim": 1, "keepdim": True})]
    name = case.feeder("other")
    return insert(case.sheet, case.wire("other"), mean, f"Take the mean of “{name}” over axis 1")


def attention(case: Case) -> Problem | None:
    """Queries meet keys feature by feature, and each key has one value."""
    query, key, value = (case.tensor(slot) for slot in ("query", "key", "value"))
    if query is None or key is None or value is None or min(map(_axes, (query, key, value))) < 2:
        return None
    is_op = case.kind.role == "op"
    if is_op and query.dims[-1] != key.dims[-1]:
        text = (
            f"{case.said} compares queries {shown(query)} with keys {shown(key)}: the last sizes, "
            f"{query.dims[-1]} and {key.dims[-1]}, must be equal."
        )
        repairs = [_matched(case, "key", query.dims[-1]), _matched(case, "query", key.dims[-1])]
        return problem(case, "attention", "error", "build", "key", text, repairs)
    axis = -2 if is_op or case.param("batch_first") or _axes(key) == 2 else 0
    if key.dims[axis] == value.dims[axis]:
        return None
    text = (
        f"{case.said} needs one value for each key but gets keys {shown(key)} and values "
        f"{shown(value)}: {key.dims[axis]} and {value.dims[axis]}. Wire both from one node."
    )
    repairs = [_same_source(case, "key", "value"), _same_source(case, "value", "key")]
    return problem(case, "attention", "error", "build", "value", text, repairs)


def _axes(kind: Tensor) -> int:
    return len(kind.dims)


def _same_source(case: Case, one: str, other: str) -> Repair | None:
    source = case.source(one)
    if source is None:
        return None
    wire = Wire(source.node, source.port, case.node.id, other)
    return rewire(case.sheet, wire, f"Wire “{case.feeder(one)}” into “{other}” too")


def einsum(case: Case) -> Problem | None:
    """Each letter of the equation stands for one size, wherever it is."""
    terms = str(case.param("equation")).replace(" ", "").partition("->")[0].split(",")
    slots = sorted(case.facts.inputs, key=lambda slot: int(slot.partition(".")[2] or 0))
    seen: dict[str, tuple[Dim, str]] = {}
    if "..." in "".join(terms) or len(terms) != len(slots):
        return None
    for letters, slot in zip(terms, slots, strict=True):
        found = case.tensor(slot)
        if found is None:
            return None
        if len(letters) != len(found.dims):
            return _letters_differ(case, slot, letters, found)
        for place, (letter, dim) in enumerate(zip(letters, found.dims, strict=True)):
            before = seen.setdefault(letter, (dim, case.feeder(slot)))
            if before[0] != dim:
                return _sizes_differ(case, slot, letter, dim, before, place == len(letters) - 1)
    return None


def _letters_differ(case: Case, slot: str, letters: str, found: Tensor) -> Problem:
    text = (
        f"{case.said} gives “{case.feeder(slot)}” the letters “{letters}”, but {shown(found)} has "
        f"{len(found.dims)} axes. Write one letter an axis."
    )
    more = len(letters) - len(found.dims)
    axis = insert(case.sheet, case.wire(slot), [("ops.unsqueeze", {"dim": -1})] * max(0, more),
                  "Add axes of size 1") if more > 0 else None  # fmt: skip
    return problem(case, "einsum", "error", "build", slot, text, [axis])


def _sizes_differ(
    case: Case, slot: str, letter: str, dim: Dim, before: tuple[Dim, str], is_last: bool
) -> Problem:
    text = (
        f"{case.said}: the letter “{letter}” is {before[0]} in “{before[1]}” but {dim} in "
        f"“{case.feeder(slot)}”. One letter stands for one size."
    )
    repairs = [_matched(case, slot, before[0]) if is_last else None, _turned(case, slot)]
    return problem(case, "einsum", "error", "build", slot, text, repairs)
