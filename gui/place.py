"""Where a person looks: the main drawing, or a block that was dived into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile

from PySide6.QtCore import QObject, Signal

from graphcore.analysis.result import Analysis, NodeFacts, Problem
from graphcore.code.code import Code
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Edit, touched_definitions
from graphcore.project.graph import Graph, Node, NodeId
from graphcore.project.paths import spot_of
from graphcore.project.project import Project
from gui.document import Document

Steps = tuple[NodeId, ...]


class Place(QObject):
    """The drawing that is shown; `moved` after another one is, `turned` after another turn is.

    `steps` are the blocks dived into, outermost first, so the shapes shown are those of that
    very instance; `turns` tells for each which turn of a repeated block it is, from 0. View
    state: never in an edit, never saved.
    """

    moved = Signal()
    turned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.steps: Steps = ()
        self.turns: tuple[int, ...] = ()
        self._document: Document | None = None
        self._known: tuple[Analysis | None, str, Mapping[NodeId, NodeFacts]] = (None, "", {})

    def watch(self, document: Document) -> None:
        """Follow this project: leave blocks that are gone, go where something was changed."""
        if self._document is document:
            return
        self._document = document
        document.edited.connect(self._on_edited)
        document.replaced.connect(lambda: self.go(()))

    @property
    def definition(self) -> str:
        """The name of the definition that is shown."""
        if self._document is None or not self.steps:
            return MAIN
        return _end(self._document.project, self.steps)[0]

    @property
    def is_main(self) -> bool:
        """Whether it is the main drawing."""
        return not self.steps

    def graph(self, project: Project) -> Graph:
        """The drawing that is shown."""
        return project.definitions[self.definition].graph

    def drawn(self, nodes: Iterable[NodeId]) -> frozenset[NodeId]:
        """Those of these nodes that are shown: panels may speak of the drawing before an edit."""
        found = frozenset(nodes)
        if self._document is None:
            return found
        return found & self.graph(self._document.project).nodes.keys()

    @property
    def blocks(self) -> list[Node]:
        """The blocks dived into, outermost first."""
        if self._document is None or not self.steps:
            return []
        return _end(self._document.project, self.steps)[1]

    @property
    def levels(self) -> list[tuple[Node, int]]:
        """The same with the turn of each that is shown, from 0."""
        return [
            (node, min(turn, max(0, node.repeat - 1)))
            for node, turn in zip(self.blocks, self.turns, strict=False)
        ]

    @property
    def prefix(self) -> str:
        """What stands before the names of the shown nodes in paths: `stage0.first.`."""
        return "".join(
            f"{node.name}.{turn}." if node.repeat else f"{node.name}." for node, turn in self.levels
        )

    # Going

    def go(self, steps: Iterable[NodeId], turns: Iterable[int] | None = None) -> None:
        """Show what lies behind these blocks; as far as they are blocks.

        Without `turns` each block that stays keeps its turn, and others show their first.
        """
        wanted = tuple(steps)
        if self._document is not None:
            wanted = wanted[: len(_end(self._document.project, wanted)[1])]
        kept = takewhile(lambda pair: pair[0] == pair[1], zip(wanted, self.steps, strict=False))
        same = len(list(kept))
        given = tuple(turns) if turns is not None else self.turns[:same]
        before, self.turns = self.turns, (*given, *[0] * len(wanted))[: len(wanted)]
        if wanted != self.steps:
            self.steps = wanted
            self.moved.emit()
        elif before != self.turns:
            self.turned.emit()

    def turn_to(self, depth: int, turn: int) -> None:
        """Show another turn (from 0) of the repeated block that many levels deep."""
        if depth < len(self.steps):
            self.go(self.steps, (*self.turns[:depth], turn, *self.turns[depth + 1 :]))

    def enter(self, node: NodeId) -> None:
        """Dive into a block of the shown drawing."""
        self.go((*self.steps, node))

    def leave(self) -> None:
        """One level up."""
        self.go(self.steps[:-1])

    def show(self, definition: str) -> None:
        """Show that drawing: the nearest instance of it above or below, if it is not shown."""
        if self._document is not None and definition != self.definition:
            way = _way(self._document.project, {definition}, self.steps)
            self.go(self.steps if way is None else way)

    def reveal(self, path: str) -> NodeId | None:
        """Show the drawing that holds the node at a path; the node, None where there is none."""
        spot = spot_of(self._document.project, path) if self._document is not None else None
        if spot is None:
            return None
        self.go(spot.steps, spot.turns)
        return spot.node

    # What others know of the nodes that are shown

    def facts(self, analysis: Analysis) -> Mapping[NodeId, NodeFacts]:
        """What analysis knows of the shown nodes, at this very instance."""
        if self.is_main:
            return analysis.by_node
        prefix = self.prefix
        if self._known[0] is not analysis or self._known[1] != prefix:
            found = {
                facts.node: facts
                for path, facts in analysis.nodes.items()
                if path.startswith(prefix) and "." not in path[len(prefix) :]
            }
            self._known = analysis, prefix, found
        return self._known[2]

    def values(self, analysis: Analysis) -> Mapping[str, object]:
        """What the params of the block are at the instance that is shown."""
        block = analysis.nodes.get(self.prefix[:-1])
        return block.params if block else {}

    def problems(self, analysis: Analysis) -> dict[str, list[Problem]]:
        """The problems of the shown nodes, by the node's name."""
        prefix, found = self.prefix, dict[str, list[Problem]]()
        for problem in analysis.problems:
            if problem.path.startswith(prefix):
                found.setdefault(problem.path[len(prefix) :].partition(".")[0], []).append(problem)
        return found

    def lines(self, code: Code, analysis: Analysis, nodes: Iterable[NodeId]) -> list[int]:
        """The lines (from 1) of the code that come from these nodes.

        A block's class is written once, so its lines belong to all of its instances.
        """
        wanted = set(nodes)
        if self.is_main or self._document is None:
            paths = {analysis.by_node[node].path for node in wanted if node in analysis.by_node}
            return [line for line, path in code.lines.items() if path in paths]
        project, definition = self._document.project, self.definition
        names = {node.name for node in self.graph(project).nodes.values() if node.id in wanted}
        return [
            line
            for line, path in code.lines.items()
            if path.rpartition(".")[2] in names and _holder(project, path) == definition
        ]

    # Following the project

    def _on_edited(self, edit: Edit) -> None:
        assert self._document is not None
        project = self._document.project
        kept = self.steps[: len(_end(project, self.steps)[1])]
        touched = touched_definitions(edit) & project.definitions.keys()
        if kept == self.steps and touched and self.definition not in touched:
            way = _way(project, touched, kept)
            kept = kept if way is None else way
        self.go(kept)


