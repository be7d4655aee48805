"""Values that come together: sizes that don't match, and sizes that match by accident."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import bare, maker
from graphcore.analysis.rules.ways import exchange, insert, set_param
from graphcore.project.edits import SetParam
from graphcore.project.graph import Wire
from graphcore.types import Dim, Tensor, symbols

Operand = tuple[str, Tensor]


def _operands(case: Case) -> list[Operand]:
    """The tensors that come together, in the order of their slots."""
    return [(slot, item) for slot, item in case.facts.inputs.items() if isinstance(item, Tensor)]


def broadcast(case: Case) -> Problem | None:
    """Values that are combined element by element need equal sizes, or size 1 to be repeated."""
    operands = _operands(case)
    dims: tuple[Dim, ...] = ()
    for place, (slot, found) in enumerate(operands):
        joined = joined_dims(dims, found.dims)
        if joined is None:
            first = next(o for o in operands[:place] if joined_dims(o[1].dims, found.dims) is None)
            text = (
                f"{case.said} can't combine {shown(first[1])} from “{case.feeder(first[0])}” with "
                f"{shown(found)} from “{case.feeder(slot)}”: sizes must be equal or 1."
            )
            return problem(case, "broadcast", "error", "build", slot, text,
                           _matched(case, first, (slot, found)))  # fmt: skip
        dims = joined
    return None


def joined_dims(left: tuple[Dim, ...], right: tuple[Dim, ...]) -> tuple[Dim, ...] | None:
    """The sizes of an element-wise result; None where they don't match."""
    short, long = sorted((left, right), key=len)
    padded = (1,) * (len(long) - len(short)) + short
    joined = []
    for a, b in zip(padded, long, strict=True):
        if a != b and 1 not in (a, b):
            return None
        joined.append(b if a == 1 else a)
    return tuple(joined)


def _matched(case: Case, first: Operand, second: Operand) -> list[Repair | None]:
    skip, body = _shortcut_first(case, first, second)
    return [*padded(case, skip, body), *_as_many(case, skip, body), project_onto(case, skip, body),
            project_onto(case, body, skip), *_axes_added(case, skip, body),
            *_turned(case, skip, body), *resized(case, skip, body)]  # fmt: skip


def _as_many(case: Case, one: Operand, other: Operand) -> list[Repair | None]:
    """Another number of outputs for the layer right before, where that alone is what differs."""
    sizes = [kind.dims for _, kind in (one, other)]
    differ = [axis for axis, pair in enumerate(zip(*sizes, strict=False)) if len(set(pair)) > 1]
    if len(differ) != 1 or len(sizes[0]) != len(sizes[1]):
        return []
    is_last = differ[0] == len(sizes[0]) - 1
    found: list[Repair | None] = []
    for (slot, _), dims in ((one, sizes[1]), (other, sizes[0])):
        source, size = case.source(slot), dims[differ[0]]
        node = case.sheet.graph.nodes[source.node] if source else None
        names = ("out_features",) if is_last else ("out_channels",) if differ[0] == 1 else ()
        for name in names:
            if node is not None and name in node.params and isinstance(size, int):
                edit = SetParam(node.id, name, size, case.sheet.definition)
                found.append(Repair(f"Set {name} of “{node.name}” to {size}", edit))
    return found


def _shortcut_first(case: Case, first: Operand, second: Operand) -> tuple[Operand, Operand]:
    """The operand that the other one is computed from, or else the one with the shorter way."""
    wires = [case.wire(slot) for slot, _ in (first, second)]
    if None in wires:
        return first, second
    graph = case.sheet.graph
    ways = [graph.ancestors([wire.source]) for wire in wires if wire]
    sources = [wire.source for wire in wires if wire]
    if sources[1] in ways[0] or (sources[0] not in ways[1] and len(ways[1]) < len(ways[0])):
        return second, first
    return first, second


_CONVOLUTIONS = {3: "nn.Conv1d", 4: "nn.Conv2d", 5: "nn.Conv3d"}


