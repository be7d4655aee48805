"""How much of the picture a place in a map sees: too little, or more than there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, Sheet, problem
from graphcore.analysis.rules.flow import bare
from graphcore.analysis.rules.layers import seen_cells
from graphcore.analysis.rules.ways import insert, set_param
from graphcore.analysis.rules.windows import at
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Edit, SetParam, Together
from graphcore.project.graph import NodeId, Wire

TOO_MUCH = 2.0  # times the picture that even the shortest way through the net has seen already
TOO_LITTLE = 0.25  # of the picture, before its places are merged into one
WIDE = 12  # a shorter axis is seen whole by a few filters and says little
_POOLED = frozenset(("adaptiveavgpool1d", "adaptiveavgpool2d", "adaptiveavgpool3d",
                     "adaptivemaxpool1d", "adaptivemaxpool2d", "adaptivemaxpool3d"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sight:
    """Pixels seen along each axis by one place (least and most), the step between places, and the
    picture's size."""

    least: tuple[int, ...]
    most: tuple[int, ...]
    step: tuple[int, ...]
    picture: tuple[int, ...]


def padding_only(case: Case) -> Problem | None:
    """A filter wider than its map sees mostly padding: those weights learn nothing."""
    cells, kernel = seen_cells(case.facts.inputs.get("input")), case.param("kernel_size")
    if not cells or kernel is None or "transpose" in bare(case.kind):
        return None
    dilation = case.param("dilation")
    if (_most(kernel) - 1) * max(1, _most(dilation)) < min(cells):
        return None  # most filters
    reaches = [(at(kernel, a) - 1) * at(dilation, a) + 1 for a in range(len(cells))]
    axes = [a for a in range(len(cells)) if reaches[a] > _widest(cells[a], at(dilation, a))]
    if not axes:
        return None
    axis = axes[0]
    spread = f" spread over {reaches[axis]} px" if at(dilation, axis) > 1 else ""
    text = (
        f"{case.said} has a filter of {at(kernel, axis)} px{spread}, but the map is only "
        f"{cells[axis]} px: the rest of the filter sees padding only. Shrink the map less before "
        f"it, or use a smaller filter."
    )
    size = max(1, (min(cells) - 1) // max(1, at(dilation, axis)) + 1)
    size -= 1 - size % 2
    edit = set_param(case, "kernel_size", size, f"Set kernel_size to {size}")
    pad = SetParam(case.node.id, "padding", (size - 1) // 2, case.sheet.definition)
    both = Repair(edit.text, Together((edit.edit, pad)))
    return problem(case, "padding_only", "warning", "", "input", text, [both])


def _widest(cells: int, dilation: int) -> int:
    """How wide a filter may be for each of its weights to meet pixels.

    Its ends meet some as long as half of it is within the map; where it is spread out there would
    be hardly any, so it must fit as a whole.
    """
    return 2 * cells - 1 if dilation <= 1 else cells


def _most(value: object) -> int:
    if isinstance(value, tuple):
        return max(value, default=0)
    return value if isinstance(value, int) else 0


def receptive_field(sheet: Sheet) -> list[Problem]:
    """Layers that see beyond the picture, and pooling before enough of it is seen."""
    if sheet.definition != MAIN:
        return []  # a block's own input is a picture only where the block stands
    seen = _Seen()
    _look(sheet, {}, seen)
    beyond = list(seen.beyond.values())
    return [_too_large(beyond), *seen.small.values()] if beyond else [*seen.small.values()]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was met on the way, by the path of the node."""

    beyond: dict[str, tuple[Case, Sight]] = field(default_factory=dict)
    small: dict[str, Problem] = field(default_factory=dict)


def _look(sheet: Sheet, sights: dict[NodeId, Sight], seen: _Seen) -> None:
    """Add what each node of a drawing sees to `sights`, which holds what comes from outside."""
    for node_id in sheet.facts:
        case = sheet.case(node_id)
        if case.kind.role in ("dataset", "input"):
            if sheet.block is None:
                _begin(case, sights)
            continue
        wires = sheet.into.get(node_id, ())
        joined = _joined([sights[w.source] for w in wires if w.source in sights])
        if joined is None:
            continue
        if case.kind.family == "convolution":
            if _sees_too_much(case, joined):
                seen.beyond.setdefault(case.facts.path, (case, joined))
        elif _merges(case) and _sees_too_little(case, joined) and not _is_a_gate(sheet, wires):
            seen.small[case.facts.path] = _too_small(case, joined)
        after = _through(case, joined, seen) if case.kind.role == "block" else _after(case, joined)
        if after is not None:
            sights[node_id] = after


def _through(case: Case, sight: Sight, seen: _Seen) -> Sight | None:
    """What a place sees behind a block, after all of its turns."""
    inside = case.sheet.inside(case.node.id)
    after: Sight | None = sight
    for _ in range(max(1, case.node.repeat)):
        if inside is None or after is None:
            return None
        roles = {node.id: inside.kind(node).role for node in inside.graph.nodes.values()}
        sights = {node: after for node, role in roles.items() if role == "input"}
        _look(inside, sights, seen)
        ends = [w for node, role in roles.items() if role == "output"
                for w in inside.into.get(node, ())]  # fmt: skip
        after = _joined([sights[wire.source] for wire in ends if wire.source in sights])
    return after


def _merges(case: Case) -> bool:
    """Whether all places of a map become one: pooled, or the mean or the largest over them."""
    if bare(case.kind) in _POOLED:
        return True
    found, dims = case.tensor("input"), case.param("dim")
    if bare(case.kind) not in ("mean", "amax") or found is None or not isinstance(dims, tuple):
        return False
    count = len(found.dims)
    return count > 3 and {dim % count for dim in dims} == set(range(2, count))


def _is_a_gate(sheet: Sheet, wires: Sequence[Wire]) -> bool:
    """Whether the map itself is read too, as by a squeeze that weighs its channels."""
    return any(len(sheet.readers_of(Value(w.source, w.output))) > 1 for w in wires)


def _begin(case: Case, sights: dict[NodeId, Sight]) -> None:
    cells = next((c for c in map(seen_cells, case.facts.outputs.values()) if c), ())
    if cells:
        ones = (1,) * len(cells)
        sights[case.node.id] = Sight(ones, ones, ones, cells)


def _joined(before: list[Sight]) -> Sight | None:
    if not before or any(len(s.picture) != len(before[0].picture) for s in before):
        return None
    if len(before) == 1:
        return before[0]
    return Sight(
        tuple(map(min, *(s.least for s in before))), tuple(map(max, *(s.most for s in before))),
        tuple(map(max, *(s.step for s in before))), before[0].picture,
    )  # fmt: skip


def _after(case: Case, sight: Sight) -> Sight | None:
    """What a place sees behind this node; None where places are no longer places."""
    if case.kind.family in ("activation", "normalization", "dropout"):
        return sight
    if not seen_cells(next(iter(case.facts.outputs.values()), None)):
        return None
    if case.kind.family not in ("convolution", "pooling"):
        return sight
    kernel, stride = case.param("kernel_size"), case.param("stride")
    if not isinstance(kernel, int | tuple) or "transpose" in bare(case.kind):
        return None
    if stride is None:
        stride = kernel
    dilation = case.param("dilation")
    axes = range(len(sight.picture))
    wider = [
        (at(kernel, a) - 1) * (at(dilation, a) or 1) * sight.step[a] for a in axes
    ]  # fmt: skip
    return Sight(
        tuple(sight.least[a] + wider[a] for a in axes),
        tuple(sight.most[a] + wider[a] for a in axes),
        tuple(sight.step[a] * (at(stride, a) or 1) for a in axes), sight.picture,
    )  # fmt: skip


def _sees_too_much(case: Case, sight: Sight) -> bool:
    axes = range(len(sight.picture))
    if any(sight.least[a] < TOO_MUCH * sight.picture[a] for a in axes):
        return False
    kernel = case.param("kernel_size")
    return "transpose" not in bare(case.kind) and any(at(kernel, a) > 1 for a in axes)


def _too_large(beyond: list[tuple[Case, Sight]]) -> Problem:
    case, sight = beyond[0]
    size = "×".join(map(str, sight.picture))
    more = f" and {len(beyond) - 1} more from here on" if len(beyond) > 1 else ""
    text = (
        f"What reaches {case.said} has seen {sight.least[0]} px already, more than {TOO_MUCH:g} "
        f"times the picture of {size}: this filter{more} can only add padding to it. Use fewer "
        f"layers or smaller filters, or larger pictures."
    )
    edits: list[Edit] = []
    for other, seen in beyond:
        pads = _without_kernel(other, len(seen.picture))
        if pads is not None:
            definition = other.sheet.definition
            edits += [SetParam(other.node.id, "kernel_size", 1, definition),
                      SetParam(other.node.id, "padding", pads, definition)]  # fmt: skip
    which = "here" if len(beyond) == 1 else "here and from here on"
    smaller = Repair(f"Set kernel_size to 1 {which}", Together(tuple(edits))) if edits else None
    return problem(case, "receptive_field", "info", "", "input", text, [smaller])


def _without_kernel(case: Case, axes: int) -> int | None:
    """The padding that gives the same size with a filter of one pixel."""
    kernel, padding = case.param("kernel_size"), case.param("padding")
    if padding == "same":
        return 0
    pads = {at(padding, a) - (at(kernel, a) - 1) // 2 for a in range(axes)}
    return pads.pop() if len(pads) == 1 and min(pads) >= 0 else None


def _sees_too_little(case: Case, sight: Sight) -> bool:
    cells = seen_cells(next(iter(case.facts.outputs.values()), None))
    if any(cell != 1 for cell in cells) or (not cells and bare(case.kind) in _POOLED):
        return False
    wide = _wide(sight)
    learned = any(most > 1 for most in sight.most)
    return (
        learned and bool(wide)
        and all(sight.most[a] < TOO_LITTLE * sight.picture[a] for a in wide)
    )  # fmt: skip


def _too_small(case: Case, sight: Sight) -> Problem:
    size = "×".join(map(str, sight.picture))
    text = (
        f"{case.said} merges places that have each seen only {max(sight.most)} px of a picture of "
        f"{size}: nothing larger than that can be recognized. Add layers or pooling before it."
    )
    return problem(case, "receptive_field", "info", "", "input", text, [_seen_more(case, sight)])


def _seen_more(case: Case, sight: Sight) -> Repair | None:
    """A stage of pooling and filters before the merge, as wide as needed."""
    found = case.tensor("input")
    axes = len(sight.picture)
    if found is None or axes not in (1, 2, 3):
        return None
    worst = min(_wide(sight), key=lambda a: sight.most[a] / sight.picture[a])
    pool = tuple(2 if a in _wide(sight) else 1 for a in range(axes))
    channels, seen, step = found.dims[1], sight.most[worst], sight.step[worst]
    chain: list[tuple[str, dict[str, object]]] = []
    cell = min((c for a, c in enumerate(seen_cells(found)) if pool[a] == 2), default=0)
    while seen < TOO_LITTLE * sight.picture[worst] and cell >= 4 and len(chain) < 15:
        chain += [(f"nn.MaxPool{axes}d", {"kernel_size": pool if 1 in pool else 2}),
                  (f"nn.Conv{axes}d", {"out_channels": channels, "kernel_size": 3, "padding": 1}),
                  ("nn.ReLU", {})]  # fmt: skip
        seen, step, cell = seen + step + 4 * step, step * 2, cell // 2
    return insert(case.sheet, case.wire("input"), chain,
                  "Add pooling and filters before it") if chain else None  # fmt: skip


def _wide(sight: Sight) -> list[int]:
    """The axes that are long enough to say something."""
    return [a for a, size in enumerate(sight.picture) if size >= WIDE]
