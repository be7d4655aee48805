"""What was drawn out several times, one after the other, as one block that is repeated."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from graphcore.errors import UserError
from graphcore.project.definitions import MAIN
from graphcore.project.edits import Connect, Edit, RemoveNode, Set, Together
from graphcore.project.graph import Graph, Node, NodeId, Wire, place_of_slot
from graphcore.project.likeness import PREFIX
from graphcore.project.project import Project
from graphcore.project.structure import STAY, collapse, free_block_name

LONGEST = 64
"""Nodes in one turn, at most."""
Alike = Callable[[NodeId, NodeId], bool]
"""Whether two nodes take and yield the same; the drawing alone can't tell."""
Value = tuple[NodeId, str]
_OWN = ("pinned", "silenced", "repeat")
"""Settings that say nothing of what a node does."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Turns that are drawn alike, node by node; each takes the value of the one before."""

    turns: tuple[tuple[NodeId, ...], ...]

    @property
    def nodes(self) -> frozenset[NodeId]:
        """All nodes of all turns."""
        return frozenset(node for turn in self.turns for node in turn)


def repeats(
    project: Project, definition: str = MAIN, alike: Alike | None = None,
    among: Collection[NodeId] = (),
) -> list[Repeat]:  # fmt: skip
    """The stretches that repeat, those that save the most first; none shares a node with another.

    A turn is one block, or two nodes at least; with `among`, only of these nodes. Kinds, params,
    settings, titles and wires have to be the same, and nothing outside may read from within.
    """
    finder = _Finder(project, definition, alike or (lambda one, other: True), frozenset(among))
    found = sorted(finder.all(), key=_worth)
    taken, kept = set[NodeId](), list[Repeat]()
    for repeat in found:
        if not taken & repeat.nodes:
            kept.append(repeat)
            taken |= repeat.nodes
    return kept


def _worth(repeat: Repeat) -> tuple[int, int]:
    """Most nodes first, of those the shortest turns."""
    length = len(repeat.turns[0])
    return -length * len(repeat.turns), length


