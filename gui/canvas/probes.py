"""Probes on wires: which there are, what they saw last, and where their cards lie."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from graphcore.project.graph import Slot
from graphcore.training.events import Probed
from gui.canvas.probe_item import ProbeItem
from gui.canvas.probe_painting import CARD

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

Key = tuple[str, str]
"""A value: the path of its node, and the port."""
_STEP, _REACH, _BESIDE = 40, 14, 22.0


class Probes:
    """View state: never in an edit, never in the file.

    A value has one probe, on the wire where it was put. Its card lies where it covers no other,
    or where a hand has put it.
    """

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self._slots: dict[Key, tuple[str, Slot]] = {}
        self._looks: dict[Key, tuple[Probed | None, Probed | None]] = {}
        self._open: dict[Key, QPointF | None] = {}
        self.items: dict[Key, ProbeItem] = {}

    @property
    def areas(self) -> list[QRectF]:
        """What open cards cover of the scene."""
        return [item.area for item in self.items.values() if item.is_open and item.isVisible()]

    @property
    def names(self) -> tuple[str, ...]:
        """The values as a run knows them, `stage.0.conv1:output`."""
        return tuple(f"{path}:{port}" for path, port in self._slots)

    def key(self, slot: Slot) -> Key | None:
        """The value that a wire of the shown drawing carries; None where the wire is gone."""
        scene = self._scene
        item = scene.wires.get(slot)
        if item is None:
            return None
        nodes, wire = scene.graph.nodes, item.wire
        source, target = nodes[wire.source], nodes[wire.target]
        if source.kind == "data.Dataset" and target.kind == "io.Input":
            return f"{scene.place.prefix}{target.name}", "output"
        return f"{scene.place.prefix}{source.name}", wire.output

    def has(self, slot: Slot | None) -> bool:
        """Whether the value of a wire has a probe."""
        return slot is not None and self.key(slot) in self._slots

    def is_open(self, slot: Slot | None) -> bool:
        """Whether the card of the probe on a wire is shown."""
        return slot is not None and self.key(slot) in self._open

    def area(self, slot: Slot) -> QRectF | None:
        """What the open card of the probe on a wire covers; None where none is open."""
        key = self.key(slot)
        item = self.items.get(key) if key is not None else None
        return item.area if item is not None and item.is_open else None

    def look(self, slot: Slot) -> tuple[Probed | None, Probed | None]:
        """What the probe on a wire saw last of its value and of the gradient."""
        key = self.key(slot)
        return self._looks.get(key, (None, None)) if key is not None else (None, None)

    def switch(self, slot: Slot) -> None:
        """Put a probe on a wire, its card open, or take it off."""
        key = self.key(slot)
        if key is None:
            return
        if key in self._slots:
            self._drop(key)
        else:
            self._slots[key] = self._scene.definition, slot
            self._open[key] = None
        self.sync()
        self._scene.tell_shades()
        self._scene.probed.emit()

    def switch_card(self, slot: Slot) -> None:
        """Open the card of the probe on a wire, or shut it."""
        key = self.key(slot)
        if key is not None and key in self._slots:
            if key in self._open:
                del self._open[key]
            else:
                self._open[key] = None
            self._scene.tell_shades()

    def move_card(self, slot: Slot, by: QPointF) -> None:
        """Put an open card elsewhere; it stays there, seen from its wire."""
        key = self.key(slot)
        item = self.items.get(key) if key is not None else None
        if key is not None and item is not None and item.is_open:
            self._open[key] = item.offset + by
            self._scene.tell_shades()

    def clear(self) -> None:
        """No probes."""
        had_some = bool(self._slots)
        for key in list(self._slots):
            self._drop(key)
        self.sync()
        if had_some:
            self._scene.tell_shades()
            self._scene.probed.emit()

    def learn(self, events: Iterable[Probed]) -> None:
        """Show what was seen; of what has no probe nothing is kept."""
        changed = set[Key]()
        for event in events:
            key = event.path, event.port
            if key in self._slots:
                value, gradient = self._looks.get(key, (None, None))
                is_value = event.direction == "forward"
                self._looks[key] = (event, gradient) if is_value else (value, event)
                changed.add(key)
        for key in changed & self.items.keys():
            self.items[key].learn(*self._looks[key])

    def at(self, point: QPointF) -> Slot | None:
        """The wire whose probe lies there."""
        return next((i.slot for i in self.items.values() if i.area.contains(point)), None)

    def sync(self) -> None:
        """An item for every probe of the shown drawing."""
        shown = {key: slot for key, (drawing, slot) in self._slots.items()
                 if drawing == self._scene.definition and self.key(slot) == key}  # fmt: skip
        for key in self.items.keys() - shown.keys():
            self._scene.removeItem(self.items.pop(key))
        for key, slot in shown.items():
            if key not in self.items:
                item = self.items[key] = ProbeItem(slot, key, self._scene.look)
                item.learn(*self._looks.get(key, (None, None)))
                self._scene.addItem(item)
        self.place()

    def place(self) -> None:
        """Every probe in the middle of its wire, wherever that is now."""
        taken = list[QRectF]()
        for key, item in self.items.items():
            wire = self._scene.wires.get(item.slot)
            item.setVisible(wire is not None)
            if wire is None:
                continue
            item.setPos(wire.middle)
            if key not in self._open:
                item.shut()
                continue
            item.open(self._open[key] or self._free(item, taken))
            taken.append(item.area)

    def restyle(self) -> None:
        """The same in the scene's new style."""
        for item in self.items.values():
            item.style = self._scene.look
            item.update()

    def _free(self, item: ProbeItem, taken: Iterable[QRectF]) -> QPointF:
        """Where an open card covers neither a card of the drawing nor another probe's."""
        offsets = (item.offset, *_offsets()) if item.is_open else _offsets()
        for offset in offsets:
            box = QRectF(item.pos() + offset, item.card_size).adjusted(-8, -8, 8, 8)
            is_free = not any(box.intersects(other) for other in taken)
            if is_free and not self._scene.cards_in(box):
                return offset
        return _offsets()[0]

    def _drop(self, key: Key) -> None:
        self._slots.pop(key, None)
        self._looks.pop(key, None)
        self._open.pop(key, None)


@cache
def _offsets() -> tuple[QPointF, ...]:
    """Where a card's corner may lie seen from its wire, which stays free; the nearest first."""
    wide, high, steps = CARD.width(), CARD.height(), range(-_REACH, _REACH + 1)
    found = [
        (abs(aside) + 1.5 * abs(down), QPointF(aside - wide / 2, down - high / 2))
        for aside in (step * _STEP for step in steps)
        for down in (step * _STEP for step in steps)
        if abs(down) >= high / 2 + _BESIDE or abs(aside) >= wide / 2 + _BESIDE
    ]
    return tuple(offset for _, offset in sorted(found, key=lambda pair: pair[0]))
