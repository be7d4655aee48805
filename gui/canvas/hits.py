"""What lies under a point of the drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem

from graphcore.project.graph import NodeId, Slot
from gui.canvas.node_item import NodeItem
from gui.canvas.wire_item import WireItem

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a point: a port (name, is it an output) of a node, a node, a wire, a note.

    `edge` is the side or corner of the note, `dot` the number of the dot on the wire.
    """

    node: NodeId | None = None
    port: tuple[str, bool] | None = None
    wire: Slot | None = None
    note: str | None = None
    edge: str = ""
    dot: int | None = None


NOTHING = Hit()


def hit_in(scene: CanvasScene, point: QPointF, scale: float) -> Hit:
    """What lies there, where `scale` is viewport pixels a scene unit; ports win."""
    reach = max(8.0, 8.0 / scale)
    found = _around(scene, point, reach)
    probed = scene.probes.at(point)
    if probed is not None:
        return Hit(wire=probed)
    on_card = _on_card([item for item in found if isinstance(item, NodeItem)], point, reach)
    if on_card is not None:
        return on_card
    over = scene.notes.at(point, scale, is_over=True)
    if over is not None:
        return Hit(note=over[0], edge=over[1])
    dot = scene.dots.at(point, scale)
    if dot is not None:
        return Hit(wire=dot[0], dot=dot[1])
    label = scene.stubs.at(point)
    if label is not None:
        return Hit(wire=label.slot)
    lines = [(item.distance(point), item) for item in found if isinstance(item, WireItem)]
    near = min(lines, key=lambda pair: pair[0], default=None)
    if near is not None and near[0] <= max(6.0, 6.0 / scale):
        return Hit(wire=(near[1].wire.target, near[1].wire.input))
    under = scene.notes.at(point, scale, is_over=False)
    return NOTHING if under is None else Hit(note=under[0], edge=under[1])


def badge_at(scene: CanvasScene, point: QPointF) -> NodeId | None:
    """The node whose badge is there; None where there is none."""
    cards = (item for item in _around(scene, point, 1.0) if isinstance(item, NodeItem))
    return next((card.node for card in cards if card.has_badge_at(point)), None)


def _around(scene: CanvasScene, point: QPointF, reach: float) -> list[QGraphicsItem]:
    area = QRectF(point - QPointF(reach, reach), point + QPointF(reach, reach))
    return scene.items(area, Qt.ItemSelectionMode.IntersectsItemBoundingRect)


def _on_card(cards: list[NodeItem], point: QPointF, reach: float) -> Hit | None:
    for card in cards:
        port = _port_near(card, point, reach)
        if port is not None:
            return Hit(card.node, port)
    return next((Hit(card.node) for card in cards if card.rect.contains(point)), None)


def _port_near(card: NodeItem, point: QPointF, reach: float) -> tuple[str, bool] | None:
    """The port of a card (name, is it an output) nearest to a point, within `reach`."""
    found = []
    for is_output, names in ((False, card.inputs), (True, card.outputs)):
        for name in names:
            away = card.port_point(name, is_output=is_output) - point
            found.append((away.x() ** 2 + away.y() ** 2, (name, is_output)))
    nearest = min(found, default=None)
    return nearest[1] if nearest is not None and nearest[0] <= reach**2 else None
