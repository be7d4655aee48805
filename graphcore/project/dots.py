"""Dots that a person puts on wires to lead them: pure functions of the project as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graphcore.project.definitions import MAIN
from graphcore.project.edits import MISSING, Edit, Set, Together, bend_key
from graphcore.project.graph import NodeId, Slot, Wire
from graphcore.project.project import Point, Project

Dot = tuple[Slot, int]
"""The slot that a wire ends in, and the number of one of its dots, from the output on."""
Points = tuple[Point, ...]


def dots_of(project: Project, slot: Slot, definition: str = MAIN) -> Points:
    """The dots of the wire that ends there, from the output on."""
    here = project.dots.get(definition)
    return here.get(key_of(slot), ()) if here else ()


def key_of(slot: Slot) -> str:
    """The key of the dots of the wire that ends there."""
    return f"{slot[0]}.{slot[1]}"


def slot_of(key: str) -> Slot:
    """The slot that a key of dots speaks of."""
    node, _, port = key.partition(".")
    return NodeId(node), port


def with_dot(project: Project, dot: Dot, point: Point, definition: str = MAIN) -> Edit:
    """One more dot, which takes that number."""
    slot, place = dot
    before = dots_of(project, slot, definition)
    return Set(("dots", definition, key_of(slot)), (*before[:place], point, *before[place:]))


def without_dots(project: Project, dots: Iterable[Dot], definition: str = MAIN) -> Together:
    """These dots gone; their wires stay."""
    gone = set(dots)
    edits = []
    for slot in sorted({slot for slot, _ in gone}):
        every = enumerate(dots_of(project, slot, definition))
        kept = tuple(point for place, point in every if (slot, place) not in gone)
        edits.append(Set(("dots", definition, key_of(slot)), kept or MISSING))
    return Together(tuple(edits))


def moved_by(points: Points, way: Point) -> Points:
    """Points that much further right and down."""
    return tuple((x + way[0], y + way[1]) for x, y in points)


def shifted_dots(
    project: Project, definition: str, shifts: Mapping[NodeId, Point],
    chosen: Iterable[Dot] = (), by: Point = (0, 0),
) -> dict[str, Points]:  # fmt: skip
    """The dots that lie elsewhere when these nodes move that far and the chosen dots go `by`.

    All dots of a wire go along where both its ends move alike.
    """
    graph, picked = project.definitions[definition].graph, set(chosen)
    found: dict[str, Points] = {}
    for key, points in project.dots.get(definition, {}).items():
        slot = slot_of(key)
        wire = graph.wires.get(slot)
        here = shifts.get(wire.source) if wire is not None else None
        if wire is not None and here is not None and here == shifts.get(wire.target):
            new = moved_by(points, here)
        else:
            new = tuple(moved_by((point,), by)[0] if (slot, place) in picked else point
                        for place, point in enumerate(points))  # fmt: skip
        if new != points:
            found[key] = new
    return found


def kept_dots(project: Project, wires: Iterable[Wire], definition: str = MAIN) -> Iterator[Edit]:
    """Wires made anew get the dots of those that end in the same slots now."""
    dots = project.dots.get(definition, {})
    for key in (bend_key(wire) for wire in wires):
        if key in dots:
            yield Set(("dots", definition, key), dots[key])
