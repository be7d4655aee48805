"""Layers that lend their weights: who may use whose, and who takes over when an owner goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graphcore.errors import UserError
from graphcore.project.definitions import MAIN
from graphcore.project.edits import MISSING, Edit, Set, SetParam, Together
from graphcore.project.graph import Graph, Node, NodeId
from graphcore.project.project import Project


def has_layer(project: Project, node: Node) -> bool:
    """Whether it is constructed, so that its weights can be shared."""
    kind = project.kind(node.kind)
    return (kind.is_layer and not kind.is_term) or kind.role == "block"


def possible_owners(project: Project, node: Node, definition: str = MAIN) -> list[Node]:
    """The nodes whose layer this one may use: of its kind, and using nobody else's."""
    graph = project.definitions[definition].graph
    if not has_layer(project, node):
        return []
    found = [
        other
        for other in graph.nodes.values()
        if other.kind == node.kind and other.id != node.id and not other.shares
    ]
    return sorted(found, key=lambda other: other.order)


def sharers(graph: Graph, node: Node) -> list[Node]:
    """The nodes that say they use this one's layer, in the order of creation."""
    found = [other for other in graph.nodes.values() if other.shares == node.name]
    return sorted(found, key=lambda other: other.order)


def shared(project: Project, nodes: Iterable[NodeId], definition: str = MAIN) -> Edit:
    """All of these nodes with the layer of the one made first. Raises UserError."""
    graph = project.definitions[definition].graph
    why = why_not_shared(project, nodes := list(nodes), definition)
    if why:
        raise UserError(why, "Select two or more layers of one kind.")
    owner, *others = sorted((graph.nodes[node] for node in nodes), key=lambda node: node.order)
    edits = [_set(owner.id, "shares", MISSING, definition)] if owner.shares else []
    edits += [_set(node.id, "shares", owner.name, definition) for node in others]
    return Together(tuple(edits))


def why_not_shared(project: Project, nodes: Iterable[NodeId], definition: str = MAIN) -> str:
    """Why these nodes can't use one layer, as a sentence; empty where they can."""
    graph = project.definitions[definition].graph
    found = [graph.nodes[node] for node in nodes if node in graph.nodes]
    if len(found) < 2:
        return "Sharing takes two or more layers."
    if len({node.kind for node in found}) > 1:
        return "Only layers of one kind can share their weights."
    if not has_layer(project, found[0]):
        return f"“{found[0].name}” has no weights to share."
    return ""


def handed_over(project: Project, gone: Collection[NodeId], definition: str = MAIN) -> list[Edit]:
    """What to do before these nodes go, so that who used their weights keeps them.

    The first sharer takes the owner's params and settings of the weights; the others share with
    it. Weights that were tied to a node that goes are tied to the first of them.
    """
    graph = project.definitions[definition].graph
    edits: list[Edit] = []
    for node in sorted(gone):
        if node in graph.nodes:
            owner = graph.nodes[node]
            heirs = [heir for heir in sharers(graph, owner) if heir.id not in gone]
            edits += _inherited(owner, heirs, definition)
    return edits + _retied(graph, gone, definition)


def owned_by(owner: Node, node: Node, definition: str = MAIN) -> Edit:
    """The layer is this node's from now on: it takes over params and settings; they swap."""
    edits = _inherited(owner, [node], definition)
    return Together((*edits, _set(owner.id, "shares", node.name, definition)))


_OF_WEIGHTS = ("init", "freeze", "lr_factor", "decay", "repeat")


def _inherited(owner: Node, heirs: list[Node], definition: str) -> list[Edit]:
    if not heirs:
        return []
    first, *others = heirs
    edits: list[Edit] = [
        SetParam(first.id, name, owner.params.get(name, MISSING), definition)
        for name in {**owner.params, **first.params}
        if owner.params.get(name, MISSING) != first.params.get(name, MISSING)
    ]
    edits += [
        _set(first.id, name, owner.settings.get(name, MISSING), definition)
        for name in _OF_WEIGHTS
        if owner.settings.get(name) != first.settings.get(name)
    ]
    edits.append(_set(first.id, "shares", owner.shares or MISSING, definition))
    edits += [_set(node.id, "shares", first.name, definition) for node in others]
    return edits


def _retied(graph: Graph, gone: Collection[NodeId], definition: str) -> list[Edit]:
    """New ties where the weight that others are tied to goes."""
    names = {graph.nodes[node].name for node in gone if node in graph.nodes}
    heirs: dict[str, str] = {}
    edits: list[Edit] = []
    for node in sorted(graph.nodes.values(), key=lambda node: node.order):
        lost = {n: p for n, p in node.ties.items() if p.partition(".")[0] in names}
        if node.id in gone or not lost:
            continue
        kept = {name: path for name, path in node.ties.items() if name not in lost}
        for name, path in lost.items():
            heir = heirs.setdefault(path, f"{node.name}.{name}")
            if heir != f"{node.name}.{name}":
                kept[name] = heir
        edits.append(_set(node.id, "ties", kept or MISSING, definition))
    return edits


def _set(node: NodeId, name: str, value: object, definition: str) -> Set:
    return Set(("nodes", definition, node, "settings", name), value)
