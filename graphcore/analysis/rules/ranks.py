"""How many axes a layer reads: too few, too many, and which one is meant."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import bare
from graphcore.analysis.rules.ways import exchange, insert, set_param, take_out
from graphcore.kinds.catalog import CATALOG
from graphcore.types import Tensor, symbols

_AXES = {1: "channels, length", 2: "channels, height, width",
         3: "channels, depth, height, width"}  # fmt: skip
_WINDOWED = ("convolution", "pooling")


_SEQUENCES = frozenset(
    "gru lstm rnn multiheadattention transformer transformerencoder transformerdecoder "
    "transformerencoderlayer transformerdecoderlayer".split()
)
_MODES = {"linear": 3, "bilinear": 4, "bicubic": 4, "trilinear": 5}


def ranks_of(case: Case) -> tuple[int, ...]:
    """How many axes the input may have; empty where any will do."""
    name = bare(case.kind)
    if name in _SEQUENCES:
        return (2, 3)
    if name in ("upsample", "interpolate"):
        wanted = _MODES.get(str(case.param("mode")))
        return (wanted,) if wanted else ()
    if name[-1:] != "d" or name[-2:-1] not in ("1", "2", "3"):
        return ()
    axes = int(name[-2])
    if name.startswith("batchnorm"):
        return (2, 3) if axes == 1 else (axes + 2,)
    windowed = case.kind.family in _WINDOWED and "maxunpool" not in name
    slides = windowed or name.startswith("instancenorm")
    return (axes + 2,) if slides and case.kind.role == "layer" else ()


def rank(case: Case) -> Problem | None:
    """A window slides over fixed axes: [batch, channels, …]; anything else is misread."""
    ranks = ranks_of(case)
    port = case.kind.inputs[0].name
    found = case.tensor(port) if ranks else None
    if found is None or len(found.dims) in ranks:
        return None
    if bare(case.kind) in _SEQUENCES:
        return _no_sequence(case, port, found)
    expected = ranks[-1]
    names = " or ".join(
        f"[B, {_AXES[count - 2]}]" if count > 2 else "[B, features]" for count in ranks
    )
    text = f"{case.said} expects {names} but gets {shown(found)} from “{case.feeder('input')}”."
    hint, repairs = _more_axes(case, found, expected)
    if len(found.dims) > expected:
        hint, repairs = _fewer_axes(case, found, expected)
    repairs.append(_other_width(case, len(found.dims)))
    return problem(case, "rank", "error", "build", "input", f"{text} {hint}".strip(), repairs)


def _no_sequence(case: Case, port: str, found: Tensor) -> Problem:
    """Sequences are [B, time, features]; each place of a map can be one step of time."""
    first = case.param("batch_first") is not False
    order = "[B, time, features]" if first else "[time, B, features]"
    text = (
        f"{case.said} reads sequences, {order}, but gets {shown(found)} from "
        f"“{case.feeder(port)}”. Make one of its axes time, and one features."
    )
    wire, sheet = case.wire(port), case.sheet
    repairs: list[Repair | None] = []
    if len(found.dims) > 3:
        turn = [("nn.Flatten", {"start_dim": 2}), ("ops.transpose", {"dim0": 1, "dim1": 2})]
        repairs.append(insert(sheet, wire, turn, "Read the map place by place"))
        flat = [("nn.Flatten", {"start_dim": 2})]
        repairs.append(insert(sheet, wire, flat, "Flatten all axes behind the first two"))
    else:
        repairs.append(insert(sheet, wire, [("ops.unsqueeze", {"dim": -1})],
                              "Add an axis of one feature"))  # fmt: skip
    return problem(case, "rank", "error", "build", port, text, repairs)


def dropout_axes(case: Case) -> Problem | None:
    """Dropping whole channels needs channels: a missing axis makes it drop whole samples."""
    found, name = case.tensor("input"), bare(case.kind)
    if found is None or len(found.dims) == int(name[-2]) + 2:
        return None
    text = (
        f"{case.said} drops whole channels of [B, {_AXES[int(name[-2])]}] but gets {shown(found)}: "
        f"it would take other axes for them. Use Dropout, or the one for these axes."
    )
    same = f"nn.Dropout{len(found.dims) - 2}d"
    repairs = [exchange(case.sheet, case.node, kind) for kind in ("nn.Dropout", same)]
    return problem(case, "dropout_axes", "error", "build", "input", text, repairs)


_WINDOWED = ("convolution", "pooling")


def _more_axes(case: Case, found: Tensor, expected: int) -> tuple[str, list[Repair | None]]:
    wire, sheet, name = case.wire("input"), case.sheet, case.node.name
    missing = expected - len(found.dims)
    if missing <= 0:
        return "", []
    batched = bool(found.dims) and bool(symbols(found.dims[0]))
    repairs: list[Repair | None] = []
    if not batched:
        chain = [("ops.unsqueeze", {"dim": 0})]
        if missing == 2:
            chain.append(("ops.unsqueeze", {"dim": 1}))
        repairs.append(insert(sheet, wire, chain, f"Add a batch axis before “{name}”"))
        if wire and case.sheet.graph.nodes[wire.source].kind in ("ops.select", "ops.squeeze"):
            repairs.append(take_out(sheet, wire.source, reader=wire))
        return "The batch axis is missing.", repairs
    if missing == 1:
        chain = [("ops.unsqueeze", {"dim": 1})]
        repairs.append(insert(sheet, wire, chain, f"Add a channel axis before “{name}”"))
        return "The channel axis is missing.", repairs
    size = found.dims[1] if len(found.dims) == 2 else None
    if isinstance(size, int) and expected == 4 and math.isqrt(size) ** 2 == size:
        side = math.isqrt(size)
        unflatten = ("nn.Unflatten", {"dim": 1, "unflattened_size": (1, side, side)})
        repairs.append(insert(sheet, wire, [unflatten],
                              f"Unflatten {size} to 1×{side}×{side} before “{name}”"))  # fmt: skip
    if wire and bare(sheet.kind(sheet.graph.nodes[wire.source])) == "flatten":
        repairs.insert(0, take_out(sheet, wire.source, reader=wire))
    if case.kind.family == "pooling":
        repairs.append(take_out(sheet, case.node.id))
    return f"{missing} axes are missing.", repairs


def _fewer_axes(case: Case, found: Tensor, expected: int) -> tuple[str, list[Repair | None]]:
    wire, sheet, name = case.wire("input"), case.sheet, case.node.name
    extra = len(found.dims) - expected
    ones = [axis for axis, dim in enumerate(found.dims) if dim == 1 and axis]
    repairs: list[Repair | None] = []
    if extra == 1 and ones:
        repairs.append(insert(sheet, wire, [("ops.squeeze", {"dim": ones[-1]})],
                              f"Drop axis {ones[-1]}, which has size 1"))  # fmt: skip
    if expected == 3 and ranks_of(case) == (2, 3):
        repairs.append(insert(sheet, wire, [("nn.Flatten", {})], f"Flatten before “{name}”"))
    elif extra == 1:
        chain = [("nn.Flatten", {"start_dim": 0, "end_dim": 1})]
        repairs.append(insert(sheet, wire, chain, "Fold the first two axes into one batch"))
    if case.kind.family == "pooling" or bare(case.kind) in ("upsample", "interpolate"):
        repairs.append(take_out(sheet, case.node.id))
    axis = "One axis is" if extra == 1 else f"{extra} axes are"
    return f"{axis} too many.", repairs


def _other_width(case: Case, count: int) -> Repair | None:
    """The same layer for the number of axes that came, where its sizes fit any."""
    if bare(case.kind) in ("upsample", "interpolate"):
        mode = next((m for m, axes in _MODES.items() if axes == count), "nearest")
        return set_param(case, "mode", mode, f"Set mode to {mode}") if count > 2 else None
    kind = f"{case.kind.name[:-2]}{count - 2}d"
    if count < 3 or any(isinstance(v, tuple) and len(v) > 1 for v in case.node.params.values()):
        return None
    return exchange(case.sheet, case.node, kind) if kind in CATALOG else None
