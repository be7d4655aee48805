"""A formula worth offering: the size of the last layer, taken from the data."""

from __future__ import annotations

from graphcore.kinds.catalog import CATALOG
from graphcore.kinds.formula import Formula
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.project import Project

# The param that decides how many values come out.
_OUTPUT_SIZES = {
    "nn.Linear": "out_features", "nn.Conv1d": "out_channels", "nn.Conv2d": "out_channels",
    "nn.Conv3d": "out_channels",
}  # fmt: skip
_CLASS_LOSSES = ("loss.CrossEntropyLoss", "loss.NLLLoss")
_PARAMETRIZED = ("convolution", "linear", "embedding", "recurrent", "attention")


def offered_params(
    project: Project, node: Node, definition: str
) -> dict[str, tuple[Formula, object]]:  # fmt: skip
    """By param: the block's param of the same name and its default."""
    names = {param.name for param in project.params_at(node)}
    known = project.definitions[definition].params.items()
    return {name: (Formula(name), param.default) for name, param in known if name in names}


def offered_formulas(project: Project, node: Node) -> dict[str, tuple[Formula, object]]:
    """By param: the formula that fits there and its value; mostly empty.

    The last layer before a loss over classes is offered the number of classes.
    """
    param = _OUTPUT_SIZES.get(node.kind)
    if param is None:
        return {}
    for loss in _losses_reached(project.graph, node.id):
        name = _class_fact(project, loss)
        if name is not None:
            return {param: (Formula(name), project.data.facts()[name])}
    return {}


def _losses_reached(graph: Graph, start: NodeId) -> list[NodeId]:
    """Class losses that read what this node yields, with no other layer of weights between."""
    targets: dict[NodeId, list[Wire]] = {}
    for wire in graph.wires.values():
        targets.setdefault(wire.source, []).append(wire)
    found, seen, waiting = [], {start}, [start]
    while waiting:
        for wire in targets.get(waiting.pop(), ()):
            node = graph.nodes[wire.target]
            if node.kind in _CLASS_LOSSES and wire.input == "input":
                found.append(node.id)
            elif node.id not in seen and _passes_through(node):
                seen.add(node.id)
                waiting.append(node.id)
    return found


def _passes_through(node: Node) -> bool:
    kind = CATALOG.get(node.kind)
    return kind is not None and kind.family not in _PARAMETRIZED and not kind.is_term


def _class_fact(project: Project, loss: NodeId) -> str | None:
    """The name of the fact that says how many classes the loss's target has."""
    wire = project.graph.wire_into(loss, "target")
    while wire is not None:
        if project.graph.nodes[wire.source].kind == "data.Dataset":
            name = f"{wire.output}.classes"
            return name if name in project.data.facts() else None
        into = [w for w in project.graph.wires.values() if w.target == wire.source]
        wire = into[0] if len(into) == 1 else None
    return None
