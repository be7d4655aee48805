"""Wires that run far are two labelled stubs: each end says where the wire goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from graphcore.project.dots import dots_of
from graphcore.project.graph import Slot
from gui.canvas.geometry import COLUMN_STEP, STUB_LENGTH, is_far
from gui.canvas.style import LINE_FONT_SIZE, Style, fitted_text

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene

Drawn = tuple[str, Slot]
"""A definition, and the slot that a wire of its drawing ends in."""
_Z = -0.6
_HIGH, _MOST, _PAD = 16.0, 50, 5.0


class StubLabel(QGraphicsItem):
    """The words at one end of a wire that is not drawn in between."""

    def __init__(self, slot: Slot, style: Style, *, is_start: bool) -> None:
        super().__init__()
        self.slot, self.is_start, self.style = slot, is_start, style
        self.text, self.is_hot = "", False
        self._width = 0.0
        self.setZValue(_Z)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def say(self, text: str, at: QPointF) -> None:
        """These words, beyond the end of the stub that is there."""
        self.prepareGeometryChange()
        self.text = text
        self._width = fitted_text(text, LINE_FONT_SIZE, False, _MOST)[1] + 2 * _PAD
        left = STUB_LENGTH if self.is_start else -STUB_LENGTH - self._width
        self.setPos(at + QPointF(left, -_HIGH / 2))
        self.update()

    @property
    def rect(self) -> QRectF:
        """The label in the scene."""
        return QRectF(self.pos().x(), self.pos().y(), self._width, _HIGH)

    def boundingRect(self) -> QRectF:
        return QRectF(-1, -1, self._width + 2, _HIGH + 2)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        style = self.style
        painter.setPen(style.hot_wire if self.is_hot else style.border)
        painter.setBrush(style.node)
        painter.drawRoundedRect(QRectF(0, 0, self._width, _HIGH), _HIGH / 2, _HIGH / 2)
        painter.setFont(style.line_font)
        painter.setPen(style.text if self.is_hot else style.secondary)
        painter.drawStaticText(
            QPointF(_PAD, 1), fitted_text(self.text, LINE_FONT_SIZE, False, _MOST)[0]
        )


class Stubs:
    """Which wires are stubs: those of a Dataset that run far, and what a person chose otherwise.

    View state: never in an edit, never in the file. `is_on` is the rule; `chosen` are exceptions
    by drawing and slot, which the window remembers.
    """

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.is_on = True
        self.chosen: dict[Drawn, bool] = {}
        self.labels: dict[Slot, tuple[StubLabel, StubLabel]] = {}

    def is_stub(self, slot: Slot) -> bool:
        """Whether a wire is drawn at its ends only."""
        scene = self._scene
        chosen = self.chosen.get((scene.definition, slot)) if self.chosen else None
        return chosen if chosen is not None else self.is_on and self._runs_far(slot)

    def _runs_far(self, slot: Slot) -> bool:
        scene = self._scene
        wire = scene.wires[slot].wire
        source = scene.graph.nodes.get(wire.source)
        if source is None or source.kind != "data.Dataset":
            return False
        if dots_of(scene.document.project, slot, scene.definition):
            return False  # somebody led it
        return is_far(scene.wires[slot].points, 3 * COLUMN_STEP)

    def switch(self, slots: frozenset[Slot]) -> None:
        """These wires the other way: stubs become wires and wires stubs."""
        for slot in slots & self._scene.wires.keys():
            self.chosen[self._scene.definition, slot] = not self.is_stub(slot)
            self.lay(slot)
            self._scene.show_selection(also=(slot,))
        self._scene.tell_shades()
        self._scene.stubs_switched.emit()

    def choose(self, chosen: Mapping[Drawn, bool]) -> None:
        """These are the exceptions now, as somebody chose them before."""
        if chosen != self.chosen:
            self.chosen = dict(chosen)
            self._lay_all()

    def _lay_all(self) -> None:
        for slot in self._scene.wires:
            self.lay(slot)
        self._scene.tell_shades()

    def follow_rule(self, is_on: bool) -> None:
        """Whether wires of a Dataset that run far are stubs; what was chosen stays."""
        if is_on != self.is_on:
            self.is_on = is_on
            self._lay_all()

    def lay(self, slot: Slot) -> None:
        """The wire that was laid is drawn as it shall be, with a label at each end or none."""
        scene, item = self._scene, self._scene.wires.get(slot)
        is_stub = item is not None and self.is_stub(slot)
        if item is None or not is_stub:
            for label in self.labels.pop(slot, ()):
                scene.removeItem(label)
        if item is None:
            return
        item.show_stub(is_stub=is_stub)
        if is_stub:
            if slot not in self.labels:
                self.labels[slot] = (StubLabel(slot, scene.look, is_start=True),
                                     StubLabel(slot, scene.look, is_start=False))  # fmt: skip
                for label in self.labels[slot]:
                    scene.addItem(label)
            start, end = self.labels[slot]
            nodes = scene.graph.nodes
            start.say(f"→ {nodes[item.wire.target].name}", item.points[0])
            end.say(f"{item.wire.output} →", item.points[-1])

    def show(self, slot: Slot, *, is_hot: bool) -> None:
        """The labels of a wire look as it does."""
        for label in self.labels.get(slot, ()):
            if (label.is_hot, label.style) != (is_hot, self._scene.look):
                label.is_hot, label.style = is_hot, self._scene.look
                label.update()

    def clear(self) -> None:
        """No labels."""
        for pair in self.labels.values():
            for label in pair:
                self._scene.removeItem(label)
        self.labels = {}

    def at(self, point: QPointF) -> StubLabel | None:
        """The label there."""
        every = (label for pair in self.labels.values() for label in pair)
        return next((label for label in every if label.rect.contains(point)), None)
