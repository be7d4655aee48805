"""Definitions: drawings that are used as blocks. The project's own drawing is one of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphcore.project.graph import Graph

MAIN = "main"


@dataclass(frozen=True, slots=True)
class DefinitionParam:
    """A param that a block exposes; formulas inside know it by its name."""

    default: object
    help: str = ""


@dataclass(slots=True)
class Definition:
    """A drawing with params; its `io.Input` and `io.Output` nodes are its ports."""

    graph: Graph = field(default_factory=Graph)
    params: dict[str, DefinitionParam] = field(default_factory=dict)
    help: str = ""

    def copy(self) -> Definition:
        """A snapshot that shares the frozen nodes and wires."""
        return Definition(self.graph.copy(), dict(self.params), self.help)
