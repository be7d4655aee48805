"""Problems that a person has seen and lets be: silenced at their node, told again on request."""

from __future__ import annotations

from dataclasses import dataclass

from graphcore.project.edits import MISSING, Edit, Set
from graphcore.project.graph import NodeId
from graphcore.project.project import Project


@dataclass(frozen=True, slots=True)
class Silence:
    """A rule that is not told at a node."""

    definition: str
    node: NodeId
    rule: str


def silenced(project: Project) -> list[Silence]:
    """Every silence of the project, in the order of definitions and creation."""
    return [
        Silence(name, node.id, rule)
        for name, definition in project.definitions.items()
        for node in sorted(definition.graph.nodes.values(), key=lambda node: node.order)
        for rule in node.silenced
    ]


def silence(project: Project, one: Silence) -> Edit:
    """The edit after which the rule is not told there any more."""
    kept = _kept(project, one)
    return Set(_path(one), (*kept, one.rule))


def unsilence(project: Project, one: Silence) -> Edit:
    """The edit after which the rule is told there again."""
    return Set(_path(one), _kept(project, one) or MISSING)


def _kept(project: Project, one: Silence) -> tuple[str, ...]:
    node = project.definitions[one.definition].graph.nodes[one.node]
    return tuple(rule for rule in node.silenced if rule != one.rule)


def _path(one: Silence) -> tuple[str | int, ...]:
    return ("nodes", one.definition, one.node, "settings", "silenced")