class _Finder:
    """Looks at the nodes in the order of the code, where turns lie one after the other."""

    def __init__(
        self, project: Project, definition: str, alike: Alike, among: frozenset[NodeId]
    ) -> None:
        self._project, self._alike = project, alike
        self._graph: Graph = project.definitions[definition].graph
        self._into = self._graph.wires_by_target()
        self._from: dict[NodeId, list[Wire]] = {}
        for wire in self._graph.wires.values():
            self._from.setdefault(wire.source, []).append(wire)
        owners = {node.shares for node in self._graph.nodes.values() if node.shares}
        owners |= {p.split(".")[0] for n in self._graph.nodes.values() for p in n.ties.values()}
        self._nodes = [node for node in self._graph.ordered() if not among or node.id in among]
        self._looks = _numbered([self._look(node, owners) for node in self._nodes])

    def _look(self, node: Node, owners: Collection[str]) -> tuple[object, ...] | None:
        """What has to be the same in every turn; None where a node can't be in a block."""
        role = self._project.kind(node.kind).role
        if role in STAY or node.shares or node.ties or node.repeat or node.name in owners:
            return None
        settings = {k: v for k, v in node.settings.items() if k not in _OWN}
        return node.kind, dict(node.params), settings, node.title, node.note

    def all(self) -> Iterator[Repeat]:
        for length in range(1, min(LONGEST, len(self._nodes) // 2) + 1):
            start = 0
            while start + 2 * length <= len(self._nodes):
                repeat = self._at(start, length)
                if repeat is not None:
                    yield repeat
                start += len(repeat.nodes) if repeat is not None else 1

    def _at(self, start: int, length: int) -> Repeat | None:
        """The turns of that length that begin there, two at least."""
        looks = self._looks
        if looks[start] != looks[start + length] or None in looks[start : start + length]:
            return None
        if looks[start : start + length] != looks[start + length : start + 2 * length]:
            return None
        if length == 1 and not self._nodes[start].kind.startswith(PREFIX):
            return None
        turns, leaving = [self._turn(start, length)], list[Value]()
        if self._entry(turns[0]) is None:
            return None
        while self._follows(start, len(turns), turns[-1], leaving):
            turns.append(self._turn(start + len(turns) * length, length))
        while len(turns) > 1 and not self._ends(turns, leaving):
            turns.pop()
        return Repeat(tuple(turns)) if len(turns) > 1 else None

    def _turn(self, start: int, length: int) -> tuple[NodeId, ...]:
        return tuple(node.id for node in self._nodes[start : start + length])

    def _entry(self, turn: tuple[NodeId, ...]) -> Value | None:
        """The one value that a turn takes from outside."""
        taken = {(w.source, w.output) for node in turn for w in self._into.get(node, ())
                 if w.source not in turn}  # fmt: skip
        return next(iter(taken)) if len(taken) == 1 else None

    def _follows(
        self, start: int, count: int, before: tuple[NodeId, ...], leaving: list[Value]
    ) -> bool:
        """Whether one more turn comes after `before`; the value that it takes joins `leaving`."""
        length = len(before)
        first = start + count * length
        looks = self._looks
        if (
            first + length > len(looks)
            or looks[first : first + length] != looks[start : start + length]
        ):
            return False
        turn, model = self._turn(first, length), self._turn(start, length)
        entry = self._entry(turn)
        if entry is None or entry[0] not in before or not self._is_wired_as(turn, model):
            return False
        if not all(map(self._alike, turn, model)):
            return False
        place = before.index(entry[0]), entry[1]
        if leaving and (model.index(leaving[0][0]), leaving[0][1]) != place:
            return False
        only = {w.target for node in before for w in self._from.get(node, ())} - {*before}
        if not only <= {*turn} or self._left(before) != {entry}:
            return False
        if not leaving:
            leaving.append(entry)
        return True

    def _is_wired_as(self, turn: tuple[NodeId, ...], model: tuple[NodeId, ...]) -> bool:
        for one, other in zip(turn, model, strict=True):
            mine, theirs = self._wires(one, turn), self._wires(other, model)
            if mine != theirs:
                return False
        return True

    def _wires(self, node: NodeId, turn: tuple[NodeId, ...]) -> list[object]:
        """Where each input comes from: a place in the turn and its port, or from outside."""
        return [
            (place_of_slot(w), (turn.index(w.source), w.output) if w.source in turn else None)
            for w in self._into.get(node, ())
        ]

    def _left(self, turn: tuple[NodeId, ...]) -> set[Value]:
        """The values of a turn that are read outside of it."""
        return {(w.source, w.output) for node in turn for w in self._from.get(node, ())
                if w.target not in turn}  # fmt: skip

    def _ends(self, turns: list[tuple[NodeId, ...]], leaving: list[Value]) -> bool:
        """Whether what the last turn gives away is what each turn before gave to the next."""
        node, port = leaving[0]
        return self._left(turns[-1]) == {(turns[-1][turns[0].index(node)], port)}


def _numbered(looks: Sequence[tuple[object, ...] | None]) -> list[int | None]:
    """The same number for the same look, so that turns are compared quickly."""
    known, found = dict[object, list[tuple[int, object]]](), list[int | None]()
    for number, look in enumerate(looks):
        if look is None:
            found.append(None)
            continue
        alike = known.setdefault(look[0], [])
        same = next((first for first, other in alike if other == look), number)
        if same == number:
            alike.append((number, look))
        found.append(same)
    return found


def fold(project: Project, found: Repeat, definition: str = MAIN) -> Edit:
    """The first of these turns as a block that is repeated, instead of all of them.

    Turns of one block keep its definition. Raises UserError where the drawing can't be so.
    """
    graph, turns = project.definitions[definition].graph, found.turns
    trial, edits = project.copy(), list[Edit]()

    def do(edit: Edit) -> None:
        edit.apply(trial)
        edits.append(edit)

    first, last = set(turns[0]), turns[-1]
    place = {node: turns[0][number] for number, node in enumerate(last)}
    readers = [w for w in graph.wires.values() if w.source in place and w.target not in place]
    for turn in turns[1:]:
        for node in turn:
            do(RemoveNode(node, definition))
    for wire in readers:
        do(Connect(replace(wire, source=place[wire.source]), definition))
    block = turns[0][0]
    if not (len(first) == 1 and graph.nodes[block].kind.startswith(PREFIX)):
        before = set(trial.definitions[definition].graph.nodes)
        do(collapse(trial, first, free_block_name(trial), definition))
        block = next(iter(set(trial.definitions[definition].graph.nodes) - before))
        # A turn may run on in the next row: the block stands where it begins.
        if (corner := project.layout[definition].get(turns[0][0])) is not None:
            do(Set(("layout", definition, block), corner))
    do(Set(("nodes", definition, block, "settings", "repeat"), len(turns)))
    return Together(tuple(edits))


def folded(
    project: Project, definition: str = MAIN, alike: Alike | None = None,
    among: Collection[NodeId] = (),
) -> Together:  # fmt: skip
    """All repeats of a drawing folded, as one edit. Raises UserError where there are none."""
    found = repeats(project, definition, alike, among)
    if not found:
        raise UserError(
            "Nothing is drawn here twice in a row.",
            "Turns have the same layers, params and wires, and pass on one value.",
        )
    trial, edits = project.copy(), list[Edit]()
    for repeat in found:
        edits.append(fold(trial, repeat, definition))
        edits[-1].apply(trial)
    return Together(tuple(edits))
