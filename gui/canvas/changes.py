"""What a hand on the canvas means, as edits: pure functions of the project as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from PySide6.QtCore import QPointF

from graphcore.project.bringing import bring, renamed, take_modules
from graphcore.project.definitions import MAIN, Definition
from graphcore.project.dots import Dot, kept_dots, moved_by, shifted_dots
from graphcore.project.edits import (
    MISSING,
    AddNode,
    Connect,
    Disconnect,
    Edit,
    RemoveNode,
    Set,
    Together,
    bend_key,
)
from graphcore.project.graph import Graph, NodeId, Slot, Wire, new_id
from graphcore.project.healing import Fits, all_fit, healed
from graphcore.project.lending import handed_over
from graphcore.project.likeness import inner_names, needed
from graphcore.project.project import Point, Project

_NO_WAY = QPointF()


def as_point(place: QPointF) -> Point:
    """A place in whole scene units, as the project keeps it."""
    return round(place.x()), round(place.y())


def moved(
    project: Project, places: Mapping[NodeId, QPointF], definition: str = MAIN,
    dots: Iterable[Dot] = (), by: QPointF = _NO_WAY,
) -> Edit:  # fmt: skip
    """Nodes elsewhere, with the bends among them; those of wires pulled out of shape go.

    Dots of a wire go along with both its ends; these `dots` go `by` that way in any case.
    """
    edits: list[Edit] = [
        Set(("layout", definition, node), as_point(place)) for node, place in places.items()
    ]
    graph = project.definitions[definition].graph
    ways = shifts(project, places, definition)
    for key, bends in project.bends.get(definition, {}).items():
        node, _, port = key.partition(".")
        wire = graph.wire_into(NodeId(node), port)
        here = ways.get(wire.source, (0, 0)) if wire else None
        there = ways.get(wire.target, (0, 0)) if wire else None
        if here is None or here != there:
            edits.append(Set(("bends", definition, key), MISSING))
        elif here != (0, 0):
            new = tuple((x + here[0], y + here[1]) for x, y in bends)
            edits.append(Set(("bends", definition, key), new))
    way = as_point(by)
    edits += [
        Set(("dots", definition, key), points)
        for key, points in shifted_dots(project, definition, ways, dots, way).items()
    ]
    return Together(tuple(edits))


def shifts(
    project: Project, places: Mapping[NodeId, QPointF], definition: str
) -> dict[NodeId, Point]:
    """How far each of these nodes moves; one that had no place yet fits no bends."""
    old, found = project.layout.get(definition, {}), dict[NodeId, Point]()
    for node, place in places.items():
        x, y = as_point(place)
        left, top = old.get(node, (x - 1, y - 1))
        found[node] = x - left, y - top
    return found


def removed(
    project: Project,
    nodes: Iterable[NodeId],
    wires: Iterable[Slot] = (),
    *,
    heal: bool,
    definition: str = MAIN,
    fits: Fits = all_fit,
) -> Edit:
    """Nodes and wires gone; with `heal`, what fed a node feeds its followers instead.

    A wire is healed where one way leads across and its ends fit. Who used the weights of a node
    that goes keeps them.
    """
    graph, gone = project.definitions[definition].graph, set(nodes)
    cut = {graph.wires[slot] for slot in wires if slot in graph.wires}
    edits: list[Edit] = [
        Disconnect(wire, definition) for wire in cut if not {wire.source, wire.target} & gone
    ]
    edits += handed_over(project, gone, definition)
    edits += [RemoveNode(node, definition) for node in sorted(gone)]
    if heal:
        kept = Graph((), [wire for wire in graph.wires.values() if wire not in cut])
        joined = healed(kept, gone, fits)
        edits += [Connect(wire, definition) for wire in joined]
        edits += kept_dots(project, joined, definition)
    return Together(tuple(edits))


def connected(project: Project, wire: Wire, old: Wire | None, definition: str = MAIN) -> Edit:
    """A new wire; `old` is the wire that was pulled off to make it."""
    if old is None:
        return Connect(wire, definition)
    dots = project.dots.get(definition, {}).get(bend_key(old))
    kept = (Set(("dots", definition, bend_key(wire)), dots),) if dots else ()
    if (old.target, old.input) == (wire.target, wire.input):
        return Together((Connect(wire, definition), *kept))
    return Together((Disconnect(old, definition), Connect(wire, definition), *kept))


def inserted(
    wire: Wire, head: Slot, tail: tuple[NodeId, str], definition: str = MAIN,
    dots: tuple[tuple[Point, ...], tuple[Point, ...]] = ((), ()),
) -> Edit:  # fmt: skip
    """What begins at the slot `head` and ends at the output `tail`, in the middle of a wire.

    `dots` are those of the wire that go to the half before and to the half behind.
    """
    halves = Wire(wire.source, wire.output, *head), Wire(*tail, wire.target, wire.input)
    kept = [
        Set(("dots", definition, bend_key(half)), points)
        for half, points in zip(halves, dots, strict=True) if points
    ]  # fmt: skip
    joined = (Connect(half, definition) for half in halves)
    return Together((Disconnect(wire, definition), *joined, *kept))


def part_of(
    project: Project, nodes: Iterable[NodeId], definition: str = MAIN, notes: Iterable[str] = ()
) -> Project:
    """A project that holds only these nodes, the wires among them and the blocks they need.

    Of the notes it holds these, and those in the blocks.
    """
    graph, chosen = project.definitions[definition].graph, set(nodes)
    wires = [w for w in graph.wires.values() if {w.source, w.target} <= chosen]
    small = Graph((graph.nodes[node] for node in graph.nodes if node in chosen), wires)
    places = project.layout.get(definition, {})
    blocks = {inner for name in inner_names(Definition(small)) for inner in needed(project, name)}
    definitions = {MAIN: Definition(small)}
    definitions |= {inner: project.definitions[inner] for inner in sorted(blocks)}
    keys = {bend_key(wire) for wire in wires}
    bends = {k: b for k, b in project.bends.get(definition, {}).items() if k in keys}
    inner = definitions.keys() - {MAIN}
    part = Project(
        definitions=definitions,
        layout={MAIN: {node: places[node] for node in small.nodes if node in places}}
        | {name: dict(project.layout.get(name, {})) for name in inner},
        bends={MAIN: bends} | {name: dict(project.bends.get(name, {})) for name in inner},
        dots={MAIN: {k: d for k, d in project.dots.get(definition, {}).items() if k in keys}}
        | {name: dict(project.dots.get(name, {})) for name in inner},
    )
    part.notes = {key: note for key, note in project.notes.items() if note.definition in inner}
    part.notes |= {key: replace(project.notes[key], definition=MAIN) for key in notes}
    take_modules(project, part)
    return part


def pasted(
    project: Project, part: Project, shift: QPointF, definition: str = MAIN
) -> tuple[Edit, list[NodeId], Mapping[str, str]]:
    """The edit that adds a copy of the part, with new ids and free names, and the new ids.

    Blocks whose name means something else here get another; these come last, old to new.
    """
    graph = project.definitions[definition].graph.copy()
    places, order = part.layout.get(MAIN, {}), graph.next_order()
    ids: dict[NodeId, NodeId] = {}
    brought = bring(project, part)
    edits: list[Edit] = [*brought.edit.edits]
    for count, node in enumerate(sorted(part.graph.nodes.values(), key=lambda node: node.order)):
        ids[node.id] = new_id()
        kept = renamed(node, brought.kinds)
        made = replace(kept, id=ids[node.id], name=graph.free_name(node.name), order=order + count)
        graph.nodes[made.id] = made
        place = QPointF(*places.get(node.id, (0, 0))) + shift
        edits.append(AddNode(made, as_point(place), definition))
    for wire in part.graph.wires.values():
        new = replace(wire, source=ids[wire.source], target=ids[wire.target])
        edits.append(Connect(new, definition))
        if bend_key(wire) in part.dots.get(MAIN, {}):
            points = moved_by(part.dots[MAIN][bend_key(wire)], as_point(shift))
            edits.append(Set(("dots", definition, bend_key(new)), points))
    return Together(tuple(edits)), list(ids.values()), brought.renamed
