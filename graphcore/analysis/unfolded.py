"""What a block comes to at certain params and input types, remembered from walk to walk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from graphcore.analysis.result import NodeFacts, Parts, Problem
from graphcore.analysis.rules import project_problems
from graphcore.project.definitions import Definition
from graphcore.project.graph import NodeId
from graphcore.project.project import Project
from graphcore.types import Type


@dataclass(slots=True)
class Unfolded:
    """A definition at certain params and input types; paths are inside the block.

    `own` are the nodes of its drawing, `inner` those of its inner blocks by path, `instances` the
    inner blocks themselves. `kept` are those that its Outputs need: only they are written.
    """

    name: str
    own: Mapping[NodeId, NodeFacts]
    inner: Mapping[str, NodeFacts]
    problems: tuple[Problem, ...]
    outputs: Mapping[str, Type]
    instances: tuple[Instance, ...]
    kept: frozenset[NodeId] = frozenset()
    _wise: tuple[Problem, ...] | None = None

    @property
    def nodes(self) -> Iterator[NodeFacts]:
        """Its nodes and those of its inner blocks."""
        return chain(self.own.values(), self.inner.values())

    def total(self, cost: str) -> int:
        """The sum of one cost over the block's own nodes (inner blocks count theirs in)."""
        return sum(int(getattr(n, cost)) for n in self.own.values() if n.node in self.kept)

    def wise(self, project: Project) -> tuple[Problem, ...]:
        """What is wise to know of it, inner blocks too; worked out once."""
        if self._wise is None:
            own = project_problems(project, Parts(), self.own, self.name, self.inner)
            self._wise = (*own, *wise_inside(project, self.instances))
        return self._wise


Instance = tuple[str, Unfolded]
"""A block by its path."""

Memo = dict[tuple[object, ...], Unfolded]
MOST = 5000


def wise_inside(project: Project, instances: Sequence[Instance]) -> tuple[Problem, ...]:
    """What is wise to know of blocks, by their paths."""
    return tuple(
        replace(one, path=f"{path}.{one.path}")
        for path, found in instances
        for one in found.wise(project)
    )


def summed(facts: NodeFacts, turns: Sequence[Unfolded]) -> NodeFacts:
    """A block's facts: the last turn's outputs, the costs of all turns."""
    return replace(
        facts,
        outputs=turns[-1].outputs,
        parameters=sum(turn.total("parameters") for turn in turns),
        flops=sum(turn.total("flops") for turn in turns),
        memory=sum(turn.total("memory") for turn in turns),
    )


def kept(memo: Memo, before: Project, project: Project) -> Memo:
    """What still holds of a memo: blocks with nothing changed in them or around them.

    Python modules may have changed outside of the project, so with them nothing is kept.
    """
    same = (before.data, before.plan, before.weights) == (
        project.data, project.plan, project.weights
    )  # fmt: skip
    if not same or project.modules or len(memo) > MOST:
        return {}
    changed = {
        name
        for name, definition in project.definitions.items()
        if not _is_same(before.definitions.get(name), definition)
    }
    while more := {name for name, d in project.definitions.items() if _uses(d, changed)} - changed:
        changed |= more
    return {key: found for key, found in memo.items() if key[0] not in changed}


def _is_same(before: Definition | None, after: Definition) -> bool:
    return before is not None and (before.graph, before.params) == (after.graph, after.params)


def _uses(definition: Definition, names: set[str]) -> bool:
    kinds = {node.kind for node in definition.graph.nodes.values()}
    return any(f"block.{name}" in kinds for name in names)
