"""Cards in line: aligned, spread evenly, or laid out anew; what is pinned stays where it is.

Boxes are (left, top, width, height) in scene units; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from graphcore.project.downwards import arrange_down
from graphcore.project.edits import MISSING, Edit, Set, Together, bend_key
from graphcore.project.graph import Graph, Node, NodeId, Wire
from graphcore.project.grouping import arrange_to_fit
from graphcore.project.layers import GRID
from graphcore.project.layout import NODE_HEIGHT, NODE_WIDTH, PORT_STEP, Layout
from graphcore.project.notes import (
    around,
    box_of,
    moved_notes,
    nodes_in,
    notes_in,
    notes_of,
    resized,
)
from graphcore.project.project import Note, Point, Project

Side = Literal["left", "right", "top", "bottom", "center", "middle"]
"""What is brought into line; `center` is that of columns, `middle` that of rows."""
Way = Literal["across", "down"]
Flow = Literal["right", "down"]
"""Where wires lead."""
Box = tuple[int, int, int, int]

_ALONG: Mapping[Side, tuple[int, float]] = {
    "left": (0, 0.0), "center": (0, 0.5), "right": (0, 1.0),
    "top": (1, 0.0), "middle": (1, 0.5), "bottom": (1, 1.0),
}  # fmt: skip


def pinned(graph: Graph, nodes: Iterable[NodeId]) -> frozenset[NodeId]:
    """Those of these nodes that stay where they are."""
    return frozenset(n for n in nodes if graph.nodes[n].settings.get("pinned") is True)


def aligned(
    boxes: Mapping[NodeId, Box], side: Side, fixed: Iterable[NodeId] = ()
) -> dict[NodeId, Point]:
    """Corners with one side in line, with the pinned cards where some are.

    Cards that would lie on each other move apart along the line, in the order that they had.
    """
    axis, part = _ALONG[side]
    kept = {node for node in fixed if node in boxes}
    lines = [_line(box, axis, part) for node, box in boxes.items() if node in kept or not kept]
    line = min(lines) if part == 0 else max(lines) if part == 1 else sum(lines) / len(lines)
    found, other, end = dict[NodeId, Point](), 1 - axis, float("-inf")
    for node in sorted(boxes, key=lambda node: (boxes[node][other], boxes[node][axis], node)):
        box = boxes[node]
        at = box[other] if node in kept else round(max(box[other], end))
        end = at + box[2 + other] + GRID
        if node not in kept:
            found[node] = _point(axis, round(line - part * box[2 + axis]), at)
    return found


def _line(box: Box, axis: int, part: float) -> float:
    return box[axis] + part * box[2 + axis]


def _point(axis: int, along: int, other: int) -> Point:
    return (along, other) if axis == 0 else (other, along)


def spread(boxes: Mapping[NodeId, Box], way: Way) -> dict[NodeId, Point]:
    """Corners with equal gaps between the first and the last card, a grid step at least."""
    axis = 0 if way == "across" else 1
    order = sorted(boxes, key=lambda node: (boxes[node][axis], boxes[node][1 - axis], node))
    if len(order) < 2:
        return {}
    first, last = boxes[order[0]], boxes[order[-1]]
    between = sum(boxes[node][2 + axis] for node in order[:-1])
    gap = max(float(GRID), (last[axis] - first[axis] - between) / (len(order) - 1))
    found, at = {order[0]: (first[0], first[1])}, float(first[axis])
    for before, node in pairwise(order):
        at += boxes[before][2 + axis] + gap
        found[node] = _point(axis, round(at), boxes[node][1 - axis])
    return found


def tidied(
    project: Project,
    definition: str,
    boxes: Mapping[NodeId, Box],
    view: tuple[int, int],
    only: Iterable[NodeId] = (),
    flow: Flow = "right",
) -> Edit | None:
    """The layout of a drawing, or of `only` these nodes; None where all of that is pinned.

    Wires run to the right, in rows, or `down`, in columns.

    `boxes` holds every node of the drawing, `view` is the window that it shall fit. The drawing
    is laid out around the first pinned node, a selection where it was; cards that stay are never
    covered. Wires of cards that are laid out lose the dots that a hand gave them. What lies in a
    frame stays together in it; a frame with a pinned node in it stays.
    """
    graph, wanted = project.definitions[definition].graph, set(only)
    chosen = [node for node in graph.nodes if not wanted or node in wanted]
    frames = _frames(project, definition, boxes, chosen)
    fixed = pinned(graph, chosen)
    fixed = fixed.union(*(nodes for nodes in frames.values() if nodes & fixed))
    frames = {key: nodes for key, nodes in frames.items() if not nodes & fixed}
    if len(fixed) == len(chosen):
        return None
    sizes = {node: box[2:] for node, box in boxes.items()}
    arranged = arrange_to_fit if flow == "right" else arrange_down
    laid = arranged(_part(graph, chosen), view, frames, sizes)
    staying = [boxes[node] for node in graph.nodes if node in fixed or node not in laid.positions]
    shift = _anchored(laid, boxes, fixed, bool(wanted))
    cards = {n: _moved(p, sizes[n], shift) for n, p in laid.positions.items() if n not in fixed}
    if not fixed:
        way = _clear(list(cards.values()), staying)
        shift = shift[0] + way[0], shift[1] + way[1]
        cards = {n: _moved(laid.positions[n], sizes[n], shift) for n in cards}
    else:
        _step_aside(cards, staying)
    places = _as_edit(project, definition, cards, _Laid(laid, shift, boxes))
    return Together((*places.edits, *_following(project, frames, cards)))


def _frames(
    project: Project, definition: str, boxes: Mapping[NodeId, Box], chosen: Iterable[NodeId]
) -> dict[str, frozenset[NodeId]]:
    """The frames of which all nodes are among these, with their nodes."""
    known = notes_of(project, definition).items()
    found = {key: nodes_in(note, boxes) for key, note in known if note.is_frame}
    every = set(chosen)
    return {key: nodes for key, nodes in found.items() if nodes and nodes <= every}


def _following(
    project: Project, frames: Mapping[str, frozenset[NodeId]], cards: Mapping[NodeId, Box]
) -> Iterator[Edit]:
    """Frames around their nodes again, the notes inside at the same distance from the corner."""
    order = sorted(frames, key=lambda key: len(frames[key]))
    placed = dict[str, Note]()
    for key in order:
        note, every = project.notes[key], frames[key]
        inner = (box_of(n) for other, n in placed.items() if frames[other] < every)
        box = around([*(cards[node] for node in every), *inner])
        if box is not None:
            placed[key] = resized(note, box)
            yield Set(("notes", key), placed[key])
    seen = set(placed)
    for key in order:
        words = [n for n in sorted(notes_in(project, key)) if not project.notes[n].is_frame]
        shift = placed[key].x - project.notes[key].x, placed[key].y - project.notes[key].y
        yield moved_notes(project, [name for name in words if name not in seen], shift)
        seen.update(words)


def _part(graph: Graph, chosen: Iterable[NodeId]) -> Graph:
    kept = set(chosen)
    wires = [w for w in graph.wires.values() if {w.source, w.target} <= kept]
    return Graph((node for node in graph.nodes.values() if node.id in kept), wires)


def _anchored(
    laid: Layout, boxes: Mapping[NodeId, Box], fixed: Iterable[NodeId], is_part: bool
) -> Point:
    """How far the layout moves so that its anchor lies where it was."""
    anchor = min(fixed, default=None)
    if anchor is not None:
        x, y = laid.positions[anchor]
        return boxes[anchor][0] - x, boxes[anchor][1] - y
    if not is_part:
        return 0, 0
    left, top = (min(boxes[node][axis] for node in laid.positions) for axis in (0, 1))
    x, y = (min(place[axis] for place in laid.positions.values()) for axis in (0, 1))
    return left - x, top - y


def _moved(place: Point, size: tuple[int, int], shift: Point) -> Box:
    return place[0] + shift[0], place[1] + shift[1], *size


def _touch(one: Box, other: Box) -> bool:
    return all(
        one[axis] < other[axis] + other[2 + axis] + GRID
        and other[axis] < one[axis] + one[2 + axis] + GRID
        for axis in (0, 1)
    )


def _clear(cards: list[Box], staying: list[Box]) -> Point:
    """The shortest way up, down, left or right on which these cards cover none that stays."""
    ways = ((0, 1), (1, 0), (0, -1), (-1, 0))
    found = [_way_out(cards, staying, way) for way in ways]
    return min(found, key=lambda way: abs(way[0]) + abs(way[1]))


def _way_out(cards: list[Box], staying: list[Box], way: Point) -> Point:
    axis, sign = (0, way[0]) if way[0] else (1, way[1])
    far = 0
    for _ in range(len(staying) + 1):  # every turn leaves one of those that stay behind
        at = sign * far * (1 - axis), sign * far * axis
        steps = [
            other[axis] + other[2 + axis] - card[axis] if sign > 0
            else card[axis] + card[2 + axis] - other[axis]
            for card in cards for other in staying
            if _touch((card[0] + at[0], card[1] + at[1], *card[2:]), other)
        ]  # fmt: skip
        if not steps:
            return at
        far = -(-(max(steps) + GRID) // GRID) * GRID
    return sign * far * (1 - axis), sign * far * axis


def _step_aside(cards: dict[NodeId, Box], staying: list[Box]) -> None:
    """Cards that would lie on one that stays go the shortest way to where they don't."""
    for node, card in cards.items():
        others = [box for other, box in cards.items() if other != node]
        if any(_touch(card, box) for box in staying):
            dx, dy = _clear([card], staying + others)
            cards[node] = card[0] + dx, card[1] + dy, *card[2:]


