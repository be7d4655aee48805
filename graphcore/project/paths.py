"""Where a path leads: `stage1.2.conv` is the node conv in the third turn of the block stage1."""

from __future__ import annotations

from dataclasses import dataclass

from graphcore.project.definitions import MAIN
from graphcore.project.graph import NodeId
from graphcore.project.project import Project


@dataclass(frozen=True, slots=True)
class Spot:
    """A node with the blocks around it.

    `steps` are the blocks, outermost first; `turns` is the turn of each, 0 where it takes one.
    """

    definition: str
    node: NodeId
    steps: tuple[NodeId, ...] = ()
    turns: tuple[int, ...] = ()


def spot_of(project: Project, path: str) -> Spot | None:
    """The node that analysis means by a path; None where there is none."""
    definition, steps, turns = MAIN, list[NodeId](), list[int]()
    *outer, last = path.split(".")
    for part in outer:
        if part.isdecimal() and turns:
            turns[-1] = int(part)
            continue
        block = project.definitions[definition].graph.by_name(part)
        inner = block.kind.removeprefix("block.") if block else ""
        if block is None or inner == block.kind or inner not in project.definitions:
            return None
        definition = inner
        steps.append(block.id)
        turns.append(0)
    node = project.definitions[definition].graph.by_name(last)
    return Spot(definition, node.id, tuple(steps), tuple(turns)) if node else None
