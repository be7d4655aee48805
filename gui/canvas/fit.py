"""Which ports fit each other: circles and dtypes, so that a drawing hand is led right."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.kind import Kind, Port
from graphcore.project.graph import NodeId, Wire
from graphcore.project.modules import PREFIX
from graphcore.types import INTEGERS, Tensor, Type

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

Fits = Mapping[NodeId, frozenset[tuple[str, bool]]]


@dataclass(frozen=True, slots=True)
class Loose:
    """The end of a wire that stays put while the other end is looked for."""

    node: NodeId
    port: str
    is_output: bool

    def wire_to(self, node: NodeId, port: str) -> Wire:
        """The wire between this end and a port on the other side."""
        if self.is_output:
            return Wire(self.node, self.port, node, port)
        return Wire(node, port, self.node, self.port)


def takes(port: Port | None, carried: Type | None) -> bool:
    """Whether an input port takes a value of that type; what is not known yet may fit."""
    if port is None or port.dtype == "any" or not isinstance(carried, Tensor):
        return True
    if port.dtype == "mask":
        return carried.dtype == "bool" or carried.is_float
    return carried.is_float if port.dtype == "float" else carried.dtype in INTEGERS


def type_of(scene: CanvasScene, node: NodeId, output: str) -> Type | None:
    """The type that an output carries, where analysis knows it."""
    facts = scene.facts(node)
    return facts.outputs.get(output) if facts else None


def wire_fits(scene: CanvasScene, wire: Wire) -> bool:
    """Whether the input at a wire's end takes what the output at its beginning carries."""
    return takes(_port(scene, wire.target, wire.input), type_of(scene, wire.source, wire.output))


def fitting(scene: CanvasScene, loose: Loose) -> Fits:
    """Every port that a wire from the loose end may go to."""
    if loose.node not in scene.graph.nodes:
        return {}
    if loose.is_output:
        closed = scene.graph.ancestors([loose.node])
        carried = type_of(scene, loose.node, loose.port)
        return {
            node: frozenset((slot, False) for slot in item.inputs
                            if takes(_port(scene, node, slot), carried))
            for node, item in scene.nodes.items() if node not in closed
        }  # fmt: skip
    closed = scene.graph.descendants([loose.node])
    port = _port(scene, loose.node, loose.port)
    return {
        node: frozenset((name, True) for name in item.outputs
                        if takes(port, type_of(scene, node, name)))
        for node, item in scene.nodes.items() if node not in closed
    }  # fmt: skip


def why_not(
    scene: CanvasScene, loose: Loose, node: NodeId, port: tuple[str, bool] | None = None
) -> str:
    """Why a wire from the loose end can't go to a port of a node, or to none of its ports."""
    nodes, say = scene.graph.nodes, QCoreApplication.translate
    name, card = nodes[node].name, scene.nodes[node]
    far = card.inputs if loose.is_output else card.outputs
    if port is not None and port[1] == loose.is_output:
        return say("canvas", "A wire leads from an output (at right) to an input (at left).")
    if not far:
        text = say("canvas", "“{}” has no inputs.") if loose.is_output else say(
            "canvas", "“{}” has no outputs.")  # fmt: skip
        return text.format(name)
    wire = loose.wire_to(node, port[0] if port else far[0])
    first, last = nodes[wire.source].name, nodes[wire.target].name
    if wire.source == wire.target or wire.target in scene.graph.ancestors([wire.source]):
        text = say("canvas", "A wire from “{0}” to “{1}” would close a circle.")
        return text.format(first, last)
    text = say("canvas", "“{0}.{1}” doesn't fit: it takes {2}, and “{3}” gives {4}.")
    wanted = _wanted_words(_port(scene, wire.target, wire.input))
    return text.format(last, wire.input, wanted, first, type_of(scene, wire.source, wire.output))


def _wanted_words(port: Port | None) -> str:
    say = QCoreApplication.translate
    match port.dtype if port is not None else "any":
        case "float":
            return say("canvas", "decimal numbers")
        case "integer":
            return say("canvas", "integers")
        case "mask":
            return say("canvas", "booleans or decimal numbers")
    return say("canvas", "anything")


def _port(scene: CanvasScene, node: NodeId, slot: str) -> Port | None:
    return scene.document.project.port_of(scene.graph.nodes[node], slot)


def fitting_kinds(scene: CanvasScene, loose: Loose | None) -> list[Kind]:
    """The kinds that can stand at the other end of a loose wire; all of them for None."""
    project = scene.document.project
    blocks = [project.kind(f"block.{name}") for name in project.definitions if name != "main"]
    modules = [project.kind(f"{PREFIX}{name}") for name in project.modules]
    kinds = [*CATALOG.values(), *blocks, *modules]
    if loose is None:
        return kinds
    if loose.is_output:
        return [kind for kind in kinds if first_input(scene, kind, loose.node, loose.port)]
    return [kind for kind in kinds if kind.outputs or kind.role == "dataset"]


def first_input(scene: CanvasScene, kind: Kind, source: NodeId, output: str) -> str | None:
    """The first slot of a new node of that kind that takes what an output carries.

    An Input takes a field of a Dataset only: behind a layer no model begins.
    """
    node = scene.graph.nodes.get(source)
    if kind.role == "input" and node and scene.document.project.kind(node.kind).role != "dataset":
        return None
    carried = type_of(scene, source, output)
    inputs, _ = kind.ports(kind.starting_params())
    port = next((port for port in inputs if takes(port, carried)), None)
    if port is None:
        return None
    return f"{port.name}.0" if port.variadic else port.name


def first_output(scene: CanvasScene, kind: Kind) -> str | None:
    """The first output port of a new node of that kind."""
    if kind.role == "dataset":
        fields = scene.document.project.data.fields
        return fields[0].name if fields else None
    _, outputs = kind.ports(kind.starting_params())
    return outputs[0].name if outputs else None


def bundle(
    scene: CanvasScene, loose: Loose, node: NodeId, port: str, chosen: Collection[NodeId]
) -> list[Wire]:
    """The wires from a loose end to a port: one, or from all chosen nodes to one that grows.

    The loose end must be an output of a chosen node for that; they go in from top to bottom.
    """
    one = [loose.wire_to(node, port)]
    project, target = scene.document.project, scene.graph.nodes[node]
    grows = project.port_of(target, port) if loose.is_output else None
    if grows is None or not grows.variadic or len(chosen) < 2 or loose.node not in chosen:
        return one
    closed = scene.graph.descendants([node])
    sources = [item for item in map(scene.nodes.get, chosen) if item and item.node not in closed]
    sources.sort(key=lambda item: (item.y(), item.x()))
    outputs = [(item.node, loose.port if item.node == loose.node else item.outputs[0])
               for item in sources if item.outputs]  # fmt: skip
    fit = [end for end in outputs if takes(grows, type_of(scene, *end))]
    slots = (f"{grows.name}.{number}" for number in count())
    free = (slot for slot in slots if (node, slot) not in scene.wires)
    return [Wire(*end, node, slot) for end, slot in zip(fit, free, strict=False)]
