"""Layers that work, but not as they seem to."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair, Value
from graphcore.analysis.rules.case import Case, Sheet, problem, shown
from graphcore.analysis.rules.flow import (
    ALIASING,
    ARRANGING,
    BATCH_NORMS,
    DROPPING,
    SCALING,
    bare,
    field_of,
    maker,
    next_layers,
    origin,
    trace,
)
from graphcore.analysis.rules.ranges import reach
from graphcore.analysis.rules.ways import clear_param, insert, set_param
from graphcore.kinds.formula import Formula
from graphcore.project.data import Field
from graphcore.project.definitions import MAIN
from graphcore.project.graph import Node
from graphcore.types import Dim, Tensor, symbols

AFFINE = frozenset(
    ("linear", "conv1d", "conv2d", "conv3d", "convtranspose1d", "convtranspose2d",
     "convtranspose3d")
)  # fmt: skip
_LINEAR_PASS = (
    ARRANGING | DROPPING | SCALING | BATCH_NORMS
    | frozenset(("avgpool1d", "avgpool2d", "avgpool3d", "adaptiveavgpool1d", "adaptiveavgpool2d",
                 "adaptiveavgpool3d", "mean", "sum", "upsample", "neg"))
)  # fmt: skip


def no_nonlinearity(case: Case) -> Problem | None:
    """Two linear maps in a row are one linear map: the second adds parameters, no power."""
    source = case.source("input")
    if source is None or not _mixes_all(case):
        return None
    first = maker(case.sheet, source, _LINEAR_PASS)
    if bare(first.kind) not in AFFINE or not _mixes_all(first) or first.node.id == case.node.id:
        return None
    if _is_bottleneck(first, case):
        return None  # fewer parameters and a lower rank are its purpose
    if not _goes_on_linear(first.sheet, first):
        return None
    text = (
        f"Nothing bends between {first.said} and {case.said}: two linear layers in a row can do no "
        f"more than one. Put a ReLU between them."
    )
    repair = insert(case.sheet, case.wire("input"), [("nn.ReLU", {})],
                    f"Insert ReLU before “{case.node.name}”")  # fmt: skip
    out = _activation_after(case, first) if first.sheet is case.sheet else None
    return problem(case, "no_nonlinearity", "warning", "", "input", text, [repair, out])


def _mixes_all(case: Case) -> bool:
    """Whether a layer is a full linear map: not depthwise, and not half of a separable filter."""
    groups, kernel = case.param("groups"), case.param("kernel_size")
    if isinstance(groups, int) and groups > 1:
        return False
    return not (isinstance(kernel, tuple) and len(set(kernel)) > 1)


def _is_bottleneck(first: Case, second: Case) -> bool:
    """Whether the value between two layers is narrower than both what goes in and comes out.

    A 1×1 convolution to fewer channels is one by itself: it is put there to compress.
    """
    if _compresses(first):
        return True
    width, ends = _outputs(first), (_inputs(first), _outputs(second))
    if width is None or None in ends or width < min(e for e in ends if e is not None):
        return True
    between = _cells(first.facts.outputs.get("output"))
    before, behind = _cells(first.facts.inputs.get("input")), _cells(_output(second))
    return bool(between and before and behind and between < min(before, behind))


def _compresses(case: Case) -> bool:
    kernel, before, after = case.param("kernel_size"), _inputs(case), _outputs(case)
    is_point = kernel == 1 or (isinstance(kernel, tuple) and set(kernel) == {1})
    return is_point and before is not None and after is not None and after < before


def _output(case: Case) -> object:
    return case.facts.outputs.get("output")


def _cells(kind: object) -> int | None:
    """The numbers that a value holds for one sample; None where they are not known."""
    inner = kind.dims[1:] if isinstance(kind, Tensor) else ("B",)
    known = [dim for dim in inner if isinstance(dim, int)]
    return math.prod(known) if len(known) == len(inner) else None


def _inputs(case: Case) -> int | None:
    found = case.param("in_features" if "in_features" in case.facts.params else "in_channels")
    return found if isinstance(found, int) else None


def _outputs(case: Case) -> int | None:
    found = case.param("out_features" if "out_features" in case.facts.params else "out_channels")
    return found if isinstance(found, int) else None


def _goes_on_linear(sheet: Sheet, first: Case) -> bool:
    """Whether nothing but linear layers reads the first one (else its values serve others)."""
    value = Value(first.node.id, "output")
    readers = next_layers(sheet, value, _LINEAR_PASS)
    return bool(readers) and all(bare(reader.kind) in AFFINE for reader in readers)


def _activation_after(case: Case, first: Case) -> Repair | None:
    """The ReLU right behind the first layer, where dropout or a norm stands between the two."""
    wires = case.sheet.readers.get(first.node.id, ())
    if len(wires) != 1 or wires[0].target == case.node.id:
        return None
    if bare(case.sheet.kind(case.sheet.graph.nodes[wires[0].target])) in BATCH_NORMS:
        return None
    return insert(case.sheet, wires[0], [("nn.ReLU", {})],
                  f"Insert ReLU behind “{first.node.name}”")  # fmt: skip


def batch_first(case: Case) -> Problem | None:
    """A layer that reads sequences must know which axis is time, or it reads across samples."""
    port = case.kind.inputs[0].name
    found, first = case.tensor(port), case.param("batch_first")
    if found is None or not isinstance(first, bool):
        return None
    if len(found.dims) == 2 and symbols(found.dims[0]):
        text = (
            f"{case.said} reads {shown(found)} as one sequence without a batch: the samples of a "
            f"batch would be its steps. Give it [B, time, features]."
        )
        axis = insert(case.sheet, case.wire(port), [("ops.unsqueeze", {"dim": 1})],
                      "Add a time axis of one step")  # fmt: skip
        return problem(case, "batch_first", "warning", "", port, text, [axis])
    if len(found.dims) != 3:
        return None
    batch_axes = [axis for axis in (0, 1) if "B" in symbols(found.dims[axis])]
    if batch_axes != [1 if first else 0]:
        return None
    text = (
        f"{case.said} gets {shown(found)}, the batch at axis {batch_axes[0]}, but batch_first is "
        f"{first}: it would take samples for steps in time. Set batch_first to {not first}."
    )
    turn = set_param(case, "batch_first", not first, f"Set batch_first to {not first}")
    swap = insert(case.sheet, case.wire(port), [("ops.transpose", {"dim0": 0, "dim1": 1})],
                  "Swap batch and time before it")  # fmt: skip
    return problem(case, "batch_first", "warning", "", port, text, [turn, swap])


def _embedding_range(case: Case) -> Problem | None:
    name = "num_classes" if bare(case.kind) == "onehot" else "num_embeddings"
    count, source = case.param(name), case.source("input")
    if source is None or not isinstance(count, int) or count < 0:
        return None
    item = field_of(case.sheet, source)
    needed, formula = _rows_for(item) if item else (None, "")
    limits = None if item else reach(case.sheet, source)
    if limits is not None and math.isfinite(limits[1]):
        needed = int(limits[1]) + 1
    if needed is None or needed <= count:
        return None
    what = item.name if item else case.feeder("input")
    text = (
        f"{case.said} has {count} rows, but “{what}” has indices up to {needed - 1}; training "
        f"would stop there. Set {name} to {needed}."
    )
    by_fact = None
    if formula and case.sheet.definition == MAIN:
        by_fact = set_param(case, name, Formula(formula), f"Set {name} to ={formula} ({needed})")
    typed = set_param(case, name, needed, f"Set {name} to {needed}")
    return problem(case, "embedding_range", "error", "train", "input", text, [by_fact, typed])


def _rows_for(item: Field) -> tuple[int | None, str]:
    """How many rows a field's indices need, and the formula that says so where one does."""
    if item.vocabulary_size is not None:
        return item.vocabulary_size, f"{item.name}.vocabulary_size"
    if item.classes is not None:
        return item.classes, f"{item.name}.classes"
    if item.high is not None and math.isfinite(item.high):
        return int(item.high) + 1, ""
    return None, ""


