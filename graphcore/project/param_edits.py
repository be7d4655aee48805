"""Params of several nodes: which they have in common, and the edit that sets one at each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graphcore.errors import UserError
from graphcore.kinds.kind import REQUIRED, Param
from graphcore.project.definitions import MAIN
from graphcore.project.edits import MISSING, Disconnect, Edit, SetParam, Together
from graphcore.project.graph import Graph, Node, NodeId
from graphcore.project.project import Project


def common_params(project: Project, nodes: Sequence[Node]) -> tuple[Param, ...]:
    """The params that all of these nodes have alike, as the first one's kind describes them.

    Alike are those of one name that may hold the same values and are left out alike. Where new
    nodes begin differently there is no beginning to go back to.
    """
    each = [{param.name: param for param in project.params_at(node)} for node in nodes]
    if not each:
        return ()
    return tuple(
        param if all(other[name].start == param.start for other in each)
        else replace(param, start=REQUIRED)
        for name, param in each[0].items()
        if all(name in other and _are_alike(param, other[name]) for other in each)
    )  # fmt: skip


def _are_alike(first: Param, second: Param) -> bool:
    return (
        first.type == second.type
        and first.optional == second.optional
        and (first.infer is None) == (second.infer is None)
        and type(first.default) is type(second.default)
        and first.default == second.default
    )


def set_at(
    project: Project, nodes: Sequence[Node], name: str, value: object, definition: str = MAIN
) -> Edit:
    """The param set at each of these nodes, with the wires gone whose ports that takes away."""
    edits = [_set(project, node, name, value, definition) for node in nodes]
    return edits[0] if len(edits) == 1 else Together(tuple(edits))


@dataclass(frozen=True, slots=True)
class PastedParams:
    """The edit that takes params over, by how many nodes, and the names of what they took."""

    edit: Edit
    nodes: tuple[NodeId, ...]
    names: tuple[str, ...]


def pasted_params(
    project: Project, copied: Graph, nodes: Iterable[NodeId], definition: str = MAIN
) -> PastedParams:
    """The params of copied nodes at others.

    A node of a copied kind becomes just like the first copied node of that kind. Another takes
    what was chosen at the first copied node, where a param of that name allows the value. Raises
    UserError where nothing would change.
    """
    after, sources = project.copy(), list(copied.ordered())
    graph = after.definitions[definition].graph
    edits, changed, names = list[Edit](), list[NodeId](), dict[str, None]()
    for node in nodes:
        source = next((s for s in sources if s.kind == graph.nodes[node].kind), sources[0])
        for name in _taken(after, source, graph.nodes[node]):
            value = source.params.get(name, MISSING)
            edit = _set(after, graph.nodes[node], name, value, definition)
            try:
                edit.apply(after)
            except UserError:
                continue  # this kind does not allow the value
            edits.append(edit)
            names[name] = None
            changed += [node] if node not in changed else []
    if not edits:
        raise UserError(
            "No selected node takes any of the options that were copied.",
            "Copy a node whose options differ, and select nodes with options of the same names.",
        )
    return PastedParams(Together(tuple(edits)), tuple(changed), tuple(names))


def _taken(project: Project, source: Node, node: Node) -> list[str]:
    """The names of the params that would be others at this node."""
    names = [param.name for param in project.params_at(node)]
    chosen = names if source.kind == node.kind else [n for n in names if n in source.params]
    return [n for n in chosen if node.params.get(n, MISSING) != source.params.get(n, MISSING)]


def _set(project: Project, node: Node, name: str, value: object, definition: str) -> Edit:
    edit = SetParam(node.id, name, value, definition)
    if project.kind(node.kind).ports_from is None:
        return edit
    changed = node.without_param(name) if value is MISSING else node.with_param(name, value)
    inputs, outputs = ({port.name for port in ports} for ports in project.ports(changed))
    lost = [
        wire
        for wire in project.definitions[definition].graph.wires_at(node.id)
        if (wire.source == node.id and wire.output not in outputs)
        or (wire.target == node.id and wire.input.partition(".")[0] not in inputs)
    ]
    return Together((*(Disconnect(wire, definition) for wire in lost), edit)) if lost else edit
