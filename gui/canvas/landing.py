"""Where new nodes land: free places, wires they go into, nodes they are wired to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from graphcore.kinds.kind import Kind
from graphcore.project.dots import dots_of
from graphcore.project.edits import AddNode, Connect, Edit, Together
from graphcore.project.graph import Node, NodeId, Slot, Wire
from graphcore.project.make import new_node
from graphcore.project.project import Point
from gui.canvas import changes
from gui.canvas.fit import Loose, first_input, first_output
from gui.canvas.geometry import (
    CARD_HEIGHT,
    CARD_WIDTH,
    COLUMN_STEP,
    GRID,
    card_height,
    free_place,
    place_of_dot,
    port_heights,
    united,
)

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

_NEAR_WIRE = 24.0
_NEW = NodeId("")
"""A node that is not there yet."""


def height_of(scene: CanvasScene, kind: Kind) -> float:
    """The height of the card of a new node of that kind."""
    if kind.role == "dataset":
        return card_height(0, len(scene.document.project.data.fields))
    inputs, outputs = kind.ports(kind.starting_params())
    slots = sum(port.fewest if port.variadic else 1 for port in inputs)
    return card_height(slots, len(outputs))


def wire_under(scene: CanvasScene, center: QPointF, but_of: Collection[NodeId] = ()) -> Wire | None:
    """The wire that a card with this centre lies on, none that ends at those nodes."""
    area = QRectF(
        center - QPointF(_NEAR_WIRE, _NEAR_WIRE), center + QPointF(_NEAR_WIRE, _NEAR_WIRE)
    )
    best: tuple[float, Wire] | None = None
    for item in scene.wires_in(area):
        if item.wire.source in but_of or item.wire.target in but_of:
            continue
        away = item.distance(center)
        if away <= _NEAR_WIRE and (best is None or away < best[0]):
            best = (away, item.wire)
    return best[1] if best else None


def wire_to_enter(scene: CanvasScene, center: QPointF, nodes: Collection[NodeId]) -> Wire | None:
    """The wire under that centre if these nodes can go into it as a chain."""
    wire = wire_under(scene, center, nodes)
    there = scene.graph.nodes.keys() & nodes
    return wire if wire is not None and _chain_ends(scene, wire, there) else None


def landing(scene: CanvasScene, kind: Kind, at: QPointF) -> tuple[QPointF, Wire | None]:
    """Where a new node of that kind will lie with its middle at a point, and in which wire."""
    box = _box(scene, kind, at)
    wire = wire_under(scene, at)
    if wire is not None and _ends(scene, kind, wire) is not None:
        return _with_room(scene, wire, {_NEW: box})[_NEW], wire
    return _free(scene, box), None


def _box(scene: CanvasScene, kind: Kind, center: QPointF) -> QRectF:
    height = height_of(scene, kind)
    return QRectF(center.x() - CARD_WIDTH / 2, center.y() - height / 2, CARD_WIDTH, height)


def _free(scene: CanvasScene, box: QRectF) -> QPointF:
    return free_place(box, [item.rect for item in scene.nodes.values()])


def insertion(scene: CanvasScene, wire: Wire, places: Mapping[NodeId, QPointF]) -> Edit | None:
    """The edit that puts nodes that are there already into a wire; None where it can't be.

    Several go in as a chain: what begins it takes the value, what ends it hands one on.
    """
    ends = _chain_ends(scene, wire, set(places))
    if ends is None:
        return None
    dots = _halves(scene, wire, scene.nodes[next(iter(places))].rect.center())
    room = _made_room(scene, wire, {
        node: QRectF(place, scene.nodes[node].rect.size()) for node, place in places.items()
    })  # fmt: skip
    return Together((room, changes.inserted(wire, *ends, scene.definition, dots)))


def _halves(
    scene: CanvasScene, wire: Wire, at: QPointF
) -> tuple[tuple[Point, ...], tuple[Point, ...]]:  # fmt: skip
    """The dots of a wire before and behind a point."""
    item = scene.wires[wire.target, wire.input]
    dots = dots_of(scene.document.project, (wire.target, wire.input), scene.definition)
    cut = place_of_dot(item.points, at) if dots else 0
    return dots[:cut], dots[cut:]


def _chain_ends(
    scene: CanvasScene, wire: Wire, nodes: set[NodeId]
) -> tuple[Slot, tuple[NodeId, str]] | None:
    """The slot where a value goes into these nodes, and the output where it leaves them."""
    inner = [w for w in scene.graph.wires.values() if {w.source, w.target} <= nodes]
    heads = nodes - {w.target for w in inner}
    tails = nodes - {w.source for w in inner}
    if len(heads) != 1 or len(tails) != 1:
        return None
    head, tail = heads.pop(), tails.pop()
    project, graph = scene.document.project, scene.graph
    first = _ends(scene, project.kind(graph.nodes[head].kind), wire)
    last = _ends(scene, project.kind(graph.nodes[tail].kind), wire) if head != tail else first
    return ((head, first[0]), (tail, last[1])) if first and last else None


def _ends(scene: CanvasScene, kind: Kind, wire: Wire) -> tuple[str, str] | None:
    """The slot and the output by which a node of that kind goes into a wire."""
    slot = first_input(scene, kind, wire.source, wire.output)
    output = first_output(scene, kind)
    return (slot, output) if slot is not None and output is not None else None


def _made_room(scene: CanvasScene, wire: Wire, cards: Mapping[NodeId, QRectF]) -> Edit:
    """The edit that puts cards into a wire, and moves aside what is in the way."""
    places = _with_room(scene, wire, cards)
    return changes.moved(scene.document.project, places, scene.definition)


def _with_room(
    scene: CanvasScene, wire: Wire, cards: Mapping[NodeId, QRectF]
) -> dict[NodeId, QPointF]:
    """The cards right of the wire's source, its followers in that row moved aside."""
    source, target = scene.nodes[wire.source].rect, scene.nodes[wire.target].rect
    box = united(cards.values())
    same_row = abs(source.center().y() - target.center().y()) < CARD_HEIGHT
    if not (same_row and target.left() > source.left()):
        others = [item.rect for other, item in scene.nodes.items() if other not in cards]
        way = free_place(box, others) - box.topLeft()
        return {node: card.topLeft() + way for node, card in cards.items()}
    gap = COLUMN_STEP - CARD_WIDTH
    place = QPointF(_grid_up(source.right() + gap - GRID), source.top())
    row = QRectF(place, box.size()).adjusted(-gap / 2, -GRID / 2, 1e9, GRID / 2)
    staying = {*cards, wire.source}
    right = [item for other, item in scene.nodes.items()
             if other not in staying and row.intersects(item.rect)]  # fmt: skip
    nearest = min((item.x() for item in right), default=1e9)
    shift = max(0.0, _grid_up(place.x() + box.width() + gap - GRID - nearest))
    places = {item.node: item.pos() + QPointF(shift, 0) for item in right if shift}
    return places | {node: card.topLeft() + place - box.topLeft() for node, card in cards.items()}


