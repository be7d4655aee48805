"""Wires chosen and led by keys, and dots put on them: each is one change."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, QRectF

from graphcore.project.dots import Dot, Points, dots_of, key_of, with_dot, without_dots
from graphcore.project.edits import Set
from graphcore.project.graph import NodeId, Slot, place_of_slot
from gui.canvas import changes
from gui.canvas.fit import Loose
from gui.canvas.geometry import place_of_dot
from gui.canvas.joining import Joining
from gui.canvas.key_wire import PulledWire
from gui.canvas.telling import wire_words
from gui.values import Origin, Seen

Shown = Mapping[tuple[NodeId, str], str]


class Routing(Joining):
    """The verbs of a CanvasView that choose wires and dots, and lead wires by dots."""

    _around: NodeId | None = None
    _is_wire_told = False

    def corners_as_dots(self, slot: Slot) -> Points:
        """The dots of a wire; where it has none, the corners that the layout gave it."""
        project, definition = self.document.project, self.canvas.definition
        dots = dots_of(project, slot, definition)
        return dots or project.bends.get(definition, {}).get(key_of(slot), ())

    def put_dot(
        self, slot: Slot | None = None, on: QPointF | None = None, at: QPointF | None = None
    ) -> None:  # fmt: skip
        """A new dot, selected: where the wire was touched and then led to, or in its middle.

        Corners that the layout made become dots too, so that the wire doesn't jump.
        """
        slot = slot if slot is not None else self.chosen_wire
        if slot is None:
            return
        item, before = self.canvas.wires[slot], self.corners_as_dots(slot)
        on = on if on is not None else self._middle(slot)
        place = place_of_dot(item.points, on) if before else 0
        path = ("dots", self.canvas.definition, key_of(slot))
        trial = self.document.project.copy()
        Set(path, before).apply(trial)
        point = changes.as_point(at if at is not None else on)
        edit = with_dot(trial, (slot, place), point, self.canvas.definition)
        if self.do(edit, self.tr("Put a dot on the wire")):
            self.selection.select((), (), (), {(slot, place)})

    def _middle(self, slot: Slot) -> QPointF:
        """Half way along a wire, or along its longest stretch between dots."""
        item = self.canvas.wires[slot]
        if len(item.points) == 2:
            return item.middle
        start, end = max(pairwise(item.points), key=lambda ends: _length(ends[1] - ends[0]))
        return (start + end) / 2

    def take_off_dots(self, dots: set[Dot]) -> None:
        """These dots gone; the wire stays."""
        self.do(without_dots(self.document.project, dots, self.canvas.definition),
                self.dots_text(len(dots), "delete"))  # fmt: skip

    def go_along(self, slot: Slot | None = None, *, to_end: bool | None = None) -> None:
        """Looks at the other end of a wire: at the one that is not in sight, else at its end."""
        slot = slot if slot is not None else self.chosen_wire
        if slot is None:
            return
        wire, cards = self.canvas.wires[slot].wire, self.canvas.nodes
        if to_end is None:
            to_end = self._is_nearer(cards[wire.source].rect, cards[wire.target].rect)
        node = wire.target if to_end else wire.source
        self.bring_into_view(cards[node].rect.adjusted(-90, -30, 90, 30))
        self.selection.select((), {slot})
        self.say_briefly(self.canvas.graph.nodes[node].name)

    def _is_nearer(self, one: QRectF, other: QRectF) -> bool:
        middle = self.seen().center()
        return _length(one.center() - middle) <= _length(other.center() - middle)

    def switch_stubs(self) -> None:
        """The selected wires as two stubs, or drawn whole again."""
        slot = self.chosen_wire
        self.canvas.stubs.switch(self.selection.wires | ({slot} if slot is not None else set()))

    def switch_probe(self) -> None:
        """A probe on the selected wire, or none there."""
        if self.chosen_wire is not None:
            self.canvas.probes.switch(self.chosen_wire)
            self._show_card(self.chosen_wire)

    def switch_probe_card(self) -> None:
        """The card of the probe on the selected wire opens or shuts."""
        if self.chosen_wire is not None:
            self.canvas.probes.switch_card(self.chosen_wire)
            self._show_card(self.chosen_wire)

    def _show_card(self, slot: Slot) -> None:
        area = self.canvas.probes.area(slot)
        if area is not None:
            self.bring_into_view(area.adjusted(-12, -12, 12, 12))
        self.tell_wire()

    @property
    def is_stub_chosen(self) -> bool:
        """Whether the selected wire is two stubs while nobody looks at it."""
        slot = self.chosen_wire
        return slot in self.canvas.wires and self.canvas.stubs.is_stub(slot)

    @property
    def chosen_wire(self) -> Slot | None:
        """The wire, where one alone is selected, or one of its dots is."""
        chosen = self.selection
        slots = chosen.wires | {slot for slot, _ in chosen.dots}
        only = len(slots) == 1 and not chosen.nodes and not chosen.notes
        return next(iter(slots)) if only else None

    def start_wire(self) -> None:
        """From the selected nodes, or with an end of the selected wire."""
        slot = self.chosen_wire
        if slot is None:
            super().start_wire()
        else:
            self.end_wire()
            wire = self.canvas.wires[slot].wire
            self._key_wire = PulledWire(self, wire)  # type: ignore[arg-type]

    def open_search(self, at: QPoint | None = None, loose: Loose | None = None) -> None:
        """As elsewhere; with a wire selected what is chosen goes into it."""
        slot = self.chosen_wire
        if at is None and loose is None and slot is not None:
            at = self.mapFromScene(self._middle(slot))
        super().open_search(at, loose)

    def tell_wire(self) -> None:
        """The foot of the canvas says of the selected wire what hovering it says."""
        slot = self.chosen_wire if self.chosen_wire in self.canvas.wires else None
        if slot is not None or self._is_wire_told:
            self.say("\n".join(wire_words(self.canvas, slot)) if slot else "", aloud=False)
        self._is_wire_told = slot is not None

    def set_values(
        self, values: Shown, gradients: Shown | None = None, seen: Seen | None = None,
        origin: Origin | None = None,
    ) -> None:  # fmt: skip
        super().set_values(values, gradients, seen, origin)
        self.tell_wire()

    def clear_values(self) -> None:
        super().clear_values()
        self.tell_wire()

    def next_wire(self) -> None:
        """Selects the next wire at the node, each followed by its dots."""
        node = self.selection.single or self._node_of_chosen()
        if node is None:
            return
        self._around = node
        stops = list[tuple[Slot, Dot | None]]()
        wires = self.canvas.wires_at(node)
        for wire in sorted(wires, key=lambda w: (w.target != node, w.target, place_of_slot(w))):
            slot = wire.target, wire.input
            stops.append((slot, None))
            count = len(dots_of(self.document.project, slot, self.canvas.definition))
            stops += [(slot, (slot, place)) for place in range(count)]
        chosen = self.selection
        now = (self.chosen_wire, next(iter(chosen.dots), None))
        if stops:
            after = stops.index(now) + 1 if now in stops else 0
            slot, dot = stops[after % len(stops)]
            chosen.select((), () if dot else {slot}, (), {dot} if dot else ())

    def _node_of_chosen(self) -> NodeId | None:
        """The node from which somebody went to the selected wire, else where that ends."""
        slot = self.chosen_wire
        if slot is None:
            return None
        wire = self.canvas.wires[slot].wire
        return self._around if self._around in (wire.source, wire.target) else wire.target


def _length(way: QPointF) -> float:
    return float(way.x() ** 2 + way.y() ** 2)
