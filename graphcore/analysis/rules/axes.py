"""Axes that are not there, and numbers of cells that don't come out even."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import bare
from graphcore.analysis.rules.shapes import last_layer
from graphcore.analysis.rules.ways import insert, set_param, take_out
from graphcore.project.edits import SetParam
from graphcore.types import Dim, Tensor

NAMES = ("dim", "dim0", "dim1", "start_dim", "end_dim", "source", "destination", "dims")
_ONE_MORE = frozenset(("unsqueeze", "stack"))
_ANY_NUMBER = frozenset(("flip", "roll"))


def axis(case: Case) -> Problem | None:
    """An axis is counted from 0, or from the end below 0, and must be there."""
    port = case.kind.inputs[0] if case.kind.inputs else None
    found = case.tensor(f"{port.name}.0" if port.variadic else port.name) if port else None
    if found is None:
        return None
    if bare(case.kind) == "permute":
        return _order(case, found)
    count = len(found.dims) + (bare(case.kind) in _ONE_MORE)
    for name in NAMES:
        for value in _numbers(case.param(name)):
            if not -count <= value < count:
                return _no_axis(case, name, value, found, count)
    return _index(case, found) if bare(case.kind) == "select" else _part(case, found)


def _numbers(value: object) -> tuple[int, ...]:
    if isinstance(value, tuple):
        return tuple(v for v in value if isinstance(v, int))
    return (value,) if isinstance(value, int) and not isinstance(value, bool) else ()


def _no_axis(case: Case, name: str, value: int, found: Tensor, count: int) -> Problem:
    text = (
        f"{case.said}: {name} is {value}, but {shown(found)} has only the axes 0 to {count - 1}. "
        f"Set {name} to one of those, or to -1 for the last."
    )
    whole = case.param(name)
    repairs: list[Repair | None] = []
    for new in (-1, 1):
        other: object = new
        if isinstance(whole, tuple):
            other = tuple(dict.fromkeys(new if v == value else v for v in whole))
        repairs.append(set_param(case, name, other, f"Set {name} to {other}"))
    if case.kind.inputs and len(case.kind.inputs) == 1 and not case.kind.inputs[0].variadic:
        repairs.append(take_out(case.sheet, case.node.id))
    return problem(case, "axis", "error", "build", "input", text, repairs)


def _order(case: Case, found: Tensor) -> Problem | None:
    """A permutation names each axis once."""
    dims, count = case.param("dims"), len(found.dims)
    if not isinstance(dims, tuple):
        return None
    is_there = all(-count <= d < count for d in dims)
    if is_there and sorted(d % count for d in dims) == list(range(count)):
        return None
    text = (
        f"{case.said} has the order {dims}, but {shown(found)} has {count} axes: name each of 0 to "
        f"{count - 1} once."
    )
    kept = tuple(dict.fromkeys(d for d in dims if 0 <= d < count))
    orders = [(*kept, *(a for a in range(count) if a not in kept)), tuple(range(count)),
              (0, *range(count - 1, 0, -1))]  # fmt: skip
    repairs = [set_param(case, "dims", o, f"Set dims to {o}") for o in dict.fromkeys(orders)]
    return problem(case, "axis", "error", "build", "input", text, repairs)


def _index(case: Case, found: Tensor) -> Problem | None:
    place, index = case.param("dim"), case.param("index")
    size = found.dims[place] if isinstance(place, int) else None
    if not isinstance(size, int) or not isinstance(index, int) or -size <= index < size:
        return None
    text = (
        f"{case.said} takes place {index} of axis {place}, but {shown(found)} has only places 0 to "
        f"{size - 1} there."
    )
    repairs = [set_param(case, "index", v, f"Set index to {v}") for v in (-1, 0)]
    return problem(case, "axis", "error", "build", "input", text, repairs)


def _part(case: Case, found: Tensor) -> Problem | None:
    """Parts of an axis can't be more than the whole of it."""
    name, place = bare(case.kind), case.param("dim")
    param = {"narrow": "length", "topk": "k", "split": "sizes"}.get(name)
    size = found.dims[place] if param and isinstance(place, int) else None
    if param is None or not isinstance(size, int):
        return None
    wish, start = case.param(param), case.param("start") if name == "narrow" else 0
    taken = sum(_numbers(wish))
    start = start if isinstance(start, int) else 0
    start += size if start < 0 else 0
    if taken == size - start or (name != "split" and start >= 0 and start + taken <= size):
        return None
    text = (
        f"{case.said} takes {taken} places of axis {place} from place {start} on, but "
        f"{shown(found)} has {size}. Set {param} to fit."
    )
    rest: object = max(1, size - start)
    if isinstance(wish, tuple) and wish:
        first = sum(wish[:-1])
        rest = (*wish[:-1], size - first) if first < size else (size,)
    repairs: list[Repair | None] = [set_param(case, param, rest, f"Set {param} to {rest}")]
    if name == "narrow" and taken <= size:
        repairs.append(set_param(case, "start", size - taken, f"Set start to {size - taken}"))
    return problem(case, "axis", "error", "build", "input", text, repairs)


