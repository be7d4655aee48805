"""Layers that normalize: what they make useless, and what they can't work on."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import (
    BATCH_NORMS,
    DROPPING,
    INSTANCE_NORMS,
    bare,
    is_passing,
    trace,
)
from graphcore.analysis.rules.ways import exchange, move_behind, set_param, take_out
from graphcore.project.edits import Set
from graphcore.types import symbols

_KEPT = frozenset(("identity",))
DEFAULT_BATCH = 32


def bias_before_norm(case: Case) -> Problem | None:
    """The norm takes the mean of each channel off, and with it whatever the bias added."""
    if case.param("bias") is not True:
        return None
    reader = _only_reader(case)
    if reader is None or bare(reader.kind) not in BATCH_NORMS | INSTANCE_NORMS:
        return None
    if case.kind.family == "linear" and _axis_differs(case):
        return None
    out = case.param("out_channels") or case.param("out_features")
    text = (
        f"{case.said} adds a bias that {reader.said} takes off again: its {out} parameters never "
        f"change anything. Set bias to False."
    )
    off = set_param(case, "bias", False, "Set bias to False")
    return problem(case, "bias_before_norm", "info", "", "output", text, [off])


def _only_reader(case: Case) -> Case | None:
    """The one node that reads a node's output, past Identity; None where there are several."""
    node = case.node
    while True:
        wires = case.sheet.readers.get(node.id, ())
        if len(wires) != 1:
            return None
        node = case.sheet.graph.nodes[wires[0].target]
        if not is_passing(case.sheet, node, _KEPT):
            return case.sheet.case(node.id)


def _axis_differs(case: Case) -> bool:
    """A Linear's features are its last axis; BatchNorm's channels are axis 1."""
    out = case.facts.outputs.get("output")
    return out is None or len(getattr(out, "dims", ())) != 2


def batchnorm_single(case: Case) -> Problem | None:
    """A mean over one number is that number: nothing is left, and torch refuses to train."""
    found = case.tensor("input")
    if found is None or not found.dims or not symbols(found.dims[0]):
        return None
    project = case.sheet.project
    batch = project.plan.batch_size
    cells = found.dims[2:]
    if not all(isinstance(cell, int) for cell in cells):
        return None
    per_sample = math.prod(cell for cell in cells if isinstance(cell, int))
    if batch == 1:
        return _batch_of_one(case, per_sample)
    if len(found.dims) > 2 and per_sample == 1:
        text = (
            f"{case.said} works on a map of a single pixel, {shown(found)}: its mean is taken "
            f"over only {batch} numbers a channel, one a sample. Take it out, or normalize "
            f"before the map is pooled."
        )
        return problem(case, "batchnorm_single", "warning", "", "input", text,
                       [take_out(case.sheet, case.node.id), _to_group_norm(case)])  # fmt: skip
    return None


def _batch_of_one(case: Case, per_sample: int) -> Problem:
    alone = per_sample == 1
    text = (
        f"{case.said} takes means over the batch, but the batch size is 1"
        f"{' and it has one number a channel: training would stop' if alone else ''}. "
        f"Use larger batches, or GroupNorm or LayerNorm."
    )
    larger = Set(("plan", "batch_size"), DEFAULT_BATCH)
    repairs = [
        Repair(f"Set the batch size to {DEFAULT_BATCH}", larger),
        _to_group_norm(case), take_out(case.sheet, case.node.id),
    ]  # fmt: skip
    severity, blocks = ("error", "train") if alone else ("warning", "")
    return problem(case, "batchnorm_single", severity, blocks,  # type: ignore[arg-type]
                   "input", text, repairs)  # fmt: skip


def _to_group_norm(case: Case) -> Repair | None:
    found = case.tensor("input")
    channels = found.dims[1] if found and len(found.dims) > 1 else None
    if not isinstance(channels, int):
        return None
    if found and len(found.dims) == 2:
        return exchange(case.sheet, case.node, "nn.LayerNorm")
    groups = next(g for g in (4, 2, 1) if channels % g == 0)
    return exchange(case.sheet, case.node, "nn.GroupNorm", {"num_groups": groups})


_ELEMENTWISE = frozenset(
    "identity relu relu6 leakyrelu elu celu selu gelu silu mish prelu rrelu tanh sigmoid softplus "
    "hardswish hardtanh hardsigmoid".split()
)


def dropout_before_norm(case: Case) -> Problem | None:
    """Dropout widens the spread in training only; the norm remembers that and is off afterwards."""
    source = case.source("input")
    if source is None:
        return None
    node = trace(case.sheet, source, _ELEMENTWISE)[-1]
    dropped = case.sheet.case(node.id)
    if bare(dropped.kind) not in DROPPING or not dropped.param("p"):
        return None
    text = (
        f"{dropped.said} comes before {case.said}: the spread that the norm learns while values "
        f"are dropped is not the one it meets afterwards. Put the dropout behind the norm."
    )
    single = len(case.sheet.readers.get(node.id, ())) == 1
    repairs = [move_behind(case.sheet, node, case.node) if single else None,
               take_out(case.sheet, node.id)]  # fmt: skip
    return problem(dropped, "dropout_before_norm", "warning", "", "output", text, repairs)