def _grid_up(value: float) -> float:
    return float(-(-value // GRID) * GRID)


def new_at(
    scene: CanvasScene, kind_name: str, at: QPointF, loose: Loose | None = None
) -> tuple[Edit, NodeId]:
    """The edit that adds a node with its middle at a point, and the node's id.

    Where that lies on a wire the node goes into it; `loose` is a wire to hang it on, and then
    `at` is where that wire was dropped.
    """
    project = scene.document.project
    node = new_node(project, kind_name, scene.definition)
    kind = project.kind(kind_name)
    box = _box(scene, kind, at)
    wire = wire_under(scene, at) if loose is None else None
    ends = _ends(scene, kind, wire) if wire is not None else None
    if wire is not None and ends is not None:
        add = AddNode(node, changes.as_point(box.topLeft()), scene.definition)
        room = _made_room(scene, wire, {node.id: box})
        into = changes.inserted(wire, (node.id, ends[0]), (node.id, ends[1]), scene.definition,
                                _halves(scene, wire, at))  # fmt: skip
        return Together((add, room, into)), node.id
    connect = _hanging(scene, node, loose) if loose is not None else None
    if loose is not None:
        first = port_heights(1)[0]
        left = at.x() if loose.is_output else at.x() - CARD_WIDTH
        box.moveTopLeft(QPointF(left, at.y() - first))
    edit: Edit = AddNode(node, changes.as_point(_free(scene, box)), scene.definition)
    return (Together((edit, connect)) if connect else edit), node.id


def _hanging(scene: CanvasScene, node: Node, loose: Loose) -> Connect | None:
    """The wire between a loose end and a new node."""
    kind = scene.document.project.kind(node.kind)
    if loose.is_output:
        port = first_input(scene, kind, loose.node, loose.port)
    else:
        port = first_output(scene, kind)
    return Connect(loose.wire_to(node.id, port), scene.definition) if port else None


def after(scene: CanvasScene, node: NodeId) -> tuple[QPointF, Loose | None]:
    """Where a node that follows this one is hung: a column further right, in the same row."""
    card = scene.nodes[node]
    point = QPointF(card.x() + COLUMN_STEP, card.y() + port_heights(1)[0])
    outputs = card.outputs
    return point, Loose(node, outputs[0], True) if outputs else None