@dataclass(frozen=True, slots=True)
class _Laid:
    """A layout, how far it moves, and where the cards were."""

    layout: Layout
    shift: Point
    boxes: Mapping[NodeId, Box]

    def is_kept(self, node: NodeId, cards: Mapping[NodeId, Box]) -> bool:
        """Whether a card lies just where the layout has it, so that its bends fit."""
        place = self.layout.positions.get(node)
        at = cards.get(node, self.boxes[node])[:2]
        return place is not None and at == (place[0] + self.shift[0], place[1] + self.shift[1])


def _as_edit(
    project: Project, definition: str, cards: Mapping[NodeId, Box], laid: _Laid
) -> Together:
    graph = project.definitions[definition].graph
    places = dict(project.layout.get(definition, {})) | {n: box[:2] for n, box in cards.items()}
    old, bends = project.bends.get(definition, {}), dict[str, tuple[Point, ...]]()
    for wire in graph.wires.values():
        key, ends = bend_key(wire), (wire.source, wire.target)
        if all(laid.is_kept(node, cards) for node in ends):
            points = laid.layout.bends.get(key, ())
            found = tuple((x + laid.shift[0], y + laid.shift[1]) for x, y in points)
        else:
            found = () if set(ends) & cards.keys() else old.get(key, ())
        if found:
            bends[key] = found
    edits = [Set(("layout", definition), places), Set(("bends", definition), bends)]
    dots = project.dots.get(definition, {})
    kept = {
        bend_key(wire): dots[bend_key(wire)] for wire in graph.wires.values()
        if bend_key(wire) in dots and not {wire.source, wire.target} & cards.keys()
    }  # fmt: skip
    if kept != dots:
        edits.append(Set(("dots", definition), kept))
    return Together(tuple(edits))


