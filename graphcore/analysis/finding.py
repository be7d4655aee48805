"""Nodes found by what a person types: a name, a kind, a shape, a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphcore.analysis.result import Analysis, NodeFacts, Problem, Severity
from graphcore.project.definitions import MAIN
from graphcore.project.graph import Node
from graphcore.project.project import Note, Project
from graphcore.types import Tensor

_TURN = re.compile(r"\.\d+(?=\.)")
_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Found:
    """A node that was found: the path that leads to it, and why, in a few words.

    Of a repeated block the first turn stands for all, unless the problem lies in another.
    """

    path: str
    kind: str
    why: str
    severity: Severity | None = None

    @property
    def name(self) -> str:
        """The node's name."""
        return self.path.rpartition(".")[2]

    @property
    def around(self) -> str:
        """The path of the block that it lies in; empty in the main drawing."""
        return self.path.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Entry:
    """A node at one place of the drawing, with all that it may be found by."""

    path: str
    node: Node
    title: str
    facts: NodeFacts | None
    problems: tuple[Problem, ...]


def without_turns(path: str) -> str:
    """The path that is the same for every turn of a repeated block."""
    return _TURN.sub("", path)


def entries(project: Project, analysis: Analysis) -> list[Entry]:
    """Every node of the drawing and of the blocks in it, as the code would read."""
    problems: dict[str, list[Problem]] = {}
    for problem in sorted(analysis.problems, key=lambda problem: _RANK[problem.severity]):
        problems.setdefault(without_turns(problem.path), []).append(problem)
    return list(_entries(project, analysis, problems, MAIN, ""))


def _entries(
    project: Project, analysis: Analysis, problems: Mapping[str, list[Problem]],
    definition: str, prefix: str,
) -> Iterator[Entry]:  # fmt: skip
    graph = project.definitions[definition].graph
    nodes = dict.fromkeys(node.id for node in graph.ordered()) | dict.fromkeys(graph.nodes)
    for node in (graph.nodes[node] for node in nodes):
        path = f"{prefix}{node.name}"
        told = tuple(problems.get(without_turns(path), ()))
        title = project.kind(node.kind).title
        yield Entry(path, node, title, analysis.nodes.get(path), told)
        inner = node.kind.removeprefix("block.")
        if inner != node.kind and inner in project.definitions:
            turn = f"{path}.0." if node.repeat else f"{path}."
            yield from _entries(project, analysis, problems, inner, turn)


def find(known: list[Entry], text: str) -> list[Found]:
    """The nodes in which every word of the text is found; those of that very name come first."""
    words = text.lower().split()
    if not words:
        return []
    found = [hit for entry in known if (hit := _found(entry, words)) is not None]
    wanted = text.strip().lower()
    return sorted(found, key=lambda hit: hit.name.lower() != wanted)


def find_notes(project: Project, text: str) -> list[tuple[str, Note]]:
    """The frames and sticky notes whose words hold every word of the text, by id.

    Those of blocks that stand nowhere can't be shown, and are left out.
    """
    words, seen = text.lower().split(), _drawings(project) if text.strip() else set[str]()
    return [
        (key, note)
        for key, note in sorted(project.notes.items(), key=lambda item: item[1].title)
        if note.definition in seen
        and all(word in f"{note.title} {note.text}".lower() for word in words)
    ]


def _drawings(project: Project) -> set[str]:
    """The main drawing and those of the blocks that stand in it, at any depth."""
    found = [MAIN]
    for name in found:  # grows while it is walked
        kinds = {node.kind for node in project.definitions[name].graph.nodes.values()}
        blocks = {kind.removeprefix("block.") for kind in kinds if kind.startswith("block.")}
        found += sorted((blocks & project.definitions.keys()) - {*found})
    return set(found)


def _found(entry: Entry, words: list[str]) -> Found | None:
    reasons = [_reason(entry, word) for word in words]
    if None in reasons:
        return None
    problem = next((item for item in reasons if isinstance(item, Problem)), None)
    worst = entry.problems[0] if entry.problems else None
    shape = next((item for item in reasons if isinstance(item, str) and item), "")
    why = problem.message if problem else shape or _shapes(entry)
    path = problem.path if problem else entry.path
    return Found(path, entry.title, why, worst.severity if worst else None)


def _reason(entry: Entry, word: str) -> Problem | str | None:
    """What a word is found by: a problem, a shape, "" for name or kind; None where it isn't."""
    node = entry.node
    if any(word in said.lower() for said in (node.name, entry.title, node.kind, node.title)):
        return ""
    for kind in (
        (*entry.facts.outputs.values(), *entry.facts.inputs.values()) if entry.facts else ()
    ):
        if isinstance(kind, Tensor) and _fits(kind, word):
            return str(kind)
    for problem in entry.problems:
        said = f"{problem.severity} problem {problem.rule} {problem.message}".lower()
        if word in said:
            return problem
    return "" if word in node.note.lower() else None


def _fits(kind: Tensor, word: str) -> bool:
    """Whether sizes such as `64` or `16x8x8` stand side by side in a shape."""
    wanted = [part for part in re.split("[x×,]", word) if part]
    if not wanted or not any(part.isdecimal() for part in wanted):
        return False
    dims = [str(dim).lower() for dim in kind.dims]
    return any(dims[at : at + len(wanted)] == wanted for at in range(len(dims)))


def _shapes(entry: Entry) -> str:
    return ", ".join(map(str, entry.facts.outputs.values())) if entry.facts else ""
