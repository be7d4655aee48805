"""Where a value comes from, and how far it can reach: what rules about ends of models ask."""

from __future__ import annotations

import functools

from graphcore.analysis.result import Value
from graphcore.analysis.rules.case import Case, Sheet
from graphcore.kinds.kind import Kind
from graphcore.project.data import Field
from graphcore.project.graph import Node, Wire
from graphcore.types import Tensor

Range = tuple[float, float]


def bare(kind: Kind) -> str:
    """The name that the module and the function share: `logsoftmax`, `relu`."""
    return _bare(kind.name)


@functools.lru_cache(4096)
def _bare(name: str) -> str:
    return name.rpartition(".")[2].replace("_", "").lower()


ARRANGING = frozenset(
    "identity flatten unflatten reshape view squeeze unsqueeze permute transpose movedim select "
    "contiguous to narrow slice index expand swapaxes mt t".split()
)
"""What moves values about without changing them."""
DROPPING = frozenset(
    "dropout dropout1d dropout2d dropout3d alphadropout featurealphadropout".split()
)
ALIASING = frozenset(
    "identity flatten unflatten reshape view squeeze unsqueeze permute transpose movedim select "
    "narrow slice detach expand swapaxes".split()
)
"""What gives back the memory of its input, so that a change in place is seen through it."""
POOLING = frozenset(
    "maxpool avgpool adaptiveavgpool adaptivemaxpool lppool fractionalmaxpool upsample "
    "interpolate mean amax amin max min".split()
)
SCALING = frozenset(("mul", "div"))
"""What makes a value larger or smaller where all else that goes in is constant."""
BATCH_NORMS = frozenset(("batchnorm1d", "batchnorm2d", "batchnorm3d", "syncbatchnorm"))
INSTANCE_NORMS = frozenset(("instancenorm1d", "instancenorm2d", "instancenorm3d"))


Spot = tuple[Sheet, Value]
"""A value on its sheet: the drawing, or the inside of a block."""


def is_passing(sheet: Sheet, node: Node, names: frozenset[str] = ARRANGING) -> bool:
    """Whether a node hands its input on: one of these kinds, or bypassed."""
    return bare(sheet.kind(node)) in names or sheet.settled(node, "bypass")


def carrier(sheet: Sheet, node: Node, names: frozenset[str] = ARRANGING) -> Wire | None:
    """The wire by which a node gets what it hands on; None where it makes something new.

    Of a product with constants (where `names` holds those) it is the one that is no constant.
    """
    if not is_passing(sheet, node, names):
        return None
    name = bare(sheet.kind(node))
    if name not in SCALING or sheet.settled(node, "bypass"):
        return sheet.first_wire(node.id)
    wires = sheet.into.get(node.id, ())
    free = [w for w in wires if sheet.kind(sheet.graph.nodes[w.source]).role != "constant"]
    is_scaled = len(free) == 1 < len(wires) and (name == "mul" or free[0].input == "input")
    return free[0] if is_scaled else None


def step_back(sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING) -> Spot | None:
    """Where a node has a value from that it only hands on: also out of a block and into one."""
    node = sheet.graph.nodes[value.node]
    wire = carrier(sheet, node, names)
    if wire is not None:
        return sheet, Value(wire.source, wire.output)
    role = sheet.kind(node).role
    if role == "block":
        inside = sheet.inside(node.id)
        end = inside.graph.by_name(value.port) if inside else None
        wire = inside.graph.wires.get((end.id, "input")) if inside and end else None
        return (inside, Value(wire.source, wire.output)) if inside and wire else None
    if role == "input" and sheet.block is not None:
        outer = sheet.block
        wire = outer.wire(node.name)
        return (outer.sheet, Value(wire.source, wire.output)) if wire else None
    return None


def origin(sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING) -> Spot:
    """Where a value was made, past all that only hands it on."""
    found = sheet, value
    while (before := step_back(*found, names)) is not None:
        found = before
    return found


def trace(sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING) -> list[Node]:
    """The nodes of one drawing from a value up to the one that made it, the maker last."""
    chain = [sheet.graph.nodes[value.node]]
    while (wire := carrier(sheet, chain[-1], names)) is not None:
        chain.append(sheet.graph.nodes[wire.source])
    return chain


def maker(sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING) -> Case:
    """The node that made a value, which may be inside a block."""
    where, made = origin(sheet, value, names)
    return where.case(made.node)


def next_layers(sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING) -> list[Case]:
    """The nodes that a value goes to, through those that hand it on."""
    return [where.case(wire.target) for where, wire in next_wires(sheet, value, names)]


def next_wires(
    sheet: Sheet, value: Value, names: frozenset[str] = ARRANGING
) -> list[tuple[Sheet, Wire]]:  # fmt: skip
    """The wires that bring a value to the nodes that make something of it."""
    found: list[tuple[Sheet, Wire]] = []
    waiting: list[Spot] = [(sheet, value)]
    while waiting:
        where, one = waiting.pop()
        for wire in where.readers_of(one):
            on = _handed_on(where, wire, names)
            waiting += on or ()
            if on is None:
                found.append((where, wire))
    return found


def _handed_on(sheet: Sheet, wire: Wire, names: frozenset[str]) -> list[Spot] | None:
    """The values that a node hands a wire's value on as; None where it makes something of it."""
    node = sheet.graph.nodes[wire.target]
    role = sheet.kind(node).role
    if carrier(sheet, node, names) == wire:
        return [(sheet, Value(node.id, port.name)) for port in sheet.project.ports(node)[1][:1]]
    if role == "block" and (inside := sheet.inside(node.id)) is not None:
        begin = inside.graph.by_name(wire.input)
        return [(inside, Value(begin.id, "output"))] if begin else []
    if role == "output" and sheet.block is not None:
        return [(sheet.block.sheet, Value(sheet.block.node.id, node.name))]
    return None


def field_of(sheet: Sheet, value: Value | None) -> Field | None:
    """The Dataset field that a value is, through Input nodes and what only arranges."""
    while value is not None:
        sheet, value = origin(sheet, value)
        role = sheet.kind(sheet.graph.nodes[value.node]).role
        if role == "dataset":
            return sheet.project.data.field(value.port)
        into = sheet.graph.wires.get((value.node, "field")) if role == "input" else None
        value = Value(into.source, into.output) if into else None
    return None


def seen_range(sheet: Sheet, item: Field) -> Range | None:
    """The range of a field's values as the model sees them; None where it is not known."""
    if item.low is None or item.high is None:
        return None
    how = sheet.project.data.normalize.get(item.name, "none")
    if not isinstance(item.type, Tensor) or not item.type.is_float or how == "none":
        return item.low, item.high
    if how == "unit":
        return 0.0, 1.0
    if not item.mean or not item.std:
        return None
    pairs = [(m, s or 1.0) for m, s in zip(item.mean, item.std, strict=False)]
    return min((item.low - m) / s for m, s in pairs), max((item.high - m) / s for m, s in pairs)