def project_onto(case: Case, thin: Operand, like: Operand) -> Repair | None:
    """A 1x1 convolution (or a Linear) that gives the one the sizes of the other."""
    (slot, found), (_, wanted) = thin, like
    count = len(found.dims)
    if count != len(wanted.dims) or found.dims[0] != wanted.dims[0]:
        return None
    name = case.feeder(slot)
    last_only = found.dims[:-1] == wanted.dims[:-1] and isinstance(wanted.dims[-1], int)
    if last_only and count in (2, 3):
        chain = [("nn.Linear", {"out_features": wanted.dims[-1]})]
        text = f"Match {wanted.dims[-1]} features by a Linear after “{name}”"
        return insert(case.sheet, case.wire(slot), chain, text)
    out = wanted.dims[1] if count > 1 else None
    kind = _CONVOLUTIONS.get(count)
    if kind is None or not isinstance(out, int):
        return None
    stride = _stride(found.dims[2:], wanted.dims[2:])
    if stride is None:
        return None
    params: dict[str, object] = {"out_channels": out, "kernel_size": 1, "padding": 0}
    if stride != 1:
        params["stride"] = stride
    step = f" with stride {stride}" if stride != 1 else ""
    ones = "×".join("1" * (count - 2))
    return insert(case.sheet, case.wire(slot), [(kind, params)],
                  f"Match {out} channels by a {ones} convolution{step} after “{name}”")  # fmt: skip


def _stride(have: tuple[Dim, ...], want: tuple[Dim, ...]) -> int | None:
    """The step that makes the one map as small as the other; None where none does."""
    strides = {1 if a == b else _ratio(a, b) for a, b in zip(have, want, strict=True)}
    return strides.pop() if len(strides) == 1 else None


