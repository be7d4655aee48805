"""How many layers with weights follow each other without anything that helps gradients along."""

from __future__ import annotations

from dataclasses import replace

from graphcore.analysis.result import Problem, Repair
from graphcore.analysis.rules.case import Case, Sheet, problem
from graphcore.analysis.rules.flow import BATCH_NORMS, INSTANCE_NORMS, bare
from graphcore.analysis.rules.ways import made
from graphcore.project.edits import AddNode, Connect, Edit, SetParam, Together
from graphcore.project.graph import Node, NodeId, Wire
from graphcore.types import Tensor

DEEPEST_PLAIN = 20
"""VGG-19, the deepest plain net in wide use, has 19 layers with weights."""
_RESTS = (
    BATCH_NORMS
    | INSTANCE_NORMS
    | frozenset("layernorm groupnorm rmsnorm localresponsenorm crossmaplrn2d selu".split())
)


def deep_plain(sheet: Sheet) -> list[Problem]:
    """Gradients fade or blow up through many layers without a skip or a normalization."""
    if sheet.block is not None:
        return []
    depths: dict[NodeId, int] = {}
    for node_id in sheet.facts:
        case = sheet.case(node_id)
        wires = sheet.into.get(node_id, ())
        before = max((depths.get(wire.source, 0) for wire in wires), default=0)
        added = _layers_in(case)
        many = case.kind.family == "merge" and len({wire.source for wire in wires}) > 1
        if added is None or many or bare(case.kind) in _RESTS:
            depths[node_id] = 0
            continue
        depths[node_id] = before + added
        if before < DEEPEST_PLAIN <= depths[node_id]:
            text = (
                f"{case.said} {_said_of(case, depths[node_id])} layers with weights in a row "
                f"without a skip or a normalization: gradients fade on the way back. Add BatchNorm "
                f"or skips."
            )
            return [problem(case, "deep_plain", "warning", "", "input", text,
                            [_norms_between(sheet)])]  # fmt: skip
    return []


def _said_of(case: Case, depth: int) -> str:
    return f"ends {depth}" if case.kind.role == "block" else f"is the last of {depth}"


def _layers_in(case: Case) -> int | None:
    """How many layers with weights a node adds to a row; None where the row ends at it.

    A row ends at what helps gradients along, which may be inside a block.
    """
    if case.kind.family in ("recurrent", "attention"):
        return None
    if case.kind.role != "block":
        return int(_is_weighty(case))
    inside = case.sheet.inside(case.node.id)
    counts = [_layers_in(inside.case(node)) for node in inside.facts] if inside else [None]
    if None in counts or (inside and any(_helps(inside, node) for node in inside.facts)):
        return None
    return sum(count or 0 for count in counts) * max(1, case.node.repeat)


def _helps(sheet: Sheet, node: NodeId) -> bool:
    case = sheet.case(node)
    sources = {wire.source for wire in sheet.into.get(node, ())}
    return bare(case.kind) in _RESTS or (case.kind.family == "merge" and len(sources) > 1)


def _is_weighty(case: Case) -> bool:
    return case.kind.family in ("linear", "convolution") and case.kind.role == "layer"


_NORMS = {("convolution", 3): "nn.BatchNorm1d", ("convolution", 4): "nn.BatchNorm2d",
          ("convolution", 5): "nn.BatchNorm3d", ("linear", 2): "nn.BatchNorm1d"}  # fmt: skip


def _norms_between(sheet: Sheet) -> Repair | None:
    """A BatchNorm behind every layer with weights but those that end the model."""
    edits = _norms_in_blocks(sheet)
    names = {node.name for node in sheet.graph.nodes.values()}
    ends = {value.node for value in (*sheet.parts.outputs.values(), *sheet.predictions)}
    for node_id, facts in sheet.facts.items():
        case = sheet.case(node_id)
        out = facts.outputs.get("output")
        readers = sheet.readers.get(node_id, [])
        if not _is_weighty(case) or not isinstance(out, Tensor) or node_id in ends or not readers:
            continue
        kind = _NORMS.get((case.kind.family, len(out.dims)), "nn.LayerNorm")
        node = made(sheet, kind, f"{node_id}.norm")
        number = next(i for i in range(1, len(names) + 2) if f"norm{i}" not in names)
        names.add(f"norm{number}")
        node = _renamed(node, f"norm{number}", len(edits))
        edits += [AddNode(node, None, sheet.definition),
                  Connect(Wire(node_id, "output", node.id, "input"), sheet.definition)]  # fmt: skip
        edits += [Connect(Wire(node.id, "output", w.target, w.input), sheet.definition)
                  for w in readers]  # fmt: skip
        if case.param("bias") is True and kind != "nn.LayerNorm":
            edits.append(SetParam(node_id, "bias", False, sheet.definition))
    return Repair("Insert a BatchNorm behind every layer", Together(tuple(edits)))


def _norms_in_blocks(sheet: Sheet) -> list[Edit]:
    """The same inside each definition that is used here, once."""
    insides = {
        inside.definition: inside
        for node in sheet.graph.nodes.values()
        if (inside := sheet.inside(node.id)) is not None
    }
    found = [_norms_between(inside) for inside in insides.values()]
    return [one.edit for one in found if one is not None]


def _renamed(node: Node, name: str, place: int) -> Node:
    return replace(node, name=name, order=node.order + place)