def usual_boxes(project: Project, definition: str) -> dict[NodeId, Box]:
    """Every card of a drawing where it lies, as high as its ports make it."""
    graph, places = project.definitions[definition].graph, project.layout.get(definition, {})
    into = graph.wires_by_target()
    return {
        node.id: (*places.get(node.id, (0, 0)), *_usual_size(project, node, into.get(node.id, ())))
        for node in graph.nodes.values()
    }


def _usual_size(project: Project, node: Node, into: Iterable[Wire]) -> tuple[int, int]:
    most = max(len(project.slots(node, Graph((), into))), len(project.ports(node)[1]))
    return NODE_WIDTH, NODE_HEIGHT + PORT_STEP * max(0, most - 2)


def why_none_spread(count: int) -> str:
    """Why so many cards can't be spread; empty where they can."""
    return "" if count >= 3 else "Select three or more nodes: the outer two stay where they are."


def with_pin(project: Project, nodes: Iterable[NodeId], definition: str) -> Edit:
    """All of these nodes pinned, or none where all of them are."""
    chosen = sorted(nodes)
    held = pinned(project.definitions[definition].graph, chosen)
    value = MISSING if len(held) == len(chosen) else True
    return Together(tuple(
        Set(("nodes", definition, node, "settings", "pinned"), value)
        for node in chosen if value is MISSING or node not in held
    ))  # fmt: skip