def _end(project: Project, steps: Steps) -> tuple[str, list[Node]]:
    """The definition behind these blocks, and the blocks as far as they are there."""
    name, blocks = MAIN, list[Node]()
    for step in steps:
        node = project.definitions[name].graph.nodes.get(step)
        inner = node.kind.removeprefix("block.") if node else ""
        if node is None or inner == node.kind or inner not in project.definitions:
            break
        name = inner
        blocks.append(node)
    return name, blocks


def _way(project: Project, wanted: set[str], here: Steps) -> Steps | None:
    """The steps to one of these definitions: upwards from here, else the shortest way down."""
    for depth in range(len(here), -1, -1):
        if _end(project, here[:depth])[0] in wanted:
            return here[:depth]
    waiting: list[tuple[str, Steps]] = [(MAIN, ())]
    seen = {MAIN}
    for name, steps in waiting:  # grows while it is walked
        if name in wanted:
            return steps
        for node in project.definitions[name].graph.nodes.values():
            inner = node.kind.removeprefix("block.")
            if inner != node.kind and inner in project.definitions and inner not in seen:
                seen.add(inner)
                waiting.append((inner, (*steps, node.id)))
    return None


def _holder(project: Project, path: str) -> str:
    """The definition that holds the node at a path; empty where there is none."""
    name = MAIN
    for part in path.split(".")[:-1]:
        if part.isdigit():
            continue
        block = project.definitions[name].graph.by_name(part)
        inner = block.kind.removeprefix("block.") if block else ""
        if inner not in project.definitions:
            return ""
        name = inner
    return name