def _ratio(have: Dim, want: Dim) -> int | None:
    if not isinstance(have, int) or not isinstance(want, int) or want < 1 or have < want:
        return None
    step = -(-have // want)
    return step if -(-have // step) == want else None


def _axes_added(case: Case, one: Operand, other: Operand) -> list[Repair | None]:
    """[B, C] beside [B, C, H, W]: the short one gets axes of size 1 at the end."""
    (slot, short), (_, long) = sorted((one, other), key=lambda item: len(item[1].dims))
    count = len(long.dims) - len(short.dims)
    if not count or short.dims != long.dims[: len(short.dims)]:
        return []
    chain = [("ops.unsqueeze", {"dim": -1})] * count
    axes = "an axis" if count == 1 else f"{count} axes"
    return [insert(case.sheet, case.wire(slot), chain,
                   f"Add {axes} of size 1 after “{case.feeder(slot)}”")]  # fmt: skip


def _turned(case: Case, one: Operand, other: Operand) -> list[Repair | None]:
    (slot, have), (_, want) = one, other
    if len(have.dims) != 3 or have.dims[1:] != want.dims[:0:-1]:
        return []
    return [insert(case.sheet, case.wire(slot), [("ops.transpose", {"dim0": 1, "dim1": 2})],
                   f"Swap the last two axes of “{case.feeder(slot)}”")]  # fmt: skip


def cat(case: Case) -> Problem | None:
    """Joined tensors may differ along the axis of joining only."""
    operands, dim = _operands(case), case.param("dim")
    if len(operands) < 2 or not isinstance(dim, int):
        return None
    first = operands[0][1]
    count = len(first.dims)
    for slot, found in operands[1:]:
        if len(found.dims) != count:
            text = (
                f"{case.said} joins {shown(first)} with {shown(found)} from "
                f"“{case.feeder(slot)}”: both need the same number of axes."
            )
            added = _axes_added(case, (operands[0][0], first), (slot, found))
            longer = slot if len(found.dims) > count else operands[0][0]
            flat = insert(case.sheet, case.wire(longer), [("nn.Flatten", {})],
                          f"Flatten “{case.feeder(longer)}” before it")  # fmt: skip
            return problem(case, "cat", "error", "build", slot, text, [*added, flat])
        differ = [a for a in range(count) if first.dims[a] != found.dims[a]]
        if not -count <= dim < count or [a for a in differ if a != dim % count]:
            return _cat_differs(case, (operands[0][0], first), (slot, found), dim, differ)
    return None


def _cat_differs(
    case: Case, first: Operand, other: Operand, dim: int, differ: list[int]
) -> Problem:  # fmt: skip
    text = (
        f"{case.said} joins {shown(first[1])} and {shown(other[1])} from "
        f"“{case.feeder(other[0])}” along axis {dim}: all other sizes must be equal."
    )
    repairs: list[Repair | None] = []
    if len(differ) == 1:
        repairs.append(set_param(case, "dim", differ[0], f"Join along axis {differ[0]}"))
    thin, wide = sorted((first, other), key=lambda item: str(item[1].dims))
    repairs = [*padded(case, thin, wide), *repairs, *resized(case, thin, wide)]
    return problem(case, "cat", "error", "build", other[0], text, repairs)


def resized(case: Case, one: Operand, other: Operand) -> list[Repair | None]:
    """The one map pooled, or the other one enlarged, to the same size."""
    if len(one[1].dims) != len(other[1].dims) or len(one[1].dims) not in _CONVOLUTIONS:
        return []
    maps = [operand[1].dims[2:] for operand in (one, other)]
    if maps[0] == maps[1] or not all(isinstance(c, int) for cells in maps for c in cells):
        return []
    small, large = sorted((one, other), key=lambda o: math.prod(_cells(o[1])))
    axes = len(maps[0])
    repairs = []
    for (slot, _), kind, param, cells in (
        (small, "nn.Upsample", "size", _cells(large[1])),
        (large, f"nn.AdaptiveAvgPool{axes}d", "output_size", _cells(small[1])),
    ):
        params = {param: cells, **({"scale_factor": None} if kind == "nn.Upsample" else {})}
        how = "Enlarge" if kind == "nn.Upsample" else "Pool"
        text = f"{how} “{case.feeder(slot)}” to {'×'.join(map(str, cells))}"
        repairs.append(insert(case.sheet, case.wire(slot), [(kind, params)], text))
    return repairs


def _cells(kind: Tensor) -> tuple[int, ...]:
    return tuple(cell for cell in kind.dims[2:] if isinstance(cell, int))


def padded(case: Case, one: Operand, other: Operand) -> list[Repair | None]:
    """The convolution whose missing padding made the one map smaller than the other."""
    if len(one[1].dims) != len(other[1].dims) or len(one[1].dims) not in _CONVOLUTIONS:
        return []
    found: list[Repair | None] = []
    for slot, _ in (one, other):
        above = _filter_before(case, slot)
        kernel = above.param("kernel_size") if above else None
        if above is None or not isinstance(kernel, int | tuple):
            continue
        kernels = kernel if isinstance(kernel, tuple) else (kernel,)
        if one[1].dims[2:] == other[1].dims[2:] or any(k % 2 == 0 for k in kernels):
            continue
        wide = tuple((k - 1) // 2 for k in kernels)
        pads = wide[0] if len(set(wide)) == 1 else wide
        if above.param("padding") != pads:
            text = f"Set padding of “{above.node.name}” to {pads}"
            found.append(set_param(above, "padding", pads, text))
    return found


def _filter_before(case: Case, slot: str) -> Case | None:
    """The convolution that a map comes from, past norms and activations."""
    source = case.source(slot)
    while source is not None:
        above = case.sheet.case(source.node)
        if above.kind.family == "convolution":
            return above if "transpose" not in above.kind.name.lower() else None
        if above.kind.family not in ("activation", "normalization", "dropout"):
            return None
        source = above.source("input")
    return None


def stack(case: Case) -> Problem | None:
    """Stacked tensors must have the very same sizes: each becomes one place of a new axis."""
    operands = _operands(case)
    for other in operands[1:]:
        first = operands[0]
        if other[1].dims == first[1].dims:
            continue
        text = (
            f"{case.said} stacks {shown(first[1])} and {shown(other[1])} from "
            f"“{case.feeder(other[0])}”: all sizes must be equal. Use cat to join along one axis."
        )
        joined = exchange(case.sheet, case.node, "ops.cat")
        repairs = [joined, *_matched(case, first, other)]
        return problem(case, "stack", "error", "build", other[0], text, repairs)
    return None


def broadcasting(case: Case) -> Problem | None:
    """Sizes that differ are repeated silently; across samples or channels that is a mistake."""
    operands = _operands(case)
    if len(operands) != 2 or operands[0][1].dims == operands[1][1].dims:
        return None
    return _across_samples(case, *operands) or _across_channels(case, *operands)


def _across_samples(case: Case, one: Operand, other: Operand) -> Problem | None:
    """[B] with [B, 1] gives [B, B]: every sample meets every other one."""
    (slot, short), (other_slot, long) = sorted((one, other), key=lambda item: len(item[1].dims))
    result = joined_dims(short.dims, long.dims)
    if result is None or len(short.dims) == len(long.dims) or not short.dims:
        return None

    def folded(dims: tuple[Dim, ...]) -> int:
        return sum("B" in symbols(dim) for dim in dims)

    if folded(result) <= max(folded(short.dims), folded(long.dims)):
        return None
    text = (
        f"{case.said} combines {shown(short)} from “{case.feeder(slot)}” with {shown(long)} from "
        f"“{case.feeder(other_slot)}” to {shown(Tensor(result))}: every sample meets every other "
        f"one. Give both the same axes."
    )
    repairs = [
        insert(case.sheet, case.wire(other_slot), [("ops.squeeze", {"dim": -1})],
               f"Drop the last axis of “{case.feeder(other_slot)}”"),
        insert(case.sheet, case.wire(slot), [("ops.unsqueeze", {"dim": -1})],
               f"Add an axis to “{case.feeder(slot)}”"),
    ]  # fmt: skip
    return problem(case, "broadcasting", "warning", "", slot, text, repairs)


_MEASURES = frozenset("mean sum amax amin max min std var norm median logsumexp".split())


def _across_channels(case: Case, one: Operand, other: Operand) -> Problem | None:
    """A shortcut of one channel is repeated over all: the sum is not the residual one meant."""
    if case.kind.name not in ("ops.add", "ops.sub") or len(one[1].dims) != len(other[1].dims):
        return None
    found = next((a for a in _channel_axes(one[1]) if _repeated(one, other, a)), None)
    if found is None:
        return None
    thin, wide = (one, other) if one[1].dims[found] == 1 else (other, one)
    source = case.source(thin[0])
    if source is None or not _is_shortcut(case, case.wire(thin[0]), case.wire(wide[0])):
        return None
    made = maker(case.sheet, source)
    if bare(made.kind) in _MEASURES or made.kind.family == "pooling":
        return None  # a mean that is taken off, or a summary that is added: meant to be repeated
    text = (
        f"{case.said} adds {shown(thin[1])} from “{case.feeder(thin[0])}” to {shown(wide[1])}: its "
        f"one channel is repeated {wide[1].dims[found]} times, silently. Match the channels."
    )
    return problem(case, "broadcasting", "warning", "", thin[0], text,
                   [project_onto(case, thin, wide)])  # fmt: skip


def _channel_axes(kind: Tensor) -> tuple[int, ...]:
    return {2: (1,), 3: (1, 2), 4: (1,), 5: (1,)}.get(len(kind.dims), ())


def _repeated(one: Operand, other: Operand, axis: int) -> bool:
    sizes = one[1].dims[axis], other[1].dims[axis]
    return sizes.count(1) == 1


def _is_shortcut(case: Case, thin: Wire | None, wide: Wire | None) -> bool:
    """Whether one of the two is computed from the other."""
    if thin is None or wide is None:
        return False
    graph = case.sheet.graph
    return thin.source in graph.ancestors([wide.source]) or wide.source in graph.ancestors(
        [thin.source]
    )
