"""Where a path leads: `stage1.2.conv` is the node conv in the third turn of the block stage1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def settings_by_path(project: Project) -> dict[str, Mapping[str, object]]:
    """What is set at each node, also inside blocks: a definition's own at every instance of it."""
    return dict(_settings(project, MAIN, ""))


def _settings(
    project: Project, definition: str, prefix: str
) -> Iterator[tuple[str, Mapping[str, object]]]:
    for node in project.definitions[definition].graph.nodes.values():
        path = f"{prefix}{node.name}"
        if node.settings:
            yield path, node.settings
        inner = node.kind.removeprefix("block.")
        if inner != node.kind and inner in project.definitions:
            turns = [f"{path}.{turn}" for turn in range(node.repeat)] or [path]
            for turn in turns:
                yield from _settings(project, inner, f"{turn}.")
