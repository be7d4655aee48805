"""New nodes, named and numbered so that they fit the drawing."""

from __future__ import annotations

from graphcore.project.definitions import MAIN
from graphcore.project.graph import Node, new_id, wished_name
from graphcore.project.project import Project


def new_node(project: Project, kind: str, definition: str = MAIN, *, name: str = "") -> Node:
    """A node of that kind with a free name, the kind's starting params and the next order.

    It is not in the project yet: put it there with AddNode.
    """
    graph = project.definitions[definition].graph
    found = project.kind(kind)
    free = graph.free_name(name or wished_name(found.title))
    return Node(new_id(), kind, free, found.starting_params(), order=graph.next_order())