def embedding_ranges(sheet: Sheet) -> list[Problem]:
    """An index beyond the table has no row: training stops at the first such sample.

    A table inside a block is looked up by what comes from outside, so all is asked from there.
    """
    found: list[Problem] = []
    waiting = [sheet] if sheet.definition == MAIN else []
    while waiting:
        where = waiting.pop()
        for node in where.graph.nodes.values():
            kind = where.kind(node)
            if kind.role == "block" and (inside := where.inside(node.id)) is not None:
                waiting.append(inside)
            elif bare(kind) in LOOKED_UP and not where.settled(node, "bypass"):
                one = _embedding_range(where.case(node.id))
                found += [one] if one else []
    return found


LOOKED_UP = frozenset(("embedding", "embeddingbag", "onehot"))


COLORS = (1, 2, 3, 4)
LONG = 16  # a line of fewer steps may well be a few readings of so many sensors


def channels_last(case: Case) -> Problem | None:
    """Pictures with the colours at the end: the filter would slide over colours, not over rows."""
    found, source = case.tensor("input"), case.source("input")
    if found is None or source is None or len(found.dims) not in (3, 4, 5):
        return None
    last, channels = found.dims[-1], found.dims[1]
    if last not in COLORS or not isinstance(channels, int) or channels <= 4:
        return None
    between = [dim for dim in found.dims[1:-1] if isinstance(dim, int)]
    least = 5 if len(found.dims) > 3 else LONG
    if min(between, default=0) < least or bare(case.kind)[-2:] != f"{len(found.dims) - 2}d":
        return None
    where, value = origin(case.sheet, source)
    if where.case(value.node).kind.role not in ("dataset", "input"):
        return None
    order = (0, len(found.dims) - 1, *range(1, len(found.dims) - 1))
    text = (
        f"{case.said} takes axis 1 for channels, but {shown(found)} from “{case.feeder('input')}” "
        f"looks like {_said_of(found)} with its {last} channels at the end: it would see "
        f"{channels} channels. Permute to [B, {last}, {', '.join(map(str, between))}]."
    )
    turn = insert(case.sheet, case.wire("input"), [("ops.permute", {"dims": order})],
                  "Permute the channels to axis 1")  # fmt: skip
    return problem(case, "channels_last", "warning", "", "input", text, [turn])