def numel(case: Case) -> Problem | None:
    """Cells are only put in another order: there must be as many behind it as before."""
    found = case.tensor("input")
    if found is None or not found.dims:
        return None
    if bare(case.kind) == "reshape":
        return _reshaped(case, found)
    name = "sizes" if case.param("sizes") is not None else "unflattened_size"
    place, sizes = case.param("dim"), case.param(name)
    if not isinstance(place, int) or not isinstance(sizes, tuple):
        return None
    whole = found.dims[place] if -len(found.dims) <= place < len(found.dims) else None
    if not isinstance(whole, int) or _fits(sizes, whole):
        return None
    count = math.prod(s for s in sizes if s != -1)
    text = (
        f"{case.said} splits axis {place} of {shown(found)} into {_times(sizes)}, but {whole} "
        f"can't be made of {count}. Give sizes whose product is {whole}."
    )
    repairs = [_as_many(case, count), *(_sized(case, name, s) for s in _sizes(sizes, whole))]
    return problem(case, "numel", "error", "build", "input", text, repairs)


def _times(sizes: tuple[int, ...]) -> str:
    return " × ".join("any" if size == -1 else str(size) for size in sizes)


def _fits(sizes: tuple[int, ...], whole: int) -> bool:
    known = math.prod(size for size in sizes if size != -1)
    return known > 0 and (whole % known == 0 if -1 in sizes else known == whole)


def _sizes(sizes: tuple[int, ...], whole: int) -> list[tuple[int, ...]]:
    """The same number of sizes with the right product, as near to the wish as can be."""
    found, rest = list[int](), whole
    for size in sizes[:0:-1]:
        found.insert(0, math.gcd(rest, size) if size > 0 else 1)
        rest //= found[0]
    near = [(*sizes[:i], whole // other, *sizes[i + 1 :]) for i in range(len(sizes))
            if (other := math.prod(s for j, s in enumerate(sizes) if j != i and s > 0))
            and -1 not in sizes[:i] + sizes[i + 1 :] and whole % other == 0]  # fmt: skip
    return list(dict.fromkeys([*near, (rest, *found)]))


def _sized(case: Case, name: str, sizes: tuple[int, ...]) -> Repair:
    return set_param(case, name, sizes, f"Set {name} to {sizes}")


def _as_many(case: Case, count: int) -> Repair | None:
    """The layer before it with that many outputs."""
    layer = last_layer(case, "input")
    if layer is None or "out_features" not in layer.params or count < 1:
        return None
    edit = SetParam(layer.id, "out_features", count, case.sheet.definition)
    return Repair(f"Set out_features of “{layer.name}” to {count}", edit)


def _reshaped(case: Case, found: Tensor) -> Problem | None:
    shape, first = case.param("shape"), found.dims[0]
    inner = [dim for dim in found.dims[1:] if isinstance(dim, int)]
    if not isinstance(shape, tuple) or len(inner) != len(found.dims) - 1:
        return None
    whole = math.prod(inner) * (first if isinstance(first, int) else _factor(first))
    fixed = isinstance(first, int)
    known = math.prod(size for size in shape if size != -1)
    if known > 0 and ((-1 in shape and whole % known == 0) or (fixed and known == whole)):
        return None
    why = f"can't be made of {_times(shape)}"
    if -1 not in shape and not fixed:
        why = f"come with each sample of a batch, and {_times(shape)} leaves no axis for the batch"
    text = (
        f"{case.said} puts {shown(found)} into another shape, but the {whole} cells {why}. Use -1 "
        f"for the batch, and sizes whose product is {whole} for the rest."
    )
    shapes = [(-1, *sizes) for sizes in _sizes(shape[1:] or (whole,), whole)]
    repairs = [_as_many(case, math.prod(s for s in shape[1:] if s > 0)),
               *(set_param(case, "shape", s, f"Set shape to {s}") for s in shapes)]  # fmt: skip
    flat = insert(case.sheet, case.wire("input"), [("nn.Flatten", {})], "Flatten before it")
    return problem(case, "numel", "error", "build", "input", text, [*repairs, flat])


def _factor(dim: Dim) -> int:
    """How many times the batch an axis is: 4 for 4·B."""
    return 1 if isinstance(dim, int) else max(1, sum(count for _, count in dim.terms))
