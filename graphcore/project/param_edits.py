"""Params of several nodes: which they have in common, and the edit that sets one at each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graphcore.kinds.kind import REQUIRED, Param
from graphcore.project.definitions import MAIN
from graphcore.project.edits import MISSING, Disconnect, Edit, SetParam, Together
from graphcore.project.graph import Node
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