def _said_of(found: Tensor) -> str:
    return {3: "a signal", 4: "a picture", 5: "a volume"}[len(found.dims)]


NEEDS_ITS_OUTPUT = frozenset(
    "relu sigmoid tanh softmax logsoftmax exp expm1 sqrt rsqrt reciprocal cumprod".split()
)
"""What works its gradient out from what it gave, so that nobody may write over that."""


def in_place(case: Case) -> Problem | None:
    """Writing over the input changes it for everything else that reads it."""
    if case.param("inplace") is not True:
        return None
    source = case.source("input")
    if source is None:
        return None
    off = clear_param(case, "inplace", "Set inplace to False")
    needed = case.sheet.case(trace(case.sheet, source, ALIASING)[-1].id)
    if bare(needed.kind) in NEEDS_ITS_OUTPUT and case.param("p") != 0:
        text = (
            f"{case.said} writes over its input, but {needed.said} needs what it gave for its "
            f"own gradient: training would stop. Set inplace to False."
        )
        return problem(case, "in_place", "error", "train", "input", text, [off])
    other = _other_reader(case, source)
    if other is None:
        return None
    text = (
        f"{case.said} writes over its input, which “{other}” reads too: that one would get the "
        f"changed values, or the backward pass would stop. Set inplace to False."
    )
    return problem(case, "in_place", "warning", "", "input", text, [off])


def _other_reader(case: Case, source: Value) -> str | None:
    """Who else has the memory of this value: other readers of it, or the data itself."""
    sheet = case.sheet
    chain: list[Node] = trace(sheet, source, ALIASING)
    value, below = source, case.node.id
    for node in chain:
        for wire in sheet.readers_of(value):
            if wire.target != below:
                return sheet.graph.nodes[wire.target].name
        if sheet.kind(node).role in ("dataset", "input"):
            return node.name
        into = sheet.first_wire(node.id)
        if into is None:
            return None
        value, below = Value(into.source, into.output), node.id
    return None


def seen_cells(kind: object) -> tuple[int, ...]:
    """The sizes of a map in pixels; empty where one is not known."""
    if not isinstance(kind, Tensor) or len(kind.dims) < 3:
        return ()
    cells = kind.dims[2:]
    return tuple(c for c in cells if isinstance(c, int)) if _are_known(cells) else ()


def _are_known(cells: tuple[Dim, ...]) -> bool:
    return all(isinstance(cell, int) for cell in cells)
