"""Layers that normalize: what they make useless, and what they can't work on."""

from __future__ import annotations

import math

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, problem, shown
from graphcore.analysis.rules.flow import (
    ARRANGING,
    BATCH_NORMS,
    DROPPING,
    INSTANCE_NORMS,
    bare,
    is_passing,
    maker,
)
from graphcore.analysis.rules.ways import exchange, move_behind, set_param, take_out
from graphcore.project.edits import Set
from graphcore.types import Tensor, symbols

DEFAULT_BATCH = 32


def bias_before_norm(case: Case) -> Problem | None:
    """The norm takes the mean of each channel off, and with it whatever the bias added."""
    if case.param("bias") is not True:
        return None
    reader = _only_reader(case)
    if reader is None or not _takes_means(reader) or not _is_at_axis_one(case, reader):
        return None
    out = case.param("out_channels") or case.param("out_features")
    text = (
        f"{case.said} adds a bias that {reader.said} takes off again: its {out} parameters never "
        f"change anything. Set bias to False."
    )
    off = set_param(case, "bias", False, "Set bias to False")
    return problem(case, "bias_before_norm", "info", "", "output", text, [off])


def _takes_means(norm: Case) -> bool:
    """Whether a norm takes the mean of each channel by itself off."""
    name = bare(norm.kind)
    each = norm.param("num_groups") == norm.param("num_channels")
    return name in BATCH_NORMS | INSTANCE_NORMS or (name == "groupnorm" and each)


_COMMUTING = frozenset(
    "identity transpose permute maxpool1d maxpool2d maxpool3d avgpool1d avgpool2d avgpool3d "
    "adaptiveavgpool1d adaptiveavgpool2d adaptiveavgpool3d upsample".split()
)
"""What a number added to a whole channel goes through unchanged."""


def _only_reader(case: Case) -> Case | None:
    """The one node that reads a node's output, past what a bias goes through; else None."""
    node = case.node
    while True:
        wires = case.sheet.readers.get(node.id, ())
        if len(wires) != 1:
            return None
        node = case.sheet.graph.nodes[wires[0].target]
        pads = case.sheet.case(node.id).param("padding") not in (None, 0, (0,), (0, 0))
        averages = bare(case.sheet.kind(node)).startswith("avg")
        if not is_passing(case.sheet, node, _COMMUTING) or (pads and averages):
            return case.sheet.case(node.id)


def _is_at_axis_one(case: Case, reader: Case) -> bool:
    """Whether the layer's features are the channels (axis 1) of what reads them.

    A Linear's features are its last axis; they are told by where their number turns up.
    """
    out, found = case.facts.outputs.get("output"), reader.tensor("input")
    if case.kind.family != "linear" or not isinstance(out, Tensor) or found is None:
        return case.kind.family == "convolution"
    features = case.param("out_features")
    return len(out.dims) == 2 or (found.dims[1] == features != out.dims[1])


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


def instancenorm_single(case: Case) -> Problem | None:
    """A mean over one pixel is that pixel: torch refuses, and nothing would be left."""
    found = case.tensor("input")
    if found is None or len(found.dims) < 3 or any(cell != 1 for cell in found.dims[2:]):
        return None
    text = (
        f"{case.said} normalizes each map by itself, but {shown(found)} is a map of a single "
        f"pixel: training would stop. Take it out, or normalize before the map is pooled."
    )
    repairs = [take_out(case.sheet, case.node.id), _to_group_norm(case)]
    return problem(case, "instancenorm_single", "error", "build", "input", text, repairs)


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


_POOLS = frozenset(f"{how}pool{axes}d" for how in ("max", "avg") for axes in "123")
_HANDED_ON = _ELEMENTWISE | ARRANGING | _POOLS


def dropout_before_norm(case: Case) -> Problem | None:
    """Dropout widens the spread in training only; the norm remembers that and is off afterwards."""
    source = case.source("input")
    if source is None:
        return None
    dropped = maker(case.sheet, source, _HANDED_ON)
    node = dropped.node
    if bare(dropped.kind) not in DROPPING or not dropped.param("p"):
        return None
    text = (
        f"{dropped.said} comes before {case.said}: the spread that the norm learns while values "
        f"are dropped is not the one it meets afterwards. Put the dropout behind the norm."
    )
    single = len(dropped.sheet.readers.get(node.id, ())) == 1 and dropped.sheet is case.sheet
    as_wide = bare(dropped.kind) == "dropout" or dropped.facts.outputs == case.facts.outputs
    repairs = [move_behind(case.sheet, node, case.node) if single and as_wide else None,
               take_out(dropped.sheet, node.id)]  # fmt: skip
    return problem(dropped, "dropout_before_norm", "warning", "", "output", text, repairs)
